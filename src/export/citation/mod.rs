//! Citations of notices, with the archived page's time and digest: what a bibliography needs to lead a reader to the words
//! that were read, also when the site has dropped them.
//!
//! A citation is gathered once; a style is a function that writes one, and what stands around them: ČSN ISO 690:2022 in Czech,
//! BibTeX, RIS, CSL-JSON. Refuses: what a record does not say, such as an author within the institution.

mod bibtex;
mod csl;
mod iso690;
mod ris;

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::metadata::GENERATOR;
use super::{Counts, Exported, Metadata, RecordWriter};

/// How citations are written.
pub(super) struct Style {
    /// Before the first, between two, after the last.
    around: [&'static str; 3],
    entry: fn(&Citation<'_>) -> String,
}

const PLAIN: [&str; 3] = ["", "", ""];
pub(super) static ISO690: Style = Style { around: PLAIN, entry: iso690::reference };
pub(super) static BIBTEX: Style = Style { around: PLAIN, entry: bibtex::entry };
pub(super) static RIS: Style = Style { around: PLAIN, entry: ris::lines };
pub(super) static CSL_JSON: Style = Style { around: ["[\n", ",\n", "\n]\n"], entry: csl::item };

pub(super) struct Bibliography<'a> {
    style: &'static Style,
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Bibliography<'a> {
    pub fn new(style: &'static Style, metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { style, metadata, out, count: 0 }
    }
}

impl RecordWriter for Bibliography<'_> {
    fn begin(&mut self) -> io::Result<()> {
        self.out.write_all(self.style.around[0].as_bytes())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let between = if self.count == 0 { "" } else { self.style.around[1] };
        self.count += 1;
        let entry = (self.style.entry)(&Citation::of(exported, self.metadata));
        self.out.write_all(between.as_bytes())?;
        self.out.write_all(entry.as_bytes())
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.out.write_all(self.style.around[2].as_bytes())?;
        Ok(Counts::of(self.count))
    }
}

/// What every style says of a notice.
struct Citation<'a> {
    id: &'a str,
    publisher: String,
    title: Cow<'a, str>,
    published: Option<Date>,
    /// When the page was fetched that was read.
    accessed: Timestamp,
    url: &'a str,
    language: Option<&'a str>,
    summary: Option<&'a str>,
    version: u32,
    /// `sha1:` and base 32.
    digest: &'a str,
    gone_since: Option<Timestamp>,
}

impl<'a> Citation<'a> {
    fn of(exported: &'a Exported, metadata: &Metadata) -> Self {
        let record = &exported.record;
        Self {
            id: &record.id.0,
            publisher: line(&metadata.publisher(record)).into_owned(),
            title: line(&record.title),
            published: record.published,
            accessed: exported.captured.or(record.changed_at).unwrap_or(record.first_seen),
            url: &record.url,
            language: record.facts.lang.as_deref(),
            summary: record.summary.as_deref(),
            version: record.version,
            digest: &record.page.digest,
            gone_since: record.gone_since,
        }
    }

    /// The day on which the page was fetched, UTC.
    fn accessed_on(&self) -> Date {
        day(self.accessed)
    }

    /// The archived page, in English, for fields of remarks.
    fn archived(&self) -> String {
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

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The text on one line, without characters that steer.
fn line(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        Cow::Owned(text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}
