//! The dictionary of country terms: each form that a text may hold, with what it stands for.
//!
//! A finite-state map read in place from the binary (`expansion` says what is in it and how it is laid out), so that a program
//! that asks one question pays for one look, not for a dictionary.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use fst::raw::{Fst, Node, Output};

use crate::lang::fnv::Fnv;

/// How a text names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `Ukrajina`, `na Ukrajině`.
    Name,
    /// `ukrajinského`.
    Adjective,
    /// `Ukrajinci`; plural only, the singular is as often a surname.
    Demonym,
    /// A part that implies the country: `Republika srbská`, `Severní Irsko`, `Bavorsko`, `bavorský`.
    Entity,
    /// `SRN`, `UK`: upper case only.
    Acronym,
}

const FORMS: [Form; 5] = [Form::Name, Form::Adjective, Form::Demonym, Form::Entity, Form::Acronym];

/// One form of one country.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Lower case with its marks; an acronym as it is written.
    pub written: String,
    pub iso2: Option<&'static str>,
    pub form: Form,
    /// An adjective, of the country or of a part: lower case is its usual case.
    pub is_adjective: bool,
}

static MAP: LazyLock<Fst<&'static [u8]>> = LazyLock::new(|| {
    Fst::new(include_bytes!("data/terms.fst").as_slice()).expect("the map in the binary was written by the same fst crate")
});

/// The first three bytes of every term that has as many.
static BEGINNINGS: LazyLock<HashSet<[u8; 3], BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let steps = |from: Node<'static>| (0..from.len()).map(move |at| (from.transition(at).inp, MAP.node(from.transition(at).addr)));
    let pairs = steps(MAP.root()).flat_map(|(first, node)| steps(node).map(move |(second, node)| (first, second, node)));
    pairs.flat_map(|(first, second, node)| steps(node).map(move |(third, _)| [first, second, third])).collect()
});

/// Whether some term may begin with a folded word: most words are told by three letters.
pub(super) fn may_begin(word: &str) -> bool {
    word.as_bytes().first_chunk().is_none_or(|beginning| BEGINNINGS.contains(beginning))
}

/// A walk through the dictionary, folded word by folded word.
pub(super) struct Walk {
    node: Node<'static>,
    output: Output,
}

impl Walk {
    pub fn new() -> Self {
        Self { node: MAP.root(), output: Output::zero() }
    }

    /// Whether some term goes on with this text.
    pub fn advance(&mut self, text: &str) -> bool {
        text.bytes().all(|byte| {
            let Some(at) = self.node.find_input(byte) else { return false };
            let step = self.node.transition(at);
            self.output = self.output.cat(step.out);
            self.node = MAP.node(step.addr);
            true
        })
    }

    /// The terms of exactly the words walked so far, in the order of the tables.
    pub fn terms(&self) -> Vec<Term> {
        let mut ends = Vec::new();
        if let Some(at) = self.node.find_input(b'\t') {
            let step = self.node.transition(at);
            collect(&MAP.node(step.addr), self.output.cat(step.out), &mut Vec::new(), &mut ends);
        }
        ends.sort_by_key(|(place, _)| *place);
        ends.into_iter().map(|(_, term)| term).collect()
    }
}

/// The terms of the folded words.
pub(super) fn terms(key: &str) -> Vec<Term> {
    let mut walk = Walk::new();
    if walk.advance(key) { walk.terms() } else { Vec::new() }
}

/// All that ends below a node, each with its place.
fn collect(node: &Node<'static>, output: Output, written: &mut Vec<u8>, ends: &mut Vec<(usize, Term)>) {
    if node.is_final() {
        ends.push(Term::of(String::from_utf8_lossy(written).into_owned(), output.cat(node.final_output()).value()));
    }
    for step in node.transitions() {
        written.push(step.inp);
        collect(&MAP.node(step.addr), output.cat(step.out), written, ends);
        written.pop();
    }
}

/// Letters of a code.
const LETTERS: usize = 26;
/// All codes that two letters can make, and one number more for a former state, which has none.
const CODES: usize = LETTERS * LETTERS + 1;

/// Every code of two letters, one behind the other.
static PAIRS: [u8; 2 * LETTERS * LETTERS] = {
    let mut pairs = [0; 2 * LETTERS * LETTERS];
    let mut number = 0;
    while number < LETTERS * LETTERS {
        pairs[2 * number] = b'A' + (number / LETTERS) as u8;
        pairs[2 * number + 1] = b'A' + (number % LETTERS) as u8;
        number += 1;
    }
    pairs
};

fn code_number(iso2: Option<&str>) -> usize {
    match iso2.map(str::as_bytes) {
        Some([first, second]) => usize::from(first - b'A') * LETTERS + usize::from(second - b'A'),
        _ => CODES - 1,
    }
}

fn code(number: usize) -> Option<&'static str> {
    PAIRS.get(2 * number..2 * number + 2).and_then(|pair| std::str::from_utf8(pair).ok())
}

impl Term {
    /// All but the written form as a number, with the place among the terms of the same words.
    pub fn value(&self, place: usize) -> u64 {
        let form = FORMS.iter().position(|form| *form == self.form).unwrap_or_default();
        (((place * FORMS.len() + form) * 2 + usize::from(self.is_adjective)) * CODES + code_number(self.iso2)) as u64
    }

    fn of(written: String, value: u64) -> (usize, Self) {
        let value = value as usize;
        let rest = value / CODES;
        let term = Self { written, iso2: code(value % CODES), form: FORMS[rest / 2 % FORMS.len()], is_adjective: rest % 2 == 1 };
        (rest / 2 / FORMS.len(), term)
    }
}
