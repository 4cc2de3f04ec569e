//! Countries named in a text, and which of them are the seeking side.
//!
//! The gazetteer knows the Czech forms; `data/nations.tsv` adds the English and Slovak names that notices
//! use, `data/lands.tsv` the lands and landscapes that stand for the host country, as do the areas of its
//! towns (`na Kolínsku`). Former states and offices (`velvyslanectví ČR v Chorvatsku`) never make a seeking
//! country.

use std::sync::LazyLock;

use super::cues::Cues;
use super::names::{genus, region};
use super::text::{Text, Token};
use crate::gazetteer::{self, Form};

/// ISO 3166-1 code of the country where the notices are read.
pub const HOST: &str = "CZ";

/// Words between which and a capital an area stands, folded.
const PLACING: &str = "na z ze v ve do od o pro mezi okoli krasnem malebnem kraje mikroregion mikroregionu regionu obce obci mest mesta";

/// Stems of the divisions that bear a town's adjective.
const DIVISIONS: [&str; 4] = ["okres", "kraj", "region", "mikroregion"];

/// A country named between two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nation {
    pub start: usize,
    pub end: usize,
    /// `None` for a former state.
    pub iso2: Option<&'static str>,
    pub form: Form,
}

static FOREIGN: LazyLock<Cues> = LazyLock::new(|| Cues::new(concat!(include_str!("data/nations.tsv"), include_str!("data/lands.tsv"))));

/// Every country named in a text, by position.
pub fn nations(text: &Text) -> Vec<Nation> {
    let mut nations: Vec<Nation> = gazetteer::countries_in(text.original)
        .into_iter()
        .map(|found| Nation { start: text.code_point(found.start), end: text.code_point(found.end), iso2: found.iso2, form: found.form })
        .collect();
    for hit in FOREIGN.find(text, 0..text.shadow.len()) {
        let free = nations.iter().all(|known| known.end <= hit.start || hit.end <= known.start);
        let form = if hit.cue.value == "name" { Form::Name } else { Form::Adjective };
        // `v jižních Čechách`: the name's capital may be its second word's.
        let capital = || (hit.start..hit.end).any(|at| text.is_capital(at));
        if free && (form == Form::Adjective || capital()) {
            nations.push(Nation { start: hit.start, end: hit.end, iso2: Some(hit.cue.group), form });
        }
    }
    let areas = areas(text, &nations);
    nations.extend(areas);
    nations.sort_by_key(|nation| nation.start);
    nations
}

/// `na Kolínsku`, `obce Kolínska`, `v kolínském okrese`: what takes its name from a town of the host country.
fn areas(text: &Text, nations: &[Nation]) -> Vec<Nation> {
    let word = |at: Option<usize>| at.and_then(|at| text.tokens.get(at)).map_or("", |token| text.fold(*token));
    let is_area = |token: &Token| {
        text.fold(*token).len() > 6
            && nations.iter().all(|known| known.end <= token.start || token.end <= known.start)
            && gazetteer::is_czech_area(text.fold(*token))
    };
    let mut found = Vec::new();
    for (at, token) in text.tokens.iter().enumerate() {
        let before = word(at.checked_sub(1));
        let placed = PLACING.split(' ').any(|placing| placing == before) || genus(before).is_some() || region(before);
        let divides = DIVISIONS.iter().any(|stem| word(Some(at + 1)).starts_with(stem));
        let end = if divides { text.tokens[at + 1].end } else { token.end };
        if (token.capital && placed || divides) && is_area(token) {
            found.push(Nation { start: token.start, end, iso2: Some(HOST), form: Form::Name });
        }
    }
    found
}
