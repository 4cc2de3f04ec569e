//! One word of a question: by which paths it can meet a record, and how much each path gives.
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
pub enum Path {
    /// The word as written.
    Exact,
    /// The word without marks.
    Form,
    Lemma,
    /// Through a relational adjective: `Ukrajina`, `ukrajinský`.
    Link,
    Name,
    /// Another name of a linked place.
    Place,
    /// Name or adjective of a linked country.
    Country,
    /// A word for the record's theme or kind.
    Topic,
    Prefix,
    Phrase,
    /// Neighbours in the question that stand together in the text.
    Beside,
    /// Published in the time that the words name.
    Date,
    /// Of the size that the words name, or asking for it.
    Size,
    /// Through a word of the index that is spelled much the same or of the same family.
    Typo,
    /// Met at all: what every word of the question gives, so that records with all words come before those with some.
    Met,
}

/// The part of a record where a path leads.
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
    pub path: Path,
    pub at: At,
    /// The index terms that are asked; empty where the path is not by terms.
    pub terms: Vec<String>,
    pub query: Box<dyn Query>,
    /// It counts only in records that these meet, too.
    pub within: Vec<Rc<dyn Query>>,
}

impl Component {
    pub fn new(word: &str, path: Path, at: At, terms: &[&str], query: Box<dyn Query>) -> Self {
        let terms = terms.iter().map(|term| (*term).to_owned()).collect();
        Self { word: word.to_owned(), path, at, terms, query, within: Vec::new() }
    }
}

const LEMMA: f32 = 0.6;
/// A lemma without a family stands for both; else a word would count less only because no adjective is made of it.
const ALONE: f32 = 1.75;
const LINK: f32 = 1.5;
const NAME: f32 = 0.75;
const FORM: f32 = 0.05;
const EXACT: f32 = 0.15;
const PLACE: f32 = 1.0;
const COUNTRY: f32 = 1.5;
const TOPIC: f32 = 1.0;
/// What a word gives by being met at all; less if most records have it.
const MET: f32 = 1.0;
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

    /// All paths on which the word meets anything at all.
    pub fn paths(&self, word: &Token, asked: &str) -> Vec<Component> {
        let mut met = Vec::new();
        let common = self.commonness(word);
        let mut path = |path, at, field, terms: Vec<&str>, weight: f32| {
            let query = self.at_most_as_rare(field, &terms, common);
            met.extend(query.map(|query| Component::new(asked, path, at, &terms, boosted(query, weight))));
        };
        for (at, channel, weight) in self.channels() {
            let linked = self.documents(channel.link, &all(&word.links)) > 0;
            path(Path::Lemma, at, channel.lemma, all(&word.lemmas), weight * if linked { LEMMA } else { ALONE });
            path(Path::Link, at, channel.link, all(&word.links), weight * LINK);
            path(Path::Name, at, channel.name, word.name.as_deref().into_iter().collect(), weight * NAME);
            path(Path::Form, at, channel.form, vec![&word.folded], weight * FORM);
            path(Path::Exact, at, channel.exact, vec![&word.surface], weight * EXACT);
        }
        let mut forms = all(&word.lemmas);
        forms.push(&word.folded);
        match self.part {
            None => {
                forms.extend(all(&word.links));
                path(Path::Place, At::Facts, self.fields.place, forms.clone(), PLACE);
                path(Path::Country, At::Facts, self.fields.land, forms.clone(), COUNTRY);
                path(Path::Topic, At::Facts, self.fields.topic, forms, TOPIC);
            }
            Some(Part::Place) => {
                path(Path::Place, At::Facts, self.fields.place, forms.clone(), 1.0);
                path(Path::Place, At::Facts, self.fields.mention, forms, PLACE);
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
        let together = self.rarity(together.max(common));
        let readings = met.into_iter().map(|(documents, term)| boosted(query(term), together / self.rarity(documents)));
        Some(Box::new(DisjunctionMaxQuery::new(readings.collect())))
    }

    /// What a word of so many documents gives by being met at all.
    pub fn presence(&self, documents: u64) -> f32 {
        MET * self.rarity(documents).min(1.0)
    }

    /// Documents that have the word, by lemma or link, in the part where it is most common.
    pub fn commonness(&self, word: &Token) -> u64 {
        let in_channel = |channel: &Channel| {
            let links = self.documents(channel.link, &all(&word.links));
            self.documents(channel.lemma, &all(&word.lemmas)).max(links)
        };
        self.channels().iter().map(|(_, channel, _)| in_channel(channel)).max().unwrap_or(0)
    }

    fn documents(&self, field: Field, terms: &[&str]) -> u64 {
        terms.iter().map(|text| self.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or(0)).sum()
    }

    /// BM25's inverse document frequency, as tantivy computes it.
    pub fn rarity(&self, documents: u64) -> f32 {
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
