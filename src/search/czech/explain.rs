//! A token with everything the analysis knows of it, for people: lemmas with their accents, as well as the folded index terms.
//!
//! This is what `twindex analyze` prints, a line a word. It costs more than [`Token`] and is not for indexing.

use serde::Serialize;

use super::chain::{lemmas, lemmas_of_folded};
use super::reader::Reader;
use super::stop::is_stop;
use super::token::{Lang, Side, Token};

/// One word of a text, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The word as it stands in the text.
    pub word: String,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    pub position: usize,
    /// The lemmas, accents kept, the most probable first.
    pub lemmas: Vec<String>,
    /// The index terms of the lemmas: folded.
    pub folded_lemmas: Vec<String>,
    /// What the word is taken for when it is typed without diacritics: folded lemmas.
    pub typed_folded: Vec<String>,
    /// Folded relational adjectives.
    pub derivations: Vec<String>,
    /// The word without diacritics.
    pub folded: String,
    pub name: Option<String>,
    pub capitalised: bool,
    pub known: bool,
    pub stop: bool,
}

/// The words of a text, explained, in order.
pub fn explain(text: &str, lang: Lang) -> impl Iterator<Item = Explained> {
    Reader::new(text, lang, Side::Text).map(move |token| {
        let Token { start, end, position, surface, folded, lemmas: folded_lemmas, derivations, name, capitalised, known } = token;
        let (lemmas, typed_folded) = match lang {
            Lang::Cs => (lemmas(&surface), lemmas_of_folded(&folded)),
            _ => (folded_lemmas.clone(), folded_lemmas.clone()),
        };
        let stop = lang == Lang::Cs && is_stop(&surface);
        let word = text[start..end].to_owned();
        Explained { word, start, end, position, lemmas, folded_lemmas, typed_folded, derivations, folded, name, capitalised, known, stop }
    })
}
