//! The words around quantities (`data/quantity-words.tsv`), folded: qualifiers, and what joins two ends of a range.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Qualifier;
use crate::lang::fold::fold;
use crate::lang::rows::rows;

pub struct Phrases {
    by_class: HashMap<&'static str, Vec<String>>,
    /// The longest first, so that `více než` wins over `než`.
    qualifiers: Vec<(String, Qualifier)>,
}

pub static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases { by_class: HashMap::new(), qualifiers: Vec::new() };
    for row in rows(include_str!("../data/quantity-words.tsv")) {
        let words: Vec<String> = row[2].split('|').map(fold).collect();
        let qualifier = match row[0] {
            "about" => Some(Qualifier::About),
            "more" => Some(Qualifier::MoreThan),
            "less" => Some(Qualifier::LessThan),
            "least" => Some(Qualifier::AtLeast),
            "most" => Some(Qualifier::AtMost),
            _ => None,
        };
        match qualifier {
            Some(qualifier) => phrases.qualifiers.extend(words.into_iter().map(|word| (word, qualifier))),
            None => phrases.by_class.entry(row[0]).or_default().extend(words),
        }
    }
    phrases.qualifiers.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
});

impl Phrases {
    fn class(&self, class: &str) -> &[String] {
        self.by_class.get(class).map_or(&[], Vec::as_slice)
    }

    fn has(&self, class: &str, phrase: &str) -> bool {
        self.class(class).iter().any(|known| known == phrase)
    }

    /// Whether the word makes a magnitude count nobody: `několik tisíc`.
    pub fn vague(&self, word: &str) -> bool {
        self.class("vague").iter().any(|stem| word.starts_with(stem.as_str()))
    }

    /// Whether a plural magnitude counts behind this word: `kolem tisíce lidí`.
    pub fn counts(&self, word: &str) -> bool {
        self.has("counts", word)
    }

    /// Whether the folded word begins as one for people does.
    pub fn people(&self, word: &str) -> bool {
        self.class("people").iter().any(|stem| word.starts_with(stem.as_str()))
    }

    /// Whether folded words lead to a quantity without bounding it.
    pub fn leads(&self, words: &str) -> bool {
        words.is_empty() || self.has("leads", words) || self.has("opens", words)
    }

    /// What follows the ending of a case written onto a figure: `15ti`.
    pub fn inflected<'a>(&self, suffix: &'a str) -> Option<&'a str> {
        self.class("inflected").iter().find_map(|ending| suffix.strip_prefix(ending.as_str()))
    }

    /// Whether the word links parts of one numeral: `dva a půl tisíce`.
    pub fn links(&self, word: &str) -> bool {
        self.has("linking", word)
    }

    /// Whether the words between two quantities make them the ends of one.
    pub fn joins(&self, between: &str, before: &str) -> bool {
        let bare = self.class("repeats").iter().find_map(|unit| between.strip_prefix(unit.as_str()).filter(|rest| rest.starts_with(' ')));
        let bare = bare.unwrap_or(between).trim_start();
        let opened = || self.class("opens").iter().any(|word| ends_with_word(before, word));
        self.has("joins", bare) || self.has("and", bare) && opened()
    }

    /// The qualifier that ends the text before a quantity, and where its words begin.
    pub fn before(&self, text: &str) -> Option<(Qualifier, usize)> {
        let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
        let (phrase, qualifier) = self.qualifiers.iter().find(|(phrase, _)| ends_with_word(text, phrase))?;
        Some((*qualifier, text.len() - phrase.len()))
    }

    /// Bytes of the words behind a quantity that make it a lower bound.
    pub fn plus(&self, after: &str) -> Option<usize> {
        let bare = after.trim_start();
        let phrase = self
            .class("plus")
            .iter()
            .find(|phrase| bare.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
        Some(after.len() - bare.len() + phrase.len())
    }
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
}
