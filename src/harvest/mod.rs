//! The orchestrator: one run from the first request to the searchable record.
//!
//! fetch -> store -> extract -> read -> record -> index. Only this room knows all stages; they do not know one another.
//! `walk` is the run as a machine that asks and is answered; `live` answers from the network, `recorded` from what runs
//! have kept.

mod absent;
mod cdx_server;
mod context;
mod doubt;
mod entries;
mod error;
mod facts;
pub mod identity;
mod import;
mod imported;
pub mod index;
mod listed;
mod listings;
mod live;
mod matching;
mod met;
mod namesakes;
mod pace;
mod plan;
mod question;
mod rebuild;
mod recorded;
mod renew;
mod saved;
mod schedule;
mod settle;
mod stop;
mod visiting;
mod walk;
mod wayback;

use std::time::Instant;

use jiff::Timestamp;
use tokio::runtime::Handle;

use crate::archive::{self, Archive, Durability, Lock, NewRun};
use crate::config::{Config, Source};
use crate::crawl::Client;
use crate::home::Home;
use crate::pages::{Pages, RunInfo};
use crate::{extract, notice};

pub use archive::Loss;
pub use cdx_server::{CdxServer, Span};
pub use context::{Counts, Progress, Report, Trouble, TroubleKind};
pub use error::Error;
pub use facts::with_facts;
pub use import::{Import, Target, import, import_saved, import_served, merge};
pub use imported::Imported;
use live::Live;
pub use pace::{Paced, paced};
pub use plan::{Extent, Plan, Planned, plan};
pub use question::{Answer, PageQuestion, Question, Reply};
pub use rebuild::{OnLoss, Rebuilt, rebuild};
use recorded::Recorded;
pub use saved::SavedPages;
pub use stop::Stop;
pub use walk::{Setting, Walk};
pub use wayback::Fetched;

/// Such a time after the last visit is more likely a wrong clock than a long rest.
const LEAP: jiff::SignedDuration = jiff::SignedDuration::from_hours(400 * 24);
/// After this time the pages may have moved on: better a new run than half of an old one.
const RESUMED_WITHIN: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// What reads pages, by version: an archive made with others is read anew.
pub fn made_with() -> String {
    format!("extract {}, notice {}, identity {}", extract::VERSION, notice::READER_VERSION, identity::VERSION)
}

/// The state folder, held by one writer at a time.
pub struct Harvest {
    home: Home,
    pages: Pages,
    archive: Archive,
    _lock: Lock,
}

/// How to crawl.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub extent: Extent,
    /// Changes that look like a fault of the site are taken for true.
    pub accept_changes: bool,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub source: String,
    pub run: String,
    pub counts: Counts,
    /// What a person should look at, with address and reason.
    pub troubles: Vec<Trouble>,
    /// Pages that were told on earlier nights and are as they were: nobody needs to look at once.
    pub known: Vec<Trouble>,
    /// Where it was stopped before its end; the next crawl resumes it.
    pub stopped: Option<Progress>,
    /// It resumed a run that had been interrupted.
    pub resumed: bool,
    /// The time since the newest visit before, where it is so long that the clock may be wrong.
    pub leap: Option<jiff::SignedDuration>,
}

/// The source and what goes with it, for one crawl.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    pub config: &'a Config,
    pub source: &'a Source,
    pub options: Options,
}

impl Harvest {
    /// Takes the state folder for writing; `what` tells others who holds it.
    pub fn open(home: &Home, what: &str, now: Timestamp) -> Result<Self, Error> {
        home.make()?;
        let lock = Lock::acquire(home, what, now)?;
        Ok(Self { pages: Pages::open(&home.pages())?, archive: Archive::open(home)?, home: home.clone(), _lock: lock })
    }

    /// Whether a crawl of the source could begin; nothing is sent.
    pub fn may_crawl(config: &Config, source: &Source) -> Result<(), Error> {
        Ok(Client::check(&config.crawler, source)?)
    }

