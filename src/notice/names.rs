//! Where a place name may stand and how far it reaches: capitals, particles, apostrophes.
//!
//! `Cavallino`, `Castel del Rio`, `Nowy Dwór`, `Villanova d'Asti`, and in a shouting title any word that is not
//! common (`data/words.tsv`). Only where a first adjective may or may not be part of the name is the map asked.

use super::annotation::Cues;
use super::cues::Word;
use super::gazetteer_cache;
use super::language;
use super::nations::Nation;
use super::short_names::{self, Stands};
use super::small_words::{self, Small, words};
use super::text::{Text, TokenKind};
use crate::gazetteer::{Answer, Form, How};

/// A name between two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub start: usize,
    pub end: usize,
}

/// Names that a conjunction or a bracket closes to a list: first and last number, and where it ends.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub first: usize,
    pub last: usize,
    pub end: usize,
    /// Whether a conjunction closes it: `X, Y (Polsko)` may be a town and what it lies in.
    pub is_joined: bool,
}

/// Tokens within brackets that are read over between the names of a list.
const BRACKET: usize = 10;

/// One text whose names are looked for.
pub struct Names<'a> {
    pub text: &'a Text<'a>,
    pub cues: &'a Cues,
    pub nations: &'a [Nation],
    /// Countries that the notice names, and the host's.
    pub countries: &'a [&'static str],
}

