//! What files of others leave open: transfer codings kept, outcomes and purposes untold.
//!
//! GNU Wget, Heritrix and browsers' recorders store the message as it came over the wire, chunked framing
//! included (RFC 9112 §7.1). Ours never do, so only `replay_file` looks through these glasses.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::reader::Record;
use super::{Stored, metadata};
use crate::visit::outcome::{self, Asked, Truncation};
use crate::visit::{Exchange, Outcome, Purpose};

/// Takes chunked framing off, and renames the field that announced it.
pub(super) fn unchunk(exchange: &mut Exchange) {
    let chunked = exchange.header("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    if let Some(body) = chunked.then(|| chunks(&exchange.body)).flatten() {
        exchange.body = body;
        rename(exchange, b"transfer-encoding");
    }
}

/// A record of others as a page.
pub(super) fn stored(record: &Record) -> Result<Stored, String> {
    if !matches!(record.kind(), "response" | "resource") {
        return Err(format!("a {:?} record is no page", record.kind()));
    }
    Ok(Stored { url: metadata::target(record)?, at: metadata::date(record)?, exchange: exchange(record)? })
}

/// The exchange of a response as an honest server would have sent it; a resource is an answer without a head.
pub(super) fn exchange(record: &Record) -> Result<Exchange, String> {
    if record.kind() == "resource" {
        let mut exchange = bare_head("200 OK", record.header.get("Content-Type"));
        exchange.body.clone_from(&record.block);
        return Ok(exchange);
    }
    let mut exchange = metadata::exchange(record, Vec::new())?;
    unchunk(&mut exchange);
    name_coding(&mut exchange);
    Ok(exchange)
}

/// A head that says no more than it must.
pub(super) fn bare_head(status: &str, content_type: Option<&str>) -> Exchange {
    let content_type = content_type.map(|kind| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
    let head = format!("HTTP/1.1 {status}\r\n{content_type}\r\n").into_bytes();
    let status = metadata::status(&head).unwrap_or_default();
    Exchange { request: Vec::new(), status, head, body: Vec::new(), ip: None, truncated: false }
}

/// Some tools unpack the body and leave the field that says how it was packed: the field is renamed then.
fn name_coding(exchange: &mut Exchange) {
    let packed = exchange.header("content-encoding").is_some_and(|coding| {
        let coding = coding.to_ascii_lowercase();
        let zlib = exchange.body.first().is_some_and(|first| first & 0x0f == 8);
        (coding == "gzip" && !exchange.body.starts_with(&[0x1f, 0x8b])) || (coding == "deflate" && !zlib)
    });
    if packed && !exchange.body.is_empty() {
        rename(exchange, b"content-encoding");
    }
}

/// Keeps a field for people under a name that programs do not know.
fn rename(exchange: &mut Exchange, name: &[u8]) {
    let at = exchange.head.windows(name.len()).position(|word| word.eq_ignore_ascii_case(name));
    if let Some(at) = at {
        exchange.head.splice(at..at, *b"X-Archive-Orig-");
    }
}

/// The payload; `None` if this is no chunked body (some tools have taken the framing off and kept the field).
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..length)?);
        rest = &rest[length..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

/// What follows from an exchange of which nothing else is told. A pause that it asked for is over.
pub(super) fn outcome(url: &Url, at: Timestamp, exchange: &Exchange) -> Outcome {
    let cut = exchange.truncated.then_some(Truncation::Connection);
    outcome::of(exchange, cut, Asked { url, at, backoff: Duration::ZERO })
}

/// What can be told of the purpose from the address alone.
pub(super) fn purpose(url: &Url) -> Purpose {
    if url.path() == "/robots.txt" { Purpose::Robots } else { Purpose::Detail }
}
