//! Columns: the leaves of all records put side by side, and what each column is like as a whole.
//!
//! A leaf's column is its local shape and its number among the leaves of that shape in the record; after a label with a
//! colon that most records repeat, the label. What serves as title is chosen for the list, never for one record by itself.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use url::Url;

use super::cell::{Before, Cell, Record, tooltip};
use super::context::Context;
use super::dated_leaf::Place;
use super::frequency::mode;
use super::leaf::{Kind, Leaf};
use super::leaf_measures;
use super::phrases::{self, Class};
use super::score::{Features, weight};
use super::text::{self, Text, counter};

/// Share of the records in which a text must stand to be a label, at least two.
const LABEL_SHARE: f64 = 0.5;

/// Share of the records, or of the texts of a column, from which something is usual.
const FREQUENT: f64 = 0.5;

/// Share of the records that a regular column fills.
const REGULAR: f64 = 0.7;
/// Share of different texts of a column that tells records apart.
const DISTINCT: f64 = 0.8;
/// Records from which a column can be regular, and a record odd.
pub const FEWEST: usize = 4;

#[derive(Debug)]
pub struct Column {
    /// Tag and place, for people.
    pub name: String,
    pub features: Features,
    pub score: f64,
    pub cells: usize,
}

impl Column {
    /// About as good a title as the best column, but for the records that lack it.
    pub fn is_like(&self, best: f64) -> bool {
        self.behind(best) < weight("title", "rival")
    }

    /// Names something else in nearly every record, as titles do and sections do not.
    pub fn is_distinct(&self) -> bool {
        self.cells == 1 || self.features.get("distinct") >= DISTINCT
    }

    /// By how much it is a worse title than the best column, were it in all records.
    fn behind(&self, best: f64) -> f64 {
        best - self.potential()
    }

    /// Its score, were it in all records.
    fn potential(&self) -> f64 {
        let lacks = |name: &str| weight("title", name) * (1.0 - self.features.get(name));
        // Of a lone cell nobody knows whether others would say something else.
        let unknown = if self.cells == 1 { lacks("distinct") } else { 0.0 };
        self.score + lacks("fill") + unknown
    }
}

/// Where a cell stands in the table.
#[derive(Clone, Copy, Debug)]
struct Placed {
    row: usize,
    position: usize,
}

impl Placed {
    fn of<'t, 'c>(&self, table: &'t Table<'c>) -> &'t Cell<'c> {
        &table.rows[self.row][self.position]
    }
}

/// A list as a table.
#[derive(Debug, Default)]
pub struct Table<'c> {
    /// Cells of each record, in order.
    pub rows: Vec<Vec<Cell<'c>>>,
    pub columns: Vec<Column>,
    /// The column that holds the titles of the list.
    pub main: Option<usize>,
    /// The shape of the blocks that most titles open.
    opened: Option<u64>,
    /// What most titles follow.
    followed: Option<Before>,
    /// Numbers of the texts that most records repeat.
    labels: HashSet<usize>,
    /// Texts that most records repeat but for their figures, these left out.
    counters: OnceCell<HashSet<String>>,
    /// Columns of sentences whose links have names of their own in their tooltips.
    tooltips: OnceCell<HashSet<usize>>,
}

