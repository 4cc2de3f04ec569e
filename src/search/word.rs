//! One word of a question: how it can match a record, and how much each way gives.
//!
//! Inside a field the best of the word's terms counts (dis-max), over the fields the scores add up: lemma, relational
//! link, name, and a little for the written form, so that `Šack` ranks `Šack` over `Sack` and both over a mere lemma.
//! A word is as rare as it is where it is most common: that it seldom begins a sentence makes it no telling word.
//! The names of linked places and countries weigh less than the text's own words. README.md says how the weights were set.

use std::rc::Rc;

use tantivy::query::{BoostQuery, DisjunctionMaxQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::analysis::Token;
use super::query::Part;
use super::schema::{Channel, Fields};

/// How a word met a record, or that it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// The word as written.
    Exact,
    /// The word without marks.
    Folded,
    Lemma,
    /// Through a relational adjective: `Ukrajina`, `ukrajinský`.
    Derivation,
    Stem,
    /// Another name of a linked place.
    Place,
    /// Name or adjective of a linked country.
    Country,
    /// A word for the record's theme or kind.
    Topic,
    Prefix,
    Phrase,
    /// Neighbours in the question that stand together in the text.
    Proximity,
    /// Published in the time that the words name.
    Date,
    /// Of the size that the words name, or asking for it.
    Size,
    /// Through a word of the index that is spelled much the same or of the same family.
    Typo,
    /// Met at all: what every word of the question gives, so that records with all words come before those with some.
    Coord,
}

/// The part of a record where a word matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    Title,
    /// Title and summary.
    Head,
    /// The full text.
    Body,
    /// The documents.
    Attachment,
    /// Any of these.
    Text,
    Facts,
}

/// A part of the query whose score can be told apart.
pub struct Component {
    /// As the question has it.
    pub word: String,
    pub kind: MatchKind,
    pub at: At,
    /// The index terms that are asked; empty where no terms are asked.
    pub terms: Vec<String>,
    pub query: Box<dyn Query>,
    /// It counts only in records that these meet, too.
    pub within: Vec<Rc<dyn Query>>,
}

impl Component {
    pub fn new(word: &str, kind: MatchKind, at: At, terms: &[&str], query: Box<dyn Query>) -> Self {
        let terms = terms.iter().map(|term| (*term).to_owned()).collect();
        Self { word: word.to_owned(), kind, at, terms, query, within: Vec::new() }
    }
}

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
    pub searcher: &'a Searcher,
    pub part: Option<Part>,
}

impl Scope<'_> {
    /// The channels of this part with their weights.
    pub fn channels(&self) -> Vec<(At, Channel, f32)> {
        match self.part {
            Some(Part::Title) => vec![(At::Title, self.fields.title, 1.0)],
            Some(Part::Attachment) => vec![(At::Attachment, self.fields.attachment, 1.0)],
            Some(Part::Place) => Vec::new(),
            Some(Part::Text) | None => {
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
            let query = self.at_most_as_rare(field, &terms, common);
            met.extend(query.map(|query| Component::new(asked, kind, at, &terms, boosted(query, weight))));
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
            Some(Part::Place) => {
                add(MatchKind::Place, At::Facts, self.fields.place, forms.clone(), 1.0);
                add(MatchKind::Place, At::Facts, self.fields.mention, forms, PLACE);
            }
            _ => {}
        }
        met
    }

    /// The best of the terms that occur; `None` when none does. All are as rare as they are together: a rare reading
    /// of a common word must not outweigh the word.
    pub fn best(&self, field: Field, terms: &[&str]) -> Option<Box<dyn Query>> {
        self.at_most_as_rare(field, terms, 0)
    }

    /// The same, and no rarer than a word that so many documents have.
    fn at_most_as_rare(&self, field: Field, terms: &[&str], common: u64) -> Option<Box<dyn Query>> {
        let mut terms: Vec<Term> = terms.iter().map(|text| Term::from_field_text(field, text)).collect();
        terms.sort_unstable();
        terms.dedup();
        // An index that cannot be read says so when the query runs.
        let counted = terms.into_iter().map(|term| (self.searcher.doc_freq(&term).unwrap_or(1), term));
        let mut met: Vec<(u64, Term)> = counted.filter(|(documents, _)| *documents > 0).collect();
        let query = |term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>;
        let together: u64 = met.iter().map(|(documents, _)| documents).sum();
        if met.len() < 2 && common <= together {
            return met.pop().map(|(_, term)| query(term));
        }
        if met.is_empty() {
            return None;
        }
        let together = self.idf(together.max(common));
        let readings = met.into_iter().map(|(documents, term)| boosted(query(term), together / self.idf(documents)));
        Some(Box::new(DisjunctionMaxQuery::new(readings.collect())))
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
        terms.iter().map(|text| self.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or(0)).sum()
    }

    /// BM25's inverse document frequency, as tantivy computes it.
    pub fn idf(&self, documents: u64) -> f32 {
        let all = self.searcher.num_docs().max(documents) as f32;
        let documents = documents as f32;
        (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
    }
}

pub fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

fn all(terms: &[String]) -> Vec<&str> {
    terms.iter().map(String::as_str).collect()
}
