//! Candidates: dates that stand in the same local shape, in one list or in lists of one kind under headings of one kind.
//!
//! The same dates are grouped closely and loosely; which grouping is the list is not decided here but by score. Dates
//! that come several to a row make a candidate for each of their places.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::leaf::{Kind, Leaf, rows_below};
use crate::extract::page::{Dom, tags};

/// Candidates that are read and scored, the largest first.
const MOST: usize = 64;
/// Ways in which dates may be alike.
const LEVELS: u8 = 8;
/// Share of rows that must hold the same number of dates.
const REGULAR: f64 = 0.6;
/// Depths at which a page may be divided into rows, and dates of a row.
const MOST_LEVELS: usize = 4;
const MOST_PLACES: usize = 4;
/// Dates of a list that stands apart from others of its kind.
const FEWEST: usize = 3;

/// All candidates, none twice.
pub fn gather(context: &Context) -> Vec<Vec<DatedLeaf>> {
    let Context { dom, leaves, .. } = context;
    let outside = |dated: &DatedLeaf| context.heading.is_none_or(|heading| !dom.contains(heading, leaves[dated.leaf].nodes.start));
    let dated_leaves: Vec<DatedLeaf> = context.dated.iter().filter(|dated| outside(dated)).copied().collect();
    let mut found: Vec<Vec<DatedLeaf>> = Vec::new();
    let mut known: HashSet<Vec<DatedLeaf>> = HashSet::new();
    for level in 0..LEVELS {
        let mut groups: BTreeMap<u64, Vec<DatedLeaf>> = BTreeMap::new();
        for dated in &dated_leaves {
            if let Some(key) = key(context, dated, level) {
                groups.entry(key).or_default().push(*dated);
            }
        }
        for group in groups.into_values() {
            let lists = rows(dom, leaves, group).into_iter().map(|group| spanned(dom, leaves, group));
            for candidate in lists.flat_map(|group| pieces(context, &group)) {
                if known.insert(candidate.clone()) {
                    found.push(candidate);
                }
            }
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.len()));
    found.truncate(MOST);
    found
}

/// What dates of one candidate have in common, from close to loose, and at last what the page calls them and the signs around them.
fn key(context: &Context, dated: &DatedLeaf, level: u8) -> Option<u64> {
    let (leaf, place) = (&context.leaves[dated.leaf], dated.place);
    let machine = context.anchors[dated.anchor].machine.is_some();
    let mut hasher = DefaultHasher::new();
    match level {
        0 => (leaf.shapes[2], place, machine).hash(&mut hasher),
        1 => (leaf.shapes[1], place).hash(&mut hasher),
        2 => (leaf.shapes[0], place == Place::Inside, machine).hash(&mut hasher),
        3 => (leaf.shapes[1], 0).hash(&mut hasher),
        4 => (place == Place::Alone).hash(&mut hasher),
        5 => (place == Place::Inside).hash(&mut hasher),
        6 => context.label(dated)?.hash(&mut hasher),
        _ => (leaf.shapes[1], context.signs(dated)?).hash(&mut hasher),
    }
    Some(hasher.finish())
}

/// A cell over several rows dates each of them.
fn spanned(dom: &Dom, leaves: &[Leaf], group: Vec<DatedLeaf>) -> Vec<DatedLeaf> {
    let mut all = Vec::new();
    for dated in group {
        all.push(dated);
        let cell = dom.ancestors(leaves[dated.leaf].nodes.start).find(|up| matches!(dom.tag(*up), "td" | "th" | "table"));
        for row in cell.into_iter().flat_map(|cell| rows_below(dom, cell)) {
            let first = leaves.partition_point(|leaf| leaf.nodes.start < row);
            if leaves.get(first).is_some_and(|leaf| dom.contains(row, leaf.nodes.start)) {
                all.push(DatedLeaf { leaf: first, ..dated });
            }
        }
    }
    // A cell inside a cell over several rows stands before those rows.
    all.sort_by_key(|dated| dated.leaf);
    all
}

