//! Countries named in a text.
//!
//! The gazetteer knows the Czech forms; `data/nations.tsv` adds the English and Slovak names that notices use,
//! `data/lands.tsv` the lands and landscapes that stand for the host country, as do the areas of its towns
//! (`na Kolínsku`). Refuses to say whose country it is.

use super::annotation::Cues;
use super::cues::{Cue, File, Word, cue_of};
use super::gazetteer_cache;
use super::small_words::{self, Small, words};
use super::text::{Text, Token};
use crate::gazetteer::{self, Answer, Form, How};

/// ISO 3166-1 code of the country where the notices are read.
pub const HOST: &str = "CZ";

/// The country of those who write in a language: what they tell of is abroad.
pub fn home(lang: Option<&str>) -> &'static str {
    match lang {
        Some("sk") => "SK",
        Some("pl") => "PL",
        Some("uk") => "UA",
        Some("de") => "DE",
        Some("hu") => "HU",
        Some("en") => "GB",
        _ => HOST,
    }
}

/// Letters up to which what stands behind a quarter of the sky is no country's adjective.
const SHORTEST_ADJECTIVE: usize = 4;

/// Letters below which a word is no area's name.
const SHORTEST_AREA: usize = 7;

/// A country named between two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nation {
    pub start: usize,
    pub end: usize,
    /// `None` for a former state.
    pub iso2: Option<&'static str>,
    pub form: Form,
}

/// Every country named in a text, by position.
pub fn nations(text: &Text, cues: &Cues, lang: Option<&str>) -> Vec<Nation> {
    let mut nations: Vec<Nation> = gazetteer::countries_in(text.original)
        .into_iter()
        .map(|found| Nation { start: text.code_point(found.start), end: text.code_point(found.end), iso2: found.iso2, form: found.form })
        .collect();
    for hit in cues.hits(File::Nation, 0..text.shadow.len()) {
        let Cue::Nation(iso2, form) = cue_of(hit) else { continue };
        let free = nations.iter().all(|known| known.end <= hit.start || hit.end <= known.start);
        // `v jižních Čechách`: the name's capital may be its second word's.
        let capital = || (hit.start..hit.end).any(|at| text.is_capital(at));
        if free && (form == Form::Adjective || capital()) {
            nations.push(Nation { start: hit.start, end: hit.end, iso2: Some(iso2), form });
        }
    }
    if lang == Some("cs") && !text.original.is_ascii() {
        nations.retain(|nation| !is_language(text, nation));
    }
    let (quarters, areas) = (quarters(text, &nations), areas(text, cues, &nations));
    nations.extend(quarters.into_iter().chain(areas));
    nations.sort_by_key(|nation| nation.start);
    nations
}

/// `německy Bautzen`: the name of a language; a Czech adjective ends with another letter.
fn is_language(text: &Text, nation: &Nation) -> bool {
    let word = text.words(nation.start..nation.end);
    nation.form == Form::Adjective && (word.ends_with("sky") || word.ends_with("cky"))
}

/// `severoitalské`: the adjective of a country behind a quarter of the sky.
fn quarters(text: &Text, nations: &[Nation]) -> Vec<Nation> {
    let adjective = |token: &Token| {
        let word = text.fold(*token);
        let of = words(Small::Quarter).iter().find_map(|quarter| word.strip_prefix(quarter))?;
        let iso2 = gazetteer::country_of_term(of).filter(|_| of.len() > SHORTEST_ADJECTIVE)?;
        Some(Nation { start: token.start, end: token.end, iso2: Some(iso2), form: Form::Adjective })
    };
    let free = |nation: &Nation| nations.iter().all(|known| known.end <= nation.start || nation.end <= known.start);
    text.tokens.iter().filter_map(adjective).filter(free).collect()
}

/// `na Kolínsku`, `obce Kolínska`, `v kolínském okrese`: what takes its name from a town of the host country.
fn areas(text: &Text, cues: &Cues, nations: &[Nation]) -> Vec<Nation> {
    let word = |at: Option<usize>| at.and_then(|at| text.tokens.get(at)).map_or("", |token| text.fold(*token));
    // `Město Polička`: a town that sounds like what a land is called after.
    let is_town = |token: &Token| {
        matches!(
            gazetteer_cache::link(text.words(token.start..token.end), Some(HOST)),
            Answer::Linked(_, How::Exact) | Answer::Ambiguous(_)
        )
    };
    let is_area = |token: &Token| {
        nations.iter().all(|known| known.end <= token.start || token.end <= known.start)
            && gazetteer::is_czech_area(text.fold(*token))
            && !is_town(token)
    };
    let mut found = Vec::new();
    for (at, token) in text.tokens.iter().enumerate().filter(|(_, token)| token.end - token.start >= SHORTEST_AREA) {
        let before = word(at.checked_sub(1));
        let led = || at > 0 && [Word::Town, Word::Towns, Word::Region].iter().any(|&it| cues.word(it, text.tokens[at - 1].start).is_some());
        let placed = || small_words::is(Small::Placing, before) || led();
        let divides = words(Small::Division).iter().any(|stem| word(Some(at + 1)).starts_with(stem));
        let end = if divides { text.tokens[at + 1].end } else { token.end };
        if (divides || token.capital && placed()) && is_area(token) {
            found.push(Nation { start: token.start, end, iso2: Some(HOST), form: Form::Name });
        }
    }
    found
}
