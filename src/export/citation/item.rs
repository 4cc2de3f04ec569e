//! What every style of citation says of a notice, gathered once.
//!
//! Refuses: what a record does not say, such as an author within the institution.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::export::metadata::GENERATOR;
use crate::export::{Exported, Metadata};

/// Each text but the summary is one line: most styles have a line a field, and no address could begin another.
pub(super) struct Citation<'a> {
    pub id: Cow<'a, str>,
    pub publisher: String,
    pub title: Cow<'a, str>,
    pub published: Option<Date>,
    /// When the page was fetched that was read.
    pub accessed: Timestamp,
    pub url: Cow<'a, str>,
    pub language: Option<Cow<'a, str>>,
    pub summary: Option<&'a str>,
    pub version: u32,
    /// `sha1:` and base 32.
    pub digest: Cow<'a, str>,
    pub gone_since: Option<Timestamp>,
}

impl<'a> Citation<'a> {
    pub fn of(exported: &'a Exported, metadata: &Metadata) -> Self {
        let record = &exported.record;
        Self {
            id: line(&record.id.0),
            publisher: line(&metadata.publisher(record)).into_owned(),
            title: line(&record.title),
            published: record.published,
            accessed: exported.captured.or(record.changed_at).unwrap_or(record.first_seen),
            url: line(&record.url),
            language: record.facts.lang.as_deref().map(line),
            summary: record.summary.as_deref(),
            version: record.version,
            digest: line(&record.page.digest),
            gone_since: record.gone_since,
        }
    }

    /// The day on which the page was fetched, UTC.
    pub fn accessed_on(&self) -> Date {
        day(self.accessed)
    }

    /// The archived page, in English, for fields of remarks.
    pub fn archived(&self) -> String {
        let gone = self.gone_since.map_or_else(String::new, |since| format!("; gone from the site since {}", day(since)));
        format!(
            "archived {}, {}, record {}, version {}, {GENERATOR}{gone}",
            self.accessed.strftime("%FT%TZ"),
            self.digest,
            self.id,
            self.version
        )
    }
}

pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The text on one line, without characters that steer.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        Cow::Owned(text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}
