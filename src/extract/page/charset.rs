//! The charset of a page, and its bytes as text.
//!
//! In the order of the HTML standard (§13.2.3): byte order mark, `Content-Type`, what the page itself names (`prescan`), then
//! detection (chardetng). Lies are noticed and told: UTF-16 that nobody names, bytes that are not the UTF-8 they are said to be,
//! bytes that can be nothing else, and a charset in which they would hold control characters.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::prescan::{parameter, prescan};

/// A page's text; malformed sequences are U+FFFD.
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// What was wrong with the charset, in words.
    pub fault: Option<String>,
}

/// Text of the bytes in the charset found.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Decoded { text: text(encoding, &bytes[mark..]), fault: None };
    }
    if let Some(encoding) = wide(bytes) {
        let fault = Some(format!("{} without a byte order mark", encoding.name()));
        return Decoded { text: text(encoding, bytes), fault };
    }
    match content_type.and_then(parameter).or_else(|| prescan(bytes)) {
        Some(named) if named == UTF_8 => declared_utf8(bytes),
        Some(named) => undeclared_utf8(named, bytes).unwrap_or_else(|| declared_other(named, bytes)),
        None => Decoded { text: text(detected(bytes, chardetng::Utf8Detection::Allow), bytes), fault: None },
    }
}

fn text<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

fn detected(bytes: &[u8], utf8: chardetng::Utf8Detection) -> &'static Encoding {
    if utf8 == chardetng::Utf8Detection::Allow && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, utf8)
}

/// Bytes looked at for the zeros of UTF-16.
const WIDE_WINDOW: usize = 512;

/// UTF-16 by its zeros: markup is ASCII, so every other byte of it is one.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(WIDE_WINDOW)];
    let zeros = |parity: usize| window.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = |zeros: usize| window.len() >= 8 && zeros * 4 > window.len();
    match (most(even), most(odd)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Letters beyond ASCII from which bytes that are whole UTF-8 are no accident of another charset.
const NO_ACCIDENT: usize = 4;

/// A page that is said to be in a charset of single bytes, and is UTF-8 from its first letter to its last.
fn undeclared_utf8<'a>(named: &'static Encoding, bytes: &'a [u8]) -> Option<Decoded<'a>> {
    let text = std::str::from_utf8(bytes).ok().filter(|_| named.is_single_byte())?;
    let letters = text.chars().filter(|c| !c.is_ascii()).count();
    let fault = format!("said to be {}, read as UTF-8", named.name());
    (letters >= NO_ACCIDENT).then_some(Decoded { text: Cow::Borrowed(text), fault: Some(fault) })
}

/// A page that is said to be in another charset: where that makes control characters (C1) of its bytes, which no text has,
/// another one is found. Windows-1250 said to be ISO-8859-2 is the usual case.
fn declared_other<'a>(named: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let as_said = text(named, bytes);
    if !as_said.contains(|c| ('\u{80}'..='\u{9f}').contains(&c) && c != '\u{85}') {
        return Decoded { text: as_said, fault: None };
    }
    let encoding = detected(bytes, chardetng::Utf8Detection::Deny);
    if encoding == named {
        return Decoded { text: as_said, fault: None };
    }
    Decoded { text: text(encoding, bytes), fault: Some(format!("said to be {}, read as {}", named.name(), encoding.name())) }
}

