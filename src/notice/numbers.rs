//! Quantities in digits and in words: `13 000`, `23.400`, `27,5 tisíc`, `půl milionu`, `čtyřicetitisícové`.
//!
//! Reads Czech, Slovak and English from `data/numerals.tsv`. Years, dates, postal codes and percentages are
//! left to the reader who asks: a quantity is only a number and its place.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cues::rows;
use super::text::{Text, Token, TokenKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub value: u64,
    pub start: usize,
    pub end: usize,
    pub form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Bare digits, such as a year could be.
    Plain,
    /// Digits with a mark or a magnitude, or words.
    Marked,
    /// An adjective: `dvacetitisícový`.
    Adjective,
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:(\d{1,3}(?:[ .'\x1a]\d{3})+|\d{1,3}(?:,\d{3})+)|(\d+)(?:[,.](\d{1,2}))?)(?:[ -]?(tis\b\.?|tisic[a-z]*|thousand|k\b|mil\b\.?|mln\b|milion[a-z]*|million|set\b))?(?:\b|$)?")
        .expect("a fixed expression")
});

/// Every quantity within a range, by position.
pub fn quantities(text: &Text, range: Range<usize>) -> Vec<Quantity> {
    let mut found = digits(text, range.clone());
    let tokens = &text.tokens;
    let mut at = tokens.partition_point(|token| token.start < range.start);
    while at < tokens.len() && tokens[at].end <= range.end {
        at += match spelt(text, at, range.end) {
            Some((quantity, used)) => {
                if !found.iter().any(|other| other.start < quantity.end && quantity.start < other.end) {
                    found.push(quantity);
                }
                used
            }
            None => 1,
        };
    }
    found.sort_by_key(|quantity| quantity.start);
    found
}

fn digits(text: &Text, range: Range<usize>) -> Vec<Quantity> {
    let part = &text.shadow[range.clone()];
    let mut found = Vec::new();
    for captures in DIGITS.captures_iter(part) {
        let whole = captures.get(0).expect("group 0 always matches").range();
        let magnitude = captures.get(4).map_or("", |word| word.as_str());
        let (value, marked) = if let Some(grouped) = captures.get(1) {
            (grouped.as_str().chars().filter(char::is_ascii_digit).collect::<String>().parse().ok(), true)
        } else {
            let fraction = captures.get(3).map_or("", |part| part.as_str());
            (scaled(captures.get(2).map_or("", |part| part.as_str()), fraction, magnitude), !magnitude.is_empty())
        };
        let value = if captures.get(1).is_some() { value.and_then(|value: u64| value.checked_mul(scale(magnitude))) } else { value };
        let Some(value) = value else { continue };
        let form = if magnitude.starts_with("tisicov") || magnitude.starts_with("milionov") {
            Form::Adjective
        } else if marked {
            Form::Marked
        } else {
            Form::Plain
        };
        let end = range.start + whole.end;
        found.push(Quantity { value, start: range.start + whole.start, end, form });
    }
    found
}

fn scale(magnitude: &str) -> u64 {
    match magnitude.as_bytes().first() {
        None => 1,
        Some(b's') => 100,
        Some(b't' | b'k') => 1_000,
        Some(_) => 1_000_000,
    }
}

/// `27` `5` `tis.` is 27,500; a fraction without a magnitude is no count of people.
fn scaled(whole: &str, fraction: &str, magnitude: &str) -> Option<u64> {
    let scale = scale(magnitude);
    if fraction.is_empty() {
        return whole.parse::<u64>().ok()?.checked_mul(scale);
    }
    let parts = 10_u64.pow(fraction.len() as u32);
    if scale < parts {
        return None;
    }
    whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(fraction.parse::<u64>().ok()? * scale / parts)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Below a hundred: adds.
    Small,
    /// `sto`, `tisíc`, `milion`: multiplies.
    Scale,
    /// `půl`, `půldruhého`: so many halves of the scale that follows.
    Half,
}

static NUMERALS: LazyLock<HashMap<&'static str, (Class, u64)>> = LazyLock::new(|| {
    let mut numerals = HashMap::new();
    for row in rows(include_str!("data/numerals.tsv")) {
        let class = match row[0] {
            "scale" => Class::Scale,
            "half" => Class::Half,
            _ => Class::Small,
        };
        let value = row[1].parse().expect("numerals.tsv: the second column is a number");
        numerals.extend(row[2].split(' ').map(|word| (word, (class, value))));
    }
    numerals
});

/// A numeral in words from token `at` on, with the count of tokens used.
fn spelt(text: &Text, at: usize, limit: usize) -> Option<(Quantity, usize)> {
    let first = text.tokens[at];
    if first.kind != TokenKind::Word {
        return None;
    }
    if let Some(value) = adjective(text.fold(first)) {
        return Some((Quantity { value, start: first.start, end: first.end, form: Form::Adjective }, 1));
    }
    let mut parts = Vec::new();
    let mut end = first;
    for (index, token) in text.tokens.iter().enumerate().skip(at).take_while(|(_, token)| token.end <= limit) {
        match parse_word(text, *token) {
            Some(part) => parts.extend(part),
            // `dva a půl tisíce`, `three hundred and fifty`: the `and` counts if a numeral follows it.
            None if !parts.is_empty() && matches!(text.fold(*token), "a" | "and") => {
                let numeral = |at: usize| text.tokens.get(at).and_then(|next| parse_word(text, *next));
                // `tři tisíce a pět set` goes on, `dvacet tisíc a pět škol` does not.
                let hundreds = || numeral(index + 2).is_some_and(|scale| matches!(scale[..], [(Class::Scale, 100)]));
                let goes_on = |next: Vec<(Class, u64)>| match next[..] {
                    [(Class::Half, _) | (Class::Small, 10..)] => true,
                    [(Class::Small, _)] => hundreds(),
                    _ => false,
                };
                if !numeral(index + 1).is_some_and(goes_on) {
                    break;
                }
            }
            None => break,
        }
        end = *token;
    }
    // `několik tisíc lidí` counts nobody.
    if matches!(parts[..], [(Class::Scale, _)]) && at > 0 && vague(text.fold(text.tokens[at - 1])) {
        return None;
    }
    let used = text.tokens[at..].iter().take_while(|token| token.start <= end.start).count();
    let value = sum(&parts)?;
    (value >= 100).then_some((Quantity { value, start: first.start, end: end.end, form: Form::Marked }, used))
}

