//! The charset of a page, and its bytes as text.
//!
//! In the order of the HTML standard (§13.2.3): byte order mark, `Content-Type`, `<meta>` in the first 1024 bytes, then
//! detection (chardetng).

use encoding_rs::Encoding;

/// Where the HTML standard looks for a `<meta>` charset.
const META_WINDOW: usize = 1024;

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
}
