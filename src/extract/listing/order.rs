//! Day before month or month before day, decided for the whole column of dates written in figures.
//!
//! A number above 12 decides; else a day that would lie in the future, the order in which the list is sorted, other dates
//! of the page, the language. Where only the language decides, the doubt is told.

use jiff::civil::Date;

use super::anchor::{self, Anchor};
use super::ground::Ground;
use super::reading::Reading;
use crate::extract::dates::{Form, Impossible};

/// Days before this are no publication on the web.
const FIRST_YEAR: i16 = 1990;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parts {
    DayFirst,
    MonthFirst,
}

/// The order of a list's dates.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    parts: Parts,
    /// Nothing but the language decided, and it matters.
    pub open: bool,
}

/// Three numbers as written: first, second, year.
type Figures = (i8, i8, i16);

impl Order {
    /// The day that an anchor means in this order.
    pub fn day(self, ground: &Ground, anchor: &Anchor) -> Result<Date, Impossible> {
        match figures(ground, anchor) {
            Some(figures) => day(figures, self.parts, ground.seen),
            None => anchor.date,
        }
    }
}

/// The order of the dates of a reading.
pub fn of(ground: &Ground, reading: &Reading) -> Order {
    let own = reading.records.iter().filter_map(|record| figures(ground, &ground.anchors[record.spot?.anchor]));
    let column: Vec<Figures> = own.collect();
    let settled = |parts| Order { parts, open: false };
    if column.is_empty() {
        return settled(Parts::DayFirst);
    }
    if let Some(parts) = by_figures(&column) {
        return settled(parts);
    }
    let cannot = |parts| column.iter().any(|figures| day(*figures, parts, ground.seen) == Err(Impossible::Future));
    match (cannot(Parts::DayFirst), cannot(Parts::MonthFirst)) {
        (true, false) => return settled(Parts::MonthFirst),
        (false, true) => return settled(Parts::DayFirst),
        _ => {}
    }
    match (is_sorted(&column, Parts::DayFirst, ground.seen), is_sorted(&column, Parts::MonthFirst, ground.seen)) {
        (true, false) => return settled(Parts::DayFirst),
        (false, true) => return settled(Parts::MonthFirst),
        _ => {}
    }
    let page: Vec<Figures> = ground.anchors.iter().filter_map(|anchor| figures(ground, anchor)).collect();
    if let Some(parts) = by_figures(&page) {
        return settled(parts);
    }
    let american = ground.model.metadata.locale.as_deref() == Some("en-us");
    let parts = if american || english(ground) && month_words_first(ground) { Parts::MonthFirst } else { Parts::DayFirst };
    let matters = column.iter().any(|figures| figures.0 != figures.1 && figures.1 <= 12);
    Order { parts, open: matters && english(ground) && !american }
}

fn english(ground: &Ground) -> bool {
    ground.model.metadata.lang.as_deref().is_none_or(|lang| lang == "en")
}

/// The page writes `March 3, 2020` and never `3 March 2020`.
fn month_words_first(ground: &Ground) -> bool {
    let mut first = ground.anchors.iter().filter(|anchor| figures(ground, anchor).is_none() && anchor.machine.is_none());
    let opens = |anchor: &Anchor| anchor::words(ground.dom, anchor).starts_with(char::is_alphabetic);
    let any = first.clone().any(opens);
    any && first.all(opens)
}

/// A number above 12 in one place and none in the other.
fn by_figures(column: &[Figures]) -> Option<Parts> {
    let (first, second) = (column.iter().filter(|f| f.0 > 12).count(), column.iter().filter(|f| f.1 > 12).count());
    match (first, second) {
        (0, 0) => None,
        (first, second) if first >= second => Some(Parts::DayFirst),
        _ => Some(Parts::MonthFirst),
    }
}

/// Newest first or oldest first, of at least three different days.
fn is_sorted(column: &[Figures], parts: Parts, seen: Date) -> bool {
    let days: Vec<Date> = column.iter().filter_map(|figures| day(*figures, parts, seen).ok()).collect();
    let different = days.windows(2).filter(|pair| pair[0] != pair[1]).count();
    days.len() == column.len() && different > 1 && (days.is_sorted() || days.iter().rev().is_sorted())
}

fn day((first, second, year): Figures, parts: Parts, seen: Date) -> Result<Date, Impossible> {
    let (day, month) = match parts {
        Parts::DayFirst if second <= 12 => (first, second),
        Parts::MonthFirst if first > 12 => (first, second),
        _ => (second, first),
    };
    let date = Date::new(year, month, day).map_err(|_| Impossible::NoSuchDay)?;
    if date > seen.saturating_add(jiff::Span::new().days(1)) {
        Err(Impossible::Future)
    } else if year < FIRST_YEAR {
        Err(Impossible::TooOld)
    } else {
        Ok(date)
    }
}

/// The numbers of a date written in figures with slashes or dashes, the year last; dots are day first everywhere.
fn figures(ground: &Ground, anchor: &Anchor) -> Option<Figures> {
    if anchor.form == Form::Range {
        return None;
    }
    let words = anchor::words(ground.dom, anchor);
    let date = words.split_whitespace().next()?.trim_end_matches([',', ';', ')']);
    let mark = ['/', '-', '.'].into_iter().find(|mark| date.contains(*mark))?;
    let mut parts = date.trim_end_matches('.').split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |text: &str| (1..=2).contains(&text.len());
    if parts.next().is_some() || !short(first) || !short(second) || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let long: i16 = year.parse().ok()?;
    let year = if year.len() == 2 { 2000 + long } else { long };
    (mark != '.' || second > 12).then_some((first, second, year))
}
