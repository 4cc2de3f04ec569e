//! A record as the index sees it: channels of terms, facts as terms and figures, the record itself for display. Texts are read
//! word by word, so that a record takes a few times the memory of its texts.
//!
//! Linked places and countries become terms of the record under all their names, in fields of their own, so that a query
//! can weigh them below what the text says.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use sha1::{Digest, Sha1};
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::facts::{day, has_of, name};
use super::places::Spot;
use super::schema::{Channel, Fields};
use super::terms::Terms;
use super::{addresses, analysis, groups, names, regions, seeker, vocabulary};
use crate::gazetteer;
use crate::record::{DateRole, PlaceRole, Record};

/// Moves whenever the same record and the same analysis give another document; the index is then rebuilt.
pub const LAYOUT: u32 = 5;

/// Bytes of a document for each of its record: the record itself, and a row of terms of about its size for each way to read a word.
const ROWS: usize = 6;

/// Positions left free between two texts, so that no phrase runs over the border.
const GAP: usize = 100;

/// Bytes of a record's texts that are searched: what a record costs in memory is bounded.
const LONGEST: usize = 32 << 20;

/// Days of an event that are asked for one by one.
const DAYS: usize = 400;

/// First eight bytes of the SHA-1, as a number.
fn digest(bytes: &[u8]) -> u64 {
    Sha1::digest(bytes).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The record as stored.
pub fn json(record: &Record) -> String {
    serde_json::to_string(record).expect("a record always serialises")
}

/// The document of a record whose JSON is given, and goes once it is in it.
pub fn document(fields: &Fields, record: &Record, json: String) -> TantivyDocument {
    let mut doc = TantivyDocument::with_capacity(ROWS * json.len());
    doc.add_text(fields.id, &record.id.0);
    doc.add_u64(fields.tie, digest(record.id.0.as_bytes()));
    doc.add_text(fields.record, &json);
    drop(json);
    texts(&mut doc, fields, record);
    linked(&mut doc, fields, record);
    places(&mut doc, fields, record);
    days(&mut doc, fields, record);
    facts(&mut doc, fields, record);
    doc
}

fn texts(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let lang = record.facts.lang.as_deref();
    let mut left = LONGEST;
    let mut write = |channel: Channel, texts: &mut dyn Iterator<Item = &str>| {
        for text in texts {
            let text = &text[..text.floor_char_boundary(left)];
            left -= text.len();
            Rows::of(lang, text).write(doc, channel);
        }
    };
    let summary = record.summary.as_deref();
    write(fields.title, &mut [record.title.as_str()].into_iter());
    write(fields.head, &mut [record.title.as_str(), &record.title].into_iter().chain(summary));
    write(fields.body, &mut record.body.as_deref().into_iter());
    let documents = record.attachments.iter().flat_map(|attachment| [Some(attachment.title.as_str()), attachment.text.as_deref()]);
    write(fields.attachment, &mut documents.flatten());
}

/// The terms of a text, behind a gap.
#[derive(Default)]
struct Rows {
    lemma: Terms,
    derivation: Terms,
    stem: Terms,
    folded: Terms,
    exact: Terms,
}

impl Rows {
    fn of(lang: Option<&str>, text: &str) -> Self {
        let mut rows = Self::default();
        for row in [&mut rows.lemma, &mut rows.derivation, &mut rows.stem, &mut rows.folded, &mut rows.exact] {
            row.skip(GAP);
        }
        analysis::each(lang, text, |token| {
            rows.lemma.add(token.lemmas.iter().map(String::as_str));
            rows.derivation.add(token.derivations.iter().map(String::as_str));
            rows.stem.add(token.name.as_deref());
            rows.folded.add([token.folded.as_str()]);
            rows.exact.add([token.surface.as_str()]);
        });
        rows
    }

    fn write(&self, doc: &mut TantivyDocument, channel: Channel) {
        for (field, row) in [
            (channel.lemma, &self.lemma),
            (channel.derivation, &self.derivation),
            (channel.stem, &self.stem),
            (channel.folded, &self.folded),
            (channel.exact, &self.exact),
        ] {
            add(doc, field, row);
        }
    }
}

fn add(doc: &mut TantivyDocument, field: Field, row: &Terms) {
    if !row.is_empty() {
        doc.add_text(field, row.row());
    }
}

fn linked(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let facts = &record.facts;
    let names = names::of_places(record);
    for (field, seekers) in [(fields.place, true), (fields.mention, false)] {
        let of = facts.places.iter().zip(&names).filter(|(place, _)| (place.role == PlaceRole::Seeker) == seekers);
        let mut row = Terms::default();
        for name in of.flat_map(|(_, names)| names) {
            // The adjective too: who asks for something Tallinn's own (`tallinnské`) means the town.
            analysis::each(None, name, |token| row.add([&token.folded].into_iter().chain(&token.derivations).map(String::as_str)));
            row.skip(GAP);
        }
        add(doc, field, &row);
    }
    doc.add_text(fields.names, serde_json::to_string(&names).expect("lists of strings always serialise"));
    every_way(doc, fields.country_names, facts.countries.iter().flat_map(|code| names::of_country(code)));
    every_way(doc, fields.topic, vocabulary::topics(facts).map(|(_, words)| words));
}

/// Lemmas, derivations and forms together: it only matters that the word is met.
fn every_way<'t>(doc: &mut TantivyDocument, field: Field, texts: impl Iterator<Item = &'t str>) {
    let mut row = Terms::default();
    for text in texts {
        analysis::each(None, text, |token| {
            let mut terms: Vec<&str> = token.lemmas.iter().chain(&token.derivations).map(String::as_str).collect();
            terms.push(&token.folded);
            terms.sort_unstable();
            terms.dedup();
            row.add(terms);
        });
        row.skip(GAP);
    }
    add(doc, field, &row);
}

