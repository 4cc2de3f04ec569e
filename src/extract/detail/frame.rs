//! What frames the text as a whole: the box of facts about the page above it, the tools that end it.
//!
//! Decided by place, not by each line's words: short lines between the heading and the summary, short
//! lines in one box with the date, and whatever stands below the tools when the text stands above them.

use jiff::civil::Date;

use super::super::dates;
use super::blocks::{Block, Blocks, Kind};
use super::furniture::is_furniture;
use super::holder::{self, is_sentence};
use super::links::is_tools;
use super::region::{Region, prose};
use super::{Known, labels, repeat};

/// Longest line of a box of facts, in characters.
const SHORT: usize = 60;
/// Blocks between the heading and the summary.
const BETWEEN: usize = 10;

/// Drops what stands above the text.
pub fn open(blocks: &mut Vec<&Block>, all: &Blocks, region: &Region, known: &Known) {
    let label = |block: &&Block| block.text.chars().count() <= SHORT && !is_sentence(&block.text);
    let above = blocks.iter().take(BETWEEN).take_while(|block| label(block)).count();
    let summary = (1..=above).find(|at| repeat::leading(&blocks[*at..], known) > 0);
    if let Some(at) = summary {
        blocks.drain(..at);
        return;
    }
    let lines = blocks.iter().take_while(|block| dateline(block, known).is_some()).count();
    blocks.drain(..lines);
    let Some(fact) = blocks.iter().take(BETWEEN).position(|block| known.is_date(block)).filter(|at| *at <= above) else { return };
    let boxed = |scope: usize| {
        let inside: Vec<&Block> = all.blocks[all.scopes[scope].start..all.scopes[scope].end].iter().collect();
        let known_facts = inside.iter().filter(|block| is_furniture(block, known)).count();
        inside.iter().all(label) && (inside.len() <= 4 || 2 * known_facts >= inside.len())
    };
    let outer = all.around(blocks[fact].scope).take_while(|scope| *scope != region.scope && boxed(*scope)).last();
    if let Some(outer) = outer {
        let inside = |block: &&Block| all.around(block.scope).any(|scope| scope == outer);
        let count = blocks.iter().rposition(inside).map_or(0, |last| last + 1);
        if blocks[..count].iter().all(label) {
            blocks.drain(..count);
        }
    }
}

/// Drops what follows the tools under the text: it weighs less than the text, or it would be the text.
///
/// Where the very next line carries on the text in the same element, the tools stood in its middle and go alone.
pub fn close(blocks: &mut Vec<&Block>, all: &Blocks, known: &Known) {
    let mass = |part: &[&Block]| part.iter().map(|block| prose(block, known)).sum::<usize>();
    let total = mass(blocks);
    let mut before = 0;
    let mut home = None;
    let mut kept: Vec<&Block> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let linked = |block: &&Block| !block.links.is_empty();
        // "Tags:" may stand in an element of its own.
        let labelled = labels::names_meta(&block.text) && (linked(block) || blocks.get(at + 1).is_some_and(linked));
        let ends = linked(block) && is_tools(block, known) || labelled;
        if ends && 2 * before > total && !is_sentence(&block.text) {
            let next = blocks.get(at + 1).filter(|next| is_sentence(&next.text) && prose(next, known) > 0);
            if next.is_none_or(|next| home != Some(holder::element(all, next.scope))) {
                break;
            }
            continue;
        }
        let weight = prose(block, known);
        if weight > 0 && is_sentence(&block.text) {
            home = Some(holder::element(all, block.scope));
        }
        before += weight;
        kept.push(block);
    }
    *blocks = kept;
}

/// A date line below the text, if it names the day of the entry.
pub fn is_closing_dateline(block: &Block, known: &Known) -> bool {
    block.kind == Kind::Paragraph && dateline(block, known).is_some_and(|day| Some(day) == known.published)
}

/// The day of a line with a date and the few words of who wrote it or where.
fn dateline(block: &Block, known: &Known) -> Option<Date> {
    if block.text.chars().count() > SHORT || known.is_date(block) {
        return None;
    }
    let found = dates::find(&block.text, known.seen).into_iter().next()?;
    let rest = &block.text[found.end..];
    let few = rest.split_whitespace().count() <= 4 && !rest.ends_with(['.', '!', '?']);
    ((few || labels::names_meta(rest)) && dates::is_announced(&block.text[..found.start])).then_some(found.date.ok()).flatten()
}
