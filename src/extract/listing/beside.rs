//! Entries beside the list: dated links in the page's own content that lead where those of the list do.
//!
//! One that is set above the list, under a heading of its own, is its newest or most important entry and is taken; of any other it
//! is told that it may have been left out.

use std::collections::HashSet;

use url::Url;

use super::context::Context;
use super::dated_leaf::DatedLeaf;
use super::doubt::is_of_event;
use super::entry;
use super::features::{is_worded, stands_apart};
use super::frequency::mode;
use super::reading::Reading;
use crate::extract::{Entry, Listing, ProblemKind};

/// Share of the records whose titles lead to one directory.
const FAMILY: f64 = 0.6;
/// Leaves between the title and the date of an entry outside the list.
const NEAR: usize = 3;

/// Takes what is set above the best reading, and tells of the rest.
pub fn take(context: &Context, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    let mut above = 0;
    for title in titles(context, best) {
        if let Some(entry) = set_above(context, readings, title, listing) {
            listing.entries.insert(above, entry);
            above += 1;
            continue;
        }
        let what = context.dom.text[context.leaves[title].span.clone()].replace('\n', " ");
        listing.doubt(ProblemKind::LeftOut, format!("{what} stands beside the list, with a date, and leads where its entries do"));
    }
}

/// Leaves that may be titles of entries beside the list.
fn titles(context: &Context, best: &Reading) -> Vec<usize> {
    let own: Vec<&Url> = (0..best.records.len()).filter_map(|row| context.targets[best.table.title(row)?.leaf].any()).collect();
    let families: Vec<String> = own.iter().filter_map(|url| family(url)).collect();
    let Some((common, count)) = mode(families.iter().map(String::as_str)) else { return Vec::new() };
    if (count as f64) < FAMILY * best.records.len() as f64 {
        return Vec::new();
    }
    let span = best.span();
    let mut known: HashSet<&Url> = own.into_iter().collect();
    let aside = |leaf: usize| context.dom.is_aside(context.leaves[leaf].nodes.start);
    let dates = |dated: DatedLeaf| {
        !span.contains(&dated.leaf) && stands_apart(context, dated) && !aside(dated.leaf) && !is_of_event(context, best, dated)
    };
    let is_entry = |at: &usize| {
        let near = at.saturating_sub(NEAR)..context.leaves.len().min(at + NEAR + 1);
        let leads = context.targets[*at].any().filter(|url| family(url).as_deref() == Some(common));
        let entry = leads.filter(|_| is_worded(context, &best.table, *at) && !aside(*at) && context.dated_leaves(near).any(dates));
        entry.is_some_and(|url| known.insert(url))
    };
    (context.floor()..context.leaves.len()).filter(|at| !span.contains(at)).filter(is_entry).collect()
}

/// The entry of a heading above the list, as another reading has it.
fn set_above(context: &Context, readings: &[Reading], title: usize, listing: &mut Listing) -> Option<Entry> {
    let span = readings.first()?.span();
    let heads = title < span.start && context.dom.nodes[context.leaves[title].nodes.start].heading.is_some();
    let of_title =
        |reading: &Reading| (0..reading.records.len()).find(|row| reading.table.title(*row).is_some_and(|cell| cell.leaf == title));
    let (reading, row) = readings[1..].iter().filter(|_| heads).find_map(|reading| {
        let row = of_title(reading)?;
        let record = &reading.records[row];
        (record.dated.is_some() && record.leaves.end <= span.start && reading.is_list()).then_some((reading, row))
    })?;
    let mut entry = entry::read(context, reading, row)?;
    entry::date(context, reading.records[row].dated, reading.order, &mut entry, &mut listing.problems);
    Some(entry)
}

/// What the addresses of one kind of page have in common: the directory; at the top of a site all but the figures, if it has some.
fn family(url: &Url) -> Option<String> {
    let directory = url.path().trim_end_matches('/').rsplit_once('/').map_or("", |(directory, _)| directory);
    let address = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let numbered = || address.contains(|c: char| c.is_ascii_digit()).then(|| address.replace(|c: char| c.is_ascii_digit(), ""));
    if directory.is_empty() { numbered() } else { Some(directory.to_owned()) }
}
