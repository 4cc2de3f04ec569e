//! Where the main text lies: after the heading, in the smallest surrounding element that has prose.
//!
//! Prose is text outside links (boilerplate detection by link density: Kohlschütter et al., WSDM 2010);
//! the heading is the line most like the entry's title. Without a heading the element with the densest
//! prose is taken. Columns of a layout table are alternatives, never one text.

use super::blocks::{Block, Blocks, Kind};
use super::furniture::{is_furniture, is_signature};
use super::repeat::is_of_summary;
use super::{Known, words};

/// Prose that makes an element worth stopping at, in characters.
const ENOUGH: usize = 20;

#[derive(Debug, Default)]
pub struct Region {
    /// The block that is the heading.
    pub title: Option<usize>,
    /// Blocks of the region after the heading, in order.
    pub blocks: Vec<usize>,
    /// The scope that holds all of it.
    pub scope: usize,
}

pub fn find(all: &Blocks, known: &Known) -> Region {
    let title = heading(all, known);
    let scope = match title {
        Some(title) => around_heading(all, title, known),
        None => densest(all, known),
    };
    let from = title.map_or(0, |title| title + 1).max(all.scopes[scope].start);
    let kept = columns(all, scope, title, known);
    let blocks = (from..all.scopes[scope].end).filter(|at| kept(*at)).collect();
    Region { title, blocks, scope }
}

/// The heading of the entry; any `h1` is better than nothing.
fn heading(all: &Blocks, known: &Known) -> Option<usize> {
    let score = |block: &Block| {
        let tokens = words::tokens(&block.text);
        let likeness = words::likeness(&tokens, &known.title);
        let cut = known.title_cut && words::covered(&known.title, &tokens) > 0.9 && tokens.len() < 60;
        let level = match block.kind {
            Kind::Heading(1) => 0.35,
            Kind::Heading(level) => 0.3 - 0.02 * f64::from(level),
            Kind::Paragraph => 0.0,
            Kind::Line | Kind::Caption => -0.2,
        };
        let elsewhere = if block.linked * 2 > block.text.len() { -0.25 } else { 0.0 };
        let like = if likeness >= 0.75 || cut { likeness.max(0.9) + elsewhere } else { 0.0 };
        let first = if block.kind == Kind::Heading(1) && !block.aside && block.linked == 0 { 0.2 } else { 0.0 };
        if like > 0.0 { like + level + first } else { first }
    };
    let mut best = (0.1, None);
    for (at, block) in all.blocks.iter().enumerate().filter(|(_, block)| !block.aside) {
        let score = score(block);
        if score > best.0 {
            best = (score, Some(at));
        }
    }
    best.1
}

/// Characters of prose in a block: its text outside links, nothing for furniture and short labels.
pub fn prose(block: &Block, known: &Known) -> usize {
    let length = block.text.chars().count();
    if block.aside || matches!(block.kind, Kind::Heading(_)) || block.linked * 2 > block.text.len() || length < 20 {
        return 0;
    }
    if is_furniture(block, known) || is_signature(block, None, known) {
        return 0;
    }
    if block.kind == Kind::Line { length / 2 } else { length }
}

/// From the heading outwards until there is prose that is not the summary.
fn around_heading(all: &Blocks, title: usize, known: &Known) -> usize {
    let mass = |from: usize, to: usize| -> usize {
        all.blocks[from..to].iter().filter(|block| !is_of_summary(block, known)).map(|block| prose(block, known)).sum()
    };
    let mut chosen: Option<usize> = None;
    let mut widest = 0;
    for scope in all.around(all.blocks[title].scope) {
        let end = all.scopes[scope].end;
        widest = scope;
        let Some(base) = chosen else {
            if mass(title + 1, end) >= ENOUGH {
                chosen = Some(scope);
            }
            continue;
        };
        // A line under the heading may be all the inner element has; the text then follows beside it.
        let inner = all.scopes[base].end;
        let (own, added) = (mass(title + 1, inner), mass(inner, end));
        let opens_with_heading = all.blocks[inner..end].first().is_some_and(|block| matches!(block.kind, Kind::Heading(_)));
        let column = all.scopes[scope].name == "tr" && all.scopes[base].name != "tr";
        if own < 400 && added > 2 * own && !opens_with_heading && !column && is_header(all, base) {
            chosen = Some(scope);
        }
    }
    chosen.unwrap_or_else(|| all.around(all.blocks[title].scope).nth(1).unwrap_or(widest))
}

/// At most three blocks: a heading with what introduces it.
fn is_header(all: &Blocks, scope: usize) -> bool {
    all.scopes[scope].end - all.scopes[scope].start <= 4
}

/// Without a heading: the element whose own paragraphs weigh most, links subtracted.
fn densest(all: &Blocks, known: &Known) -> usize {
    let mut best = (0, 0);
    let mut weights = vec![0usize; all.scopes.len()];
    for block in &all.blocks {
        let weight = prose(block, known);
        // A paragraph speaks for its parent, and half as loudly for the parent's parent.
        for (step, scope) in all.around(block.scope).take(3).enumerate() {
            weights[scope] += weight >> step.saturating_sub(1);
        }
    }
    for (scope, weight) in weights.iter().enumerate() {
        if *weight > best.0 {
            best = (*weight, scope);
        }
    }
    best.1
}

/// In each row of a layout table only the cell with the most prose belongs to the text.
fn columns<'a>(all: &'a Blocks, scope: usize, title: Option<usize>, known: &Known) -> impl Fn(usize) -> bool + use<'a> {
    let mut dropped: Vec<(usize, usize)> = Vec::new();
    for (row, _) in all.scopes.iter().enumerate().filter(|(_, row)| row.name == "tr") {
        let cells: Vec<usize> = (0..all.scopes.len())
            .skip(row + 1)
            .take_while(|at| all.scopes[*at].start < all.scopes[row].end.max(all.scopes[row].start + 1))
            .filter(|at| all.scopes[*at].parent == row && all.scopes[*at].end > all.scopes[*at].start)
            .collect();
        let inside = all.around(row).any(|outer| outer == scope);
        let holds = |cell: &usize| title.is_some_and(|title| (all.scopes[*cell].start..all.scopes[*cell].end).contains(&title));
        if cells.len() < 2 || !inside || cells.iter().any(holds) {
            continue;
        }
        let mass = |cell: &usize| -> usize {
            all.blocks[all.scopes[*cell].start..all.scopes[*cell].end].iter().map(|block| prose(block, known)).sum()
        };
        let best = cells.iter().map(mass).max().unwrap_or(0);
        if best < 200 {
            continue;
        }
        dropped.extend(cells.iter().filter(|cell| mass(cell) < best / 2).map(|cell| (all.scopes[*cell].start, all.scopes[*cell].end)));
    }
    move |at| dropped.iter().all(|(start, end)| !(*start..*end).contains(&at))
}
