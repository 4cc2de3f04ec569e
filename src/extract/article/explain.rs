//! Why a page was read as it was: each block with its kind, label, score and features, and each day that it shows.

use serde::Serialize;

use super::block::blocks;
use super::known::Known;
use super::measure::Measure;
use super::surroundings::Surroundings;
use super::{feature, published, text};
use crate::extract::page::{Model, parse};
use crate::extract::{Entry, Page};

/// One block of a page.
#[derive(Debug, Serialize)]
pub struct BlockReport {
    pub text: String,
    pub kind: String,
    pub label: String,
    /// Above nought it is text.
    pub score: f32,
    /// In the element that holds heading and text.
    pub in_scope: bool,
    /// Name, value, and what it adds to the score.
    pub features: Vec<(&'static str, f32, f32)>,
}

/// The blocks of an entry's page in reading order.
pub fn explain(page: &Page, entry: &Entry) -> Vec<BlockReport> {
    let tree = parse(page).html;
    let model = Model::of(&tree, page);
    let known = Known::of(page, entry, &model);
    let blocks = blocks(&model);
    let around = Surroundings::of(&model, &blocks, &known);
    let measure = Measure::of(&around, &known);
    let mut vector = feature::Vector::default();
    let mut measured = Vec::new();
    let mut scores = Vec::new();
    for at in 0..blocks.len() {
        measure.read(at, &mut vector);
        scores.push(vector.score());
        measured.push(vector.parts().collect());
    }
    let labels = text::labels(&model, &around, &scores, &known);
    let rows = blocks.iter().enumerate().zip(measured).zip(scores.iter().zip(labels));
    rows.map(|(((at, block), features), (score, label))| BlockReport {
        text: block.text.clone(),
        kind: format!("{:?}", block.kind).to_lowercase(),
        label: format!("{label:?}").to_lowercase(),
        score: *score,
        in_scope: measure.structure.scope.contains(&at),
        features,
    })
    .collect()
}

/// One day that a page shows.
#[derive(Debug, Serialize)]
pub struct DayReport {
    /// The block that it stands in.
    pub text: String,
    /// None if it cannot be the day of a page.
    pub day: Option<String>,
    /// Name and value of what is measured of it.
    pub signs: Vec<(String, f32)>,
}

/// The days of an entry's page in reading order, and the one that it tells to machines.
pub fn days(page: &Page, entry: &Entry) -> (Vec<DayReport>, Option<String>) {
    let tree = parse(page).html;
    let model = Model::of(&tree, page);
    let known = Known::of(page, entry, &model);
    let blocks = blocks(&model);
    let around = Surroundings::of(&model, &blocks, &known);
    let stated = published::stated(&model, &known);
    let mentions = published::mentions(&model, &around, &known, stated.as_ref());
    let report = |mention: &super::day::Mention| DayReport {
        text: blocks[mention.block].text.clone(),
        day: mention.day.ok().map(|day| day.to_string()),
        signs: mention.signs().collect(),
    };
    (mentions.iter().map(report).collect(), stated.map(|stated| stated.day.to_string()))
}
