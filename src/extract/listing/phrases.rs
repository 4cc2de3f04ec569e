//! Phrases of links and labels in all languages, from `data/phrases.tsv`: reading on, pagers, names of a title column.
//!
//! A phrase is a feature or opens a pager; none overrules what a column as a whole says.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::extract::text::fold;
use crate::lang::rows;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// "Read more".
    More,
    /// To the page that follows.
    Next,
    /// The same by a word that a noun may follow: older ones.
    Older,
    LoadMore,
    /// Back, first, last.
    OtherPage,
    /// A page number.
    Number,
    /// An arrow that points on.
    Forward,
    /// Nothing but marks.
    Marks,
    /// Head of a column that holds titles.
    Title,
    /// Where a link opens.
    Window,
    None,
}

/// Folded words, marks dropped.
pub fn plain(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Phrases, and the words that they begin with.
static TABLE: LazyLock<(HashMap<String, Class>, HashSet<String>)> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for row in rows(include_str!("data/phrases.tsv")) {
        let class = match row[0] {
            "more" => Class::More,
            "next" => Class::Next,
            "older" => Class::Older,
            "load" => Class::LoadMore,
            "other" => Class::OtherPage,
            "window" => Class::Window,
            _ => Class::Title,
        };
        for phrase in row[2].split('|') {
            table.entry(plain(phrase)).or_insert(class);
        }
    }
    let first = table.keys().map(|phrase| first(phrase).to_owned()).collect();
    (table, first)
});

/// The first word.
fn first(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default()
}

/// A text without the note in brackets at its end that says where a link opens.
pub fn without_window(text: &str) -> &str {
    let noted = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    noted.filter(|(_, note)| class(note) == Class::Window).map_or(text, |(bare, _)| bare.trim_end())
}

/// Longest phrase in words.
const LONGEST: usize = 4;
/// Characters of a text that a phrase may open.
const OPENED: usize = 60;

/// What the text says as a whole, or what it opens with where more follows ("Read more about …").
pub fn class(text: &str) -> Class {
    let (table, begins) = &*TABLE;
    let word = first(text);
    let known = || begins.contains(&*fold(word)) || word.bytes().all(|byte| byte.is_ascii_digit());
    if !word.is_empty() && !known() || text.trim().chars().nth(2 * OPENED).is_some() {
        return Class::None;
    }
    let plain = plain(text);
    if plain.is_empty() {
        let forward = text.chars().any(|c| "»›>→⟩❯▶".contains(c));
        let back = text.chars().any(|c| "«‹<←⟨❮◀".contains(c));
        return if forward && !back { Class::Forward } else { Class::Marks };
    }
    let words: Vec<&str> = plain.split(' ').collect();
    if words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit())) && plain.len() <= 9 {
        return Class::Number;
    }
    let opens = |count: usize| Some((count, *table.get(&words[..count].join(" "))?));
    let opened = (1..=words.len().min(LONGEST + 1)).rev().find_map(opens);
    match table.get(&plain).map_or(opened, |class| Some((words.len(), *class))) {
        Some((_, Class::Older)) if words.len() <= LONGEST + 1 => Class::Next,
        Some((count, class)) if count == words.len() => class,
        Some((1, _)) | None => Class::None,
        Some((_, class @ (Class::More | Class::LoadMore))) => class,
        Some((_, class @ (Class::Next | Class::OtherPage))) if words.len() <= LONGEST + 1 => class,
        Some(_) => Class::None,
    }
}
