//! One run over a source as a machine that asks and is answered: no network, no clock, no waiting.
//!
//! `next` gives a question or the end, `answer` takes the reply to it. Listings come first and are read to their end, so
//! that a run cut short still knows every entry; then each entry, then known notices whose time has come, then what is
//! missing, then what is in doubt. What a walk writes depends on its answers alone: a rebuild walks the same way and
//! arrives at the same archive.

use url::Url;

use crate::archive::Archive;
use crate::config::{Crawler, Source};
use crate::pages::Pages;

use super::absent::Absent;
use super::context::{Context, Progress, Report};
use super::doubt;
use super::entries::Entries;
use super::identity::Addresses;
use super::listings::Listings;
use super::question::{Question, Reply};
use super::{Error, matching};

/// The run that a walk is of.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub source: &'a Source,
    pub crawler: &'a Crawler,
    pub run: &'a str,
    pub pages: &'a Pages,
    pub archive: &'a Archive,
    /// Changes that look like a fault of the site are taken for true.
    pub accept_changes: bool,
}

pub struct Walk<'a> {
    context: Context<'a>,
    phase: Phase,
    listings: Listings,
}

enum Phase {
    Listings,
    Entries(Entries),
    Absent(Absent),
    Over,
}

impl<'a> Walk<'a> {
    /// A walk over these listings of the source.
    pub fn new(setting: Setting<'a>, listings: &[Url]) -> Result<Self, Error> {
        let Setting { source, crawler, run, pages, archive, accept_changes } = setting;
        archive.begin_frontier()?;
        let addresses = Addresses::new(source, archive.volatile_parameters(&source.name)?);
        let context = Context { source, crawler, run, pages, archive, accept_changes, addresses, report: Report::default() };
        Ok(Self { context, phase: Phase::Listings, listings: Listings::new(listings) })
    }

    /// The next question; `None` when the walk is over.
    #[expect(clippy::should_implement_trait, reason = "between two questions stands an answer")]
    pub fn next(&mut self) -> Result<Option<Question>, Error> {
        loop {
            let context = &mut self.context;
            let question = match &mut self.phase {
                Phase::Listings => self.listings.next(context).map(Question::Page),
                Phase::Entries(entries) => entries.next(context)?,
                Phase::Absent(absent) => absent.next(context)?.map(Question::Page),
                Phase::Over => return Ok(None),
            };
            if let Some(question) = question {
                if let Question::Page(page) = &question {
                    page.url.as_str().clone_into(&mut context.report.progress.address);
                }
                return Ok(Some(question));
            }
            self.advance()?;
        }
    }

    /// Takes the reply to the question that `next` gave last.
    pub fn answer(&mut self, reply: Reply) -> Result<(), Error> {
        match &mut self.phase {
            Phase::Listings => self.listings.answer(&mut self.context, reply),
            Phase::Entries(entries) => entries.answer(&mut self.context, reply),
            Phase::Absent(absent) => absent.answer(&mut self.context, reply),
            Phase::Over => Ok(()),
        }
    }

    fn advance(&mut self) -> Result<(), Error> {
        let context = &mut self.context;
        self.phase = match std::mem::replace(&mut self.phase, Phase::Over) {
            Phase::Listings => {
                matching::match_known(context, &self.listings)?;
                self.listings.judge(context)?;
                context.report.progress.known += context.archive.found_number()?;
                Phase::Entries(Entries::default())
            }
            Phase::Entries(entries) => Phase::Absent(Absent::new(context, &self.listings, entries.looked_at())?),
            Phase::Absent(absent) => {
                doubt::resolve(context, absent.looked_at())?;
                self.listings.keep(context)?;
                let early = self.listings.ended_early();
                context.report.counts.entries = context.archive.named_number(&context.source.name, context.run, &early)?;
                Phase::Over
            }
            Phase::Over => Phase::Over,
        };
        Ok(())
    }

    pub fn progress(&self) -> &Progress {
        &self.context.report.progress
    }

    /// What came of it.
    pub fn into_report(self) -> Report {
        self.context.report
    }
}
