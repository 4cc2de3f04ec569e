//! Dates as people write them on pages of nine languages: found in running text, or a whole text.
//!
//! A date is a day of a stated year. Times make a `Stamp`, spans of days or hours a `Range` (an event,
//! never a publication). A day that does not exist, or lies after the fetch, is found and carries its
//! fault, so that a caller can count it and leave the entry undated. Machine forms: RFC 3339, RFC 822.

mod grammar;
mod scan;
mod words;

use jiff::ToSpan;
use jiff::civil::Date;

use grammar::{Grammar, Match};
use scan::{Kind, Token, tokens};
pub use words::fold;

/// No page of the web is older.
const FIRST_YEAR: i16 = 1990;
/// Longer texts hold more than a date.
const LONGEST_WHOLE: usize = 240;

/// Why a written date can be no publication date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    NoSuchDay,
    /// After the day that follows the fetch.
    Future,
    TooOld,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Day,
    /// A day with one clock time.
    Stamp,
    /// Several days, or a span of hours: an event.
    Range,
}

/// A date form with its byte span in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    /// Of a range: its first day.
    pub date: Result<Date, Impossible>,
    pub form: Form,
}

/// Every date form in `text`, in order, none overlapping another.
pub fn find(text: &str, seen: Date) -> Vec<Found> {
    let tokens = tokens(text);
    matches(&tokens, false).into_iter().map(|(at, found)| bounded(&tokens, at, found, seen)).collect()
}

/// The publication date if `text` is nothing but one: weekday, label, time and a remark (author,
/// counter, update) may stand around it. A range, an event's label or other words give none.
pub fn whole(text: &str, seen: Date) -> Option<Found> {
    alone(text, seen).filter(|found| found.form != Form::Range)
}

/// As [`whole`], but a range is told too: it marks an event.
pub fn alone(text: &str, seen: Date) -> Option<Found> {
    if text.len() > LONGEST_WHOLE || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(text);
    let mut from = 0;
    for (at, found) in matches(&tokens, true) {
        match label(&tokens[from..at]) {
            Label::Other => return None,
            Label::Updated => from = found.next,
            Label::Published => return closes(&tokens[found.next..]).then(|| bounded(&tokens, at, found, seen)),
        }
    }
    None
}

/// Whether `text` only announces a publication: weekday, label, marks, or nothing.
pub fn is_announced(text: &str) -> bool {
    matches!(label(&tokens(text)), Label::Published)
}

/// Whether `text` only announces or follows a date: labels, or a remark such as an author's name.
pub fn is_label(text: &str) -> bool {
    let tokens = tokens(text);
    !matches!(label(&tokens), Label::Other) || (text.contains(':') && closes(&tokens))
}

/// The day of a machine-written time (`datetime`, JSON-LD, Atom, RSS), as written there.
pub fn iso(text: &str) -> Option<Date> {
    let tokens = tokens(text.trim());
    let start = tokens.iter().position(|token| matches!(token.kind, Kind::Number(..)))?;
    let only_weekday = tokens[..start].iter().all(|token| match &token.kind {
        Kind::Word(word) => words::is_weekday(word),
        kind => *kind == Kind::Mark(','),
    });
    let found = Grammar { tokens: &tokens, short_years: false }.form(start).filter(|_| only_weekday)?;
    found.written.date().ok()
}

/// Non-overlapping forms with the index of their first token.
fn matches(tokens: &[Token], short_years: bool) -> Vec<(usize, Match)> {
    let grammar = Grammar { tokens, short_years };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let here = if matches!(tokens[at].kind, Kind::Mark(_)) { None } else { grammar.form(at) };
        let next = here.map_or(at + 1, |found| found.next);
        found.extend(here.map(|here| (at, here)));
        at = next;
    }
    found
}

fn bounded(tokens: &[Token], at: usize, found: Match, seen: Date) -> Found {
    let latest = seen.checked_add(1.day()).unwrap_or(seen);
    let date = found.written.date().and_then(|date| match date {
        date if date > latest => Err(Impossible::Future),
        date if date.year() < FIRST_YEAR => Err(Impossible::TooOld),
        date => Ok(date),
    });
    Found { start: tokens[at].start, end: tokens[found.next - 1].end, date, form: found.form }
}

enum Label {
    Published,
    Updated,
    Other,
}

/// What the words before a date announce.
fn label(before: &[Token]) -> Label {
    let mut label = Label::Published;
    for token in before {
        match &token.kind {
            Kind::Mark(mark) if !"%$€§".contains(*mark) => {}
            Kind::Word(word) if words::is_updated_label(word) => label = Label::Updated,
            Kind::Word(word) if words::is_weekday(word) || words::is_published_label(word) => {}
            _ => return Label::Other,
        }
    }
    label
}

/// Whether nothing but marks, a weekday or a remark follows.
fn closes(after: &[Token]) -> bool {
    for token in after {
        match &token.kind {
            Kind::Mark(_) => {}
            Kind::Word(word) if words::is_weekday(word) => {}
            Kind::Word(word) => return words::opens_remark(word),
            Kind::Number(..) => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests;
