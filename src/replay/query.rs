//! What a request asks for, from its path and fields.

use axum::http::{HeaderMap, Uri};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;
use url::Url;

/// How a time stands in the addresses of web archives.
pub const STAMP: &str = "%Y%m%d%H%M%S";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Start,
    /// An address that a person typed.
    Look(String),
    TimeMap(Url),
    TimeGate {
        url: Url,
        at: Option<Timestamp>,
    },
    /// The field Accept-Datetime cannot be read (RFC 7089 §4.5.3).
    BadDate,
    Memento {
        url: Url,
        at: Timestamp,
        form: Form,
    },
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With the bar, links led to this server.
    Shown,
    /// The bytes as they came.
    Original,
}

impl Asked {
    pub fn read(uri: &Uri, headers: &HeaderMap) -> Self {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        if path == "/" {
            return Self::Start;
        }
        if let Some(query) = path.strip_prefix("/?url=") {
            let typed = url::form_urlencoded::parse(format!("url={query}").as_bytes()).next().map(|(_, value)| value.into_owned());
            return typed.map_or(Self::Unknown, Self::Look);
        }
        if let Some(url) = path.strip_prefix("/timemap/link/") {
            return address(url).map_or(Self::Unknown, Self::TimeMap);
        }
        if let Some(url) = path.strip_prefix("/timegate/") {
            let at =
                headers.get("accept-datetime").map(|at| at.to_str().ok().and_then(|at| DateTimeParser::new().parse_timestamp(at).ok()));
            return match (address(url), at) {
                (_, Some(None)) => Self::BadDate,
                (Some(url), at) => Self::TimeGate { url, at: at.flatten() },
                (None, _) => Self::Unknown,
            };
        }
        memento(path).unwrap_or(Self::Unknown)
    }
}

/// `/20240501100000id_/http://…`; a shorter time is filled up.
fn memento(path: &str) -> Option<Asked> {
    let (time, url) = path.strip_prefix('/')?.split_once('/')?;
    let digits = time.trim_end_matches("id_");
    if digits.len() < 4 || digits.len() > 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let filled = format!("{digits}{}", &"00000101000000"[digits.len()..]);
    let at = DateTime::strptime(STAMP, filled).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let form = if digits.len() == time.len() { Form::Shown } else { Form::Original };
    Some(Asked::Memento { url: address(url)?, at, form })
}

/// An address, its scheme left out by whoever types; browsers join the two slashes of a scheme.
fn address(text: &str) -> Option<Url> {
    let text = match text.split_once(":/") {
        Some((scheme @ ("http" | "https"), rest)) => format!("{scheme}://{}", rest.trim_start_matches('/')),
        _ => format!("http://{text}"),
    };
    let mut url = Url::parse(&text).ok()?;
    url.set_fragment(None);
    url.has_host().then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Asked {
        Asked::read(&path.parse().expect("a path"), &HeaderMap::new())
    }

    #[test]
    fn times_of_any_length_and_forms() {
        let url: Url = "http://mesto.test/a?b=c".parse().expect("an address");
        let at = |text: &str| text.parse().expect("a moment");
        let memento = |at, form| Asked::Memento { url: url.clone(), at, form };
        assert_eq!(read("/20240501100000/http://mesto.test/a?b=c"), memento(at("2024-05-01T10:00:00Z"), Form::Shown));
        assert_eq!(read("/2024id_/http:/mesto.test/a?b=c"), memento(at("2024-01-01T00:00:00Z"), Form::Original));
        assert_eq!(read("/timemap/link/mesto.test/a?b=c"), Asked::TimeMap(url.clone()));
        assert_eq!(read("/?url=http%3A%2F%2Fmesto.test%2F%C5%BE"), Asked::Look("http://mesto.test/ž".to_owned()));
        for path in ["/x", "/20/http://a/", "/2024x/http://a/", "/20241399/http://a/", "/timegate/"] {
            assert_eq!(read(path), Asked::Unknown, "{path}");
        }
    }

    #[test]
    fn a_date_that_cannot_be_read_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert("accept-datetime", "yesterday".parse().expect("a field"));
        let path = "/timegate/http://mesto.test/".parse().expect("a path");
        assert_eq!(Asked::read(&path, &headers), Asked::BadDate);
    }
}
