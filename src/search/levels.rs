//! Which of the documents that a question meets are whole answers to it.
//!
//! A hit is full when it meets every criterion of the plan: every word that says what is asked for, and every fact that the
//! words were read as. The others are partial, and each can say what it lacks. Scores know nothing of levels.

use tantivy::query::{BooleanQuery, EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

use super::answer::{Count, Level};
use super::order::Met;
use super::plan::Plan;

/// A word or group of words that a full hit meets.
pub struct Criterion {
    /// As the question has it.
    pub words: String,
    pub query: Box<dyn Query>,
}

/// Every document that the plan meets, by segment and number, with its level.
pub fn collect(searcher: &Searcher, plan: &Plan, count: Count) -> tantivy::Result<Vec<Met>> {
    let mut met = scored(searcher, &*plan.query)?;
    if count == Count::Any || plan.criteria.is_empty() {
        return Ok(met);
    }
    let criteria = plan.criteria.iter().map(|criterion| criterion.query.box_clone()).collect();
    let whole = BooleanQuery::intersection(criteria).weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut rest = met.iter_mut().peekable();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut full = whole.scorer(segment, 1.0)?;
        while let Some(hit) = rest.next_if(|hit| hit.doc.segment_ord == ordinal) {
            while full.doc() != TERMINATED && full.doc() < hit.doc.doc_id {
                full.advance();
            }
            hit.level = if full.doc() == hit.doc.doc_id { Level::Full } else { Level::Partial };
        }
    }
    Ok(met)
}

/// Every document met by a query, all of them as full.
pub fn scored(searcher: &Searcher, query: &dyn Query) -> tantivy::Result<Vec<Met>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut met = Vec::new();
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        weight.for_each(segment, &mut |doc_id, score| {
            if !segment.is_deleted(doc_id) {
                met.push(Met { doc: DocAddress { segment_ord, doc_id }, score, level: Level::Full });
            }
        })?;
    }
    Ok(met)
}

/// What of the question a document does not meet.
pub fn lacks(searcher: &Searcher, plan: &Plan, doc: DocAddress) -> tantivy::Result<Vec<String>> {
    let mut lacking = Vec::new();
    for criterion in &plan.criteria {
        if score(searcher, &*criterion.query, doc)?.is_none() {
            lacking.push(criterion.words.clone());
        }
    }
    Ok(lacking)
}

/// What the query gives to this document, if it meets it.
pub fn score(searcher: &Searcher, query: &dyn Query, doc: DocAddress) -> tantivy::Result<Option<f32>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(searcher.segment_reader(doc.segment_ord), 1.0)?;
    if scorer.doc() < doc.doc_id {
        scorer.seek(doc.doc_id);
    }
    Ok((scorer.doc() == doc.doc_id).then(|| scorer.score()))
}
