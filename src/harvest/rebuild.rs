//! The archive anew from the pages alone: every run is walked again, from its own record.
//!
//! Nothing is fetched. It is made beside the old one and compared with it; it takes its place only if nothing would be
//! lost, or if somebody has confirmed that. Who reads meanwhile reads the archive of before; a rebuild that is cut short
//! has not happened.

use std::path::PathBuf;

use jiff::Timestamp;
use url::Url;

use crate::archive::{self, Archive, Lock, Loss};
use crate::config::{Config, Source};
use crate::home::Home;
use crate::pages::{Event, Pages, RunInfo};

use super::imported::{self, Imported, ImportedRun};
use super::recorded::Recorded;
use super::walk::Setting;
use super::{Error, Harvest, index, made_with, new_run, note_title};

/// What a rebuild went through.
#[derive(Clone, Debug, Default)]
pub struct Rebuilt {
    pub runs: u64,
    pub records: u64,
    /// What the files of others hold.
    pub imported: Imported,
    /// Torn or broken spots in the page archive: file, byte offset, what is wrong.
    pub damaged: Vec<String>,
    /// What the archive of before has and the new one lacks.
    pub loss: Loss,
    /// The new archive, where it did not take the place of the old one.
    pub beside: Option<PathBuf>,
    /// The archive of before, where it was kept.
    pub before: Option<PathBuf>,
}

/// Whether what the pages no longer hold may be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLoss {
    KeepOld,
    Accept,
}

impl Harvest {
    /// The archive was read by this version of the program, to the end.
    pub fn is_current(&self) -> Result<bool, Error> {
        let found = self.archive.made_with()?;
        Ok(found.as_deref() == Some(made_with().as_str()) || (found.is_none() && self.pages.runs()?.is_empty()))
    }
}

/// Makes the archive of a state folder, and its index, anew; `tell` hears the name of each run.
pub fn rebuild(home: &Home, config: &Config, on_loss: OnLoss, now: Timestamp, tell: &mut dyn FnMut(&str)) -> Result<Rebuilt, Error> {
    home.make()?;
    let _lock = Lock::acquire(home, "rebuild", now)?;
    rebuild_held(home, config, &Pages::open(&home.pages())?, on_loss, tell)
}

/// The same for whoever holds the state folder.
pub(super) fn rebuild_held(
    home: &Home,
    config: &Config,
    pages: &Pages,
    on_loss: OnLoss,
    tell: &mut dyn FnMut(&str),
) -> Result<Rebuilt, Error> {
    let old = archive::open_old(home)?;
    refuse_lost(pages, old.as_ref(), on_loss)?;
    let new = Archive::build(home, old.as_ref())?;
    let mut out = Rebuilt::default();
    for run in in_time_order(pages, &new, config, &mut out)? {
        walk_again(&run, pages, &new, config, &mut out, tell)?;
    }
    put_in_place(home, old, new, on_loss, out)
}

/// Pages that the archive knows and that are not there any more.
pub(super) fn refuse_lost(pages: &Pages, old: Option<&Archive>, on_loss: OnLoss) -> Result<(), Error> {
    let lost = old.filter(|_| on_loss == OnLoss::KeepOld).map(|old| Ok::<_, Error>(pages.lost(old.page_files()?).pop())).transpose()?;
    lost.flatten().map_or(Ok(()), |file| Err(Error::Lost { file }))
}

/// Puts a new archive in the place of the old one, unless something would be lost by it.
pub(super) fn put_in_place(home: &Home, old: Option<Archive>, new: Archive, on_loss: OnLoss, mut out: Rebuilt) -> Result<Rebuilt, Error> {
    new.transaction(|tx| tx.set_made_with(&made_with()))?;
    out.records = new.record_number()?;
    if let Some(old) = &old {
        out.loss = new.loss_against(old)?;
        if out.loss.any() && on_loss == OnLoss::KeepOld {
            out.beside = Some(home.rebuilt());
            return Ok(out);
        }
    }
    out.before = archive::replace(home, old, new, out.loss.any())?;
    index::bring_up_when_free(home, &Archive::open(home)?)?;
    Ok(out)
}

/// A run that can be walked from its record.
pub(super) enum Run<'a> {
    Own { name: String, info: RunInfo },
    Imported(ImportedRun<'a>),
}

