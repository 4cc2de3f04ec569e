//! One candidate read as a list: its records, its table of columns, the features of the whole and their score.
//!
//! A date may head several records: then the leaves that repeat below it are cut once more. Both readings are scored.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::candidate;
use super::cell::{self, Cell, Record, is_code};
use super::column::Table;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::frequency::mode;
use super::leaf::Kind;
use super::phrases::Class;
use super::score::{Features, weight};
use super::segment;
use crate::extract::dates::{Form, Impossible};

/// A candidate as read.
pub struct Reading {
    pub records: Vec<Record>,
    pub table: Table,
    pub features: Features,
    pub score: f64,
}

/// Share of the usual shapes that an undated record must have.
const ALIKE: f64 = 0.6;
/// Different days that are enough for a list.
const MANY: usize = 3;
/// Share of the headed records in which the leaves that repeat must stand.
const SPREAD: f64 = 0.6;
/// A leaf of more words is running text.
const RUNNING: usize = 25;
/// Columns that may be the titles under date headings, the best first.
const MOST_SPLITS: usize = 3;

/// All candidates as read, the best first.
pub fn all(context: &Context) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for dated_leaves in candidate::gather(context) {
        let records = records(context, &dated_leaves);
        for split in under_headings(context, &records) {
            let lost = lost(context, &records, &split);
            readings.push(Reading::of(context, split, &dated_leaves, lost));
        }
        readings.push(Reading::of(context, records, &dated_leaves, 0.0));
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

impl Reading {
    pub fn of(context: &Context, records: Vec<Record>, dated_leaves: &[DatedLeaf], lost: f64) -> Self {
        let table = Table::of(context, &records);
        let mut features = features(context, &records, &table, dated_leaves);
        features.0.push(("lost", lost));
        Self { records, table, features, score: 0.0 }
    }

    /// The same list with other dates.
    pub fn with(&self, context: &Context, dated_leaves: &[DatedLeaf]) -> Self {
        let mut reading = Self::of(context, records(context, dated_leaves), dated_leaves, self.features.get("lost"));
        reading.features.0.push(("far", self.features.get("far")));
        reading.score = reading.features.score("list");
        reading
    }

    /// Whether it is a list at all: titled, dated, no calendar, with a score above the least.
    pub fn is_list(&self) -> bool {
        let has = |name: &str| self.features.get(name) > 0.0;
        let calendar = self.features.get("range") > weight("list", "most-events");
        has("titled") && (has("dated") || has("event")) && !calendar && self.score >= weight("list", "least-score")
    }

    /// Units from the first to the last record.
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
            shapes.contains(&leaf.shapes[1]) && is_worded(context, &table, *at) && (!linked || leaf.link.is_some())
        });
        let inside = bounds.0 <= other.start && other.end <= bounds.1;
        let own: HashSet<u64> = other.clone().map(|at| context.leaves[at].shapes[1]).collect();
        let alike = usual.intersection(&own).count() as f64 >= ALIKE * usual.len() as f64;
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
    let stands = |dated: &DatedLeaf| context.place(*dated);
    let kind = |dated: &DatedLeaf| context.leaves[dated.leaf].kind;
    let like = |dated: &DatedLeaf| {
        let placed = dated_leaves.iter().filter(|other| stands(other) == stands(dated));
        (placed.clone().count(), placed.filter(|other| kind(other) == kind(dated)).count())
    };
    let inside = context.dated_leaves(leaves.clone());
    inside.filter(|dated| stands(dated) != Place::Inside).max_by_key(|dated| (like(dated), std::cmp::Reverse(dated.leaf)))
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
fn under_headings(context: &Context, records: &[Record]) -> Vec<Vec<Record>> {
    let table = Table::of(context, records);
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
    let mut splits: Vec<Vec<Record>> = shapes.into_iter().filter_map(|shape| split(context, records, &table, shape)).collect();
    splits.extend(siblings(context, records, &table).filter(|split| !splits.iter().any(|known| same_units(known, split))));
    splits
}

fn same_units(a: &[Record], b: &[Record]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.leaves == b.leaves)
}

