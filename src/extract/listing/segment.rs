//! Records by repetition: the leaves between one date and the next, cut where the page itself is divided most deeply.
//!
//! Boundaries are positions in the row of leaves, not subtrees: where a tag is broken, the strongest boundary is not the
//! usual one, and the cut goes where the record begins with what most others begin with.

use std::collections::HashSet;
use std::ops::Range;

use super::frequency::mode;
use super::leaf::{Kind, Leaf};
use crate::extract::page::Dom;

/// Records cut from a row of leaves.
#[derive(Debug, Default)]
pub struct Cut {
    /// One for each position, in order.
    pub records: Vec<Range<usize>>,
    /// Parts between records of which each is divided from its neighbours as records are.
    pub others: Vec<Range<usize>>,
}

/// Steps from a lone date to the element that holds its record.
const HIGHEST: usize = 12;

/// Leaves that a title would be looked for in, by kind, when records could begin with several.
fn opens(leaf: &Leaf) -> u8 {
    match leaf.kind {
        Kind::Heading(_) => 3,
        Kind::Bold | Kind::Link => 2,
        _ if leaf.bold => 2,
        _ => 1,
    }
}

/// What a leaf looks like: its local shape, in bold or not.
fn look(leaf: &Leaf) -> u64 {
    leaf.shapes[1].rotate_left(u32::from(leaf.bold))
}

/// Cuts the leaves into one record for each position; nothing before `floor` is taken.
pub fn cut(dom: &Dom, leaves: &[Leaf], positions: &[usize], floor: usize) -> Cut {
    let (Some(first), Some(last)) = (positions.first(), positions.last()) else { return Cut::default() };
    let depth = |at: usize| divide(dom, leaves, at);
    let gaps: Vec<Vec<usize>> = positions.windows(2).map(|pair| strongest(pair[0] + 1..pair[1] + 1, &depth)).collect();
    if gaps.is_empty() {
        return Cut { records: vec![alone(dom, leaves, *first, floor)], others: Vec::new() };
    }
    if dates_open(dom, leaves, positions, &gaps, floor) {
        return opened(dom, leaves, positions);
    }
    let single = positions.windows(2).zip(&gaps).filter(|(pair, gap)| gap.len() == 1 || twins(dom, leaves, pair[1], gap)).count();
    let boxed = 2 * single > gaps.len();
    let opening = if boxed {
        mode(gaps.iter().filter(|gap| gap.len() == 1).map(|gap| look(&leaves[gap[0]]))).map(|(shape, _)| shape)
    } else {
        sequence(leaves, positions, &gaps, floor)
    };
    let lead = positions.windows(2).zip(&gaps).filter_map(|(pair, gap)| gap.last().map(|at| pair[1] - at)).max().unwrap_or(0);
    let usual = mode(gaps.iter().filter(|gap| gap.len() == 1).map(|gap| depth(gap[0]))).filter(|_| boxed).map(|(depth, _)| depth);
    let mut starts = vec![0; positions.len()];
    let mut others = Vec::new();
    for (at, (pair, gap)) in positions.windows(2).zip(&gaps).enumerate() {
        starts[at + 1] = match gap[..] {
            // A box like the others, though it may begin with what they lack.
            [only] if usual == Some(depth(only)) => only,
            _ => start(leaves, pair, gap, opening, boxed, lead),
        };
        if boxed && gap.len() > 1 {
            let bounds: Vec<usize> = gap.iter().copied().filter(|bound| *bound <= starts[at + 1]).collect();
            others.extend(bounds.windows(2).map(|pair| pair[0]..pair[1]));
        }
    }
    starts[0] = first_start(dom, leaves, *first, (starts[1], positions[1]), opening, boxed, floor);
    let mut records: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    // What an extra part holds is no part of the record before it.
    for other in &others {
        let at = records.partition_point(|record| record.start <= other.start);
        if let Some(record) = at.checked_sub(1).and_then(|at| records.get_mut(at)).filter(|record| other.start < record.end) {
            record.end = record.end.min(other.start);
        }
    }
    let start = *starts.last().unwrap_or(&0);
    let end = last_end(dom, leaves, *last, start, divide(dom, leaves, start.max(1)), &records, boxed);
    records.push(start..end);
    if boxed {
        others.extend(outside(dom, leaves, &records));
    }
    Cut { records, others }
}

/// Whether the page is divided right behind the dates though nothing stands before the first one: headings of which a
/// broken or careless element holds each with what stands before it.
fn dates_open(dom: &Dom, leaves: &[Leaf], positions: &[usize], gaps: &[Vec<usize>], floor: usize) -> bool {
    let behind = positions.windows(2).zip(gaps).filter(|(pair, gap)| gap.len() == 1 && gap[0] == pair[0] + 1 && pair[1] > gap[0]);
    if 5 * behind.count() < 4 * gaps.len() {
        return false;
    }
    let first = positions[0];
    let bound = divide(dom, leaves, positions[0] + 1);
    first <= floor || divide(dom, leaves, first) <= bound
}

