//! Czech words that only hold a sentence together: pronouns, prepositions, conjunctions, forms of *být*.
//!
//! Content words such as `článek` or `strana`, which other stop lists drop, are not among them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;

static LIST: &str = include_str!("data/stop.txt");

/// As written and without diacritics.
static WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| LIST.split_whitespace().flat_map(|word| [word.to_owned(), fold(word)]).collect());

/// Whether a lowercase word, with or without its diacritics, is a stop word.
pub fn is_stop(word: &str) -> bool {
    WORDS.contains(word)
}