/// The records cut where the page is divided most deeply: the part with the date heads the others, which begin alike.
fn siblings(context: &Context, records: &[Record], table: &Table) -> Option<Vec<Record>> {
    let mut split = Vec::new();
    let mut held = 0;
    for record in records {
        let dated = record.dated?;
        let parts = segment::parts(context.dom, &context.leaves, record.leaves.clone());
        let below = parts.into_iter().filter(|part| part.start > dated.leaf);
        let named = below.filter(|part| part.clone().any(|leaf| is_worded(context, table, leaf)));
        let before = split.len();
        split.extend(named.map(|leaves| Record { leaves, dated: Some(dated) }));
        held += usize::from(split.len() > before);
    }
    let (_, alike) = mode(split.iter().map(|record| context.leaves[record.leaves.start].shapes[1]))?;
    let alike = alike as f64 >= SPREAD * split.len() as f64;
    (alike && split.len() > records.len() + 1 && held as f64 >= SPREAD * records.len() as f64).then_some(split)
}

/// The records cut before each leaf of a shape below their dates; none if that makes no more of them.
fn split(context: &Context, records: &[Record], table: &Table, shape: u64) -> Option<Vec<Record>> {
    let mut split = Vec::new();
    let mut held = 0;
    for record in records {
        let Some(dated) = record.dated else { continue };
        let range = record.leaves.start.max(dated.leaf + 1)..record.leaves.end;
        let positions: Vec<usize> =
            range.clone().filter(|at| context.leaves[*at].shapes[1] == shape && is_worded(context, table, *at)).collect();
        held += usize::from(!positions.is_empty());
        let cut = segment::cut(context.dom, &context.leaves, &positions, range.start);
        split.extend(
            cut.records
                .into_iter()
                .map(|leaves| Record { leaves: leaves.start.max(range.start)..leaves.end.min(range.end), dated: Some(dated) }),
        );
    }
    (split.len() > records.len() && held as f64 >= SPREAD * records.len() as f64).then_some(split)
}

/// Says something of its own: words that are no label and no phrase.
pub fn is_worded(context: &Context, table: &Table, leaf: usize) -> bool {
    let text = context.dom.text[context.leaves[leaf].span.clone()].replace('\n', " ");
    text.contains(char::is_alphabetic) && context.classes[leaf] == Class::None && !is_code(&text) && !table.labels.contains(&text)
}

