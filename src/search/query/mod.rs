//! What was asked, as a tree; printed back, it is a query that the strict reading accepts.
//!
//! `lexer` cuts, `parser` builds, `fields`, `values` and `dates` know the fields and their values, `implicit_filters` and `countries` the
//! facts that plain words name. The grammar for people is `GRAMMAR`. Any Unicode string has a tree; what could not be read as meant is told as faults.

mod countries;
mod dates;
mod fields;
mod implicit_filters;
mod lexer;
mod parser;
mod values;

use std::fmt;

use jiff::civil::Date;

use super::places::Spot;
use crate::record::{Certainty, Kind, Theme};

pub use fields::{FieldHelp, FieldName, help, named};
pub use parser::read;

/// The query language for people, with examples.
pub const GRAMMAR: &str = include_str!("grammar.txt");

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

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(clauses) => {
                for (at, (weight, node)) in clauses.iter().enumerate() {
                    let sign = match weight {
                        Weight::Must if !matches!(node, Self::Phrase { .. } | Self::Filter(_)) => "+",
                        Weight::Not => "-",
                        _ => "",
                    };
                    write!(out, "{}{sign}{}", if at > 0 { " " } else { "" }, Inner(node))?;
                }
                Ok(())
            }
            Self::Any(nodes) => joined(out, nodes, " OR "),
            Self::Every(nodes) => joined(out, nodes, " AND "),
            Self::Word(text) | Self::Implicit { text, .. } => out.write_str(text),
            Self::Prefix(text) => write!(out, "{text}*"),
            Self::Phrase { text, near: None } => write!(out, "\"{text}\""),
            Self::Phrase { text, near: Some(distance) } => write!(out, "\"{text}\"~{distance}"),
            Self::In(part, node) => write!(out, "{}:{}", values::part_name(*part), Inner(node)),
            Self::Filter(filter) => out.write_str(&values::filter_text(filter)),
        }
    }
}

/// A node inside another: compound ones in brackets.
struct Inner<'a>(&'a Node);

impl fmt::Display for Inner<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::List(clauses) if clauses.len() == 1 && clauses[0].0 == Weight::Should => write!(out, "{}", Inner(&clauses[0].1)),
            Node::List(_) | Node::Any(_) | Node::Every(_) => write!(out, "({})", self.0),
            simple => write!(out, "{simple}"),
        }
    }
}

fn joined(out: &mut fmt::Formatter<'_>, nodes: &[Node], with: &str) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        // `NOT x` inside AND is a list of one.
        match node {
            Node::List(clauses) if clauses.len() == 1 && clauses[0].0 == Weight::Not => {
                write!(out, "{}NOT {}", if at > 0 { with } else { "" }, Inner(&clauses[0].1))?;
            }
            _ => write!(out, "{}{}", if at > 0 { with } else { "" }, Inner(node))?,
        }
    }
    Ok(())
}
