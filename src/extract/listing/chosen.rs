//! Configured selectors: where one is given, it wins over what structure suggests.
//!
//! A selector that matches nothing is a problem, not an empty field passed over in silence.

use std::collections::HashMap;

use scraper::{Html, Selector};

use super::choice::{self, Reading};
use super::ground::Ground;
use super::lines::{Line, lines};
use super::outline::What;
use super::segments::Item;
use super::stamps::Place;
use crate::config::Selectors;
use crate::extract::dates;
use crate::extract::text::normalise;
use crate::extract::{Entry, Problem, ProblemKind};

/// Entries are the elements that `selectors.entry` names.
pub fn read(ground: &Ground, html: &Html, selectors: &Selectors) -> Reading {
    let roots = selectors.entry.as_ref().map(|entry| matched(ground, html, entry)).unwrap_or_default();
    let items = roots.iter().map(|root| {
        let inside = ground.stamps_in(*root);
        let whole = inside.clone().find(|at| matches!(ground.stamps[*at].place, Place::Whole | Place::Machine));
        Item { roots: vec![*root], stamp: whole.or_else(|| inside.clone().next()) }
    });
    let mut reading = choice::read(ground, items.collect());
    if roots.is_empty() {
        reading.listing.problems.push(unmatched("entry"));
    }
    reading
}

/// Replaces the fields that have a selector of their own.
pub fn refine(ground: &Ground, html: &Html, seen: jiff::civil::Date, selectors: &Selectors, reading: &mut Reading) {
    let fields: [(&str, Option<&Selector>, Setter); 3] = [
        ("date", selectors.date.as_ref(), set_date),
        ("title", selectors.title.as_ref(), set_title),
        ("summary", selectors.summary.as_ref(), set_summary),
    ];
    for (name, selector, set) in fields {
        let Some(selector) = selector else { continue };
        let places = matched(ground, html, selector);
        if places.is_empty() {
            reading.listing.problems.push(unmatched(name));
        }
        for (item, entry) in reading.items.iter().zip(&mut reading.listing.entries) {
            let inside = |at: &&usize| item.roots.iter().any(|root| ground.outline.contains(*root, **at));
            if let Some(at) = places.iter().find(inside) {
                set(ground, *at, seen, entry);
            }
        }
        if name == "date" {
            recount(reading);
        }
    }
}

type Setter = fn(&Ground, usize, jiff::civil::Date, &mut Entry);

fn set_date(ground: &Ground, at: usize, seen: jiff::civil::Date, entry: &mut Entry) {
    let text = ground.outline.text(at);
    let found = dates::whole(&text, seen).or_else(|| dates::find(&text, seen).into_iter().next());
    let machine = ground.outline.attr(at, "datetime").and_then(dates::iso);
    entry.date_text = Some(found.as_ref().map_or_else(|| normalise(&text), |found| normalise(&text[found.start..found.end])));
    entry.published = found.map_or(machine, |found| found.date.ok());
}

fn set_title(ground: &Ground, at: usize, _: jiff::civil::Date, entry: &mut Entry) {
    let text = normalise(&ground.outline.text(at));
    if !text.is_empty() {
        entry.title = text;
    }
    let link = ground.outline.nodes[at].link.or_else(|| ground.anchors_in(at).first().map(|anchor| anchor.node));
    if let Some(url) = link.and_then(|link| ground.links.resolve(ground.outline, link)) {
        entry.link = Some(url);
        entry.body = None;
    }
}

fn set_summary(ground: &Ground, at: usize, _: jiff::civil::Date, entry: &mut Entry) {
    let lines = lines(ground, &[at], &[]);
    let raw = lines.iter().map(Line::raw).collect::<Vec<_>>();
    entry.summary = Some(normalise(&raw.join(" "))).filter(|text| !text.is_empty());
    entry.summary_raw = entry.summary.as_ref().map(|_| raw.join("\n"));
}

/// Undated entries after dates were set anew.
fn recount(reading: &mut Reading) {
    let problems = &mut reading.listing.problems;
    problems.retain(|problem| problem.kind != ProblemKind::Undated && problem.kind != ProblemKind::ImpossibleDate);
    for entry in reading.listing.entries.iter().filter(|entry| entry.published.is_none()) {
        problems.push(Problem { kind: ProblemKind::Undated, what: entry.title.clone() });
    }
}

fn unmatched(name: &str) -> Problem {
    Problem { kind: ProblemKind::Selector, what: format!("{name} matches nothing") }
}

/// Places of the elements a selector matches, in document order.
pub fn matched(ground: &Ground, html: &Html, selector: &Selector) -> Vec<usize> {
    let places: HashMap<*const scraper::node::Element, usize> = ground
        .outline
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| match node.what {
            What::Element(element) => Some((std::ptr::from_ref(element), at)),
            What::Text(_) => None,
        })
        .collect();
    html.select(selector).filter_map(|element| places.get(&std::ptr::from_ref(element.value())).copied()).collect()
}
