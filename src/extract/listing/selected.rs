//! Configured selectors: where one is given, it wins over what structure suggests.
//!
//! A selector that matches nothing is a problem, not an empty field passed over in silence.

use scraper::Selector;

use super::cell::Record;
use super::column::Table;
use super::context::Context;
use super::dated_leaf::Place;
use super::reading::Reading;
use crate::config::Selectors;
use crate::extract::dates;
use crate::extract::{Entry, Listing, Problem, ProblemKind};

/// Records are the elements that the selector names.
pub fn read<'c>(context: &'c Context, selector: &Selector) -> Reading<'c> {
    let mut records = Vec::new();
    let mut dated_leaves = Vec::new();
    for root in context.model.matching(selector) {
        let leaves = context.inside(root);
        if leaves.is_empty() {
            continue;
        }
        let dated = context.dated_leaves(leaves.clone()).min_by_key(|dated| (dated.place != Place::Alone, dated.leaf));
        dated_leaves.extend(dated);
        records.push(Record { leaves, dated });
    }
    let table = Table::of(context, &records);
    Reading::of(context, records, table, &dated_leaves, 0.0)
}

/// Replaces the fields of an entry that have a selector of their own.
pub fn refine(context: &Context, record: &Record, selectors: &Selectors, entry: &mut Entry) {
    let first = |selector: &Option<Selector>| {
        let nodes = context.leaves[record.leaves.start].nodes.start..context.leaves[record.leaves.end - 1].nodes.end;
        let inside = |at: &usize| context.dom.nodes[*at].end > nodes.start && *at < nodes.end;
        context.model.matching(selector.as_ref()?).into_iter().find(inside)
    };
    if let Some(at) = first(&selectors.date) {
        let text = context.dom.text_of(at);
        let found = dates::whole(text, context.setting).or_else(|| dates::find(text, context.setting).into_iter().next());
        let machine = context.dom.attr(at, "datetime").and_then(dates::iso);
        entry.date_text = Some(found.as_ref().map_or(text, |found| &text[found.start..found.end]).replace('\n', " "));
        entry.published = found.map_or(machine, |found| found.date.ok());
    }
    if let Some(at) = first(&selectors.title) {
        let text = context.dom.text_of(at).replace('\n', " ");
        if !text.is_empty() {
            entry.title = text;
        }
        let link = context.dom.nodes[at].link.or_else(|| (at..context.dom.nodes[at].end).find_map(|inner| context.dom.nodes[inner].link));
        if let Some(url) = link.and_then(|link| context.links.resolve(context.dom, link)) {
            entry.link = Some(url);
            entry.body = None;
        }
    }
    if let Some(at) = first(&selectors.summary) {
        let text = context.dom.text_of(at);
        entry.summary = Some(text.replace('\n', " ")).filter(|text| !text.is_empty());
        entry.summary_raw = entry.summary.as_ref().map(|_| text.to_owned());
    }
}

/// Tells selectors that match nothing, and counts undated entries anew where dates were selected.
pub fn check(context: &Context, selectors: &Selectors, listing: &mut Listing) {
    let fields = [("entry", &selectors.entry), ("date", &selectors.date), ("title", &selectors.title), ("summary", &selectors.summary)];
    for (name, selector) in fields {
        if selector.as_ref().is_some_and(|selector| context.model.matching(selector).is_empty()) {
            listing.problems.push(Problem { kind: ProblemKind::Selector, what: format!("{name} matches nothing") });
        }
    }
    if selectors.date.is_some() {
        let problems = &mut listing.problems;
        problems.retain(|problem| !matches!(problem.kind, ProblemKind::Undated | ProblemKind::ImpossibleDate));
        let undated = listing.entries.iter().filter(|entry| entry.published.is_none());
        problems.extend(undated.map(|entry| Problem { kind: ProblemKind::Undated, what: entry.title.clone() }));
    }
}
