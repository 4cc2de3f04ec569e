//! What files of others leave open: transfer codings kept, outcomes and purposes untold.
//!
//! GNU Wget, Heritrix and browsers' recorders store the message as it came over the wire, chunked framing
//! included (RFC 9112 §7.1). Ours never do, so only `replay_file` looks through these glasses.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::visit::outcome::{self, Asked, Truncation};
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

/// What follows from an exchange of which nothing else is told. A pause that it asked for is over.
pub(super) fn outcome(url: &Url, at: Timestamp, exchange: &Exchange) -> Outcome {
    let cut = exchange.truncated.then_some(Truncation::Connection);
    outcome::of(exchange, cut, Asked { url, at, backoff: Duration::ZERO })
}

/// What can be told of the purpose from the address alone.
pub(super) fn purpose(url: &Url) -> Purpose {
    if url.path() == "/robots.txt" { Purpose::Robots } else { Purpose::Detail }
}
