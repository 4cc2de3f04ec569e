//! A record as the index sees it: channels of tokens, facts as terms and figures, the record itself for display.
//!
//! Linked places and countries become terms of the record under all their names, in fields of their own, so that a query
//! can weigh them below what the text says.

use sha1::{Digest, Sha1};
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token as Indexed};

use super::analysis::{self, Token};
use super::facts::{day, has_of, name};
use super::names;
use super::schema::{Channel, Fields};
use super::topics;
use crate::record::{PlaceRole, Record};

/// Moves whenever the same record and the same analysis give another document; the index is then rebuilt.
pub const LAYOUT: u32 = 3;

/// Positions left free between two texts, so that no phrase runs over the border.
const GAP: usize = 100;

/// First eight bytes of the SHA-1, as a number.
pub fn digest(bytes: &[u8]) -> u64 {
    Sha1::digest(bytes).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The record as stored.
pub fn json(record: &Record) -> Vec<u8> {
    serde_json::to_vec(record).expect("a record always serialises")
}

/// The document of a record whose JSON is given.
pub fn document(fields: &Fields, record: &Record, json: &[u8]) -> TantivyDocument {
    let mut doc = TantivyDocument::new();
    doc.add_text(fields.id, &record.id.0);
    doc.add_u64(fields.tie, digest(record.id.0.as_bytes()));
    doc.add_u64(fields.digest, digest(json));
    doc.add_bytes(fields.record, json);
    texts(&mut doc, fields, record);
    linked(&mut doc, fields, record);
    facts(&mut doc, fields, record);
    doc
}

fn texts(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let read = |text: &str| analysis::text(record.facts.lang.as_deref(), text);
    let title = read(&record.title);
    let summary = record.summary.as_deref().map(read).unwrap_or_default();
    let mut rest = vec![record.body.as_deref().map(read).unwrap_or_default()];
    for attachment in &record.attachments {
        rest.push(read(&attachment.title));
        rest.extend(attachment.text.as_deref().map(read));
    }
    channel(doc, fields.title, &[&title]);
    channel(doc, fields.head, &[&title, &title, &summary]);
    channel(doc, fields.body, &rest.iter().map(Vec::as_slice).collect::<Vec<_>>());
}

fn channel(doc: &mut TantivyDocument, channel: Channel, texts: &[&[Token]]) {
    add(doc, channel.lemma, texts, |token| token.lemmas.iter().map(String::as_str).collect());
    add(doc, channel.link, texts, |token| token.links.iter().map(String::as_str).collect());
    add(doc, channel.name, texts, |token| token.name.as_deref().into_iter().collect());
    add(doc, channel.form, texts, |token| vec![&token.folded]);
    add(doc, channel.exact, texts, |token| vec![&token.surface]);
}

fn add(doc: &mut TantivyDocument, field: Field, texts: &[&[Token]], terms: impl for<'t> Fn(&'t Token) -> Vec<&'t str>) {
    let mut tokens = Vec::new();
    let mut base = 0;
    for text in texts {
        for (at, token) in text.iter().enumerate() {
            tokens.extend(terms(token).into_iter().map(|term| Indexed {
                position: base + at,
                text: term.to_owned(),
                ..Indexed::default()
            }));
        }
        base += text.len() + GAP;
    }
    if !tokens.is_empty() {
        doc.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
    }
}

fn linked(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let facts = &record.facts;
    let names = names::of_places(record);
    for (field, seekers) in [(fields.place, true), (fields.mention, false)] {
        let of = facts.places.iter().zip(&names).filter(|(place, _)| (place.role == PlaceRole::Seeker) == seekers);
        let read: Vec<Vec<Token>> = of.flat_map(|(_, names)| names).map(|name| analysis::text(None, name)).collect();
        // The adjective too: who asks for something Tallinn's own (`tallinnské`) means the town.
        add(doc, field, &read.iter().map(Vec::as_slice).collect::<Vec<_>>(), |token| {
            [&token.folded].into_iter().chain(&token.links).map(String::as_str).collect()
        });
    }
    doc.add_bytes(fields.names, &serde_json::to_vec(&names).expect("lists of strings always serialise"));
    let lands: Vec<&str> = facts.countries.iter().flat_map(|code| names::of_country(code)).collect();
    every_way(doc, fields.land, &lands);
    every_way(doc, fields.topic, &topics::of(facts).map(|(_, words)| words).collect::<Vec<_>>());
}

/// Lemmas, links and forms together: it only matters that the word is met.
fn every_way(doc: &mut TantivyDocument, field: Field, texts: &[&str]) {
    let read: Vec<Vec<Token>> = texts.iter().map(|text| analysis::text(None, text)).collect();
    add(doc, field, &read.iter().map(Vec::as_slice).collect::<Vec<_>>(), |token| {
        let mut terms: Vec<&str> = token.lemmas.iter().chain(&token.links).map(String::as_str).collect();
        terms.push(&token.folded);
        terms.sort_unstable();
        terms.dedup();
        terms
    });
}

fn facts(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let facts = &record.facts;
    doc.add_text(fields.source, &record.source);
    doc.add_text(fields.lang, facts.lang.as_deref().unwrap_or("cs"));
    facts.kind.iter().for_each(|kind| doc.add_text(fields.kind, name(kind)));
    facts.themes.iter().for_each(|theme| doc.add_text(fields.theme, name(theme)));
    facts.countries.iter().for_each(|code| doc.add_text(fields.country, code));
    facts.wanted.countries.iter().for_each(|code| doc.add_text(fields.wanted_country, code));
    has_of(record).for_each(|had| doc.add_text(fields.has, had));
    record.published.iter().for_each(|date| doc.add_u64(fields.published, day(*date)));
    facts.population.iter().for_each(|people| doc.add_u64(fields.population, people.value));
    let (low, high) = (facts.wanted.population_min, facts.wanted.population_max);
    if low.or(high).is_some() {
        for bound in low.iter().chain(&high) {
            doc.add_u64(fields.asked, *bound);
        }
        doc.add_u64(fields.asked_low, low.unwrap_or(0));
        doc.add_u64(fields.asked_high, high.unwrap_or(u64::MAX));
    }
    let first = facts.places.iter().find(|place| place.role == PlaceRole::Seeker).or(facts.places.first());
    if let Some(place) = first {
        doc.add_text(fields.place_order, names::order(&place.as_written));
    }
}
