//! More like this: records that share the rarest words of a record, its countries and its themes.

use std::collections::BTreeMap;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::answer::{Hit, Sort};
use super::ask::QueryError;
use super::facts::name;
use super::index::Index;
use super::query::Filter;
use super::{analysis, filters, levels, order, snippet};
use crate::record::{Record, RecordId};

/// Words of the record that are asked.
const WORDS: usize = 25;
/// What a common country or theme gives, in the measure of BM25.
const FACT: f32 = 1.5;

impl Index {
    /// The record of this id, if the index has it.
    pub fn get(&self, id: &RecordId) -> Result<Option<Record>, QueryError> {
        let met = levels::scored(self.searcher(), &*filters::query(self.fields(), self.searcher(), &Filter::Id(id.0.clone())))?;
        met.first().map(|met| self.record(met.doc)).transpose()
    }

    /// At most `limit` records most like this one, itself left out; empty for an unknown id.
    pub fn similar(&self, id: &RecordId, limit: usize) -> Result<Vec<Hit>, QueryError> {
        let Some(record) = self.get(id)? else { return Ok(Vec::new()) };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (term, weight) in self.telling_words(&record) {
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), weight))));
        }
        let themes = record.facts.themes.iter().map(|theme| (self.fields().theme, name(theme)));
        let countries = record.facts.countries.iter().map(|code| (self.fields().country, code.clone()));
        for (field, value) in themes.chain(countries) {
            let query = TermQuery::new(Term::from_field_text(field, &value), IndexRecordOption::Basic);
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(query), FACT))));
        }
        let itself = filters::query(self.fields(), self.searcher(), &Filter::Id(id.0.clone()));
        let mut met = levels::scored(self.searcher(), &BooleanQuery::new(clauses))?;
        let own: Vec<DocAddress> = levels::scored(self.searcher(), &*itself)?.into_iter().map(|met| met.doc).collect();
        met.retain(|met| !own.contains(&met.doc));
        let page = order::page(self.searcher(), met, Sort::default(), 0, limit)?;
        page.into_iter()
            .map(|met| {
                let record = self.record(met.doc)?;
                let snippets = snippet::snippets(&record, &[]);
                Ok(Hit { score: met.score, level: met.level, lacks: Vec::new(), snippets, record, explanation: None })
            })
            .collect()
    }

    /// Lemmas of title and summary that tell the record from others, weighted by count and idf.
    fn telling_words(&self, record: &Record) -> Vec<(Term, f32)> {
        let all = self.searcher().num_docs() as f32;
        let text = format!("{} \n {}", record.title, record.summary.as_deref().or(record.body.as_deref()).unwrap_or_default());
        let mut counts: BTreeMap<String, f32> = BTreeMap::new();
        for token in analysis::text(record.facts.lang.as_deref(), &text).into_iter().filter(|token| !analysis::is_stop(token)) {
            token.lemmas.into_iter().for_each(|lemma| *counts.entry(lemma).or_default() += 1.0);
        }
        let weigh = |(lemma, count): (String, f32)| {
            let term = Term::from_field_text(self.fields().head.lemma, &lemma);
            let documents = self.searcher().doc_freq(&term).unwrap_or(0);
            // A word that no other record has finds nothing.
            (documents > 1).then(|| (term, count.sqrt() * (all / documents as f32).ln().max(0.1)))
        };
        let mut words: Vec<(Term, f32)> = counts.into_iter().filter_map(weigh).collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(WORDS);
        words
    }
}
