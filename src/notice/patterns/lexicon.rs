//! The words of patterns as numbers: a term is one spelling, a class the spellings that one place of a pattern takes.
//!
//! A word of a text is looked up once and is from then on the classes it belongs to, so that a pattern compares numbers.
//! Refuses blanks: a term lies within what stands between two of them. A spelling that would end inside a word is none of the word's, unless
//! the pattern may end there.

use std::collections::HashMap;

use super::pieces::Piece;
use crate::lang::trie::Trie;
use crate::notice::text::is_word;

#[derive(Default)]
pub(super) struct Lexicon {
    terms: Vec<Term>,
    /// Terms by the literal they begin with, and by the first one behind any letters.
    beginnings: Trie,
    inner: Trie,
    known: HashMap<String, usize>,
    classes: HashMap<(Vec<usize>, Ends), usize>,
}

struct Term {
    pieces: Vec<Piece>,
    classes: Vec<Place>,
}

/// A class that a term is of, and which of its spellings it is.
#[derive(Clone, Copy)]
struct Place {
    class: usize,
    number: usize,
    ends: Ends,
}

/// Where the words of a class may end.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ends {
    WithWord,
    Anywhere,
}

/// A class that a word belongs to, and where in the word one of its spellings ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub class: usize,
    pub end: usize,
}

/// A spelling found in a word, in the order of preference: class, number of the spelling, the longest run of letters first, end.
type Found = (usize, usize, usize, usize);

impl Lexicon {
    /// The number of the class of these spellings (literals and letters alone).
    pub fn class(&mut self, spellings: Vec<(String, Vec<Piece>)>, ends: Ends) -> usize {
        let terms: Vec<usize> = spellings.into_iter().map(|(spelling, pieces)| self.term(spelling, pieces)).collect();
        let new = self.classes.len();
        if let Some(&class) = self.classes.get(&(terms.clone(), ends)) {
            return class;
        }
        for (number, &term) in terms.iter().enumerate() {
            self.terms[term].classes.push(Place { class: new, number, ends });
        }
        self.classes.insert((terms, ends), new);
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
        let mut found = Vec::new();
        let mut add = |term: usize| self.terms[term].find(word, &mut found);
        self.beginnings.walk(word, &mut add);
        let letters = word.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        for at in 0..=letters {
            self.inner.walk(&word[at..], &mut add);
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(class, _, _, end)| Sense { class, end }).collect()
    }
}

impl Term {
    /// Adds what it is in a word that has the literal it begins with.
    fn find(&self, word: &[u8], found: &mut Vec<Found>) {
        let mut order = 0;
        let mut add = |end: usize| {
            let cuts = word.get(end).is_some_and(|&byte| is_word(byte)) && is_word(word[end - 1]);
            let here = self.classes.iter().filter(|place| !cuts || place.ends == Ends::Anywhere);
            found.extend(here.map(|place| (place.class, place.number, order, end)));
            order += 1;
        };
        match self.pieces.as_slice() {
            [Piece::Literal(literal)] => add(literal.len()),
            pieces => each_end(pieces, word, 0, &mut add),
        }
    }
}

/// Hands every place where these pieces may end that begin at a byte of a word to `take`, the longest run of letters first.
fn each_end(pieces: &[Piece], word: &[u8], at: usize, take: &mut impl FnMut(usize)) {
    match pieces {
        [] => take(at),
        [Piece::Literal(literal), more @ ..] => {
            if word[at..].starts_with(literal) {
                each_end(more, word, at + literal.len(), take);
            }
        }
        [Piece::Letters, more @ ..] => {
            let end = at + word[at..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            // Nothing that may follow the word begins with a letter.
            let first = if more.is_empty() { end } else { at };
            (first..=end).rev().for_each(|at| each_end(more, word, at, take));
        }
        [Piece::Number | Piece::Slot(_), ..] => unreachable!("a class has neither"),
    }
}
