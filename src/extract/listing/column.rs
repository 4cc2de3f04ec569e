//! Columns: the leaves of all records put side by side, and what each column is like as a whole.
//!
//! A leaf's column is its local shape and its number among the leaves of that shape in the record; after a label with a
//! colon that most records repeat, the label. What serves as title is chosen for the list, never for one record by itself.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::cell::{Cell, Record, text, tooltip};
use super::context::Context;
use super::dated_leaf::Place;
use super::leaf::{Kind, Leaf};
use super::phrases::{self, Class};
use super::score::{Features, weight};
use super::text::{counter, is_code, letters, tidy};
use crate::extract::files::{is_size_note, names_file};

/// Share of the records in which a text must stand to be a label, at least two.
const LABEL_SHARE: f64 = 0.5;

/// Share of the records, or of the texts of a column, from which something is usual.
const FREQUENT: f64 = 0.5;

/// Share of the records that a regular column fills.
const REGULAR: f64 = 0.7;
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
    fn of<'t>(&self, table: &'t Table) -> &'t Cell {
        &table.rows[self.row][self.position]
    }
}

/// A list as a table.
#[derive(Debug, Default)]
pub struct Table {
    /// Cells of each record, in order.
    pub rows: Vec<Vec<Cell>>,
    pub columns: Vec<Column>,
    /// The column that holds the titles of the list.
    pub main: Option<usize>,
    /// Texts that most records repeat.
    pub labels: HashSet<String>,
    /// Texts that most records repeat but for their figures, these left out: counters.
    pub counters: HashSet<String>,
    /// Columns of sentences whose links have names of their own in their tooltips.
    pub tooltips: HashSet<usize>,
}

