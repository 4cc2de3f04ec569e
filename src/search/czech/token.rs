//! What the analysis says of one word.
//!
//! Offsets are bytes of the text as it was given, whatever its normal form, and always lie on character boundaries.
//! Everything that is meant to be an index term (`folded`, `lemmas`, `derivations`, `name`) is lowercase and without diacritics.

use serde::Serialize;

/// The chain a text goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Cs,
    Sk,
    En,
    /// Words are folded and otherwise left alone.
    Other,
}

impl Lang {
    /// Reads a BCP 47 tag (`cs`, `sk-SK`, `en`); what is not known is `Other`.
    pub fn from_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "cs" => Self::Cs,
            "sk" => Self::Sk,
            "en" => Self::En,
            _ => Self::Other,
        }
    }
}

/// Which side of the search a text stands on. The two differ only in how words without diacritics are read and in who gets a `name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Text,
    Query,
}

/// One word, with its index terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    /// Number of the word in the text, from 0.
    pub position: usize,
    /// The word in lowercase and NFC.
    pub surface: String,
    /// The surface without diacritics.
    pub folded: String,
    /// Folded lemmas, the most probable first; never empty.
    pub lemmas: Vec<String>,
    /// Folded relational adjectives of the lemmas' families: `ukrajinsky` for `Ukrajina` and for `ukrajinský`.
    pub derivations: Vec<String>,
    /// Folded Snowball stem: in a text for capitalised and unknown words, in a query for every word.
    pub name: Option<String>,
    /// Written with a capital first letter.
    pub capitalised: bool,
    /// The lexicon knows the word, or the word without its negating `ne-`; of a word typed without diacritics, that it has the lemma.
    pub known: bool,
}

/// Which of the two spellings a word is looked up in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Accented,
    Folded,
}
