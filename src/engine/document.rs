//! A record as a document of an engine: a flat JSON object with the fields of `fields`, whole records in `raw`.
//!
//! Lists of contacts, places and attachments are parallel fields of text, for engines take no lists of objects; an empty text stands
//! where an item lacks something. A document that is longer than an engine accepts has its texts cut, and that is counted.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value, json};

use super::fields::{self, From};
use super::target::Engine;
use crate::record::{Facts, Record};
use crate::search::{Held, Holdings};

/// Bytes of a document; engines take requests of up to 10 MB.
pub const LONGEST: usize = 9_000_000;

/// Makes the documents of an engine.
pub struct Documents {
    engine: Engine,
    holdings: Holdings,
    /// Documents whose texts were cut.
    pub shortened: u64,
}

impl Documents {
    pub fn of(engine: Engine) -> Self {
        Self { engine, holdings: Holdings::default(), shortened: 0 }
    }

    /// The document as a line of JSON, without its end.
    pub fn line(&mut self, record: &Record) -> io::Result<String> {
        let mut line = self.document(record)?.to_string();
        let mut most = texts(&mut record.clone()).map(|text| text.len()).max().unwrap_or(0);
        self.shortened += u64::from(line.len() > LONGEST);
        while line.len() > LONGEST {
            if most == 0 {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{} is longer than an engine accepts", record.id)));
            }
            // As much shorter as the document is to be, and a little more, since not all of it is texts.
            most = most * 9 / 10 * LONGEST / line.len();
            let mut cut = record.clone();
            texts(&mut cut).for_each(|text| text.truncate(text.floor_char_boundary(most)));
            line = self.document(&cut)?.to_string();
        }
        Ok(line)
    }

    fn document(&self, record: &Record) -> io::Result<Value> {
        let mut own = of_record(record)?;
        let held = self.holdings.of(record);
        let mut document = Map::new();
        for field in fields::of(self.engine) {
            let mut values = match field.from {
                From::Record => own.remove(field.name).unwrap_or_default(),
                From::Index(name) => json_of(held.get(name).map(|values| &values.own)),
                From::Others(name) => json_of(held.get(name).map(|values| &values.others)),
            };
            if field.of.is_list() {
                document.insert(field.name.to_owned(), values.into());
            } else if let Some(value) = values.drain(..).next().filter(|value| !value.is_null()) {
                document.insert(field.name.to_owned(), value);
            }
        }
        Ok(document.into())
    }
}

fn json_of(held: Option<&Vec<Held>>) -> Vec<Value> {
    held.into_iter().flatten().map(|value| json!(value)).collect()
}

/// What no index has: the record for display, and its facts as they are written.
fn of_record(record: &Record) -> io::Result<BTreeMap<&'static str, Vec<Value>>> {
    let facts = &record.facts;
    let day = record.published.map(|day| format!("{day}T00:00:00Z"));
    let month = record.published.map(|day| format!("{:04}-{:02}", day.year(), day.month()));
    let mut values: BTreeMap<&str, Vec<Value>> = [
        ("observed_at", json!(record.changed_at.unwrap_or(record.first_seen))),
        ("url", json!(record.url)),
        ("listing", json!(record.listing)),
        ("published", json!(day)),
        ("month", json!(month)),
        ("first_seen", json!(record.first_seen)),
        ("last_seen", json!(record.last_seen)),
        ("gone_since", json!(record.gone_since)),
        ("title", json!(record.title)),
        ("summary", json!(record.summary)),
        ("body", json!(record.body)),
        ("population_qualifier", json!(facts.population.map(|people| people.qualifier))),
        ("wanted_population_min", json!(facts.wanted.population_min)),
        ("wanted_population_max", json!(facts.wanted.population_max)),
        ("wanted_similar_size", json!(facts.wanted.similar_size)),
        ("raw", serde_json::to_string(record)?.into()),
    ]
    .map(|(name, value)| (name, vec![value]))
    .into();
    values.insert("alias", record.aliases.iter().map(|alias| json!(alias)).collect());
    parallel(
        &mut values,
        ["attachment_url", "attachment_title", "attachment_type", "attachment_text"],
        record
            .attachments
            .iter()
            .map(|file| [json!(file.url), json!(file.title), or_empty(json!(file.media_type)), or_empty(json!(file.text))]),
    );
    parallel(
        &mut values,
        ["place_name", "place_role", "place_country", "place_geonames_id"],
        facts.places.iter().map(|place| {
            let id = place.geonames_id.map(|id| id.to_string());
            [json!(place.name), json!(place.role), or_empty(json!(place.country)), or_empty(json!(id))]
        }),
    );
    parallel(&mut values, ["contact_kind", "contact_value"], contacts(facts).map(|(kind, value)| [json!(kind), json!(value)]));
    Ok(values)
}

fn contacts(facts: &Facts) -> impl Iterator<Item = (&'static str, &String)> {
    let contacts = &facts.contacts;
    [("email", &contacts.emails), ("phone", &contacts.phones), ("url", &contacts.urls)]
        .into_iter()
        .flat_map(|(kind, values)| values.iter().map(move |value| (kind, value)))
}

/// Items as lists that belong together, an item a place.
fn parallel<const N: usize>(
    values: &mut BTreeMap<&'static str, Vec<Value>>,
    names: [&'static str; N],
    items: impl Iterator<Item = [Value; N]>,
) {
    for item in items {
        for (name, value) in names.into_iter().zip(item) {
            values.entry(name).or_default().push(value);
        }
    }
}

/// No list has a null in it.
fn or_empty(value: Value) -> Value {
    if value.is_null() { json!("") } else { value }
}

/// The texts of a record that may be of any length.
fn texts(record: &mut Record) -> impl Iterator<Item = &mut String> {
    let documents = record.attachments.iter_mut().map(|file| &mut file.text);
    documents.chain([&mut record.body, &mut record.summary]).flatten()
}
