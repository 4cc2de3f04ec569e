//! One candidate read as a list: its records, its table of columns, the features of the whole and their score.
//!
//! A date may head several records: then the units that repeat below it are cut once more. Both readings are scored.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::candidate;
use super::cell::{self, Cell, Record, is_code};
use super::column::Table;
use super::context::Context;
use super::frequency::mode;
use super::phrases::Class;
use super::score::{Features, weight};
use super::segment;
use super::spot::{Place, Spot};
use super::unit::Kind;
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
/// Share of the headed records in which the units that repeat must stand.
const SPREAD: f64 = 0.6;
/// A unit of more words is running text.
const RUNNING: usize = 25;
/// Columns that may be the titles under date headings, the best first.
const MOST_SPLITS: usize = 3;

/// All candidates as read, the best first.
pub fn all(context: &Context) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for spots in candidate::gather(context) {
        let records = records(context, &spots);
        for split in under_headings(context, &records) {
            let lost = lost(context, &records, &split);
            readings.push(Reading::of(context, split, &spots, lost));
        }
        readings.push(Reading::of(context, records, &spots, 0.0));
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
    pub fn of(context: &Context, records: Vec<Record>, spots: &[Spot], lost: f64) -> Self {
        let table = Table::of(context, &records);
        let mut features = features(context, &records, &table, spots);
        features.0.push(("lost", lost));
        Self { records, table, features, score: 0.0 }
    }

    /// The same list with other dates.
    pub fn with(&self, context: &Context, spots: &[Spot]) -> Self {
        let mut reading = Self::of(context, records(context, spots), spots, self.features.get("lost"));
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
        let start = self.records.iter().map(|record| record.units.start).min().unwrap_or(0);
        start..self.records.iter().map(|record| record.units.end).max().unwrap_or(0)
    }
}

/// Records of the dates, with undated ones between and beside them.
fn records(context: &Context, spots: &[Spot]) -> Vec<Record> {
    let positions: Vec<usize> = spots.iter().map(|spot| spot.unit).collect();
    let floor = positions.first().map_or(0, |first| context.floor_of(*first));
    let cut = segment::cut(context.dom, &context.units, &positions, floor);
    let mut records: Vec<Record> = cut.records.into_iter().zip(spots).map(|(units, spot)| Record { units, spot: Some(*spot) }).collect();
    if cut.others.is_empty() {
        return records;
    }
    let table = Table::of(context, &records);
    let titles: Vec<usize> = (0..records.len()).filter_map(|row| table.title(row)).map(|cell| cell.unit).collect();
    let shapes: HashSet<u64> = titles.iter().map(|unit| context.units[*unit].shapes[1]).collect();
    let linked = 2 * titles.iter().filter(|unit| context.units[**unit].link.is_some()).count() > titles.len();
    let usual = usual(context, &records);
    let bounds = (records.first().map_or(0, |record| record.units.start), records.last().map_or(0, |record| record.units.end));
    let mut ends: HashMap<usize, usize> = records.iter().enumerate().map(|(at, record)| (record.units.end, at)).collect();
    for other in cut.others {
        let title = other.clone().find(|at| {
            let unit = &context.units[*at];
            shapes.contains(&unit.shapes[1]) && is_worded(context, &table, *at) && (!linked || unit.link.is_some())
        });
        let inside = bounds.0 <= other.start && other.end <= bounds.1;
        let own: HashSet<u64> = other.clone().map(|at| context.units[at].shapes[1]).collect();
        let alike = usual.intersection(&own).count() as f64 >= ALIKE * usual.len() as f64;
        if title.is_some() && alike && other.start >= floor {
            let spot = date_of(context, &other, spots);
            records.push(Record { units: other, spot });
        } else if inside && let Some(before) = ends.get(&other.start) {
            records[*before].units.end = other.end;
            let end = *before;
            ends.insert(other.end, end);
        }
    }
    records.sort_by_key(|record| record.units.start);
    records
}

