//! A reference to an address, resolved against the page it stands on (RFC 3986 §5 as the URL standard reads it).
//!
//! Everything is the url crate's but one state of the standard that its `join` leaves out, so that a header field and a
//! link in a page lead to the same place. Refuses: deciding whether an address may be asked for.

use url::{ParseError, Url};

/// `base` joined with the reference. Behind three or more slashes stands a host, as behind two (URL standard, "special
/// authority ignore slashes state").
pub fn resolve(base: &Url, reference: &str) -> Result<Url, ParseError> {
    let reference = reference.trim_matches(|c: char| c <= ' ');
    let slashes = reference.chars().take_while(|c| matches!(c, '/' | '\\')).count();
    if slashes > 2 && matches!(base.scheme(), "http" | "https") {
        return base.join(&format!("//{}", &reference[slashes..]));
    }
    base.join(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_slashes_from_two_on_begins_a_host() {
        let base = Url::parse("https://mesto.test/a/b").unwrap();
        for reference in ["//obec.test/c", "///obec.test/c", "////obec.test/c", r"/\/obec.test/c", r"\\\obec.test/c", " ///obec.test/c\n"] {
            assert_eq!(resolve(&base, reference).unwrap().as_str(), "https://obec.test/c", "{reference:?}");
        }
        for (reference, want) in [("/c", "https://mesto.test/c"), ("c", "https://mesto.test/a/c"), ("", "https://mesto.test/a/b")] {
            assert_eq!(resolve(&base, reference).unwrap().as_str(), want, "{reference:?}");
        }
        assert!(resolve(&base, "///").is_err());
    }
}
