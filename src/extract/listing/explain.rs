//! Why a page was read as it was: the candidates with their columns, features, weights and scores.

use jiff::civil::Date;
use serde::Serialize;

use super::anchor;
use super::context::Context;
use super::dated_leaf::Place;
use super::reading::Reading;
use super::score::{Features, weight};
use crate::extract::dates::Form;

/// The candidates, the best first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explanation {
    pub candidates: Vec<Candidate>,
}

/// A list that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    pub layout: String,
    pub records: usize,
    /// Day and title of the first record.
    pub first: String,
    pub score: f64,
    pub features: Vec<Feature>,
    pub columns: Vec<ColumnOf>,
    /// Day and title of every record.
    pub rows: Vec<(Option<Date>, String)>,
}

/// A column of such a list.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnOf {
    pub name: String,
    /// Text in the first record that has one.
    pub sample: String,
    pub score: f64,
    pub features: Vec<Feature>,
    /// Texts of all records; empty where a record has none.
    pub texts: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Feature {
    pub name: &'static str,
    pub value: f64,
    pub weight: f64,
}

impl Explanation {
    pub(super) fn of(context: &Context, readings: &[Reading]) -> Self {
        Self { candidates: readings.iter().map(|reading| candidate(context, reading)).collect() }
    }
}

fn features(kind: &str, features: &Features) -> Vec<Feature> {
    features.0.iter().map(|(name, value)| Feature { name, value: *value, weight: weight(kind, name) }).collect()
}

fn candidate(context: &Context, reading: &Reading) -> Candidate {
    let columns = reading.table.columns.iter().enumerate().map(|(at, column)| {
        let text =
            |row: &Vec<super::cell::Cell>| row.iter().find(|cell| cell.column == at).map_or_else(String::new, |cell| cell.text.to_string());
        let texts: Vec<String> = reading.table.rows.iter().map(text).collect();
        let sample = texts.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        ColumnOf { name: column.name.clone(), sample, score: column.score, features: features("title", &column.features), texts }
    });
    let mut columns: Vec<ColumnOf> = columns.collect();
    columns.sort_by(|a, b| b.score.total_cmp(&a.score));
    let title = reading.table.title(0).map_or("", |cell| &**cell.text);
    let day = reading
        .records
        .first()
        .and_then(|record| record.dated)
        .map_or("", |dated| anchor::words(context.dom, &context.anchors[dated.anchor]));
    let rows = reading.records.iter().enumerate().map(|(row, record)| {
        let day = record.dated.map(|dated| &context.anchors[dated.anchor]).filter(|anchor| anchor.form != Form::Range);
        let title = reading.table.title(row).map_or_else(String::new, |cell| cell.text.to_string());
        (day.and_then(|anchor| reading.order.day(anchor).ok()), title)
    });
    Candidate {
        layout: layout(context, reading),
        records: reading.records.len(),
        first: format!("{} {title}", day.replace('\n', " ")),
        score: reading.score,
        features: features("list", &reading.features),
        columns,
        rows: rows.collect(),
    }
}

/// The layout in words.
pub(super) fn layout(context: &Context, reading: &Reading) -> String {
    let Some(record) = reading.records.iter().find(|record| record.dated.is_some()) else { return String::new() };
    let Some(dated) = record.dated else { return String::new() };
    let (dom, leaf) = (context.dom, &context.leaves[dated.leaf]);
    let (first, last) = (&context.leaves[record.leaves.start], &context.leaves[record.leaves.end - 1]);
    let container = dom.common(first.nodes.start, last.nodes.end - 1);
    let place = match dated.place {
        Place::Alone => "alone in",
        Place::Edge => "at the edge of",
        Place::Inside => "inside",
    };
    let title = reading.table.title(0).map_or_else(String::new, |cell| format!(", title in {}", reading.table.columns[cell.column].name));
    format!("{} × {}, date {place} {}{title}", dom.tag(container), reading.records.len(), dom.tag(leaf.node))
}