impl<'c> Table<'c> {
    pub fn of(context: &'c Context, records: &[Record]) -> Self {
        let of_record = |record: &Record| -> Vec<(usize, &'c Text)> {
            let texts = record.leaves.clone().map(|leaf| (leaf, context.texts.without(leaf, record.dated)));
            texts.filter(|(leaf, text)| !text.is_empty() || context.leaves[*leaf].kind == Kind::Picture).collect()
        };
        let rows: Vec<Vec<(usize, &Text)>> = records.iter().map(of_record).collect();
        let labels =
            repeated(rows.iter().map(|row| row.iter().filter(|(_, text)| !text.is_empty()).map(|(_, text)| text.number)), rows.len());
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        let mut table = Self { labels, ..Self::default() };
        let mut places: Vec<Vec<Placed>> = Vec::new();
        for (at, (row, record)) in rows.into_iter().zip(records).enumerate() {
            let mut seen: HashMap<u64, u64> = HashMap::new();
            let mut cells = Vec::with_capacity(row.len());
            let mut label: Option<usize> = None;
            let mut lettered: Option<usize> = None;
            for (leaf, text) in row {
                let before = label.take();
                let shape = before.map_or(context.leaves[leaf].shapes[0], |label| label as u64);
                let number = seen.entry(shape).or_default();
                let key = shape.wrapping_mul(31).wrapping_add(*number);
                *number += 1;
                let labels = leaf_measures::is_label(context.dom, &context.leaves[leaf]) && table.labels.contains(&text.number);
                label = (labels && record.dated.is_none_or(|dated| dated.leaf != leaf)).then_some(text.number);
                let column = *numbers.entry(key).or_insert(places.len());
                if column == places.len() {
                    places.push(Vec::new());
                }
                places[column].push(Placed { row: at, position: cells.len() });
                let block = context.dom.nodes[context.leaves[leaf].nodes.start].block;
                cells.push(Cell {
                    leaf,
                    text,
                    column,
                    label: before,
                    opens: (lettered != Some(block)).then(|| context.leaves[leaf].block),
                });
                lettered = if text.contains(char::is_alphabetic) { Some(block) } else { lettered };
            }
            table.rows.push(cells);
        }
        table.columns = places.iter().map(|cells| table.column(context, records, cells)).collect();
        table.keep_dates(context, records, &places);
        table.main = table.main_column();
        let opened = table.rows.iter().flatten().filter(|cell| Some(cell.column) == table.main).filter_map(|cell| cell.opens);
        table.opened = mode(opened).map(|(block, _)| block);
        let of_main = |row: &'_ Vec<Cell>| Some(Before::of(row, row.iter().position(|cell| Some(cell.column) == table.main)?));
        table.followed = mode(table.rows.iter().filter_map(of_main)).map(|(column, _)| column);
        table
    }

    /// Most records repeat the text.
    pub fn is_label(&self, text: &Text) -> bool {
        self.labels.contains(&text.number)
    }

    /// Most records repeat the text but for its figures.
    pub fn is_counter(&self, text: &str) -> bool {
        let all = || repeated(self.rows.iter().map(|row| row.iter().filter_map(|cell| counter(cell.text))), self.rows.len());
        counter(text).is_some_and(|words| !words.is_empty() && self.counters.get_or_init(all).contains(&words))
    }

    /// The tooltips of a column name its entries, its sentences do not.
    pub fn has_names(&self, context: &Context, column: usize) -> bool {
        let named = |column: &usize| {
            let cells: Vec<&Cell> = self.rows.iter().flatten().filter(|cell| cell.column == *column).collect();
            has_names(context, &cells)
        };
        self.tooltips.get_or_init(|| (0..self.columns.len()).filter(named).collect()).contains(&column)
    }

    /// The best column that most records have, unless a rarer one is better by more than rivals differ.
    fn main_column(&self) -> Option<usize> {
        let frequent = self.frequent()?;
        (self.columns[frequent].score > self.best() - weight("title", "rival")).then_some(frequent)
    }

    /// The best column that most records have.
    fn frequent(&self) -> Option<usize> {
        self.best_of(|column| column.features.get("fill") >= FREQUENT)
    }

    fn best_of(&self, fits: impl Fn(&Column) -> bool) -> Option<usize> {
        let columns = self.columns.iter().enumerate().filter(|(_, column)| fits(column));
        columns.max_by(|a, b| a.1.score.total_cmp(&b.1.score)).map(|(at, _)| at)
    }

    /// Titles that only their dates tell apart keep them, and those that lead up to their dates with one and the same word.
    fn keep_dates(&mut self, context: &'c Context, records: &[Record], places: &[Vec<Placed>]) {
        let Some(best) = self.frequent() else { return };
        let is = |name: &str| self.columns[best].features.get(name);
        let open = |placed: &Placed| {
            let cell = placed.of(self);
            // A mark between them would set the date apart.
            let rest = context.texts.whole(cell.leaf).strip_prefix(&**cell.text)?;
            last_small_word(cell.text).filter(|_| rest.starts_with(' '))
        };
        let (_, lead_up) = mode(places[best].iter().filter_map(open)).unwrap_or_default();
        let whole_without = is("distinct") >= FREQUENT && 2 * lead_up <= places[best].len();
        if places[best].len() < 3 || is("dated") < FREQUENT || whole_without {
            return;
        }
        for placed in &places[best] {
            let cell = &mut self.rows[placed.row][placed.position];
            cell.text = context.texts.whole(cell.leaf);
        }
        self.columns[best] = self.column(context, records, &places[best]);
    }

    fn column(&self, context: &Context, records: &[Record], cells: &[Placed]) -> Column {
        let features = features(context, records, self, cells);
        let name = cells.first().map_or_else(String::new, |placed| name(context, &context.leaves[placed.of(self).leaf]));
        let score = features.score("title");
        Column { name, features, score, cells: cells.len() }
    }

