//! Which words of a text a question met: the very words, also where they met by lemma, link or another name.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use super::analysis::{self, Token, fold};
use super::{closed, czech};
use crate::record::Record;

#[derive(Clone, Debug)]
pub enum Mark {
    /// Each by any path.
    Words(Vec<Token>),
    /// Folded beginning.
    Prefix(String),
    /// These very words in this order.
    Phrase(Vec<Token>),
    /// The same, each by any path.
    Run(Vec<Token>),
}

/// A word of the text that was met by the question's word of this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    pub word: usize,
}

/// Words as they were read, by their language: most words of a page's passages come again.
#[derive(Default)]
pub struct Memo(RefCell<HashMap<String, ByWord>>);

type ByWord = HashMap<String, Rc<[Token]>>;

impl Memo {
    /// The tokens of a word, number or compound.
    fn tokens(&self, lang: Option<&str>, words: &str) -> Rc<[Token]> {
        let mut languages = self.0.borrow_mut();
        let known = languages.entry(lang.unwrap_or_default().to_owned()).or_default();
        match known.get(words) {
            Some(tokens) => Rc::clone(tokens),
            None => Rc::clone(known.entry(words.to_owned()).or_insert(analysis::text(lang, words).into())),
        }
    }
}

/// The met words of a text, in order.
pub fn find(marks: &[Mark], lang: Option<&str>, text: &str, memo: &Memo) -> Vec<Found> {
    if marks.is_empty() { Vec::new() } else { among(marks, &likely(marks, lang, text, memo)) }
}

/// Tokens that begin with the letter of any of the words sought; their positions are those of the text.
fn likely(marks: &[Mark], lang: Option<&str>, text: &str, memo: &Memo) -> Vec<Token> {
    let letters = letters(marks);
    let digits = letters.iter().any(char::is_ascii_digit);
    let begins = |word: &str| first_letter(word).is_some_and(|letter| letters.contains(&letter) || (digits && letter.is_ascii_digit()));
    let is_number = |word: &Range<usize>| {
        let word = &text[word.clone()];
        !word.starts_with(char::is_alphabetic) && closed::is_number(&fold(word))
    };
    let (mut tokens, mut position) = (Vec::new(), 0);
    let mut words = czech::words(text).peekable();
    while let Some(first) = words.next() {
        let (number, mut met) = (is_number(&first), begins(&text[first.clone()]));
        let (mut start, mut end, mut count) = (first.start, first.end, 1);
        // Parts of one number or compound are read together.
        while let Some(next) =
            words.next_if(|next| count < closed::MOST && closed::connects(&text[end..next.start], number, is_number(next)))
        {
            met |= begins(&text[next.clone()]);
            (end, count) = (next.end, count + 1);
        }
        if met {
            start -= usize::from(text[..start].ends_with('+'));
            tokens.extend(memo.tokens(lang, &text[start..end]).iter().map(|token| Token {
                start: start + token.start,
                end: start + token.end,
                position: position + token.position,
                ..token.clone()
            }));
        }
        position += count;
    }
    tokens
}

/// The first letters of all terms of the words sought.
fn letters(marks: &[Mark]) -> Vec<char> {
    let mut letters = BTreeSet::new();
    for mark in marks {
        match mark {
            Mark::Prefix(word) => letters.extend(word.chars().next()),
            Mark::Words(words) | Mark::Phrase(words) | Mark::Run(words) => {
                let terms =
                    words.iter().flat_map(|word| word.lemmas.iter().chain(&word.derivations).chain(&word.name).chain([&word.folded]));
                letters.extend(terms.filter_map(|term| term.chars().next()));
            }
        }
    }
    letters.into_iter().collect()
}

/// The first letter of a word, folded.
fn first_letter(word: &str) -> Option<char> {
    let first = word.chars().next()?;
    if first.is_ascii() {
        return Some(first.to_ascii_lowercase());
    }
    let beginning = &word[..word.char_indices().nth(2).map_or(word.len(), |(at, _)| at)];
    fold(beginning).chars().next()
}

fn among(marks: &[Mark], tokens: &[Token]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |tokens: &[Token], word| found.extend(tokens.iter().map(|token| Found { start: token.start, end: token.end, word }));
    let mut number = 0;
    for mark in marks {
        match mark {
            Mark::Words(words) => {
                for word in words {
                    tokens.iter().filter(|token| meets(word, token)).for_each(|token| add(std::slice::from_ref(token), number));
                    number += 1;
                }
            }
            Mark::Prefix(beginning) => {
                tokens
                    .iter()
                    .filter(|token| token.folded.starts_with(beginning.as_str()))
                    .for_each(|token| add(std::slice::from_ref(token), number));
                number += 1;
            }
            Mark::Phrase(words) | Mark::Run(words) => {
                let very = matches!(mark, Mark::Phrase(_));
                let same = |run: &[Token]| {
                    let together = run.windows(2).all(|pair| pair[1].position <= pair[0].position + 1);
                    together && run.iter().zip(words).all(|(token, word)| token.folded == word.folded || (!very && meets(word, token)))
                };
                tokens.windows(words.len().max(1)).filter(|run| same(run)).for_each(|run| add(run, number));
                number += 1;
            }
        }
    }
    found.sort_by_key(|found| (found.start, found.word));
    found.dedup_by_key(|found| found.start);
    found
}

fn meets(word: &Token, token: &Token) -> bool {
    let share = |a: &[String], b: &[String]| a.iter().any(|term| b.contains(term));
    word.folded == token.folded
        || share(&word.lemmas, &token.lemmas)
        || share(&word.derivations, &token.derivations)
        || (word.name.is_some() && word.name == token.name)
}

/// Adds marks for places that a word of the question names otherwise than the record: asked `Čuhujiv`, written `Chuguev`.
pub fn with_other_names(marks: &[Mark], record: &Record, names: &[Vec<String>]) -> Vec<Mark> {
    let plain = marks.iter().filter_map(|mark| if let Mark::Words(words) = mark { Some(words) } else { None });
    let asked: Vec<&str> = plain.flatten().flat_map(|word| word.lemmas.iter().chain([&word.folded])).map(String::as_str).collect();
    let is_asked = |name: &String| fold(name).split(|letter: char| !letter.is_alphanumeric()).any(|part| asked.contains(&part));
    let meant = record.facts.places.iter().zip(names).filter(|(_, names)| names.iter().any(is_asked));
    let written = meant.map(|(place, _)| Mark::Phrase(analysis::text(None, &place.as_written)));
    marks.iter().cloned().chain(written.filter(|mark| matches!(mark, Mark::Phrase(words) if !words.is_empty()))).collect()
}
