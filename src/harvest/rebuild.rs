//! The archive anew from the pages alone: every run is walked again, from its own record.
//!
//! Nothing is fetched. All of it is one transaction: who reads meanwhile reads the archive of before, and a
//! rebuild that is cut short has not happened.

use std::collections::HashMap;

use jiff::Timestamp;
use url::Url;

use crate::archive::NewRun;
use crate::config::{Config, Source};
use crate::pages::{Event, RunInfo};

use super::answers::{Answers, replayed};
use super::walk::Walk;
use super::{Error, Harvest, made_with as made_with_now};

/// What a rebuild went through.
#[derive(Clone, Debug, Default)]
pub struct Rebuilt {
    pub runs: u64,
    pub records: u64,
    /// Torn or broken spots in the page archive: file, byte offset, what is wrong.
    pub damaged: Vec<String>,
}

/// A run as the page archive tells it.
struct Told {
    run: String,
    info: RunInfo,
    ended: Option<(Timestamp, String)>,
}

impl Harvest {
    /// The archive was read by this version of the program, to the end.
    pub fn is_current(&self) -> Result<bool, Error> {
        let made_with = self.archive.made_with()?;
        Ok(made_with.as_deref() == Some(made_with_now().as_str()) || (made_with.is_none() && self.pages.runs()?.is_empty()))
    }

    /// Makes the archive anew; `tell` hears the name of each run. What pages no longer hold is not forgotten: an error then.
    pub async fn rebuild(&mut self, config: &Config, tell: &mut dyn FnMut(&str)) -> Result<Rebuilt, Error> {
        if let Some(file) = self.pages.lost(self.archive.page_files()?).pop() {
            return Err(Error::Lost { file });
        }
        self.archive.begin()?;
        match self.walk_again(config, tell).await {
            Ok(rebuilt) => {
                self.archive.commit()?;
                Ok(rebuilt)
            }
            Err(error) => {
                self.archive.undo()?;
                Err(error)
            }
        }
    }

    async fn walk_again(&mut self, config: &Config, tell: &mut dyn FnMut(&str)) -> Result<Rebuilt, Error> {
        let mut out = Rebuilt::default();
        let told = self.told(&mut out)?;
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is not general over the transaction's lifetime")]
        self.archive.transaction(|tx| tx.clear())?;
        let mut answers_of: HashMap<String, (Answers, Vec<Url>)> = HashMap::new();
        for told in told {
            tell(&told.run);
            let before = told.info.continues.as_ref().and_then(|run| answers_of.remove(run));
            let (mut answers, mut listings) = before.unwrap_or_else(|| (Answers::recorded(), Vec::new()));
            let new =
                NewRun { run: &told.run, source: &told.info.source, started: told.info.started, continues: told.info.continues.as_deref() };
            self.archive.transaction(|tx| tx.begin_run(&new))?;
            for url in replayed(&self.pages, &told.run, &mut answers, &mut self.archive)? {
                if !listings.contains(&url) {
                    listings.push(url);
                }
            }
            let source = source_of(config, &told.info.source, &listings);
            let mut walk = Walk::new(&source, &config.crawler, &told.run, &self.pages, &mut self.archive, answers);
            walk.go(&listings, &mut |_| {}).await?;
            let answers = walk.end().answers;
            match told.ended {
                Some((at, outcome)) => self.archive.transaction(|tx| tx.finish_run(&told.run, at, &outcome))?,
                None => drop(answers_of.insert(told.run.clone(), (answers, listings))),
            }
            out.runs += 1;
        }
        self.mark_current()?;
        out.records = self.archive.records(&crate::archive::Filter::default())?.count() as u64;
        Ok(out)
    }

    /// Notes that this version of the program has read everything.
    pub(super) fn mark_current(&mut self) -> Result<(), Error> {
        self.archive.transaction(|tx| tx.set_made_with(&made_with_now()))?;
        Ok(())
    }

    /// The runs in order of time; bodies are left where they lie.
    fn told(&self, out: &mut Rebuilt) -> Result<Vec<Told>, Error> {
        let mut told: Vec<Told> = Vec::new();
        for event in self.pages.replay()? {
            match event? {
                Event::RunBegins { run, info } => told.push(Told { run, info, ended: None }),
                Event::RunEnds { at, outcome } => {
                    if let Some(last) = told.last_mut() {
                        last.ended = Some((at, outcome));
                    }
                }
                Event::Visit { .. } => {}
                Event::Damaged { file, offset, why } => out.damaged.push(format!("{file} at byte {offset}: {why}")),
            }
        }
        Ok(told)
    }
}

/// The source as configured, or as its own record tells it when it has left the configuration.
fn source_of(config: &Config, name: &str, listings: &[Url]) -> Source {
    match config.source(name) {
        Some(source) => source.clone(),
        None => Source::new(name, listings.to_vec()),
    }
}