/// Share of the headed records whose heading says more than dates and what others say, too.
fn lost(context: &Context, headed: &[Record], split: &[Record]) -> f64 {
    let table = Table::of(context, headed);
    let starts: HashSet<usize> = split.iter().map(|record| record.leaves.start).collect();
    let says_more = |record: &Record, leaf: usize| {
        let text = cell::text(context, leaf, record.dated);
        !text.is_empty() && !table.labels.contains(&text) && undated_words(context, leaf) > 1
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

fn words_in(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Depth of the lowest element that holds the list and the heading of the page.
fn nearness(context: &Context, reading: &Reading) -> Option<usize> {
    let (heading, first) = (context.heading?, reading.records.first()?);
    let common = context.dom.common(heading, context.leaves[first.leaves.start].nodes.start);
    Some(usize::from(context.dom.nodes[common].depth))
}

/// What the list as a whole is like.
fn features(context: &Context, records: &[Record], table: &Table, dated_leaves: &[DatedLeaf]) -> Features {
    let count = records.len().max(1) as f64;
    let share = |test: &dyn Fn(&Record) -> bool| records.iter().filter(|record| test(record)).count() as f64 / count;
    let anchor = |record: &Record| record.dated.map(|dated| &context.anchors[dated.anchor]);
    // A cell over several rows dates leaves that it does not stand in.
    let standing: Vec<&DatedLeaf> =
        dated_leaves.iter().filter(|dated| context.leaves[dated.leaf].anchors.contains(&dated.anchor)).collect();
    let at =
        |wanted: Place| standing.iter().filter(|dated| context.place(***dated) == wanted).count() as f64 / dated_leaves.len().max(1) as f64;
    let days: Vec<_> = records.iter().filter_map(|record| anchor(record)?.date.ok()).collect();
    let different: HashSet<_> = days.iter().collect();
    let steps = days.windows(2).filter(|pair| pair[0] != pair[1]).count().max(1) as f64;
    let first = records.first().map_or(0, |record| record.leaves.start);
    let titles: Vec<Option<usize>> = (0..records.len()).map(|row| table.title(row).map(|cell| cell.leaf)).collect();
    let below = titles
        .iter()
        .flatten()
        .filter_map(|leaf| context.targets[*leaf].page.as_ref())
        .filter(|url| is_below(url, &context.links.page))
        .count() as f64
        / count;
    let repeats = |row: usize, title: usize| {
        let label = table.rows[row].iter().find(|cell| cell.leaf == title).and_then(|cell| cell.label);
        let same = |cell: &&Cell| {
            cell.leaf != title && cell.label == label && context.leaves[cell.leaf].shapes[1] == context.leaves[title].shapes[1]
        };
        let own = context.targets[title].any();
        let alike = |cell: &Cell| match own {
            Some(own) => context.targets[cell.leaf].any().is_some_and(|other| other != own),
            None => table.columns[cell.column].is_like(table.best()),
        };
        table.rows[row].iter().filter(same).any(|cell| alike(cell) && is_worded(context, table, cell.leaf))
    };
    let again = titles.iter().enumerate().filter(|(row, title)| title.is_some_and(|title| repeats(*row, title))).count() as f64 / count;
    let bare = |title: &Option<usize>| {
        let leaf = title.map(|title| &context.leaves[title]);
        leaf.is_some_and(|leaf| {
            leaf.link.is_none()
                && !leaf.bold
                && matches!(leaf.kind, Kind::Run)
                && context.dom.text[leaf.span.clone()]
                    .split_whitespace()
                    .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic))
                    .count()
                    < 2
        })
    };
    let nameless = titles.iter().filter(|title| bare(title)).count() as f64 / count;
    let size = |record: &Record| record.leaves.clone().map(|leaf| context.leaves[leaf].span.len()).sum::<usize>().min(400) as f64;
    let node = context.leaves.get(first).map_or(0, |leaf| leaf.nodes.start);
    let holds_heading = |up: usize| context.heading.is_some_and(|heading| context.dom.contains(up, heading));
    let aside = context.dom.ancestors(node).any(|up| matches!(context.dom.tag(up), "nav" | "aside" | "footer") && !holds_heading(up));
    Features(vec![
        ("size", count.ln()),
        ("mass", (60.0 + records.iter().map(size).sum::<f64>() / count).ln() - 4.0),
        ("title", table.best().max(0.0)),
        ("titled", titles.iter().flatten().count() as f64 / count),
        (
            "dated",
            share(&|record| anchor(record).is_some_and(|anchor| anchor.date.is_ok() && matches!(anchor.form, Form::Day | Form::Stamp))),
        ),
        ("future", share(&|record| anchor(record).is_some_and(|anchor| anchor.date == Err(Impossible::Future)))),
        ("event", share(&|record| anchor(record).is_some_and(|anchor| matches!(anchor.form, Form::Range | Form::Hours)))),
        ("range", share(&|record| anchor(record).is_some_and(|anchor| anchor.form == Form::Range))),
        ("days", different.len().min(MANY) as f64 / count.min(MANY as f64)),
        ("falling", days.windows(2).filter(|pair| pair[0] > pair[1]).count() as f64 / steps),
        ("rising", days.windows(2).filter(|pair| pair[0] < pair[1]).count() as f64 / steps),
        ("later", share(&|record| !record.has_earliest_date(context))),
        ("edge", at(Place::Edge)),
        ("inside", at(Place::Inside)),
        ("aside", f64::from(aside)),
        ("box", f64::from(is_box(context, records, &titles, below))),
        ("before", f64::from(context.heading.is_some_and(|heading| node < heading))),
        ("below", below),
        ("own", share(&|record| record.leaves.clone().any(|leaf| context.targets[leaf].page.is_some()))),
        ("again", again),
        ("twins", twins(context, records, &titles)),
        ("left", left(context, records)),
        ("mistitled", table.mistitled()),
        ("mixed", mixed(context, dated_leaves)),
        ("nameless", nameless),
        ("single", f64::from(records.len() == 1)),
        ("text", share(&|record| record.leaves.len() > 2)),
    ])
}

/// Share of the records that lead where the record before them under the same date does.
fn twins(context: &Context, records: &[Record], titles: &[Option<usize>]) -> f64 {
    let target = |at: usize| titles[at].and_then(|leaf| context.targets[leaf].any());
    let anchor = |at: usize| records[at].dated.map(|dated| dated.anchor);
    let twin = |at: &usize| anchor(*at) == anchor(at - 1) && target(*at).is_some() && target(*at) == target(at - 1);
    (1..records.len()).filter(twin).count() as f64 / records.len().max(1) as f64
}

/// Share of the dates in the element of the list, those of running text left out, that date none of its records,
/// beside the records.
fn left(context: &Context, records: &[Record]) -> f64 {
    let own: HashSet<usize> = records.iter().filter_map(|record| record.dated).map(|dated| dated.anchor).collect();
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return 0.0 };
    let container = context.dom.common(context.leaves[first.leaves.start].nodes.start, context.leaves[last.leaves.end - 1].nodes.end - 1);
    let inside = context.inside(container);
    let dates = context.dated_leaves(inside.start.max(context.floor().min(first.leaves.start))..inside.end);
    let left = dates.filter(|dated| !own.contains(&dated.anchor) && stands_apart(context, *dated)).count() as f64;
    left / (left + records.len() as f64).max(1.0)
}

