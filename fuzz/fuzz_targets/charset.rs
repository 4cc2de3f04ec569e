//! Charsets: a page's text is bounded by its bytes, reads the same once it is UTF-8, and comes back from the charset it is named in.
#![no_main]

use encoding_rs::{Encoding, ISO_8859_2, UTF_8, WINDOWS_1250, WINDOWS_1251};
use libfuzzer_sys::fuzz_target;
use twindex::extract::page::decode;

const NAMED: [&Encoding; 4] = [UTF_8, WINDOWS_1250, ISO_8859_2, WINDOWS_1251];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    // Half of the runs leave the charset to the page.
    let named = NAMED[usize::from(*first) % 4];
    let content_type = format!("text/html; charset={}", named.name());
    let content_type = (*first < 128).then_some(content_type.as_str());
    let read = decode(rest, content_type).text;
    // A byte is three bytes of UTF-8 at most in any charset of the standard, and what is cut off at the end is one mark more.
    assert!(read.len() <= 3 * rest.len() + 3, "{} bytes are {}", rest.len(), read.len());
    // Zeros look like UTF-16, and a mark of the byte order is none of the text.
    if !read.contains('\0') && !read.starts_with('\u{feff}') {
        assert_eq!(decode(read.as_bytes(), Some("text/html; charset=utf-8")).text, read);
    }
    comes_back(&read, named);
});

/// Letters of Czech that the charset has: text of them is never taken for another charset than the one it is named in.
fn comes_back(text: &str, named: &'static Encoding) {
    let plain: String =
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ' || "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ".contains(*c)).collect();
    let (bytes, _, lost) = named.encode(&plain);
    // Four letters that are whole UTF-8 as well speak for that: `charset.rs` says so.
    if lost || (named != UTF_8 && plain.chars().any(|c| !c.is_ascii()) && std::str::from_utf8(&bytes).is_ok()) {
        return;
    }
    let content_type = format!("text/html; charset={}", named.name());
    assert_eq!(decode(&bytes, Some(&content_type)).text, plain);
}
