//! Quotation marks that are missing in tags, put where they must have stood.
//!
//! By the HTML standard (§13.2.5.36) a value without its closing mark runs on to the next mark and swallows what stands
//! between. Such a value gives itself away: it holds whole tags and ends where another attribute's value begins. Values that
//! merely hold markup stay as they are.

use std::borrow::Cow;

use super::tags::{RAW, end_of_raw};

/// A mark to be written or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit {
    Write(usize, u8),
    LeaveOut(usize),
}

/// The text with its missing marks.
pub fn mend(text: &str) -> Cow<'_, str> {
    let edits = Scanner { bytes: text.as_bytes(), at: 0, edits: Vec::new() }.run();
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut from = 0;
    for edit in edits {
        match edit {
            Edit::Write(at, mark) => {
                out.push_str(&text[from..at]);
                out.push(char::from(mark));
                from = at;
            }
            Edit::LeaveOut(at) => {
                out.push_str(&text[from..at]);
                from = at + 1;
            }
        }
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    edits: Vec<Edit>,
}

impl Scanner<'_> {
    fn run(mut self) -> Vec<Edit> {
        while let Some(open) = self.find(self.at, b'<') {
            self.at = open + 1;
            let rest = &self.bytes[open..];
            if rest.starts_with(b"<!--") {
                self.at = rest.windows(3).skip(2).position(|window| window == b"-->").map_or(self.bytes.len(), |end| open + end + 5);
            } else if rest.get(1).is_some_and(u8::is_ascii_alphabetic) {
                self.tag();
            }
        }
        self.edits
    }

    /// One start tag; of raw text also its content.
    fn tag(&mut self) {
        let start = self.at;
        self.at = self.skip(start, |byte| !is_blank(byte) && !matches!(byte, b'/' | b'>'));
        let name = &self.bytes[start..self.at];
        let raw = RAW.into_iter().find(|raw| name.eq_ignore_ascii_case(raw.as_bytes()));
        while self.at < self.bytes.len() {
            self.at = self.skip(self.at, |byte| is_blank(byte) || byte == b'/');
            if self.bytes.get(self.at) == Some(&b'>') {
                self.at += 1;
                break;
            }
            self.attribute();
        }
        if let Some(raw) = raw {
            self.at = end_of_raw(&self.bytes[self.at..], raw).map_or(self.bytes.len(), |end| self.at + end);
        }
    }

    fn attribute(&mut self) {
        self.at = self.skip(self.at + 1, |byte| !is_blank(byte) && !matches!(byte, b'=' | b'/' | b'>'));
        let equals = self.skip(self.at, is_blank);
        if self.bytes.get(equals) != Some(&b'=') {
            return;
        }
        let start = self.skip(equals + 1, is_blank);
        if let Some(mark @ (b'"' | b'\'')) = self.bytes.get(start) {
            self.quoted(start + 1, *mark);
            return;
        }
        self.at = self.skip(start, |byte| !is_blank(byte) && byte != b'>');
        let last = self.at.saturating_sub(1);
        if last > start && self.bytes[last] == b'"' {
            self.edits.push(Edit::LeaveOut(last));
        }
    }

    /// A value behind its opening mark.
    fn quoted(&mut self, start: usize, mark: u8) {
        let end = self.find(start, mark);
        let value = &self.bytes[start..end.unwrap_or(self.bytes.len())];
        let after = end.map_or(&[][..], |end| &self.bytes[end + 1..]);
        match swallowed(value, after, end.is_some()) {
            Some(length) => {
                self.edits.push(Edit::Write(start + length, mark));
                self.at = start + length;
            }
            None => self.at = end.map_or(self.bytes.len(), |end| end + 1),
        }
    }

    fn find(&self, from: usize, wanted: u8) -> Option<usize> {
        self.bytes[from..].iter().position(|byte| *byte == wanted).map(|at| from + at)
    }

    fn skip(&self, from: usize, over: fn(u8) -> bool) -> usize {
        let from = from.min(self.bytes.len());
        self.bytes[from..].iter().position(|byte| !over(*byte)).map_or(self.bytes.len(), |at| from + at)
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

/// How much of a value is its own, if it has swallowed what follows.
fn swallowed(value: &[u8], after: &[u8], ended: bool) -> Option<usize> {
    let close = value.iter().position(|byte| *byte == b'>');
    if !ended {
        return close;
    }
    let opens = value.ends_with(b"=");
    let glued = after.first().is_some_and(|byte| !is_blank(*byte) && !matches!(byte, b'/' | b'>')) && !is_attribute(after);
    match close {
        Some(close) => {
            let tags = value[close..].contains(&b'<');
            // In words a mark opens after a blank, which no value of an attribute ends with.
            let words = value.ends_with(b" ") && glued;
            (tags && (opens || glued) || words).then_some(close)
        }
        // The name of the next attribute of the same tag.
        None if opens && after.first().is_some_and(|byte| !is_blank(*byte) && *byte != b'>') => {
            let name = value[..value.len() - 1].iter().rposition(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':'))?;
            (is_blank(value[name]) && name + 2 < value.len()).then_some(name)
        }
        None => None,
    }
}

/// An attribute with a value begins here.
fn is_attribute(bytes: &[u8]) -> bool {
    let name = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':')).unwrap_or(bytes.len());
    name > 0 && bytes.get(name) == Some(&b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_marks_are_written_and_others_stay() {
        for (html, want) in [
            ("<a href=\"/x>Elm</a><p class=\"y\">t</p>", "<a href=\"/x\">Elm</a><p class=\"y\">t</p>"),
            ("<a href=\"/x>Elm says \"hm\"</a>", "<a href=\"/x\">Elm says \"hm\"</a>"),
            ("<a href='/x>Elm</a><p class='y'>", "<a href='/x'>Elm</a><p class='y'>"),
            ("<a href=\"/x>Elm</a>", "<a href=\"/x\">Elm</a>"),
            ("<a class=\"b href=\"/x\">Elm</a>", "<a class=\"b\" href=\"/x\">Elm</a>"),
            ("<a href=/x\">Elm</a>", "<a href=/x>Elm</a>"),
            ("<time datetime=2020-01-02\" class=\"a\">", "<time datetime=2020-01-02 class=\"a\">"),
        ] {
            assert_eq!(mend(html), want, "{html}");
            assert_eq!(mend(want), want, "{want}");
        }
        for whole in [
            "<div data-x=\"<p class='y'>z</p>\" id=\"a\">",
            "<div data-x=\"<b>a</b>\"class=\"b\">",
            "<!-- <a href=\"/x>Elm</a><p class=\"y\"> --><p>",
            "<script>if (a<b) x = \"<p class=\"; y = \"z\";</script><p class=\"a\">",
            "<img alt=\"a > b\" src=\"/y\"><p title=\"2 < 3\">",
            "<a href=\"/x?a=\" class=\"b\">a=\"b\"</a>",
            "a < b \"c\" <",
            "",
        ] {
            assert_eq!(mend(whole), whole);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(<a |</a>|<!--|-->|<script>|href=|['\">/= ]|\\PC){0,40}") {
            mend(&mend(&text));
        }
    }
}
