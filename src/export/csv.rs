//! CSV after RFC 4180: CRLF, quotes doubled, a header; lists joined by `; `, places as `Name (CC)`.
//!
//! A text cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or CR,
//! OWASP "CSV Injection") gets an apostrophe in front; numbers and dates are never touched.

use std::io::Write;

use crate::record::{DateRole, NoticeDate, Place, PlaceRole, Record};

use super::Error;

/// A column: its name, what it holds, whether the cell is free text, and how it is read off a record.
pub struct Column {
    pub name: &'static str,
    pub holds: &'static str,
    text: bool,
    cell: fn(&Record) -> String,
}

const fn text(name: &'static str, holds: &'static str, cell: fn(&Record) -> String) -> Column {
    Column { name, holds, text: true, cell }
}

const fn value(name: &'static str, holds: &'static str, cell: fn(&Record) -> String) -> Column {
    Column { name, holds, text: false, cell }
}

/// The columns in their order; `schema --csv` prints them.
pub const COLUMNS: &[Column] = &[
    text("id", "stable identifier", |r| r.id.to_string()),
    text("source", "source in the configuration", |r| r.source.clone()),
    value("published", "publication date, ISO 8601", |r| optional(r.published)),
    text("title", "title", |r| r.title.clone()),
    text("summary", "short text of the listing", |r| r.summary.clone().unwrap_or_default()),
    text("body", "full text; empty line between paragraphs", |r| r.body.clone().unwrap_or_default()),
    value("lang", "language, ISO 639-1", |r| r.facts.lang.clone().unwrap_or_default()),
    value("kind", "kind of notice", |r| r.facts.kind.map(name).unwrap_or_default()),
    text("seekers", "municipalities that look for a partner", |r| places(r, |p| p.role == PlaceRole::Seeker)),
    text("places", "all places named", |r| places(r, |_| true)),
    value("geonames_ids", "GeoNames identifiers of the seekers", |r| seekers(r, |p| p.geonames_id.map(|id| id.to_string()))),
    value("lat", "degrees north of the first linked seeker", |r| first(r, |p| p.lat)),
    value("lon", "degrees east of the first linked seeker", |r| first(r, |p| p.lon)),
    value("countries", "seeking side, ISO 3166-1 alpha-2", |r| r.facts.countries.join("; ")),
    value("population", "inhabitants of the seeker", |r| optional(r.facts.population.map(|p| p.value))),
    value("population_qualifier", "exact, about, more_than, less_than", |r| {
        r.facts.population.map(|p| name(p.qualifier)).unwrap_or_default()
    }),
    value("wanted_population_min", "inhabitants asked of the partner, at least", |r| optional(r.facts.wanted.population_min)),
    value("wanted_population_max", "inhabitants asked of the partner, at most", |r| optional(r.facts.wanted.population_max)),
    value("wanted_similar_size", "a partner of similar size is asked for", |r| r.facts.wanted.similar_size.to_string()),
    value("wanted_countries", "countries in which a partner is sought", |r| r.facts.wanted.countries.join("; ")),
    value("themes", "areas of cooperation", |r| r.facts.themes.iter().map(name).collect::<Vec<_>>().join("; ")),
    value("events", "days of events, ISO 8601, ranges with /", |r| dates(r, DateRole::Event)),
    value("deadlines", "last days to answer", |r| dates(r, DateRole::Deadline)),
    text("emails", "e-mail addresses", |r| r.facts.contacts.emails.join("; ")),
    text("phones", "telephone numbers, E.164", |r| r.facts.contacts.phones.join("; ")),
    text("urls", "web addresses in the text", |r| r.facts.contacts.urls.join("; ")),
    text("attachments", "addresses of the documents", |r| r.attachments.iter().map(|a| a.url.clone()).collect::<Vec<_>>().join("; ")),
    text("url", "address of the notice", |r| r.url.clone()),
    text("aliases", "other addresses of the same notice", |r| r.aliases.join("; ")),
    text("listing", "listing that names it", |r| r.listing.clone()),
    value("version", "number of this version", |r| r.version.to_string()),
    value("first_seen", "RFC 3339, UTC", |r| r.first_seen.to_string()),
    value("last_seen", "RFC 3339, UTC", |r| r.last_seen.to_string()),
    value("gone_since", "RFC 3339, UTC; empty while the site has it", |r| optional(r.gone_since)),
];

pub(super) fn write<E: std::error::Error>(
    records: impl Iterator<Item = Result<Record, E>>,
    separator: u8,
    out: &mut impl Write,
) -> Result<u64, Error<E>> {
    let mut rows = csv::WriterBuilder::new().delimiter(separator).terminator(csv::Terminator::CRLF).from_writer(out);
    rows.write_record(COLUMNS.iter().map(|column| column.name)).map_err(io)?;
    let mut count = 0;
    for record in records {
        let record = record.map_err(Error::Read)?;
        let row = COLUMNS.iter().map(|column| {
            let cell = (column.cell)(&record);
            if column.text { neutral(cell) } else { cell }
        });
        rows.write_record(row).map_err(io)?;
        count += 1;
    }
    rows.flush()?;
    Ok(count)
}

/// The error of the writer below, whose kind the csv crate would hide: a closed pipe is to be known as one.
fn io(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// The cell as a spreadsheet shows it and never runs it.
fn neutral(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// The name an enum has in JSON.
fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn optional(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn places(record: &Record, wanted: fn(&Place) -> bool) -> String {
    let shown = |place: &Place| match &place.country {
        Some(country) => format!("{} ({country})", place.name),
        None => place.name.clone(),
    };
    record.facts.places.iter().filter(|place| wanted(place)).map(shown).collect::<Vec<_>>().join("; ")
}

fn seekers(record: &Record, cell: fn(&Place) -> Option<String>) -> String {
    record.facts.places.iter().filter(|p| p.role == PlaceRole::Seeker).filter_map(cell).collect::<Vec<_>>().join("; ")
}

fn first(record: &Record, cell: fn(&Place) -> Option<f64>) -> String {
    optional(record.facts.places.iter().filter(|p| p.role == PlaceRole::Seeker).find_map(cell))
}

fn dates(record: &Record, role: DateRole) -> String {
    let shown = |found: &NoticeDate| match found.end {
        Some(end) => format!("{}/{end}", found.date),
        None => found.date.to_string(),
    };
    record.facts.dates.iter().filter(|found| found.role == role).map(shown).collect::<Vec<_>>().join("; ")
}