/// The date of a record that has none of the list's own: one that stands as they do, else the first that stands apart.
fn date_of(context: &Context, units: &Range<usize>, spots: &[Spot]) -> Option<Spot> {
    let stands = |spot: &Spot| context.place(*spot);
    let kind = |spot: &Spot| context.units[spot.unit].kind;
    let like = |spot: &Spot| {
        let placed = spots.iter().filter(|other| stands(other) == stands(spot));
        (placed.clone().count(), placed.filter(|other| kind(other) == kind(spot)).count())
    };
    let inside = context.spots(units.clone());
    inside.filter(|spot| stands(spot) != Place::Inside).max_by_key(|spot| (like(spot), std::cmp::Reverse(spot.unit)))
}

/// Shapes that stand in most records, those of the dates left out.
fn usual(context: &Context, records: &[Record]) -> HashSet<u64> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for record in records {
        let dates = |at: &usize| record.spot.is_none_or(|spot| spot.unit != *at);
        let shapes: HashSet<u64> = record.units.clone().filter(dates).map(|at| context.units[at].shapes[1]).collect();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count as f64 >= SPREAD * records.len() as f64).map(|(shape, _)| shape).collect()
}

/// Several records under each date: cut once more where the units of a likely title repeat below the dates.
fn under_headings(context: &Context, records: &[Record]) -> Vec<Vec<Record>> {
    let table = Table::of(context, records);
    let mut columns: Vec<(usize, f64)> = table.columns.iter().enumerate().map(|(at, column)| (at, column.score)).collect();
    columns.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut shapes: Vec<u64> = Vec::new();
    for (column, _) in columns.into_iter().take(MOST_SPLITS) {
        let cells = records.iter().zip(&table.rows).filter_map(|(record, row)| {
            let below = |cell: &&Cell| cell.column == column && record.spot.is_some_and(|spot| cell.unit > spot.unit);
            row.iter().find(below).map(|cell| context.units[cell.unit].shapes[1])
        });
        shapes.extend(cells.take(1).filter(|shape| !shapes.contains(shape)).collect::<Vec<_>>());
    }
    let mut splits: Vec<Vec<Record>> = shapes.into_iter().filter_map(|shape| split(context, records, &table, shape)).collect();
    splits.extend(siblings(context, records, &table).filter(|split| !splits.iter().any(|known| same_units(known, split))));
    splits
}

fn same_units(a: &[Record], b: &[Record]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.units == b.units)
}

/// The records cut where the page is divided most deeply: the part with the date heads the others, which begin alike.
fn siblings(context: &Context, records: &[Record], table: &Table) -> Option<Vec<Record>> {
    let mut split = Vec::new();
    let mut held = 0;
    for record in records {
        let spot = record.spot?;
        let parts = segment::parts(context.dom, &context.units, record.units.clone());
        let below = parts.into_iter().filter(|part| part.start > spot.unit);
        let named = below.filter(|part| part.clone().any(|unit| is_worded(context, table, unit)));
        let before = split.len();
        split.extend(named.map(|units| Record { units, spot: Some(spot) }));
        held += usize::from(split.len() > before);
    }
    let (_, alike) = mode(split.iter().map(|record| context.units[record.units.start].shapes[1]))?;
    let alike = alike as f64 >= SPREAD * split.len() as f64;
    (alike && split.len() > records.len() + 1 && held as f64 >= SPREAD * records.len() as f64).then_some(split)
}

/// The records cut before each unit of a shape below their dates; none if that makes no more of them.
fn split(context: &Context, records: &[Record], table: &Table, shape: u64) -> Option<Vec<Record>> {
    let mut split = Vec::new();
    let mut held = 0;
    for record in records {
        let Some(spot) = record.spot else { continue };
        let range = record.units.start.max(spot.unit + 1)..record.units.end;
        let positions: Vec<usize> =
            range.clone().filter(|at| context.units[*at].shapes[1] == shape && is_worded(context, table, *at)).collect();
        held += usize::from(!positions.is_empty());
        let cut = segment::cut(context.dom, &context.units, &positions, range.start);
        split.extend(
            cut.records.into_iter().map(|units| Record { units: units.start.max(range.start)..units.end.min(range.end), spot: Some(spot) }),
        );
    }
    (split.len() > records.len() && held as f64 >= SPREAD * records.len() as f64).then_some(split)
}

/// Says something of its own: words that are no label and no phrase.
pub fn is_worded(context: &Context, table: &Table, unit: usize) -> bool {
    let text = context.dom.text[context.units[unit].span.clone()].replace('\n', " ");
    text.contains(char::is_alphabetic) && context.classes[unit] == Class::None && !is_code(&text) && !table.labels.contains(&text)
}

