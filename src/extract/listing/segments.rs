//! A container's children, cut into entries.
//!
//! Either each dated child is an entry of its own (its undated twins are entries too, and plain blocks
//! after it continue it), or dates, titles and texts follow one another as siblings: then the date comes
//! first or the title does, and one date may head several titles.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Ground, Strength};
use super::outline::{is_heading, is_inline};
use super::stamps::Place;

/// The nodes of one entry and the stamp that dates it.
#[derive(Clone, Debug)]
pub struct Item {
    pub roots: Vec<usize>,
    pub stamp: Option<usize>,
}

/// Blocks that may carry on an entry when there is no second one to compare with.
const TEXTUAL: [&str; 8] = ["p", "ul", "ol", "blockquote", "dd", "#text", "div", "br"];

/// Entries of one container whose stamps are `own`.
pub fn cut(ground: &Ground, container: usize, own: &[usize]) -> Vec<Item> {
    let children: Vec<usize> =
        ground.outline.children(container).into_iter().filter(|at| ground.outline.nodes[*at].end > ground.start()).collect();
    let stamp_of = |child: usize| {
        let inside = ground.stamps_in(child);
        let from = own.partition_point(|at| *at < inside.start);
        own.get(from).copied().filter(|at| inside.contains(at))
    };
    let dated: Vec<usize> = children.iter().copied().filter(|child| stamp_of(*child).is_some()).collect();
    let mut strengths: Vec<Strength> = dated.iter().map(|child| ground.strength(*child)).collect();
    strengths.sort_unstable();
    let own_strength = strengths.get(strengths.len() / 2).copied().unwrap_or(Strength::Nothing);
    let others: Vec<Strength> = children
        .iter()
        .filter(|child| stamp_of(**child).is_none() && !ground.is_tool(**child))
        .map(|child| ground.strength(*child))
        .collect();
    let titled = others.iter().filter(|strength| **strength > Strength::Text && **strength > own_strength).count();
    if own_strength == Strength::Nothing || (own_strength < Strength::Link && 2 * titled >= dated.len()) {
        return in_sequence(ground, &expand(ground, children, &stamp_of), &stamp_of);
    }
    wrapped(ground, &children, &stamp_of, own_strength)
}

/// Each dated child is an entry, or holds several under one date.
fn wrapped(ground: &Ground, children: &[usize], stamp_of: &dyn Fn(usize) -> Option<usize>, strength: Strength) -> Vec<Item> {
    let outline = ground.outline;
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    for child in children.iter().filter(|child| stamp_of(**child).is_some()) {
        *tags.entry(outline.tag(*child)).or_default() += 1;
    }
    let unit_tag = tags.iter().max_by_key(|(_, count)| **count).map_or("", |(tag, _)| *tag);
    let linked =
        strength >= Strength::Link && children.iter().filter(|c| stamp_of(**c).is_some()).any(|c| ground.names(*c).next().is_some());
    let last = children.iter().rposition(|child| stamp_of(*child).is_some()).unwrap_or(0);
    let first = children.iter().position(|child| stamp_of(*child).is_some()).unwrap_or(0);
    // Under an undated heading the date may open the text.
    let under = |child: usize, at: usize| {
        let next = children.get(at + 1).filter(|_| is_heading(outline.tag(child)) && outline.tag(child) == unit_tag)?;
        let opens = |at: &usize| !ground.stamps[*at].shadow && matches!(ground.stamps[*at].place, Place::Leading | Place::Whole);
        ground.stamps_in(*next).next().filter(opens).filter(|at| ground.leads(*next, *at))
    };
    let mut items: Vec<Item> = Vec::new();
    let mut carried: Option<(usize, usize)> = None;
    let mut continuing = true;
    for (at, child) in children.iter().copied().enumerate() {
        if let Some(stamp) = stamp_of(child) {
            let several = spread(ground, child, stamp);
            if several.is_empty() {
                items.push(Item { roots: vec![child], stamp: Some(stamp) });
            } else {
                items.extend(several.into_iter().map(|root| Item { roots: vec![root], stamp: Some(stamp) }));
            }
            carried = Some((stamp, rows_spanned(ground, stamp)));
            continuing = true;
            continue;
        }
        if ground.is_tool(child) {
            continuing = at < last;
            continue;
        }
        let own = ground.strength(child);
        let alike = outline.tag(child) == unit_tag && own >= strength.min(Strength::Link) && own > Strength::Text;
        let between = at > first && at < last;
        if let Some((stamp, rows)) = carried.filter(|(_, rows)| *rows > 0 && own > Strength::Nothing) {
            items.push(Item { roots: vec![child], stamp: Some(stamp) });
            carried = Some((stamp, rows - 1));
        } else if let Some(stamp) = under(child, at) {
            items.push(Item { roots: vec![child], stamp: Some(stamp) });
        } else if alike && (between || (linked && ground.names(child).next().is_some() && stands_alone(ground, child))) {
            let other = ground.stamps_in(child).find(|at| !ground.stamps[*at].shadow);
            items.push(Item { roots: vec![child], stamp: other });
        } else if (outline.tag(child) == unit_tag && own > Strength::Text) || is_other_entry(ground, child) {
            continuing = at < last;
        } else if let Some(item) = items.last_mut().filter(|_| continuing) {
            item.roots.push(child);
        }
    }
    keep_regular_tails(ground, &mut items);
    items
}

