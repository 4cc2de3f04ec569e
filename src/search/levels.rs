//! How much of a question a document meets: *full*, every criterion, or *partial*. A criterion is a word that decides or a fact that
//! words were read as. Nothing is scored here.

use tantivy::Searcher;

use super::answer::Count;
use super::docset::DocSet;
use super::matching::Matching;

/// A word or group of words that a full hit meets.
pub struct Criterion {
    /// As the question has it.
    pub words: String,
    pub matching: Matching,
}

/// The documents that meet a question, by their level.
pub struct Levels {
    pub full: DocSet,
    pub partial: DocSet,
}

impl Levels {
    pub fn of(searcher: &Searcher, matching: &Matching, criteria: &[Criterion], count: Count) -> tantivy::Result<Self> {
        let mut full = matching.documents(searcher)?.clone();
        if count == Count::Any || criteria.is_empty() {
            return Ok(Self { full, partial: DocSet::empty(searcher) });
        }
        let mut partial = full.clone();
        for criterion in criteria {
            full.intersect(criterion.matching.documents(searcher)?);
        }
        partial.subtract(&full);
        Ok(Self { full, partial })
    }
}

/// The criteria that a document does not meet, in the words of the question.
pub fn lacks(searcher: &Searcher, criteria: &[Criterion], doc: u32) -> tantivy::Result<Vec<String>> {
    let mut lacking = Vec::new();
    for criterion in criteria {
        if !criterion.matching.documents(searcher)?.contains(doc) {
            lacking.push(criterion.words.clone());
        }
    }
    Ok(lacking)
}
