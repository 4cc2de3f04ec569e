//! Looks for patterns in a text, sentence by sentence: at every word those whose first class the word is of, at every
//! annotation those that begin with its slot.
//!
//! Depth first, the longest gap and the longest run of letters first; hits of one row do not overlap.

use std::ops::Range;

use super::lexicon::Sense;
use super::pieces::{Piece, Slot, Slots};
use super::{Between, Form, Part, Pattern, Patterns};
use crate::lang::fnv::FnvMap;
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
    /// The slots that something within a range fills.
    fn slots(&self, range: &Range<usize>) -> Slots;
    /// Where the fillers of a slot begin within a range.
    fn starts(&self, slot: Slot, range: &Range<usize>) -> Vec<usize>;
    /// Whether the word that begins there may stand in a plain gap.
    fn is_plain(&self, start: usize) -> bool;
}

/// Words that a memo keeps; when there are more it begins anew.
const KEPT: usize = 20_000;

/// The words of late as some patterns see them: each is looked up once.
#[derive(Default)]
pub struct Memo {
    known: FnvMap<Box<[u8]>, usize>,
    words: Vec<Word>,
}

struct Word {
    senses: Vec<Sense>,
    /// Rows and variants that may begin with it.
    begun: Vec<(usize, usize)>,
}

impl<M> Patterns<M> {
    /// Every hit within these sentences, by position; of hits with one start the longest first.
    pub fn find(&self, text: &Text, sentences: &[Range<usize>], layers: &impl Layers, memo: &mut Memo) -> Vec<Hit> {
        if memo.words.len() > KEPT {
            *memo = Memo::default();
        }
        let bytes = text.shadow.as_bytes();
        let looked_up = vec![0; bytes.len() + 1];
        let mut search =
            Search { patterns: self, text: bytes, within: bytes, annotated: Slots::default(), layers, slots: Vec::new(), memo, looked_up };
        let mut found = Vec::new();
        for sentence in sentences {
            search.annotated = layers.slots(sentence);
            if !search.annotated.holds(self.needs) {
                continue;
            }
            search.within = &bytes[..sentence.end];
            let mut hits = self.within(text, sentence, &mut search);
            hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.row));
            found.extend(apart(hits));
        }
        found
    }

    fn within(&self, text: &Text, sentence: &Range<usize>, search: &mut Search<M, impl Layers>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        if !self.at_start.is_empty() {
            let blanks = text.shadow[sentence.clone()].bytes().take_while(|&byte| !is_word(byte)).count();
            hits.extend(self.at_start.iter().filter_map(|&begun| search.hit(begun, sentence.start + blanks)));
        }
        let colons = if self.at_colon.is_empty() { 0..0 } else { sentence.clone() };
        for (at, _) in text.shadow[colons].match_indices(": ") {
            let start = sentence.start + at + 2;
            hits.extend(self.at_colon.iter().filter_map(|&begun| search.hit(begun, start)));
        }
        let annotated = search.annotated;
        for (slot, rows) in self.at_slots.iter().filter(|(slot, _)| annotated.holds(Slots::of([*slot]))) {
            for start in search.layers.starts(*slot, sentence) {
                hits.extend(rows.iter().filter_map(|&begun| search.hit(begun, start)));
            }
        }
        for start in text.beginnings(sentence.clone()) {
            let word = search.look_up(start);
            for at in 0..search.memo.words[word].begun.len() {
                let begun = search.memo.words[word].begun[at];
                if let Some(hit) = search.hit(begun, start) {
                    hits.push(hit);
                }
            }
            if search.within[start].is_ascii_digit() {
                hits.extend(self.at_numbers.iter().filter_map(|&begun| search.hit(begun, start)));
            }
        }
        hits
    }

    fn word(&self, written: &[u8]) -> Word {
        let senses = self.lexicon.senses(written);
        let mut begun: Vec<(usize, usize)> = senses.iter().flat_map(|sense| self.beginnings[sense.class].iter().copied()).collect();
        begun.sort_unstable();
        begun.dedup();
        Word { senses, begun }
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

struct Search<'s, M, L> {
    patterns: &'s Patterns<M>,
    text: &'s [u8],
    within: &'s [u8],
    /// What was annotated in the sentence.
    annotated: Slots,
    layers: &'s L,
    slots: Vec<(Slot, usize)>,
    memo: &'s mut Memo,
    /// The word that begins at each byte, one more than its number; 0 until it is asked for.
    looked_up: Vec<u32>,
}