/// Records that begin with their dates; the last one is as long as the longest of the others at most.
fn opened(dom: &Dom, leaves: &[Leaf], positions: &[usize]) -> Cut {
    let mut records: Vec<Range<usize>> = positions.windows(2).map(|pair| pair[0]..pair[1]).collect();
    if let Some(last) = positions.last() {
        let end = last_end(dom, leaves, *last, *last, divide(dom, leaves, (*last + 1).min(leaves.len() - 1)), &records, false);
        records.push(*last..end);
    }
    Cut { records, others: Vec::new() }
}

/// Whether all parts of a gap have something alike, in elements like the one that holds the date and more.
fn twins(dom: &Dom, leaves: &[Leaf], date: usize, gap: &[usize]) -> bool {
    let (Some(first), Some(last)) = (gap.first(), gap.last()) else { return false };
    let container = dom.common(leaves[*first - 1].nodes.end - 1, leaves[*last].nodes.start);
    let child = |at: usize| dom.ancestors(leaves[at].nodes.start).find(|up| dom.nodes[*up].parent == container);
    let Some(own) = child(date) else { return false };
    let holds_more = (date > 0 && dom.contains(own, leaves[date - 1].nodes.start))
        || leaves.get(date + 1).is_some_and(|next| dom.contains(own, next.nodes.start));
    let shapes = |at: usize| -> HashSet<u64> {
        let end = child(at).map_or(0, |child| dom.nodes[child].end);
        leaves[at..].iter().take_while(|leaf| leaf.nodes.start < end).map(|leaf| leaf.shapes[1]).collect()
    };
    let common = gap.iter().map(|at| shapes(*at)).reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
    let alike = |at: &usize| !common.is_empty() && child(*at).is_some_and(|child| dom.tag(child) == dom.tag(own));
    holds_more && gap.iter().all(alike)
}

/// How deep the page is divided before a leaf, not the first: the depth of what holds both sides, empty lines counting half a step.
pub fn divide(dom: &Dom, leaves: &[Leaf], at: usize) -> usize {
    let (before, after) = (leaves[at - 1].nodes.end - 1, leaves[at].nodes.start);
    let depth = usize::from(dom.nodes[dom.common(before, after)].depth);
    let rule = (before + 1..after).any(|node| dom.tag(node) == "hr");
    let breaks = (before + 1..after).filter(|node| dom.tag(*node) == "br").count();
    2 * depth + 1 - usize::from(rule || breaks > 1)
}

/// Positions where the division is strongest.
fn strongest(among: Range<usize>, depth: &dyn Fn(usize) -> usize) -> Vec<usize> {
    let depths: Vec<(usize, usize)> = among.map(|at| (at, depth(at))).collect();
    let least = depths.iter().map(|(_, depth)| *depth).min().unwrap_or(0);
    depths.into_iter().filter(|(_, depth)| *depth == least).map(|(at, _)| at).collect()
}

/// Ranges of leaves, each cut where the page is divided as deeply as anywhere inside them.
pub fn parts(dom: &Dom, leaves: &[Leaf], ranges: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
    let inside = |range: &Range<usize>| range.start + 1..range.end;
    let least = ranges.iter().flat_map(inside).map(|at| divide(dom, leaves, at)).min().unwrap_or(0);
    let cut = |range: &Range<usize>| {
        let cuts = inside(range).filter(|at| divide(dom, leaves, *at) == least);
        let bounds: Vec<usize> = [range.start].into_iter().chain(cuts).chain([range.end]).collect();
        bounds.windows(2).map(|pair| pair[0]..pair[1]).collect()
    };
    ranges.iter().map(cut).collect()
}

/// What records begin with where all their parts are siblings: the date, unless something stands before the first one
/// that stands before the others, too.
fn sequence(leaves: &[Leaf], positions: &[usize], gaps: &[Vec<usize>], floor: usize) -> Option<u64> {
    let (first, last) = (positions[0], positions[positions.len() - 1]);
    let longest = positions.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(1);
    let mut best: Option<(u8, usize, usize, u64)> = None;
    for candidate in (floor.max(first.saturating_sub(longest))..=first).rev() {
        let shape = look(&leaves[candidate]);
        let seen = positions.windows(2).zip(gaps).filter(|(pair, gap)| {
            gap.iter().any(|at| look(&leaves[*at]) == shape) && (candidate == first || look(&leaves[pair[1]]) != shape)
        });
        let count = seen.count();
        if 5 * count < 4 * gaps.len() {
            continue;
        }
        let follows = || leaves[last + 1..leaves.len().min(last + 1 + longest)].iter().any(|leaf| look(leaf) == shape);
        let rank = match opens(&leaves[candidate]) {
            _ if candidate == first => 2,
            3 => 4,
            2 if !follows() => 3,
            _ => 1,
        };
        let key = (rank, count, candidate, shape);
        if best.is_none_or(|known| (key.0, key.1) > (known.0, known.1)) {
            best = Some(key);
        }
    }
    best.map(|(.., shape)| shape)
}

