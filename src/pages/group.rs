//! The records of one visit, gathered until the next visit begins.
//!
//! `WARC-Concurrent-To` says which belong together, whichever of them comes first: ours put the answer last,
//! Heritrix puts it first, GNU Wget second. Without an answer there was no visit, except where a metadata
//! record says that nothing came.

use jiff::Timestamp;
use url::Url;

use super::fields::Fields;
use super::folder::{Pages, RunInfo};
use super::reader::Record;
use super::{digest, foreign, metadata};
use crate::record::PageRef;
use crate::visit::{Exchange, Visit};

#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one event lives at a time")]
pub enum Event {
    RunBegins {
        run: String,
        info: RunInfo,
    },
    Visit {
        visit: Visit,
        place: PageRef,
        via: Option<Url>,
    },
    /// The run came to its own end; after a kill this is missing.
    RunEnds {
        at: Timestamp,
        outcome: String,
    },
    /// Bytes that could not be read; at the end of a file, most likely the trace of a kill.
    Damaged {
        file: String,
        offset: u64,
        why: String,
    },
}

#[derive(Debug, Default)]
pub(super) struct Group {
    /// Names of the records and of those they say they belong to.
    names: Vec<String>,
    metadata: Fields,
    request: Vec<u8>,
    answer: Option<Record>,
}

impl Group {
    pub(super) fn owns(&self, record: &Record) -> bool {
        self.names.iter().any(|name| name == record.id() || record.header.all("WARC-Concurrent-To").any(|other| other == name))
    }

    /// Records of other kinds (resources, conversions) are no part of an exchange.
    pub(super) fn add(&mut self, record: Record) {
        let kind = record.kind().to_owned();
        if !matches!(&*kind, "metadata" | "request" | "response" | "revisit") {
            return;
        }
        self.names.extend(record.header.all("WARC-Concurrent-To").map(str::to_owned));
        self.names.push(record.id().to_owned());
        match &*kind {
            "metadata" => self.metadata = Fields::parse(&record.block),
            "request" => self.request = record.block,
            _ => self.answer = Some(record),
        }
    }

    /// The visit, if it is one over HTTP; else what is amiss, and where.
    pub(super) fn visit(self, file: &str, pages: Option<&Pages>) -> Result<Option<Event>, (u64, String)> {
        let Some(answer) = self.answer else { return Ok(None) };
        let offset = answer.offset;
        visit(file, pages, &answer, &self.metadata, self.request).map_err(|why| (offset, why))
    }
}

fn visit(file: &str, pages: Option<&Pages>, answer: &Record, metadata: &Fields, request: Vec<u8>) -> Result<Option<Event>, String> {
    let Ok(url) = metadata::target(answer) else { return Ok(None) };
    if !matches!(url.scheme(), "http" | "https") {
        return Ok(None);
    }
    let at = metadata::date(answer)?;
    let mut exchange = match metadata::head(metadata) {
        Some(head) => {
            let status = metadata::status(&head).ok_or("the response has no status")?;
            Exchange { request, status, head, body: Vec::new(), ip: metadata::ip(answer), truncated: false }
        }
        None => metadata::exchange(answer, request)?,
    };
    if pages.is_none() {
        foreign::unchunk(&mut exchange);
    }
    if answer.kind() == "revisit" && exchange.status != 304 {
        // The same bytes again: they lie where they came first.
        let (Some(pages), Some((warc, offset))) = (pages, answer.refers_to()) else { return Ok(None) };
        let first = pages.read(&PageRef { warc, offset, digest: String::new() });
        exchange.body = first.map_err(|error| error.to_string())?.exchange.body;
    }
    let digest = answer.header.get("WARC-Payload-Digest").map_or_else(|| digest::labelled(&[&exchange.body]), str::to_owned);
    let outcome = metadata::outcome(metadata).unwrap_or_else(|| foreign::outcome(&url, at, &exchange));
    let purpose = metadata::purpose(metadata).unwrap_or_else(|| foreign::purpose(&url));
    let place = PageRef { warc: file.to_owned(), offset: answer.offset, digest };
    let visit = Visit { url, purpose, at, exchange: Some(exchange), outcome };
    Ok(Some(Event::Visit { visit, place, via: metadata::via(metadata) }))
}

/// A visit that got no answer, which a metadata record tells alone.
pub(super) fn lone(file: &str, record: &Record, metadata: &Fields) -> Option<Event> {
    if metadata.get("exchange") != Some("none") {
        return None;
    }
    let url = metadata::target(record).ok()?;
    let (purpose, outcome) = (metadata::purpose(metadata)?, metadata::outcome(metadata)?);
    let visit = Visit { url, purpose, at: metadata::date(record).ok()?, exchange: None, outcome };
    let place = PageRef { warc: file.to_owned(), offset: record.offset, digest: String::new() };
    Some(Event::Visit { visit, place, via: metadata::via(metadata) })
}
