//! What a walk asks and how it is answered: plain values, so that anybody can drive it.
//!
//! A live crawl answers from the network, a rebuild from what a run recorded, a test from a table.

use jiff::Timestamp;
use url::Url;

use crate::record::PageRef;
use crate::visit::{Outcome, Purpose};

/// What a walk must know to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time")]
pub enum Question {
    Page(PageQuestion),
    /// The addresses of the known notices that are to be looked at once more, though no page that was read led to them.
    Due,
}

/// One address to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageQuestion {
    pub url: Url,
    pub purpose: Purpose,
    /// The page that named it; none for a known notice that is looked at once more.
    pub via: Option<Url>,
    /// Largest body that is taken, in bytes.
    pub cap: u64,
    /// From when on it is worth asking again; `None`: at once.
    pub due: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time")]
pub enum Reply {
    Page(Answer),
    /// It was not asked for in this run: not due, not recorded, or the run was cut short before.
    NotAsked,
    /// To `Question::Due`.
    Due(Vec<Url>),
}

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// After the last redirect.
    pub url: Url,
    pub at: Timestamp,
    pub outcome: Outcome,
    /// Where the page lies: for "not modified", the page that still stands.
    pub page: PageRef,
    /// The same bytes as the last time that this address was had.
    pub unchanged: bool,
    /// It was put to the network just now.
    pub fresh: bool,
}

impl Answer {
    /// There is a page to read.
    pub fn has_page(&self) -> bool {
        matches!(self.outcome, Outcome::Page | Outcome::NotModified)
    }
}
