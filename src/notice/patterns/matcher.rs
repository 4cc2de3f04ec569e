//! Looks for patterns in a sentence: from the start of every word, from every annotation that a row begins with.
//!
//! Depth first, the longest gap and the longest run of letters first; hits of one row do not overlap.

use std::ops::Range;

use super::{Between, Part, Pattern, Patterns, Piece, Slot};
use crate::notice::text::{Text, is_word};

/// Where a row was found; code points of the text.
#[derive(Clone, Debug)]
pub struct Hit {
    pub row: usize,
    pub start: usize,
    pub end: usize,
    /// The annotations that filled the slots, in the pattern's order: slot and number.
    pub slots: Vec<(Slot, usize)>,
}

/// What was annotated before: where the fillers of a slot that begin at an offset end, with their numbers.
pub trait Layers {
    fn fillers(&self, slot: Slot, start: usize) -> Vec<(usize, usize)>;
    /// Where the fillers of a slot begin within a range.
    fn starts(&self, slot: Slot, range: &Range<usize>) -> Vec<usize>;
    /// Whether the word that begins there may stand in a plain gap.
    fn is_plain(&self, start: usize) -> bool;
}

impl<M> Patterns<M> {
    /// Every hit within a sentence, by position; of hits with one start the longest first.
    pub fn find(&self, text: &Text, sentence: Range<usize>, layers: &impl Layers) -> Vec<Hit> {
        let bytes = text.shadow.as_bytes();
        let mut search = Search { text: bytes, within: &bytes[..sentence.end], layers, slots: Vec::new() };
        let mut hits: Vec<Hit> = Vec::new();
        if !self.at_start.is_empty() {
            let blanks = text.shadow[sentence.clone()].bytes().take_while(|&byte| !is_word(byte)).count();
            let found = self.at_start.iter().filter_map(|&(row, variant)| self.hit(&mut search, row, variant, sentence.start + blanks));
            hits.extend(found);
        }
        let colons = if self.at_colon.is_empty() { 0..0 } else { sentence.clone() };
        for (at, _) in text.shadow[colons].match_indices(": ") {
            let start = sentence.start + at + 2;
            hits.extend(self.at_colon.iter().filter_map(|&(row, variant)| self.hit(&mut search, row, variant, start)));
        }
        for &(slot, row, variant) in &self.at_slots {
            for start in layers.starts(slot, &sentence) {
                hits.extend(self.hit(&mut search, row, variant, start));
            }
        }
        let mut begun: Vec<(usize, usize)> = Vec::new();
        for start in text.beginnings(sentence) {
            begun.clone_from(&self.anywhere);
            self.beginnings.walk(&search.within[start..], |row| begun.push(row));
            begun.sort_unstable();
            begun.dedup();
            for &(row, variant) in &begun {
                hits.extend(self.hit(&mut search, row, variant, start));
            }
        }
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.row));
        apart(hits)
    }

    fn hit(&self, search: &mut Search<impl Layers>, row: usize, variant: usize, start: usize) -> Option<Hit> {
        let pattern = &self.rows[row].variants[variant];
        search.slots.clear();
        let end = search.parts(pattern, &pattern.parts, start)?;
        Some(Hit { row, start, end, slots: search.slots.clone() })
    }
}

/// Without those that overlap an earlier hit of the same row.
fn apart(hits: Vec<Hit>) -> Vec<Hit> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut kept = Vec::with_capacity(hits.len());
    for hit in hits {
        open.retain(|&(_, end)| end > hit.start);
        if open.iter().all(|&(row, _)| row != hit.row) {
            open.push((hit.row, hit.end));
            kept.push(hit);
        }
    }
    kept
}

struct Search<'a, L> {
    text: &'a [u8],
    within: &'a [u8],
    layers: &'a L,
    slots: Vec<(Slot, usize)>,
}

impl<L: Layers> Search<'_, L> {
    /// Where the match of these parts ends that begins here.
    fn parts(&mut self, pattern: &Pattern, parts: &[Part], at: usize) -> Option<usize> {
        match parts {
            [] => {
                let cut = pattern.whole && self.text.get(at).is_some_and(|&byte| is_word(byte)) && is_word(self.text[at - 1]);
                let open = pattern.to_end && self.within[at..].iter().any(|&byte| is_word(byte));
                (!cut && !open).then_some(at)
            }
            [Part::Word(words), rest @ ..] => words.iter().find_map(|word| self.word(pattern, word, rest, at)),
            [Part::Gap(most, between), rest @ ..] => {
                let mut starts = vec![at];
                while starts.len() <= *most
                    && let Some(next) = self.skip_word(starts[starts.len() - 1], *between)
                {
                    starts.push(next);
                }
                starts.into_iter().rev().find_map(|at| self.parts(pattern, rest, at))
            }
        }
    }

    /// The same from within a word.
    fn word(&mut self, pattern: &Pattern, word: &[Piece], rest: &[Part], at: usize) -> Option<usize> {
        let run = |in_run: fn(u8) -> bool| at + self.within[at..].iter().take_while(|&&byte| in_run(byte)).count();
        match word {
            [] if rest.is_empty() => self.parts(pattern, rest, at),
            [] => {
                let next = glue(self.within, at)?;
                self.parts(pattern, rest, next)
            }
            [Piece::Literal(literal), more @ ..] => {
                if self.within[at..].starts_with(literal) {
                    self.word(pattern, more, rest, at + literal.len())
                } else {
                    None
                }
            }
            [Piece::Letters, more @ ..] => {
                let end = run(|byte| byte.is_ascii_lowercase());
                // Nothing that may follow begins with a letter.
                if more.is_empty() {
                    return self.word(pattern, more, rest, end);
                }
                (at..=end).rev().find_map(|end| self.word(pattern, more, rest, end))
            }
            [Piece::Number, more @ ..] => {
                let end = run(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b','));
                let digit = self.within.get(at).is_some_and(u8::is_ascii_digit);
                if digit { (at + 1..=end).rev().find_map(|end| self.word(pattern, more, rest, end)) } else { None }
            }
            [Piece::Slot(slot), more @ ..] => {
                for (end, number) in self.layers.fillers(*slot, at) {
                    self.slots.push((*slot, number));
                    if end <= self.within.len()
                        && let Some(found) = self.word(pattern, more, rest, end)
                    {
                        return Some(found);
                    }
                    self.slots.pop();
                }
                None
            }
        }
    }

    /// Behind a word of the same clause and its blank.
    fn skip_word(&self, at: usize, between: Between) -> Option<usize> {
        let ends = |byte: &u8| matches!(byte, b' ' | b'.' | b'!' | b'?' | b';' | b'\n');
        let length = self.within[at..].iter().position(ends)?;
        let word = &self.within[at..at + length];
        let plain = || word.iter().all(u8::is_ascii_alphabetic) && self.layers.is_plain(at);
        let passes = length > 0 && matches!(self.within[at + length], b' ' | b'\n') && (between == Between::Any || plain());
        passes.then_some(at + length + 1)
    }
}

/// Behind the blank after a word, with the comma or colon that may stand before it.
fn glue(text: &[u8], at: usize) -> Option<usize> {
    let at = if matches!(text.get(at), Some(b',' | b':')) { at + 1 } else { at };
    matches!(text.get(at), Some(b' ' | b'\n')).then_some(at + 1)
}
