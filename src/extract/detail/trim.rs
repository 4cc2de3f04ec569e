//! From the blocks of the region to the text: what stands before it, after it and between is taken off.
//!
//! Order matters: parts about something else go first (their dates and links would hide the end), then the
//! summary and the furniture at the head, then furniture, the signature and link lists at the tail.

use super::blocks::{Block, Blocks, Kind};
use super::furniture::{is_author_box, is_furniture, is_signature};
use super::links::{is_teaser, leaves, outside_links};
use super::region::{Region, prose};
use super::{Known, documents, frame, holder, labels, repeat};

/// Longest line about the page, in characters.
const LINE: usize = 50;

/// Letters beside a link that make a remark.
const REMARK: usize = 4;

/// Blocks of the main text in order.
pub fn text<'a>(all: &'a Blocks, region: &Region, known: &Known) -> Vec<&'a Block> {
    let kept = holder::text(without_elsewhere(all, region, known), all, region, known);
    let mut blocks: Vec<&Block> = kept.into_iter().map(|at| &all.blocks[at]).filter(|block| block.kind != Kind::Caption).collect();
    frame::open(&mut blocks, all, region, known);
    head(&mut blocks, known);
    frame::close(&mut blocks, all, known);
    blocks = without_downloads(&blocks, all, known);
    tail(&mut blocks, known);
    blocks
}

/// The region without asides, related lists, comments and rows of cards.
pub fn without_elsewhere(all: &Blocks, region: &Region, known: &Known) -> Vec<usize> {
    let mut dropped: Vec<(usize, usize)> = Vec::new();
    let inside = |scope: usize| all.around(scope).any(|outer| outer == region.scope);
    for at in region.blocks.iter().copied() {
        if dropped.iter().all(|(_, end)| at >= *end) {
            if leads_elsewhere(all, at, region, known) {
                dropped.push((at, end_of_section(all, at, region)));
            } else if is_pointer(&all.blocks[at], known) {
                dropped.push((at, at + 1));
            }
        }
    }
    for (scope, found) in all.scopes.iter().enumerate() {
        if found.start > region.title.unwrap_or(0) && inside(scope) && scope != region.scope && is_cards(all, scope, known) {
            // The heading of the cards goes with them.
            let heading = found.start.checked_sub(1).filter(|before| matches!(all.blocks[*before].kind, Kind::Heading(_)));
            dropped.push((heading.unwrap_or(found.start), found.end));
        }
    }
    let kept = |at: &usize| !all.blocks[*at].aside && dropped.iter().all(|(start, end)| !(*start..*end).contains(at));
    region.blocks.iter().copied().filter(kept).collect()
}

/// A heading by its words alone if they are about visitors, else only if links or dates follow it.
fn leads_elsewhere(all: &Blocks, at: usize, region: &Region, known: &Known) -> bool {
    let block = &all.blocks[at];
    let heading = matches!(block.kind, Kind::Heading(_));
    let label = heading || block.linked == 0 && block.text.chars().count() <= 50 && !block.text.ends_with(['.', '!', '?']);
    if !label || block.aside {
        return false;
    }
    let section = &all.blocks[at + 1..end_of_section(all, at, region).max(at + 1)];
    // Prose right under it makes it a heading of the text.
    let listed = section.first().is_some_and(|block| known.is_date(block) || block.links.iter().any(|link| leaves(&link.href, known)));
    labels::names_others(&block.text) && (heading || !section.is_empty()) || labels::names_elsewhere(&block.text) && listed
}

/// "Read also:" with its link in one line.
fn is_pointer(block: &Block, known: &Known) -> bool {
    let label = outside_links(block);
    !block.links.is_empty()
        && label.chars().count() <= 40
        && labels::names_elsewhere(&label)
        && block.links.iter().all(|link| leaves(&link.href, known))
}

/// A heading rules to the end of the element that it opens, or to the next heading of its rank.
fn end_of_section(all: &Blocks, heading: usize, region: &Region) -> usize {
    let own = all.blocks[heading].scope;
    let leads = |scope: &usize| all.scopes[*scope].start == heading && all.scopes[*scope].end > heading + 1;
    if let Some(section) = all.around(own).take_while(|scope| *scope != region.scope).filter(leads).last() {
        return all.scopes[section].end;
    }
    let parent = all.around(own).find(|scope| all.scopes[*scope].end > heading + 1).unwrap_or(0);
    let end = all.scopes[parent].end.min(all.scopes[region.scope].end);
    let rank = |block: &Block| if let Kind::Heading(level) = block.kind { level } else { 7 };
    let level = rank(&all.blocks[heading]);
    let next =
        (heading + 1..end).find(|at| rank(&all.blocks[*at]) <= level && level < 7 && !labels::names_elsewhere(&all.blocks[*at].text));
    next.unwrap_or(end)
}

