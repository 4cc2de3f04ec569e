//! Days told by their distance from today: `yesterday`, `vor 3 Tagen`, `před 2 dny`.
//!
//! Hours ago are none: they may reach into the day before.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::lang::fnv::FnvMap;
use crate::lang::fold::fold;
use crate::lang::language::Language;
use crate::lang::rows::rows;
use crate::lang::text::{Token, TokenKind, tokens};

/// Words of the longest phrase.
const LONGEST: usize = 5;
/// Days that pages count; what is older they name.
const MOST: u32 = 60;

/// Letters of a phrase that may be another word in a language besides its own: Hungarian `ma`.
const SHORT: usize = 3;

/// A day before today, as one language says it.
struct Phrase {
    /// None where a figure tells it.
    days: Option<u32>,
    language: Option<Language>,
}

/// By the phrase, its words folded.
static PHRASES: LazyLock<FnvMap<String, Phrase>> = LazyLock::new(|| {
    let all = rows(include_str!("../data/relative-days-cldr.tsv")).chain(rows(include_str!("../data/relative-days.tsv")));
    let phrases = all.flat_map(|row| row[2].split('|').map(move |phrase| (phrase, row[0].parse().ok(), Language::of_tag(row[1]))));
    phrases.map(|(phrase, days, language)| (key(phrase), Phrase { days, language })).collect()
});

fn key(phrase: &str) -> String {
    let figure = phrase.replace('#', "0");
    let said: Vec<String> = words(&figure).iter().map(|token| part(&figure, token)).collect();
    said.join(" ")
}

fn words(text: &str) -> Vec<Token> {
    tokens(text).into_iter().filter(|token| token.kind != TokenKind::Mark).collect()
}

fn part(text: &str, token: &Token) -> String {
    if token.kind == TokenKind::Number { "#".to_owned() } else { fold(&text[token.range.clone()]) }
}

/// The first such day of a text in a language, if that is known, and its bytes there.
pub fn relative(text: &str, today: Date, language: Option<Language>) -> Option<(Range<usize>, Date)> {
    let words = words(text);
    let parts: Vec<String> = words.iter().map(|token| part(text, token)).collect();
    (0..words.len()).find_map(|from| {
        (from + 1..=words.len().min(from + LONGEST)).rev().find_map(|to| {
            let said = parts[from..to].join(" ");
            let phrase = PHRASES.get(&said).filter(|phrase| said.len() > SHORT || language.is_none() || phrase.language == language)?;
            let figure = || text[words[from..to].iter().find(|token| token.kind == TokenKind::Number)?.range.clone()].parse().ok();
            let days = phrase.days.or_else(figure).filter(|days| *days <= MOST)?;
            Some((words[from].range.start..words[to - 1].range.end, today.checked_sub(i64::from(days).days()).ok()?))
        })
    })
}
