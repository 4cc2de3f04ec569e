//! Identifiers as parts of the path of a page, and back.
//!
//! Refuses: bytes that are no UTF-8; no part of an address ever becomes the name of a file.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands for itself in a path (RFC 3986 §3.3), the slash among it: identifiers have one.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b',');

pub fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The text that a part of a path stands for; `None` where it is no UTF-8.
pub fn read(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_is_read() {
        for text in ["smocr/2011-08-15-obec", "a/ž 100 %?#&\"<>", "%41"] {
            assert_eq!(read(&escaped(text)).as_deref(), Some(text));
            assert!(escaped(text).is_ascii() && !escaped(text).contains(['?', '#', ' ', '"']));
        }
        assert_eq!(read("%ff"), None);
        assert_eq!(read("100%"), Some("100%".to_owned()));
    }
}
