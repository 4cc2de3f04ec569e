//! The date of publication: the line beside the heading, never the first date in the text.
//!
//! Looked at are the lines just before and after the heading, `<time datetime>` among them, then lines about
//! the page itself that stand by themselves. JSON-LD is a witness: where it names another day, both are reported.

use jiff::civil::Date;

use super::super::{Problem, ProblemKind};
use super::blocks::{Block, Blocks};
use super::region::Region;
use super::{Known, day};

/// Lines before and after the heading that may hold its date.
const NEAR: usize = 4;

/// The date, and a problem where the page contradicts itself.
pub fn read(all: &Blocks, region: &Region, known: &Known, witness: Option<&str>) -> (Option<Date>, Option<Problem>) {
    let visible = region.title.and_then(|title| beside(all, title, known));
    let stated = witness.and_then(day::iso);
    let differ = match (visible, stated) {
        (Some(visible), Some(stated)) if visible != stated => {
            Some(Problem { kind: ProblemKind::DatesDiffer, what: format!("{visible} in the text, {stated} in JSON-LD") })
        }
        _ => None,
    };
    (visible.or(stated), differ)
}

/// After the heading comes first where both sides have a date: what stands before may belong to a menu.
fn beside(all: &Blocks, title: usize, known: &Known) -> Option<Date> {
    let date = |block: &Block| if block.aside { None } else { day::line(&block.text, known.seen) };
    let after = all.blocks.iter().skip(title + 1).take(NEAR).find_map(date);
    let before = all.blocks[title.saturating_sub(NEAR)..title].iter().rev().find_map(date);
    let directly_before = title.checked_sub(1).and_then(|at| date(&all.blocks[at]));
    directly_before.or(after).or(before)
}
