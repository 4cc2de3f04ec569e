//! Listings, HTML and feeds alike: no bytes panic, and each date lies in what the page may bear.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use twindex::config::Selectors;
use twindex::extract::{Page, listing};
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let url = Url::parse("http://mesto.test/aktuality").expect("an address");
    let kind = [None, Some("text/html"), Some("application/rss+xml"), Some("text/html; charset=windows-1250")][bytes.len() % 4];
    let seen = date(2026, 3, 1);
    let read = listing::read(&Page { url: &url, content_type: kind, bytes, seen }, &Selectors::default());
    for entry in read.entries {
        assert!(entry.published.is_none_or(|day| day <= date(2026, 3, 2)), "{:?}", entry.published);
    }
});
