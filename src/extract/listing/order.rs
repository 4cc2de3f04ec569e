//! Day before month or month before day, decided for the whole column of a list's dates.
//!
//! A figure above 12 decides; else a day that would lie in the future, the order in which the list is sorted, other dates
//! of the page, the language. Where only the language decides, the doubt is decided.

use std::collections::HashSet;

use jiff::civil::Date;

use super::anchor::{self, Anchor};
use super::context::Context;
use super::dated_leaf::DatedLeaf;
use crate::extract::dates::{Form, Impossible, Order};
use crate::lang::dates::{Preferred, settle};

/// Different first days of a board.
const FEWEST: usize = 3;

/// The order of a list's dates.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    preferred: Preferred,
    /// Nothing but the language decided, and it matters.
    pub open: bool,
    /// The days to come are those of a list of what is planned.
    pub planned: bool,
    /// Its spans of days are those for which something is posted: a span dates its entry by its first day.
    posted: bool,
}

impl Decision {
    /// An event: a span of hours, or of days for which nothing is posted.
    pub fn is_event(self, anchor: &Anchor) -> bool {
        anchor.form == Form::Hours || self.is_open_span(anchor)
    }

    /// A span of days that dates no entry.
    pub fn is_open_span(self, anchor: &Anchor) -> bool {
        anchor.form == Form::Range && !self.posted
    }

    /// The day that an anchor means in this order; what can only be read the other way round is no day of this list.
    pub fn day(self, anchor: &Anchor) -> Result<Date, Impossible> {
        match (self.preferred, anchor.order) {
            (Preferred::DayFirst, Order::MonthFirst) | (Preferred::MonthFirst, Order::DayFirst) => Err(Impossible::NoSuchDay),
            _ => match day(anchor, self.preferred) {
                Err(Impossible::Future(planned)) if self.planned => Ok(planned),
                day => day,
            },
        }
    }
}

fn day(anchor: &Anchor, preferred: Preferred) -> Result<Date, Impossible> {
    match preferred {
        Preferred::MonthFirst => anchor.month_first.unwrap_or(anchor.date),
        Preferred::DayFirst => anchor.date,
    }
}

/// The order of the dates of a list.
pub fn of(context: &Context, dated: impl Iterator<Item = DatedLeaf>) -> Decision {
    let column: Vec<&Anchor> = dated.map(|dated| &context.anchors[dated.anchor]).collect();
    let decision = |preferred, open| Decision {
        preferred,
        open,
        planned: is_planned(&column, preferred, context.setting.seen),
        posted: is_posted(&column, preferred),
    };
    let orders = |anchors: &[&Anchor]| settle(anchors.iter().map(|anchor| anchor.order));
    let page = || orders(&context.anchors.iter().collect::<Vec<_>>());
    let decided = orders(&column).or_else(|| by_future(&column)).or_else(|| by_sorting(&column)).or_else(page);
    if let Some(preferred) = decided {
        return decision(preferred, false);
    }
    let american = context.model.metadata.locale.as_deref() == Some("en-us");
    let month_first = american || english(context) && month_words_first(context);
    let matters = column.iter().any(|anchor| anchor.order == Order::Open);
    decision(if month_first { Preferred::MonthFirst } else { Preferred::DayFirst }, matters && english(context) && !american)
}

/// Days to come that go on the order of those that have been, none farther than a year: meetings, not terms and no slips.
fn is_planned(column: &[&Anchor], preferred: Preferred, seen: Date) -> bool {
    let latest = seen.saturating_add(jiff::Span::new().years(1));
    let read = |anchor: &&Anchor| match day(anchor, preferred) {
        Err(Impossible::Future(day)) if day <= latest => Some((day, true)),
        day => day.ok().map(|day| (day, false)),
    };
    let Some(days) = column.iter().map(read).collect::<Option<Vec<(Date, bool)>>>() else { return false };
    let is = |ahead: bool| days.iter().any(|(_, planned)| *planned == ahead);
    is(true) && is(false) && is_sorted(&days.iter().map(|(day, _)| *day).collect::<Vec<_>>())
}

/// Most are spans of days, several and none of which begins after the fetch: a board, where a calendar goes on to what is to come.
fn is_posted(column: &[&Anchor], preferred: Preferred) -> bool {
    let spans: Vec<&Anchor> = column.iter().copied().filter(|anchor| anchor.form == Form::Range).collect();
    let days: Option<Vec<Date>> = spans.iter().map(|anchor| day(anchor, preferred).ok()).collect();
    2 * spans.len() >= column.len() && days.is_some_and(|days| days.iter().collect::<HashSet<_>>().len() >= FEWEST)
}

fn english(context: &Context) -> bool {
    context.model.metadata.lang.as_deref().is_none_or(|lang| lang == "en")
}

/// The page writes `March 3, 2020` and never `3 March 2020`.
fn month_words_first(context: &Context) -> bool {
    let words = context.anchors.iter().filter(|anchor| anchor.machine.is_none()).map(|anchor| anchor::words(context.dom, anchor));
    let mut worded = words.filter(|words| words.contains(char::is_alphabetic)).peekable();
    worded.peek().is_some() && worded.all(|words| words.starts_with(char::is_alphabetic))
}

/// The order in which no day lies in the future.
fn by_future(column: &[&Anchor]) -> Option<Preferred> {
    let ahead = |preferred| column.iter().any(|anchor| matches!(day(anchor, preferred), Err(Impossible::Future(_))));
    one_of(!ahead(Preferred::DayFirst), !ahead(Preferred::MonthFirst))
}

/// The order in which the list is sorted.
fn by_sorting(column: &[&Anchor]) -> Option<Preferred> {
    let sorted = |preferred| {
        column.iter().map(|anchor| day(anchor, preferred).ok()).collect::<Option<Vec<Date>>>().is_some_and(|days| is_sorted(&days))
    };
    one_of(sorted(Preferred::DayFirst), sorted(Preferred::MonthFirst))
}

fn one_of(day_first: bool, month_first: bool) -> Option<Preferred> {
    match (day_first, month_first) {
        (true, false) => Some(Preferred::DayFirst),
        (false, true) => Some(Preferred::MonthFirst),
        _ => None,
    }
}

/// Newest first or oldest first, of at least three different days.
fn is_sorted(days: &[Date]) -> bool {
    let different = days.windows(2).filter(|pair| pair[0] != pair[1]).count();
    different > 1 && (days.is_sorted() || days.iter().rev().is_sorted())
}