impl Run<'_> {
    pub fn name(&self) -> &str {
        match self {
            Self::Own { name, .. } | Self::Imported(ImportedRun { name, .. }) => name,
        }
    }

    pub fn source(&self) -> &str {
        match self {
            Self::Own { info, .. } => &info.source,
            Self::Imported(run) => &run.source.name,
        }
    }

    /// Its place in the order of runs, where its record tells one.
    pub fn sequence(&self) -> Option<u64> {
        match self {
            Self::Own { info, .. } => info.sequence,
            Self::Imported(_) => None,
        }
    }

    fn started(&self) -> Timestamp {
        match self {
            Self::Own { info, .. } => info.started,
            Self::Imported(run) => run.started,
        }
    }
}

/// All runs of the page archive, those of others where they belong in time.
pub(super) fn in_time_order<'a>(pages: &Pages, archive: &Archive, config: &'a Config, out: &mut Rebuilt) -> Result<Vec<Run<'a>>, Error> {
    let (imports, imported) = imported::gather(pages, archive, config, &mut out.damaged)?;
    out.imported = imported;
    let own = pages.begun_runs()?.into_iter().map(|(name, info)| Run::Own { name, info });
    let mut runs: Vec<Run<'_>> = own.chain(imports.into_iter().map(Run::Imported)).collect();
    runs.sort_by_key(Run::started);
    Ok(runs)
}

/// Walks a run from its record.
pub(super) fn walk_again(
    run: &Run<'_>,
    pages: &Pages,
    archive: &Archive,
    config: &Config,
    out: &mut Rebuilt,
    tell: &mut dyn FnMut(&str),
) -> Result<(), Error> {
    tell(run.name());
    archive.begin()?;
    if let Some(source) = config.sources.iter().find(|source| source.name == run.source()) {
        archive.transaction(|tx| note_title(tx, source))?;
    }
    match run {
        Run::Imported(import) => import.walk(pages, archive, config)?,
        Run::Own { name, .. } => walk_own(name, pages, archive, config, out)?,
    }
    archive.commit()?;
    out.runs += 1;
    Ok(())
}

fn walk_own(run: &str, pages: &Pages, archive: &Archive, config: &Config, out: &mut Rebuilt) -> Result<(), Error> {
    let bounds = take_in(pages, archive, run, out)?;
    let recorded = Recorded::of(archive, run)?;
    let listings = recorded.listings(archive)?;
    let source = source_of(config, &bounds.info.source, &listings);
    let accept_changes = bounds.info.accepts_changes;
    let setting = Setting { source: &source, crawler: &config.crawler, run, pages, archive, accept_changes };
    recorded.replay(setting, &listings)?;
    if let Some((at, outcome)) = bounds.ended {
        archive.transaction(|tx| tx.finish_run(run, at, &outcome))?;
    }
    Ok(())
}

/// How a run began and ended, as the page archive tells it.
struct Bounds {
    info: RunInfo,
    ended: Option<(Timestamp, String)>,
}

/// Takes the record of a run into a new archive.
fn take_in(pages: &Pages, archive: &Archive, run: &str, out: &mut Rebuilt) -> Result<Bounds, Error> {
    // Of a file whose beginning is damaged its name tells what it is of.
    let mut bounds = Bounds { info: RunInfo::from_name(run), ended: None };
    let mut begun = false;
    for event in pages.replay_run(run)? {
        let event = event?;
        if let Event::RunBegins { info, .. } = &event {
            bounds.info = info.clone();
        }
        if !begun && !matches!(event, Event::Damaged { .. }) {
            archive.transaction(|tx| tx.begin_run(&new_run(run, &bounds.info)))?;
            begun = true;
        }
        match event {
            Event::RunBegins { .. } => {}
            Event::Visit { visit, place, via } => {
                archive.transaction(|tx| tx.record_visit(run, &visit, &place, via.as_ref().map(Url::as_str)))?;
            }
            Event::RunEnds { at, outcome } => bounds.ended = Some((at, outcome)),
            Event::Damaged { file, offset, why } => out.damaged.push(format!("{file} at byte {offset}: {why}")),
        }
    }
    if !begun {
        archive.transaction(|tx| tx.begin_run(&new_run(run, &bounds.info)))?;
    }
    Ok(bounds)
}

/// The source as configured, or as its own record tells it when it has left the configuration.
fn source_of(config: &Config, name: &str, listings: &[Url]) -> Source {
    match config.source(name) {
        Some(source) => source.clone(),
        None => Source::new(name, listings.to_vec()),
    }
}
