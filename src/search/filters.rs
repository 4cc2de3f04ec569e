//! Filters of a question: exact terms and ranges over the facts.

use jiff::civil::Date;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::corpus::Corpus;
use super::facts::{day, name};
use super::matching::Matching;
use super::places::Spot;
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

pub fn matching(fields: &Fields, corpus: &dyn Corpus, filter: &Filter) -> Matching {
    match filter {
        Filter::Id(value) => term(fields.id, value),
        Filter::Source(value) => term(fields.source, value),
        Filter::Lang(value) => term(fields.lang, value),
        Filter::Country(code) => term(fields.country, code),
        Filter::WantedCountry(code) => term(fields.wanted_country, code),
        Filter::Kind(kind) => term(fields.kind, &name(kind)),
        Filter::Theme(theme) => term(fields.theme, &name(theme)),
        Filter::Has(word) => term(fields.has, word),
        Filter::Certainty(certainty) => term(fields.has, &name(certainty)),
        Filter::Gone(true) => term(fields.has, "gone"),
        Filter::Gone(false) => Matching::everything().without(term(fields.has, "gone")),
        Filter::Published(range) => Matching::range(fields.published, days(range)),
        Filter::Url(value) => term(fields.url, value),
        Filter::Contact(value) => term(fields.contact, value),
        Filter::Region(code) => term(fields.region, code),
        Filter::Near { spot, km, .. } => {
            corpus.index().map_or_else(Matching::nothing, |index| near(fields.spot, index, *spot, f64::from(*km)))
        }
        Filter::Event(range) => Matching::range(fields.event, days(range)),
        Filter::Deadline(range) => Matching::range(fields.deadline, days(range)),
        Filter::GoneSince(range) => Matching::range(fields.gone, days(range)),
        // Between the days on which it was first and last seen.
        Filter::Seen((from, to)) => Matching::every(vec![
            Matching::range(fields.first_seen, (None, to.map(day))),
            Matching::range(fields.last_seen, (from.map(day), None)),
        ]),
        Filter::Version(range) => Matching::range(fields.version, *range),
        Filter::Population(range) => Matching::range(fields.population, *range),
        // A single size asks: would a town of this size do?
        Filter::Wanted((Some(low), Some(high))) if low == high => Matching::every(vec![
            Matching::range(fields.asked_low, (None, Some(*low))),
            Matching::range(fields.asked_high, (Some(*low), None)),
        ]),
        Filter::Wanted(range) => Matching::range(fields.asked, *range),
    }
}

/// What a record must have for the filter to know anything of it, and what that is called.
pub fn known_by(filter: &Filter) -> Option<(&'static str, &'static str)> {
    match filter {
        Filter::Population(_) => Some(("population", "number of inhabitants")),
        Filter::Published(_) => Some(("date", "day of publication")),
        Filter::Country(_) => Some(("country", "country")),
        Filter::Kind(_) => Some(("kind", "kind")),
        Filter::Near { .. } => Some(("coordinates", "place on the map")),
        _ => None,
    }
}

fn days((from, to): &Range<Date>) -> Range<u64> {
    (from.map(day), to.map(day))
}

/// Documents with a seeker within so many kilometres: the distinct places are compared, not the documents.
fn near(field: Field, searcher: &Searcher, spot: Spot, km: f64) -> Matching {
    let mut within = Vec::new();
    for segment in searcher.segment_readers() {
        let Ok(index) = segment.inverted_index(field) else { continue };
        let Ok(mut terms) = index.terms().stream() else { continue };
        while terms.advance() {
            let text = String::from_utf8_lossy(terms.key());
            if Spot::read(&text).is_some_and(|other| other.kilometres_to(spot) <= km) {
                within.push(Term::from_field_text(field, &text));
            }
        }
    }
    Matching::terms(within)
}

fn term(field: Field, value: &str) -> Matching {
    Matching::terms(vec![Term::from_field_text(field, value)])
}
