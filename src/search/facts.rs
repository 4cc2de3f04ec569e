//! Facts as terms: the names and numbers under which the index keeps them and questions ask for them.
//!
//! Both sides come here, so that neither has to know the other.

use jiff::civil::Date;

use crate::record::{Certainty, Record};

/// A date as a number that sorts: `yyyymmdd`.
pub fn day(date: Date) -> u64 {
    u64::try_from(i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())).unwrap_or(0)
}

/// The name of a fact's value as JSON writes it.
pub fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What the record has, in the words of `has:`; `gone` and its certainty besides.
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
        ("kind", facts.kind.is_some()),
        ("population", facts.population.is_some()),
        ("wanted", facts.wanted != crate::record::Wanted::default()),
        ("theme", !facts.themes.is_empty()),
        ("deadline", dated(Deadline)),
        ("event", dated(Event)),
        ("date", record.published.is_some()),
        ("gone", record.gone_since.is_some()),
        ("sure", facts.certainty() == Some(Certainty::Sure)),
        ("likely", facts.certainty() == Some(Certainty::Likely)),
    ]
    .into_iter()
    .filter_map(|(word, had)| had.then_some(word))
}
