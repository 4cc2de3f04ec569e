//! The names of the fields, in English and Czech, and what their values mean.
//!
//! A value that means nothing for its field is an error with a hint; the parser then takes it for plain words.

use crate::record::Record;
use crate::search::analysis::fold;
use crate::search::document::name;
use crate::search::names;

use super::{Filter, Node, Part, Range, dates, vocabulary};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldName {
    Part(Part),
    Id,
    Source,
    Lang,
    Country,
    WantedCountry,
    Kind,
    Theme,
    Has,
    Gone,
    Date,
    Population,
    Wanted,
}

/// First names are canonical; all are folded.
const NAMES: &[(FieldName, &[&str])] = &[
    (FieldName::Part(Part::Title), &["title", "nazev", "titulek", "nadpis"]),
    (FieldName::Part(Part::Text), &["text"]),
    (FieldName::Part(Part::Place), &["place", "misto", "mesto", "obec"]),
    (FieldName::Id, &["id"]),
    (FieldName::Source, &["source", "zdroj"]),
    (FieldName::Lang, &["lang", "jazyk"]),
    (FieldName::Country, &["country", "zeme", "stat"]),
    (FieldName::WantedCountry, &["wanted.country", "hleda.zeme"]),
    (FieldName::Kind, &["kind", "druh"]),
    (FieldName::Theme, &["theme", "tema"]),
    (FieldName::Has, &["has", "ma"]),
    (FieldName::Gone, &["gone", "smazano"]),
    (FieldName::Date, &["date", "year", "datum", "rok"]),
    (FieldName::Population, &["population", "obyvatel"]),
    (FieldName::Wanted, &["wanted.population", "wanted", "hleda.obyvatel"]),
];

/// The first name is what the index holds.
const HAS: &[&[&str]] = &[
    &["attachment", "attachments", "priloha", "prilohu", "prilohy"],
    &["email", "emails", "mail", "e-mail"],
    &["phone", "phones", "telefon"],
    &["url", "web", "odkaz"],
    &["body", "detail", "telo"],
    &["summary", "perex"],
    &["place", "places", "misto"],
    &["coordinates", "souradnice"],
    &["country", "zeme"],
    &["population", "obyvatel"],
    &["wanted", "pozadavek"],
    &["theme", "themes", "tema"],
    &["deadline", "termin", "uzaverka"],
    &["event", "akce"],
    &["date", "datum"],
];

pub fn named(written: &str) -> Option<FieldName> {
    let written = fold(written);
    NAMES.iter().find(|(_, names)| names.contains(&written.as_str())).map(|(field, _)| *field)
}

/// What the record has, in the words of `has:`; `gone` besides.
pub fn has_of(record: &Record) -> impl Iterator<Item = &'static str> {
    use crate::record::DateRole::{Deadline, Event};
    let facts = &record.facts;
    let dated = |role| facts.dates.iter().any(|date| date.role == role);
    [
        ("attachment", !record.attachments.is_empty()),
        ("email", !facts.contacts.emails.is_empty()),
        ("phone", !facts.contacts.phones.is_empty()),
        ("url", !facts.contacts.urls.is_empty()),
        ("body", record.body.is_some()),
        ("summary", record.summary.is_some()),
        ("place", !facts.places.is_empty()),
        ("coordinates", facts.places.iter().any(|place| place.lat.is_some())),
        ("country", !facts.countries.is_empty()),
        ("population", facts.population.is_some()),
        ("wanted", facts.wanted != crate::record::Wanted::default()),
        ("theme", !facts.themes.is_empty()),
        ("deadline", dated(Deadline)),
        ("event", dated(Event)),
        ("date", record.published.is_some()),
        ("gone", record.gone_since.is_some()),
    ]
    .into_iter()
    .filter_map(|(word, had)| had.then_some(word))
}

/// The filter that a value means; values side by side with commas are alternatives.
pub fn filter(field: FieldName, value: &str) -> Result<Node, &'static str> {
    if matches!(field, FieldName::Date | FieldName::Population | FieldName::Wanted) {
        return one(field, value).map(Node::Filter);
    }
    let values = value.split(',').map(str::trim).filter(|value| !value.is_empty());
    let mut nodes = values.map(|value| one(field, value).map(Node::Filter)).collect::<Result<Vec<_>, _>>()?;
    match nodes.len() {
        0 => Err("a value is missing"),
        1 => Ok(nodes.remove(0)),
        _ => Ok(Node::Any(nodes)),
    }
}

