//! Text to numbers, words and marks, each with its byte span and whether a blank stands before it.
//!
//! Digits and letters part where they meet, so that `21Led2017` gives three tokens. Combining accents
//! belong to their word; no-break and zero-width blanks are blanks.

use unicode_normalization::char::is_combining_mark;

use super::words::fold;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Value (saturating) and count of digits.
    Number(u32, usize),
    /// Folded word.
    Word(String),
    Mark(char),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// A blank stands before it.
    pub gap: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Blank,
    Mark,
}

fn class(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_alphabetic() || is_combining_mark(c) {
        Class::Letter
    } else if c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
        Class::Blank
    } else {
        Class::Mark
    }
}

/// All tokens of `text`, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut gap = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let kind = class(first);
        if kind == Class::Blank {
            gap = true;
            continue;
        }
        let mut end = start + first.len_utf8();
        if kind != Class::Mark {
            while let Some((at, next)) = chars.next_if(|(_, c)| class(*c) == kind) {
                end = at + next.len_utf8();
            }
        }
        let word = &text[start..end];
        let kind = match kind {
            Class::Digit => Kind::Number(word.parse().unwrap_or(u32::MAX), word.len()),
            Class::Letter => Kind::Word(fold(word)),
            Class::Mark | Class::Blank => Kind::Mark(first),
        };
        found.push(Token { kind, start, end, gap });
        gap = false;
    }
    found
}
