//! How a name is shown: not shouted, and in the nominative where another text of the notice has it.
//!
//! Refuses to correct: what no text of the notice has is not written.

use super::document::{Document, Part};
use super::grammar::Stance;
use super::seekers::Candidate;
use super::text::fold;
use crate::gazetteer;

/// The written form: not shouted, and in the nominative where another text has it.
pub fn surface_form(document: &Document, part: &Part, candidate: &Candidate) -> String {
    let raw = part.words(candidate.name);
    let letters = raw.chars().filter(|char| char.is_alphabetic()).count();
    if letters >= 3 && raw.chars().all(|char| !char.is_lowercase()) {
        return calm(document, raw);
    }
    if candidate.stands(Stance::Nominative) {
        return raw.to_owned();
    }
    let bases = gazetteer::base_forms(raw);
    let mut names = document.spoken().flat_map(|(_, part)| (0..part.names.len()).map(|name| part.words(name)));
    names.find(|name| *name != raw && bases.iter().any(|base| base == name)).unwrap_or(raw).to_owned()
}

/// `ŠTIP` as another text spells it, or with one capital a word.
fn calm(document: &Document, raw: &str) -> String {
    let folded = fold(raw);
    for (_, part) in document.spoken() {
        for (at, _) in part.text.shadow.match_indices(&folded) {
            let other = part.text.words(at..at + folded.len());
            if other != raw && other.chars().any(char::is_lowercase) && other.starts_with(char::is_uppercase) {
                return other.to_owned();
            }
        }
    }
    let mut start = true;
    let letter = |char: char| {
        let letter: Vec<char> = if start { vec![char] } else { char.to_lowercase().collect() };
        start = !char.is_alphabetic();
        letter
    };
    raw.chars().flat_map(letter).collect()
}