/// Blocks after an entry stay with it when most entries are followed by such blocks.
fn keep_regular_tails(ground: &Ground, items: &mut [Item]) {
    let outline = ground.outline;
    let followed = |item: &Item| item.roots[1..].iter().map(|at| outline.tag(*at)).collect::<BTreeSet<_>>();
    let inner = items.len().saturating_sub(1);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in items[..inner].iter().flat_map(followed) {
        *counts.entry(tag).or_default() += 1;
    }
    for (at, item) in items.iter_mut().enumerate() {
        let mut open = true;
        let first = item.roots[0];
        // Whatever text stands under a heading of a full text belongs to it, though no other has a list.
        let headed = is_heading(outline.tag(first)) && outline.sum(first).linked == 0;
        let textual = |root: usize| TEXTUAL.contains(&outline.tag(root)) && 2 * outline.sum(root).linked <= outline.sum(root).chars;
        item.roots.retain(|root| {
            let tag = outline.tag(*root);
            let usual = if inner == 0 { TEXTUAL.contains(&tag) } else { 2 * counts.get(tag).copied().unwrap_or(0) >= inner };
            let regular = usual || headed && textual(*root);
            // After the last entry anything may come: the first stranger ends it.
            open &= *root == first || regular || at < inner;
            *root == first || (regular && open && !ground.is_tool(*root))
        });
    }
}

/// A block, or a link around several parts: no link inside a line.
fn stands_alone(ground: &Ground, child: usize) -> bool {
    !is_inline(ground.outline.tag(child)) || (ground.outline.tag(child) == "a" && ground.outline.children(child).len() > 1)
}

/// A block with a date and a link of its own, though in other markup.
fn is_other_entry(ground: &Ground, child: usize) -> bool {
    ground.stamps_in(child).any(|at| !ground.stamps[at].shadow) && ground.names(child).next().is_some()
}

/// Rows below that a date cell covers.
fn rows_spanned(ground: &Ground, stamp: usize) -> usize {
    let cell = ground.outline.upwards(ground.stamps[stamp].node).find(|at| matches!(ground.outline.tag(*at), "td" | "th"));
    let span = cell.and_then(|cell| ground.outline.attr(cell, "rowspan")).and_then(|rows| rows.trim().parse::<usize>().ok());
    span.unwrap_or(1).saturating_sub(1)
}

/// Several entries under the one date of a unit: siblings of its branch with titles of their own.
fn spread(ground: &Ground, unit: usize, stamp: usize) -> Vec<usize> {
    let outline = ground.outline;
    let node = ground.stamps[stamp].node;
    for level in outline.upwards(node).skip(1).take_while(|at| outline.contains(unit, *at)) {
        let beside = outline.children(level).into_iter().filter(|child| !outline.contains(*child, node)).collect();
        let beside = expand(ground, beside, &|_| None);
        let titled: Vec<usize> = beside
            .into_iter()
            .filter(|at| ground.strength(*at) >= Strength::Link && !is_inline(outline.tag(*at)) && !ground.is_tool(*at))
            .collect();
        let Some(first) = titled.first() else { continue };
        let alike = titled.iter().all(|at| outline.tag(*at) == outline.tag(*first) && ground.strength(*at) == ground.strength(*first));
        let targets: BTreeSet<_> = titled.iter().filter_map(|at| ground.names(*at).find_map(|anchor| anchor.page.as_ref())).collect();
        if titled.len() > 1 && alike && targets.len() == titled.len() {
            return titled;
        }
    }
    Vec::new()
}

/// Lists and wrappers whose every child has a title of its own give way to their children.
fn expand(ground: &Ground, children: Vec<usize>, stamp_of: &dyn Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut found = Vec::new();
    for child in children {
        let wrapper = matches!(ground.outline.tag(child), "ul" | "ol" | "dl" | "table" | "tbody" | "div" | "section");
        let inner = if wrapper && stamp_of(child).is_none() { ground.outline.children(child) } else { Vec::new() };
        let inner = match inner[..] {
            [only] if ground.outline.tag(only) == "tbody" => ground.outline.children(only),
            _ => inner,
        };
        let whole =
            !inner.is_empty() && inner.iter().all(|at| ground.strength(*at) >= Strength::Link && !is_inline(ground.outline.tag(*at)));
        if whole && !ground.is_tool(child) {
            found.extend(inner);
        } else {
            found.push(child);
        }
    }
    found
}

