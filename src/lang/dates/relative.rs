//! Days told by their distance from today: `yesterday`, `vor 3 Tagen`, `před 2 dny`.
//!
//! Hours ago are none: they may reach into the day before.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::lang::fnv::FnvMap;
use crate::lang::fold::fold;
use crate::lang::rows::rows;
use crate::lang::text::{Token, TokenKind, tokens};

/// Words of the longest phrase.
const LONGEST: usize = 5;
/// Days that pages count; what is older they name.
const MOST: u32 = 60;

/// Days before today by phrase, its words folded; none where a figure tells them.
static PHRASES: LazyLock<FnvMap<String, Option<u32>>> = LazyLock::new(|| {
    let all = rows(include_str!("../data/relative-days-cldr.tsv")).chain(rows(include_str!("../data/relative-days.tsv")));
    all.flat_map(|row| row[2].split('|').map(move |phrase| (key(phrase), row[0].parse().ok()))).collect()
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

/// The first such day of a text and its bytes there.
pub fn relative(text: &str, today: Date) -> Option<(Range<usize>, Date)> {
    let words = words(text);
    let parts: Vec<String> = words.iter().map(|token| part(text, token)).collect();
    (0..words.len()).find_map(|from| {
        (from + 1..=words.len().min(from + LONGEST)).rev().find_map(|to| {
            let known = *PHRASES.get(&parts[from..to].join(" "))?;
            let figure = || text[words[from..to].iter().find(|token| token.kind == TokenKind::Number)?.range.clone()].parse().ok();
            let days = known.or_else(figure).filter(|days| *days <= MOST)?;
            Some((words[from].range.start..words[to - 1].range.end, today.checked_sub(i64::from(days).days()).ok()?))
        })
    })
}
