//! Several records under one date, or several columns of one record: what speaks for which.

use std::collections::{BTreeMap, HashSet};

use super::cell::{Cell, Record};
use super::column::Table;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::frequency::mode;
use super::wording::is_worded;

/// Dates that do not have as many titles each by chance.
const EVEN: usize = 4;

/// Features of a list by its records and their titles.
pub fn features(context: &Context, records: &[Record], table: &Table, titles: &[Option<usize>]) -> [(&'static str, f64); 4] {
    let rivals: Vec<Vec<usize>> =
        titles.iter().enumerate().map(|(row, title)| title.map_or_else(Vec::new, |title| rivals(context, table, row, title))).collect();
    let again = if are_columns(context, &of_records(context, records, titles, &rivals)) {
        0.0
    } else {
        rivals.iter().filter(|rivals| !rivals.is_empty()).count() as f64 / records.len().max(1) as f64
    };
    [
        ("again", again),
        ("twins", twins(context, records, titles)),
        ("swallowed", swallowed(context, records)),
        ("even", f64::from(are_columns(context, &of_dates(context, records, titles)))),
    ]
}

/// What else the record holds that could be its title as well, or the other half of another entry.
fn rivals(context: &Context, table: &Table, row: usize, title: usize) -> Vec<usize> {
    let label = table.rows[row].iter().find(|cell| cell.leaf == title).and_then(|cell| cell.label);
    let same = |cell: &Cell| cell.label == label && context.leaves[cell.leaf].shapes[1] == context.leaves[title].shapes[1];
    let own = context.targets[title].any();
    let elsewhere = |cell: &Cell| own.is_none_or(|own| context.targets[cell.leaf].any().is_some_and(|other| other != own));
    let alike = |cell: &Cell| {
        let column = &table.columns[cell.column];
        elsewhere(cell) && if own.is_some() { column.is_distinct() } else { column.is_like(table.best()) }
    };
    let heading = |leaf: usize| context.dom.nodes[context.leaves[leaf].nodes.start].heading;
    let heads = |cell: &Cell| {
        let (Some(own), Some(other)) = (heading(title), heading(cell.leaf)) else { return false };
        own != other && context.dom.tag(own) == context.dom.tag(other)
    };
    let others = table.rows[row].iter().filter(|cell| cell.leaf != title && is_worded(context, table, cell.leaf));
    others.filter(|cell| heads(cell) || same(cell) && alike(cell)).map(|cell| cell.leaf).collect()
}

/// The titles of each record with their rivals, in order; none if a record holds another date like its own.
fn of_records(context: &Context, records: &[Record], titles: &[Option<usize>], rivals: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let like = |dated: &DatedLeaf| (context.leaves[dated.leaf].shapes[1], dated.place);
    let one_date = |record: &Record| {
        record.dated.is_some_and(|own| context.dated_leaves(record.leaves.clone()).filter(|dated| like(dated) == like(&own)).count() < 2)
    };
    if !records.iter().all(one_date) {
        return Vec::new();
    }
    let usual = usual(context, titles);
    let row = |(title, rivals): (&Option<usize>, &Vec<usize>)| {
        let mut row: Vec<usize> = title.iter().chain(rivals).copied().filter(|leaf| Some(look(context, *leaf)) == usual).collect();
        row.sort_unstable();
        row
    };
    titles.iter().zip(rivals).map(row).collect()
}

/// What a title looks like and whether it leads to a page.
fn look(context: &Context, title: usize) -> (u64, bool) {
    (context.leaves[title].shapes[1], context.targets[title].page.is_some())
}

/// What most titles are like.
fn usual(context: &Context, titles: &[Option<usize>]) -> Option<(u64, bool)> {
    mode(titles.iter().flatten().map(|title| look(context, *title))).map(|(look, _)| look)
}

/// The titles under each date, those that look and lead as most do.
fn of_dates(context: &Context, records: &[Record], titles: &[Option<usize>]) -> Vec<Vec<usize>> {
    let usual = usual(context, titles);
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (record, title) in records.iter().zip(titles) {
        let Some(dated) = record.dated else { continue };
        rows.entry(dated.anchor).or_default().extend(title.filter(|title| Some(look(context, *title)) == usual));
    }
    rows.into_values().collect()
}

/// As many titles in each of several rows, more than one, that differ by their place in the row: they lead to pages below other
/// addresses, or all are longer in one place than in another, by half at least.
fn are_columns(context: &Context, rows: &[Vec<usize>]) -> bool {
    let Some(size) = rows.first().map(Vec::len).filter(|size| *size > 1) else { return false };
    if rows.len() < EVEN || rows.iter().any(|row| row.len() != size) {
        return false;
    }
    let parents = |place: usize| -> Option<HashSet<&str>> { rows.iter().map(|row| parent(context, row[place])).collect() };
    let lengths = |place: usize| rows.iter().map(move |row| context.leaves[row[place]].span.len());
    let shorter = |a: usize, b: usize| lengths(a).max() < lengths(b).min() && 3 * lengths(a).sum::<usize>() < 2 * lengths(b).sum::<usize>();
    let apart = |a: usize, b: usize| parents(a).is_some_and(|one| parents(b).is_some_and(|other| one.is_disjoint(&other)));
    (1..size).any(|place| apart(place - 1, place) || shorter(place - 1, place) || shorter(place, place - 1))
}

/// The path above the page that a leaf leads to.
fn parent<'c>(context: &'c Context, leaf: usize) -> Option<&'c str> {
    let path = context.targets[leaf].page.as_ref()?.path().trim_end_matches('/');
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// Share of the records that lead where the record before them under the same date does.
fn twins(context: &Context, records: &[Record], titles: &[Option<usize>]) -> f64 {
    let target = |at: usize| titles[at].and_then(|leaf| context.targets[leaf].any());
    let anchor = |at: usize| records[at].dated.map(|dated| dated.anchor);
    let twin = |at: &usize| anchor(*at) == anchor(at - 1) && target(*at).is_some() && target(*at) == target(at - 1);
    (1..records.len()).filter(twin).count() as f64 / records.len().max(1) as f64
}

/// Of dates that head several records, the share of those that look like them and stand inside a record: headings read as text.
fn swallowed(context: &Context, records: &[Record]) -> f64 {
    let anchor = |record: &Record| record.dated.map(|dated| dated.anchor);
    if !records.windows(2).any(|pair| anchor(&pair[0]) == anchor(&pair[1])) {
        return 0.0;
    }
    let own: HashSet<usize> = records.iter().filter_map(|record| record.dated).map(|dated| dated.anchor).collect();
    let look = |dated: &DatedLeaf| (context.leaves[dated.leaf].shapes[1], dated.place);
    let looks: HashSet<(u64, Place)> = records.iter().filter_map(|record| record.dated.as_ref().map(look)).collect();
    let is_heading = |dated: &DatedLeaf| dated.place == Place::Alone && !own.contains(&dated.anchor) && looks.contains(&look(dated));
    let swallowed = records.iter().flat_map(|record| context.dated_leaves(record.leaves.clone())).filter(is_heading).count() as f64;
    swallowed / (swallowed + own.len() as f64).max(1.0)
}