/// Not inside a sentence, nor at the edge of running text.
pub fn stands_apart(context: &Context, dated: DatedLeaf) -> bool {
    words_in(&context.dom.text[context.leaves[dated.leaf].span.clone()]) <= RUNNING && context.place(dated) != Place::Inside
}

/// Share of the dates whose local shape is not the usual one.
fn mixed(context: &Context, dated_leaves: &[DatedLeaf]) -> f64 {
    let standing = dated_leaves.iter().filter(|dated| context.leaves[dated.leaf].anchors.contains(&dated.anchor));
    let usual = mode(standing.clone().map(|dated| context.leaves[dated.leaf].shapes[0])).map_or(0, |(_, count)| count);
    1.0 - usual as f64 / standing.count().max(1) as f64
}

/// A box beside the page's own column: bare titles under a heading of theirs, which lead to another section, while the
/// column of the page's heading says something itself.
fn is_box(context: &Context, records: &[Record], titles: &[Option<usize>], below: f64) -> bool {
    let dom = context.dom;
    let (Some(heading), Some(record)) = (context.heading, records.first()) else { return false };
    let first = context.leaves[record.leaves.start].nodes.start;
    let branch = |from: usize, other: usize| dom.ancestors(from).take_while(|at| !dom.contains(*at, other)).last().unwrap_or(from);
    let (column, own) = (branch(heading, first), branch(first, heading));
    let speaks = dom.sum(column).chars > dom.sum(heading).chars + 5;
    let before = dom.sum_between(own, first);
    let named = (2..=60).contains(&before.chars) && before.linked == 0;
    let bare = records.iter().zip(titles).all(|(record, title)| {
        let dates = record.dated.map(|dated| dated.leaf);
        record.leaves.clone().all(|leaf| Some(leaf) == dates || Some(leaf) == *title || context.leaves[leaf].span.is_empty())
    });
    own != first && speaks && named && bare && below < 0.5
}

/// The page's own path, without a last part that names a file, begins the link's path.
pub fn is_below(link: &url::Url, page: &url::Url) -> bool {
    let path = page.path().trim_end_matches('/');
    let stem = path.rsplit_once('.').map_or(path, |(stem, ending)| if ending.contains('/') { path } else { stem });
    stem.len() > 1 && link.path().len() > stem.len() && link.path().starts_with(stem)
}
