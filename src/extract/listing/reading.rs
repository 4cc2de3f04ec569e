//! One candidate read as a list: its records, its table of columns, the features of the whole and their score.
//!
//! A date may head several records: then the leaves that repeat below it are cut once more. Both readings are scored.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::candidate;
use super::cell::{Cell, Record};
use super::column::Table;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::features;
use super::frequency::mode;
use super::order::{self, Decision};
use super::score::{Features, weight};
use super::segment;
use super::wording::{is_lettered, is_worded, words_in};

/// A candidate as read.
pub struct Reading<'c> {
    pub records: Vec<Record>,
    pub table: Table<'c>,
    /// Which of day and month stands first in its dates.
    pub order: Decision,
    pub features: Features,
    pub score: f64,
    /// Most dates link a page each of their own.
    pub dates_lead: OnceCell<bool>,
}

/// Share of the usual shapes that an undated record must have.
const ALIKE: f64 = 0.6;
/// Share of the headed records in which the leaves that repeat must stand.
const SPREAD: f64 = 0.6;
/// Columns that may be the titles under date headings, the best first.
const MOST_SPLITS: usize = 3;

/// All candidates as read, the best first.
pub fn all<'c>(context: &'c Context) -> Vec<Reading<'c>> {
    let mut readings: Vec<Reading> = Vec::new();
    for dated_leaves in candidate::gather(context) {
        let records = records(context, &dated_leaves);
        let table = Table::of(context, &records);
        for split in under_headings(context, &records, &table) {
            let lost = lost(context, &records, &table, &split);
            let table = Table::of(context, &split);
            readings.push(Reading::of(context, split, table, &dated_leaves, lost));
        }
        readings.push(Reading::of(context, records, table, &dated_leaves, 0.0));
    }
    let nearest = readings.iter().filter_map(|reading| nearness(context, reading)).max().unwrap_or(0);
    for reading in &mut readings {
        let far = nearness(context, reading).map_or(0, |near| (nearest - near).min(2));
        reading.features.0.push(("far", far as f64));
        reading.score = reading.features.score("list");
    }
    readings.sort_by(|a, b| b.is_list().cmp(&a.is_list()).then(b.score.total_cmp(&a.score)));
    readings
}

impl<'c> Reading<'c> {
    pub fn of(context: &Context, records: Vec<Record>, table: Table<'c>, dated_leaves: &[DatedLeaf], lost: f64) -> Self {
        let order = order::of(context, records.iter().filter_map(|record| record.dated));
        let mut features = features::of(context, &records, &table, order, dated_leaves);
        features.0.push(("lost", lost));
        Self { records, table, order, features, score: 0.0, dates_lead: OnceCell::new() }
    }

    /// Whether it is a list at all: titled, dated, no calendar, with a score above the least.
    pub fn is_list(&self) -> bool {
        let has = |name: &str| self.features.get(name) > 0.0;
        let calendar = self.features.get("range") > weight("list", "most-events");
        has("titled") && (has("dated") || has("event")) && !calendar && self.score >= weight("list", "least-score")
    }

    /// Apart from the page's own content.
    pub fn stands_beside(&self) -> bool {
        ["aside", "box", "before"].into_iter().any(|name| self.features.get(name) > 0.0)
    }

    /// A list of several records that all have dates, in the page's own content.
    pub fn is_own_list(&self) -> bool {
        self.is_list() && !self.stands_beside() && self.records.len() > 1 && self.records.iter().all(|record| record.dated.is_some())
    }

    /// Leaves from the first to the last record.
    pub fn span(&self) -> Range<usize> {
        let start = self.records.iter().map(|record| record.leaves.start).min().unwrap_or(0);
        start..self.records.iter().map(|record| record.leaves.end).max().unwrap_or(0)
    }
}

