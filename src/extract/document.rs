//! Bytes to a document tree: charset first, then a guard against trees that cost quadratic time.
//!
//! Charset in the order of the HTML standard (§13.2.3): byte order mark, `Content-Type`, `<meta>` in
//! the first 1024 bytes, then detection (chardetng). html5ever has no nesting limit and is quadratic in
//! it, so a cheap scan refuses deep documents and monstrous tags before the parser sees them.

use std::collections::HashMap;

use encoding_rs::Encoding;
use scraper::Html;

use super::{Page, Problem, ProblemKind};

/// Open elements at once; real pages stay below 60.
const MAX_DEPTH: usize = 400;
/// Bytes of one tag with its attributes.
const MAX_TAG: usize = 64 * 1024;
/// Where the HTML standard looks for a `<meta>` charset.
const META_WINDOW: usize = 1024;

/// The page as a tree, or why it is none.
pub fn parse(page: &Page) -> Result<Html, Problem> {
    let text = decode(page.bytes, page.content_type);
    let unreadable = |what: String| Problem { kind: ProblemKind::Unreadable, what };
    guard(&text).map_err(unreadable)?;
    Ok(Html::parse_document(&text))
}

/// Text of the bytes in the charset found; malformed sequences become U+FFFD.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    let (encoding, skip) = charset(bytes, content_type);
    encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned()
}

/// Encoding and the length of the byte order mark.
fn charset(bytes: &[u8], content_type: Option<&str>) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(bytes) {
        return found;
    }
    let named = content_type.and_then(label).or_else(|| {
        let window = &bytes[..bytes.len().min(META_WINDOW)];
        meta_label(&String::from_utf8_lossy(window))
    });
    if let Some(encoding) = named {
        return (encoding, 0);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (encoding_rs::UTF_8, 0);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, chardetng::Utf8Detection::Allow), 0)
}

/// `charset=` of a `Content-Type` value.
fn label(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let rest = &lower[lower.find("charset")? + "charset".len()..];
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let name: String =
        rest.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    Encoding::for_label(name.as_bytes())
}

/// The first `<meta … charset=…>`; UTF-16 there means UTF-8, as the standard says.
fn meta_label(head: &str) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let found = lower.match_indices("<meta").find_map(|(at, _)| {
        let tag = &lower[at..];
        label(&tag[..tag.find('>').unwrap_or(tag.len())])
    })?;
    let sixteen = found == encoding_rs::UTF_16LE || found == encoding_rs::UTF_16BE;
    Some(if sixteen { encoding_rs::UTF_8 } else { found })
}

/// Elements that never hold others, or whose end tag authors leave out.
const UNCOUNTED: [&str; 31] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "html", "head", "body", "rp",
];

/// One pass over the markup: depth of countable elements and length of each tag.
fn guard(text: &str) -> Result<(), String> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, 0usize);
    // An end tag without its start tag closes nothing, however often it is written.
    let mut open: HashMap<String, usize> = HashMap::new();
    while let Some(step) = bytes[at..].iter().position(|b| *b == b'<') {
        let start = at + step;
        let rest = &bytes[start + 1..];
        let close = rest.first() == Some(&b'/');
        let name_at = start + 1 + usize::from(close);
        let name_end = bytes[name_at..].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(bytes.len(), |n| name_at + n);
        at = name_end.max(start + 1);
        if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let length = bytes[start..].iter().position(|b| *b == b'>').unwrap_or(bytes.len() - start);
        if length > MAX_TAG {
            return Err(format!("a tag of {length} bytes"));
        }
        let name = text[name_at..name_end].to_ascii_lowercase();
        if UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        match (close, *count) {
            (true, 0) => continue,
            (true, _) => (*count, depth) = (*count - 1, depth - 1),
            (false, _) => (*count, depth) = (*count + 1, depth + 1),
        }
        if depth > MAX_DEPTH {
            return Err(format!("more than {MAX_DEPTH} elements inside one another"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charset_in_the_order_of_the_standard() {
        let czech = "Příliš žluťoučký kůň úpěl ďábelské ódy, město hledá partnera";
        let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode(czech);
        let (latin2, _, _) = encoding_rs::ISO_8859_2.encode(czech);
        let meta = [b"<meta charset=\"windows-1250\"><p>".as_slice(), &cp1250].concat();
        let bom = ["\u{feff}".as_bytes(), czech.as_bytes()].concat();
        assert_eq!(decode(&cp1250, Some("text/html; charset=windows-1250")), czech);
        assert!(decode(&meta, Some("text/html")).ends_with(czech));
        assert_eq!(decode(&latin2, Some("text/html; charset=\"ISO-8859-2\"")), czech);
        assert_eq!(decode(&bom, Some("text/html; charset=windows-1250")), czech);
        assert_eq!(decode(czech.as_bytes(), None), czech);
        assert_eq!(decode(&cp1250, None), czech);
        assert_eq!(decode(&cp1250, Some("text/html; charset=nonsense")), czech);
    }

    #[test]
    fn deep_documents_are_refused_and_long_lists_are_not() {
        assert!(guard(&"<div>".repeat(401)).is_err());
        assert!(guard(&"<div></b>".repeat(401)).is_err());
        assert!(guard(&"<div></div>".repeat(10_000)).is_ok());
        assert!(guard(&"<li><p>x<br>".repeat(10_000)).is_ok());
        assert!(guard(&format!("<a href='{}'>", "x".repeat(70_000))).is_err());
        assert!(guard("a < b <<< </ <! <é").is_ok());
    }
}
