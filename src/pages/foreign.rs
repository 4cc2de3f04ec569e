//! What files of others leave open: transfer codings kept, outcomes and purposes untold.
//!
//! GNU Wget, Heritrix and browsers' recorders store the message as it came over the wire, chunked framing
//! included (RFC 9112 §7.1). Ours never do, so only `replay_file` looks through these glasses.

use jiff::Timestamp;
use url::Url;

use crate::visit::{Exchange, Outcome, Purpose};

/// Takes chunked framing off, and renames the field that announced it.
pub(super) fn unchunk(exchange: &mut Exchange) {
    let chunked = exchange.header("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    if let Some(body) = chunked.then(|| chunks(&exchange.body)).flatten() {
        exchange.body = body;
        let name = b"transfer-encoding";
        let at = exchange.head.windows(name.len()).position(|word| word.eq_ignore_ascii_case(name));
        if let Some(at) = at {
            exchange.head.splice(at..at, *b"X-Archive-Orig-");
        }
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

/// What follows from an exchange of which nothing else is told.
pub(super) fn outcome(url: &Url, at: Timestamp, exchange: &Exchange) -> Outcome {
    match exchange.status {
        200 if exchange.truncated => Outcome::Failed { why: "the body was cut".to_owned(), again: true },
        200 => Outcome::Page,
        304 => Outcome::NotModified,
        404 | 410 => Outcome::Gone,
        429 | 503 => Outcome::Busy { until: at },
        status @ (301 | 302 | 303 | 307 | 308) => match exchange.header("location").and_then(|to| url.join(&to).ok()) {
            Some(to) => Outcome::Moved { to, permanent: matches!(status, 301 | 308) },
            None => Outcome::Failed { why: format!("status {status} without a usable Location"), again: false },
        },
        status => Outcome::Failed { why: format!("status {status}"), again: status >= 500 },
    }
}

/// What can be told of the purpose from the address alone.
pub(super) fn purpose(url: &Url) -> Purpose {
    if url.path() == "/robots.txt" { Purpose::Robots } else { Purpose::Detail }
}
