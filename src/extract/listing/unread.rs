//! Dates in words that no language of the data has: told, for a list of them has gone unread.
//!
//! A leaf looks like one if a word stands between a day and a year and nothing else does. One word in all of them is no month
//! (`3. zasedání 2019`), and what stands in the entries of the list may be part of their titles.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::context::Context;
use super::reading::Reading;
use crate::extract::{Listing, ProblemKind};
use crate::lang::text::{Token, TokenKind, tokens};

/// Bytes of such a date, with its weekday.
const LONGEST: usize = 60;
/// Leaves of one shape that are no chance.
const FEWEST: usize = 3;
/// Years that a page can have been published in begin here.
const FIRST_YEAR: u32 = 1990;

/// Tells dates outside the best list that could not be read.
pub fn tell(context: &Context, best: Option<&Reading>, listing: &mut Listing) {
    let taken: Vec<Range<usize>> =
        best.iter().flat_map(|best| &best.records).filter(|record| record.dated.is_some()).map(|record| record.leaves.clone()).collect();
    let latest = u32::try_from(context.setting.seen.year()).unwrap_or(FIRST_YEAR);
    let mut by_shape: HashMap<u64, Vec<(usize, &str)>> = HashMap::new();
    for (at, leaf) in context.leaves.iter().enumerate() {
        let free = leaf.anchors.is_empty() && !taken.iter().any(|leaves| leaves.contains(&at));
        if let Some(word) = free.then(|| month_like(&context.dom.text[leaf.span.clone()], latest)).flatten() {
            by_shape.entry(leaf.shapes[0]).or_default().push((at, word));
        }
    }
    let groups = by_shape.into_values().filter(|group| group.len() >= FEWEST);
    let different = |group: &Vec<(usize, &str)>| group.iter().map(|(_, word)| word).collect::<HashSet<_>>().len() > 1;
    if let Some(group) = groups.filter(different).max_by_key(|group| (group.len(), std::cmp::Reverse(group[0].0))) {
        let first = context.dom.text[context.leaves[group[0].0].span.clone()].replace('\n', " ");
        listing.doubt(ProblemKind::LeftOut, format!("{} dates in words that are not known, the first {first}", group.len()));
    }
}

/// The word between a day and a year, or a year and a day, of a text that holds no other number.
fn month_like(text: &str, latest: u32) -> Option<&str> {
    if text.len() > LONGEST {
        return None;
    }
    let (mut between, mut numbers) = (None, Vec::new());
    for Token { range, kind } in tokens(text) {
        let written = &text[range];
        match kind {
            TokenKind::Number => numbers.push((written.len(), written.parse::<u32>().ok()?)),
            TokenKind::Word if numbers.len() == 1 => between = between.or(Some(written)),
            TokenKind::Mark if written == "/" => return None,
            TokenKind::Word | TokenKind::Mark => {}
        }
    }
    let (is_day, is_year) =
        (|(digits, value)| digits < 3 && (1..=31).contains(&value), |(_, value)| (FIRST_YEAR..=latest).contains(&value));
    match numbers[..] {
        [first, second] if is_day(first) && is_year(second) || is_year(first) && is_day(second) => between,
        _ => None,
    }
}
