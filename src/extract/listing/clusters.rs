//! Stamps that repeat in the same surroundings: the candidates for the list of entries.
//!
//! Stamps are alike when the tags above them are alike; classes and ids are never looked at. Among
//! alike stamps, the lowest element that holds more than one is the container, its children are the
//! units. Lists in parts (a list a year, rows of cards) are joined where their containers are siblings.

use std::collections::BTreeMap;

use super::outline::{Outline, What};
use super::stamps::{Place, Stamp};
use crate::extract::dates;

/// A container with the indices of its stamps.
type Part = (usize, Vec<usize>);

/// A candidate list.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub place: Place,
    /// Containers with the indices of their stamps, in document order.
    pub parts: Vec<Part>,
}

impl Cluster {
    pub fn size(&self) -> usize {
        self.parts.iter().map(|(_, stamps)| stamps.len()).sum()
    }
}

/// Characters between two dates that can be no title.
const SHORT: usize = 60;
/// Candidates that are read in full; more would be noise.
const MOST: usize = 16;

/// Marks second dates of one entry, then gathers alike stamps; the largest candidates first.
pub fn gather(outline: &Outline, stamps: &mut [Stamp]) -> Vec<Cluster> {
    let mut alike: BTreeMap<(u64, Place), Vec<usize>> = BTreeMap::new();
    for (at, stamp) in stamps.iter().enumerate() {
        alike.entry((outline.nodes[stamp.node].path, stamp.place)).or_default().push(at);
    }
    mark_shadows(outline, stamps);
    let mut found = Vec::new();
    for ((_, place), mut group) in alike {
        group.retain(|at| !stamps[*at].shadow);
        found.extend(split(outline, stamps, &group).into_iter().map(|parts| Cluster { place, parts }));
    }
    found.sort_by_key(|cluster| std::cmp::Reverse(cluster.size()));
    found.truncate(MOST);
    found
}

/// A date that follows another with nothing but a label between them belongs to the same entry.
fn mark_shadows(outline: &Outline, stamps: &mut [Stamp]) {
    for at in 1..stamps.len() {
        let (from, to) = (outline.nodes[stamps[at - 1].node].end, stamps[at].node);
        let between = outline.sum_between(from, to);
        let bare = stamps[at - 1].span.is_empty() && stamps[at].span.is_empty();
        if bare && between.chars <= SHORT && between.linked == 0 && between.headings == 0 {
            stamps[at].shadow = dates::is_label(&outline.text_between(from, to)) && !images_between(outline, from, to);
        }
    }
}

/// A picture between two dates: two cards without text.
fn images_between(outline: &Outline, from: usize, to: usize) -> bool {
    (from..to.min(from + 200)).any(|at| matches!(outline.nodes[at].what, What::Element(e) if e.name() == "img"))
}

/// Alike stamps, split into lists.
fn split(outline: &Outline, stamps: &[Stamp], group: &[usize]) -> Vec<Vec<Part>> {
    let mut containers: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, at) in group.iter().enumerate() {
        let node = stamps[*at].node;
        let near = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|i| group.get(i)).map(|at| stamps[*at].node);
        let near: Vec<usize> = near.collect();
        let mut unit = node;
        let mut container = outline.nodes[node].parent;
        while container != 0 && !near.iter().any(|other| outline.contains(container, *other)) {
            (unit, container) = (container, outline.nodes[container].parent);
        }
        containers.entry(container).or_default().push((unit, *at));
    }
    adopt_lone_units(outline, stamps, &mut containers);
    let parts = containers.into_iter().map(|(container, units)| (container, units.into_iter().map(|(_, at)| at).collect::<Vec<_>>()));
    join(outline, stamps, parts.collect())
}

/// A part of one entry (the only one of its year) shows up as a unit beside containers: make it one.
fn adopt_lone_units(outline: &Outline, stamps: &[Stamp], containers: &mut BTreeMap<usize, Vec<(usize, usize)>>) {
    let parents: BTreeMap<usize, usize> = containers.keys().map(|at| (outline.nodes[*at].parent, *at)).collect();
    let mut lone = Vec::new();
    for (container, units) in containers.iter_mut() {
        let Some(part) = parents.get(container) else { continue };
        units.retain(|(unit, at)| {
            let moves = *unit != stamps[*at].node && outline.tag(*unit) == outline.tag(*part);
            if moves {
                lone.push((*unit, *at));
            }
            !moves
        });
    }
    for (unit, at) in lone {
        containers.entry(unit).or_default().push((unit, at));
    }
    containers.retain(|_, units| !units.is_empty());
}

/// Containers that are siblings, or lie in sibling sections whose dates go on from one to the next.
fn join(outline: &Outline, stamps: &[Stamp], parts: Vec<Part>) -> Vec<Vec<Part>> {
    let parent = |at: usize| outline.nodes[at].parent;
    let mut lists: BTreeMap<(usize, &str), Vec<Part>> = BTreeMap::new();
    for part in parts {
        lists.entry((parent(part.0), outline.tag(part.0))).or_default().push(part);
    }
    let mut sections: BTreeMap<(usize, &str, &str), Vec<Vec<Part>>> = BTreeMap::new();
    for ((above, tag), list) in lists {
        sections.entry((parent(above), outline.tag(above), tag)).or_default().push(list);
    }
    let mut found = Vec::new();
    for lists in sections.into_values() {
        let dates: Vec<_> = lists.iter().flatten().flat_map(|(_, at)| at).filter_map(|at| stamps[*at].date.ok()).collect();
        if lists.len() > 1 && (dates.is_sorted() || dates.is_sorted_by(|a, b| a >= b)) {
            found.push(lists.concat());
        } else {
            found.extend(lists);
        }
    }
    found
}