fn one(field: FieldName, value: &str) -> Result<Filter, &'static str> {
    let found = match field {
        FieldName::Part(_) => return Err("not a filter"),
        FieldName::Id => Some(Filter::Id(value.to_owned())),
        FieldName::Source => Some(Filter::Source(value.to_owned())),
        FieldName::Lang => Some(Filter::Lang(vocabulary::language(value))),
        FieldName::Country => names::country(value).map(Filter::Country),
        FieldName::WantedCountry => names::country(value).map(Filter::WantedCountry),
        FieldName::Kind => vocabulary::kind(value).map(Filter::Kind),
        FieldName::Theme => vocabulary::theme(value).map(Filter::Theme),
        FieldName::Has => has(value).map(Filter::Has),
        FieldName::Gone => vocabulary::yes(value).map(Filter::Gone),
        FieldName::Date => range(value, dates::period, |period| period.0, |period| period.1).map(Filter::Published),
        FieldName::Population => people(value).map(Filter::Population),
        FieldName::Wanted => people(value).map(Filter::Wanted),
    };
    found.ok_or(match field {
        FieldName::Country | FieldName::WantedCountry => "no such country; write a code (UA), a Czech name or an adjective",
        FieldName::Kind => "no such kind; one of partner_search, partner_list, project, event, funding, guide, news",
        FieldName::Theme => "no such theme; `culture`, `tourism`, `eu_funds` … or the Czech word",
        FieldName::Has => "unknown; one of attachment, email, phone, url, body, place, population, wanted, theme, deadline, event",
        FieldName::Gone => "write yes or no",
        FieldName::Date => "not a date; write 2011, 2011-03, 2011-03-15, 2009..2011, 2009.., >=2010-06 or \"březen 2011\"",
        _ => "not a number; write 5000, 5000..20000, ..20000 or >=5000",
    })
}

fn has(value: &str) -> Option<&'static str> {
    let value = fold(value);
    HAS.iter().find(|words| words.contains(&value.as_str())).map(|words| words[0])
}

fn people(value: &str) -> Option<Range<u64>> {
    let number =
        |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\'')).collect::<String>().parse::<u64>().ok();
    range(value, number, |number| Some(*number), |number| Some(*number))
}

/// `a`, `a..b`, `a..`, `..b`, `>=a`, `>a`, `<=b`, `<b`; `first` and `last` are the ends of one value.
fn range<V, T: Step>(
    value: &str,
    read: impl Fn(&str) -> Option<V>,
    first: impl Fn(&V) -> Option<T>,
    last: impl Fn(&V) -> Option<T>,
) -> Option<Range<T>> {
    let read = |text: &str| read(text.trim());
    if let Some((low, high)) = value.split_once("..") {
        let low = if low.trim().is_empty() { None } else { Some(first(&read(low)?)?) };
        let high = if high.trim().is_empty() { None } else { Some(last(&read(high)?)?) };
        return (low.is_some() || high.is_some()).then_some((low, high));
    }
    let signed = |sign: &str| value.trim().strip_prefix(sign).map(&read);
    if let Some(value) = signed(">=") {
        return Some((Some(first(&value?)?), None));
    }
    if let Some(value) = signed("<=") {
        return Some((None, Some(last(&value?)?)));
    }
    if let Some(value) = signed(">") {
        return Some((Some(last(&value?)?.next()?), None));
    }
    if let Some(value) = signed("<") {
        return Some((None, Some(first(&value?)?.before()?)));
    }
    let value = read(value.trim().trim_start_matches('='))?;
    Some((Some(first(&value)?), Some(last(&value)?)))
}

trait Step: Sized {
    fn next(self) -> Option<Self>;
    fn before(self) -> Option<Self>;
}

impl Step for u64 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }
}

impl Step for jiff::civil::Date {
    fn next(self) -> Option<Self> {
        self.tomorrow().ok()
    }
    fn before(self) -> Option<Self> {
        self.yesterday().ok()
    }
}

fn canonical(field: FieldName) -> &'static str {
    NAMES.iter().find(|(named, _)| *named == field).map_or("", |(_, names)| names[0])
}

pub fn part_name(part: Part) -> &'static str {
    canonical(FieldName::Part(part))
}

/// The filter as it would be typed.
pub fn filter_text(filter: &Filter) -> String {
    let (field, value) = match filter {
        Filter::Id(value) => (FieldName::Id, value.clone()),
        Filter::Source(value) => (FieldName::Source, value.clone()),
        Filter::Lang(value) => (FieldName::Lang, value.clone()),
        Filter::Country(value) => (FieldName::Country, value.clone()),
        Filter::WantedCountry(value) => (FieldName::WantedCountry, value.clone()),
        Filter::Kind(kind) => (FieldName::Kind, name(kind)),
        Filter::Theme(theme) => (FieldName::Theme, name(theme)),
        Filter::Has(value) => (FieldName::Has, (*value).to_owned()),
        Filter::Gone(value) => (FieldName::Gone, if *value { "yes" } else { "no" }.to_owned()),
        Filter::Published(range) => (FieldName::Date, range_text(range)),
        Filter::Population(range) => (FieldName::Population, range_text(range)),
        Filter::Wanted(range) => (FieldName::Wanted, range_text(range)),
    };
    let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
    format!("{}:{quote}{value}{quote}", canonical(field))
}

fn range_text<T: std::fmt::Display + PartialEq>(range: &Range<T>) -> String {
    let end = |end: &Option<T>| end.as_ref().map(ToString::to_string).unwrap_or_default();
    if range.0 == range.1 { end(&range.0) } else { format!("{}..{}", end(&range.0), end(&range.1)) }
}