    /// The cell of a record that serves as its title: of its best column. In a record without the column of most titles, how
    /// rare a cell's column is does not count, but whether it opens a block as titles do and follows what they follow: a broken tag or
    /// a title that leads nowhere has changed the shape of the cell, not its part.
    pub fn title(&self, row: usize) -> Option<&Cell<'c>> {
        let row = self.rows.get(row)?;
        let worded = row.iter().enumerate().filter(|(_, cell)| cell.text.contains(char::is_alphabetic));
        let main = worded.clone().find(|(_, cell)| Some(cell.column) == self.main && !self.is_label(cell.text));
        let fill = |column: usize| self.columns[column].features.get("fill");
        let regular = self.rows.len() >= FEWEST && self.main.is_some_and(|main| fill(main) >= REGULAR);
        let part = |at: usize, cell: &Cell| {
            weight("title", "fill") * (1.0 - fill(cell.column))
                + weight("title", "opens") * f64::from(cell.opens.is_some() && cell.opens == self.opened)
                + weight("title", "follows") * f64::from(self.followed == Some(Before::of(row, at)))
        };
        let fit = |(at, cell): (usize, &Cell)| self.fitness(cell) + if regular { part(at, cell) } else { 0.0 };
        main.or_else(|| worded.max_by(|a, b| fit(*a).total_cmp(&fit(*b)).then(b.0.cmp(&a.0)))).map(|(_, cell)| cell)
    }

    /// How well a cell would serve as title: its column, and half of what sets the cell apart from its column.
    fn fitness(&self, cell: &Cell) -> f64 {
        let column = &self.columns[cell.column];
        let own = [("letters", cell.text.measures[0]), ("repeated", f64::from(self.is_label(cell.text)))];
        column.score + own.iter().map(|(name, value)| 0.5 * weight("title", name) * (value - column.features.get(name))).sum::<f64>()
    }

    /// Share of the records without a title, or with one from a column that is much worse than the best.
    pub fn mistitled(&self) -> f64 {
        let best = self.columns.iter().filter(|column| column.cells > 1).map(Column::potential).fold(f64::MIN, f64::max);
        // What the titles themselves repeat is no label.
        let label = |cell: &Cell| Some(cell.column) != self.main && self.is_label(cell.text);
        let strange = |cell: &Cell| label(cell) || self.columns[cell.column].behind(best) > weight("title", "stranger");
        let mistitled = (0..self.rows.len()).filter(|row| self.title(*row).is_none_or(strange));
        mistitled.count() as f64 / self.rows.len().max(1) as f64
    }

    /// The first text of another column that most records have and that is about as good as that of the titles.
    pub fn rival_title(&self) -> Option<&str> {
        let title = self.main.or_else(|| self.best_of(|_| true))?;
        let close = |at: usize| at != title && self.columns[title].score - self.columns[at].score < weight("title", "margin");
        let others = (0..self.columns.len()).filter(|at| close(*at) && self.columns[*at].features.get("fill") >= FREQUENT);
        let texts = |row: &[Cell], column: usize| row.iter().find(|cell| cell.column == column).map(|cell| cell.text.number);
        let other = others.into_iter().find(|at| {
            let differ = self.rows.iter().filter(|row| texts(row, *at).is_some() && texts(row, *at) != texts(row, title));
            2 * differ.count() > self.rows.len()
        })?;
        self.rows.iter().flatten().find(|cell| cell.column == other).map(|cell| &**cell.text)
    }

    /// Score of the best column.
    pub fn best(&self) -> f64 {
        self.best_of(|_| true).map_or(f64::MIN, |best| self.columns[best].score)
    }
}

/// The last word, if it begins with a small letter.
fn last_small_word(text: &str) -> Option<&str> {
    text.split_whitespace().next_back().filter(|word| word.starts_with(char::is_lowercase))
}

/// Most links are sentences, and most have tooltips that say something else, each its own.
fn has_names(context: &Context, cells: &[&Cell]) -> bool {
    let sentences = cells.iter().filter(|cell| cell.text.ends_with(['.', '…', '!', '?']) && cell.text.split(' ').count() > 2).count();
    if 2 * sentences < cells.len() {
        return false;
    }
    let names: HashSet<String> = cells.iter().filter_map(|cell| tooltip(context, cell).filter(|tip| is_name(tip, cell.text))).collect();
    10 * names.len() >= 9 * cells.len()
}

/// Names something, and does not repeat what is shown.
fn is_name(tip: &str, shown: &str) -> bool {
    let (a, b) = (phrases::plain(tip), phrases::plain(shown));
    tip.chars().count() > 7 && phrases::class(tip) == Class::None && !a.starts_with(&b) && !b.starts_with(&a)
}

