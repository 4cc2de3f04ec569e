//! A part of a question as a query: what it meets, what a full hit meets, and whether it decides that.

use tantivy::query::{BooleanQuery, Query};

use crate::search::levels::Criterion;
use crate::search::query::{Filter, Node};

/// A part of the query.
pub(super) struct Asked {
    pub query: Box<dyn Query>,
    /// Whether it can meet anything.
    pub met: bool,
    /// What a full hit meets, where that is less than the query does.
    pub full: Option<Box<dyn Query>>,
    /// Whether it decides if a hit is full.
    pub decides: bool,
}

impl Asked {
    pub(super) fn new(query: Box<dyn Query>, met: bool) -> Self {
        Self { query, met, full: None, decides: true }
    }

    pub(super) fn full(&self) -> Box<dyn Query> {
        self.full.as_ref().unwrap_or(&self.query).box_clone()
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
        let criterion = Criterion { words: node.to_string(), query: asked.full() };
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
            let query = union(self.countries.into_iter().map(|criterion| criterion.query).collect());
            self.deciding.push(Criterion { words, query });
        }
        if self.deciding.is_empty() { self.others } else { self.deciding }
    }
}

type BoxedQuery = Box<dyn Query>;

/// Several parts as one, both as they meet and as a full hit meets them; `None` of none.
pub(super) fn joined(mut parts: Vec<Asked>, met: bool, join: fn(Vec<BoxedQuery>) -> BoxedQuery) -> Option<Asked> {
    if parts.len() < 2 {
        return parts.pop().map(|part| Asked { met, ..part });
    }
    let full = parts.iter().any(|part| part.full.is_some()).then(|| join(parts.iter().map(Asked::full).collect()));
    let decides = parts.iter().any(|part| part.decides);
    Some(Asked { query: join(parts.into_iter().map(|part| part.query).collect()), met, full, decides })
}

pub(super) fn union(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries))
}

pub(super) fn intersection(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(queries))
}