/// Share of the headed records whose heading says more than dates and what others say, too.
fn lost(context: &Context, headed: &[Record], split: &[Record]) -> f64 {
    let table = Table::of(context, headed);
    let starts: HashSet<usize> = split.iter().map(|record| record.units.start).collect();
    let says_more = |record: &Record, unit: usize| {
        let text = cell::text(context, unit, record.spot);
        !text.is_empty() && !table.labels.contains(&text) && undated_words(context, unit) > 1
    };
    let lost = headed.iter().filter(|record| {
        let first = record.units.clone().find(|at| starts.contains(at)).unwrap_or(record.units.end);
        (record.units.start..first).any(|unit| says_more(record, unit))
    });
    lost.count() as f64 / headed.len().max(1) as f64
}

/// Words of a unit outside its dates.
fn undated_words(context: &Context, unit: usize) -> usize {
    let unit = &context.units[unit];
    let dated: usize = context.anchors[unit.anchors.clone()].iter().map(|anchor| words_in(&context.dom.text[anchor.span.clone()])).sum();
    words_in(&context.dom.text[unit.span.clone()]).saturating_sub(dated)
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Depth of the lowest element that holds the list and the heading of the page.
fn nearness(context: &Context, reading: &Reading) -> Option<usize> {
    let (heading, first) = (context.heading?, reading.records.first()?);
    let common = context.dom.common(heading, context.units[first.units.start].nodes.start);
    Some(usize::from(context.dom.nodes[common].depth))
}

/// What the list as a whole is like.
fn features(context: &Context, records: &[Record], table: &Table, spots: &[Spot]) -> Features {
    let count = records.len().max(1) as f64;
    let share = |test: &dyn Fn(&Record) -> bool| records.iter().filter(|record| test(record)).count() as f64 / count;
    let anchor = |record: &Record| record.spot.map(|spot| &context.anchors[spot.anchor]);
    // A cell over several rows dates units that it does not stand in.
    let standing: Vec<&Spot> = spots.iter().filter(|spot| context.units[spot.unit].anchors.contains(&spot.anchor)).collect();
    let at = |wanted: Place| standing.iter().filter(|spot| context.place(***spot) == wanted).count() as f64 / spots.len().max(1) as f64;
    let days: Vec<_> = records.iter().filter_map(|record| anchor(record)?.date.ok()).collect();
    let different: HashSet<_> = days.iter().collect();
    let steps = days.windows(2).filter(|pair| pair[0] != pair[1]).count().max(1) as f64;
    let first = records.first().map_or(0, |record| record.units.start);
    let titles: Vec<Option<usize>> = (0..records.len()).map(|row| table.title(row).map(|cell| cell.unit)).collect();
    let below = titles
        .iter()
        .flatten()
        .filter_map(|unit| context.targets[*unit].page.as_ref())
        .filter(|url| is_below(url, &context.links.page))
        .count() as f64
        / count;
    let repeats = |row: usize, title: usize| {
        let label = table.rows[row].iter().find(|cell| cell.unit == title).and_then(|cell| cell.label);
        let same = |cell: &&Cell| {
            cell.unit != title && cell.label == label && context.units[cell.unit].shapes[1] == context.units[title].shapes[1]
        };
        let own = context.targets[title].any();
        let alike = |cell: &Cell| match own {
            Some(own) => context.targets[cell.unit].any().is_some_and(|other| other != own),
            None => table.columns[cell.column].is_like(table.best()),
        };
        table.rows[row].iter().filter(same).any(|cell| alike(cell) && is_worded(context, table, cell.unit))
    };
    let again = titles.iter().enumerate().filter(|(row, title)| title.is_some_and(|title| repeats(*row, title))).count() as f64 / count;
    let bare = |title: &Option<usize>| {
        let unit = title.map(|title| &context.units[title]);
        unit.is_some_and(|unit| {
            unit.link.is_none()
                && !unit.bold
                && matches!(unit.kind, Kind::Run)
                && context.dom.text[unit.span.clone()]
                    .split_whitespace()
                    .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic))
                    .count()
                    < 2
        })
    };
    let nameless = titles.iter().filter(|title| bare(title)).count() as f64 / count;
    let size = |record: &Record| record.units.clone().map(|unit| context.units[unit].span.len()).sum::<usize>().min(400) as f64;
    let node = context.units.get(first).map_or(0, |unit| unit.nodes.start);
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
        ("own", share(&|record| record.units.clone().any(|unit| context.targets[unit].page.is_some()))),
        ("again", again),
        ("twins", twins(context, records, &titles)),
        ("left", left(context, records)),
        ("mistitled", table.mistitled()),
        ("mixed", mixed(context, spots)),
        ("nameless", nameless),
        ("single", f64::from(records.len() == 1)),
        ("text", share(&|record| record.units.len() > 2)),
    ])
}