/// Records of the dates, with undated ones between and beside them.
fn records(context: &Context, dated_leaves: &[DatedLeaf]) -> Vec<Record> {
    let positions: Vec<usize> = dated_leaves.iter().map(|dated| dated.leaf).collect();
    let floor = positions.first().map_or(0, |first| context.floor_of(*first));
    let cut = segment::cut(context.dom, &context.leaves, &positions, floor);
    let mut records: Vec<Record> =
        cut.records.into_iter().zip(dated_leaves).map(|(leaves, dated)| Record { leaves, dated: Some(*dated) }).collect();
    if cut.others.is_empty() {
        return records;
    }
    let table = Table::of(context, &records);
    let titles: Vec<usize> = (0..records.len()).filter_map(|row| table.title(row)).map(|cell| cell.leaf).collect();
    let shapes: HashSet<u64> = titles.iter().map(|leaf| context.leaves[*leaf].shapes[1]).collect();
    let linked = 2 * titles.iter().filter(|leaf| context.leaves[**leaf].link.is_some()).count() > titles.len();
    let usual = usual(context, &records);
    let bounds = (records.first().map_or(0, |record| record.leaves.start), records.last().map_or(0, |record| record.leaves.end));
    let mut ends: HashMap<usize, usize> = records.iter().enumerate().map(|(at, record)| (record.leaves.end, at)).collect();
    for other in cut.others {
        let title = other.clone().find(|at| {
            let leaf = &context.leaves[*at];
            shapes.contains(&leaf.shapes[1]) && is_lettered(context, &table, *at) && (!linked || leaf.link.is_some())
        });
        let inside = bounds.0 <= other.start && other.end <= bounds.1;
        let own: HashSet<u64> = other.clone().map(|at| context.leaves[at].shapes[1]).collect();
        // What may be a code and no title must stand in a record like all others.
        let least = if title.is_some_and(|title| is_worded(context, &table, title)) { ALIKE } else { 1.0 };
        let alike = usual.intersection(&own).count() as f64 >= least * usual.len() as f64;
        if title.is_some() && alike && other.start >= floor {
            let dated = date_of(context, &other, dated_leaves);
            records.push(Record { leaves: other, dated });
        } else if inside && let Some(before) = ends.get(&other.start) {
            records[*before].leaves.end = other.end;
            let end = *before;
            ends.insert(other.end, end);
        }
    }
    records.sort_by_key(|record| record.leaves.start);
    records
}

/// The date of a record that has none of the list's own: one that stands as they do, else the first that stands apart.
fn date_of(context: &Context, leaves: &Range<usize>, dated_leaves: &[DatedLeaf]) -> Option<DatedLeaf> {
    let stands = |dated: &DatedLeaf| dated.place;
    let kind = |dated: &DatedLeaf| context.leaves[dated.leaf].kind;
    let like = |dated: &DatedLeaf| {
        let placed = dated_leaves.iter().filter(|other| stands(other) == stands(dated));
        (placed.clone().count(), placed.filter(|other| kind(other) == kind(dated)).count())
    };
    let inside = context.dated_leaves(leaves.clone());
    inside.filter(|dated| stands(dated) != Place::Inside).max_by_key(|dated| (like(dated), std::cmp::Reverse(dated.anchor)))
}

/// Shapes that stand in most records, those of the dates left out.
fn usual(context: &Context, records: &[Record]) -> HashSet<u64> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for record in records {
        let dates = |at: &usize| record.dated.is_none_or(|dated| dated.leaf != *at);
        let shapes: HashSet<u64> = record.leaves.clone().filter(dates).map(|at| context.leaves[at].shapes[1]).collect();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count as f64 >= SPREAD * records.len() as f64).map(|(shape, _)| shape).collect()
}

/// Several records under each date: cut once more where the leaves of a likely title repeat below the dates.
fn under_headings(context: &Context, records: &[Record], table: &Table) -> Vec<Vec<Record>> {
    let mut columns: Vec<(usize, f64)> = table.columns.iter().enumerate().map(|(at, column)| (at, column.score)).collect();
    columns.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut shapes: Vec<u64> = Vec::new();
    for (column, _) in columns.into_iter().take(MOST_SPLITS) {
        let cells = records.iter().zip(&table.rows).filter_map(|(record, row)| {
            let below = |cell: &&Cell| cell.column == column && record.dated.is_some_and(|dated| cell.leaf > dated.leaf);
            row.iter().find(below).map(|cell| context.leaves[cell.leaf].shapes[1])
        });
        shapes.extend(cells.take(1).filter(|shape| !shapes.contains(shape)).collect::<Vec<_>>());
    }
    let of_shape = |shape| move |leaf: usize| context.leaves[leaf].shapes[1] == shape && is_lettered(context, table, leaf);
    let all = shapes.iter().filter_map(|shape| split(context, records, table, &of_shape(*shape)));
    // Names and sentences about them may stand in lines of one shape.
    let named = shapes
        .iter()
        .filter_map(|shape| split(context, records, table, &|leaf| of_shape(*shape)(leaf) && !context.texts.whole(leaf).is_prose()));
    let mut splits: Vec<Vec<Record>> = Vec::new();
    for split in all.chain(named) {
        if !splits.iter().any(|known| same_leaves(known, &split)) {
            splits.push(split);
        }
    }
    splits.extend(siblings(context, records, table).filter(|split| !splits.iter().any(|known| same_leaves(known, split))));
    splits
}

fn same_leaves(a: &[Record], b: &[Record]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.leaves == b.leaves)
}