/// Two or more children of one kind, each led by a link to another page: teasers.
fn is_cards(all: &Blocks, scope: usize, known: &Known) -> bool {
    let children: Vec<usize> = (scope + 1..all.scopes.len())
        .take_while(|at| all.scopes[*at].start < all.scopes[scope].end)
        .filter(|at| all.scopes[*at].parent == scope && all.scopes[*at].end > all.scopes[*at].start)
        .collect();
    let led = |child: &&usize| {
        let blocks = &all.blocks[all.scopes[**child].start..all.scopes[**child].end];
        blocks.iter().find(|block| !known.is_date(block)).is_some_and(|block| is_teaser(block, known) && blocks.len() <= 6)
    };
    let leading = children.iter().filter(led).count();
    let bodies = all.scopes[scope].end - all.scopes[scope].start;
    leading >= 2 && leading * 5 >= children.len() * 4 && bodies > leading
}

/// Date, tools and the summary may stand in any order before the text.
fn head(blocks: &mut Vec<&Block>, known: &Known) {
    let mut from = 0;
    let mut signed = false;
    loop {
        let rest = &blocks[from..];
        let Some(first) = rest.first() else { break };
        let summary = repeat::leading(rest, known);
        if summary > 0 {
            from += summary;
        } else if is_furniture(first, known) || is_teaser(first, known) {
            from += 1;
        } else if !signed && rest.len() > 1 && is_signature(first, None, known) {
            signed = true;
            from += 1;
        } else {
            break;
        }
    }
    blocks.drain(..from);
}

/// Lists of files with their heading, wherever they stand.
fn without_downloads<'a>(blocks: &[&'a Block], all: &Blocks, known: &Known) -> Vec<&'a Block> {
    (0..blocks.len()).filter(|at| !documents::is_listing(blocks, *at, all, known)).map(|at| blocks[at]).collect()
}

/// Furniture, one signature, link lists and headings without a text, from the end backwards.
fn tail(blocks: &mut Vec<&Block>, known: &Known) {
    let mut signed = false;
    while let Some(last) = blocks.pop() {
        let before = blocks.last().copied();
        let signature = !signed && before.is_some_and(|before| is_signature(last, Some(before), known) || is_author_box(last, before));
        signed |= signature;
        // A list that a paragraph announces, or whose lines say more than their links, is part of the text.
        if is_teaser(last, known) && (goes_on(last) || announced(blocks, known)) {
            blocks.push(last);
            break;
        }
        let orphan = matches!(last.kind, Kind::Heading(_));
        let dateline = frame::is_closing_dateline(last, known);
        // Between a line about the page and its end stands another one.
        let about = |block: &Block| labels::names_meta(&block.text) || known.is_date(block);
        let between = last.text.chars().count() <= LINE && last.links.is_empty() && before.is_some_and(about);
        if !(signature || orphan || dateline || between || is_furniture(last, known) || is_teaser(last, known)) {
            blocks.push(last);
            break;
        }
    }
    // What is left must hold a sentence or at least a line of some length.
    if blocks.iter().all(|block| prose(block, known) == 0 && block.text.chars().count() < 20) {
        blocks.clear();
    }
}

/// A line of a list that begins with its link and goes on with words.
fn goes_on(line: &Block) -> bool {
    let opens = line.links.first().is_some_and(|link| !link.text.is_empty() && line.text.starts_with(&link.text));
    line.kind == Kind::Line && opens && outside_links(line).chars().filter(|char| char.is_alphabetic()).count() >= REMARK
}

/// Above the links at the end stands a line that ends with a colon.
fn announced(blocks: &[&Block], known: &Known) -> bool {
    let above = blocks.iter().rev().find(|block| !is_teaser(block, known));
    above.is_some_and(|block| block.text.ends_with(':') && !matches!(block.kind, Kind::Heading(_)) && !is_furniture(block, known))
}

/// Paragraphs parted by an empty line, lines of a list by a line break.
pub fn join(blocks: &[&Block]) -> Option<String> {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            let lines = block.kind == Kind::Line && blocks[at - 1].kind == Kind::Line;
            out.push_str(if lines || block.joined { "\n" } else { "\n\n" });
        }
        out.push_str(&block.text);
    }
    (!out.is_empty()).then_some(out)
}
