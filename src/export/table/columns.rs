//! The columns of the CSV and how each is read off a record; `schema --csv` prints them, the README lists them.

use crate::export::{Exported, name};
use crate::record::{DateRole, NoticeDate, Place, PlaceRole, Record};

/// Between the values of a cell that holds several.
pub(super) const LIST: &str = "; ";

/// A column: its name, what it holds, and how it is read off a record.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub holds: &'static str,
    pub(in crate::export) kind: Kind,
    pub(in crate::export) values: Values,
    pub(in crate::export) cell: fn(&Exported) -> String,
}

/// A column is its name.
impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Column {}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Kind {
    /// As people wrote it; nothing in it may be run.
    Text,
    /// A word of ours, or a number that is a name.
    Code,
    Phone,
    Address,
    Day,
    Time,
    Integer,
    Decimal,
    Truth,
}

/// How many values a cell may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Values {
    One,
    Many,
}

const fn one(name: &'static str, kind: Kind, holds: &'static str, cell: fn(&Exported) -> String) -> Column {
    Column { name, holds, kind, values: Values::One, cell }
}

const fn many(name: &'static str, kind: Kind, holds: &'static str, cell: fn(&Exported) -> String) -> Column {
    Column { name, holds, kind, values: Values::Many, cell }
}

/// The columns in their order.
pub const COLUMNS: &[Column] = &[
    one("id", Kind::Text, "stable identifier", |e| e.record.id.to_string()),
    one("source", Kind::Text, "source in the configuration", |e| e.record.source.clone()),
    one("published", Kind::Day, "publication date, ISO 8601", |e| optional(e.record.published)),
    one("title", Kind::Text, "title", |e| e.record.title.clone()),
    one("summary", Kind::Text, "short text of the listing", |e| e.record.summary.clone().unwrap_or_default()),
    one("body", Kind::Text, "full text; empty line between paragraphs", |e| e.record.body.clone().unwrap_or_default()),
    one("lang", Kind::Code, "language, ISO 639-1", |e| e.record.facts.lang.clone().unwrap_or_default()),
    one("kind", Kind::Code, "kind of notice", |e| e.record.facts.kind.map(name).unwrap_or_default()),
    many("seekers", Kind::Text, "municipalities that look for a partner", |e| seekers(e, |place| Some(with_country(place)))),
    many("seekers_as_written", Kind::Text, "the same as the notice writes them", |e| seekers(e, |place| Some(place.as_written.clone()))),
    many("seekers_cs", Kind::Text, "the same in Czech, where GeoNames has it", |e| seekers(e, |place| place.name_cs.clone())),
    many("places", Kind::Text, "all places named", |e| join(e.record.facts.places.iter().map(with_country))),
    many("geonames_ids", Kind::Integer, "GeoNames identifiers of the seekers", |e| {
        seekers(e, |place| place.geonames_id.map(|id| id.to_string()))
    }),
    one("lat", Kind::Decimal, "degrees north of the first linked seeker", |e| first(e, |place| place.lat)),
    one("lon", Kind::Decimal, "degrees east of the first linked seeker", |e| first(e, |place| place.lon)),
    many("countries", Kind::Code, "seeking side, ISO 3166-1 alpha-2", |e| join(e.record.facts.countries.iter().cloned())),
    one("population", Kind::Integer, "inhabitants of the seeker", |e| optional(e.record.facts.population.map(|p| p.value))),
    one("population_qualifier", Kind::Code, "exact, about, more_than, less_than", |e| {
        e.record.facts.population.map(|p| name(p.qualifier)).unwrap_or_default()
    }),
    one("wanted_population_min", Kind::Integer, "inhabitants asked of the partner, at least", |e| {
        optional(e.record.facts.wanted.population_min)
    }),
    one("wanted_population_max", Kind::Integer, "inhabitants asked of the partner, at most", |e| {
        optional(e.record.facts.wanted.population_max)
    }),
    one("wanted_similar_size", Kind::Truth, "a partner of similar size is asked for", |e| e.record.facts.wanted.similar_size.to_string()),
    many("wanted_countries", Kind::Code, "countries in which a partner is sought", |e| {
        join(e.record.facts.wanted.countries.iter().cloned())
    }),
    many("themes", Kind::Code, "areas of cooperation", |e| join(e.record.facts.themes.iter().map(name))),
    many("events", Kind::Code, "days of events, ISO 8601, ranges with /", |e| dates(&e.record, DateRole::Event)),
    many("deadlines", Kind::Code, "last days to answer", |e| dates(&e.record, DateRole::Deadline)),
    many("emails", Kind::Text, "e-mail addresses", |e| join(e.record.facts.contacts.emails.iter().cloned())),
    many("phones", Kind::Phone, "telephone numbers, E.164", |e| join(e.record.facts.contacts.phones.iter().cloned())),
    many("urls", Kind::Text, "web addresses in the text", |e| join(e.record.facts.contacts.urls.iter().cloned())),
    many("attachments", Kind::Text, "addresses of the documents", |e| join(e.record.attachments.iter().map(|a| a.url.clone()))),
    one("url", Kind::Address, "address of the notice", |e| e.record.url.clone()),
    many("aliases", Kind::Text, "other addresses of the same notice", |e| join(e.record.aliases.iter().cloned())),
    one("listing", Kind::Address, "listing that names it", |e| e.record.listing.clone()),
    one("version", Kind::Integer, "number of this version", |e| e.record.version.to_string()),
    one("changed_at", Kind::Time, "when the site first said this, RFC 3339, UTC", |e| optional(e.record.changed_at)),
    one("first_seen", Kind::Time, "RFC 3339, UTC", |e| e.record.first_seen.to_string()),
    one("last_seen", Kind::Time, "RFC 3339, UTC", |e| e.record.last_seen.to_string()),
    one("gone_since", Kind::Time, "RFC 3339, UTC; empty while the site has it", |e| optional(e.record.gone_since)),
    one("page_captured", Kind::Time, "when the page was fetched that was read", |e| optional(e.captured)),
    one("page_digest", Kind::Code, "SHA-1 of that page, base 32, as in its WARC file", |e| e.record.page.digest.clone()),
    one("page_warc", Kind::Text, "the file under pages/ that holds it", |e| e.record.page.warc.clone()),
    one("page_offset", Kind::Integer, "where in that file, in bytes", |e| e.record.page.offset.to_string()),
];

fn optional(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(LIST)
}

fn with_country(place: &Place) -> String {
    match &place.country {
        Some(country) => format!("{} ({country})", place.name),
        None => place.name.clone(),
    }
}

fn seekers(exported: &Exported, cell: fn(&Place) -> Option<String>) -> String {
    join(exported.record.facts.places.iter().filter(|place| place.role == PlaceRole::Seeker).filter_map(cell))
}

fn first(exported: &Exported, cell: fn(&Place) -> Option<f64>) -> String {
    optional(exported.record.facts.places.iter().filter(|place| place.role == PlaceRole::Seeker).find_map(cell))
}

fn dates(record: &Record, role: DateRole) -> String {
    let shown = |found: &NoticeDate| match found.end {
        Some(end) => format!("{}/{end}", found.date),
        None => found.date.to_string(),
    };
    join(record.facts.dates.iter().filter(|found| found.role == role).map(shown))
}