/// The records cut below their dates where the page is divided most deeply; the parts begin alike.
fn siblings(context: &Context, records: &[Record], table: &Table) -> Option<Vec<Record>> {
    let mut split = Vec::new();
    let mut held = 0;
    let below: Vec<(DatedLeaf, Range<usize>)> = records.iter().map(below).collect::<Option<_>>()?;
    let ranges: Vec<Range<usize>> = below.iter().map(|(_, range)| range.clone()).collect();
    for ((dated, _), parts) in below.into_iter().zip(segment::parts(context.dom, &context.leaves, &ranges)) {
        let mut named: Vec<Range<usize>> = Vec::new();
        for part in parts.into_iter().filter(|part| part.clone().any(|leaf| is_lettered(context, table, leaf))) {
            // No second entry begins on the line of the date.
            match named.last_mut().filter(|_| context.same_line(dated.leaf, part.start)) {
                Some(last) => last.end = part.end,
                None => named.push(part),
            }
        }
        held += usize::from(!named.is_empty());
        split.extend(named.into_iter().map(|leaves| Record { leaves, dated: Some(dated) }));
    }
    let (_, alike) = mode(split.iter().map(|record| context.leaves[record.leaves.start].shapes[1]))?;
    let alike = alike as f64 >= SPREAD * split.len() as f64;
    (alike && split.len() > records.len() + 1 && held as f64 >= SPREAD * records.len() as f64).then_some(split)
}

/// The date of a record and the leaves below it.
fn below(record: &Record) -> Option<(DatedLeaf, Range<usize>)> {
    record.dated.map(|dated| (dated, record.leaves.start.max(dated.leaf + 1)..record.leaves.end))
}

/// The records cut before each leaf below their dates that may open one; none if that makes no more of them.
fn split(context: &Context, records: &[Record], table: &Table, opens: &dyn Fn(usize) -> bool) -> Option<Vec<Record>> {
    let likely = |range: &Range<usize>| -> Vec<usize> { range.clone().filter(|at| opens(*at)).collect() };
    // A code is no title where it stands beside titles, but one of many titles may look like a code.
    let all: Vec<usize> = records.iter().filter_map(below).flat_map(|(_, range)| likely(&range)).collect();
    let worded = all.iter().filter(|at| is_worded(context, table, **at)).count();
    let fits = |at: &usize| 2 * worded > all.len() || is_worded(context, table, *at);
    let mut split = Vec::new();
    let mut held = 0;
    for (dated, range) in records.iter().filter_map(below) {
        let mut positions: Vec<usize> = likely(&range).into_iter().filter(fits).collect();
        // No entry begins on the line of another.
        positions.dedup_by(|at, before| context.same_line(*before, *at));
        held += usize::from(!positions.is_empty());
        let mut parts = segment::cut(context.dom, &context.leaves, &positions, range.start).records;
        // What stands below a date belongs to the records below it.
        if let Some(last) = parts.last_mut() {
            last.end = range.end;
        }
        if let [only] = parts.as_mut_slice() {
            only.start = range.start;
        }
        let parts = parts.into_iter().map(|leaves| leaves.start.max(range.start)..leaves.end.min(range.end));
        // A box that holds the date and the first record dates no record beside it.
        let node = |leaf: usize| context.leaves[leaf].nodes.start;
        let shared = positions.first().map_or(0, |first| context.dom.common(node(dated.leaf), node(*first)));
        let inside = |leaves: &Range<usize>| context.dom.contains(shared, context.leaves[leaves.end - 1].nodes.start);
        split.extend(parts.map(|leaves| Record { dated: inside(&leaves).then_some(dated), leaves }));
    }
    (split.len() > records.len() && held as f64 >= SPREAD * records.len() as f64).then_some(split)
}

/// Share of the headed records whose heading says more than dates and what others say, too.
fn lost(context: &Context, headed: &[Record], table: &Table, split: &[Record]) -> f64 {
    let starts: HashSet<usize> = split.iter().map(|record| record.leaves.start).collect();
    let says_more = |record: &Record, leaf: usize| {
        let text = context.texts.without(leaf, record.dated);
        !text.is_empty() && !table.is_label(text) && undated_words(context, leaf) > 1
    };
    let lost = headed.iter().filter(|record| {
        let first = record.leaves.clone().find(|at| starts.contains(at)).unwrap_or(record.leaves.end);
        (record.leaves.start..first).any(|leaf| says_more(record, leaf))
    });
    lost.count() as f64 / headed.len().max(1) as f64
}

/// Words of a leaf outside its dates.
fn undated_words(context: &Context, leaf: usize) -> usize {
    let leaf = &context.leaves[leaf];
    let date_words: usize =
        context.anchors[leaf.anchors.clone()].iter().map(|anchor| words_in(&context.dom.text[anchor.span.clone()])).sum();
    words_in(&context.dom.text[leaf.span.clone()]).saturating_sub(date_words)
}

/// Depth of the lowest element that holds the list and the heading of the page.
fn nearness(context: &Context, reading: &Reading) -> Option<usize> {
    let (heading, first) = (context.heading?, reading.records.first()?);
    let common = context.dom.common(heading, context.leaves[first.leaves.start].nodes.start);
    Some(usize::from(context.dom.nodes[common].depth))
}
