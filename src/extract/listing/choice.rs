//! The candidate that is the list of entries.
//!
//! Each candidate is read in full and weighed by what it holds: text, dates that can be publications,
//! links below the page's own path, and its place relative to the page's heading. Calendars fall
//! because they name spans of time, sidebars because they lie farther from the heading.

use std::collections::BTreeSet;

use jiff::civil::Date;
use url::Url;

use super::clusters::Cluster;
use super::ground::{Ground, Strength};
use super::item;
use super::segments::{self, Item};
use super::shared::Shared;
use super::stamps::Place;
use crate::extract::dates::{Form, Impossible};
use crate::extract::{Entry, Listing, Problem, ProblemKind};

/// A candidate as read.
#[derive(Default)]
pub struct Reading {
    pub listing: Listing,
    /// The nodes of each entry, for configured selectors.
    pub items: Vec<Item>,
}

struct Candidate {
    reading: Reading,
    weight: f64,
    /// Depth of the lowest element that holds it and the page's heading.
    nearness: usize,
}

/// Share of spans of time from which a list is a calendar.
const EVENTS: f64 = 0.25;
/// Text of one entry beyond this says nothing more about the list.
const FULL: usize = 400;

pub fn best(ground: &Ground, clusters: &[Cluster]) -> Option<Reading> {
    let candidates: Vec<Candidate> = clusters.iter().filter_map(|cluster| weigh(ground, cluster)).collect();
    let nearest = candidates.iter().map(|candidate| candidate.nearness).max()?;
    let weight = |candidate: &Candidate| {
        let far = ground.heading.map_or(0, |_| nearest - candidate.nearness);
        candidate.weight * [1.0, 0.4, 0.16][far.min(2)]
    };
    let (best, _) = candidates.iter().enumerate().max_by(|(_, a), (_, b)| weight(a).total_cmp(&weight(b)))?;
    let (chosen, others): (Vec<_>, Vec<_>) = candidates.into_iter().enumerate().partition(|(at, _)| *at == best);
    let mut chosen = chosen.into_iter().next()?.1.reading;
    for (_, other) in others {
        feature(ground, &mut chosen, other.reading);
    }
    Some(chosen)
}

/// An entry in markup of its own right before the others: the newest one, shown large.
fn feature(ground: &Ground, chosen: &mut Reading, other: Reading) {
    let edges = |reading: &Reading| {
        let roots = reading.items.iter().flat_map(|item| &item.roots);
        Some((*roots.clone().min()?, roots.map(|root| ground.outline.nodes[*root].end).max()?))
    };
    let (Some((start, _)), Some((first, end))) = (edges(chosen), edges(&other)) else { return };
    let adjacent = other.items.len() == 1 && ground.start() <= first && end <= start;
    if adjacent && ground.outline.sum_between(end, start).chars == 0 {
        chosen.items.splice(0..0, other.items);
        chosen.listing.entries.splice(0..0, other.listing.entries);
        chosen.listing.problems.extend(other.listing.problems);
    }
}

