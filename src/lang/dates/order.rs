//! Day before month or month before day: what a text's language prefers, and what its dates settle together.
//!
//! Alone, `5/11/2019` is open. The context's languages (`data/orders.tsv`: where CLDR puts the month first) choose a
//! reading; a column of dates settles it for all as soon as one has a figure above 12.

use std::cmp::Ordering;

use super::mention::Order;
use crate::lang::Language;
use crate::lang::rows::rows;

/// Which of two open figures is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preferred {
    #[default]
    DayFirst,
    MonthFirst,
}

/// What is known of a text before it is read.
#[derive(Clone, Debug, Default)]
pub struct Context {
    pub preferred: Preferred,
    /// For words that mean another month in another language; the first counts most.
    pub languages: Vec<Language>,
}

impl Context {
    /// As a page's language tag (BCP 47) has it.
    pub fn of_tag(tag: &str) -> Self {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let month_first = rows(include_str!("../data/orders.tsv")).any(|row| row[0] == tag);
        Self {
            preferred: if month_first { Preferred::MonthFirst } else { Preferred::DayFirst },
            languages: Language::of_tag(&tag).into_iter().collect(),
        }
    }
}

/// The order that the figures above 12 of a column ask of the open ones; where they contradict each other, that of most.
pub fn settle(column: impl IntoIterator<Item = Order>) -> Option<Preferred> {
    let (mut day_first, mut month_first) = (0, 0);
    for order in column {
        day_first += usize::from(order == Order::DayFirst);
        month_first += usize::from(order == Order::MonthFirst);
    }
    match day_first.cmp(&month_first) {
        Ordering::Greater => Some(Preferred::DayFirst),
        Ordering::Less => Some(Preferred::MonthFirst),
        Ordering::Equal => None,
    }
}