/// Dates, titles and texts as siblings.
fn in_sequence(ground: &Ground, children: &[usize], stamp_of: &dyn Fn(usize) -> Option<usize>) -> Vec<Item> {
    let bare = |child: &usize| stamp_of(*child).is_some();
    let first = children.iter().position(bare).unwrap_or(0);
    let last = children.iter().rposition(bare).unwrap_or(0);
    let is_title = title_mark(ground, children, stamp_of, first);
    let titles: Vec<bool> = children.iter().map(|child| !bare(child) && is_title(*child)).collect();
    let dates: Vec<usize> = (0..children.len()).filter(|at| bare(&children[*at])).collect();
    let after = titles[last..].iter().any(|title| *title);
    let before = titles[..first].iter().any(|title| *title);
    let near =
        |step: isize| dates.iter().filter(|at| at.checked_add_signed(step).and_then(|at| titles.get(at)).copied().unwrap_or(false)).count();
    let title_first = match (before, after) {
        (true, false) => true,
        (false, _) => false,
        (true, true) => near(-1) > near(1),
    };
    let mut items: Vec<Item> = Vec::new();
    let mut date = None;
    let mut waiting: Vec<usize> = Vec::new();
    for (at, child) in children.iter().copied().enumerate() {
        if let Some(stamp) = stamp_of(child) {
            if let Some(item) = items.last_mut().filter(|_| title_first) {
                item.stamp.get_or_insert(stamp);
                item.roots.push(child);
                continue;
            }
            // An entry whose title is not marked as the others are is still an entry.
            if !waiting.is_empty() {
                items.push(Item { roots: std::mem::take(&mut waiting), stamp: date });
            }
            date = Some(stamp);
        } else if titles[at] {
            waiting.push(child);
            items.push(Item { roots: std::mem::take(&mut waiting), stamp: date.filter(|_| !title_first) });
        } else if ground.is_tool(child) {
            if at > last {
                break;
            }
        } else if date.is_some() && !title_first && items.last().is_none_or(|item| item.stamp != date) {
            waiting.push(child);
        } else if let Some(item) = items.last_mut() {
            item.roots.push(child);
        }
    }
    // A heading that no date stands beside may hold its own.
    for item in items.iter_mut().filter(|item| item.stamp.is_none() && is_heading(ground.outline.tag(item.roots[0]))) {
        item.stamp = ground.stamps_in(item.roots[0]).find(|at| !ground.stamps[*at].shadow);
    }
    // Titles beyond the dated ones are entries only if they link to a page as the others do.
    let linked = items.iter().any(|item| item.stamp.is_some() && ground.names(item.roots[0]).next().is_some());
    items.retain(|item| item.stamp.is_some() || (linked && item.roots.iter().any(|root| ground.names(*root).next().is_some())));
    keep_regular_tails(ground, &mut items);
    items
}

/// What makes a sibling a title: the kind that stands beside most dates, the clearer one among equals.
fn title_mark<'g>(
    ground: &'g Ground,
    children: &[usize],
    stamp_of: &dyn Fn(usize) -> Option<usize>,
    first: usize,
) -> Box<dyn Fn(usize) -> bool + 'g> {
    let dates = children.iter().filter(|child| stamp_of(**child).is_some()).count();
    let mut best: Option<(usize, Strength, String)> = None;
    for kind in [Strength::Heading, Strength::Link, Strength::Strong] {
        let marked: Vec<bool> = children.iter().map(|child| stamp_of(*child).is_none() && marks(ground, *child, kind)).collect();
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for (child, _) in children.iter().zip(&marked).filter(|(_, marked)| **marked) {
            *tags.entry(ground.outline.tag(*child)).or_default() += 1;
        }
        let Some((tag, count)) = tags.into_iter().max_by_key(|(_, count)| *count) else { continue };
        let is_title = |at: usize| marked.get(at).is_some_and(|marked| *marked) && ground.outline.tag(children[at]) == tag;
        let beside = (0..children.len())
            .filter(|at| stamp_of(children[*at]).is_some() && (is_title(at + 1) || is_title(at.wrapping_sub(1))))
            .count();
        // A picture or a label may stand between: then as many titles as dates will do.
        let fit = if 2 * beside >= dates { 1 + beside } else { usize::from(count >= dates) };
        if fit > best.as_ref().map_or(0, |(best, ..)| *best) {
            best = Some((fit, kind, tag.to_owned()));
        }
    }
    if let Some((_, kind, tag)) = best {
        return Box::new(move |child| ground.outline.tag(child) == tag && marks(ground, child, kind));
    }
    // No title stands out: the block after each date is the entry.
    let after: BTreeSet<usize> = children.windows(2).skip(first).filter(|pair| stamp_of(pair[0]).is_some()).map(|pair| pair[1]).collect();
    Box::new(move |child| after.contains(&child))
}

fn marks(ground: &Ground, child: usize, kind: Strength) -> bool {
    if ground.is_tool(child) || ground.strength(child) != kind {
        return false;
    }
    kind != Strength::Link || ground.led_by_link(child)
}