fn weigh(ground: &Ground, cluster: &Cluster) -> Option<Candidate> {
    let stamps = || cluster.parts.iter().flat_map(|(_, stamps)| stamps).map(|at| &ground.stamps[*at]);
    let events = stamps().filter(|stamp| stamp.form == Form::Range).count();
    if events as f64 > EVENTS * cluster.size() as f64 {
        return None;
    }
    let (first, container) = (stamps().next()?.node, cluster.parts.first()?.0);
    if beside(ground, first) {
        return None;
    }
    let items = match &cluster.parts[..] {
        [(_, stamps)] if stamps.len() == 1 => lone(ground, cluster.place, stamps[0])?,
        parts => parts.iter().flat_map(|(container, stamps)| segments::cut(ground, *container, stamps)).collect(),
    };
    let reading = read(ground, items);
    if is_box(ground, &reading) {
        return None;
    }
    let entries = &reading.listing.entries;
    let dated = reading.items.iter().filter(|item| item.stamp.is_some()).count();
    if dated == 0 || 2 * dated < cluster.size() {
        return None;
    }
    let days: Vec<Date> = entries.iter().filter_map(|entry| entry.published).collect();
    let future = stamps().filter(|stamp| stamp.date == Err(Impossible::Future)).count() as f64 / cluster.size() as f64;
    let mass: usize = entries.iter().map(|entry| 60 + text_of(entry).min(FULL)).sum();
    let below = entries.iter().filter(|entry| entry.link.as_ref().is_some_and(|link| is_below(link, ground.links.page))).count();
    let mut weight = mass as f64 * (1.0 + below as f64 / entries.len().max(1) as f64);
    weight *= match cluster.place {
        Place::Whole => 1.0,
        Place::Machine => 0.9,
        Place::Leading => 0.7,
        Place::Trailing => 0.6,
    };
    if days.len() > 2 && days.is_sorted() && days.first() != days.last() {
        weight *= 0.7;
    }
    if future > 0.5 {
        weight *= 0.3;
    }
    if ground.heading.is_some_and(|heading| first < heading) {
        weight *= 0.3;
    }
    let inside = if cluster.size() == 1 { first } else { container };
    let nearness = ground.heading.map_or(0, |heading| ground.outline.shared_depth(heading, inside));
    Some(Candidate { reading, weight, nearness })
}

fn text_of(entry: &Entry) -> usize {
    let longest = [&entry.summary, &entry.body].into_iter().flatten().map(String::len).max().unwrap_or(0);
    entry.title.len() + longest
}

/// In an element that the author declared to be beside the content.
fn beside(ground: &Ground, at: usize) -> bool {
    let outline = ground.outline;
    let holds_heading = |up: usize| ground.heading.is_some_and(|heading| outline.contains(up, heading));
    outline.upwards(at).any(|up| matches!(outline.tag(up), "nav" | "aside" | "footer") && !holds_heading(up) && !in_entry(ground, up))
}

/// A box of its own: bare titles under a heading of theirs, in another column than the page's heading,
/// whose column says something itself, and leading to pages of another section.
fn is_box(ground: &Ground, reading: &Reading) -> bool {
    let outline = ground.outline;
    let (Some(heading), Some(first)) = (ground.heading, reading.items.first().and_then(|item| item.roots.first())) else { return false };
    let branch = |from: usize, other: usize| outline.upwards(from).take_while(|at| !outline.contains(*at, other)).last().unwrap_or(from);
    let (column, own) = (branch(heading, *first), branch(*first, heading));
    let speaks = outline.sum(column).chars > outline.sum(heading).chars + 5;
    let before = outline.sum_between(own, *first);
    let named = (2..=60).contains(&before.chars) && before.linked == 0;
    let bare = |entry: &Entry| entry.summary.is_none() && entry.body.is_none();
    let elsewhere = |entry: &Entry| entry.link.as_ref().is_none_or(|link| !is_below(link, ground.links.page));
    let entries = &reading.listing.entries;
    own != *first && speaks && named && entries.iter().all(|entry| bare(entry) && elsewhere(entry))
}

/// A footer may belong to an entry (`article > footer > time`).
fn in_entry(ground: &Ground, at: usize) -> bool {
    ground.outline.tag(at) == "footer" && ground.outline.upwards(at).any(|up| matches!(ground.outline.tag(up), "article" | "li"))
}

/// The page's own path, without a last part that names a file, begins the link's path.
pub fn is_below(link: &Url, page: &Url) -> bool {
    let path = page.path().trim_end_matches('/');
    let stem = path.rsplit_once('.').map_or(path, |(stem, ending)| if ending.contains('/') { path } else { stem });
    stem.len() > 1 && link.path().len() > stem.len() && link.path().starts_with(stem)
}

