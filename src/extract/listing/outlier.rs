//! What is not like the rest of its list: told, for it may be half of an entry, two in one, or half of the list.
//!
//! A record is odd if it lacks the column of the titles or most columns that nearly all have, or if it is twice as long as
//! usual with twice the dates. It may be right all the same, so it stays. A list of like titles that is as near to the
//! heading of the page may be the other half of one that a broken tag has cut in two.

use super::column::FEWEST;
use super::completion::{dates, usual};
use super::ground::Ground;
use super::reading::Reading;
use crate::extract::{Listing, Problem, ProblemKind};

/// Share of the records that fill a column which an entry is expected to have.
const EXPECTED: f64 = 0.9;
/// Share of these columns that a record must have.
const LEAST: f64 = 0.5;
/// Records of another list that may be half of this one.
const HALF: usize = 2;

/// Tells what is odd about the best reading.
pub fn tell(ground: &Ground, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    let titles = (0..best.records.len()).filter(|row| is_odd(ground, best, *row)).filter_map(|row| best.table.title(row));
    let mut odd: Vec<String> = titles.map(|title| format!("not like the other entries: {}", title.text)).collect();
    odd.extend(
        readings[1..]
            .iter()
            .find(|other| is_half(ground, best, other))
            .and_then(|other| other.table.title(0))
            .map(|title| format!("a list like this one begins with {}", title.text)),
    );
    for what in odd {
        listing.whole = false;
        listing.problems.push(Problem { kind: ProblemKind::Odd, what });
    }
}

fn is_odd(ground: &Ground, best: &Reading, row: usize) -> bool {
    let table = &best.table;
    let rows = table.rows.len();
    if rows < FEWEST {
        return false;
    }
    let has = |column: usize| table.rows[row].iter().any(|cell| cell.column == column);
    let expected = |column: &usize| table.columns[*column].features.get("fill") >= EXPECTED;
    let all: Vec<usize> = (0..table.columns.len()).filter(expected).collect();
    let lacks = (all.iter().filter(|column| has(**column)).count() as f64) < LEAST * all.len() as f64;
    let untitled = table.main().filter(expected).is_some_and(|main| !has(main));
    let count = |row: usize| dates(ground, best.records[row].units.clone()).len();
    let length = |row: usize| best.records[row].units.len();
    let twice = |of: &dyn Fn(usize) -> usize| of(row) >= 2 * usual((0..rows).map(of)).unwrap_or(1).max(1);
    lacks || untitled || twice(&length) && twice(&count)
}

/// As near to the heading of the page, and with titles of the same kind.
fn is_half(ground: &Ground, best: &Reading, other: &Reading) -> bool {
    let kind = |reading: &Reading| reading.table.title(0).map(|title| ground.units[title.unit].kind);
    let (own, span) = (best.span(), other.span());
    let apart = span.end <= own.start || own.end <= span.start;
    let beside = ["aside", "box", "before"].into_iter().any(|name| other.features.get(name) > 0.0);
    let near = other.features.get("far") <= best.features.get("far");
    apart && !beside && near && other.is_list() && other.records.len() >= HALF && kind(other) == kind(best)
}
