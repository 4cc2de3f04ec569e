//! How a hit came about: every word with every path by which it met, and what the path gave.

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet, Searcher};

use super::answer::Met;
use super::word::Component;

/// What gave most first.
pub fn explain(searcher: &Searcher, components: &[Component], doc: DocAddress) -> tantivy::Result<Vec<Met>> {
    let mut met = Vec::new();
    let segment = searcher.segment_reader(doc.segment_ord);
    for component in components {
        let weight = component.query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut scorer = weight.scorer(segment, 1.0)?;
        if scorer.doc() < doc.doc_id {
            scorer.seek(doc.doc_id);
        }
        if scorer.doc() == doc.doc_id {
            met.push(Met { word: component.word.clone(), path: component.path, gave: scorer.score() });
        }
    }
    met.sort_by(|a, b| b.gave.total_cmp(&a.gave));
    Ok(met)
}