/// Reads the items and dates them; those without a title fall out.
pub fn read(ground: &Ground, items: Vec<Item>) -> Reading {
    let shared = Shared::of(ground, &items);
    let mut reading = Reading::default();
    for item in items {
        let Some(mut entry) = item::read(ground, &item, &shared) else { continue };
        date(ground, &item, &mut entry, &mut reading.listing.problems);
        reading.listing.entries.push(entry);
        reading.items.push(item);
    }
    reading.listing.layout = layout(ground, &reading.items);
    reading
}

fn date(ground: &Ground, item: &Item, entry: &mut Entry, problems: &mut Vec<Problem>) {
    let Some(stamp) = item.stamp.map(|at| &ground.stamps[at]) else {
        problems.push(Problem { kind: ProblemKind::Undated, what: entry.title.clone() });
        return;
    };
    entry.date_text = Some(stamp.words.clone());
    let told = |kind| Problem { kind, what: format!("{}: {}", stamp.words, entry.title) };
    match (stamp.form, stamp.date) {
        (Form::Range, _) => problems.push(told(ProblemKind::Undated)),
        (_, Err(_)) => problems.push(told(ProblemKind::ImpossibleDate)),
        (_, Ok(date)) => {
            entry.published = Some(date);
            if stamp.machine.is_some_and(|machine| machine != date) {
                problems.push(told(ProblemKind::DatesDiffer));
            }
        }
    }
}

/// The layout in words.
fn layout(ground: &Ground, items: &[Item]) -> String {
    let Some(item) = items.iter().find(|item| item.stamp.is_some()) else { return String::new() };
    let outline = ground.outline;
    let Some(stamp) = item.stamp.map(|at| &ground.stamps[at]) else { return String::new() };
    let blocks: Vec<&str> = item.roots.iter().map(|root| outline.tag(*root)).collect();
    let place = match stamp.place {
        Place::Whole => "alone in",
        Place::Machine => "in the datetime of",
        Place::Leading => "at the start of",
        Place::Trailing => "at the end of",
    };
    format!("{} × {}, date {place} {}", blocks.join(" + "), items.len(), outline.tag(stamp.node))
}

/// A single stamp on the page: the nearest element that also holds a title, or the siblings that do.
fn lone(ground: &Ground, place: Place, stamp: usize) -> Option<Vec<Item>> {
    let outline = ground.outline;
    let node = ground.stamps[stamp].node;
    if node < ground.start() && ground.heading.is_some() {
        return None;
    }
    let enough = if place == Place::Whole { Strength::Strong } else { Strength::Link };
    let holds_heading = |at: usize| ground.heading.is_some_and(|heading| outline.contains(at, heading));
    let closed = |at: usize| matches!(outline.tag(at), "main" | "body" | "html") || holds_heading(at);
    let mut unit = outline.upwards(node).take(10).find(|at| closed(*at) || ground.strength(*at) >= enough)?;
    if !closed(unit) {
        loop {
            let above = outline.nodes[unit].parent;
            if closed(above) || matches!(outline.tag(above), "ul" | "ol" | "dl" | "table" | "tbody") || !grows(ground, unit, above) {
                break;
            }
            unit = above;
        }
        unit = outline.nodes[unit].parent;
    }
    let items = segments::cut(ground, unit, &[stamp]);
    Some(items).filter(|items| {
        items.iter().filter(|item| item.stamp.is_some()).all(|item| item.roots.iter().any(|r| ground.strength(*r) >= enough))
    })
}

/// Whether the parent adds only text or the entry's own further links.
fn grows(ground: &Ground, unit: usize, above: usize) -> bool {
    let outline = ground.outline;
    let (outer, inner) = (outline.sum(above), outline.sum(unit));
    let own: BTreeSet<&Url> = ground.anchors_in(unit).iter().filter_map(|a| a.page.as_ref()).collect();
    let added = ground.anchors_in(above).iter().filter(|a| !outline.contains(unit, a.node));
    let mut pages = added.filter(|a| a.document.is_none());
    outer.headings == inner.headings && pages.all(|a| a.page.as_ref().is_some_and(|page| own.contains(page)))
}
