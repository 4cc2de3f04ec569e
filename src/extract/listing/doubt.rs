//! What speaks against a reading: told as problems with words, and such a listing is not whole.
//!
//! Nothing is taken for removed from a listing that is not whole; a silent loss would be worse than an old entry.

use std::collections::HashSet;

use super::anchor;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::features::stands_apart;
use super::frequency::mode;
use super::reading::Reading;
use super::score::weight;
use crate::extract::dates::{Impossible, Year};
use crate::extract::{Listing, Problem, ProblemKind};

/// Records from which a page's single day, or a label before all titles, is suspicious.
const MANY: usize = 4;

/// Adds the doubts of the best reading to its listing.
pub fn tell(context: &Context, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    left_out(context, best, listing);
    titles(best, listing);
    one_day(best, listing);
    undated_tail(best, listing);
    rivals(context, readings, listing);
    assumed_years(context, best, listing);
    if best.order.open {
        listing.doubt(ProblemKind::DayOrMonth, "the figures of the dates name day and month in an order that nothing settles".to_owned());
    }
    let untitled = best.records.len() - listing.entries.len();
    if untitled > 0 {
        listing.doubt(ProblemKind::LeftOut, format!("{untitled} dated places without a title"));
    }
}

/// Dates of the same local shape beside the list's own, inside the element that holds the list.
fn left_out(context: &Context, best: &Reading, listing: &mut Listing) {
    let dated_leaves: Vec<_> = best.records.iter().filter_map(|record| record.dated).collect();
    let (Some(first), Some(last)) = (dated_leaves.first(), dated_leaves.last()) else { return };
    let shape = |dated: DatedLeaf| (context.leaves[dated.leaf].shapes[0], dated.place == Place::Inside, is_of_event(context, best, dated));
    let own: HashSet<_> = dated_leaves.iter().map(|dated| shape(*dated)).collect();
    let taken: HashSet<usize> =
        best.records.iter().flat_map(|record| record.leaves.clone()).chain(dated_leaves.iter().map(|dated| dated.leaf)).collect();
    let container = context.dom.common(context.leaves[first.leaf].nodes.start, context.leaves[last.leaf].nodes.start);
    // Of headings that date several records one of another shape is still one.
    let headed = best.records.windows(2).any(|pair| pair[0].dated == pair[1].dated);
    let inside = |leaf: usize| {
        context.dom.contains(container, context.leaves[leaf].nodes.start) && !matches!(context.dom.tag(container), "body" | "html")
    };
    let span = best.span();
    for at in (0..context.leaves.len()).filter(|at| !taken.contains(at) && (span.contains(at) || inside(*at))) {
        let like = |dated: &DatedLeaf| own.contains(&shape(*dated)) || headed && stands_apart(context, *dated);
        if let Some(other) = context.dated_leaves(at..at + 1).find(like) {
            let words = anchor::words(context.dom, &context.anchors[other.anchor]).replace('\n', " ");
            listing.doubt(ProblemKind::LeftOut, format!("{words} stands beside the list like a date of it"));
        }
    }
}

/// A span of time, or a day to come.
pub fn is_of_event(context: &Context, best: &Reading, dated: DatedLeaf) -> bool {
    let anchor = &context.anchors[dated.anchor];
    best.order.is_event(anchor) || matches!(best.order.day(anchor), Err(Impossible::Future(_)))
}

/// Another column may as well hold the titles, or all titles begin with one label.
fn titles(best: &Reading, listing: &mut Listing) {
    if let Some(other) = best.table.rival_title() {
        listing.doubt(ProblemKind::Title, format!("another column is about as likely to hold the titles: {other}"));
    }
    let label = |title: &str| title.split_once(": ").map(|(label, _)| label.to_owned());
    let labels: HashSet<Option<String>> = listing.entries.iter().map(|entry| label(&entry.title)).collect();
    let alike = listing.entries.len() >= MANY && labels.len() == 1;
    if let Some(label) = labels.into_iter().next().flatten().filter(|_| alike) {
        listing.doubt(ProblemKind::Title, format!("every title begins with {label}"));
    }
}

/// All records but one have the same day.
fn one_day(best: &Reading, listing: &mut Listing) {
    let headed = best.records.windows(2).any(|pair| pair[0].dated.map(|dated| dated.anchor) == pair[1].dated.map(|dated| dated.anchor));
    if let Some((day, count)) = mode(listing.entries.iter().filter_map(|entry| entry.published))
        && listing.entries.len() >= MANY
        && count + 1 == listing.entries.len()
        && !headed
    {
        let what = format!("{count} of {} entries have the day {day}", listing.entries.len());
        listing.doubt(ProblemKind::OneDay, what);
    }
}

/// Days without a year, read as those of the latest that has them.
fn assumed_years(context: &Context, best: &Reading, listing: &mut Listing) {
    let anchors = best.records.iter().filter_map(|record| Some(&context.anchors[record.dated?.anchor]));
    let mut assumed = anchors.filter(|anchor| anchor.year == Year::Assumed);
    if let Some(first) = assumed.next() {
        let what =
            format!("{} days without a year, the first {}", assumed.count() + 1, anchor::words(context.dom, first).replace('\n', " "));
        listing.problems.push(Problem { kind: ProblemKind::YearAssumed, what });
    }
}

/// The list goes on without dates.
fn undated_tail(best: &Reading, listing: &mut Listing) {
    let last_dated = best.records.iter().rposition(|record| record.dated.is_some());
    let tail = best.records.len() - last_dated.map_or(0, |at| at + 1);
    if tail > 0 && best.records.len() > tail {
        listing.whole = false;
    }
}

/// Another list is about as likely.
fn rivals(context: &Context, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    let span = best.span();
    let apart = |other: &&Reading| other.span().end <= span.start || span.end <= other.span().start;
    let Some(rival) = readings[1..].iter().find(apart) else { return };
    if rival.records.len() > 2 && best.score - rival.score < weight("list", "margin") {
        let title = rival.table.title(0).map_or_else(String::new, |cell| cell.text.to_string());
        let first =
            rival.records.first().and_then(|record| record.dated).map(|dated| anchor::words(context.dom, &context.anchors[dated.anchor]));
        let what = format!("another list of {} is about as likely: {} {title}", rival.records.len(), first.unwrap_or_default());
        listing.doubt(ProblemKind::Rival, what);
    }
}
