//! What the values of fields mean, and how a filter is typed.
//!
//! A value that means nothing for its field is an error that names the nearest right one; the parser then takes it for plain
//! words. A range that runs backwards is turned round, and that is told.

use jiff::civil::Date;

use super::dates;
use super::fields::{FieldName, canonical};
use super::tree::{Filter, Node, Part, Range};
use crate::lang::numbers;
use crate::search::facts::name;
use crate::search::vocabulary::{self, List};
use crate::search::{addresses, analysis, edit_distance, groups, names, places, regions};

/// Kilometres of `near:` where none are said, and at most.
const NEAR: u32 = 50;
const FAR: u32 = 20_000;

/// A filter as it was understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Understood {
    pub node: Node,
    /// What was bent.
    pub remark: Option<String>,
}

/// The filter that a value means; values side by side with commas are alternatives.
pub fn filter(field: FieldName, value: &str) -> Result<Understood, String> {
    let single = matches!(
        field,
        FieldName::Date
            | FieldName::Event
            | FieldName::Deadline
            | FieldName::Seen
            | FieldName::Population
            | FieldName::Wanted
            | FieldName::Version
            | FieldName::Near
    );
    if single {
        let (filter, remark) = one(field, value)?;
        return Ok(Understood { node: Node::Filter(filter), remark });
    }
    let (mut nodes, mut remark) = (Vec::new(), None);
    for value in value.split(',').map(str::trim).filter(|value| !value.is_empty()) {
        let (filter, bent) = one(field, value)?;
        nodes.push(Node::Filter(filter));
        remark = remark.or(bent);
    }
    match nodes.len() {
        0 => Err("a value is missing".to_owned()),
        1 => Ok(Understood { node: nodes.remove(0), remark }),
        _ => Ok(Understood { node: Node::Any(nodes), remark }),
    }
}

fn one(field: FieldName, value: &str) -> Result<(Filter, Option<String>), String> {
    let plain = |filter: Filter| Ok((filter, None));
    match field {
        FieldName::Part(_) => Err("not a filter".to_owned()),
        FieldName::Id => plain(Filter::Id(value.to_owned())),
        FieldName::Source => plain(Filter::Source(value.to_owned())),
        FieldName::Url => plain(Filter::Url(addresses::term(value))),
        FieldName::Contact => plain(Filter::Contact(addresses::term(value))),
        FieldName::Lang => plain(Filter::Lang(language(value)?)),
        FieldName::Country => plain(Filter::Country(country(value)?)),
        FieldName::WantedCountry => plain(Filter::WantedCountry(country(value)?)),
        FieldName::Region => plain(Filter::Region(region(value)?)),
        FieldName::Near => plain(near(value)?),
        FieldName::Kind => plain(Filter::Kind(vocabulary::parsed(List::Kind, value).ok_or_else(|| unknown(List::Kind, "kind", value))?)),
        FieldName::Theme => {
            plain(Filter::Theme(vocabulary::parsed(List::Theme, value).ok_or_else(|| unknown(List::Theme, "theme", value))?))
        }
        FieldName::Has => {
            plain(Filter::Has(vocabulary::value(List::Has, value).ok_or_else(|| unknown(List::Has, "value of has", value))?.name))
        }
        FieldName::Certainty => plain(Filter::Certainty(
            vocabulary::parsed(List::Certainty, value).ok_or_else(|| unknown(List::Certainty, "certainty", value))?,
        )),
        FieldName::Gone => match vocabulary::value(List::Gone, value) {
            Some(known) => plain(Filter::Gone(known.name == "yes")),
            None => days(value)
                .map(|(range, remark)| (Filter::GoneSince(range), remark))
                .ok_or_else(|| "write yes, no or since when: 2024..".to_owned()),
        },
        FieldName::Date => dated(value, Filter::Published),
        FieldName::Event => dated(value, Filter::Event),
        FieldName::Deadline => dated(value, Filter::Deadline),
        FieldName::Seen => dated(value, Filter::Seen),
        FieldName::Population => figures(value, Filter::Population),
        FieldName::Wanted => figures(value, Filter::Wanted),
        FieldName::Version => figures(value, Filter::Version),
    }
}

fn unknown(list: List, what: &str, value: &str) -> String {
    let folded = analysis::fold(value);
    let named = || vocabulary::values(list).flat_map(|value| [(value.name, value.name), (value.name, value.label)]);
    let near = edit_distance::nearest(&folded, named());
    let all = vocabulary::values(list).map(|value| value.name).collect::<Vec<_>>().join(", ");
    near.map_or_else(|| format!("no such {what}; one of {all}"), |near| format!("no such {what}; did you mean {near}? One of {all}"))
}

fn language(value: &str) -> Result<String, String> {
    let folded = analysis::fold(value);
    let code = folded.len() == 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase());
    let known = vocabulary::value(List::Lang, value).map(|known| known.name.to_owned());
    known
        .or(code.then_some(folded))
        .ok_or_else(|| "no such language; write a code of two letters (cs, sk, en) or its Czech name".to_owned())
}

fn country(value: &str) -> Result<String, String> {
    names::country(value).ok_or_else(|| {
        let near = names::nearest_country(value).map_or_else(String::new, |(code, name)| format!("; did you mean {name} ({code})?"));
        format!("no such country{near}; write a code (UA), a Czech name or an adjective")
    })
}

