//! Text into tokens: the same chain for what is indexed, asked and marked.
//!
//! A text of the archive goes through the chain of its language. A question does not say its language: it is read as
//! Czech, and also as Slovak and English where the index holds such records.

use std::collections::HashMap;
use std::sync::LazyLock;

use tantivy::{Searcher, Term};

use super::czech::{self, Lang};
use super::schema::Fields;

pub use super::czech::Token;

/// In small letters and without diacritics.
pub fn fold(text: &str) -> String {
    czech::fold(&text.to_lowercase())
}

/// Tokens of a text of the archive in the given language (BCP 47; Czech when unknown).
pub fn text(lang: Option<&str>, text: &str) -> Vec<Token> {
    czech::analyze_text(text, lang.map_or(Lang::Cs, Lang::from_tag))
}

/// Whether a word decides if a record answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// It says what is asked for.
    Decides,
    /// Every record is about that, or may do so.
    Generic,
    /// It holds the question together: asked only when nothing else is.
    Frame,
}

/// How much a word of a question bears on what is asked.
pub fn bearing(token: &Token) -> Bearing {
    static WORDS: LazyLock<HashMap<&str, Bearing>> = LazyLock::new(|| {
        let rows = include_str!("data/question-words.tsv").lines().filter(|line| !line.starts_with('#'));
        let rows = rows.filter_map(|line| line.split_once('\t'));
        rows.flat_map(|(class, words)| {
            let bearing = if class == "frame" { Bearing::Frame } else { Bearing::Generic };
            words.split(' ').map(move |word| (word, bearing))
        })
        .collect()
    });
    let of = |word: &str| WORDS.get(word).copied();
    if czech::is_stop(&token.surface) || of(&token.folded) == Some(Bearing::Frame) {
        return Bearing::Frame;
    }
    if token.lemmas.iter().any(|lemma| of(lemma) == Some(Bearing::Generic)) { Bearing::Generic } else { Bearing::Decides }
}

/// Closed-class words and those that frame a question: they are asked only when nothing else is.
pub fn is_stop(token: &Token) -> bool {
    bearing(token) == Bearing::Frame
}

/// How the words of one question are read.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The question has diacritics: a word without any was meant so.
    marked: bool,
    /// Languages of the index besides Czech.
    others: Vec<Lang>,
}

impl Asker {
    pub fn new(question: &str, fields: &Fields, searcher: &Searcher) -> Self {
        let held = |tag: &&str| searcher.doc_freq(&Term::from_field_text(fields.lang, tag)).unwrap_or(0) > 0;
        let others = ["sk", "en"].iter().filter(|tag| held(tag)).map(|tag| Lang::from_tag(tag)).collect();
        Self { marked: czech::has_diacritics(question), others }
    }

    /// Tokens of a piece of the question.
    pub fn tokens(&self, piece: &str) -> Vec<Token> {
        let mut tokens = czech::analyze_query(piece, Lang::Cs);
        if self.marked && !czech::has_diacritics(piece) {
            for (token, meant) in tokens.iter_mut().zip(czech::analyze_text(piece, Lang::Cs)) {
                (token.lemmas, token.links) = (meant.lemmas, meant.links);
            }
        }
        for lang in &self.others {
            for (token, other) in tokens.iter_mut().zip(czech::analyze_query(piece, *lang)) {
                token.lemmas.extend(other.lemmas);
            }
        }
        tokens
    }
}
