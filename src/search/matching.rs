//! Which documents a part of a question means, as sets that are computed once.
//!
//! Whether a document is met and how much it scores are two questions: here no score is ever asked for. Postings are read
//! block by block; what is shared by the question and its criteria is read once.

use std::cell::OnceCell;
use std::ops::Bound;
use std::rc::Rc;

use tantivy::query::{EnableScoring, PhraseQuery, Query, RangeQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::docset::{DocSet, segments};

/// Ends of a range of figures; open where there is none.
pub type Span = (Option<u64>, Option<u64>);

/// Words that a beginning is expanded to.
const EXPANSIONS: usize = 1000;

/// An expression over terms and queries; clones share what was found.
#[derive(Clone)]
pub struct Matching(Rc<Node>);

struct Node {
    expression: Expression,
    found: OnceCell<DocSet>,
}

pub enum Expression {
    Everything,
    /// Documents with any of the terms.
    Terms(Vec<Term>),
    /// Documents with a word that begins like any of the terms.
    Beginnings(Vec<Term>),
    /// Documents with a figure in the range, ends included.
    Range(Field, Span),
    Phrase(Phrase),
    Any(Vec<Matching>),
    Every(Vec<Matching>),
    /// Of the first those that are not of the second.
    Without(Matching, Matching),
}

/// Terms of one field in their order, with at most so many words between them; clones share what was found.
#[derive(Clone)]
pub struct Phrase {
    pub terms: Vec<Term>,
    pub slop: u32,
    found: Rc<OnceCell<Vec<(u32, f32)>>>,
}

impl Phrase {
    pub fn new(terms: Vec<Term>, slop: u32) -> Self {
        Self { terms, slop, found: Rc::default() }
    }

    pub fn query(&self) -> PhraseQuery {
        let mut phrase = PhraseQuery::new(self.terms.clone());
        phrase.set_slop(self.slop);
        phrase
    }

    /// The documents that were found to have it, with what it gives to each; `None` where all of them were not yet looked for.
    pub fn found(&self) -> Option<&[(u32, f32)]> {
        self.found.get().map(Vec::as_slice)
    }

    /// Looks for all that have it. Positions are read once for this and for the score: they cost more than all else of a phrase.
    fn find(&self, searcher: &Searcher) -> tantivy::Result<&[(u32, f32)]> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let weight = self.query().weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut found = Vec::new();
        for (first, segment) in segments(searcher) {
            weight.for_each(segment, &mut |doc, gives| found.push((first + doc, gives)))?;
        }
        Ok(self.found.get_or_init(|| found))
    }
}

impl Matching {
    fn new(expression: Expression) -> Self {
        Self(Rc::new(Node { expression, found: OnceCell::new() }))
    }

    pub fn everything() -> Self {
        Self::new(Expression::Everything)
    }

    pub fn nothing() -> Self {
        Self::terms(Vec::new())
    }

    pub fn terms(terms: Vec<Term>) -> Self {
        Self::new(Expression::Terms(terms))
    }

    pub fn beginnings(terms: Vec<Term>) -> Self {
        Self::new(Expression::Beginnings(terms))
    }

    /// Everything where both ends are open.
    pub fn range(field: Field, range: Span) -> Self {
        if range == (None, None) { Self::everything() } else { Self::new(Expression::Range(field, range)) }
    }

    pub fn phrase(phrase: Phrase) -> Self {
        Self::new(Expression::Phrase(phrase))
    }

    pub fn any(mut parts: Vec<Self>) -> Self {
        if parts.len() > 1 { Self::new(Expression::Any(parts)) } else { parts.pop().unwrap_or_else(Self::nothing) }
    }

    pub fn every(mut parts: Vec<Self>) -> Self {
        if parts.len() > 1 { Self::new(Expression::Every(parts)) } else { parts.pop().unwrap_or_else(Self::everything) }
    }

    pub fn without(self, other: Self) -> Self {
        Self::new(Expression::Without(self, other))
    }

    /// They are one and the same expression.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// The documents, deleted ones left out; always of the same searcher.
    pub fn documents(&self, searcher: &Searcher) -> tantivy::Result<&DocSet> {
        if self.0.found.get().is_none() {
            let found = self.0.expression.find(searcher)?;
            return Ok(self.0.found.get_or_init(|| found));
        }
        Ok(self.0.found.get_or_init(DocSet::default))
    }

    pub fn expression(&self) -> &Expression {
        &self.0.expression
    }
}

impl Expression {
    fn find(&self, searcher: &Searcher) -> tantivy::Result<DocSet> {
        match self {
            Self::Everything => Ok(DocSet::all(searcher)),
            Self::Terms(terms) => with_any(searcher, terms),
            Self::Beginnings(terms) => with_any(searcher, &beginning_so(searcher, terms)?),
            Self::Range(field, (low, high)) => {
                let end =
                    |value: &Option<u64>| value.map_or(Bound::Unbounded, |value| Bound::Included(Term::from_field_u64(*field, value)));
                found_by(searcher, &RangeQuery::new(end(low), end(high)))
            }
            Self::Phrase(phrase) => {
                let mut found = DocSet::empty(searcher);
                phrase.find(searcher)?.iter().for_each(|(doc, _)| found.insert(*doc));
                found.remove_deleted(searcher);
                Ok(found)
            }
            Self::Any(parts) => {
                let mut found = DocSet::empty(searcher);
                for part in parts {
                    found.unite(part.documents(searcher)?);
                }
                Ok(found)
            }
            Self::Every(parts) => {
                let Some((first, others)) = parts.split_first() else { return Ok(DocSet::all(searcher)) };
                let mut found = first.documents(searcher)?.clone();
                for part in others {
                    found.intersect(part.documents(searcher)?);
                }
                Ok(found)
            }
            Self::Without(whole, part) => {
                let mut found = whole.documents(searcher)?.clone();
                found.subtract(part.documents(searcher)?);
                Ok(found)
            }
        }
    }
}

/// Documents with any of the terms.
fn with_any(searcher: &Searcher, terms: &[Term]) -> tantivy::Result<DocSet> {
    let mut found = DocSet::empty(searcher);
    for (first, segment) in segments(searcher) {
        for term in terms {
            let index = segment.inverted_index(term.field())?;
            let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::Basic)? else { continue };
            if postings.doc_freq() == segment.max_doc() {
                found.insert_range(first, first + segment.max_doc());
                break;
            }
            while !postings.docs().is_empty() {
                postings.docs().iter().for_each(|doc| found.insert(first + doc));
                postings.advance();
            }
        }
    }
    found.remove_deleted(searcher);
    Ok(found)
}

/// The terms of the vocabulary that begin like any of these.
fn beginning_so(searcher: &Searcher, beginnings: &[Term]) -> tantivy::Result<Vec<Term>> {
    let mut words = Vec::new();
    for segment in searcher.segment_readers() {
        for beginning in beginnings {
            let field = beginning.field();
            let bytes = beginning.serialized_value_bytes();
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(bytes).into_stream()?;
            let mut left = EXPANSIONS;
            while left > 0 && stream.advance() && stream.key().starts_with(bytes) {
                words.push(Term::from_field_text(field, &String::from_utf8_lossy(stream.key())));
                left -= 1;
            }
        }
    }
    Ok(words)
}

fn found_by(searcher: &Searcher, query: &dyn Query) -> tantivy::Result<DocSet> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut found = DocSet::empty(searcher);
    for (first, segment) in segments(searcher) {
        weight.for_each_no_score(segment, &mut |docs| docs.iter().for_each(|doc| found.insert(first + doc)))?;
    }
    found.remove_deleted(searcher);
    Ok(found)
}
