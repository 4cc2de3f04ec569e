//! Counts of the records of a question by one dimension or two: `theme` by `decade` as a table.
//!
//! Counted are the records that the question counts. A record with several values stands in several cells, one without any in
//! `unknown`. Years and decades have no gaps: an empty one is a row, too.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::answer::Options;
use super::ask::QueryError;
use super::docset::segments;
use super::edit_distance;
use super::index::Index;
use super::levels::Levels;

/// By what records may be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    Decade,
    Year,
    Month,
    Kind,
    Country,
    Region,
    Theme,
    Lang,
    Source,
}

/// English names first, then Czech ones, folded.
const NAMES: [(Dimension, &[&str]); 9] = [
    (Dimension::Decade, &["decade", "desetileti"]),
    (Dimension::Year, &["year", "rok"]),
    (Dimension::Month, &["month", "mesic"]),
    (Dimension::Kind, &["kind", "druh", "typ"]),
    (Dimension::Country, &["country", "zeme", "stat"]),
    (Dimension::Region, &["region", "kraj", "oblast"]),
    (Dimension::Theme, &["theme", "tema"]),
    (Dimension::Lang, &["lang", "jazyk"]),
    (Dimension::Source, &["source", "zdroj"]),
];

impl Dimension {
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(dimension, _)| *dimension == self).map_or("", |(_, names)| names[0])
    }
}

impl std::str::FromStr for Dimension {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let written = super::analysis::fold(text.trim());
        let names = || NAMES.iter().flat_map(|(dimension, names)| names.iter().map(move |name| (*dimension, *name)));
        if let Some((dimension, _)) = names().find(|(_, name)| *name == written) {
            return Ok(dimension);
        }
        let near = edit_distance::nearest(&written, names()).map_or_else(String::new, |near| format!("did you mean {}? ", near.name()));
        let all = NAMES.iter().map(|(dimension, _)| dimension.name()).collect::<Vec<_>>().join(", ");
        Err(format!("cannot count by `{text}`; {near}Write one of {all}, or two with a comma between"))
    }
}

/// Counts of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Records counted; cells may hold one of them several times.
    pub total: usize,
    /// Names of the dimensions, rows first.
    pub by: Vec<&'static str>,
    pub rows: Vec<Row>,
    /// Empty where there is one dimension.
    pub columns: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub value: String,
    /// Records in this row, each once.
    pub count: u64,
    /// In each of the columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<u64>,
}

/// What a record without a value counts under.
const UNKNOWN: &str = "unknown";

impl Index {
    /// Counts the records of a question by its first dimension, and across by its second.
    pub fn tabulate(&self, asked: &str, options: &Options, rows: Dimension, columns: Option<Dimension>) -> Result<Table, QueryError> {
        let plan = self.plan(asked, options)?.plan;
        let levels = Levels::of(self.searcher(), &plan.matching, &plan.criteria, options.count)?;
        let (mut total, mut counts) = (0, Counts::default());
        for (first, segment) in segments(self.searcher()) {
            let (down, across) = (Values::open(segment, rows)?, columns.map(|across| Values::open(segment, across)).transpose()?);
            for doc in levels.full.within(first, segment) {
                total += 1;
                let across = across.as_ref().map(|values| values.of(doc)).transpose()?;
                counts.add(&down.of(doc)?, across.as_deref());
            }
        }
        Ok(counts.table(total, rows, columns))
    }
}

#[derive(Default)]
struct Counts {
    rows: BTreeMap<String, u64>,
    columns: BTreeMap<String, u64>,
    cells: BTreeMap<(String, String), u64>,
}

impl Counts {
    fn add(&mut self, down: &[String], across: Option<&[String]>) {
        for row in down {
            *self.rows.entry(row.clone()).or_default() += 1;
            for column in across.unwrap_or_default() {
                *self.cells.entry((row.clone(), column.clone())).or_default() += 1;
            }
        }
        for column in across.unwrap_or_default() {
            *self.columns.entry(column.clone()).or_default() += 1;
        }
    }

    fn table(self, total: usize, rows: Dimension, columns: Option<Dimension>) -> Table {
        let headers = columns.map(|columns| in_order(columns, &self.columns)).unwrap_or_default();
        let row = |value: String| {
            let cell = |column: &String| self.cells.get(&(value.clone(), column.clone())).copied().unwrap_or(0);
            Row { count: self.rows.get(&value).copied().unwrap_or(0), cells: headers.iter().map(cell).collect(), value }
        };
        let table = in_order(rows, &self.rows).into_iter().map(row).collect();
        Table { total, by: [rows].into_iter().chain(columns).map(Dimension::name).collect(), rows: table, columns: headers }
    }
}

/// Times in their order without gaps, other values by how frequent they are; `unknown` last.
fn in_order(dimension: Dimension, counts: &BTreeMap<String, u64>) -> Vec<String> {
    let mut known: Vec<String> = counts.keys().filter(|value| *value != UNKNOWN).cloned().collect();
    let ends = known.first().zip(known.last()).map(|(first, last)| (first.clone(), last.clone()));
    match (dimension, ends) {
        (Dimension::Decade | Dimension::Year, Some((first, last))) => {
            let number = |text: &str| text.trim_end_matches('s').parse::<u64>().unwrap_or(0);
            let (step, end) = if dimension == Dimension::Decade { (10, "s") } else { (1, "") };
            known = (number(&first)..=number(&last)).step_by(step).map(|year| format!("{year:04}{end}")).collect();
        }
        (Dimension::Month, _) => {}
        _ => known.sort_by_key(|value| std::cmp::Reverse(counts.get(value).copied().unwrap_or(0))),
    }
    known.extend(counts.contains_key(UNKNOWN).then(|| UNKNOWN.to_owned()));
    known
}

/// The values of a dimension in one segment.
enum Values {
    Days(Column<u64>, Dimension),
    Words(Option<StrColumn>),
}

impl Values {
    fn open(segment: &SegmentReader, dimension: Dimension) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(match dimension {
            Dimension::Decade | Dimension::Year | Dimension::Month => Self::Days(fast.u64("published")?, dimension),
            words => Self::Words(fast.str(words.name())?),
        })
    }

    fn of(&self, doc: DocId) -> tantivy::Result<Vec<String>> {
        let mut found = Vec::new();
        match self {
            Self::Days(column, dimension) => found.extend(column.first(doc).map(|day| match dimension {
                Dimension::Decade => format!("{:03}0s", day / 100_000),
                Dimension::Year => format!("{:04}", day / 10_000),
                _ => format!("{:04}-{:02}", day / 10_000, day / 100 % 100),
            })),
            Self::Words(Some(column)) => {
                for ordinal in column.term_ords(doc) {
                    let mut value = String::new();
                    column.ord_to_str(ordinal, &mut value)?;
                    found.push(value);
                }
            }
            Self::Words(None) => {}
        }
        if found.is_empty() {
            found.push(UNKNOWN.to_owned());
        }
        Ok(found)
    }
}
