//! The page of an entry: no bytes panic, its day is none of the future, and what it gives is text.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use twindex::config::Selectors;
use twindex::extract::{Entry, Page, article};
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let url = Url::parse("http://mesto.test/aktuality/1").expect("an address");
    // The first line is the title by which the listing named the entry.
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let entry = Entry { title: String::from_utf8_lossy(&bytes[..end]).into_owned(), ..Entry::default() };
    let page = Page { url: &url, content_type: Some("text/html"), bytes: &bytes[end..], seen: date(2026, 3, 1) };
    let read = article::read(&page, &entry, &Selectors::default());
    assert!(read.published.is_none_or(|day| day <= date(2026, 3, 2)), "{:?}", read.published);
    assert!(read.body.is_none_or(|body| !body.trim().is_empty()));
    assert!(read.canonical.is_none_or(|canonical| canonical.host_str().is_some()));
    let _whole = article::plain(&page);
});