fn vague(word: &str) -> bool {
    ["nekolik", "niekolk", "desit", "desiat", "stovk", "par", "mnoh", "radov", "several", "many"].iter().any(|stem| word.starts_with(stem))
}

/// The parts of one word: `pětadvacet` and `dvacetipěti` have two.
fn parse_word(text: &Text, token: Token) -> Option<Vec<(Class, u64)>> {
    if token.kind != TokenKind::Word {
        return None;
    }
    let word = text.fold(token);
    compound(word)
}

fn compound(word: &str) -> Option<Vec<(Class, u64)>> {
    if let Some(&part) = NUMERALS.get(word) {
        return Some(vec![part]);
    }
    let word = word.strip_suffix('-').unwrap_or(word);
    for cut in (2..word.len().saturating_sub(1)).rev() {
        let Some(&(class, value)) = word.get(..cut).and_then(|head| NUMERALS.get(head)) else { continue };
        let rest = &word[cut..];
        // `pět-a-dvacet` turns the tens and the units round, which a sum does not mind.
        let rest = if value < 10 { rest.strip_prefix('a').unwrap_or(rest) } else { rest };
        if let Some(mut parts) = compound(rest.trim_start_matches('-')) {
            parts.insert(0, (class, value));
            return Some(parts);
        }
    }
    None
}

/// `čtyřicetitisícové`, `půlmilionového`, `stotisícové`.
fn adjective(word: &str) -> Option<u64> {
    let (head, scale) = [("tisicov", 1_000), ("tisicihlav", 1_000), ("tisicn", 1_000), ("milionov", 1_000_000), ("milionn", 1_000_000)]
        .iter()
        .find_map(|&(stem, scale)| word.find(stem).map(|at| (&word[..at], scale)))?;
    if head.is_empty() {
        return Some(scale);
    }
    let parts = compound(head.trim_end_matches('-'))?;
    if let [(Class::Half, halves)] = parts[..] {
        return Some(scale * halves / 2);
    }
    sum(&parts)?.checked_mul(scale)
}

/// The value of numeral parts: small ones add up, a scale multiplies what stands before it.
fn sum(parts: &[(Class, u64)]) -> Option<u64> {
    let (mut total, mut current, mut halves) = (0_u64, 0_u64, 0_u64);
    for &(class, value) in parts {
        match class {
            Class::Small => current += value,
            Class::Half => halves = value,
            Class::Scale if halves > 0 => {
                total += (2 * current + halves) * value / 2;
                (current, halves) = (0, 0);
            }
            Class::Scale if value == 100 => current = current.max(1) * 100,
            Class::Scale => {
                total += current.max(1) * value;
                current = 0;
            }
        }
    }
    (!parts.is_empty() && halves == 0).then_some(total + current)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Where;

    #[test]
    fn vague_thousands_are_no_number() {
        for written in ["několik tisíc lidí", "desítky tisíc hostů"] {
            let text = Text::new(Where::Title, written);
            assert_eq!(quantities(&text, 0..text.shadow.len()), [], "{written}");
        }
    }

    #[test]
    fn all_ways_of_writing() {
        let table = [
            ("13 000", 13_000),
            ("13\u{a0}000", 13_000),
            ("13\u{202f}000", 13_000),
            ("23.400", 23_400),
            ("23,400 inhabitants", 23_400),
            ("1004", 1_004),
            ("27,5 tisíc", 27_500),
            ("27.5 tis.", 27_500),
            ("40 tis.", 40_000),
            ("1,2 milionu", 1_200_000),
            ("půl milionu", 500_000),
            ("půldruhého milionu", 1_500_000),
            ("dva a půl tisíce", 2_500),
            ("čtyřmi tisíci", 4_000),
            ("dvaceti pěti tisíci", 25_000),
            ("pětadvacet tisíc", 25_000),
            ("dvě stě tisíc", 200_000),
            ("patnáct set", 1_500),
            ("tisíc", 1_000),
            ("čtyřicetitisícové", 40_000),
            ("půlmilionového", 500_000),
            ("stotisícovým", 100_000),
            ("dvanáctitisícové", 12_000),
            ("pětatřicetitisícové", 35_000),
            ("40tisícové", 40_000),
            ("dvadsaťtisícové", 20_000),
            ("třemi tisíci a pěti sty", 3_500),
            ("five thousand", 5_000),
            ("sto dvacet tisíc", 120_000),
        ];
        for (written, want) in table {
            let text = Text::new(Where::Title, written);
            let read = quantities(&text, 0..text.shadow.len());
            assert_eq!(read.first().map(|quantity| quantity.value), Some(want), "{written}");
            assert_eq!(read.len(), 1, "{written}");
        }
    }
}
