//! Text into tokens: the same chain for what is indexed, asked and marked.
//!
//! A text of the archive goes through the chain of its language. A question does not say its language: it is read as
//! Czech, and also as Slovak and English where the index holds such records.

use std::collections::HashMap;
use std::sync::LazyLock;

use tantivy::Term;

use super::closed;
use super::corpus::Corpus;
use super::czech::{self, Lang, Reader, Side};
use super::matching::Matching;
use super::schema::Fields;

pub use super::czech::Token;

/// In small letters and without diacritics.
pub fn fold(text: &str) -> String {
    czech::fold(&text.to_lowercase())
}

/// Tokens of a text of the archive in the given language (BCP 47; Czech when unknown).
pub fn text(lang: Option<&str>, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    each(lang, text, |token| tokens.push(token.clone()));
    tokens
}

/// The same one by one, for texts of any length.
pub fn each(lang: Option<&str>, text: &str, mut take: impl FnMut(&Token)) {
    let lang = lang.map_or(Lang::Cs, Lang::from_tag);
    let mut reader = Reader::new(text, lang, Side::Text);
    // The first of them are a group, the others are written over.
    let (mut tokens, mut count) = (vec![Token::default()], 0);
    while reader.advance() {
        let goes_on = (1..closed::MOST).contains(&count) && closed::connected(text, &tokens[count - 1], reader.token());
        if !goes_on {
            closed::close(text, &mut tokens[..count], lang);
            tokens[..count].iter().for_each(&mut take);
            count = 0;
        }
        if count == tokens.len() {
            tokens.push(Token::default());
        }
        reader.exchange(&mut tokens[count]);
        count += 1;
    }
    closed::close(text, &mut tokens[..count], lang);
    tokens[..count].iter().for_each(take);
}

/// Gives numbers and compounds among the tokens of a text their closed form.
fn with_closed_forms(text: &str, tokens: &mut [Token], lang: Lang) {
    for group in tokens.chunk_by_mut(|before, after| closed::connected(text, before, after)) {
        if group.len() <= closed::MOST {
            closed::close(text, group, lang);
        }
    }
}

/// Whether a word is a form of a folded lemma, as far as its own spelling tells.
pub fn is_form_of(word: &str, lemma: &str) -> bool {
    czech::analyze_query(word, Lang::Cs).iter().any(|token| token.folded == lemma || token.lemmas.iter().any(|own| own == lemma))
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

/// What a row of `data/question-words.tsv` says of its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Frame,
    Generic,
    Numbering,
}

fn class(word: &str) -> Option<Class> {
    static WORDS: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| {
        let rows = include_str!("data/question-words.tsv").lines().filter(|line| !line.starts_with('#'));
        let classed = |(class, words): (&'static str, &'static str)| {
            let class = match class {
                "frame" => Class::Frame,
                "number" => Class::Numbering,
                _ => Class::Generic,
            };
            words.split(' ').map(move |word| (word, class))
        };
        rows.filter_map(|line| line.split_once('\t')).flat_map(classed).collect()
    });
    WORDS.get(word).copied()
}

/// How much a word of a question bears on what is asked.
pub fn bearing(token: &Token) -> Bearing {
    if czech::is_stop(&token.surface) || class(&token.folded) == Some(Class::Frame) {
        return Bearing::Frame;
    }
    if token.lemmas.iter().any(|lemma| class(lemma) == Some(Class::Generic)) { Bearing::Generic } else { Bearing::Decides }
}

/// Whether figures after this word are a number of something, and no date: `č. 5/2012`, `§ 12`.
pub fn is_numbering(word: &str) -> bool {
    class(&fold(word)) == Some(Class::Numbering)
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
    pub fn new(question: &str, fields: &Fields, corpus: &dyn Corpus) -> Self {
        let of = |tag: &str| Matching::terms(vec![Term::from_field_text(fields.lang, tag)]);
        let held = |tag: &&str| corpus.count(&of(tag)).unwrap_or(0) > 0;
        let others = ["sk", "en"].iter().filter(|tag| held(tag)).map(|tag| Lang::from_tag(tag)).collect();
        Self { marked: czech::has_diacritics(question), others }
    }

    /// Tokens of a piece of the question.
    pub fn tokens(&self, piece: &str) -> Vec<Token> {
        let mut tokens = czech::analyze_query(piece, Lang::Cs);
        if self.marked && !czech::has_diacritics(piece) {
            for (token, meant) in tokens.iter_mut().zip(czech::analyze_text(piece, Lang::Cs)) {
                (token.lemmas, token.derivations) = (meant.lemmas, meant.derivations);
            }
        }
        for lang in &self.others {
            for (token, other) in tokens.iter_mut().zip(czech::analyze_query(piece, *lang)) {
                token.lemmas.extend(other.lemmas);
            }
        }
        with_closed_forms(piece, &mut tokens, Lang::Cs);
        tokens
    }
}
