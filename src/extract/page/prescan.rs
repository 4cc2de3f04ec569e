//! What the first kilobyte of a page says of its charset: the prescan of the HTML standard (§13.2.3.2).
//!
//! An XML declaration, or the first `<meta>` with `charset`, or with `http-equiv=content-type` and `content`. Comments and
//! the contents of every other tag and attribute say nothing.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Where the HTML standard looks.
const WINDOW: usize = 1024;

/// The charset that the page names for itself.
pub fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = &bytes[..bytes.len().min(WINDOW)];
    if let Some(encoding) = xml_declaration(bytes) {
        return Some(encoding);
    }
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") {
            // The two dashes that open may close as well: `<!-->`.
            at += 2 + find(&rest[2..], b"-->").map_or(rest.len(), |end| end + 3);
        } else if let Some(inside) = tag(rest, b"<meta") {
            let attributes = attributes(&rest[inside..]);
            if let Some(encoding) = meta(&attributes.found).filter(|_| attributes.closed) {
                return Some(encoding);
            }
            at += inside + attributes.length;
        } else if rest[0] == b'<' && rest.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
            let name = rest[1..].iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>').map_or(rest.len(), |end| end + 1);
            at += name + attributes(&rest[name..]).length;
        } else if rest[0] == b'<' && matches!(rest.get(1), Some(b'!' | b'?')) {
            at += find(rest, b">").map_or(rest.len(), |end| end + 1);
        } else {
            at += 1;
        }
    }
    None
}

/// Offset behind the name, if the bytes begin with this tag.
fn tag(bytes: &[u8], name: &[u8]) -> Option<usize> {
    let begins = bytes.get(..name.len())?.eq_ignore_ascii_case(name);
    let ends = bytes.get(name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    (begins && ends).then_some(name.len())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

struct Attributes {
    found: Vec<(String, String)>,
    /// Bytes up to and with the end of the tag.
    length: usize,
    /// Whether the tag ends.
    closed: bool,
}

fn attributes(bytes: &[u8]) -> Attributes {
    let skip = |at: usize, stop: &dyn Fn(u8) -> bool| bytes[at..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |n| at + n);
    let lower = |range: std::ops::Range<usize>| String::from_utf8_lossy(&bytes[range]).to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at = skip(at, &|byte| !byte.is_ascii_whitespace() && byte != b'/');
        match bytes.get(at) {
            None => return Attributes { found, length: bytes.len(), closed: false },
            Some(b'>') => return Attributes { found, length: at + 1, closed: true },
            Some(_) => {}
        }
        let end = skip(at + 1, &|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/' | b'>'));
        let name = lower(at..end);
        let equals = skip(end, &|byte| !byte.is_ascii_whitespace());
        at = end;
        let mut value = String::new();
        if bytes.get(equals) == Some(&b'=') {
            let start = skip(equals + 1, &|byte| !byte.is_ascii_whitespace());
            let quote = bytes.get(start).copied().filter(|byte| matches!(byte, b'"' | b'\''));
            if let Some(quote) = quote {
                let end = skip(start + 1, &|byte| byte == quote);
                value = lower(start + 1..end);
                at = (end + 1).min(bytes.len());
            } else {
                at = skip(start, &|byte| byte.is_ascii_whitespace() || byte == b'>');
                value = lower(start..at);
            }
        }
        if !found.iter().any(|(known, _)| *known == name) {
            found.push((name, value));
        }
    }
}

/// The charset of a `<meta>`; UTF-16 there means UTF-8, as the standard says.
fn meta(attributes: &[(String, String)]) -> Option<&'static Encoding> {
    let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let named = match value("charset") {
        Some(name) => Encoding::for_label(name.trim().as_bytes()),
        None if value("http-equiv") == Some("content-type") => value("content").and_then(parameter),
        None => None,
    };
    named.map(readable)
}

/// What a page read so far in ASCII cannot be is not believed.
fn readable(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    }
}

/// `charset=` of a `Content-Type` value.
pub fn parameter(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let rest = &lower[lower.find("charset")? + "charset".len()..];
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let bare = |c: &char| c.is_ascii_alphanumeric() || "-_:.".contains(*c);
    let name: String = rest.trim_start_matches(['"', '\'']).chars().take_while(bare).collect();
    Encoding::for_label(name.as_bytes())
}

/// `<?xml version="1.0" encoding="…"?>` at the very beginning.
fn xml_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let rest = bytes.strip_prefix(b"<?xml")?;
    let declaration = &rest[..find(rest, b"?>")?];
    let attributes = attributes(declaration).found;
    let (_, name) = attributes.iter().find(|(name, _)| name == "encoding")?;
    Encoding::for_label(name.trim().as_bytes()).map(readable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_standard_asks_decides() {
        for (head, want) in [
            ("<!doctype html><meta charset=windows-1250>", Some("windows-1250")),
            ("<META CHARSET='ISO-8859-2'/>", Some("ISO-8859-2")),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">", Some("ISO-8859-2")),
            ("<meta content=\"text/html; charset=iso-8859-2\" http-equiv=Content-Type>", Some("ISO-8859-2")),
            ("<!-- <meta charset=utf-8> --><meta charset=windows-1250>", Some("windows-1250")),
            ("<!--><meta charset=windows-1250>-->", Some("windows-1250")),
            ("<meta name=description content=\"charset=utf-8\"><meta charset=windows-1250>", Some("windows-1250")),
            ("<link title='<meta charset=utf-8>'><meta charset=windows-1250>", Some("windows-1250")),
            ("<meta charset=utf-16le>", Some("UTF-8")),
            ("<?xml version='1.0' encoding='windows-1250'?><rss>", Some("windows-1250")),
            ("<?php x ?><meta charset=koi8-u>", Some("KOI8-U")),
            ("<metadata charset=utf-8>", None),
            ("<meta charset=nonsense>", None),
            ("<!-- <meta charset=utf-8>", None),
            ("<meta charset=\"utf-8", None),
            ("<p>charset=utf-8</p>", None),
            ("", None),
        ] {
            assert_eq!(prescan(head.as_bytes()).map(Encoding::name), want, "{head}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(text in "(<meta |<!--|-->|charset=|http-equiv=|content=|['\">/= ]|<[a-z]|\\PC){0,40}") {
            prescan(text.as_bytes());
        }
    }
}