impl<M, L: Layers> Search<'_, M, L> {
    fn hit(&mut self, (row, variant): (usize, usize), start: usize) -> Option<Hit> {
        let patterns = self.patterns;
        let pattern = &patterns.rows[row].variants[variant];
        if !self.annotated.holds(pattern.needs) {
            return None;
        }
        self.slots.clear();
        let end = self.parts(pattern, &pattern.parts, start)?;
        Some(Hit { row, start, end, slots: self.slots.clone() })
    }

    /// The number of the word from here to the next blank or the end of the sentence.
    fn look_up(&mut self, at: usize) -> usize {
        if let Some(known) = self.looked_up[at].checked_sub(1) {
            return known as usize;
        }
        let rest = &self.within[at..];
        let written = &rest[..rest.iter().position(|byte| matches!(byte, b' ' | b'\n')).unwrap_or(rest.len())];
        let number = self.memo.known.get(written).copied().unwrap_or_else(|| {
            let number = self.memo.words.len();
            self.memo.words.push(self.patterns.word(written));
            self.memo.known.insert(written.into(), number);
            number
        });
        // Where a sentence ends another may begin.
        if !written.is_empty() {
            self.looked_up[at] = number as u32 + 1;
        }
        number
    }

    /// Where the match of these parts ends that begins here.
    fn parts(&mut self, pattern: &Pattern, parts: &[Part], at: usize) -> Option<usize> {
        match parts {
            [] => {
                let cut = pattern.whole && self.text.get(at).is_some_and(|&byte| is_word(byte)) && is_word(self.text[at - 1]);
                let open = pattern.to_end && self.within[at..].iter().any(|&byte| is_word(byte));
                (!cut && !open).then_some(at)
            }
            [Part::Word(forms), rest @ ..] => forms.iter().find_map(|form| match form {
                Form::Class(class) => self.class(pattern, *class, rest, at),
                Form::Pieces(pieces) => self.pieces(pattern, pieces, rest, at),
            }),
            [Part::Gap(most, between), rest @ ..] => self.gap(pattern, (*most, *between), rest, at),
        }
    }

    /// The same behind up to so many words, the most first.
    fn gap(&mut self, pattern: &Pattern, (most, between): (usize, Between), rest: &[Part], at: usize) -> Option<usize> {
        let next = if most == 0 { None } else { self.skip_word(at, between) };
        let farther = next.and_then(|next| self.gap(pattern, (most - 1, between), rest, next));
        farther.or_else(|| self.parts(pattern, rest, at))
    }

    /// The same from a word of a class.
    fn class(&mut self, pattern: &Pattern, class: usize, rest: &[Part], at: usize) -> Option<usize> {
        let word = self.look_up(at);
        let first = self.memo.words[word].senses.partition_point(|sense| sense.class < class);
        let mut number = first;
        while let Some(&sense) = self.memo.words[word].senses.get(number).filter(|sense| sense.class == class) {
            if let Some(found) = self.behind_word(pattern, rest, at + sense.end) {
                return Some(found);
            }
            number += 1;
        }
        None
    }

    fn behind_word(&mut self, pattern: &Pattern, rest: &[Part], at: usize) -> Option<usize> {
        let next = if rest.is_empty() { at } else { glue(self.within, at)? };
        self.parts(pattern, rest, next)
    }

    /// The same from within a word that has a number or a slot.
    fn pieces(&mut self, pattern: &Pattern, pieces: &[Piece], rest: &[Part], at: usize) -> Option<usize> {
        let run = |in_run: fn(u8) -> bool| at + self.within[at..].iter().take_while(|&&byte| in_run(byte)).count();
        match pieces {
            [] => self.behind_word(pattern, rest, at),
            [Piece::Literal(literal), more @ ..] => {
                if self.within[at..].starts_with(literal) {
                    self.pieces(pattern, more, rest, at + literal.len())
                } else {
                    None
                }
            }
            [Piece::Letters, more @ ..] => {
                let end = run(|byte| byte.is_ascii_lowercase());
                // Nothing that may follow begins with a letter.
                let first = if more.is_empty() { end } else { at };
                (first..=end).rev().find_map(|end| self.pieces(pattern, more, rest, end))
            }
            [Piece::Number, more @ ..] => {
                let end = run(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b','));
                let digit = self.within.get(at).is_some_and(u8::is_ascii_digit);
                if digit { (at + 1..=end).rev().find_map(|end| self.pieces(pattern, more, rest, end)) } else { None }
            }
            [Piece::Slot(slot), more @ ..] => {
                for (end, number) in self.layers.fillers(*slot, at) {
                    self.slots.push((*slot, number));
                    if end <= self.within.len()
                        && let Some(found) = self.pieces(pattern, more, rest, end)
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
        let fits = match between {
            Between::Any => true,
            Between::Plain => plain(),
            Between::Inside => !word.contains(&b')'),
        };
        let passes = length > 0 && matches!(self.within[at + length], b' ' | b'\n') && fits;
        passes.then_some(at + length + 1)
    }
}

/// Behind the blank after a word, with the comma or colon that may stand before it.
fn glue(text: &[u8], at: usize) -> Option<usize> {
    let at = if matches!(text.get(at), Some(b',' | b':')) { at + 1 } else { at };
    matches!(text.get(at), Some(b' ' | b'\n')).then_some(at + 1)
}