/// Share of the records that lead where the record before them under the same date does.
fn twins(context: &Context, records: &[Record], titles: &[Option<usize>]) -> f64 {
    let target = |at: usize| titles[at].and_then(|unit| context.targets[unit].any());
    let anchor = |at: usize| records[at].spot.map(|spot| spot.anchor);
    let twin = |at: &usize| anchor(*at) == anchor(at - 1) && target(*at).is_some() && target(*at) == target(at - 1);
    (1..records.len()).filter(twin).count() as f64 / records.len().max(1) as f64
}

/// Share of the dates in the element of the list, those of running text left out, that date none of its records,
/// beside the records.
fn left(context: &Context, records: &[Record]) -> f64 {
    let own: HashSet<usize> = records.iter().filter_map(|record| record.spot).map(|spot| spot.anchor).collect();
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return 0.0 };
    let holder = context.dom.common(context.units[first.units.start].nodes.start, context.units[last.units.end - 1].nodes.end - 1);
    let inside = context.inside(holder);
    let dates = context.spots(inside.start.max(context.floor().min(first.units.start))..inside.end);
    let left = dates.filter(|spot| !own.contains(&spot.anchor) && stands_apart(context, *spot)).count() as f64;
    left / (left + records.len() as f64).max(1.0)
}

/// Not inside a sentence, nor at the edge of running text.
pub fn stands_apart(context: &Context, spot: Spot) -> bool {
    words_in(&context.dom.text[context.units[spot.unit].span.clone()]) <= RUNNING && context.place(spot) != Place::Inside
}

/// Share of the dates whose local shape is not the usual one.
fn mixed(context: &Context, spots: &[Spot]) -> f64 {
    let standing = spots.iter().filter(|spot| context.units[spot.unit].anchors.contains(&spot.anchor));
    let usual = mode(standing.clone().map(|spot| context.units[spot.unit].shapes[0])).map_or(0, |(_, count)| count);
    1.0 - usual as f64 / standing.count().max(1) as f64
}

/// A box beside the page's own column: bare titles under a heading of theirs, which lead to another section, while the
/// column of the page's heading says something itself.
fn is_box(context: &Context, records: &[Record], titles: &[Option<usize>], below: f64) -> bool {
    let dom = context.dom;
    let (Some(heading), Some(record)) = (context.heading, records.first()) else { return false };
    let first = context.units[record.units.start].nodes.start;
    let branch = |from: usize, other: usize| dom.ancestors(from).take_while(|at| !dom.contains(*at, other)).last().unwrap_or(from);
    let (column, own) = (branch(heading, first), branch(first, heading));
    let speaks = dom.sum(column).chars > dom.sum(heading).chars + 5;
    let before = dom.sum_between(own, first);
    let named = (2..=60).contains(&before.chars) && before.linked == 0;
    let bare = records.iter().zip(titles).all(|(record, title)| {
        let dates = record.spot.map(|spot| spot.unit);
        record.units.clone().all(|unit| Some(unit) == dates || Some(unit) == *title || context.units[unit].span.is_empty())
    });
    own != first && speaks && named && bare && below < 0.5
}

/// The page's own path, without a last part that names a file, begins the link's path.
pub fn is_below(link: &url::Url, page: &url::Url) -> bool {
    let path = page.path().trim_end_matches('/');
    let stem = path.rsplit_once('.').map_or(path, |(stem, ending)| if ending.contains('/') { path } else { stem });
    stem.len() > 1 && link.path().len() > stem.len() && link.path().starts_with(stem)
}