/// What stands in most records.
fn repeated<T: Eq + Hash>(records: impl Iterator<Item: Iterator<Item = T>>, count: usize) -> HashSet<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (at, record) in records.enumerate() {
        for one in record {
            let (last, count) = counts.entry(one).or_insert((usize::MAX, 0));
            *count += usize::from(*last != at);
            *last = at;
        }
    }
    let least = (count as f64 * LABEL_SHARE).max(2.0);
    counts.into_iter().filter(|(_, (_, count))| *count as f64 >= least).map(|(one, _)| one).collect()
}

fn name(context: &Context, leaf: &Leaf) -> String {
    let dom = context.dom;
    let block = leaf.node != dom.nodes[leaf.node].block;
    let kind = match leaf.kind {
        Kind::Run => "text".to_owned(),
        Kind::Picture => "picture".to_owned(),
        _ => dom.tag(leaf.node).to_owned(),
    };
    if block || leaf.kind == Kind::Run { format!("{} > {kind}", dom.tag(dom.nodes[leaf.node].block)) } else { kind }
}

/// What a column is like: means of what its leaves and texts are like, and how they stand among the records.
fn features(context: &Context, records: &[Record], table: &Table, cells: &[Placed]) -> Features {
    let rows = table.rows.len().max(1) as f64;
    let count = cells.len().max(1) as f64;
    let mut leaves = leaf_measures::Measures::default();
    let mut texts = text::Measures::default();
    let mut stands = [0.0; STANDS.len()];
    for placed in cells {
        let cell = placed.of(table);
        add(&mut leaves, &context.measures[cell.leaf]);
        add(&mut texts, &cell.text.measures);
        add(&mut stands, &how_it_stands(context, &records[placed.row], table, placed));
    }
    let (different, most) = distinct(cells.iter().map(|placed| placed.of(table).text.number));
    let (targets, _) = distinct(cells.iter().filter_map(|placed| context.targets[placed.of(table).leaf].any().map(Url::as_str)));
    let mut features = vec![
        ("fill", (count / rows).min(1.0)),
        ("distinct", if count > 1.0 { different as f64 / count } else { 0.5 }),
        ("repeated", if count > 2.0 { (most - 1) as f64 / (count - 1.0) } else { 0.0 }),
        ("targets", if count > 1.0 { targets as f64 / count } else { 0.5 * targets as f64 }),
    ];
    let sums = leaves.into_iter().chain(texts).chain(stands);
    features.extend(leaf_measures::MEASURES.into_iter().chain(text::MEASURES).chain(STANDS).zip(sums.map(|sum| sum / count)));
    Features(features)
}

fn add<const N: usize>(sums: &mut [f64; N], values: &[f64; N]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// How many different ones there are, and how often the most frequent occurs.
fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> (usize, usize) {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    let runs = all.chunk_by(|a, b| a == b);
    (runs.clone().count(), runs.map(<[T]>::len).max().unwrap_or(0))
}

const STANDS: [&str; 7] = ["first", "near", "self", "named", "inside", "dated", "wraps"];

/// How a cell stands in its record and on the page.
fn how_it_stands(context: &Context, record: &Record, table: &Table, placed: &Placed) -> [f64; STANDS.len()] {
    let cell = placed.of(table);
    let dates = record.dated.filter(|dated| dated.leaf == cell.leaf);
    [
        placed.position == 0,
        record.dated.is_some_and(|dated| cell.leaf.abs_diff(dated.leaf) <= 1),
        Some(&**cell.text) == context.heading_text(),
        is_named(context, table, placed),
        dates.is_some_and(|dated| dated.place == Place::Inside),
        dates.is_some(),
        context.leaves[cell.leaf].anchors.is_empty() && table.rows[placed.row].iter().any(|other| wraps(cell.text, other.text)),
    ]
    .map(f64::from)
}

/// Words about another text of some words, then this: `read on about …`.
fn wraps(text: &str, other: &str) -> bool {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let other = other.trim_end_matches(|c: char| !c.is_alphanumeric());
    text.len() > other.len() && text.ends_with(other) && other.contains(' ') && other.contains(char::is_alphabetic)
}

/// Under a table head, or after a label, that says title, subject or name.
fn is_named(context: &Context, table: &Table, placed: &Placed) -> bool {
    let before = placed.position.checked_sub(1).map(|at| &table.rows[placed.row][at]);
    let labelled = before.is_some_and(|label| context.classes[label.leaf] == Class::Title && table.is_label(label.text));
    labelled || context.heads[placed.of(table).leaf].as_ref().is_some_and(|head| head.class == Class::Title)
}