/// A page that is said to be UTF-8: a broken letter among many is told, more broken ones than whole are another charset.
fn declared_utf8(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), fault: None };
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken <= whole {
        return Decoded { text: text(UTF_8, bytes), fault: Some(format!("{broken} broken letters in UTF-8")) };
    }
    let encoding = detected(bytes, chardetng::Utf8Detection::Deny);
    Decoded { text: text(encoding, bytes), fault: Some(format!("said to be UTF-8, read as {}", encoding.name())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CZECH: &str = "<p>Příliš žluťoučký kůň úpěl ďábelské ódy, město hledá partnera";

    fn read(bytes: &[u8], content_type: Option<&str>) -> (String, Option<String>) {
        let decoded = decode(bytes, content_type);
        (decoded.text.into_owned(), decoded.fault)
    }

    #[test]
    fn charset_in_the_order_of_the_standard() {
        let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode(CZECH);
        let (latin2, _, _) = encoding_rs::ISO_8859_2.encode(CZECH);
        let meta = [b"<meta charset=\"windows-1250\">".as_slice(), &cp1250].concat();
        let bom = ["\u{feff}".as_bytes(), CZECH.as_bytes()].concat();
        let whole = |text: &str| (text.to_owned(), None);
        assert_eq!(read(&cp1250, Some("text/html; charset=windows-1250")), whole(CZECH));
        assert!(decode(&meta, Some("text/html")).text.ends_with(CZECH));
        assert_eq!(read(&latin2, Some("text/html; charset=\"ISO-8859-2\"")), whole(CZECH));
        assert_eq!(read(&bom, Some("text/html; charset=windows-1250")), whole(CZECH));
        assert_eq!(read(CZECH.as_bytes(), None), whole(CZECH));
        assert_eq!(read(&cp1250, None), whole(CZECH));
        assert_eq!(read(&cp1250, Some("text/html; charset=nonsense")), whole(CZECH));
    }

    #[test]
    fn utf_16_without_a_mark_is_noticed_and_told() {
        let little: Vec<u8> = CZECH.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = CZECH.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
            let fault = format!("{name} without a byte order mark");
            assert_eq!(read(&bytes, Some("text/html; charset=utf-8")), (CZECH.to_owned(), Some(fault)));
        }
    }

    #[test]
    fn utf8_that_is_said_to_be_another_charset() {
        let fault = |name: &str| Some(format!("said to be {name}, read as UTF-8"));
        assert_eq!(read(CZECH.as_bytes(), Some("text/html; charset=iso-8859-1")), (CZECH.to_owned(), fault("windows-1252")));
        assert_eq!(read(CZECH.as_bytes(), Some("text/html; charset=windows-1250")), (CZECH.to_owned(), fault("windows-1250")));
        // Three letters by chance.
        let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode("<p>PÍŠ, PÍŠ");
        assert_eq!(read(&cp1250, Some("text/html; charset=windows-1250")), ("<p>PÍŠ, PÍŠ".to_owned(), None));
    }

    #[test]
    fn a_charset_that_would_make_control_characters() {
        let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode(CZECH);
        let fault = Some("said to be ISO-8859-2, read as windows-1250".to_owned());
        assert_eq!(read(&cp1250, Some("text/html; charset=iso-8859-2")), (CZECH.to_owned(), fault));
    }

    #[test]
    fn bytes_that_are_no_utf8_though_they_are_said_to_be() {
        let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode(CZECH);
        let fault = Some("said to be UTF-8, read as windows-1250".to_owned());
        assert_eq!(read(&cp1250, Some("text/html; charset=utf-8")), (CZECH.to_owned(), fault));
        let cut = &CZECH.as_bytes()[..=CZECH.find('š').unwrap()];
        let (text, fault) = read(cut, Some("text/html; charset=utf-8"));
        assert!(text.ends_with("Příli\u{fffd}"), "{text}");
        assert_eq!(fault.as_deref(), Some("1 broken letters in UTF-8"));
    }

    proptest::proptest! {
        #[test]
        fn what_was_read_reads_the_same_as_utf8(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60),
            named in proptest::option::of(proptest::sample::select(vec!["utf-8", "windows-1250", "iso-8859-2", "utf-16le", "gbk"])),
        ) {
            let content_type = named.map(|name| format!("text/html; charset={name}"));
            let read = decode(&bytes, content_type.as_deref()).text;
            // Zeros look like UTF-16, and a mark of the byte order is none of the text.
            proptest::prop_assume!(!read.contains('\0') && !read.starts_with('\u{feff}'));
            proptest::prop_assert_eq!(&*decode(read.as_bytes(), Some("text/html; charset=utf-8")).text, &*read);
        }
    }
}
