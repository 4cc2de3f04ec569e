//! A question planned for an engine elsewhere that was given what `held` hands on: which documents are hits, as clauses over its fields.
//!
//! The plan is the one of our own index. An engine says how many documents a clause meets; it has no vocabulary that could be walked, so
//! slips are not mended and nothing is `near:`. Refuses to know how an engine is asked.

use std::cell::RefCell;

use tantivy::schema::Schema;
use tantivy::{Searcher, TantivyError, Term};

use super::answer::{Count, Hit, Level, Options, ReadAs};
use super::ask::{self, QueryError, Question};
use super::component::Component;
use super::corpus::Corpus;
use super::highlight::{self, Mark, Memo};
use super::matching::{Expression, Matching};
use super::query::{self, Filter, Node};
use super::schema::Fields;
use super::{names, snippet};
use crate::record::Record;

/// Documents by the fields that our own index has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    Everything,
    /// With any of the terms, each after its field.
    Terms(Vec<(String, String)>),
    /// With a term that begins so.
    Beginnings(Vec<(String, String)>),
    /// Ends included, open where there is none.
    Range(String, Option<u64>, Option<u64>),
    /// Terms of a field in their order, with at most so many words between them.
    Phrase(String, Vec<String>, u32),
    Any(Vec<Clause>),
    Every(Vec<Clause>),
    /// Those of the first that are not of the second.
    Without(Box<[Clause; 2]>),
}

/// Why an engine could not say how many documents it has.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error("near: cannot be asked of an engine; search here, or name a region")]
    Near,
    #[error(transparent)]
    Engine(#[from] Fault),
}

/// A question as an engine is asked.
pub struct Plan {
    matching: Clause,
    /// What a full hit meets besides, with the words of the question.
    pub criteria: Vec<(String, Clause)>,
    pub read_as: Vec<ReadAs>,
    pub unmet: Vec<String>,
    pub hints: Vec<String>,
    marks: Vec<Mark>,
}

/// How many documents meet a clause.
type Counting<'c> = dyn FnMut(&Clause) -> Result<u64, Fault> + 'c;

impl Plan {
    pub fn of(question: &str, options: &Options, count: &mut Counting<'_>) -> Result<Self, Error> {
        let nodes = [query::read(question, options.reading).node, query::read(&options.within, options.reading).node];
        if nodes.iter().any(asks_near) {
            return Err(Error::Near);
        }
        let (schema, fields) = Fields::new();
        let corpus = Engine { schema, count: RefCell::new(count), failed: RefCell::default() };
        let Question { plan, hints } = ask::planned(&fields, &corpus, question, options)?;
        if let Some(fault) = corpus.failed.take() {
            return Err(Error::Engine(fault));
        }
        let clause = |matching| clause(&corpus.schema, matching);
        let criteria = plan.criteria.iter().map(|criterion| (criterion.words.clone(), clause(&criterion.matching)));
        let criteria = if options.count == Count::Any { Vec::new() } else { criteria.collect() };
        let (matching, read_as, unmet, marks) = (clause(&plan.matching), plan.read_as, plan.unmet, plan.marks);
        Ok(Self { matching, criteria, read_as, unmet, hints, marks })
    }

    /// The hits that meet all of the question.
    pub fn full(&self) -> Clause {
        let criteria = self.criteria.iter().map(|(_, clause)| clause.clone());
        Clause::Every(std::iter::once(self.matching.clone()).chain(criteria).collect())
    }

    /// Those that meet a part of it; none where all that are met are full.
    pub fn partial(&self) -> Option<Clause> {
        (!self.criteria.is_empty()).then(|| Clause::Without(Box::new([self.matching.clone(), self.full()])))
    }

    /// A record that an engine gave back, with its passages. Scores of engines are their own, and not told.
    pub fn hit(&self, record: Record, level: Level, lacks: Vec<String>) -> Hit {
        let marks = highlight::with_other_names(&self.marks, &record, &names::of_places(&record));
        let snippets = snippet::snippets(&record, &marks, &Memo::default());
        Hit { score: f32::NAN, level, lacks, record, snippets, explanation: None }
    }
}

fn asks_near(node: &Node) -> bool {
    match node {
        Node::Filter(filter) => matches!(filter, Filter::Near { .. }),
        Node::List(clauses) => clauses.iter().any(|(_, node)| asks_near(node)),
        Node::Any(nodes) | Node::Every(nodes) => nodes.iter().any(asks_near),
        Node::In(_, node) => asks_near(node),
        Node::Word(_) | Node::Implicit { .. } | Node::Prefix(_) | Node::Phrase { .. } => false,
    }
}

fn clause(schema: &Schema, matching: &Matching) -> Clause {
    let all = |parts: &[Matching]| parts.iter().map(|part| clause(schema, part)).collect();
    let named = |terms: &[Term]| terms.iter().map(|term| (schema.get_field_name(term.field()).to_owned(), text(term))).collect();
    match matching.expression() {
        Expression::Everything => Clause::Everything,
        Expression::Terms(terms) => Clause::Terms(named(terms)),
        Expression::Beginnings(terms) => Clause::Beginnings(named(terms)),
        Expression::Range(field, (low, high)) => Clause::Range(schema.get_field_name(*field).to_owned(), *low, *high),
        Expression::Phrase(phrase) => {
            let field = phrase.terms.first().map_or("", |term| schema.get_field_name(term.field()));
            Clause::Phrase(field.to_owned(), phrase.terms.iter().map(text).collect(), phrase.slop)
        }
        Expression::Any(parts) => Clause::Any(all(parts)),
        Expression::Every(parts) => Clause::Every(all(parts)),
        Expression::Without(whole, part) => Clause::Without(Box::new([clause(schema, whole), clause(schema, part)])),
    }
}

fn text(term: &Term) -> String {
    term.value().as_str().unwrap_or_default().to_owned()
}

/// An engine as planning sees it. Once it has failed it is asked no more.
struct Engine<'c> {
    schema: Schema,
    count: RefCell<&'c mut Counting<'c>>,
    failed: RefCell<Option<Fault>>,
}

impl Corpus for Engine<'_> {
    fn num_docs(&self) -> u64 {
        1
    }

    /// Any term may be there: one that is not meets nothing.
    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(1)
    }

    fn count(&self, matching: &Matching) -> tantivy::Result<usize> {
        if self.failed.borrow().is_none() {
            match (self.count.borrow_mut())(&clause(&self.schema, matching)) {
                Ok(count) => return Ok(count as usize),
                Err(fault) => _ = self.failed.replace(Some(fault)),
            }
        }
        Err(TantivyError::SystemError("the engine does not answer".to_owned()))
    }

    fn meets(&self, ways: &[Component]) -> bool {
        !ways.is_empty() && self.count(&Component::matching(ways)).unwrap_or(0) > 0
    }

    fn index(&self) -> Option<&Searcher> {
        None
    }
}
