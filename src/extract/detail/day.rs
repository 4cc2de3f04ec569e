//! What the detail reader asks of dates: is this block a date of publication, and which day is it.
//!
//! Ranges are events, and a date among other words belongs to the text; `dates` knows both. A `<time>` that is
//! all a block says counts by its `datetime` where its words are no date ("three days ago").

use jiff::civil::Date;

use super::super::dates::{self, Found, Impossible};
use super::blocks::Block;

/// The day, or why it can be none, if the block is nothing but a date with what usually stands around one.
pub fn of(block: &Block, seen: Date) -> Option<Result<Date, Impossible>> {
    let stamp = || block.time.as_deref().and_then(dates::iso).map(Ok);
    dates::whole(&block.text, seen).map(|found| found.date).or_else(stamp)
}

/// The first date among other words.
pub fn find(text: &str, seen: Date) -> Option<Found> {
    dates::find(text, seen).into_iter().next()
}

/// The day is one of those that a text names.
pub fn names(text: &str, day: Date, seen: Date) -> bool {
    dates::find(text, seen).iter().any(|found| found.date == Ok(day))
}
