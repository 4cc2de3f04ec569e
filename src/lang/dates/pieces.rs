//! The tokens of a text as the grammar of dates sees them: figures with their value, words with their meaning, marks.

use std::ops::Range;

use super::Grammar;
use crate::lang::text::{TokenKind, tokens};
use crate::lang::words::{Meaning, Role, meaning};

#[derive(Clone, Debug)]
pub enum Kind {
    /// Value (saturating) and count of digits.
    Number(u32, usize),
    /// `None` for a word that no date has.
    Word(Option<&'static Meaning>),
    Mark(char),
}

#[derive(Clone, Debug)]
pub struct Piece {
    pub kind: Kind,
    pub range: Range<usize>,
    /// A blank stands before it.
    pub gap: bool,
}

pub fn pieces(text: &str) -> Vec<Piece> {
    let mut end = 0;
    let mut found = Vec::new();
    for token in tokens(text) {
        let gap = text[end..token.range.start].chars().next().is_some();
        end = token.range.end;
        let written = &text[token.range.clone()];
        let kind = match token.kind {
            TokenKind::Number => Kind::Number(written.parse().unwrap_or(u32::MAX), written.len()),
            TokenKind::Word => Kind::Word(meaning(written)),
            TokenKind::Mark => Kind::Mark(written.chars().next().unwrap_or(' ')),
        };
        found.push(Piece { kind, range: token.range, gap });
    }
    found
}

/// The questions that every rule asks of the pieces.
impl<'a> Grammar<'a> {
    pub fn number(self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        match self.pieces.get(at)?.kind {
            Kind::Number(value, count) if digits.contains(&count) => Some(value),
            _ => None,
        }
    }

    pub fn word(self, at: usize) -> Option<&'a Meaning> {
        match self.pieces.get(at)?.kind {
            Kind::Word(meaning) => meaning,
            _ => None,
        }
    }

    pub fn plays(self, at: usize, role: Role) -> bool {
        self.word(at).is_some_and(|word| word.plays(role))
    }

    pub fn mark(self, at: usize, among: &str) -> Option<char> {
        match self.pieces.get(at)?.kind {
            Kind::Mark(mark) if among.contains(mark) => Some(mark),
            _ => None,
        }
    }

    pub fn gap(self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.gap)
    }

    /// Behind a mark, if one of these stands here.
    pub fn skip(self, at: usize, among: &str) -> usize {
        at + usize::from(self.mark(at, among).is_some())
    }

    /// Behind words of a class.
    pub fn skip_words(self, mut at: usize, role: Role) -> usize {
        while self.plays(at, role) {
            at = self.skip(at + 1, "'’ʼ");
        }
        at
    }
}