fn places(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let facts = &record.facts;
    let seekers = || facts.places.iter().filter(|place| place.role == PlaceRole::Seeker);
    let divisions = seekers().filter_map(|place| gazetteer::division(place.geonames_id?)).flat_map(|code| regions::above(&code));
    let day = record.published.unwrap_or_else(|| date(record.first_seen));
    let groups = groups::of(&facts.countries, Some(day)).into_iter().map(str::to_owned);
    let mut found: Vec<String> = divisions.chain(groups).collect();
    found.sort_unstable();
    found.dedup();
    for region in &found {
        doc.add_text(fields.region, region);
    }
    for (lat, lon) in seekers().filter_map(|place| place.lat.zip(place.lon)) {
        doc.add_text(fields.spot, Spot::of(lat, lon).text());
    }
    let mut found: Vec<String> = seekers().map(seeker::term).collect();
    found.sort_unstable();
    found.dedup();
    for term in &found {
        doc.add_text(fields.seeker, term);
    }
    if let Some(place) = seekers().next().or(facts.places.first()) {
        doc.add_text(fields.place_order, names::order(&place.as_written));
    }
}

fn days(doc: &mut TantivyDocument, fields: &Fields, record: &Record) {
    record.published.iter().for_each(|date| doc.add_u64(fields.published, day(*date)));
    for dated in &record.facts.dates {
        let field = if dated.role == DateRole::Deadline { fields.deadline } else { fields.event };
        let last = dated.end.unwrap_or(dated.date);
        let span = dated.date.series(Span::new().days(1)).take_while(|day| *day <= last).take(DAYS);
        span.for_each(|date| doc.add_u64(field, day(date)));
    }
    doc.add_u64(fields.first_seen, day(date(record.first_seen)));
    doc.add_u64(fields.last_seen, day(date(record.last_seen)));
    record.gone_since.iter().for_each(|since| doc.add_u64(fields.gone, day(date(*since))));
    doc.add_u64(fields.version, u64::from(record.version));
}

fn date(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
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
    for term in addresses::of_contacts(&facts.contacts) {
        doc.add_text(fields.contact, term);
    }
    for term in addresses::of_record(record) {
        doc.add_text(fields.url, term);
    }
    facts.population.iter().for_each(|people| doc.add_u64(fields.population, people.value));
    let (low, high) = (facts.wanted.population_min, facts.wanted.population_max);
    if low.or(high).is_some() {
        for bound in low.iter().chain(&high) {
            doc.add_u64(fields.asked, *bound);
        }
        doc.add_u64(fields.asked_low, low.unwrap_or(0));
        doc.add_u64(fields.asked_high, high.unwrap_or(u64::MAX));
    }
}
