//! A question from string to answer: read, plan, collect, order, count, show.

use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

use super::analysis::Asker;
use super::answer::{Answer, Facets, Hit, Level, Options, ReadAs, Reading, SortKey};
use super::corpus::Corpus;
use super::facts::day;
use super::highlight::Memo;
use super::index::Index;
use super::levels::{self, Levels};
use super::matching::Matching;
use super::order::{self, Met, Page};
use super::plan::{self, Plan};
use super::schema::Fields;
use super::{docset, explain, highlight, query, scoring, snippet};
use crate::record::Record;

/// Hints on how a question was read; a text that was pasted by mistake would have thousands.
const HINTS: usize = 10;

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

/// A question as it was read and planned.
pub(super) struct Question {
    pub plan: Plan,
    pub hints: Vec<String>,
}

impl Index {
    /// Answers any string.
    pub fn search(&self, asked: &str, options: &Options) -> Result<Answer, QueryError> {
        let Question { plan, hints } = self.plan(asked, options)?;
        let levels = Levels::of(self.searcher(), &plan.matching, &plan.criteria, options.count)?;
        let facets = if options.facets { Facets::count(self.searcher(), self.fields(), &levels.full)? } else { Facets::default() };
        let page = Page { sort: options.sort, offset: options.offset, limit: options.limit };
        let (mut hits, memo) = (Vec::new(), Memo::default());
        for met in order::page(self.searcher(), &plan.components, &levels, page)? {
            hits.push(self.hit(met, &plan, options, &memo)?);
        }
        Ok(Answer {
            query: asked.to_owned(),
            total: levels.full.len(),
            partial: levels.partial.len(),
            read_as: plan.read_as,
            hits,
            facets,
            unmet: plan.unmet,
            suggestions: plan.suggestions,
            hints,
        })
    }

    fn hit(&self, met: Met, plan: &Plan, options: &Options, memo: &Memo) -> Result<Hit, QueryError> {
        let Met { doc, score, level } = met;
        let score = if options.sort.by == SortKey::Relevance { score } else { scoring::sum(self.searcher(), &plan.components, doc)? };
        let stored = self.stored(doc)?;
        let record = self.record_in(&stored)?;
        let names: Vec<Vec<String>> = serde_json::from_str(text(&stored, self.fields().names))?;
        let snippets = snippet::snippets(&record, &highlight::with_other_names(&plan.marks, &record, &names), memo);
        let explanation =
            if options.explain { Some(explain::explain(self.searcher(), &plan.components, doc, &record, &names)?) } else { None };
        let lacks = if level == Level::Partial { levels::lacks(self.searcher(), &plan.criteria, doc)? } else { Vec::new() };
        Ok(Hit { score, level, lacks, record, snippets, explanation })
    }

    /// The records that the question counts, in the order of `options`; which page does not matter.
    pub fn matching(&self, asked: &str, options: &Options) -> Result<Records<'_>, QueryError> {
        let Question { plan, hints } = self.plan(asked, options)?;
        let Levels { full, partial } = Levels::of(self.searcher(), &plan.matching, &plan.criteria, options.count)?;
        let (partial, levels) = (partial.len(), Levels { partial: docset::DocSet::empty(self.searcher()), full });
        let page = Page { sort: options.sort, offset: 0, limit: usize::MAX };
        let met = order::page(self.searcher(), &plan.components, &levels, page)?;
        let docs = met.into_iter().map(|met| met.doc).collect::<Vec<_>>().into_iter();
        Ok(Records { index: self, partial, read_as: plan.read_as, unmet: plan.unmet, hints, docs })
    }

    pub(super) fn plan(&self, asked: &str, options: &Options) -> Result<Question, QueryError> {
        planned(self.fields(), self.searcher(), asked, options)
    }

    /// The record behind a document.
    pub(super) fn record(&self, doc: u32) -> Result<Record, QueryError> {
        self.record_in(&self.stored(doc)?)
    }

    fn stored(&self, doc: u32) -> Result<TantivyDocument, QueryError> {
        Ok(self.searcher().doc(docset::address(self.searcher(), doc))?)
    }

    fn record_in(&self, stored: &TantivyDocument) -> Result<Record, QueryError> {
        Ok(serde_json::from_str(text(stored, self.fields().record))?)
    }
}

/// The question as it is asked of an index, ours or another with the same fields.
pub(super) fn planned(fields: &Fields, corpus: &dyn Corpus, asked: &str, options: &Options) -> Result<Question, QueryError> {
    let parsed = query::read(asked, options.reading);
    if let (true, Some(fault)) = (options.strict, parsed.faults.first()) {
        return Err(QueryError::Syntax { column: fault.column, message: fault.message.clone(), mended: parsed.node.to_string() });
    }
    let mut plan = plan::plan(fields, corpus, &Asker::new(asked, fields, corpus), &parsed.node);
    let mut narrowed = vec![plan.matching];
    if options.from.or(options.to).is_some() {
        narrowed.push(Matching::range(fields.published, (options.from.map(day), options.to.map(day))));
    }
    if !options.within.is_empty() {
        let filters = query::read(&options.within, Reading::Literal).node;
        let reader = Asker::new(&options.within, fields, corpus);
        narrowed.push(plan::plan(fields, corpus, &reader, &filters).matching);
    }
    plan.matching = Matching::every(narrowed);
    let faults = parsed.faults.into_iter().map(|fault| format!("column {}: {}", fault.column, fault.message));
    let (dropped, unknown) = (std::mem::take(&mut plan.hints), std::mem::take(&mut plan.left_out));
    let hints = faults.chain(dropped).chain(unknown).take(HINTS).collect();
    Ok(Question { plan, hints })
}

/// The records that a question counts, read one by one.
pub struct Records<'i> {
    index: &'i Index,
    docs: std::vec::IntoIter<u32>,
    /// Records that meet only a part of the question; they are not among these.
    pub partial: usize,
    pub read_as: Vec<ReadAs>,
    /// Words that met nothing.
    pub unmet: Vec<String>,
    pub hints: Vec<String>,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.docs.next().map(|doc| self.index.record(doc))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.docs.size_hint()
    }
}

impl ExactSizeIterator for Records<'_> {}

fn text(stored: &TantivyDocument, field: Field) -> &str {
    stored.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
}
