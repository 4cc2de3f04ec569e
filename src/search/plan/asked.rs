//! A part of a question: what meets it, what a full hit meets, and whether it decides that.

use crate::search::levels::Criterion;
use crate::search::matching::Matching;
use crate::search::query::{Filter, Node};

/// A part of the question.
pub(super) struct Asked {
    /// What a hit meets.
    pub matching: Matching,
    /// Whether anything can meet it.
    pub met: bool,
    /// What a full hit meets, where that is less.
    pub full: Option<Matching>,
    /// Whether it decides if a hit is full.
    pub decides: bool,
}

impl Asked {
    pub(super) fn new(matching: Matching, met: bool) -> Self {
        Self { matching, met, full: None, decides: true }
    }

    pub(super) fn full(&self) -> Matching {
        self.full.as_ref().unwrap_or(&self.matching).clone()
    }
}

/// The criteria of a list as they are gathered.
#[derive(Default)]
pub(super) struct Criteria {
    deciding: Vec<Criterion>,
    others: Vec<Criterion>,
    /// A record has few countries: several that are named side by side are alternatives.
    countries: Vec<Criterion>,
}

impl Criteria {
    pub(super) fn add(&mut self, node: &Node, asked: &Asked) {
        let criterion = Criterion { words: node.to_string(), matching: asked.full() };
        match node {
            Node::Implicit { filters, .. } if asked.decides && matches!(filters[..], [Filter::Country(_) | Filter::Region(_)]) => {
                self.countries.push(criterion);
            }
            _ if asked.decides => self.deciding.push(criterion),
            _ => self.others.push(criterion),
        }
    }

    /// Where nothing decides, all words do.
    pub(super) fn all(mut self) -> Vec<Criterion> {
        if !self.countries.is_empty() {
            let words = self.countries.iter().map(|criterion| criterion.words.as_str()).collect::<Vec<_>>().join(", ");
            let matching = Matching::any(self.countries.into_iter().map(|criterion| criterion.matching).collect());
            self.deciding.push(Criterion { words, matching });
        }
        if self.deciding.is_empty() { self.others } else { self.deciding }
    }
}

/// Several parts as one, both as hits meet them and as full hits do; `None` of none.
pub(super) fn joined(mut parts: Vec<Asked>, met: bool, join: fn(Vec<Matching>) -> Matching) -> Option<Asked> {
    if parts.len() < 2 {
        return parts.pop().map(|part| Asked { met, ..part });
    }
    let full = parts.iter().any(|part| part.full.is_some()).then(|| join(parts.iter().map(Asked::full).collect()));
    let decides = parts.iter().any(|part| part.decides);
    Some(Asked { matching: join(parts.into_iter().map(|part| part.matching).collect()), met, full, decides })
}