/// Where the record of the second position begins.
fn start(leaves: &[Leaf], pair: &[usize], gap: &[usize], opening: Option<u64>, boxed: bool, lead: usize) -> usize {
    let fits = |at: &&usize| opening.is_none_or(|shape| look(&leaves[**at]) == shape);
    if boxed && gap.len() == 1 && fits(&&gap[0]) {
        return gap[0];
    }
    if let Some(at) = gap.iter().rev().find(fits) {
        return *at;
    }
    let shaped = (pair[0] + 1..=pair[1]).rev().take(lead + 2).find(|at| opening.is_some_and(|shape| look(&leaves[*at]) == shape));
    shaped.or(if boxed { gap.last().copied() } else { None }).unwrap_or(pair[1])
}

fn first_start(dom: &Dom, leaves: &[Leaf], first: usize, next: (usize, usize), opening: Option<u64>, boxed: bool, floor: usize) -> usize {
    let lead = next.1 - next.0;
    // Never across a boundary that is stronger than the one between the records.
    let bound = divide(dom, leaves, next.0);
    let mut whole = first;
    while whole > floor && (boxed || first - whole < lead + 2) {
        let cut = divide(dom, leaves, whole);
        if cut < bound || boxed && cut == bound {
            break;
        }
        whole -= 1;
    }
    if boxed {
        return whole;
    }
    (whole..=first).rev().find(|at| opening.is_some_and(|shape| look(&leaves[*at]) == shape)).unwrap_or(first)
}

/// The last record ends where its box does; in a sequence where something begins that no other record has.
fn last_end(dom: &Dom, leaves: &[Leaf], last: usize, start: usize, bound: usize, records: &[Range<usize>], boxed: bool) -> usize {
    let longest = records.iter().map(Range::len).max().unwrap_or(1);
    let known: HashSet<u64> = records.iter().flat_map(|record| &leaves[record.clone()]).map(|leaf| leaf.shapes[0]).collect();
    let mut end = last + 1;
    while end < leaves.len() {
        let cut = divide(dom, leaves, end);
        let goes_out = if boxed { cut <= bound } else { cut < bound };
        let strange = !known.contains(&leaves[end].shapes[0]) && (!boxed || end - start > longest);
        let long = end - start >= 2 * longest + 4;
        if goes_out || strange || long {
            break;
        }
        end += 1;
    }
    end
}

/// Siblings before the first and after the last record, in the element that holds the records, up to a heading that no
/// record has.
fn outside(dom: &Dom, leaves: &[Leaf], records: &[Range<usize>]) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return Vec::new() };
    let known: HashSet<u64> = records.iter().flat_map(|record| &leaves[record.clone()]).map(|leaf| leaf.shapes[1]).collect();
    let is_heading = |leaf: &Leaf| matches!(leaf.kind, Kind::Heading(_)) && !known.contains(&leaf.shapes[1]);
    let goes_on = |part: &Range<usize>| !leaves[part.clone()].iter().any(is_heading);
    let mut found = Vec::new();
    if records.len() > 1 {
        let bound = divide(dom, leaves, last.start);
        let mut start = last.end;
        while start < leaves.len() && divide(dom, leaves, start) == bound {
            let end = (start + 1..leaves.len()).find(|at| divide(dom, leaves, *at) <= bound).unwrap_or(leaves.len());
            if !goes_on(&(start..end)) {
                break;
            }
            found.push(start..end);
            start = end;
        }
        let bound = divide(dom, leaves, records[1].start);
        let mut end = first.start;
        while end > 0 && divide(dom, leaves, end) == bound {
            let start = (0..end).rev().find(|at| *at == 0 || divide(dom, leaves, *at) <= bound).unwrap_or(0);
            if !goes_on(&(start..end)) {
                break;
            }
            found.push(start..end);
            end = start;
        }
    }
    found
}

/// A date that has no second: what the nearest element around it holds that says more than the date.
fn alone(dom: &Dom, leaves: &[Leaf], position: usize, floor: usize) -> Range<usize> {
    let leaf = &leaves[position];
    let says_more = |at: usize| {
        let from = leaves.partition_point(|leaf| leaf.nodes.start < at);
        let inside = leaves[from..].iter().take_while(|other| other.nodes.start < dom.nodes[at].end);
        inside.filter(|other| other.node != leaf.node && other.span != leaf.span).any(|other| opens(other) > 1)
            || matches!(leaf.kind, Kind::Heading(_) | Kind::Link) && dom.contains(at, leaf.nodes.start)
    };
    let container = dom
        .ancestors(leaf.nodes.start)
        .take(HIGHEST)
        .take_while(|at| !matches!(dom.tag(*at), "main" | "body" | "html"))
        .find(|at| says_more(*at));
    let around = container.map(|at| dom.nodes[at].end).map_or(position..position + 1, |end| {
        let at = container.unwrap_or(0);
        let from = leaves.partition_point(|leaf| leaf.nodes.start < at);
        from..leaves.partition_point(|leaf| leaf.nodes.start < end)
    });
    around.start.max(floor).min(position)..around.end
}
