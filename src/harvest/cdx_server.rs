//! Another archive as its addresses tell it: where it lists captures (CDX API), where it serves them as they were.
//!
//! The Wayback Machine and pywb are known. Refuses: asking; what the answers mean.

use std::str::FromStr;

use url::Url;

use crate::pages::cdx::{self, Indexed};
use crate::visit::Exchange;

/// Where another archive lists its captures, and where it serves them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CdxServer {
    index: Url,
    replay: Url,
}

impl FromStr for CdxServer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let index: Url = text.parse().map_err(|error| format!("{text:?} is no address: {error}"))?;
        let path = index.path().trim_end_matches('/');
        let served = path.strip_suffix("/cdx/search/cdx").map(|base| format!("{base}/web/")).or_else(|| {
            // pywb serves a collection beside its index.
            path.strip_suffix("/cdx").map(|collection| format!("{collection}/"))
        });
        let served = served.filter(|_| matches!(index.scheme(), "http" | "https") && index.host().is_some()).ok_or_else(|| {
            format!("{text:?} is not the address of a CDX server: that ends in /cdx/search/cdx (Wayback Machine) or /cdx (pywb)")
        })?;
        let mut replay = index.clone();
        replay.set_path(&served);
        replay.set_query(None);
        Ok(Self { index, replay })
    }
}

impl std::fmt::Display for CdxServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.index.fmt(f)
    }
}

/// Which captures are wanted; bounds are 4 to 14 digits of a moment, both included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub from: Option<String>,
    pub to: Option<String>,
}

impl CdxServer {
    pub fn index(&self) -> &Url {
        &self.index
    }

    /// The question which captures there are of an address.
    pub fn question(&self, url: &Url, span: &Span) -> Url {
        let mut question = self.index.clone();
        question.query_pairs_mut().append_pair("url", url.as_str()).append_pair("output", "json");
        for (name, bound) in [("from", &span.from), ("to", &span.to)] {
            if let Some(bound) = bound {
                question.query_pairs_mut().append_pair(name, bound);
            }
        }
        question
    }

    /// Where a capture is served as it was (`id_`: nothing rewritten).
    pub fn original(&self, capture: &Indexed) -> Url {
        let text = format!("{}{}id_/{}", self.replay, cdx::digits(capture.at), capture.url);
        text.parse().unwrap_or_else(|_| self.replay.clone())
    }

    /// What the capture said of itself: status, type, and where it sent its readers, as it had that.
    pub fn head(&self, exchange: &Exchange) -> String {
        let line = exchange.head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let mut head = format!("{}\r\n", String::from_utf8_lossy(line).trim_end());
        for name in ["Content-Type", "ETag", "Last-Modified"] {
            if let Some(value) = exchange.header(&format!("X-Archive-Orig-{name}")).or_else(|| exchange.header(name)) {
                head.extend([name, ": ", &value, "\r\n"]);
            }
        }
        if let Some(to) = exchange.header("Location") {
            head.extend(["Location: ", self.unwrapped(&to), "\r\n"]);
        }
        head + "\r\n"
    }

    /// An address without the place of its capture before it.
    fn unwrapped<'t>(&self, address: &'t str) -> &'t str {
        let inside = address.strip_prefix(self.replay.as_str()).or_else(|| address.strip_prefix(self.replay.path()));
        let inside = inside.and_then(|rest| rest.split_once('/')).filter(|(at, _)| at.starts_with(|c: char| c.is_ascii_digit()));
        inside.map_or(address, |(_, original)| original)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_the_captures_follows_from_that_of_the_index() {
        let replay = |text: &str| text.parse::<CdxServer>().map(|server| server.replay.to_string());
        assert_eq!(replay("https://web.archive.org/cdx/search/cdx").as_deref(), Ok("https://web.archive.org/web/"));
        assert_eq!(replay("http://127.0.0.1:8080/town/cdx/").as_deref(), Ok("http://127.0.0.1:8080/town/"));
        for text in ["", "cdx", "https://web.archive.org/", "file:///town/cdx", "https://web.archive.org/cdxx"] {
            assert!(replay(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_redirect_leads_where_the_capture_had_it() {
        let server: CdxServer = "https://archive.test/town/cdx".parse().unwrap();
        for (location, want) in [
            ("https://archive.test/town/20200101000000id_/http://mesto.cz/a?b=/c", "http://mesto.cz/a?b=/c"),
            ("/town/20200101000000/http://mesto.cz/a", "http://mesto.cz/a"),
            ("http://mesto.cz/town/20200101/a", "http://mesto.cz/town/20200101/a"),
            ("/a", "/a"),
        ] {
            assert_eq!(server.unwrapped(location), want);
        }
    }
}
