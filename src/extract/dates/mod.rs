//! Which written dates are believed to be those of a page's entries: the policy over `lang::dates`.
//!
//! A date is a day of a stated year. Times make a `Stamp`, spans of days or hours a `Range` (an event, never a
//! publication). A day that does not exist, or lies after the fetch, is found and carries its fault, so that a caller
//! can count it and leave the entry undated.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::lang::Language;
pub use crate::lang::dates::Civil;
pub use crate::lang::dates::Order;
use crate::lang::dates::{Confidence, Context, DateMention, Precision, Span};
use crate::lang::text::{Token, TokenKind, tokens};
use crate::lang::words::{Role, Spelling, meaning, plays};

pub use crate::lang::fold::fold;

/// No page of the web is older.
const FIRST_YEAR: i16 = 1990;
/// Bytes of a weekday's abbreviation in any language.
const WEEKDAY: usize = 6;
/// Letters of a day of the week before a figure without a stop.
const SHORTENED: usize = 2;
/// Longer texts hold more than a date.
const LONGEST_WHOLE: usize = 240;

/// A label, a month and a year in bytes.
const LONGEST_PERIOD: usize = 40;

/// When a page was fetched, and the language that it is in, if that is known: a month may have another name's letters in another
/// language.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub seen: Date,
    pub language: Option<Language>,
}

impl From<Date> for Setting {
    fn from(seen: Date) -> Self {
        Self { seen, language: None }
    }
}

/// Why a written date can be no publication date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    NoSuchDay,
    /// After the day that follows the fetch: planned, if it is one of a list of what is to come.
    Future(Date),
    TooOld,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Day,
    /// A day with one clock time.
    Stamp,
    /// A day with a span of hours: an event of that day.
    Hours,
    /// Several days: an event.
    Range,
}

/// What the year of a day rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Year {
    Stated,
    /// The latest in which the day is not after the fetch.
    Assumed,
}

/// A date form with its byte span in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    /// Of a range: its first day; of open figures: day before month.
    pub date: Result<Date, Impossible>,
    /// The same with the month before the day, where figures leave that open.
    pub month_first: Option<Result<Date, Impossible>>,
    pub order: Order,
    pub form: Form,
    pub year: Year,
}

/// Every date form in `text`, in order, none overlapping another.
pub fn find(text: &str, setting: impl Into<Setting>) -> Vec<Found> {
    let setting = setting.into();
    days(text, Confidence::Sure, setting).map(|found| bounded(&found, setting.seen)).collect()
}

/// The same; of a text that has none the one that is not as sure but stands alone in it.
pub fn in_line(text: &str, setting: impl Into<Setting>) -> Vec<Found> {
    let setting = setting.into();
    let days: Vec<DateMention> = days(text, Confidence::Weak, setting).collect();
    let sure: Vec<Found> =
        days.iter().filter(|found| found.confidence >= Confidence::Sure).map(|found| bounded(found, setting.seen)).collect();
    if !sure.is_empty() {
        return sure;
    }
    let alone = if slashed(text).is_some() { alone(text, setting) } else { among(text, days.into_iter(), setting.seen) };
    alone.into_iter().collect()
}

/// The publication date if `text` is nothing but one: weekday, label, time and a remark (author,
/// counter, update) may stand around it. A range, an event's label or other words give none.
pub fn whole(text: &str, setting: impl Into<Setting>) -> Option<Found> {
    alone(text, setting).filter(|found| matches!(found.form, Form::Day | Form::Stamp))
}

/// As [`whole`], but a range is told too: it marks an event.
pub fn alone(text: &str, setting: impl Into<Setting>) -> Option<Found> {
    let setting = setting.into();
    if text.len() > LONGEST_WHOLE || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let slashed = slashed(text);
    among(text, days(slashed.as_deref().unwrap_or(text), Confidence::Likely, setting), setting.seen)
}

/// The day of these that dates the text as a whole.
fn among(text: &str, days: impl Iterator<Item = DateMention>, seen: Date) -> Option<Found> {
    let mut from = 0;
    for found in days.filter(|found| found.confidence >= Confidence::Likely && text.len() <= LONGEST_WHOLE) {
        match label(&text[from..found.range.start]) {
            Label::Other => return None,
            Label::Updated => from = found.range.end,
            Label::Published => return closes(&text[found.range.end..]).then(|| bounded(&found, seen)),
        }
    }
    None
}

/// The year, the month or both, if `text` names that and nothing else.
pub fn period(text: &str, setting: impl Into<Setting>) -> Option<Civil> {
    if text.len() > LONGEST_PERIOD {
        return None;
    }
    let context = in_language(setting.into().language);
    let Some(found) = crate::lang::dates::find(text, &context).into_iter().next() else { return lone_month(text, &context) };
    let whole = matches!(label(&text[..found.range.start]), Label::Published) && is_count(&text[found.range.end..]);
    (whole && found.precision() < Precision::Day && found.span == Span::One).then_some(found.start)
}

