//! The names of the fields, in English and Czech, and what their values mean.
//!
//! A value that means nothing for its field is an error with a hint; the parser then takes it for plain words.

use crate::lang::numbers;
use crate::search::analysis::fold;
use crate::search::facts::{self, name};
use crate::search::names;
use crate::search::slips::distance;

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

/// Letters of a name that is known with a slip, too.
const SHORTEST: usize = 5;

/// First names are canonical; all are folded.
const NAMES: &[(FieldName, &[&str])] = &[
    (FieldName::Part(Part::Title), &["title", "nazev", "titul", "titulek", "nadpis"]),
    (FieldName::Part(Part::Text), &["text"]),
    (FieldName::Part(Part::Place), &["place", "misto", "mesto", "obec"]),
    (FieldName::Id, &["id"]),
    (FieldName::Source, &["source", "zdroj"]),
    (FieldName::Lang, &["lang", "jazyk"]),
    (FieldName::Country, &["country", "zeme", "stat"]),
    (FieldName::WantedCountry, &["wanted.country", "hleda.zeme"]),
    (FieldName::Kind, &["kind", "druh", "typ"]),
    (FieldName::Theme, &["theme", "tema"]),
    (FieldName::Has, &["has", "ma"]),
    (FieldName::Gone, &["gone", "smazano"]),
    (FieldName::Date, &["date", "year", "datum", "rok"]),
    (FieldName::Population, &["population", "obyvatel"]),
    (FieldName::Wanted, &["wanted.population", "wanted", "hleda.obyvatel"]),
];

pub fn named(written: &str) -> Option<FieldName> {
    let written = fold(written);
    NAMES.iter().find(|(_, names)| names.contains(&written.as_str())).map(|(field, _)| *field)
}

/// The field whose name differs by one slip; a short name could be any word.
pub fn nearly(written: &str) -> Option<FieldName> {
    let letters = |text: &str| text.chars().collect::<Vec<_>>();
    let written = letters(&fold(written));
    let slips = |name: &&str| name.chars().count() >= SHORTEST && distance(&written, &letters(name), 1).is_some();
    NAMES.iter().find(|(_, names)| names.iter().any(&slips)).map(|(field, _)| *field)
}

/// Whether the next word still belongs to a value that was written with blanks: `15. 3. 2011`, `březen 2011`, `10 000`.
pub fn goes_on(field: FieldName, value: &str, next: &str) -> bool {
    let last = value.rsplit([' ', '<', '>', '=', ',']).next().unwrap_or_default();
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match field {
        FieldName::Date if last.ends_with('.') && !last.ends_with("..") => {
            next.starts_with(|letter: char| letter.is_ascii_digit()) || dates::is_month(next)
        }
        FieldName::Date => dates::is_month(last) && digits(next, 4),
        FieldName::Population | FieldName::Wanted => {
            let group = last.rsplit('.').next().unwrap_or_default();
            (1..=3).any(|count| digits(group, count)) && digits(next, 3)
        }
        _ => false,
    }
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
        FieldName::Has => facts::has(value).map(Filter::Has),
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
        _ => "not a number; write 5000, \"5,5 tisíc\", 5000..20000, ..20000 or >=5000",
    })
}

fn people(value: &str) -> Option<Range<u64>> {
    let figures = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\'')).collect::<String>().parse().ok();
    let number = |text: &str| figures(text).or_else(|| numbers::whole(text));
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

pub fn canonical(field: FieldName) -> &'static str {
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
        Filter::Published(range) => (FieldName::Date, dates::text(*range).unwrap_or_else(|| range_text(range))),
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
