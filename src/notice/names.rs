//! Where a place name may stand and how far it reaches: capitals, particles, apostrophes.
//!
//! Grammar only, no look-up: `Cavallino`, `Castel del Rio`, `Nowy Dwór`, `Villanova d'Asti`, and in a
//! shouting title any word that is not common. Words that are never names: `data/common.tsv`; adjectives
//! that stand before one: `data/epithets.tsv`; words that join a name's parts: `data/particles.tsv`; words for a municipality: `data/genus.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::countries::Nation;
use super::rows::rows;
use super::text::{Text, TokenKind};
use crate::gazetteer::Form;

/// A municipality's kind, singular or plural: `obec`, `gminy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genus {
    One,
    Many,
    /// `městská část`, `district`: a part, whose whole may be named.
    Part,
}

static GENUS: LazyLock<HashMap<&'static str, Genus>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for row in rows(include_str!("data/genus.tsv")).filter(|row| row[0] != "region") {
        let genus = match row[0] {
            "many" => Genus::Many,
            "part" => Genus::Part,
            _ => Genus::One,
        };
        words.extend(row[1].split(' ').map(|word| (word, genus)));
    }
    words
});
static PARTICLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("data/particles.tsv")));
static COMMON: LazyLock<(HashSet<&'static str>, Vec<&'static str>)> = LazyLock::new(|| {
    let all = words(include_str!("data/common.tsv"));
    let stems = all.iter().filter_map(|word| word.strip_suffix('*')).collect();
    (all, stems)
});

fn words(data: &'static str) -> HashSet<&'static str> {
    rows(data).flat_map(|row| row[0].split(' ').collect::<Vec<_>>()).collect()
}

/// Words for what holds many municipalities and may itself look for a partner.
static REGIONS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("data/genus.tsv")).filter(|row| row[0] == "region").flat_map(|row| row[1].split(' ')).collect());

/// Whether a word, in the nominative, says that a region's name follows: `kanton`, `okres`.
pub fn region(word: &str) -> bool {
    REGIONS.contains(word)
}

/// Whether a word is an adjective that may stand before a name without being part of it: `poničený X`.
pub fn epithet(word: &str) -> bool {
    EPITHETS.iter().any(|stem| word.starts_with(stem))
}

static EPITHETS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| words(include_str!("data/epithets.tsv")).into_iter().map(|word| word.trim_end_matches('*')).collect());

/// Whether a folded word has the ending of a Czech adjective made from a place's name.
pub fn adjectival(word: &str) -> bool {
    word.len() > 4 && ["sky", "ska", "ske", "cky", "cka", "cke"].iter().any(|ending| word.ends_with(ending))
}

pub fn genus(word: &str) -> Option<Genus> {
    GENUS.get(word).copied()
}

/// Whether a word is part of the genre's ordinary language and so begins no name.
pub fn common(word: &str) -> bool {
    epithet(word) || COMMON.0.contains(word) || COMMON.1.iter().any(|stem| word.starts_with(stem))
}

/// The token behind the name that begins at token `at`, if one does.
pub fn name_at(text: &Text, nations: &[Nation], at: usize) -> Option<usize> {
    let shouts = text.shouts;
    let first = text.tokens.get(at)?;
    if !begins(text, at, shouts) {
        return None;
    }
    // `Slovenska Bistrica`, `Moldova Nouă`: a country's word begins a name only before another part.
    let nation = nations.iter().any(|nation| nation.start <= first.start && first.start < nation.end);
    let followed = begins(text, at + 1, shouts) && !inside(nations, text.tokens[at + 1].start);
    if nation && (shouts || !followed) {
        return None;
    }
    let mut end = at + 1;
    loop {
        let mut next = end;
        while next < end + 2
            && text.tokens.get(next).is_some_and(|token| (shouts || !token.capital) && PARTICLES.contains(text.fold(*token)))
        {
            next += 1;
        }
        let Some(token) = text.tokens.get(next) else { break };
        if POLITE.split(' ').any(|word| word == text.fold(*token)) {
            break;
        }
        // `Rimavská Sobota`, `Nowe Miasto`: a later part may be a common word, if its capital says so.
        let continues = begins(text, next, shouts) || (token.capital && !shouts && token.end - token.start > 1);
        if adjacent(text, next) && continues && (!inside(nations, token.start) || qualified(nations, token.start)) {
            end = next + 1;
        } else {
            break;
        }
    }
    Some(end)
}

fn begins(text: &Text, at: usize, shouts: bool) -> bool {
    let Some(token) = text.tokens.get(at) else { return false };
    if token.kind != TokenKind::Word {
        return false;
    }
    let word = text.fold(*token);
    if common(word) || genus(word).is_some() || (token.end - token.start < 2) {
        return false;
    }
    // `sull'Adda` and `d'Asti` carry their capital inside.
    let inner = (token.start..token.end).any(|at| text.is_capital(at));
    if shouts { !PARTICLES.contains(word) && !VERBISH.contains(word) } else { token.capital || (inner && word.contains('\'')) }
}

/// In capitals nothing but a list tells `HLEDÁ` from a name.
static VERBISH: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("data/verbs.tsv")));

fn inside(nations: &[Nation], at: usize) -> bool {
    nations.iter().any(|nation| nation.start <= at && at < nation.end)
}

/// Pronouns that letters write with a capital, folded: `jménem obce X Vám píši`.
const POLITE: &str = "vam vas vami vase vasi vaseho vasemu vasim vasich ty tobe vy ja nas nam";

/// `Biała Podlaska`: an adjective with a capital behind a name is its second part.
fn qualified(nations: &[Nation], at: usize) -> bool {
    nations.iter().any(|nation| nation.start == at && nation.form == Form::Adjective)
}

/// Only a blank lies between a token and the one before.
fn adjacent(text: &Text, at: usize) -> bool {
    at > 0 && text.shadow[text.tokens[at - 1].end..text.tokens[at].start].bytes().all(|byte| byte == b' ')
}
