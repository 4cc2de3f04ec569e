//! Tokens: words, numbers and marks with their byte ranges.
//!
//! Digits and letters part where they meet (`21Led2017` is three tokens); combining marks and invisible signs belong to
//! the word they stand in. Blanks make no token. `compounds` joins again what a hyphen or an apostrophe ties.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{is_invisible, is_letter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters with their marks.
    Word,
    /// ASCII digits.
    Number,
    /// One other character.
    Mark,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub kind: TokenKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Is(TokenKind),
    /// Part of a word if one goes on, else nothing.
    Within,
    Blank,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            '0'..='9' => Class::Is(TokenKind::Number),
            'a'..='z' | 'A'..='Z' => Class::Is(TokenKind::Word),
            ' ' => Class::Blank,
            _ if c.is_ascii_control() => Class::Blank,
            _ => Class::Is(TokenKind::Mark),
        };
    }
    if is_letter(c) {
        Class::Is(TokenKind::Word)
    } else if is_combining_mark(c) || is_invisible(c) {
        Class::Within
    } else if c.is_whitespace() || c.is_control() {
        Class::Blank
    } else {
        Class::Is(TokenKind::Mark)
    }
}

/// All tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let mut end = start + first.len_utf8();
        let Class::Is(kind) = class(first) else {
            start = end;
            continue;
        };
        let goes_on = |c: char| match class(c) {
            Class::Is(other) => other == kind && kind != TokenKind::Mark,
            Class::Within => kind == TokenKind::Word,
            Class::Blank => false,
        };
        end += text[end..].find(|c| !goes_on(c)).unwrap_or(text.len() - end);
        found.push(Token { range: start..end, kind });
        start = end;
    }
    found
}

/// Tokens with words tied by a hyphen or an apostrophe as one: `česko-polský`, `l'Aquila`.
pub fn compounds(text: &str) -> Vec<Token> {
    let simple = tokens(text);
    let mut joined: Vec<Token> = Vec::with_capacity(simple.len());
    let mut at = 0;
    while at < simple.len() {
        let mut token = simple[at].clone();
        if token.kind == TokenKind::Word {
            while let [mark, word, ..] = &simple[at + 1..]
                && word.kind == TokenKind::Word
                && mark.range == (token.range.end..word.range.start)
                && matches!(&text[mark.range.clone()], "-" | "'" | "’" | "ʼ" | "‐" | "‑")
            {
                token.range.end = word.range.end;
                at += 2;
            }
        }
        joined.push(token);
        at += 1;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, tokens: &[Token]) -> Vec<String> {
        tokens.iter().map(|token| text[token.range.clone()].to_owned()).collect()
    }

    #[test]
    fn letters_digits_and_marks_part() {
        let text = "21Led2017, česko-polský\u{a0}l’Aquila";
        assert_eq!(written(text, &tokens(text)), ["21", "Led", "2017", ",", "česko", "-", "polský", "l", "’", "Aquila"]);
        assert_eq!(written(text, &compounds(text)), ["21", "Led", "2017", ",", "česko-polský", "l’Aquila"]);
        let text = "za\u{301}r\u{30c}i\u{301} so\u{ad}ft -";
        assert_eq!(written(text, &tokens(text)), ["za\u{301}r\u{30c}i\u{301}", "so\u{ad}ft", "-"]);
    }
}