/// Dates that come several to a row, by their place in it, and all of them; several in one leaf count once.
fn rows(dom: &Dom, leaves: &[Leaf], group: Vec<DatedLeaf>) -> Vec<Vec<DatedLeaf>> {
    let node = |dated: &DatedLeaf| leaves[dated.leaf].nodes.start;
    let depths: Vec<u16> = group
        .windows(2)
        .map(|pair| if pair[0].leaf == pair[1].leaf { u16::MAX } else { dom.nodes[dom.common(node(&pair[0]), node(&pair[1]))].depth })
        .collect();
    let mut levels: Vec<u16> = depths.clone();
    levels.sort_unstable();
    levels.dedup();
    let mut found = Vec::new();
    for level in levels.into_iter().take(MOST_LEVELS) {
        let mut pieces: Vec<Vec<DatedLeaf>> = vec![vec![group[0]]];
        for (dated, depth) in group[1..].iter().zip(&depths) {
            match pieces.last_mut().filter(|_| *depth > level) {
                Some(piece) => piece.push(*dated),
                None => pieces.push(vec![*dated]),
            }
        }
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        for piece in &pieces {
            *sizes.entry(piece.len()).or_default() += 1;
        }
        let (size, share) = sizes.into_iter().max_by_key(|(size, share)| (*share, *size)).unwrap_or((1, 0));
        if (2..=MOST_PLACES).contains(&size) && pieces.len() > 1 && share as f64 >= REGULAR * pieces.len() as f64 {
            found.extend((0..size).map(|number| pieces.iter().filter_map(|piece| piece.get(number).copied()).collect()));
        }
    }
    found.push(once(group));
    found
}

/// The first date of each leaf.
fn once(group: Vec<DatedLeaf>) -> Vec<DatedLeaf> {
    let mut last = None;
    group.into_iter().filter(|dated| last.replace(dated.leaf) != Some(dated.leaf)).collect()
}

/// The lists that one group may be.
fn pieces(context: &Context, group: &[DatedLeaf]) -> Vec<Vec<DatedLeaf>> {
    let Context { dom, leaves, .. } = context;
    let parts = parts(dom, leaves, group);
    let sections = parts.iter().flat_map(|part| sections(context, part)).collect();
    [parts, sections, runs(dom, leaves, group)].concat()
}

/// Lists of one group: parts that lie in elements of the same path under headings of the same level belong together.
fn parts(dom: &Dom, leaves: &[Leaf], group: &[DatedLeaf]) -> Vec<Vec<DatedLeaf>> {
    let node = |dated: &DatedLeaf| leaves[dated.leaf].nodes.start;
    let heights: Vec<usize> = group.windows(2).map(|pair| height(dom, node(&pair[0]), node(&pair[1]))).collect();
    let Some(usual) = usual(&heights) else { return vec![group.to_vec()] };
    let container = |dated: &DatedLeaf| structure(dom, node(dated)).nth(usual).unwrap_or(0);
    let mut lists: Vec<(usize, u64, Option<u8>, Vec<DatedLeaf>)> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for dated in group {
        let own = container(dated);
        if let Some((list, known)) = last
            && (dom.contains(known, own) || dom.contains(own, known) && own != 0 && !matches!(dom.tag(own), "body" | "html"))
        {
            lists[list].3.push(*dated);
            last = Some((list, if dom.contains(known, own) { known } else { own }));
            continue;
        }
        let from = last.map_or(0, |(list, _)| lists[list].3.last().map_or(0, |dated| dated.leaf + 1));
        let containers = [own, last.map_or(own, |(_, known)| known)];
        let level = heading(dom, leaves, from..dated.leaf, containers);
        let path = path(dom, own);
        let same = |list: &(usize, u64, Option<u8>, Vec<DatedLeaf>)| list.1 == path && (level.is_none() || list.2 == level);
        let known = lists.iter().rposition(same).unwrap_or_else(|| {
            lists.push((own, path, level, Vec::new()));
            lists.len() - 1
        });
        lists[known].3.push(*dated);
        last = Some((known, own));
    }
    lists.into_iter().map(|(.., dated_leaves)| dated_leaves).collect()
}

