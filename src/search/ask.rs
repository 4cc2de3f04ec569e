//! A question from string to answer: read, plan, collect, order, count, show.

use tantivy::query::{BooleanQuery, ConstScoreQuery, EnableScoring, Occur, Query};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

use super::analysis::Asker;
use super::answer::{Answer, Hit, Options};
use super::facts::day;
use super::index::Index;
use super::order::{self, Met};
use super::plan::{self, Plan};
use super::query;
use super::{explain, facets, filters, marks, snippet};
use crate::record::Record;

/// Notes on how a question was read; a text that was pasted by mistake would have thousands.
const NOTES: usize = 10;

#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// Only in strict mode.
    #[error("column {column}: {message}\n  try: {mended}")]
    Syntax {
        /// In characters, from 1.
        column: usize,
        message: String,
        /// The same question, as it would be accepted.
        mended: String,
    },
    #[error("the search index cannot be read ({0}); `twindex rebuild` makes a new one")]
    Index(#[from] tantivy::TantivyError),
    #[error("a record in the search index cannot be read ({0}); `twindex rebuild` makes a new one")]
    Record(#[from] serde_json::Error),
}

impl Index {
    /// Answers any string.
    pub fn search(&self, asked: &str, options: &Options) -> Result<Answer, QueryError> {
        let (plan, mut notes) = self.plan(asked, options)?;
        let met = self.collect(&*plan.query)?;
        let total = met.len();
        let facets = if options.facets { self.count(&met)? } else { facets::Counter::default() };
        let mut hits = Vec::new();
        for Met { doc, score } in order::page(self.searcher(), met, options.sort, options.offset, options.limit)? {
            let stored = self.stored(doc)?;
            let record = self.record_in(&stored)?;
            let names: Vec<Vec<String>> = serde_json::from_slice(bytes(&stored, self.fields().names))?;
            let snippets = snippet::snippets(&record, &marks::with_other_names(&plan.marks, &record, &names));
            let explanation =
                if options.explain { Some(explain::explain(self.searcher(), &plan.components, doc, &record, &names)?) } else { None };
            hits.push(Hit { score, record, snippets, explanation });
        }
        notes.truncate(NOTES);
        Ok(Answer {
            query: asked.to_owned(),
            total,
            hits,
            facets: facets.facets(),
            unmet: plan.unmet,
            suggestions: plan.suggestions,
            notes,
        })
    }

    /// Every record that the question meets, in the order of `options`, which page it does not matter.
    pub fn matching(&self, asked: &str, options: &Options) -> Result<impl Iterator<Item = Result<Record, QueryError>> + '_, QueryError> {
        let (plan, _) = self.plan(asked, options)?;
        let met = self.collect(&*plan.query)?;
        let ordered = order::page(self.searcher(), met, options.sort, 0, usize::MAX)?;
        Ok(ordered.into_iter().map(|met| self.record(met.doc)))
    }

    fn plan(&self, asked: &str, options: &Options) -> Result<(Plan, Vec<String>), QueryError> {
        let reading = query::read(asked);
        if let (true, Some(fault)) = (options.strict, reading.faults.first()) {
            return Err(QueryError::Syntax { column: fault.column, message: fault.message.clone(), mended: reading.node.to_string() });
        }
        let mut plan = plan::plan(self.fields(), self.searcher(), &Asker::new(asked, self.fields(), self.searcher()), &reading.node);
        if options.from.or(options.to).is_some() {
            let dates = filters::between(self.fields().published, (options.from.map(day), options.to.map(day)));
            let dates: Box<dyn Query> = Box::new(ConstScoreQuery::new(dates, 0.0));
            plan.query = Box::new(BooleanQuery::new(vec![(Occur::Must, plan.query), (Occur::Must, dates)]));
        }
        let faults = reading.faults.into_iter().map(|fault| format!("column {}: {}", fault.column, fault.message));
        Ok((plan, faults.chain(reading.hints).collect()))
    }

    /// Every document met, by segment and number.
    pub(super) fn collect(&self, query: &dyn Query) -> tantivy::Result<Vec<Met>> {
        let searcher = self.searcher();
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut met = Vec::new();
        for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
            weight.for_each(segment, &mut |doc_id, score| {
                if !segment.is_deleted(doc_id) {
                    met.push(Met { doc: DocAddress { segment_ord, doc_id }, score });
                }
            })?;
        }
        Ok(met)
    }

    fn count(&self, met: &[Met]) -> tantivy::Result<facets::Counter> {
        let mut counter = facets::Counter::default();
        for (ordinal, segment) in (0..).zip(self.searcher().segment_readers()) {
            let docs: Vec<_> = met.iter().filter(|met| met.doc.segment_ord == ordinal).map(|met| met.doc.doc_id).collect();
            counter.count(segment, &docs)?;
        }
        Ok(counter)
    }

    /// The record behind a document.
    pub(super) fn record(&self, doc: DocAddress) -> Result<Record, QueryError> {
        self.record_in(&self.stored(doc)?)
    }

    fn stored(&self, doc: DocAddress) -> Result<TantivyDocument, QueryError> {
        Ok(self.searcher().doc(doc)?)
    }

    fn record_in(&self, stored: &TantivyDocument) -> Result<Record, QueryError> {
        Ok(serde_json::from_slice(bytes(stored, self.fields().record))?)
    }
}

fn bytes(stored: &TantivyDocument, field: Field) -> &[u8] {
    stored.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default()
}
