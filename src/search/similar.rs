//! More like this: records that share the rarest words of a record, its countries and its themes.

use std::collections::BTreeMap;

use tantivy::Term;

use super::answer::{Hit, Sort};
use super::ask::QueryError;
use super::component::{At, Component, MatchKind, Part, Weighted};
use super::docset::DocSet;
use super::facts::name;
use super::highlight::Memo;
use super::index::Index;
use super::levels::Levels;
use super::matching::Matching;
use super::order::{self, Page};
use super::query::Filter;
use super::{analysis, filters, snippet};
use crate::record::{Record, RecordId};

/// Words of the record that are asked.
const WORDS: usize = 25;
/// What a common country or theme gives, in the measure of BM25.
const FACT: f32 = 1.5;

impl Index {
    /// The record of this id, if the index has it.
    pub fn get(&self, id: &RecordId) -> Result<Option<Record>, QueryError> {
        let own = filters::matching(self.fields(), self.searcher(), &Filter::Id(id.0.clone()));
        let doc = own.documents(self.searcher())?.iter().next();
        doc.map(|doc| self.record(doc)).transpose()
    }

    /// At most `limit` records most like this one, itself left out; empty for an unknown id.
    pub fn similar(&self, id: &RecordId, limit: usize) -> Result<Vec<Hit>, QueryError> {
        let Some(record) = self.get(id)? else { return Ok(Vec::new()) };
        let mut parts: Vec<Part> = self.telling_words(&record).into_iter().map(|word| Part::Best(vec![word])).collect();
        let themes = record.facts.themes.iter().map(|theme| (self.fields().theme, name(theme)));
        let countries = record.facts.countries.iter().map(|code| (self.fields().country, code.clone()));
        let shared = themes.chain(countries).map(|(field, value)| Matching::terms(vec![Term::from_field_text(field, &value)]));
        parts.extend(shared.map(|shared| Part::Constant(shared, FACT)));
        let own = filters::matching(self.fields(), self.searcher(), &Filter::Id(id.0.clone()));
        let full = Part::matching(&parts).without(own).documents(self.searcher())?.clone();
        let levels = Levels { full, partial: DocSet::empty(self.searcher()) };
        let components: Vec<Component> =
            parts.into_iter().map(|part| Component::new("", MatchKind::Lemma, At::Head, &[], vec![part])).collect();
        let page = Page { sort: Sort::default(), offset: 0, limit };
        let met = order::page(self.searcher(), &components, &levels, page)?;
        met.into_iter()
            .map(|met| {
                let record = self.record(met.doc)?;
                let snippets = snippet::snippets(&record, &[], &Memo::default());
                Ok(Hit { score: met.score, level: met.level, lacks: Vec::new(), snippets, record, explanation: None })
            })
            .collect()
    }

    /// Lemmas of title and summary that tell the record from others, weighted by count and idf.
    fn telling_words(&self, record: &Record) -> Vec<Weighted> {
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
            (documents > 1).then(|| Weighted { weight: count.sqrt() * (all / documents as f32).ln().max(0.1), documents, term })
        };
        let mut words: Vec<Weighted> = counts.into_iter().filter_map(weigh).collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
        words.truncate(WORDS);
        words
    }
}
