//! Quantities in figures and in words: `13 000`, `23.400`, `27,5 tisíc`, `3 a půl tisíce`, `čtyřicetitisícové`, `5 až 7 tisíc`.
//!
//! A numeral is a run of parts, figures or words alike (`data/numerals.tsv`); what bounds it stands before or behind it
//! (`data/quantity-words.tsv`). Years, dates, postal codes and percentages are left to the reader who asks.

mod figures;
mod numerals;
mod phrases;
mod run;

use std::ops::Range;

use super::fold::Folded;
use super::text::is_letter;
use phrases::PHRASES;
use run::numeral;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Bytes of the text: the number, or the range from its first figure to its last.
    pub range: Range<usize>,
    pub value: u64,
    /// Where a range is given, its lower end; `value` is the upper one.
    pub low: Option<u64>,
    pub form: Form,
    /// What bounds it, and the bytes of the words that say so.
    pub qualifier: Option<(Qualifier, Range<usize>)>,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    About,
    MoreThan,
    LessThan,
    AtLeast,
    AtMost,
}

/// A folded text in units: words with inner hyphens, numbers with what clings to them, signs.
struct Scan<'a> {
    text: &'a str,
    units: Vec<Unit>,
}

#[derive(Clone, Copy)]
struct Unit {
    start: usize,
    end: usize,
    kind: UnitKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum UnitKind {
    Word,
    Number,
    Sign,
}

impl Scan<'_> {
    fn of(&self, unit: Unit) -> &str {
        &self.text[unit.start..unit.end]
    }

    fn word(&self, at: usize) -> &str {
        self.units.get(at).map_or("", |unit| self.of(*unit))
    }
}

/// Every quantity of a text, by position. Small numbers in words (`pět škol`) count only as the end of a range.
pub fn find(text: &str) -> Vec<Quantity> {
    let folded = Folded::of(text);
    let scan = Scan { text: &folded.text, units: units(&folded.text) };
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < scan.units.len() {
        let Some(numeral) = numeral(&scan, at) else {
            at += 1;
            continue;
        };
        let quantity =
            Quantity { range: scan.units[at].start..numeral.end, value: numeral.value, low: None, form: numeral.form, qualifier: None };
        at = numeral.next;
        match found.last().and_then(|first| joined(scan.text, first, &quantity)) {
            Some(both) => {
                found.pop();
                found.push(both);
            }
            None => found.push(quantity),
        }
    }
    let in_digits = |quantity: &Quantity| scan.text.as_bytes()[quantity.range.start].is_ascii_digit();
    found.retain(|quantity| quantity.value >= 100 || quantity.value > 0 && in_digits(quantity));
    found.iter().map(|quantity| located(&folded, quantity)).collect()
}

/// The one number that a text is.
pub fn whole(text: &str) -> Option<u64> {
    let found = find(text);
    let [quantity] = found.as_slice() else { return None };
    (quantity.range == (0..text.len()) && quantity.low.is_none()).then_some(quantity.value)
}

/// Whether a word says that people are counted: `obyvatel`, `obyv.`, `lidí`, `mieszkańców`.
pub fn counts_people(word: &str) -> bool {
    PHRASES.people(&super::fold::fold(word))
}

/// Whether the words before a quantity only lead to it, as `s 2000 obyvateli` does.
pub fn leads(before: &str) -> bool {
    PHRASES.leads(super::fold::fold(before).trim())
}

/// With its qualifier, in bytes of the source.
fn located(folded: &Folded, quantity: &Quantity) -> Quantity {
    let Range { start, end } = quantity.range.clone();
    let before = PHRASES.before(&folded.text[..start]).map(|(qualifier, at)| (qualifier, at..start));
    let behind = || PHRASES.plus(&folded.text[end..]).map(|length| (Qualifier::AtLeast, end..end + length));
    let qualifier = behind().or(before).map(|(qualifier, words)| {
        let words = trimmed(&folded.text, words);
        (qualifier, folded.source_range(words))
    });
    Quantity { range: folded.source_range(start..end), qualifier, ..*quantity }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// `5 až 7 tisíc`, `mezi 5 a 7 tisíci`, `od tří do osmi tisíc obyvatel`: two numbers that bound one.
fn joined(text: &str, first: &Quantity, last: &Quantity) -> Option<Quantity> {
    let between = text[first.range.end..last.range.start].trim();
    let before = text[..first.range.start].trim_end();
    if !PHRASES.joins(between, before) || first.value == 0 || first.low.is_some() || first.form == Form::Adjective {
        return None;
    }
    // `5 až 10 tisíc`: the magnitude is said once.
    let low = if first.value < 1_000 && last.value >= 1_000 { first.value.checked_mul(scale_of(last.value))? } else { first.value };
    (low < last.value).then(|| Quantity { low: Some(low), range: first.range.start..last.range.end, ..last.clone() })
}

fn scale_of(value: u64) -> u64 {
    if value >= 1_000_000 { 1_000_000 } else { 1_000 }
}

fn units(text: &str) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let kind = match first {
            _ if first.is_ascii_digit() => UnitKind::Number,
            _ if is_letter(first) => UnitKind::Word,
            _ => UnitKind::Sign,
        };
        let mut end = start + first.len_utf8();
        while kind != UnitKind::Sign
            && let Some(&(at, next)) = chars.peek()
        {
            let after = || text[at + next.len_utf8()..].chars().next();
            let ties = || kind == UnitKind::Word && matches!(next, '-' | '\'') && after().is_some_and(is_letter);
            if !(is_letter(next) || next.is_numeric() || ties()) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        units.push(Unit { start, end, kind });
    }
    units
}

#[cfg(test)]
mod tests;
