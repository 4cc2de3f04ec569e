//! The landlord: one run from the first request to the searchable record.
//!
//! fetch -> store -> extract -> read -> record -> index. Only this room knows all stages; they do not know
//! one another. The future of a crawl is meant for the thread of `block_on`: between two requests it works
//! on SQLite and HTML, and blocks nobody but itself.

mod absent;
mod answers;
mod entry;
pub mod identity;
mod plan;
mod rebuild;
mod stop;
mod walk;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::archive::{self, Archive, Lock, NewRun};
use crate::config::{Config, Source};
use crate::crawl::{self, Client};
use crate::pages::{self, Pages, RunInfo};
use crate::{extract, notice, search};

use answers::{Answers, Live, replayed};
pub use plan::{Planned, plan};
pub use stop::Stop;
pub use walk::{Counts, Trouble};
use walk::{Ended, Walk};

/// Between two looks at an index that someone else is writing.
const INDEX_WAIT: Duration = Duration::from_millis(200);

/// What reads pages, by version: an archive made with others is read anew.
pub fn made_with() -> String {
    format!("extract {}, notice {}", extract::VERSION, notice::READER_VERSION)
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Pages(#[from] pages::Error),
    #[error(transparent)]
    Crawl(#[from] crawl::Error),
    #[error(transparent)]
    Search(#[from] search::Error),
    #[error(
        "pages/{file} is missing, and a rebuild would forget what lies in it; restore it, or take archive.db away to rebuild without it"
    )]
    Lost { file: String },
}

/// The state folder, held by one writer at a time.
pub struct Harvest {
    home: PathBuf,
    pages: Pages,
    archive: Archive,
    _lock: Lock,
}

/// How to crawl.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Ask for every page anew instead of asking whether it changed.
    pub full: bool,
}

/// Where a run stands.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Questions settled.
    pub done: u64,
    /// Questions known so far.
    pub known: u64,
    /// The address being asked for.
    pub address: String,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub source: String,
    pub counts: Counts,
    /// Pages that could not be had, with the reason.
    pub troubles: Vec<Trouble>,
    /// Where it was stopped before its end; the next crawl carries on.
    pub stopped: Option<Progress>,
    /// It carried on a run that had been interrupted.
    pub carried_on: bool,
}

impl Harvest {
    /// Takes the state folder for writing; `what` tells others who holds it.
    pub fn open(home: &Path, what: &str, now: Timestamp) -> Result<Self, Error> {
        std::fs::create_dir_all(home).map_err(|source| pages::Error::Io { path: home.to_owned(), source })?;
        let lock = Lock::acquire(home, what, now)?;
        Ok(Self { pages: Pages::open(&home.join("pages"))?, archive: Archive::open(home)?, home: home.to_owned(), _lock: lock })
    }

    /// Whether a crawl of the source could begin; nothing is sent.
    pub fn may_crawl(config: &Config, source: &Source) -> Result<(), Error> {
        Client::new(&config.crawler, source, Vec::new(), env!("CARGO_PKG_VERSION"))?;
        Ok(())
    }

    /// One run over one source.
    pub async fn crawl(
        &mut self,
        config: &Config,
        source: &Source,
        options: &Options,
        stop: &Stop,
        tell: &mut dyn FnMut(&Progress),
    ) -> Result<Summary, Error> {
        let started = Timestamp::now();
        let client = Client::new(&config.crawler, source, self.archive.pauses()?, env!("CARGO_PKG_VERSION"))?;
        let mut answers = Answers::recorded();
        let interrupted = self.carry_on(source, config, started, &mut answers).await?.filter(|_| !options.full);
        if interrupted.is_none() {
            answers = Answers::recorded();
        }
        answers.forget_failures();
        let info =
            RunInfo { source: source.name.clone(), started, continues: interrupted.clone(), contact: config.crawler.contact.clone() };
        if self.archive.made_with()?.is_none() {
            self.mark_current()?;
        }
        let writer = self.pages.begin(&info)?;
        let run = writer.run().to_owned();
        tracing::info!(run, carries_on = interrupted, full = options.full, "run begins");
        self.archive
            .transaction(|tx| tx.begin_run(&NewRun { run: &run, source: &source.name, started, continues: interrupted.as_deref() }))?;
        answers.go_live(Live { client, writer, stop: stop.clone(), full: options.full });
        let mut walk = Walk::new(source, &config.crawler, &run, &self.pages, &mut self.archive, answers);
        walk.go(&source.listing, tell).await?;
        let Ended { mut answers, counts, troubles, progress } = walk.end();
        self.archive.wait_for_disk(true)?;
        let stopped = stop.is_raised();
        if let Some(live) = answers.take_live().filter(|_| !stopped) {
            let (at, outcome) = (Timestamp::now(), if troubles.is_empty() { "done" } else { "incomplete" });
            live.writer.finish(at, outcome)?;
            self.archive.transaction(|tx| tx.finish_run(&run, at, outcome))?;
        }
        Ok(Summary {
            source: source.name.clone(),
            counts,
            troubles,
            stopped: stopped.then_some(progress),
            carried_on: interrupted.is_some(),
        })
    }

    /// If the last run of the source was interrupted lately: settles what it got and hands its answers on.
    async fn carry_on(&mut self, source: &Source, config: &Config, now: Timestamp, answers: &mut Answers) -> Result<Option<String>, Error> {
        let Some(last) = self.archive.unfinished_run(&source.name)? else { return Ok(None) };
        let mut chain = vec![last.clone()];
        let mut began = now;
        while let Some(run) = chain.last() {
            let Some((started, continues)) = self.archive.run_start(run)? else { break };
            began = started;
            match continues {
                Some(before) => chain.push(before),
                None => break,
            }
        }
        let mut listings: Vec<Url> = Vec::new();
        for run in chain.iter().rev() {
            for url in replayed(&self.pages, run, answers, &mut self.archive)? {
                if !listings.contains(&url) {
                    listings.push(url);
                }
            }
        }
        let recorded = std::mem::replace(answers, Answers::recorded());
        let mut walk = Walk::new(source, &config.crawler, &last, &self.pages, &mut self.archive, recorded);
        walk.go(&listings, &mut |_| {}).await?;
        let recorded = walk.end().answers;
        // After a day the pages may have moved on: better a new run than half of an old one.
        if now.duration_since(began) > jiff::SignedDuration::from_hours(24) {
            return Ok(None);
        }
        *answers = recorded;
        Ok(Some(last))
    }

    /// Brings the search index to the state of the archive; waits a little for a reader who is just doing so.
    pub fn index(&self) -> Result<(), Error> {
        let dir = self.home.join("search");
        let mut patience = 50;
        loop {
            let records = self.archive.records(&archive::Filter::default())?.collect::<Result<Vec<_>, _>>()?;
            match search::Index::sync(&dir, self.archive.revision()?, records) {
                Err(search::Error::Busy(_)) if patience > 0 => patience -= 1,
                done => return done.map(drop).map_err(Error::from),
            }
            std::thread::sleep(INDEX_WAIT);
        }
    }
}
