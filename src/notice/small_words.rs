//! Small words, endings and stems that are compared by themselves, by what they are for (`data/small-words.tsv`).
//!
//! Words that mean something wherever they stand are cues (`cues.rs`). Refuses a group that the code does not know.

use std::sync::LazyLock;

use serde::Deserialize;

use super::cues::named;
use crate::lang::rows;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Small {
    Listed,
    Names,
    Countries,
    Located,
    Placing,
    Adjective,
    AdjectiveOfMany,
    Division,
    Quarter,
    Aggression,
}

/// The words by group, in the order of the groups.
static WORDS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let mut words = vec![Vec::new(); Small::Aggression as usize + 1];
    for row in rows(include_str!("data/small-words.tsv")) {
        words[named::<Small>(row[0]) as usize] = row[1].split(' ').collect();
    }
    words
});

/// The words of a group.
pub fn words(group: Small) -> &'static [&'static str] {
    &WORDS[group as usize]
}

pub fn is(group: Small, word: &str) -> bool {
    words(group).contains(&word)
}
