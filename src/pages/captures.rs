//! What a file of others holds: exchanges and resources of the web, in the order of the file.
//!
//! GNU Wget, warcio (Scrapy), Browsertrix and Heritrix differ in what stands beside an answer; only the answer counts here.
//! A revisit is a capture whose bytes lie elsewhere, often in another file: it says which, by digest or by address and
//! date, and whoever holds all files can find them. Digests are reckoned anew, because tools disagree on what they are of.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use jiff::Timestamp;
use url::Url;

use super::reader::{Broken, Reader, Record};
use super::{Error, Pages, digest, foreign, metadata, replay};
use crate::record::PageRef;
use crate::visit::{Exchange, Outcome, Visit};

/// One capture, without its body.
#[derive(Clone, Debug)]
pub struct Capture {
    pub visit: Visit,
    /// Where its record lies; the digest is of the body as sent, empty for a revisit.
    pub place: PageRef,
    /// `WARC-Payload-Digest` as the tool has it.
    pub claimed: Option<String>,
    pub revisits: Option<Original>,
}

/// What a revisit says of the capture that had the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Original {
    pub url: Option<String>,
    pub at: Option<Timestamp>,
}

#[derive(Debug)]
pub enum CaptureEvent {
    Capture(Box<Capture>),
    Damaged { offset: u64, why: String },
}

/// Iterates over the captures of one file.
#[derive(Debug)]
pub struct Captures {
    path: PathBuf,
    name: String,
    reader: Option<Reader<BufReader<File>>>,
}

impl Pages {
    /// The captures of a file of others.
    pub fn captures(&self, file: &str) -> Result<Captures, Error> {
        let path = self.path(file);
        Ok(Captures { reader: Some(replay::open(&path, 0)?), path, name: file.to_owned() })
    }
}

impl Captures {
    fn step(&mut self) -> Result<Option<CaptureEvent>, Error> {
        while let Some(reader) = &mut self.reader {
            match reader.next() {
                Ok(Some(record)) => match capture(&self.name, &record) {
                    Ok(None) => {}
                    Ok(Some(capture)) => return Ok(Some(CaptureEvent::Capture(Box::new(capture)))),
                    Err((offset, why)) => return Ok(Some(CaptureEvent::Damaged { offset, why })),
                },
                Ok(None) => self.reader = None,
                Err(Broken { offset, why }) => {
                    let next = replay::next_member(&self.path, offset + 1)?;
                    self.reader = next.map(|next| replay::open(&self.path, next)).transpose()?;
                    return Ok(Some(CaptureEvent::Damaged { offset, why }));
                }
            }
        }
        Ok(None)
    }
}

impl Iterator for Captures {
    type Item = Result<CaptureEvent, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

/// `None` for what is no answer over HTTP: requests, metadata, screenshots under addresses of their own.
fn capture(file: &str, record: &Record) -> Result<Option<Capture>, (u64, String)> {
    let offset = record.offset;
    let kind = record.kind();
    if !matches!(kind, "response" | "resource" | "revisit") {
        return Ok(None);
    }
    let Ok(url) = metadata::target(record) else { return Ok(None) };
    if !matches!(url.scheme(), "http" | "https") {
        return Ok(None);
    }
    let at = metadata::date(record).map_err(|why| (offset, why))?;
    let claimed = record.header.get("WARC-Payload-Digest").map(str::to_owned);
    let revisits = (kind == "revisit").then(|| Original {
        url: record.header.get("WARC-Refers-To-Target-URI").map(str::to_owned),
        at: record.header.get("WARC-Refers-To-Date").and_then(|at| at.parse().ok()),
    });
    let mut exchange = match foreign::exchange(record) {
        Ok(exchange) => exchange,
        // The head of a revisit may be left out: it was a page then, and still is.
        Err(_) if revisits.is_some() => foreign::bare_head("200 OK", None),
        Err(why) => return Err((offset, why)),
    };
    let digest = if revisits.is_some() { String::new() } else { digest::labelled(&[&exchange.body]) };
    let outcome = outcome(&url, at, &exchange, revisits.is_some());
    exchange.body = Vec::new();
    let place = PageRef { warc: file.to_owned(), offset, digest };
    let visit = Visit { purpose: foreign::purpose(&url), url, at, exchange: Some(exchange), outcome };
    Ok(Some(Capture { visit, place, claimed, revisits }))
}

/// A revisit, "not modified" among them, is the page that it says was the same.
fn outcome(url: &Url, at: Timestamp, exchange: &Exchange, revisit: bool) -> Outcome {
    if revisit && matches!(exchange.status, 200 | 304) { Outcome::Page } else { foreign::outcome(url, at, exchange) }
}