/// Lists of one group without what lies farther from its neighbours than they lie from each other; none if that is nothing.
fn runs(dom: &Dom, leaves: &[Leaf], group: &[DatedLeaf]) -> Vec<Vec<DatedLeaf>> {
    let node = |dated: &DatedLeaf| leaves[dated.leaf].nodes.start;
    let farther = |pair: &[DatedLeaf]| {
        let (before, after) = (node(&pair[0]), node(&pair[1]));
        height(dom, before, after).max(height(dom, after, before))
    };
    let heights: Vec<usize> = group.windows(2).map(farther).collect();
    let Some(usual) = usual(&heights) else { return Vec::new() };
    let cuts: Vec<bool> = heights.into_iter().map(|height| height > usual).collect();
    lists(group, &cuts)
}

/// Lists of one group cut at the headings between them: those that few neighbours have between each other.
fn sections(context: &Context, group: &[DatedLeaf]) -> Vec<Vec<DatedLeaf>> {
    let is_heading = |leaf: &&Leaf| matches!(leaf.kind, Kind::Heading(_)) && Some(leaf.node) != context.heading;
    let headings = |pair: &[DatedLeaf]| -> HashSet<u64> {
        context.leaves[pair[0].leaf + 1..=pair[1].leaf].iter().filter(is_heading).map(|leaf| leaf.shapes[1]).collect()
    };
    let gaps: Vec<HashSet<u64>> = group.windows(2).map(headings).collect();
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for shape in gaps.iter().flatten() {
        *counts.entry(*shape).or_default() += 1;
    }
    let cuts: Vec<bool> = gaps.iter().map(|gap| gap.iter().any(|shape| 2 * counts[shape] <= gaps.len())).collect();
    lists(group, &cuts)
}

/// A group cut between neighbours, without what is too short for a list; none if nothing is cut.
fn lists(group: &[DatedLeaf], cuts: &[bool]) -> Vec<Vec<DatedLeaf>> {
    let mut gaps = cuts.iter();
    let lists = group.chunk_by(|_, _| gaps.next() != Some(&true));
    lists.filter(|list| list.len() >= FEWEST && list.len() < group.len()).map(<[DatedLeaf]>::to_vec).collect()
}

/// A node and what holds it; formatting, which one forgotten end tag puts around all that follows, is no structure.
fn structure<'d>(dom: &'d Dom, node: usize) -> impl Iterator<Item = usize> + 'd {
    dom.ancestors(node).filter(|up| !tags::is_formatting(dom.tag(*up)))
}

/// Steps from a node up to the element that holds the other one, too.
fn height(dom: &Dom, node: usize, other: usize) -> usize {
    structure(dom, node).take_while(|up| !dom.contains(*up, other)).count()
}

/// The most frequent height, of equally frequent ones the lowest.
fn usual(heights: &[usize]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for height in heights {
        *counts.entry(*height).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(height, count)| (*count, usize::MAX - *height)).map(|(height, _)| height)
}

/// Level of the last heading before a list, outside it and outside the one before.
fn heading(dom: &Dom, leaves: &[Leaf], among: Range<usize>, containers: [usize; 2]) -> Option<u8> {
    let outside = |leaf: &&Leaf| !containers.iter().any(|container| dom.contains(*container, leaf.nodes.start));
    leaves[among].iter().rev().filter(outside).find_map(|leaf| match leaf.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    })
}

/// Tags from the root, formatting left out.
fn path(dom: &Dom, at: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    for up in structure(dom, at) {
        dom.tag(up).hash(&mut hasher);
    }
    hasher.finish()
}
