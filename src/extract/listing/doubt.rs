//! What speaks against a reading: told as problems with words, and such a listing is not whole.
//!
//! Nothing is taken for removed from a listing that is not whole; a silent loss would be worse than an old entry.

use std::collections::{HashMap, HashSet};

use super::anchor;
use super::candidate::{Place, place};
use super::ground::Ground;
use super::order::Decision;
use super::reading::Reading;
use super::score::weight;
use crate::extract::{Listing, Problem, ProblemKind};

/// Records from which a page's single day is suspicious.
const MANY: usize = 4;

/// Adds the doubts of the best reading to its listing.
pub fn tell(ground: &Ground, readings: &[Reading], order: Decision, listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    left_out(ground, best, listing);
    one_day(best, listing);
    undated_tail(best, listing);
    rivals(ground, readings, listing);
    if order.open {
        doubt(listing, ProblemKind::DayOrMonth, "the figures of the dates name day and month in an order that nothing settles".to_owned());
    }
    let untitled = best.records.len() - listing.entries.len();
    if untitled > 0 {
        doubt(listing, ProblemKind::LeftOut, format!("{untitled} dated places without a title"));
    }
}

fn doubt(listing: &mut Listing, kind: ProblemKind, what: String) {
    listing.whole = false;
    listing.problems.push(Problem { kind, what });
}

/// Dates of the same local shape beside the list's own, inside the element that holds the list.
fn left_out(ground: &Ground, best: &Reading, listing: &mut Listing) {
    let spots: Vec<_> = best.records.iter().filter_map(|record| record.spot).collect();
    let (Some(first), Some(last)) = (spots.first(), spots.last()) else { return };
    let shape = |unit: usize, anchor: usize| {
        (ground.units[unit].shapes[0], place(ground.dom, &ground.units[unit], &ground.anchors[anchor]) == Place::Inside)
    };
    let own: HashSet<_> = spots.iter().map(|spot| shape(spot.unit, spot.anchor)).collect();
    let taken: HashSet<usize> =
        best.records.iter().flat_map(|record| record.units.clone()).chain(spots.iter().map(|spot| spot.unit)).collect();
    let holder = ground.dom.common(ground.units[first.unit].nodes.start, ground.units[last.unit].nodes.start);
    let inside =
        |unit: usize| ground.dom.contains(holder, ground.units[unit].nodes.start) && !matches!(ground.dom.tag(holder), "body" | "html");
    let span = best.span();
    for (at, unit) in ground.units.iter().enumerate().filter(|(at, _)| !taken.contains(at) && (span.contains(at) || inside(*at))) {
        if let Some(other) = unit.anchors.clone().find(|other| own.contains(&shape(at, *other))) {
            let words = anchor::words(ground.dom, &ground.anchors[other]).replace('\n', " ");
            doubt(listing, ProblemKind::LeftOut, format!("{words} stands beside the list like a date of it"));
        }
    }
}

/// All records but one have the same day.
fn one_day(best: &Reading, listing: &mut Listing) {
    let mut counts: HashMap<_, usize> = HashMap::new();
    for entry in &listing.entries {
        *counts.entry(entry.published).or_default() += 1;
    }
    let most = counts.iter().filter(|(day, _)| day.is_some()).max_by_key(|(_, count)| **count);
    let headed = best.records.windows(2).any(|pair| pair[0].spot.map(|spot| spot.anchor) == pair[1].spot.map(|spot| spot.anchor));
    if let Some((Some(day), count)) = most
        && listing.entries.len() >= MANY
        && count + 1 == listing.entries.len()
        && !headed
    {
        let what = format!("{count} of {} entries have the day {day}", listing.entries.len());
        doubt(listing, ProblemKind::OneDay, what);
    }
}

/// The list goes on without dates.
fn undated_tail(best: &Reading, listing: &mut Listing) {
    let dated = best.records.iter().rposition(|record| record.spot.is_some());
    let tail = best.records.len() - dated.map_or(0, |at| at + 1);
    if tail > 0 && best.records.len() > tail {
        listing.whole = false;
    }
}

/// Another list is about as likely.
fn rivals(ground: &Ground, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    let span = best.span();
    let apart = |other: &&Reading| other.span().end <= span.start || span.end <= other.span().start;
    let Some(rival) = readings[1..].iter().find(apart) else { return };
    if rival.records.len() > 2 && best.score - rival.score < weight("list", "margin") {
        let title = rival.table.title(0).map_or_else(String::new, |cell| cell.text.clone());
        let first =
            rival.records.first().and_then(|record| record.spot).map(|spot| anchor::words(ground.dom, &ground.anchors[spot.anchor]));
        let what = format!("another list of {} is about as likely: {} {title}", rival.records.len(), first.unwrap_or_default());
        doubt(listing, ProblemKind::Rival, what);
    }
}
