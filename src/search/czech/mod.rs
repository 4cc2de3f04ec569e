#![doc = include_str!("README.md")]

mod certain;
mod chain;
mod english;
mod explain;
mod fold;
mod maps;
mod memo;
mod reader;
mod slovak;
mod stop;
mod token;
mod words;

pub use chain::{derivations, is_known, lemmas, lemmas_of_folded};
pub use explain::{Explained, explain};
pub use fold::{fold, has_diacritics};
pub use reader::Reader;
pub use stop::is_stop;
pub use token::{Lang, Side, Token};

/// Whom the embedded data is owed to and under what licence; to be shown with the program's own.
pub const DATA_LICENSE: &str = include_str!("data/LICENSE-DATA");

/// Sums of the built-in data: an index made from other data is stale.
pub const DATA_SUMS: &str = include_str!("data/SHA1SUMS");

/// Changes whenever the same text may give other terms; an index built under another number is stale.
pub const ANALYZER_VERSION: u32 = 6;

/// Byte ranges of the words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let next = move |from: usize| words::next_word(text, from).map(|word| word.start..word.end);
    std::iter::successors(next(0), move |word| next(word.end))
}

/// The tokens of a text to be indexed, in order.
pub fn analyze_text(text: &str, lang: Lang) -> Vec<Token> {
    Reader::new(text, lang, Side::Text).collect()
}

/// The tokens of what a reader typed. Without a single diacritic in it, every word is looked up as if its diacritics had been left out.
pub fn analyze_query(text: &str, lang: Lang) -> Vec<Token> {
    Reader::new(text, lang, Side::Query).collect()
}
