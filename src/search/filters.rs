//! Filters of a question as tantivy queries: exact terms and ranges over the facts.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::facts::{day, name};
use super::query::{Filter, Node, Range};
use super::schema::Fields;

/// Whether the node only filters.
pub fn only(node: &Node) -> bool {
    match node {
        Node::Filter(_) => true,
        Node::Any(nodes) | Node::Every(nodes) => nodes.iter().all(only),
        Node::List(clauses) => clauses.iter().all(|(_, node)| only(node)),
        _ => false,
    }
}

pub fn query(fields: &Fields, filter: &Filter) -> Box<dyn Query> {
    match filter {
        Filter::Id(value) => term(fields.id, value),
        Filter::Source(value) => term(fields.source, value),
        Filter::Lang(value) => term(fields.lang, value),
        Filter::Country(code) => term(fields.country, code),
        Filter::WantedCountry(code) => term(fields.wanted_country, code),
        Filter::Kind(kind) => term(fields.kind, &name(kind)),
        Filter::Theme(theme) => term(fields.theme, &name(theme)),
        Filter::Has(word) => term(fields.has, word),
        Filter::Gone(true) => term(fields.has, "gone"),
        Filter::Gone(false) => {
            let everything: Box<dyn Query> = Box::new(AllQuery);
            Box::new(BooleanQuery::new(vec![(Occur::Must, everything), (Occur::MustNot, term(fields.has, "gone"))]))
        }
        Filter::Published((from, to)) => between(fields.published, (from.map(day), to.map(day))),
        Filter::Population(range) => between(fields.population, *range),
        // A single size asks: would a town of this size do?
        Filter::Wanted((Some(low), Some(high))) if low == high => Box::new(BooleanQuery::intersection(vec![
            between(fields.asked_low, (None, Some(*low))),
            between(fields.asked_high, (Some(*low), None)),
        ])),
        Filter::Wanted(range) => between(fields.asked, *range),
    }
}

/// Documents with a value in the range, ends included.
pub fn between(field: Field, (low, high): Range<u64>) -> Box<dyn Query> {
    let end = |value: Option<u64>| value.map_or(Bound::Unbounded, |value| Bound::Included(Term::from_field_u64(field, value)));
    match (low, high) {
        (None, None) => Box::new(AllQuery),
        _ => Box::new(RangeQuery::new(end(low), end(high))),
    }
}

fn term(field: Field, value: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}
