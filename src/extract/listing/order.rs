//! Day before month or month before day, decided for the whole column of a list's dates.
//!
//! A figure above 12 decides; else a day that would lie in the future, the order in which the list is sorted, other dates
//! of the page, the language. Where only the language decides, the doubt is decided.

use jiff::civil::Date;

use super::anchor::{self, Anchor};
use super::context::Context;
use super::dated_leaf::DatedLeaf;
use crate::extract::dates::{Impossible, Order};
use crate::lang::dates::{Preferred, settle};

/// The order of a list's dates.
#[derive(Clone, Copy, Debug)]
pub struct Decision {
    preferred: Preferred,
    /// Nothing but the language decided, and it matters.
    pub open: bool,
}

impl Decision {
    /// The day that an anchor means in this order; what can only be read the other way round is no day of this list.
    pub fn day(self, anchor: &Anchor) -> Result<Date, Impossible> {
        match (self.preferred, anchor.order) {
            (Preferred::DayFirst, Order::MonthFirst) | (Preferred::MonthFirst, Order::DayFirst) => Err(Impossible::NoSuchDay),
            _ => day(anchor, self.preferred),
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
    let settled = |preferred| Decision { preferred, open: false };
    let orders = |anchors: &[&Anchor]| settle(anchors.iter().map(|anchor| anchor.order));
    let page = || orders(&context.anchors.iter().collect::<Vec<_>>());
    let decided = orders(&column).or_else(|| by_future(&column)).or_else(|| by_sorting(&column)).or_else(page);
    if let Some(preferred) = decided {
        return settled(preferred);
    }
    let american = context.model.metadata.locale.as_deref() == Some("en-us");
    let month_first = american || english(context) && month_words_first(context);
    let matters = column.iter().any(|anchor| anchor.order == Order::Open);
    Decision {
        preferred: if month_first { Preferred::MonthFirst } else { Preferred::DayFirst },
        open: matters && english(context) && !american,
    }
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
    let ahead = |preferred| column.iter().any(|anchor| day(anchor, preferred) == Err(Impossible::Future));
    one_of(!ahead(Preferred::DayFirst), !ahead(Preferred::MonthFirst))
}

/// The order in which the list is sorted.
fn by_sorting(column: &[&Anchor]) -> Option<Preferred> {
    one_of(is_sorted(column, Preferred::DayFirst), is_sorted(column, Preferred::MonthFirst))
}

fn one_of(day_first: bool, month_first: bool) -> Option<Preferred> {
    match (day_first, month_first) {
        (true, false) => Some(Preferred::DayFirst),
        (false, true) => Some(Preferred::MonthFirst),
        _ => None,
    }
}

/// Newest first or oldest first, of at least three different days.
fn is_sorted(column: &[&Anchor], preferred: Preferred) -> bool {
    let days: Vec<Date> = column.iter().filter_map(|anchor| day(anchor, preferred).ok()).collect();
    let different = days.windows(2).filter(|pair| pair[0] != pair[1]).count();
    days.len() == column.len() && different > 1 && (days.is_sorted() || days.iter().rev().is_sorted())
}
