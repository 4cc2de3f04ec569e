//! What is not like the rest of its list: told, for it may be half of an entry, two in one, or half of the list.
//!
//! A record is odd if it lacks the column of the titles or most columns that nearly all have, or if it is twice as long as
//! usual with twice the dates. It may be right all the same, so it stays. A list of like titles that is as near to the
//! heading of the page may be the other half of one that a broken tag has cut in two.

use std::collections::HashSet;

use super::cell::Record;
use super::column::FEWEST;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::frequency::mode;
use super::reading::Reading;
use crate::extract::dates::Form;
use crate::extract::{Listing, ProblemKind};

/// Share of the records that fill a column which an entry is expected to have.
const EXPECTED: f64 = 0.9;
/// Share of these columns that a record must have.
const LEAST: f64 = 0.5;
/// Records of another list that may be half of this one.
const HALF: usize = 2;

/// Tells what is odd about the best reading.
pub fn tell(context: &Context, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    let titles = odd(context, best).into_iter().filter_map(|row| best.table.title(row));
    let mut odd: Vec<String> = titles.map(|title| format!("not like the other entries: {}", &**title.text)).collect();
    odd.extend(
        readings[1..]
            .iter()
            .find(|other| is_half(context, best, other))
            .and_then(|other| other.table.title(0))
            .map(|title| format!("a list like this one begins with {}", &**title.text)),
    );
    for what in odd {
        listing.doubt(ProblemKind::Odd, what);
    }
}

/// Records that are not like the others.
fn odd(context: &Context, best: &Reading) -> Vec<usize> {
    let table = &best.table;
    if table.rows.len() < FEWEST {
        return Vec::new();
    }
    let expected: HashSet<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].features.get("fill") >= EXPECTED).collect();
    let main = table.main.filter(|main| expected.contains(main));
    let lengths: Vec<usize> = best.records.iter().map(|record| record.leaves.len()).collect();
    let is_day = |dated: &DatedLeaf| dated.place != Place::Inside && context.anchors[dated.anchor].form != Form::Range;
    let days = |record: &Record| context.dated_leaves(record.leaves.clone()).filter(is_day).count();
    let counts: Vec<usize> = best.records.iter().map(days).collect();
    let twice = |all: &[usize]| 2 * mode(all.iter().copied()).map_or(1, |(usual, _)| usual.max(1));
    let (long, often) = (twice(&lengths), twice(&counts));
    let is_odd = |row: &usize| {
        let has: HashSet<usize> = table.rows[*row].iter().map(|cell| cell.column).filter(|column| expected.contains(column)).collect();
        let lacks = (has.len() as f64) < LEAST * expected.len() as f64 || main.is_some_and(|main| !has.contains(&main));
        lacks || lengths[*row] >= long && counts[*row] >= often
    };
    (0..table.rows.len()).filter(is_odd).collect()
}

/// As near to the heading of the page, and with titles of the same kind.
fn is_half(context: &Context, best: &Reading, other: &Reading) -> bool {
    let kind = |reading: &Reading| reading.table.title(0).map(|title| context.leaves[title.leaf].kind);
    let (own, span) = (best.span(), other.span());
    let apart = span.end <= own.start || own.end <= span.start;
    let near = other.features.get("far") <= best.features.get("far");
    apart && !other.stands_beside() && near && other.is_list() && other.records.len() >= HALF && kind(other) == kind(best)
}
