//! What a visit is beside its bytes, as the fields of a `metadata` record, and back.
//!
//! Purpose, origin and outcome, in words a person can read. The outcome is written, not guessed again
//! from the status on reading: a rebuild by a later program sees what this one saw. The header of a 304
//! lies here too, because replay tools serve the older page only if the revisit's block is empty.

use std::net::IpAddr;

use jiff::Timestamp;
use url::Url;

use super::fields::{Fields, unescape};
use super::reader::Record;
use super::{Context, Stored};
use crate::visit::{Exchange, Outcome, Purpose, Refusal, Visit};

/// `apart`: the response's head has no record of its own and is told here.
pub(super) fn fields(visit: &Visit, context: &Context<'_>, apart: bool) -> Fields {
    let mut fields = Fields::default();
    fields.push("purpose", visit.purpose.name());
    if let Some(via) = context.via {
        fields.push("via", via.as_str());
    }
    push_outcome(&mut fields, &visit.outcome);
    match &visit.exchange {
        None => fields.push("exchange", "none"),
        Some(exchange) if apart => {
            for line in lines(&exchange.head) {
                fields.push_bytes("http-head", line);
            }
        }
        Some(_) => {}
    }
    fields
}

fn push_outcome(fields: &mut Fields, outcome: &Outcome) {
    let (name, until, why) = match outcome {
        Outcome::Page => ("page", None, None),
        Outcome::NotModified => ("not-modified", None, None),
        Outcome::Gone => ("gone", None, None),
        Outcome::Moved { to, permanent } => {
            fields.push("moved-to", to.as_str());
            fields.push("moved-permanently", permanent.to_string());
            ("moved", None, None)
        }
        Outcome::Busy { until } => ("busy", Some(until), None),
        Outcome::Refused(Refusal::Robots(why)) => ("refused-robots", None, Some(why)),
        Outcome::Refused(Refusal::Scope(why)) => ("refused-scope", None, Some(why)),
        Outcome::Refused(Refusal::Address(why)) => ("refused-address", None, Some(why)),
        Outcome::Refused(Refusal::Pause(until)) => ("refused-pause", Some(until), None),
        Outcome::Failed { why, again } => (if *again { "failed-for-now" } else { "failed" }, None, Some(why)),
    };
    fields.push("outcome", name);
    if let Some(until) = until {
        fields.push("until", until.to_string());
    }
    if let Some(why) = why {
        fields.push_bytes("why", why.as_bytes());
    }
}

/// The outcome as told; `None` if these are no fields of ours.
pub(super) fn outcome(fields: &Fields) -> Option<Outcome> {
    let until = || fields.get("until").and_then(|until| until.parse::<Timestamp>().ok());
    let why = || fields.text("why");
    Some(match fields.get("outcome")? {
        "page" => Outcome::Page,
        "not-modified" => Outcome::NotModified,
        "gone" => Outcome::Gone,
        "moved" => Outcome::Moved { to: fields.get("moved-to")?.parse().ok()?, permanent: fields.get("moved-permanently") == Some("true") },
        "busy" => Outcome::Busy { until: until()? },
        "refused-robots" => Outcome::Refused(Refusal::Robots(why()?)),
        "refused-scope" => Outcome::Refused(Refusal::Scope(why()?)),
        "refused-address" => Outcome::Refused(Refusal::Address(why()?)),
        "refused-pause" => Outcome::Refused(Refusal::Pause(until()?)),
        "failed-for-now" => Outcome::Failed { why: why()?, again: true },
        "failed" => Outcome::Failed { why: why()?, again: false },
        _ => return None,
    })
}

pub(super) fn purpose(fields: &Fields) -> Option<Purpose> {
    fields.get("purpose").and_then(Purpose::named)
}

/// The page that named the address.
pub(super) fn via(fields: &Fields) -> Option<Url> {
    fields.get("via").and_then(|via| via.parse().ok())
}

/// The head that `tell` was given apart.
pub(super) fn head(fields: &Fields) -> Option<Vec<u8>> {
    let lines: Vec<_> = fields.all("http-head").map(unescape).collect();
    (!lines.is_empty()).then(|| [lines.join(&b"\r\n"[..]), b"\r\n\r\n".to_vec()].concat())
}

/// The lines of a head without its final empty one.
fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = head.strip_suffix(b"\r\n\r\n").or(Some(head));
    std::iter::from_fn(move || {
        let line = rest?;
        let end = line.windows(2).position(|pair| pair == b"\r\n");
        rest = end.map(|end| &line[end + 2..]);
        Some(end.map_or(line, |end| &line[..end]))
    })
}

/// A response record as a page; the text of the error says what is amiss.
pub(super) fn stored(record: &Record) -> Result<Stored, String> {
    if record.kind() != "response" {
        return Err(format!("a {:?} record is no page", record.kind()));
    }
    Ok(Stored { url: target(record)?, at: date(record)?, exchange: exchange(record, Vec::new())? })
}

/// Head and body of a response (or of a revisit that repeats the head).
pub(super) fn exchange(record: &Record, request: Vec<u8>) -> Result<Exchange, String> {
    let end = head_end(&record.block).ok_or("the response has no end of its header")?;
    let (head, body) = record.block.split_at(end);
    let status = status(head).ok_or("the response has no status")?;
    let ip = ip(record);
    let truncated = record.kind() == "response" && record.header.get("WARC-Truncated").is_some();
    Ok(Exchange { request, status, head: head.to_vec(), body: body.to_vec(), ip, truncated })
}

pub(super) fn ip(record: &Record) -> Option<IpAddr> {
    record.header.get("WARC-IP-Address").and_then(|ip| ip.parse().ok())
}

pub(super) fn target(record: &Record) -> Result<Url, String> {
    let text = record.header.get("WARC-Target-URI").ok_or("the record names no address")?;
    // WARC 1.0 was read by some, GNU Wget among them, to want angle brackets.
    let text = text.trim_start_matches('<').trim_end_matches('>');
    text.parse().map_err(|error| format!("{text:?} is no address: {error}"))
}

pub(super) fn date(record: &Record) -> Result<Timestamp, String> {
    let text = record.header.get("WARC-Date").ok_or("the record has no date")?;
    text.parse().map_err(|error| format!("{text:?} is no date: {error}"))
}

/// Where the body begins: after the first empty line.
pub(super) fn head_end(block: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += block[at..].iter().position(|byte| *byte == b'\n')? + 1;
        let rest = &block[at..];
        if rest.starts_with(b"\n") {
            return Some(at + 1);
        }
        if rest.starts_with(b"\r\n") {
            return Some(at + 2);
        }
    }
}

/// Status code of a status line (RFC 9112 §4).
pub(super) fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let code = line.split(|byte| *byte == b' ').nth(1)?;
    std::str::from_utf8(code).ok()?.trim_end().parse().ok()
}
