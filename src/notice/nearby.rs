//! The country that the words around a name give it.
//!
//! In brackets or after a comma behind it (`X (Polsko)`), after a preposition (`X na severu Moldavska`), or
//! as an adjective before the word for the municipality (`polská gmina X`). Positions are tokens.

use super::countries::Nation;
use super::names::genus;
use super::seek;
use super::text::{Text, TokenKind};
use crate::gazetteer::Form;

pub struct Nearby<'a> {
    pub text: &'a Text<'a>,
    pub nations: &'a [Nation],
}

impl Nearby<'_> {
    fn fold(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| self.text.fold(*token))
    }

    /// `(Polsko)`, `(okres X, Slovensko)`.
    pub fn bracket(&self, at: usize) -> Option<Nation> {
        if self.fold(at) != "(" {
            return None;
        }
        let open = self.text.tokens[at].start;
        let close = self.text.shadow[open..].find(')').map_or(self.text.shadow.len(), |close| open + close);
        self.nations.iter().find(|nation| nation.start > open && nation.end <= close && nation.iso2.is_some()).copied()
    }

    /// `, Polsko` and ` - Polsko`.
    pub fn comma(&self, at: usize) -> Option<Nation> {
        if !matches!(self.fold(at), "," | "-" | "/") {
            return None;
        }
        let next = self.text.tokens.get(at + 1)?.start;
        self.nations.iter().find(|nation| nation.start == next && nation.form != Form::Adjective).copied()
    }

    pub fn after(&self, at: usize) -> Option<Nation> {
        if let Some(nation) = self.bracket(at).or_else(|| self.comma(at)) {
            return Some(nation);
        }
        let at = if self.fold(at) == "," { at + 1 } else { at };
        if !matches!(self.fold(at), "v" | "ve" | "na" | "z" | "ze" | "in" | "from" | "vo" | "zo") {
            return None;
        }
        let next = self.text.tokens.get(at + 1)?.start;
        // `na severu Moldavska`, `v severní části Albánie`: a few words may lie between.
        self.nations
            .iter()
            .find(|nation| {
                nation.start >= next
                    && nation.start <= next + 22
                    && !self.text.shadow[next..nation.start].contains([',', '.', '('])
                    && self.plain(next, nation.start)
            })
            .copied()
    }

    /// Only lower-case words lie between two offsets.
    fn plain(&self, from: usize, to: usize) -> bool {
        self.text
            .tokens
            .iter()
            .filter(|token| token.start >= from && token.end <= to)
            .all(|token| token.kind == TokenKind::Word && !token.capital && genus(self.text.fold(*token)).is_none())
    }

    /// An adjective, or `v Polsku`, up to four words before the word for a municipality.
    pub fn before(&self, at: usize) -> Option<Nation> {
        let from = self.text.tokens[at.saturating_sub(4)].start;
        let to = self.text.tokens[at].start;
        let nation = self.nations.iter().rev().find(|nation| nation.start >= from && nation.end <= to && nation.form != Form::Name)?;
        let between = nation.end..to;
        // `české partnery mají města X`: an adjective of something else.
        let apart = self.text.shadow[between.clone()].contains(['.', ',', '(', ')', ':', ';'])
            || seek::hits(self.text, between).any(|hit| hit.cue.group != "near");
        (!apart).then_some(*nation)
    }
}