fn region(value: &str) -> Result<String, String> {
    if let Some(group) = groups::named(value) {
        return Ok(group.key.to_owned());
    }
    // As the program prints it.
    let code = value.len() > 3 && value.as_bytes()[2] == b'.' && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let named = if code { Some(value.to_ascii_uppercase()) } else { regions::named(value).map(|(code, _)| code) };
    named.ok_or_else(|| {
        let keys = groups::all().iter().map(|group| group.key).collect::<Vec<_>>().join(", ");
        format!("no such region; write the name of one (Bavorsko, Jihomoravský kraj) or one of {keys}")
    })
}

fn near(value: &str) -> Result<Filter, String> {
    let (place, distance) = value.split_once('~').unwrap_or((value, ""));
    let place = place.trim().trim_matches('"');
    let distance = distance.trim().trim_end_matches("km").trim();
    let km = if distance.is_empty() { Some(NEAR) } else { distance.parse().ok().filter(|km| (1..=FAR).contains(km)) };
    let km = km.ok_or_else(|| "not a distance; write near:Brno~50km".to_owned())?;
    let spot = places::spot(place)
        .ok_or_else(|| format!("no such place on the map: {place}; write a town (near:Brno~50km) or near:49.2,16.6~50km"))?;
    Ok(Filter::Near { place: place.to_owned(), spot, km })
}

fn dated(value: &str, make: fn(Range<Date>) -> Filter) -> Result<(Filter, Option<String>), String> {
    let (range, remark) = days(value)
        .ok_or_else(|| "not a date; write 2011, 2011-03, 2011-03-15, 2009..2011, 2009.., >=2010-06 or \"březen 2011\"".to_owned())?;
    Ok((make(range), remark))
}

fn days(value: &str) -> Option<(Range<Date>, Option<String>)> {
    range(value, dates::period, |period| period.0, |period| period.1).map(turned)
}

fn figures(value: &str, make: fn(Range<u64>) -> Filter) -> Result<(Filter, Option<String>), String> {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\'')).collect::<String>().parse().ok();
    let number = |text: &str| plain(text).or_else(|| numbers::whole(text));
    let range = range(value, number, |number| Some(*number), |number| Some(*number));
    let (range, remark) =
        range.map(turned).ok_or_else(|| "not a number; write 5000, \"5,5 tisíc\", 5000..20000, ..20000 or >=5000".to_owned())?;
    Ok((make(range), remark))
}

/// A range that runs backwards, turned round.
fn turned<T: Ord + Copy + std::fmt::Display>(range: Range<T>) -> (Range<T>, Option<String>) {
    match range {
        (Some(low), Some(high)) if low > high => {
            let range = (Some(high), Some(low));
            (range, Some(format!("this range runs backwards; it is read as {}", range_text(&range))))
        }
        range => (range, None),
    }
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
        let low = if low.trim().is_empty() { None } else { Some(read(low)?) };
        let high = if high.trim().is_empty() { None } else { Some(read(high)?) };
        let ends = (low.as_ref().and_then(&first), high.as_ref().and_then(&last));
        // Backwards it reaches from the last day of the one to the first of the other.
        let backwards = matches!(ends, (Some(low), Some(high)) if low > high);
        let ends = if backwards { (low.as_ref().and_then(&last), high.as_ref().and_then(&first)) } else { ends };
        return (low.is_some() || high.is_some()).then_some(ends);
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

trait Step: Sized + Ord + Copy {
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

impl Step for Date {
    fn next(self) -> Option<Self> {
        self.tomorrow().ok()
    }
    fn before(self) -> Option<Self> {
        self.yesterday().ok()
    }
}

pub fn part_name(part: Part) -> &'static str {
    canonical(FieldName::Part(part))
}

/// The filter as it would be typed.
pub fn filter_text(filter: &Filter) -> String {
    let days = |range: &Range<Date>| dates::text(*range).unwrap_or_else(|| range_text(range));
    let (field, value) = match filter {
        Filter::Id(value) => (FieldName::Id, value.clone()),
        Filter::Source(value) => (FieldName::Source, value.clone()),
        Filter::Url(value) => (FieldName::Url, value.clone()),
        Filter::Contact(value) => (FieldName::Contact, value.clone()),
        Filter::Lang(value) => (FieldName::Lang, value.clone()),
        Filter::Country(value) => (FieldName::Country, value.clone()),
        Filter::WantedCountry(value) => (FieldName::WantedCountry, value.clone()),
        Filter::Region(value) => (FieldName::Region, value.clone()),
        Filter::Near { place, km, .. } => (FieldName::Near, format!("{place}~{km}km")),
        Filter::Kind(kind) => (FieldName::Kind, name(kind)),
        Filter::Theme(theme) => (FieldName::Theme, name(theme)),
        Filter::Has(value) => (FieldName::Has, (*value).to_owned()),
        Filter::Certainty(certainty) => (FieldName::Certainty, name(certainty)),
        Filter::Gone(value) => (FieldName::Gone, if *value { "yes" } else { "no" }.to_owned()),
        Filter::GoneSince(range) => (FieldName::Gone, days(range)),
        Filter::Published(range) => (FieldName::Date, days(range)),
        Filter::Event(range) => (FieldName::Event, days(range)),
        Filter::Deadline(range) => (FieldName::Deadline, days(range)),
        Filter::Seen(range) => (FieldName::Seen, days(range)),
        Filter::Version(range) => (FieldName::Version, range_text(range)),
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
