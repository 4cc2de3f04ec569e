//! Text into tokens: the same chain for what is indexed, asked and marked.
//!
//! A text of the archive goes through the chain of its language. A question does not say its language: it is read as
//! Czech, and also as Slovak and English where the index holds such records.

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

/// Words that frame a question rather than say what it is about, folded.
const FRAME: &[&str] = &[
    "bych",
    "byl",
    "byla",
    "byli",
    "bylo",
    "byly",
    "bude",
    "budou",
    "chce",
    "chceme",
    "chci",
    "chteji",
    "chtel",
    "chtela",
    "chteli",
    "existuje",
    "existuji",
    "jaka",
    "jake",
    "jakou",
    "jakych",
    "jakym",
    "kolik",
    "kteri",
    "ma",
    "maji",
    "mame",
    "mohou",
    "muze",
    "najdu",
    "nejaka",
    "nejake",
    "nejakeho",
    "nejakou",
    "nejaky",
    "neco",
    "nekdo",
    "nektera",
    "nektere",
    "nekterou",
    "nektery",
    "odkud",
    "ohledne",
    "potrebuji",
    "potrebujeme",
    "vcetne",
    "vuci",
];

/// Closed-class words and those that frame a question: they are asked only when nothing else is.
pub fn is_stop(token: &Token) -> bool {
    czech::is_stop(&token.surface) || FRAME.contains(&token.folded.as_str())
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