impl Table {
    pub fn of(context: &Context, records: &[Record]) -> Self {
        let rows: Vec<Vec<(usize, String)>> = records
            .iter()
            .map(|record| {
                record
                    .leaves
                    .clone()
                    .map(|leaf| (leaf, text(context, leaf, record.dated)))
                    .filter(|(leaf, text)| !text.is_empty() || context.leaves[*leaf].kind == Kind::Picture)
                    .collect()
            })
            .collect();
        let labels = labels_of(rows.iter().map(|row| row.iter().map(|(_, text)| text.clone()).collect()), rows.len());
        let counters = rows.iter().map(|row| row.iter().filter_map(|(_, text)| counter(text)).collect());
        let counters = labels_of(counters, rows.len());
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        let mut table = Self { labels, counters, ..Self::default() };
        for (row, dated) in rows.into_iter().zip(records.iter().map(|record| record.dated)) {
            let mut seen: HashMap<u64, u64> = HashMap::new();
            let mut cells = Vec::new();
            let mut label: Option<u64> = None;
            for (leaf, text) in row {
                let before = label.take();
                let shape = before.unwrap_or(context.leaves[leaf].shapes[0]);
                let number = seen.entry(shape).or_default();
                let key = shape.wrapping_mul(31).wrapping_add(*number);
                *number += 1;
                let announces = context.dom.text[context.leaves[leaf].span.clone()].trim_end().ends_with(':');
                if announces && table.labels.contains(&text) && dated.is_none_or(|dated| dated.leaf != leaf) {
                    label = Some(hash(&text));
                }
                let count = numbers.len();
                cells.push(Cell { leaf, text, column: *numbers.entry(key).or_insert(count), label: before });
            }
            table.rows.push(cells);
        }
        let mut places: Vec<Vec<Placed>> = vec![Vec::new(); numbers.len()];
        for (row, cells) in table.rows.iter().enumerate() {
            for (position, cell) in cells.iter().enumerate() {
                places[cell.column].push(Placed { row, position });
            }
        }
        table.tooltips =
            places.iter().enumerate().filter(|(_, cells)| has_names(context, &table, cells)).map(|(column, _)| column).collect();
        table.columns = places.iter().map(|cells| table.column(context, records, cells)).collect();
        table.keep_dates(context, records, &places);
        table.main = table.main_column();
        table
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

    /// Titles that only their dates tell apart keep them.
    fn keep_dates(&mut self, context: &Context, records: &[Record], places: &[Vec<Placed>]) {
        let Some(best) = self.frequent() else { return };
        let is = |name: &str| self.columns[best].features.get(name);
        if places[best].len() < 3 || is("distinct") >= FREQUENT || is("dated") < FREQUENT {
            return;
        }
        for placed in &places[best] {
            let whole = tidy(&context.dom.text[context.leaves[placed.of(self).leaf].span.clone()].replace('\n', " "));
            self.rows[placed.row][placed.position].text = whole;
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
    /// rare a cell's column is does not count: a broken tag has changed the shape of the cell, not its part.
    pub fn title(&self, row: usize) -> Option<&Cell> {
        let worded = self.rows.get(row)?.iter().filter(|cell| cell.text.contains(char::is_alphabetic));
        let main = worded.clone().find(|cell| Some(cell.column) == self.main && !self.labels.contains(&cell.text));
        let fill = |column: usize| self.columns[column].features.get("fill");
        let regular = self.rows.len() >= FEWEST && self.main.is_some_and(|main| fill(main) >= REGULAR);
        let fit = |cell: &Cell| self.fitness(cell) + if regular { weight("title", "fill") * (1.0 - fill(cell.column)) } else { 0.0 };
        main.or_else(|| worded.max_by(|a, b| fit(a).total_cmp(&fit(b)).then(b.leaf.cmp(&a.leaf))))
    }

    /// How well a cell would serve as title: its column, and half of what sets the cell apart from its column.
    fn fitness(&self, cell: &Cell) -> f64 {
        let column = &self.columns[cell.column];
        let own = own(&cell.text, self.labels.contains(&cell.text));
        column.score + own.iter().map(|(name, value)| 0.5 * weight("title", name) * (value - column.features.get(name))).sum::<f64>()
    }

    /// Share of the records without a title, or with one from a column that is much worse than the best.
    pub fn mistitled(&self) -> f64 {
        let best = self.columns.iter().filter(|column| column.cells > 1).map(Column::potential).fold(f64::MIN, f64::max);
        // What the titles themselves repeat is no label.
        let label = |cell: &Cell| Some(cell.column) != self.main && self.labels.contains(&cell.text);
        let strange = |cell: &Cell| label(cell) || self.columns[cell.column].behind(best) > weight("title", "stranger");
        let mistitled = (0..self.rows.len()).filter(|row| self.title(*row).is_none_or(strange));
        mistitled.count() as f64 / self.rows.len().max(1) as f64
    }

    /// The first text of another column that most records have and that is about as good as that of the titles.
    pub fn rival_title(&self) -> Option<&str> {
        let title = self.main.or_else(|| self.best_of(|_| true))?;
        let close = |at: usize| at != title && self.columns[title].score - self.columns[at].score < weight("title", "margin");
        let others = (0..self.columns.len()).filter(|at| close(*at) && self.columns[*at].features.get("fill") >= FREQUENT);
        let texts = |row: &[Cell], column: usize| row.iter().find(|cell| cell.column == column).map(|cell| cell.text.clone());
        let other = others.into_iter().find(|at| {
            let differ = self.rows.iter().filter(|row| texts(row, *at).is_some() && texts(row, *at) != texts(row, title));
            2 * differ.count() > self.rows.len()
        })?;
        self.rows.iter().flatten().find(|cell| cell.column == other).map(|cell| cell.text.as_str())
    }

    /// Score of the best column.
    pub fn best(&self) -> f64 {
        self.best_of(|_| true).map_or(f64::MIN, |best| self.columns[best].score)
    }
}

/// Most links are sentences, and most have tooltips that say something else, each its own.
fn has_names(context: &Context, table: &Table, cells: &[Placed]) -> bool {
    let cells: Vec<&Cell> = cells.iter().map(|placed| placed.of(table)).collect();
    let sentences = cells.iter().filter(|cell| cell.text.ends_with(['.', '…', '!', '?']) && cell.text.split(' ').count() > 2).count();
    if 2 * sentences < cells.len() {
        return false;
    }
    let names: HashSet<String> = cells.iter().filter_map(|cell| tooltip(context, cell).filter(|tip| is_name(tip, &cell.text))).collect();
    10 * names.len() >= 9 * cells.len()
}

/// Names something, and does not repeat what is shown.
fn is_name(tip: &str, shown: &str) -> bool {
    let (a, b) = (phrases::plain(tip), phrases::plain(shown));
    tip.chars().count() > 7 && phrases::class(tip) == Class::None && !a.starts_with(&b) && !b.starts_with(&a)
}

/// Texts that stand in most records.
fn labels_of(rows: impl Iterator<Item = HashSet<String>>, records: usize) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for text in rows.flatten() {
        *counts.entry(text).or_default() += 1;
    }
    let least = (records as f64 * LABEL_SHARE).max(2.0);
    counts.into_iter().filter(|(text, count)| !text.is_empty() && *count as f64 >= least).map(|(text, _)| text).collect()
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
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

/// What a column is like.
fn features(context: &Context, records: &[Record], table: &Table, cells: &[Placed]) -> Features {
    let rows = table.rows.len().max(1) as f64;
    let count = cells.len().max(1) as f64;
    let mean = |measure: &dyn Fn(&Placed, &Cell) -> f64| cells.iter().map(|placed| measure(placed, placed.of(table))).sum::<f64>() / count;
    let share = |test: &dyn Fn(&Placed, &Cell) -> bool| mean(&|placed, cell| f64::from(test(placed, cell)));
    let leaf = |cell: &Cell| &context.leaves[cell.leaf];
    let mut texts: HashMap<&str, usize> = HashMap::new();
    for placed in cells {
        *texts.entry(placed.of(table).text.as_str()).or_default() += 1;
    }
    let most = texts.values().copied().max().unwrap_or(0);
    let targets: HashSet<&Url> = cells.iter().filter_map(|placed| context.targets[placed.of(table).leaf].any()).collect();
    let words = |cell: &Cell| cell.text.split_whitespace().take(26).count();
    let heading = |cell: &Cell| match leaf(cell).kind {
        Kind::Heading(1..=4) => 1.0,
        Kind::Heading(_) => 0.6,
        _ if context.dom.nodes[leaf(cell).nodes.start].heading.is_some() => 0.8,
        _ => 0.0,
    };
    let near = |placed: &Placed, cell: &Cell| records[placed.row].dated.is_some_and(|dated| cell.leaf.abs_diff(dated.leaf) <= 1);
    let inside = |placed: &Placed, cell: &Cell| {
        let own = records[placed.row].dated.filter(|dated| dated.leaf == cell.leaf);
        own.is_some_and(|dated| context.place(dated) == Place::Inside)
    };
    Features(vec![
        ("fill", (count / rows).min(1.0)),
        ("distinct", if count > 1.0 { texts.len() as f64 / count } else { 0.5 }),
        ("repeated", if count > 2.0 { (most - 1) as f64 / (count - 1.0) } else { 0.0 }),
        ("page", share(&|_, cell| context.targets[cell.leaf].page.is_some())),
        ("document", share(&|_, cell| context.targets[cell.leaf].document.is_some())),
        ("dead", share(&|_, cell| leaf(cell).link.is_some() && context.targets[cell.leaf].any().is_none())),
        ("targets", if count > 1.0 { targets.len() as f64 / count } else { 0.5 * targets.len() as f64 }),
        ("heading", mean(&|_, cell| heading(cell))),
        ("bold", share(&|_, cell| leaf(cell).bold)),
        ("letters", mean(&|_, cell| letters(&cell.text))),
        ("words", mean(&|_, cell| words(cell).min(10) as f64 / 10.0)),
        ("prose", share(&|_, cell| words(cell) > 25 || words(cell) > 8 && cell.text.ends_with(['.', '…', '!']))),
        ("sentence", share(&|_, cell| words(cell) > 2 && cell.text.ends_with('.'))),
        ("code", share(&|_, cell| is_code(&cell.text))),
        ("phrase", share(&|_, cell| context.classes[cell.leaf] != Class::None || cell.text.is_empty())),
        ("file", share(&|_, cell| names_file(&cell.text) || is_size_note(&cell.text))),
        ("label", share(&|_, cell| context.dom.text[leaf(cell).span.clone()].trim_end().ends_with(':'))),
        ("first", share(&|placed, _| placed.position == 0)),
        ("near", share(&near)),
        ("self", share(&|_, cell| Some(&*cell.text) == context.heading_text())),
        ("named", share(&|placed, cell| named(context, table, placed, cell))),
        ("inside", share(&inside)),
        ("dated", share(&|placed, cell| records[placed.row].dated.is_some_and(|dated| dated.leaf == cell.leaf))),
    ])
}

/// The measures that one text has by itself.
fn own(text: &str, repeated: bool) -> [(&'static str, f64); 2] {
    [("letters", letters(text)), ("repeated", f64::from(repeated))]
}

/// Under a table head, or after a label, that says title, subject or name.
fn named(context: &Context, table: &Table, placed: &Placed, cell: &Cell) -> bool {
    let before = placed.position.checked_sub(1).map(|at| &table.rows[placed.row][at]);
    let labelled = before.is_some_and(|label| table.labels.contains(&label.text) && context.classes[label.leaf] == Class::Title);
    labelled || head(context, cell.leaf).is_some_and(|head| phrases::class(&head) == Class::Title)
}

/// Text of the `th` over the cell of a table.
pub fn head(context: &Context, leaf: usize) -> Option<String> {
    let dom = context.dom;
    let cell = dom
        .ancestors(context.leaves[leaf].nodes.start)
        .find(|up| matches!(dom.tag(*up), "td" | "table"))
        .filter(|at| dom.tag(*at) == "td")?;
    let is_cell = |at: &usize| matches!(dom.tag(*at), "td" | "th");
    let number = dom.children(dom.nodes[cell].parent).take_while(|child| *child < cell).filter(is_cell).count();
    let table = dom.ancestors(cell).find(|up| dom.tag(*up) == "table")?;
    let row = (table..dom.nodes[table].end).take(400).find(|at| dom.tag(*at) == "th").map(|th| dom.nodes[th].parent)?;
    let th = dom.children(row).filter(is_cell).nth(number)?;
    Some(dom.text_of(th).replace('\n', " "))
}