impl Names<'_> {
    /// All names by position; none overlaps another.
    pub fn all(&self) -> Vec<Name> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.text.tokens.len() {
            let Some(end) = self.name_at(at) else {
                at += 1;
                continue;
            };
            let from = self.first_token(at, end);
            if from < end {
                found.push(Name { start: self.text.tokens[from].start, end: self.text.tokens[end - 1].end });
            }
            at = end;
        }
        found
    }

    fn fold(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| self.text.fold(*token))
    }

    fn is(&self, word: Word, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|token| self.cues.word(word, token.start) == Some(token.end))
    }

    fn is_municipality(&self, at: usize) -> bool {
        self.is(Word::Town, at) || self.is(Word::Towns, at) || self.is(Word::Part, at)
    }

    fn nation_at(&self, start: usize) -> Option<&Nation> {
        self.nations.iter().find(|nation| nation.start <= start && start < nation.end)
    }

    /// The country whose words begin at a token.
    fn nation_from(&self, at: usize) -> Option<&Nation> {
        let start = self.text.tokens.get(at)?.start;
        self.nations.iter().find(|nation| nation.start == start)
    }

    /// The token behind the name that begins at token `at`, if one does.
    fn name_at(&self, at: usize) -> Option<usize> {
        let shouts = self.text.shouts;
        let first = self.text.tokens.get(at)?;
        // `Český Dub`: a common adjective, if its capital may be a name's.
        let nation = self.nation_at(first.start).is_some();
        let begins = self.begins(at) || self.short_end(at).is_some() || nation && first.capital && !self.text.shouts;
        if !(begins || self.begins_with_next(at)) {
            return None;
        }
        // `Slovenska Bistrica`, `Moldova Nouă`: a country's word begins a name only before another part.
        let followed = self.begins(at + 1) && self.adjacent(at + 1) && self.nation_at(self.text.tokens[at + 1].start).is_none();
        if nation && (shouts || !followed) {
            return None;
        }
        // `Die Stadt`, `The town`: a word of the language that begins the sentence, unless a name follows it.
        if !shouts
            && !followed
            && self.text.opens_sentence(first.start)
            && language::is_function_word(self.text.words(first.start..first.end))
        {
            return None;
        }
        let mut end = self.short_end(at).unwrap_or(at + 1);
        loop {
            let mut next = end;
            while next < end + 2 && self.text.tokens.get(next).is_some_and(|token| shouts || !token.capital) && self.is(Word::Joins, next) {
                next += 1;
            }
            let Some(token) = self.text.tokens.get(next) else { break };
            // `Rimavská Sobota`, `Nowe Miasto`: a later part may be a common word, if its capital says so.
            let continues = self.begins(next) || (token.capital && !shouts && token.end - token.start > 1);
            let nation = self.nation_at(token.start);
            // `Biała Podlaska`: an adjective with a capital behind a name is its second part.
            let part = nation.is_none_or(|nation| nation.start == token.start && nation.form == Form::Adjective);
            if !self.is(Word::Polite, next) && self.adjacent(next) && continues && part {
                end = next + 1;
            } else {
                break;
            }
        }
        if end == at + 2 && self.short_end(at) == Some(end) || !begins && !self.is_on_map(at, end) {
            return None;
        }
        Some(self.tail(end).unwrap_or(end))
    }

    /// `Nový Jičín`, `Nové Město`: a common word may begin a name with another part, which only the map tells.
    fn begins_with_next(&self, at: usize) -> bool {
        let is_part = |at: usize| {
            self.text.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.capital && token.end - token.start > 1)
        };
        !self.text.shouts && !self.is_municipality(at) && is_part(at) && is_part(at + 1) && self.adjacent(at + 1)
    }

    /// Whether a country of the notice has the name as it stands, in some case.
    fn is_on_map(&self, at: usize, end: usize) -> bool {
        let words = self.text.words(self.text.tokens[at].start..self.text.tokens[end - 1].end);
        let has = |country: &&'static str| {
            let answer = gazetteer_cache::link(words, Some(country));
            matches!(answer, Answer::Linked(_, How::Exact | How::Folded | How::Extra | How::Inflected) | Answer::Ambiguous(_))
        };
        self.countries.iter().any(has)
    }

    /// `St.` before another part of the name: the token behind its full stop.
    fn short_end(&self, at: usize) -> Option<usize> {
        let is_short = self.fold(at + 1) == "." && self.follows(at + 1) && short_names::is_short(Stands::First, self.fold(at));
        let capital = self.text.tokens.get(at + 2).is_some_and(|token| token.capital);
        (is_short && capital && self.begins(at + 2)).then_some(at + 2)
    }

    /// `n. L.`, `n/L`, `/Main` behind a name.
    fn tail(&self, end: usize) -> Option<usize> {
        let capital = |at: usize| self.text.tokens.get(at).is_some_and(|token| token.capital);
        if self.fold(end) == "/" && self.follows(end) && self.follows(end + 1) && capital(end + 1) && self.begins(end + 1) {
            let words = |from: usize, to: usize| self.text.words(self.text.tokens[from].start..self.text.tokens[to].end);
            let name = short_names::expansions(&format!("{}/{}", words(end - 1, end - 1), words(end + 1, end + 1)));
            let lies = |name: &str, country| matches!(gazetteer_cache::link(name, country), Answer::Linked(..) | Answer::Ambiguous(_));
            let is_known = |name: &String| lies(name, None) || self.countries.iter().any(|country| lies(name, Some(country)));
            return name.iter().any(is_known).then_some(end + 2);
        }
        let lower = self.text.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Word && !token.capital);
        let between = lower && short_names::is_short(Stands::Between, self.fold(end)) && self.fold(end + 1) == "." && self.follows(end + 1);
        if !between || !capital(end + 2) || !short_names::is_short(Stands::Last, self.fold(end + 2)) {
            return None;
        }
        Some(if self.fold(end + 3) == "." && self.follows(end + 3) { end + 4 } else { end + 3 })
    }

    /// Whether a token begins where the one before ends.
    fn follows(&self, at: usize) -> bool {
        at > 0 && self.text.tokens.get(at).is_some_and(|token| token.start == self.text.tokens[at - 1].end)
    }

    fn begins(&self, at: usize) -> bool {
        let Some(token) = self.text.tokens.get(at).filter(|token| token.kind == TokenKind::Word) else { return false };
        // `sull'Adda` and `d'Asti` carry their capital inside.
        let inner = || self.text.fold(*token).contains('\'') && (token.start..token.end).any(|at| self.text.is_capital(at));
        if token.end - token.start < 2 || !(token.capital || self.text.shouts || inner()) {
            return false;
        }
        if [Word::Common, Word::Epithet, Word::Polite].iter().any(|&word| self.is(word, at)) || self.is_municipality(at) {
            return false;
        }
        !(self.text.shouts && (self.is(Word::Joins, at) || self.is(Word::Shouted, at)))
    }

    /// Only a blank lies between a token and the one before.
    fn adjacent(&self, at: usize) -> bool {
        at > 0 && self.text.shadow[self.text.tokens[at - 1].end..self.text.tokens[at].start].bytes().all(|byte| byte == b' ')
    }

    /// The first token of the name without a first word that is none of it: `Alsaské X`, `Slovenské X`.
    fn first_token(&self, at: usize, end: usize) -> usize {
        let first = self.text.tokens[at];
        let opens = self.text.opens_sentence(first.start);
        let adjectival = words(Small::Adjective).iter().any(|ending| self.fold(at).ends_with(ending));
        let adjective = adjectival && first.end - first.start > 4;
        let nation = self.nation_at(first.start).is_some();
        if end == at + 1 || self.text.shouts || !(nation || opens && adjective) {
            return at;
        }
        let words = |from: usize| self.text.words(self.text.tokens[from].start..self.text.tokens[end - 1].end);
        let is_known = |from: usize, inflected: bool| {
            self.countries.iter().any(|country| match gazetteer_cache::link(words(from), Some(country)) {
                Answer::Linked(_, How::Exact | How::Folded | How::Extra) => true,
                Answer::Linked(_, How::Inflected | How::Transliterated) | Answer::Ambiguous(_) => inflected,
                _ => false,
            })
        };
        if is_known(at, !opens) {
            return at;
        }
        if nation {
            // Within a sentence Czech writes no adjective with a capital unless it is a name's.
            return if !opens && adjectival { at } else { at + 1 };
        }
        if is_known(at + 1, true) { at + 1 } else { at }
    }

    /// Lists of the names: `X, Y a Z`, also with the country and what brackets say of each, also with the word for a town repeated.
    pub fn lists(&self, names: &[Name]) -> Vec<List> {
        let mut lists = Vec::new();
        let mut at = 0;
        while at < names.len() {
            let list = self.list(names, at);
            at = list.map_or(at + 1, |list| list.last + 1);
            lists.extend(list);
        }
        lists
    }

    fn list(&self, names: &[Name], first: usize) -> Option<List> {
        let (mut last, mut is_joined, mut bracketed) = (first, false, false);
        while let Some(next) = names.get(last + 1) {
            let token = |offset: usize| self.text.tokens.partition_point(|token| token.start < offset);
            let mut at = token(names[last].end);
            if self.fold(at) == "(" {
                let inner = (at + 1..self.text.tokens.len().min(at + BRACKET)).find(|&inner| self.fold(inner) == ")");
                at = inner.map_or(at, |inner| inner + 1);
            }
            // `X v Polsku a Y na Slovensku`
            if let Some(country) = self.nation_from(at + 1).filter(|_| small_words::is(Small::Located, self.fold(at))) {
                at = token(country.end);
            }
            let conjunction = small_words::is(Small::Names, self.fold(at));
            if !(self.fold(at) == "," || conjunction) {
                break;
            }
            // `polský X a slovenské město Y`
            let own = self.nation_from(at + 1).filter(|nation| matches!(nation.form, Form::Adjective | Form::Entity));
            let mut from = own.map_or(at + 1, |nation| token(nation.end));
            if self.is_municipality(from) {
                from += 1;
            }
            if token(next.start) != from {
                break;
            }
            is_joined |= conjunction;
            bracketed |= self.text.shadow[next.end..].starts_with(" (");
            last += 1;
        }
        ((is_joined || bracketed) && last > first).then(|| List { first, last, end: names[last].end, is_joined })
    }
}
