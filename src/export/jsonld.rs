//! Linked data: JSON-LD 1.1 with the vocabulary of schema.org, kinds and themes as SKOS concepts.
//!
//! One graph: the export as a `Dataset`, the two concept schemes with their names in Czech and English
//! (`data/vocabulary.tsv`), then an `Article` a notice. The context stands in the file; nothing has to be fetched to read it.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::metadata::{GENERATOR, LICENCE};
use super::{Counts, Exported, Metadata, RecordWriter, atom, name, tag};
use crate::record::{Contacts, DateRole, Place, PlaceRole, Record};

/// A concept a row: scheme, name, English, Czech.
const VOCABULARY: &str = include_str!("data/vocabulary.tsv");
/// The concepts' own names; they lead nowhere.
const CONCEPTS: &str = "https://twindex.invalid/vocabulary/";
const GEONAMES: &str = "https://sws.geonames.org/";

pub(super) struct Jsonld<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Jsonld<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, count: 0 }
    }
}

impl RecordWriter for Jsonld<'_> {
    fn begin(&mut self) -> io::Result<()> {
        write!(self.out, "{{\"@context\":{},\"@graph\":[\n{}", context(), dataset(self.metadata))?;
        for scheme in ["kind", "theme"] {
            write!(self.out, ",\n{}", json!({"@id": format!("{CONCEPTS}{scheme}"), "@type": "skos:ConceptScheme"}))?;
        }
        for concept in VOCABULARY.lines().filter(|line| !line.starts_with('#')).filter_map(concept) {
            write!(self.out, ",\n{concept}")?;
        }
        Ok(())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        self.count += 1;
        self.out.write_all(b",\n")?;
        Ok(serde_json::to_writer(&mut *self.out, &article(exported, self.metadata))?)
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.out.write_all(b"\n]}\n")?;
        Ok(Counts::of(self.count))
    }
}

fn context() -> Value {
    let date = |name: &str| json!({"@id": format!("https://schema.org/{name}"), "@type": "https://schema.org/Date"});
    let link = |name: &str| json!({"@id": format!("https://schema.org/{name}"), "@type": "@id"});
    json!({
        "@vocab": "https://schema.org/", "skos": "http://www.w3.org/2004/02/skos/core#",
        "datePublished": date("datePublished"), "startDate": date("startDate"), "endDate": date("endDate"), "expires": date("expires"),
        "dateModified": {"@id": "https://schema.org/dateModified", "@type": "https://schema.org/DateTime"},
        "url": link("url"), "contentUrl": link("contentUrl"), "sameAs": link("sameAs"), "license": link("license"), "genre": link("genre"),
        "keywords": link("keywords"), "skos:inScheme": {"@type": "@id"},
    })
}

fn dataset(metadata: &Metadata) -> Value {
    json!({
        "@id": tag("export"), "@type": "Dataset", "name": metadata.title(), "description": metadata.query, "license": LICENCE,
        "creditText": metadata.attribution.join(" "), "creator": {"@type": "SoftwareApplication", "name": GENERATOR},
    })
}

fn concept(line: &str) -> Option<Value> {
    let mut cells = line.split('\t');
    let (scheme, name, english, czech) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let label = |language: &str, label: &str| json!({"@language": language, "@value": label});
    Some(json!({
        "@id": format!("{CONCEPTS}{scheme}/{name}"), "@type": "skos:Concept", "skos:inScheme": format!("{CONCEPTS}{scheme}"),
        "skos:notation": name, "skos:prefLabel": [label("en", english), label("cs", czech)],
    }))
}

/// A notice; what is not known is left out.
fn article(exported: &Exported, metadata: &Metadata) -> Value {
    let record = &exported.record;
    let facts = &record.facts;
    let concept = |scheme: &str, name: String| format!("{CONCEPTS}{scheme}/{name}");
    let places = |wanted: bool| -> Vec<Value> {
        facts.places.iter().filter(|place| (place.role == PlaceRole::Seeker) == wanted).map(place).collect()
    };
    let mut mentions = places(false);
    mentions.extend(contact(&facts.contacts));
    mentions.extend(events(record));
    let deadline = facts.dates.iter().filter(|found| found.role == DateRole::Deadline).map(|found| found.date).max();
    known(json!({
        "@id": tag(&record.id.0), "@type": "Article", "identifier": record.id, "headline": record.title, "abstract": record.summary,
        "articleBody": record.body, "inLanguage": facts.lang, "datePublished": record.published,
        "dateModified": atom::changed(record), "expires": deadline, "url": record.url, "sameAs": record.aliases,
        "publisher": {"@type": "Organization", "name": metadata.publisher(record)},
        "genre": facts.kind.map(|kind| concept("kind", name(kind))),
        "keywords": facts.themes.iter().map(|theme| concept("theme", name(theme))).collect::<Vec<_>>(),
        "spatialCoverage": places(true), "mentions": mentions, "version": record.version,
        "creativeWorkStatus": record.gone_since.map(|since| format!("gone from the site since {since}")),
        "associatedMedia": record.attachments.iter().map(document).collect::<Vec<_>>(),
        "archivedAt": known(json!({
            "@type": "WebPage", "url": record.url, "identifier": record.page.digest, "dateCreated": exported.captured,
        })),
    }))
}

fn place(place: &Place) -> Value {
    let names = [Some(&place.as_written), place.name_cs.as_ref(), place.name_local.as_ref()];
    let others: Vec<&String> = names.into_iter().flatten().filter(|name| **name != place.name).collect();
    let geo = place.lat.zip(place.lon).map(|(lat, lon)| json!({"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}));
    let address = place.country.as_ref().map(|country| json!({"@type": "PostalAddress", "addressCountry": country}));
    known(json!({
        "@type": "Place", "@id": place.geonames_id.map(|id| format!("{GEONAMES}{id}/")), "name": place.name, "alternateName": others,
        "address": address, "geo": geo,
    }))
}

fn contact(contacts: &Contacts) -> Option<Value> {
    let any = !contacts.emails.is_empty() || !contacts.phones.is_empty();
    any.then(|| known(json!({"@type": "ContactPoint", "email": contacts.emails, "telephone": contacts.phones})))
}

fn events(record: &Record) -> impl Iterator<Item = Value> {
    let events = record.facts.dates.iter().filter(|found| found.role == DateRole::Event);
    events.map(|found| known(json!({"@type": "Event", "name": record.title, "startDate": found.date, "endDate": found.end})))
}

fn document(document: &crate::record::Attachment) -> Value {
    known(json!({
        "@type": "MediaObject", "contentUrl": document.url, "name": document.title, "encodingFormat": document.media_type,
        "contentSize": document.bytes.map(|bytes| bytes.to_string()),
    }))
}

/// The object without what is null or empty.
fn known(object: Value) -> Value {
    let Value::Object(fields) = object else { return object };
    let said = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    Value::Object(fields.into_iter().filter(|(_, value)| said(value)).collect::<Map<_, _>>())
}
