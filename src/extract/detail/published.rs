//! The date of publication: the line beside the heading, never the first date in the text.
//!
//! Looked at are the lines just before and after the heading, `<time datetime>` among them, then lines about
//! the page itself that stand by themselves. JSON-LD is a witness: where it names another day, both are reported.

use jiff::civil::Date;

use super::super::dates::{self, Impossible};
use super::super::{Problem, ProblemKind};
use super::blocks::{Block, Blocks};
use super::region::Region;
use super::{Known, day};

/// Lines before and after the heading that may hold its date.
const NEAR: usize = 4;

/// The date, and what is wrong: a day that cannot be, or a page that contradicts itself.
pub fn read(all: &Blocks, region: &Region, known: &Known, witness: Option<&str>) -> (Option<Date>, Vec<Problem>) {
    let visible = region.title.and_then(|title| beside(all, title, known));
    let stated = witness.and_then(dates::iso);
    let mut problems = Vec::new();
    if let Some((block, Err(_))) = visible {
        problems.push(Problem { kind: ProblemKind::ImpossibleDate, what: block.text.clone() });
    }
    let visible = visible.and_then(|(_, day)| day.ok());
    if let (Some(visible), Some(stated)) = (visible, stated)
        && visible != stated
    {
        problems.push(Problem { kind: ProblemKind::DatesDiffer, what: format!("{visible} in the text, {stated} in JSON-LD") });
    }
    (visible.or(stated), problems)
}

/// The line right before the heading, else the first after it, else one somewhat before.
fn beside<'a>(all: &'a Blocks, title: usize, known: &Known) -> Option<(&'a Block, Result<Date, Impossible>)> {
    let date = |block: &'a Block| {
        let named = || known.published.filter(|day| day::names(&block.text, *day, known.seen)).map(Ok);
        day::of(block, known.seen).filter(|_| !block.aside).map(|day| (block, named().unwrap_or(day)))
    };
    let after = all.blocks.iter().skip(title + 1).take(NEAR).find_map(date);
    let before = all.blocks[title.saturating_sub(NEAR)..title].iter().rev().find_map(date);
    let directly_before = title.checked_sub(1).and_then(|at| date(&all.blocks[at]));
    directly_before.or(after).or(before)
}
