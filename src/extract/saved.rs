//! What a page that a browser saved says of where and when it was saved.
//!
//! Chromium writes `saved from url`, the extension `SingleFile` a comment with address and time; else the page's own canonical address is
//! taken. Firefox writes neither. Refuses: the name of the file, and guessing.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::fmt::strtime;
use regex::bytes::Regex;
use url::Url;

/// Where such notes stand: before the page, or in its head.
const HEAD: usize = 64 << 10;

/// Address and moment, as far as the page tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedFrom {
    pub address: Option<Url>,
    pub at: Option<Timestamp>,
}

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

/// Reads the notes of a saved page.
pub fn saved_from(page: &[u8]) -> SavedFrom {
    // Each with the address, or the time, as its only group.
    static ADDRESSES: LazyLock<[Regex; 5]> = LazyLock::new(|| {
        [
            pattern(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->"),
            pattern(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)"),
            pattern(r#"(?i)<link\s[^>]*rel=["']?canonical["']?\s[^>]*href=["']?([^"'\s>]+)"#),
            pattern(r#"(?i)<link\s[^>]*href=["']?([^"'\s>]+)["']?\s[^>]*rel=["']?canonical\b"#),
            pattern(r#"(?i)<meta\s[^>]*property=["']?og:url["']?\s[^>]*content=["']?([^"'\s>]+)"#),
        ]
    });
    static MOMENT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"<!--\s*Page saved with SingleFile[^>]*?saved date:\s*(\w{3} \w{3} \d\d \d{4} [\d:]{8} GMT[+-]\d{4})"));
    let head = &page[..page.len().min(HEAD)];
    let found = |pattern: &Regex| Some(String::from_utf8_lossy(pattern.captures(head)?.get(1)?.as_bytes()).replace("&amp;", "&"));
    let address = |text: String| Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let moment = found(&MOMENT).and_then(|text| strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", text).ok()?.to_timestamp().ok());
    SavedFrom { address: ADDRESSES.iter().find_map(|pattern| found(pattern).and_then(address)), at: moment }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_browser_says_it_in_its_own_way() {
        let address = |page: &str| saved_from(page.as_bytes()).address.map(String::from);
        for page in [
            "<!DOCTYPE html>\n<!-- saved from url=(0026)https://mesto.cz/a?x=1&y=2 -->\n<html>",
            "<html><!--\n Page saved with SingleFile \n url: https://mesto.cz/a?x=1&y=2 \n saved date: Tue May 05 2020 12:33:00 GMT+0200 (CEST)\n-->",
            "<html><head><link rel=\"canonical\" href=\"https://mesto.cz/a?x=1&amp;y=2\">",
            "<html><head><LINK href='https://mesto.cz/a?x=1&amp;y=2' rel='canonical'>",
            "<html><head><meta property=\"og:url\" content=\"https://mesto.cz/a?x=1&amp;y=2\">",
        ] {
            assert_eq!(address(page).as_deref(), Some("https://mesto.cz/a?x=1&y=2"), "{page}");
        }
        for page in [
            "",
            "<html><p>saved from url=(0026)https://mesto.cz/a",
            "<link rel=canonical href=/a>",
            "<!-- saved from url=(0014)about:internet -->",
        ] {
            assert_eq!(address(page), None, "{page}");
        }
        let single = "<!-- Page saved with SingleFile \n url: https://mesto.cz/ \n saved date: Tue May 05 2020 12:33:00 GMT+0200 (x) -->";
        assert_eq!(saved_from(single.as_bytes()).at, Some("2020-05-05T10:33:00Z".parse().unwrap()));
    }
}
