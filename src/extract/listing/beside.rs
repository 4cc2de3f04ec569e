//! Entries beside the list: dated links in the page's own content that lead where those of the list do.
//!
//! One that is set above the list, under a heading of its own, is its newest or most important entry and is taken; of any other it
//! is told that it may have been left out.

use std::collections::HashSet;
use std::ops::Range;

use url::Url;

use super::cell::Record;
use super::column::Table;
use super::context::Context;
use super::dated_leaf::DatedLeaf;
use super::doubt::is_of_event;
use super::entry;
use super::features::{is_named_publication, stands_apart};
use super::frequency::mode;
use super::reading::Reading;
use super::wording::{is_worded, words_in};
use crate::extract::{Entry, Listing, ProblemKind};

/// Share of the records whose titles lead to one family of pages.
const FAMILY: f64 = 0.6;
/// Leaves between the title and the date of an entry that no element holds alone.
const NEAR: usize = 3;
/// Hyphens of an address that is made of a title; names of sections have fewer.
const HYPHENS: usize = 3;
/// Words of a line that tells place, day and author.
const BYLINE: usize = 8;

/// An entry outside the list: its title, and what may date it.
struct Beside {
    title: usize,
    record: Record,
}

/// Takes what is set above the best reading, and tells of the rest.
pub fn take(context: &Context, readings: &[Reading], listing: &mut Listing) {
    let Some(best) = readings.first() else { return };
    let mut above = 0;
    for beside in all(context, best) {
        if let Some(entry) = set_above(context, best, &beside, listing) {
            listing.entries.insert(above, entry);
            above += 1;
            continue;
        }
        let what = context.dom.text[context.leaves[beside.title].span.clone()].replace('\n', " ");
        listing.doubt(ProblemKind::LeftOut, format!("{what} stands beside the list, with a date, and leads where its entries do"));
    }
}

/// What may be entries beside the list.
fn all(context: &Context, best: &Reading) -> Vec<Beside> {
    let own: Vec<&Url> = (0..best.records.len()).filter_map(|row| context.targets[best.table.title(row)?.leaf].any()).collect();
    let families: Vec<String> = own.iter().filter_map(|url| family(url)).collect();
    let Some((common, count)) = mode(families.iter().map(String::as_str)) else { return Vec::new() };
    if (count as f64) < FAMILY * best.records.len() as f64 {
        return Vec::new();
    }
    let span = best.span();
    let target = |leaf: usize| context.targets[leaf].any().filter(|url| family(url).as_deref() == Some(common));
    let titles: Vec<(usize, &Url)> = (context.floor()..context.leaves.len())
        .filter(|leaf| !span.contains(leaf) && !context.dom.is_aside(context.leaves[*leaf].nodes.start))
        .filter(|leaf| is_worded(context, &best.table, *leaf))
        .filter_map(|leaf| Some((leaf, target(leaf)?)))
        .collect();
    let mut known: HashSet<&Url> = own.into_iter().collect();
    let new = titles.iter().enumerate().filter(|(_, (_, url))| known.insert(url));
    new.filter_map(|(at, (title, url))| {
        // An element that holds any other title holds one of the nearest.
        let other = |(_, other): &&(usize, &Url)| other != url;
        let nearest = [titles[..at].iter().rfind(other), titles[at..].iter().find(other)].map(|other| other.map(|(leaf, _)| *leaf));
        let record = record(context, best, *title, nearest)?;
        // A picture may lead there, too, and say the title for those who do not see it.
        let heads = |(leaf, other): &&(usize, &Url)| other == url && is_heading(context, *leaf);
        Some(Beside { title: titles.iter().find(heads).map_or(*title, |(leaf, _)| *leaf), record })
    })
    .collect()
}

/// All that stands in the largest element around a title that holds nothing of the list, no other title and not the heading of
/// the page; none without a date there.
fn record(context: &Context, best: &Reading, title: usize, others: [Option<usize>; 2]) -> Option<Record> {
    let span = best.span();
    let alone = |node: &usize| {
        let leaves = context.inside(*node);
        let apart = leaves.end <= span.start || span.end <= leaves.start;
        let heads = context.heading.is_some_and(|heading| context.dom.contains(*node, heading));
        apart && !heads && !others.iter().flatten().any(|other| leaves.contains(other))
    };
    let aside = |dated: &DatedLeaf| span.contains(&dated.leaf) || context.dom.is_aside(context.leaves[dated.leaf].nodes.start);
    let dated = |leaves: Range<usize>, fits: &dyn Fn(&DatedLeaf) -> bool| {
        Some(Record { dated: Some(date(context, best, leaves.clone(), fits)?), leaves })
    };
    let own = context.dom.ancestors(context.leaves[title].nodes.start).skip(1).take_while(alone).last().map(|node| context.inside(node));
    // The footer of an entry is its own; one that stands near may be the page's.
    let near = title.saturating_sub(NEAR)..context.leaves.len().min(title + NEAR + 1);
    own.and_then(|leaves| dated(leaves, &|_| true)).or_else(|| dated(near, &|near| !aside(near)))
}

/// What may date an entry: of several days the one that is called its publication, else the one that stands most by itself, else the first.
fn date(context: &Context, best: &Reading, leaves: Range<usize>, fits: &dyn Fn(&DatedLeaf) -> bool) -> Option<DatedLeaf> {
    let dates = context.dated_leaves(leaves);
    let byline = |dated: &DatedLeaf| words_in(&context.dom.text[context.leaves[dated.leaf].span.clone()]) <= BYLINE;
    let apart = |dated: &DatedLeaf| stands_apart(context, *dated) || byline(dated);
    let dates = dates.filter(|dated| fits(dated) && apart(dated) && !is_of_event(context, best, *dated));
    dates.min_by_key(|dated| (!is_named_publication(context, *dated), dated.place, dated.anchor))
}

fn is_heading(context: &Context, leaf: usize) -> bool {
    context.dom.nodes[context.leaves[leaf].nodes.start].heading.is_some()
}

/// The entry, if its title is a heading above the list.
fn set_above(context: &Context, best: &Reading, beside: &Beside, listing: &mut Listing) -> Option<Entry> {
    let heads = beside.title < best.span().start && is_heading(context, beside.title);
    let records = heads.then(|| vec![beside.record.clone()])?;
    let table = Table::of(context, &records);
    let dated = beside.record.dated?;
    let reading = Reading::of(context, records, table, &[dated], 0.0);
    reading.table.title(0).filter(|title| title.leaf == beside.title)?;
    let mut entry = entry::read(context, &reading, 0)?;
    entry::date(context, Some(dated), best.order, &mut entry, &mut listing.problems);
    Some(entry)
}

/// What the addresses of one kind of page have in common, figures left out: the directory; at the top of a site that they are the
/// words of a title, else all, if it has some.
fn family(url: &Url) -> Option<String> {
    let figures = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let directory = url.path().trim_end_matches('/').rsplit_once('/').map_or("", |(directory, _)| directory);
    let address = &url[url::Position::BeforePath..url::Position::AfterQuery];
    if !directory.is_empty() {
        return Some(figures(directory));
    }
    if url.query().is_none() && url.path().matches('-').count() >= HYPHENS {
        return Some("-".to_owned());
    }
    address.contains(|c: char| c.is_ascii_digit()).then(|| figures(address))
}
