//! What adds to a score, each by itself, so that it can be told: a word in one way in one place.

use tantivy::Term;

use super::matching::{Matching, Phrase};

/// A part of what a component gives; several add up.
#[derive(Clone)]
pub enum Part {
    /// The best of these terms, by BM25.
    Best(Vec<Weighted>),
    /// The best of the readings of a phrase, by BM25 times the weight.
    Phrase(Vec<Phrase>, f32),
    /// The same for all documents of a set.
    Constant(Matching, f32),
}

/// A term and how much it counts.
#[derive(Clone)]
pub struct Weighted {
    pub term: Term,
    /// Documents that have it.
    pub documents: u64,
    pub weight: f32,
}

impl Part {
    pub fn boost(&mut self, by: f32) {
        match self {
            Self::Best(terms) => terms.iter_mut().for_each(|term| term.weight *= by),
            Self::Phrase(_, weight) | Self::Constant(_, weight) => *weight *= by,
        }
    }

    /// The documents to which it gives anything.
    pub fn matching<'p>(parts: impl IntoIterator<Item = &'p Self>) -> Matching {
        let (mut terms, mut others) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Self::Best(best) => terms.extend(best.iter().map(|best| best.term.clone())),
                Self::Phrase(readings, _) => others.extend(readings.iter().cloned().map(Matching::phrase)),
                Self::Constant(matching, _) => others.push(matching.clone()),
            }
        }
        if !terms.is_empty() {
            others.push(Matching::terms(terms));
        }
        Matching::any(others)
    }
}

/// How a word met a record, or that it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// The word as written.
    Exact,
    /// The word without marks.
    Folded,
    Lemma,
    /// Through a relational adjective: `Ukrajina`, `ukrajinský`.
    Derivation,
    Stem,
    /// Another name of a linked place.
    Place,
    /// Name or adjective of a linked country.
    Country,
    /// A word for the record's theme or kind.
    Topic,
    Prefix,
    Phrase,
    /// Neighbours in the question that stand together in the text.
    Proximity,
    /// Published in the time that the words name.
    Date,
    /// Of the size that the words name, or asking for it.
    Size,
    /// Through a word of the index that is spelled much the same or of the same family.
    Typo,
    /// Met at all: what every word of the question gives, so that records with all words come before those with some.
    Coord,
}

/// The part of a record where a word matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    Title,
    /// Title and summary.
    Head,
    /// The full text.
    Body,
    /// The documents.
    Attachment,
    /// Any of these.
    Text,
    Facts,
}

/// A part of the score that can be told apart; all of them add up to the score.
#[derive(Clone)]
pub struct Component {
    /// As the question has it.
    pub word: String,
    pub kind: MatchKind,
    pub at: At,
    /// The index terms that are asked; empty where no terms are asked.
    pub terms: Vec<String>,
    pub parts: Vec<Part>,
    /// It counts only for documents that all of these hold.
    pub within: Vec<Matching>,
}

impl Component {
    pub fn new(word: &str, kind: MatchKind, at: At, terms: &[&str], parts: Vec<Part>) -> Self {
        let terms = terms.iter().map(|term| (*term).to_owned()).collect();
        Self { word: word.to_owned(), kind, at, terms, parts, within: Vec::new() }
    }

    /// The same, giving so many times as much.
    pub fn boosted(mut self, by: f32) -> Self {
        self.parts.iter_mut().for_each(|part| part.boost(by));
        self
    }

    /// The documents that any of them meets.
    pub fn matching<'c>(components: impl IntoIterator<Item = &'c Self>) -> Matching {
        Part::matching(components.into_iter().flat_map(|component| &component.parts))
    }
}
