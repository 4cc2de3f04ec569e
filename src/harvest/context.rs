//! What every step of a walk works with, and the account that it keeps.
//!
//! Pages and the archive are read and written here, at once and in order; nothing here waits, asks or looks at a clock.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

use crate::archive::Archive;
use crate::config::{Crawler, Source};
use crate::extract::{Problem, ProblemKind};
use crate::pages::Pages;
use crate::visit::{Outcome, Purpose};

use super::Error;
use super::identity::Addresses;
use super::question::{Answer, PageQuestion};

/// The run being walked, and its surroundings.
pub(super) struct Context<'a> {
    pub source: &'a Source,
    pub crawler: &'a Crawler,
    pub run: &'a str,
    pub pages: &'a Pages,
    pub archive: &'a Archive,
    /// Changes that look like a fault of the site are taken for true: somebody has looked.
    pub accept_changes: bool,
    pub addresses: Addresses<'a>,
    pub report: Report,
}

/// What a run met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Questions put to the network in this run.
    pub asked: u64,
    /// Answered "not modified".
    pub not_modified: u64,
    /// Entries that the listings name, each notice once.
    pub entries: u64,
    pub new: u64,
    pub changed: u64,
    pub gone: u64,
    /// Problems in reading, by kind.
    pub problems: BTreeMap<&'static str, u64>,
}

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub kind: TroubleKind,
    pub url: String,
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TroubleKind {
    /// A page that could not be had.
    Unreachable,
    /// A page that could not be read.
    Unreadable,
    /// A listing in which nothing is found.
    NoEntries,
    /// A listing with more pages than the configuration allows.
    MaxPages,
    /// A listing that suddenly names far fewer entries.
    ShrunkListing,
    /// A listing whose entries are most of them new, while as many are missing.
    Relaunch,
    /// A page that has lost its text.
    LostText,
    /// A doubtful change that waits for a second reading.
    Unconfirmed,
    /// Many pages that lost their text, got one and the same, or changed at once.
    MassChange,
    /// Many pages that are gone at once.
    MassGone,
}

impl TroubleKind {
    /// It costs one page, and says nothing of the others.
    pub fn is_of_one_page(self) -> bool {
        matches!(self, Self::Unreachable | Self::Unreadable | Self::LostText)
    }

    /// Stable name for tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Unreadable => "unreadable_page",
            Self::NoEntries => "empty_listing",
            Self::MaxPages => "max_pages",
            Self::ShrunkListing => "shrunk_listing",
            Self::Relaunch => "relaunch",
            Self::LostText => "lost_text",
            Self::Unconfirmed => "unconfirmed",
            Self::MassChange => "mass_change",
            Self::MassGone => "mass_gone",
        }
    }
}

/// The account of a walk.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub counts: Counts,
    pub troubles: Vec<Trouble>,
    pub progress: Progress,
}

/// Where a walk stands.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Questions settled.
    pub done: u64,
    /// Questions known so far.
    pub known: u64,
    /// The address being asked for.
    pub address: String,
}

/// Decoded body and content type.
pub(super) type Content = (Vec<u8>, Option<String>);

impl Context<'_> {
    /// A question about an address.
    pub fn question(&self, url: &Url, purpose: Purpose, via: Option<&Url>, due: Option<Timestamp>) -> PageQuestion {
        PageQuestion { url: url.clone(), purpose, via: via.cloned(), cap: self.cap(purpose), due }
    }

    /// Counts an answer.
    pub fn tally(&mut self, answer: &Answer) {
        if answer.fresh {
            self.report.counts.asked += 1;
            self.report.counts.not_modified += u64::from(answer.outcome == Outcome::NotModified);
        }
    }

    /// Counts an answer, and notes a page that could not be had.
    pub fn count(&mut self, asked: &Url, answer: &Answer) -> Result<(), Error> {
        self.tally(answer);
        let Some(why) = answer.outcome.why_no_page() else { return Ok(()) };
        self.trouble(TroubleKind::Unreachable, asked.as_str(), answer.at, why)
    }

    /// Decoded body and content type of a page, from the page archive.
    pub fn content(&mut self, answer: &Answer, purpose: Purpose) -> Result<Option<Content>, Error> {
        if !answer.has_page() {
            return Ok(None);
        }
        let read = match self.pages.read(&answer.page) {
            // A file of another run that was damaged or taken away costs its pages, not the run.
            Err(error) => Err(error.to_string()),
            Ok(stored) if stored.exchange.status == 304 => Err("the page that has not changed is no longer stored".to_owned()),
            Ok(stored) => stored.exchange.content(self.cap(purpose)).map(|bytes| (bytes, stored.exchange.header("content-type"))),
        };
        match read {
            Ok(content) => Ok(Some(content)),
            Err(why) => self.trouble(TroubleKind::Unreadable, answer.url.as_str(), answer.at, why).map(|()| None),
        }
    }

    fn cap(&self, purpose: Purpose) -> u64 {
        if purpose == Purpose::Attachment { self.crawler.max_attachment } else { self.crawler.max_page }
    }

    /// Counts and keeps what could not be read as it stands.
    pub fn problems(&mut self, answer: &Answer, problems: &[Problem]) -> Result<(), Error> {
        if problems.is_empty() {
            return Ok(());
        }
        for problem in problems {
            *self.report.counts.problems.entry(problem.kind.name()).or_default() += 1;
        }
        let (run, url, at) = (self.run, answer.url.as_str(), answer.at);
        self.archive.transaction(|tx| problems.iter().try_for_each(|p| tx.record_problem(run, at, url, p.kind.name(), &p.what)))?;
        if problems.iter().any(|p| p.kind == ProblemKind::Unreadable) {
            let why = problems.iter().map(|p| p.what.clone()).collect::<Vec<_>>().join("; ");
            self.report.troubles.push(Trouble { kind: TroubleKind::Unreadable, url: url.to_owned(), why });
        }
        Ok(())
    }

    /// Notes something that a person should look at, for the end of the run and for later.
    pub fn trouble(&mut self, kind: TroubleKind, url: &str, at: Timestamp, why: String) -> Result<(), Error> {
        self.archive.transaction(|tx| tx.record_problem(self.run, at, url, kind.name(), &why))?;
        self.report.troubles.push(Trouble { kind, url: url.to_owned(), why });
        Ok(())
    }
}

/// The calendar day of a fetch, in UTC; the reader allows for the day that follows.
pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
