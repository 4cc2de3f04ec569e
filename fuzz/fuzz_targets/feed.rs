//! Feeds, XML and JSON: no bytes panic, no day lies in the future, and a feed does not follow itself.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use twindex::config::Selectors;
use twindex::extract::{Page, listing};
use url::Url;

/// Beginnings under which any bytes are read as a feed of a kind.
const BEGINNINGS: [&str; 4] =
    ["<rss><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<rdf:RDF>", "{\"version\":\"https://jsonfeed.org/version/1.1\","];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let begun = BEGINNINGS.get(usize::from(*kind) % 8).map_or("", |begin| begin);
    let bytes = [begun.as_bytes(), rest].concat();
    let url = Url::parse("http://mesto.test/feed").expect("an address");
    let page = Page { url: &url, content_type: Some("application/xml"), bytes: &bytes, seen: date(2026, 3, 1) };
    let read = listing::read(&page, &Selectors::default());
    assert!(read.next.is_none_or(|next| next != url));
    for entry in read.entries {
        assert!(entry.published.is_none_or(|day| day <= date(2026, 3, 2)), "{:?}", entry.published);
        assert!(!entry.title.trim().is_empty());
    }
});
