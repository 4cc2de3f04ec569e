//! What follows from an answer: status and header fields in, an `Outcome` out (RFC 9110 §15).
//!
//! Pure. Only a whole 200 is a page; a 304 that nobody asked for matches nothing and is a failure.
//! Retry-After is read in all its forms (§10.2.3, the three dates of §5.6.7) and believed for a day at most.

use std::time::Duration;

use jiff::{Timestamp, civil::DateTime, fmt::rfc2822, tz::TimeZone};
use url::Url;

use super::{Exchange, Outcome, Purpose, refresh, sniff};
use crate::reference;

/// The longest pause that one answer can impose.
pub const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// Why a body ended before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truncation {
    Length,
    Time,
    Connection,
}

/// What is known besides the answer itself.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub url: &'a Url,
    pub at: Timestamp,
    /// The pause after a 429 or 503 that names none.
    pub backoff: Duration,
}

/// The outcome of an answer whose body ended as `cut` says.
pub fn of(answer: &Exchange, cut: Option<Truncation>, asked: Asked<'_>) -> Outcome {
    let failed = |why: String, again| Outcome::Failed { why, again };
    match answer.status {
        200 => match cut {
            None => Outcome::Page,
            Some(Truncation::Length) => failed(format!("the body is longer than {} bytes", answer.body.len()), false),
            Some(Truncation::Time) => failed("the body did not end in time".into(), true),
            Some(Truncation::Connection) => failed("the connection broke in the body".into(), true),
        },
        304 if conditional(&answer.request) => Outcome::NotModified,
        304 => failed("304 to a request without conditions".into(), true),
        status @ (301 | 302 | 303 | 307 | 308) => match target(answer, asked.url) {
            Some(to) => Outcome::Moved { to, permanent: matches!(status, 301 | 308) },
            None => failed(format!("status {status} without a usable Location"), false),
        },
        404 | 410 => Outcome::Gone,
        429 | 503 => {
            let until = answer.header("retry-after").and_then(|value| retry_after(&value, asked.at));
            Outcome::Busy { until: until.unwrap_or_else(|| later(asked.at, asked.backoff)) }
        }
        status => failed(format!("status {status}"), status >= 500 || matches!(status, 408 | 425)),
    }
}

/// A page that cannot be unpacked is none, nor is one without a byte or one that says it is HTML and is no text: kept as
/// a page, it would stand for what the site has, and its validators would keep it for ever. A page that sends its reader on
/// at once is a redirect.
pub fn readable(outcome: Outcome, answer: &Exchange, question: (&Url, Purpose), cap: u64) -> Outcome {
    let (url, purpose) = question;
    if outcome != Outcome::Page || purpose == Purpose::Robots {
        return outcome;
    }
    match answer.decoded(cap) {
        Ok(content) if content.is_empty() => Outcome::Failed { why: "the body is empty".into(), again: true },
        Ok(content) if purpose != Purpose::Attachment && sniff::is_rubbish(&content, answer.header("content-type").as_deref()) => {
            Outcome::Failed { why: "the body is said to be HTML and is no text".into(), again: true }
        }
        Ok(content) if purpose != Purpose::Attachment => match refresh::target(&content, url) {
            Some(to) => Outcome::Moved { to, permanent: false },
            None => Outcome::Page,
        },
        Ok(_) => Outcome::Page,
        Err(fault) => Outcome::Failed { again: fault.ends_early, why: fault.why },
    }
}

/// The request carried If-None-Match or If-Modified-Since; one of which nothing is known may have.
fn conditional(request: &[u8]) -> bool {
    request.is_empty() || request.split(|b| *b == b'\n').any(|line| line.starts_with(b"If-"))
}

fn target(answer: &Exchange, base: &Url) -> Option<Url> {
    let value = location(&answer.head).filter(|value| !value.is_empty())?;
    // Bytes beyond ASCII are passed on as they came, in whatever charset the server writes its paths.
    let value: String = value.iter().map(|b| if b.is_ascii() { char::from(*b).to_string() } else { format!("%{b:02X}") }).collect();
    let mut to = reference::resolve(base, &value).ok()?;
    to.set_fragment(None);
    Some(to)
}

fn location(head: &[u8]) -> Option<&[u8]> {
    head.split(|b| *b == b'\n').find_map(|line| {
        let (name, value) = line.split_at_checked(b"location:".len())?;
        name.eq_ignore_ascii_case(b"location:").then(|| value.trim_ascii())
    })
}

/// The moment a Retry-After names, between now and a day from now.
fn retry_after(value: &str, now: Timestamp) -> Option<Timestamp> {
    let until = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        later(now, Duration::from_secs(value.parse().unwrap_or(u64::MAX)).min(LONGEST_PAUSE))
    } else {
        http_date(value)?
    };
    Some(until.clamp(now, later(now, LONGEST_PAUSE)))
}

/// Any of the three dates of RFC 9110 §5.6.7.
fn http_date(value: &str) -> Option<Timestamp> {
    if let Ok(found) = rfc2822::DateTimeParser::new().parse_timestamp(value) {
        return Some(found);
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| DateTime::strptime(form, value).ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp()))
}

