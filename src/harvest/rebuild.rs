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
use super::{Error, Harvest, index, made_with, new_run};

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
    if let Some(old) = old.as_ref().filter(|_| on_loss == OnLoss::KeepOld)
        && let Some(file) = pages.lost(old.page_files()?).pop()
    {
        return Err(Error::Lost { file });
    }
    let new = Archive::build(home, old.as_ref())?;
    let mut out = walk_again(pages, &new, config, tell)?;
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

/// Walks all runs of the page archive, in order.
fn walk_again(pages: &Pages, archive: &Archive, config: &Config, tell: &mut dyn FnMut(&str)) -> Result<Rebuilt, Error> {
    let mut out = Rebuilt::default();
    let (imports, imported) = imported::gather(pages, archive, config, &mut out.damaged)?;
    out.imported = imported;
    let mut imports = imports.into_iter().peekable();
    for run in pages.runs()? {
        // Runs of others come in where they belong in time.
        let began = pages.began(&run)?;
        while let Some(import) = imports.next_if(|import| import.started < began) {
            walk_import(&import, pages, archive, config, &mut out, tell)?;
        }
        tell(&run);
        archive.begin()?;
        let told = take_in(pages, archive, &run, &mut out)?;
        let recorded = Recorded::of(archive, &run)?;
        let listings = recorded.listings(archive)?;
        let source = source_of(config, &told.info.source, &listings);
        let accept_changes = told.info.accepts_changes;
        let setting = Setting { source: &source, crawler: &config.crawler, run: &run, pages, archive, accept_changes };
        recorded.replay(setting, &listings)?;
        if let Some((at, outcome)) = told.ended {
            archive.transaction(|tx| tx.finish_run(&run, at, &outcome))?;
        }
        archive.commit()?;
        out.runs += 1;
    }
    for import in imports {
        walk_import(&import, pages, archive, config, &mut out, tell)?;
    }
    archive.transaction(|tx| tx.set_made_with(&made_with()))?;
    out.records = archive.record_number()?;
    Ok(out)
}

fn walk_import(
    import: &ImportedRun<'_>,
    pages: &Pages,
    archive: &Archive,
    config: &Config,
    out: &mut Rebuilt,
    tell: &mut dyn FnMut(&str),
) -> Result<(), Error> {
    tell(&import.name);
    archive.begin()?;
    import.walk(pages, archive, config)?;
    archive.commit()?;
    out.runs += 1;
    Ok(())
}

/// A run as the page archive tells it.
struct Told {
    info: RunInfo,
    ended: Option<(Timestamp, String)>,
}

/// Takes the record of a run into a new archive.
fn take_in(pages: &Pages, archive: &Archive, run: &str, out: &mut Rebuilt) -> Result<Told, Error> {
    // Of a file whose beginning is damaged its name tells what it is of.
    let mut told = Told { info: RunInfo::from_name(run), ended: None };
    let mut begun = false;
    for event in pages.replay_run(run)? {
        let event = event?;
        if let Event::RunBegins { info, .. } = &event {
            told.info = info.clone();
        }
        if !begun && !matches!(event, Event::Damaged { .. }) {
            archive.transaction(|tx| tx.begin_run(&new_run(run, &told.info)))?;
            begun = true;
        }
        match event {
            Event::RunBegins { .. } => {}
            Event::Visit { visit, place, via } => {
                archive.transaction(|tx| tx.record_visit(run, &visit, &place, via.as_ref().map(Url::as_str)))?;
            }
            Event::RunEnds { at, outcome } => told.ended = Some((at, outcome)),
            Event::Damaged { file, offset, why } => out.damaged.push(format!("{file} at byte {offset}: {why}")),
        }
    }
    if !begun {
        archive.transaction(|tx| tx.begin_run(&new_run(run, &told.info)))?;
    }
    Ok(told)
}

/// The source as configured, or as its own record tells it when it has left the configuration.
fn source_of(config: &Config, name: &str, listings: &[Url]) -> Source {
    match config.source(name) {
        Some(source) => source.clone(),
        None => Source::new(name, listings.to_vec()),
    }
}