/// Nothing, or a number in brackets: how many there are of the period.
fn is_count(behind: &str) -> bool {
    let behind = behind.trim();
    let number = behind.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    !behind.contains(char::is_alphanumeric) || !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
}

/// The month whose name is the only word.
fn lone_month(text: &str, context: &Context) -> Option<Civil> {
    let mut written = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Mark).map(|token| &text[token.range]);
    let name = meaning(written.next()?)?.month(&context.languages).filter(|name| name.spelling != Spelling::Roman)?;
    written.next().is_none().then_some(Civil { month: Some(name.month), ..Civil::default() })
}

/// The day if `text` is nothing but one without a year, in the period whose heading it stands under.
pub fn within(text: &str, period: Civil, setting: impl Into<Setting>) -> Option<Found> {
    let setting = setting.into();
    let fits = |found: &DateMention| is_yearless(found, text) && period.month.is_none_or(|month| found.start.month == Some(month));
    // What is short for a day of the week may be short for a month elsewhere.
    let Some(mut found) = first(text, setting).filter(fits) else { return lone_day(text, period, setting.seen) };
    found.start = found.start.in_year(period.year?);
    Some(bounded(&found, setting.seen))
}

/// The day if `text` is nothing but one without a year, in the latest year in which it is not after the fetch.
pub fn of_late(text: &str, setting: impl Into<Setting>) -> Option<Found> {
    let setting = setting.into();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = first(text, setting).filter(|found| is_yearless(found, text))?;
    let seen = setting.seen;
    let years = [seen.year() + 1, seen.year(), seen.year() - 1].into_iter();
    let mut read = years.map(|year| bounded(&DateMention { start: found.start.in_year(year), ..found.clone() }, seen));
    read.find(|read| read.date.is_ok()).map(|read| Found { year: Year::Assumed, ..read })
}

/// The day if `text` is nothing but one told by its distance from the day of the fetch: `yesterday at 11:15`, `today, 30 November`.
pub fn relative(text: &str, setting: impl Into<Setting>) -> Option<Found> {
    let setting = setting.into();
    let (range, day) = crate::lang::dates::relative(text, setting.seen, setting.language)?;
    let Range { start, end } = range;
    let timed = tells_time(&text[end..]) || repeats(&text[end..], day, setting);
    let alone = matches!(label(&text[..start]), Label::Published) && (timed || closes(&text[end..]));
    let end = if timed { text.len() } else { end };
    alone.then_some(Found { start, end, date: Ok(day), month_first: None, order: Order::Settled, form: Form::Day, year: Year::Stated })
}

/// Whether nothing but the same day without its year follows.
fn repeats(after: &str, day: Date, setting: Setting) -> bool {
    let is_same = |found: &DateMention| is_yearless(found, after) && found.start.in_year(day.year()).first() == Some(day);
    first(after, setting).as_ref().is_some_and(is_same)
}

/// Whether nothing but a clock time follows.
fn tells_time(after: &str) -> bool {
    let of_time =
        |word: &str| [Role::BeforeTime, Role::AfterTime, Role::Forenoon, Role::Afternoon].into_iter().any(|role| plays(word, role));
    tokens(after).into_iter().all(|Token { range, kind }| kind != TokenKind::Word || of_time(&after[range]))
}

/// The first date of a text, whatever it says of it.
fn first(text: &str, setting: Setting) -> Option<DateMention> {
    crate::lang::dates::find(text, &in_language(setting.language)).into_iter().next()
}

/// The text is nothing but this day, which has no year.
fn is_yearless(found: &DateMention, text: &str) -> bool {
    let alone = matches!(label(&text[..found.range.start]), Label::Published) && closes(&text[found.range.end..]);
    alone && found.precision() == Precision::Day && !found.year_stated() && matches!(found.span, Span::One | Span::Stamp)
}

/// The figure of a day, alone or with its stop (`26`, `26.`, `Thu 26.`, `Th 26`), where a month is named above.
fn lone_day(text: &str, period: Civil, seen: Date) -> Option<Found> {
    let (mut day, mut end) = (None, 0);
    for Token { range, kind } in tokens(text) {
        match kind {
            TokenKind::Number if day.is_none() => day = Some((text[range.clone()].parse().ok()?, range.start)),
            TokenKind::Mark if &text[range.clone()] == "." && day.is_some() && end == 0 => end = range.end,
            TokenKind::Mark => {}
            TokenKind::Word if end == 0 && (range.len() <= WEEKDAY || plays(&text[range.clone()], Role::Weekday)) => {}
            _ => return None,
        }
    }
    let (figure, start) = day?;
    if end == 0 {
        // Without its stop it is alone, or behind a word as short as days of the week are written.
        let (before, rest) = (text[..start].trim(), text[start..].trim_end());
        let abbreviated = before.chars().count() <= SHORTENED && before.chars().all(char::is_alphabetic);
        end = (abbreviated && rest.bytes().all(|byte| byte.is_ascii_digit())).then_some(start + rest.len())?;
    }
    let date = believed(Civil { day: Some(figure), month: Some(period.month?), year: period.year }, seen);
    Some(Found { start, end, date, month_first: None, order: Order::Settled, form: Form::Day, year: Year::Stated })
}

