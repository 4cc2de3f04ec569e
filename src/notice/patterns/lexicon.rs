//! The words of patterns as numbers: a term is one spelling, a class the spellings that one place of a pattern takes.
//!
//! A word of a text is looked up once and is from then on the classes it belongs to, so that a pattern compares numbers.
//! Refuses blanks: a term lies within what stands between two of them.

use std::collections::HashMap;

use super::pieces::Piece;
use crate::lang::trie::Trie;

#[derive(Default)]
pub(super) struct Lexicon {
    terms: Vec<Term>,
    /// Terms by the literal they begin with, and by the first one behind any letters.
    beginnings: Trie,
    inner: Trie,
    known: HashMap<String, usize>,
    classes: HashMap<Vec<usize>, usize>,
}

struct Term {
    pieces: Vec<Piece>,
    /// The classes it is of, and which of their spellings it is.
    classes: Vec<(usize, usize)>,
}

/// A class that a word belongs to, and where in the word one of its spellings ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub class: usize,
    pub end: usize,
}

impl Lexicon {
    /// The number of the class of these spellings (literals and letters alone).
    pub fn class(&mut self, spellings: Vec<(String, Vec<Piece>)>) -> usize {
        let terms: Vec<usize> = spellings.into_iter().map(|(spelling, pieces)| self.term(spelling, pieces)).collect();
        let new = self.classes.len();
        if let Some(&class) = self.classes.get(&terms) {
            return class;
        }
        for (place, &term) in terms.iter().enumerate() {
            self.terms[term].classes.push((new, place));
        }
        self.classes.insert(terms, new);
        new
    }

    fn term(&mut self, spelling: String, pieces: Vec<Piece>) -> usize {
        if let Some(&term) = self.known.get(&spelling) {
            return term;
        }
        let new = self.terms.len();
        match pieces.as_slice() {
            [Piece::Literal(literal), ..] => self.beginnings.add(literal, new),
            [Piece::Letters, Piece::Literal(literal), ..] => self.inner.add(literal, new),
            _ => panic!("{spelling}: a word has a letter of its own"),
        }
        self.known.insert(spelling, new);
        self.terms.push(Term { pieces, classes: Vec::new() });
        new
    }

    pub fn number_of_classes(&self) -> usize {
        self.classes.len()
    }

    /// The classes of a word by number; of one class the spelling that comes first, and of it the longest run of letters.
    pub fn senses(&self, word: &[u8]) -> Vec<Sense> {
        let mut terms = Vec::new();
        self.beginnings.walk(word, &mut terms);
        let letters = word.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        for at in 0..=letters {
            self.inner.walk(&word[at..], &mut terms);
        }
        terms.sort_unstable();
        terms.dedup();
        let (mut found, mut ends) = (Vec::new(), Vec::new());
        for term in terms.into_iter().map(|term| &self.terms[term]) {
            ends.clear();
            ends_of(&term.pieces, word, 0, &mut ends);
            let ends = ends.iter().enumerate();
            found.extend(ends.flat_map(|(order, &end)| term.classes.iter().map(move |&(class, place)| (class, place, order, end))));
        }
        found.sort_unstable();
        found.into_iter().map(|(class, _, _, end)| Sense { class, end }).collect()
    }
}

/// Where these pieces may end that begin at a byte of a word, the longest run of letters first.
fn ends_of(pieces: &[Piece], word: &[u8], at: usize, ends: &mut Vec<usize>) {
    match pieces {
        [] => ends.push(at),
        [Piece::Literal(literal), more @ ..] => {
            if word[at..].starts_with(literal) {
                ends_of(more, word, at + literal.len(), ends);
            }
        }
        [Piece::Letters, more @ ..] => {
            let end = at + word[at..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            // Nothing that may follow the word begins with a letter.
            let first = if more.is_empty() { end } else { at };
            (first..=end).rev().for_each(|at| ends_of(more, word, at, ends));
        }
        [Piece::Number | Piece::Slot(_), ..] => unreachable!("a class has neither"),
    }
}