    /// One run over one source, on this thread; the runtime carries the network.
    pub fn crawl(&mut self, runtime: &Handle, order: Order<'_>, stop: &Stop, tell: &mut dyn FnMut(&Progress)) -> Result<Summary, Error> {
        let Order { config, source, options } = order;
        let started = Timestamp::now();
        let leap = self.check_clock(started)?;
        let client = Client::new(&config.crawler, source, self.archive.pauses()?, env!("CARGO_PKG_VERSION"))?;
        let interrupted = self.settle_interrupted(config, source, started)?.filter(|_| options.extent != Extent::Anew);
        let info = RunInfo {
            source: source.name.clone(),
            started,
            sequence: Some(self.archive.next_sequence()?),
            continues: interrupted.clone(),
            contact: config.crawler.contact.clone(),
            accepts_changes: options.accept_changes,
        };
        if self.archive.made_with()?.is_none() {
            self.archive.transaction(|tx| tx.set_made_with(&made_with()))?;
        }
        let writer = self.pages.begin(&info)?;
        let run = writer.run().to_owned();
        tracing::info!(run, resumes = interrupted, ?options, "run begins");
        // A crawl before this one may have ended in an error, with its commits deferred.
        self.archive.set_durability(Durability::Full)?;
        self.archive.transaction(|tx| {
            tx.begin_run(&new_run(&run, &info))?;
            note_title(tx, source)
        })?;
        let (archive, pages) = (&self.archive, &self.pages);
        // The run is known and its pages are synced one by one: `settle_interrupted` makes up for what a power cut undoes.
        archive.set_durability(Durability::Deferred)?;
        let recorded = Recorded::of(archive, &run)?;
        let (source_name, committed) = (source.name.clone(), Instant::now());
        let mut live = Live {
            runtime,
            client,
            writer,
            stop,
            extent: options.extent,
            pages,
            archive,
            recorded,
            source: source_name,
            started,
            committed,
        };
        let setting = Setting { source, crawler: &config.crawler, run: &run, pages, archive, accept_changes: options.accept_changes };
        let mut walk = Walk::new(setting, &source.listing)?;
        let stopped = loop {
            let Some(question) = walk.next()? else { break None };
            // What is left stays as it is: the next crawl resumes the run.
            if stop.is_raised() {
                break Some(walk.progress().clone());
            }
            tell(walk.progress());
            let reply = live.reply(&question)?;
            if stop.is_raised() {
                break Some(walk.progress().clone());
            }
            walk.answer(reply)?;
        };
        tell(walk.progress());
        let Report { counts, troubles, .. } = walk.into_report();
        archive.set_durability(Durability::Full)?;
        let (known, troubles) = lasting(archive, &source.name, &run, troubles)?;
        if stopped.is_none() {
            let (at, outcome) = (Timestamp::now(), if troubles.is_empty() { "done" } else { "incomplete" });
            live.writer.finish(at, outcome)?;
            archive.transaction(|tx| tx.finish_run(&run, at, outcome))?;
        }
        Ok(Summary { source: source.name.clone(), run, counts, troubles, known, stopped, resumed: interrupted.is_some(), leap })
    }

    /// Refuses a run before the newest visit; gives a suspiciously long time since.
    fn check_clock(&self, now: Timestamp) -> Result<Option<jiff::SignedDuration>, Error> {
        let Some(newest) = self.archive.newest_visit()? else { return Ok(None) };
        if now < newest {
            return Err(Error::Clock { now, newest });
        }
        Ok(Some(now.duration_since(newest)).filter(|since| *since > LEAP))
    }

    /// If the last run of the source was interrupted: settles what it got; gives it if it was lately and can be resumed.
    fn settle_interrupted(&self, config: &Config, source: &Source, now: Timestamp) -> Result<Option<String>, Error> {
        let Some(last) = self.archive.unfinished_run(&source.name)? else { return Ok(None) };
        recorded::take_in(&self.pages, &self.archive, &last)?;
        let began = self.replay(config, source, &last)?;
        Ok(Some(last).filter(|_| now.duration_since(began) <= RESUMED_WITHIN))
    }

    /// Walks a run again from its record; gives the time at which it, or the first run that it resumed, began.
    fn replay(&self, config: &Config, source: &Source, run: &str) -> Result<Timestamp, Error> {
        let recorded = Recorded::of(&self.archive, run)?;
        let listings = recorded.listings(&self.archive)?;
        let setting = Setting { source, crawler: &config.crawler, run, pages: &self.pages, archive: &self.archive, accept_changes: false };
        recorded.replay(setting, &listings)?;
        recorded.began(&self.archive)
    }

    /// Brings the search index to the state of the archive; waits a little for a reader who is just doing so.
    pub fn index(&self) -> Result<(), Error> {
        index::bring_up_when_free(&self.home, &self.archive)
    }
}

/// Those troubles of a run that are known from earlier nights, and the others.
fn lasting(archive: &Archive, source: &str, run: &str, troubles: Vec<Trouble>) -> Result<(Vec<Trouble>, Vec<Trouble>), Error> {
    let (mut known, mut fresh) = (Vec::new(), Vec::new());
    for trouble in troubles {
        let lasts = trouble.kind.is_of_one_page() && archive.has_lasted(source, run, trouble.kind.name(), &trouble.url)?;
        if lasts { known.push(trouble) } else { fresh.push(trouble) }
    }
    Ok((known, fresh))
}

/// Keeps the institution's name beside what was read of it.
fn note_title(archive: &archive::Tx<'_>, source: &Source) -> Result<(), archive::Error> {
    source.title.as_ref().map_or(Ok(()), |title| archive.set_title(&source.name, title))
}

/// A run as the page archive tells it.
fn new_run<'a>(run: &'a str, info: &'a RunInfo) -> NewRun<'a> {
    NewRun { run, source: &info.source, sequence: info.sequence, started: info.started, continues: info.continues.as_deref() }
}