/// Three short figures with dashes (`4-13-26`), which only a text of their own makes a date, written with slashes.
fn slashed(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(short)).then(|| text.replace('-', "/"))
}

/// Whether `text` announces a publication in words, and neither its end nor another day.
pub fn names_publication(text: &str) -> bool {
    let words: Vec<&str> = tokens(text).into_iter().filter(|token| token.kind == TokenKind::Word).map(|token| &text[token.range]).collect();
    let fits =
        |word: &&str| [Role::Published, Role::Since, Role::Weekday].into_iter().any(|role| plays(word, role)) && !plays(word, Role::Until);
    words.iter().all(fits) && words.iter().any(|word| plays(word, Role::Published))
}

/// Whether `text` begins to announce a publication and goes on in words of its own: `Posted by the clerk on`.
pub fn begins_publication(text: &str) -> bool {
    let mut words = tokens(text).into_iter().filter(|token| token.kind == TokenKind::Word).map(|token| &text[token.range]);
    words.next().is_some_and(|word| plays(word, Role::Published)) && !words.any(|word| plays(word, Role::Updated))
}

/// Whether `text` only announces a publication: weekday, label, marks, or nothing.
pub fn is_date_label(text: &str) -> bool {
    matches!(label(text), Label::Published)
}

/// Whether `text` only announces or follows a date: labels, or a remark such as an author's name.
pub fn is_label(text: &str) -> bool {
    !matches!(label(text), Label::Other) || (text.contains(':') && closes(text))
}

/// The day of a machine-written time (`datetime`, JSON-LD, Atom, RSS), as written there.
pub fn iso(text: &str) -> Option<Date> {
    crate::lang::dates::iso(text).map(|stamp| stamp.date)
}

/// Days with a year, at least so sure.
fn days(text: &str, least: Confidence, setting: Setting) -> impl Iterator<Item = DateMention> {
    crate::lang::dates::find(text, &in_language(setting.language))
        .into_iter()
        .filter(move |found| found.precision() == Precision::Day && found.year_stated() && found.confidence >= least)
}

fn in_language(language: Option<Language>) -> Context {
    Context { languages: language.into_iter().collect(), ..Context::default() }
}

fn bounded(found: &DateMention, seen: Date) -> Found {
    let form = match found.span {
        Span::One => Form::Day,
        Span::Stamp => Form::Stamp,
        Span::Range if found.end.is_none() => Form::Hours,
        Span::Range | Span::Several => Form::Range,
    };
    let month_first = (found.order == Order::Open).then(|| believed(found.swapped().start, seen));
    Found {
        start: found.range.start,
        end: found.range.end,
        date: believed(found.start, seen),
        month_first,
        order: found.order,
        form,
        year: Year::Stated,
    }
}

/// The day, if the page can have been published on it.
fn believed(written: Civil, seen: Date) -> Result<Date, Impossible> {
    written.first().map_or(Err(Impossible::NoSuchDay), |date| possible(date, seen))
}

/// The day, if a page fetched on the other can have been published on it.
pub fn possible(date: Date, seen: Date) -> Result<Date, Impossible> {
    match date {
        _ if date > seen.checked_add(1.day()).unwrap_or(seen) => Err(Impossible::Future(date)),
        _ if date.year() < FIRST_YEAR => Err(Impossible::TooOld),
        _ => Ok(date),
    }
}

enum Label {
    Published,
    Updated,
    Other,
}

/// What the words before a date announce.
fn label(before: &str) -> Label {
    let mut label = Label::Published;
    for Token { range, kind } in tokens(before) {
        let written = &before[range];
        match kind {
            TokenKind::Mark if !"%$€§".contains(written) => {}
            TokenKind::Word if plays(written, Role::Updated) => label = Label::Updated,
            TokenKind::Word if plays(written, Role::Weekday) || plays(written, Role::Published) => {}
            _ => return Label::Other,
        }
    }
    label
}

/// Whether nothing but marks, a weekday or a remark follows.
fn closes(after: &str) -> bool {
    for Token { range, kind } in tokens(after) {
        let written = &after[range];
        match kind {
            TokenKind::Mark => {}
            TokenKind::Word if plays(written, Role::Weekday) => {}
            TokenKind::Word => return plays(written, Role::Remark),
            TokenKind::Number => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests;
