//! What planning asks of the index that a question goes to: how many records it has, how many have a term, how many are met.
//!
//! Our own index knows that at once. An engine elsewhere is asked for counts alone: which of its terms occur is not known
//! before, and its vocabulary cannot be walked.

use tantivy::{Searcher, Term};

use super::component::Component;
use super::matching::Matching;

pub trait Corpus {
    fn num_docs(&self) -> u64;

    /// Records that have the term; more than none where that is not known.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64>;

    fn count(&self, matching: &Matching) -> tantivy::Result<usize>;

    /// Whether any record is met in any of these ways, which were found by their terms.
    fn meets(&self, ways: &[Component]) -> bool;

    /// The index itself, for what only its vocabulary tells.
    fn index(&self) -> Option<&Searcher>;
}

impl Corpus for Searcher {
    fn num_docs(&self) -> u64 {
        Self::num_docs(self)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Self::doc_freq(self, term)
    }

    fn count(&self, matching: &Matching) -> tantivy::Result<usize> {
        Ok(matching.documents(self)?.len())
    }

    fn meets(&self, ways: &[Component]) -> bool {
        !ways.is_empty()
    }

    fn index(&self) -> Option<&Searcher> {
        Some(self)
    }
}
