//! The best list completed by its own regularity: where one tag is broken, a date stands in another shape than its fellows.
//!
//! Between the dates of two neighbours of a list stand as many other dates as between any two. More of them are dates of
//! entries that the shape has missed; a date at the edge of words, where the others stand alone, gives way to one that does.
//! The list with these dates is a reading like any other, and must win by its score.

use std::ops::Range;

use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::frequency::mode;
use super::reading::Reading;
use crate::extract::dates::Form;

/// Records from which a list has a regularity: two gaps that may agree.
const FEWEST: usize = 3;
/// Missing dates for one that is there: a list that lacks more is another list.
const MOST: f64 = 0.5;

/// The readings with the completed list first, if it is the better one.
pub fn add<'c>(context: &'c Context, mut readings: Vec<Reading<'c>>) -> Vec<Reading<'c>> {
    let better = readings.first().filter(|best| best.is_list()).and_then(|best| {
        let reading = best.with(context, &completed(context, best)?);
        (reading.is_list() && reading.score >= best.score).then_some(reading)
    });
    readings.splice(0..0, better);
    readings
}

/// Dates that may date an entry, in order.
pub fn dates(context: &Context, leaves: Range<usize>) -> Vec<(DatedLeaf, Place)> {
    let placed = context.dated_leaves(leaves).map(|dated| (dated, dated.place));
    placed.filter(|(dated, place)| *place != Place::Inside && context.anchors[dated.anchor].form != Form::Range).collect()
}

/// The dates of the list with those it lacks; none if it lacks none.
fn completed(context: &Context, best: &Reading) -> Option<Vec<DatedLeaf>> {
    let own = alike(context, best);
    let distinct =
        own.windows(2).all(|pair| pair[0].anchor < pair[1].anchor && context.leaves[pair[1].leaf].anchors.contains(&pair[1].anchor));
    if own.len() < FEWEST || !distinct {
        return None;
    }
    let span = best.span();
    let found = dates(context, extent(context, &span));
    let position =
        |dated: &DatedLeaf| found.binary_search_by_key(&(dated.leaf, dated.anchor), |(known, _)| (known.leaf, known.anchor)).ok();
    let known: Vec<usize> = own.iter().filter_map(position).collect();
    if known.len() < own.len() {
        return None;
    }
    let (between, _) = mode(known.windows(2).map(|pair| pair[1] - pair[0] - 1))?;
    let mut chosen = known.clone();
    for pair in known.windows(2) {
        chosen.extend((pair[0] + between + 1..pair[1]).step_by(between + 1).filter(|at| at + between < pair[1]));
    }
    let (first, last) = (known[0], known[known.len() - 1]);
    chosen.extend((0..first).rev().skip(between).step_by(between + 1));
    chosen.extend((last + between + 1..found.len()).step_by(between + 1));
    let missing = chosen.len() - known.len();
    let changed = best.records.iter().filter_map(|record| record.dated).ne(own.iter().copied());
    if missing == 0 && !changed || missing as f64 > MOST * known.len() as f64 {
        return None;
    }
    chosen.sort_unstable();
    Some(chosen.into_iter().map(|at| found[at].0).collect())
}

/// The dates of the records; of a record whose date stands otherwise than most, the one beside it that stands as they do.
fn alike(context: &Context, best: &Reading) -> Vec<DatedLeaf> {
    let own: Vec<(DatedLeaf, &Range<usize>)> = best.records.iter().filter_map(|record| Some((record.dated?, &record.leaves))).collect();
    let Some((most, _)) = mode(own.iter().map(|(dated, _)| dated.place)) else { return Vec::new() };
    let like = |leaves: &Range<usize>| dates(context, leaves.clone()).into_iter().find(|(_, place)| *place == most).map(|(dated, _)| dated);
    own.iter().map(|(dated, leaves)| if dated.place == most { *dated } else { like(leaves).unwrap_or(*dated) }).collect()
}

/// Leaves of the element that holds the list, from the heading of the page on.
fn extent(context: &Context, span: &Range<usize>) -> Range<usize> {
    let container = context.dom.common(context.leaves[span.start].nodes.start, context.leaves[span.end - 1].nodes.end - 1);
    if matches!(context.dom.tag(container), "body" | "html") {
        return span.clone();
    }
    let inside = context.inside(container);
    inside.start.max(context.floor_of(span.start)).min(span.start)..inside.end.max(span.end)
}
