//! The closed lists of facts: kinds, themes, languages, what a record has; how they are asked and what they are called.
//!
//! The words are rows of `data/values.tsv`. Refuses to know what an index holds.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::analysis::fold;
use super::facts::name;
use crate::record::Facts;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Kind,
    Theme,
    Has,
    Lang,
    Gone,
    Certainty,
}

/// One value of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    pub list: List,
    pub name: &'static str,
    asked: &'static str,
    /// In Czech.
    pub label: &'static str,
    /// Words by which a record with it is found although its text says it otherwise.
    pub words: &'static str,
}

static VALUES: LazyLock<Vec<Value>> =
    LazyLock::new(|| include_str!("data/values.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(read).collect());

fn read(line: &'static str) -> Option<Value> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [list, name, asked, label, words] = cells[..] else { return None };
    let list = match list {
        "kind" => List::Kind,
        "theme" => List::Theme,
        "has" => List::Has,
        "lang" => List::Lang,
        "gone" => List::Gone,
        "certainty" => List::Certainty,
        _ => return None,
    };
    Some(Value { list, name, asked, label, words })
}

/// Every value of a list.
pub fn values(list: List) -> impl Iterator<Item = &'static Value> {
    VALUES.iter().filter(move |value| value.list == list)
}

/// The value that a word stands for: its name, or a Czech or English word in any form.
pub fn value(list: List, asked: &str) -> Option<&'static Value> {
    let asked = fold(asked.trim()).replace([' ', '-'], "_");
    let plain = asked.replace('_', "-");
    let means = |word: &str| word.strip_suffix('*').map_or(word == plain, |stem| plain.starts_with(stem));
    values(list).find(|value| value.name == asked).or_else(|| values(list).find(|value| value.asked.split(' ').any(means)))
}

/// The value as the type that holds it.
pub fn parsed<T: DeserializeOwned>(list: List, asked: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(value(list, asked)?.name)).ok()
}

/// The themes and the kind of a record by name, with words for them.
pub fn topics(facts: &Facts) -> impl Iterator<Item = (String, &'static str)> + '_ {
    let of = |list: List, name: String| {
        let words = values(list).find(|value| value.name == name).map_or("", |value| value.words);
        (name, words)
    };
    let kind = facts.kind.map(|kind| of(List::Kind, name(&kind)));
    facts.themes.iter().map(move |theme| of(List::Theme, name(theme))).chain(kind).filter(|(_, words)| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Kind, Theme};

    #[test]
    fn every_row_is_read_and_names_a_value_of_its_type() {
        assert_eq!(VALUES.len(), include_str!("data/values.tsv").lines().filter(|line| !line.starts_with('#')).count());
        assert!(values(List::Kind).all(|value| parsed::<Kind>(List::Kind, value.name).is_some()));
        assert!(values(List::Theme).all(|value| parsed::<Theme>(List::Theme, value.name).is_some()));
        assert_eq!((values(List::Kind).count(), values(List::Theme).count()), (7, 15));
    }

    #[test]
    fn values_are_known_by_czech_words() {
        for (list, asked, name) in [
            (List::Kind, "hledání", "partner_search"),
            (List::Kind, "Partner-Search", "partner_search"),
            (List::Theme, "turistika", "tourism"),
            (List::Theme, "EU", "eu_funds"),
            (List::Has, "přílohu", "attachment"),
            (List::Has, "e-mail", "email"),
            (List::Lang, "slovenština", "sk"),
            (List::Gone, "ne", "no"),
        ] {
            assert_eq!(value(list, asked).map(|value| value.name), Some(name), "{asked}");
        }
        assert_eq!(value(List::Kind, "foo"), None);
        assert_eq!(value(List::Has, "mailbox"), None);
    }
}
