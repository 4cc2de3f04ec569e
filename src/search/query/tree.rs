//! What was asked, as a tree.

use jiff::civil::Date;

use crate::record::{Certainty, Kind, Theme};
use crate::search::places::Spot;

/// How a clause of a list weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// More is better.
    Should,
    Must,
    Not,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Clauses side by side.
    List(Vec<(Weight, Node)>),
    /// `OR`.
    Any(Vec<Node>),
    /// `AND`.
    Every(Vec<Node>),
    Word(String),
    /// Words that also name a fact: `březen 2011`.
    Implicit {
        text: String,
        /// What of it a text would say, too.
        core: String,
        /// Any of them fits; the first is what the words mean.
        filters: Vec<Filter>,
        /// The whole question with these words in quotation marks, which keep them words.
        without: String,
    },
    /// Beginning of a word.
    Prefix(String),
    /// Words in this order; with a distance, their inflections that far from each other.
    Phrase {
        text: String,
        near: Option<u32>,
    },
    /// The same, asked of one part.
    In(Part, Box<Node>),
    Filter(Filter),
}

impl Node {
    /// What it asks for stands in every answer, without a sign: a phrase, a fact, or a list of nothing but demands.
    pub fn is_demanded(&self) -> bool {
        match self {
            Self::Phrase { .. } | Self::Filter(_) => true,
            Self::List(clauses) => clauses.iter().all(|(weight, _)| *weight != Weight::Should),
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// What the notice says.
    Text,
    /// What its documents say.
    Attachment,
    /// Names of the linked places.
    Place,
}

/// Inclusive; open where `None`.
pub type Range<T> = (Option<T>, Option<T>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    Id(String),
    Source(String),
    Lang(String),
    Country(String),
    WantedCountry(String),
    Kind(Kind),
    Theme(Theme),
    /// A division (`DE.02`) or a group of countries (`balkan`).
    Region(String),
    Near {
        /// As it was asked.
        place: String,
        spot: Spot,
        km: u32,
    },
    Url(String),
    Contact(String),
    Has(&'static str),
    /// How far the kind and the seekers may be trusted.
    Certainty(Certainty),
    Gone(bool),
    GoneSince(Range<Date>),
    Published(Range<Date>),
    Event(Range<Date>),
    Deadline(Range<Date>),
    /// Seen by a crawl between these days.
    Seen(Range<Date>),
    Version(Range<u64>),
    Population(Range<u64>),
    /// A range of figures asked for; a single figure asks whether a town of that size would do.
    Wanted(Range<u64>),
}
