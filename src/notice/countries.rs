//! Countries named in a text, and which of them are the seeking side.
//!
//! The gazetteer knows the Czech forms; `data/nations.tsv` adds the English and Slovak names that notices
//! use. Former states and offices (`velvyslanectví ČR v Chorvatsku`) never make a seeking country.

use std::sync::LazyLock;

use super::cues::Cues;
use super::text::Text;
use crate::gazetteer::{self, Form};

/// ISO 3166-1 code of the country where the notices are read.
pub const HOST: &str = "CZ";

/// A country named between two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nation {
    pub start: usize,
    pub end: usize,
    /// `None` for a former state.
    pub iso2: Option<&'static str>,
    pub form: Form,
}

static FOREIGN: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/nations.tsv")));

/// Every country named in a text, by position.
pub fn nations(text: &Text) -> Vec<Nation> {
    let mut nations: Vec<Nation> = gazetteer::countries_in(text.original)
        .into_iter()
        .map(|found| Nation { start: text.code_point(found.start), end: text.code_point(found.end), iso2: found.iso2, form: found.form })
        .collect();
    for hit in FOREIGN.find(text, 0..text.shadow.len()) {
        let free = nations.iter().all(|known| known.end <= hit.start || hit.end <= known.start);
        let form = if hit.cue.value == "name" { Form::Name } else { Form::Adjective };
        // The gazetteer gives English adjectives as names; `Czech town` needs the difference.
        let english = hit.cue.value == "english";
        if let Some(known) = nations.iter_mut().find(|known| english && known.start == hit.start && known.end == hit.end) {
            known.form = form;
        }
        if free && (form == Form::Adjective || text.is_capital(hit.start)) {
            nations.push(Nation { start: hit.start, end: hit.end, iso2: Some(hit.cue.group), form });
        }
    }
    nations.sort_by_key(|nation| nation.start);
    nations
}