/// The moment that much later; the last representable one if there is none.
pub fn later(now: Timestamp, pause: Duration) -> Timestamp {
    now.checked_add(pause).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_field_panics(status in 100..1000_u16, field in prop_oneof![Just("Location"), Just("Retry-After")], value in proptest::collection::vec(any::<u8>(), 0..40)) {
            let head = [b"HTTP/1.1 200 OK\r\n", field.as_bytes(), b": ", value.as_slice(), b"\r\n\r\n"].concat();
            let answer = Exchange { request: vec![], status, head, body: vec![], ip: None, truncated: false };
            let url = Url::parse("http://mesto.cz/").expect("an address");
            let outcome = of(&answer, None, Asked { url: &url, at: noon(), backoff: Duration::from_secs(30) });
            let shown = match outcome {
                Outcome::Moved { to, .. } => to.to_string(),
                Outcome::Failed { why, .. } => why,
                _ => String::new(),
            };
            prop_assert!(!shown.contains(|c: char| c.is_control()), "{:?}", shown);
        }
    }

    fn outcome(status: u16, fields: &str, cut: Option<Truncation>, conditional: bool) -> Outcome {
        let head = format!("HTTP/1.1 {status} X\r\n{fields}\r\n").into_bytes();
        let request = if conditional { &b"GET / HTTP/1.1\r\nIf-None-Match: x\r\n\r\n"[..] } else { b"GET / HTTP/1.1\r\n\r\n" }.to_vec();
        let answer = Exchange { request, status, head, body: vec![], ip: None, truncated: cut.is_some() };
        let url = Url::parse("http://mesto.cz/a/b?c").expect("an address");
        of(&answer, cut, Asked { url: &url, at: noon(), backoff: Duration::from_secs(30) })
    }

    fn noon() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().expect("a moment")
    }

    fn busy(fields: &str) -> i64 {
        match outcome(503, fields, None, false) {
            Outcome::Busy { until } => until.as_second() - noon().as_second(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_a_whole_200_is_a_page() {
        assert_eq!(outcome(200, "", None, false), Outcome::Page);
        assert!(matches!(outcome(200, "", Some(Truncation::Connection), false), Outcome::Failed { again: true, .. }));
        assert!(matches!(outcome(200, "", Some(Truncation::Time), false), Outcome::Failed { again: true, .. }));
        assert!(matches!(outcome(200, "", Some(Truncation::Length), false), Outcome::Failed { again: false, .. }));
        for status in [204, 206, 300, 418, 999] {
            assert!(matches!(outcome(status, "", None, false), Outcome::Failed { .. }), "{status}");
        }
    }

    #[test]
    fn a_page_that_cannot_be_unpacked_is_none() {
        let answer = |coding: &str, body: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n").into_bytes();
            let answer = Exchange { request: vec![], status: 200, head, body: body.to_vec(), ip: None, truncated: false };
            readable(Outcome::Page, &answer, (&Url::parse("http://mesto.cz/").expect("an address"), Purpose::Detail), 4)
        };
        for coding in ["identity", "gzip", "none", "x-own"] {
            assert_eq!(answer(coding, b"text"), Outcome::Page, "{coding}: not packed at all");
        }
        let torn: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x2b";
        let bodies = [
            ("identity", &b"texts"[..], false),
            ("br", b"text", false),
            ("gzip", b"", true),
            ("gzip", torn, true),
            ("", b"\0\x01\x02", true),
        ];
        for (coding, body, retryable) in bodies {
            assert!(matches!(answer(coding, body), Outcome::Failed { again, .. } if again == retryable), "{coding} {body:?}");
        }
    }

    #[test]
    fn a_304_answers_conditions_alone() {
        assert_eq!(outcome(304, "", None, true), Outcome::NotModified);
        assert!(matches!(outcome(304, "", None, false), Outcome::Failed { .. }));
    }

    #[test]
    fn a_location_is_resolved_and_loses_its_fragment() {
        let moved = |location: &str| match outcome(302, &format!("Location: {location}\r\n"), None, false) {
            Outcome::Moved { to, permanent: false } => to.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(moved("../x?y=1#z"), "http://mesto.cz/x?y=1");
        assert_eq!(moved("///jine.cz/z"), "http://jine.cz/z");
        assert_eq!(moved("//jine.cz/ž"), "http://jine.cz/%C5%BE");
        assert_eq!(moved("http://mesto-ž.cz/"), "http://xn--mesto--8pb.cz/");
        assert!(moved("http://").contains("Failed") && moved("").contains("Failed"));
        assert!(matches!(outcome(308, "location: /\r\n", None, false), Outcome::Moved { permanent: true, .. }));
        assert!(matches!(outcome(301, "", None, false), Outcome::Failed { again: false, .. }));
    }

    #[test]
    fn a_location_in_an_old_charset_keeps_its_bytes() {
        let head = b"HTTP/1.1 301 X\r\nLocation: /p\xf8\xedloha\r\n\r\n".to_vec();
        let answer = Exchange { request: vec![], status: 301, head, body: vec![], ip: None, truncated: false };
        let base = Url::parse("http://mesto.cz/").expect("an address");
        assert_eq!(target(&answer, &base).expect("an address").as_str(), "http://mesto.cz/p%F8%EDloha");
    }

    #[test]
    fn retry_after_in_all_its_forms() {
        assert_eq!(busy("Retry-After: 90\r\n"), 90);
        for date in ["Sun, 01 Mar 2026 12:02:00 GMT", "Sunday, 01-Mar-26 12:02:00 GMT", "Sun Mar  1 12:02:00 2026"] {
            assert_eq!(busy(&format!("Retry-After: {date}\r\n")), 120, "{date}");
        }
        assert_eq!(busy("Retry-After: Sun, 01 Mar 2020 12:02:00 GMT\r\n"), 0);
        assert_eq!(busy("Retry-After: 99999999999999999999999\r\n"), 86_400);
        assert_eq!(busy("Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n"), 86_400);
        for nonsense in ["", "Retry-After:\r\n", "Retry-After: soon\r\n", "Retry-After: -5\r\n", "Retry-After: 1e3\r\n"] {
            assert_eq!(busy(nonsense), 30, "{nonsense}");
        }
    }
}
