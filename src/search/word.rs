//! One word of a question: how it can match a record, and how much each way gives.
//!
//! Inside a field the best of the word's terms counts (dis-max), over the fields the scores add up: lemma, relational
//! link, name, and a little for the written form, so that `Šack` ranks `Šack` over `Sack` and both over a mere lemma.
//! A word is as rare as it is where it is most common: that it seldom begins a sentence makes it no telling word.
//! The names of linked places and countries weigh less than the text's own words. README.md says how the weights were set.

use tantivy::Term;
use tantivy::schema::Field;

use super::analysis::Token;
use super::component::{At, Component, MatchKind, Part, Weighted};
use super::corpus::Corpus;
use super::query;
use super::schema::{Channel, Fields};

const LEMMA: f32 = 0.6;
/// A lemma without a family stands for both; else a word would count less only because no adjective is made of it.
const ALONE: f32 = 1.75;
const DERIVATION: f32 = 1.5;
const STEM: f32 = 0.75;
const FOLDED: f32 = 0.05;
const EXACT: f32 = 0.15;
const PLACE: f32 = 1.0;
const COUNTRY: f32 = 1.5;
const TOPIC: f32 = 1.0;
/// What a word gives by being met at all; less if most records have it.
const COORD: f32 = 1.0;
/// Full text and documents beside title and summary.
const BODY: f32 = 0.7;

/// Where a word is asked.
pub struct Scope<'a> {
    pub fields: &'a Fields,
    pub corpus: &'a dyn Corpus,
    pub part: Option<query::Part>,
}

impl Scope<'_> {
    /// The channels of this part with their weights.
    pub fn channels(&self) -> Vec<(At, Channel, f32)> {
        match self.part {
            Some(query::Part::Title) => vec![(At::Title, self.fields.title, 1.0)],
            Some(query::Part::Attachment) => vec![(At::Attachment, self.fields.attachment, 1.0)],
            Some(query::Part::Place) => Vec::new(),
            Some(query::Part::Text) | None => {
                let (head, body, attachment) = (self.fields.head, self.fields.body, self.fields.attachment);
                vec![(At::Head, head, 1.0), (At::Body, body, BODY), (At::Attachment, attachment, BODY)]
            }
        }
    }

    /// All ways in which the word matches anything at all.
    pub fn matches(&self, word: &Token, asked: &str) -> Vec<Component> {
        let mut met = Vec::new();
        let common = self.doc_freq_of(word);
        let mut add = |kind, at, field, terms: Vec<&str>, weight: f32| {
            let best = self.at_most_as_rare(field, &terms, common);
            met.extend(best.map(|best| Component::new(asked, kind, at, &terms, vec![best]).boosted(weight)));
        };
        for (at, channel, weight) in self.channels() {
            let linked = self.documents(channel.derivation, &all(&word.derivations)) > 0;
            add(MatchKind::Lemma, at, channel.lemma, all(&word.lemmas), weight * if linked { LEMMA } else { ALONE });
            add(MatchKind::Derivation, at, channel.derivation, all(&word.derivations), weight * DERIVATION);
            add(MatchKind::Stem, at, channel.stem, word.name.as_deref().into_iter().collect(), weight * STEM);
            add(MatchKind::Folded, at, channel.folded, vec![&word.folded], weight * FOLDED);
            add(MatchKind::Exact, at, channel.exact, vec![&word.surface], weight * EXACT);
        }
        let mut forms = all(&word.lemmas);
        forms.push(&word.folded);
        match self.part {
            None => {
                forms.extend(all(&word.derivations));
                add(MatchKind::Place, At::Facts, self.fields.place, forms.clone(), PLACE);
                add(MatchKind::Country, At::Facts, self.fields.country_names, forms.clone(), COUNTRY);
                add(MatchKind::Topic, At::Facts, self.fields.topic, forms, TOPIC);
            }
            Some(query::Part::Place) => {
                add(MatchKind::Place, At::Facts, self.fields.place, forms.clone(), 1.0);
                add(MatchKind::Place, At::Facts, self.fields.mention, forms, PLACE);
            }
            _ => {}
        }
        met
    }

    /// The best of the terms that occur; `None` when none does. All are as rare as they are together: a rare reading
    /// of a common word must not outweigh the word.
    pub fn best(&self, field: Field, terms: &[&str]) -> Option<Part> {
        self.at_most_as_rare(field, terms, 0)
    }

    /// The same, and no rarer than a word that so many documents have.
    fn at_most_as_rare(&self, field: Field, terms: &[&str], common: u64) -> Option<Part> {
        let mut terms: Vec<Term> = terms.iter().map(|text| Term::from_field_text(field, text)).collect();
        terms.sort_unstable();
        terms.dedup();
        // An index that cannot be read says so when it is asked for documents.
        let counted = terms.into_iter().map(|term| Weighted { documents: self.corpus.doc_freq(&term).unwrap_or(1), term, weight: 1.0 });
        let mut met: Vec<Weighted> = counted.filter(|term| term.documents > 0).collect();
        let together: u64 = met.iter().map(|term| term.documents).sum();
        if met.len() > 1 || common > together {
            let idf = self.idf(together.max(common));
            for term in &mut met {
                term.weight = idf / self.idf(term.documents);
            }
        }
        (!met.is_empty()).then_some(Part::Best(met))
    }

    /// What a word of so many documents gives by being met at all.
    pub fn coord(&self, documents: u64) -> f32 {
        COORD * self.idf(documents).min(1.0)
    }

    /// Documents that have the word, by lemma or link, in the part where it is most common.
    pub fn doc_freq_of(&self, word: &Token) -> u64 {
        let in_channel = |channel: &Channel| {
            let derivations = self.documents(channel.derivation, &all(&word.derivations));
            self.documents(channel.lemma, &all(&word.lemmas)).max(derivations)
        };
        self.channels().iter().map(|(_, channel, _)| in_channel(channel)).max().unwrap_or(0)
    }

    fn documents(&self, field: Field, terms: &[&str]) -> u64 {
        terms.iter().map(|text| self.corpus.doc_freq(&Term::from_field_text(field, text)).unwrap_or(0)).sum()
    }

    /// BM25's inverse document frequency, as tantivy computes it.
    pub fn idf(&self, documents: u64) -> f32 {
        let all = self.corpus.num_docs().max(documents) as f32;
        let documents = documents as f32;
        (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
    }
}

fn all(terms: &[String]) -> Vec<&str> {
    terms.iter().map(String::as_str).collect()
}
