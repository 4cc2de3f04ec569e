//! Scores that can be read: features by name, each with its weight, summed.
//!
//! Weights stand in `data/weights.tsv` with a word on each; `tests/fit` says how they were found. Nothing decides that
//! has no line there.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lang::rows;

/// Named measures of one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(pub Vec<(&'static str, f64)>);

impl Features {
    /// Sum of the features by the weights of a kind of thing (`title`, `link`, `list`).
    pub fn score(&self, kind: &str) -> f64 {
        self.0.iter().map(|(name, value)| weight(kind, name) * value).sum::<f64>() + weight(kind, "constant")
    }

    pub fn get(&self, wanted: &str) -> f64 {
        self.0.iter().find(|(name, _)| *name == wanted).map_or(0.0, |(_, value)| *value)
    }
}

/// Weight of a feature; none for what has no line.
pub fn weight(kind: &str, name: &str) -> f64 {
    weights().get(&(kind, name)).copied().unwrap_or(0.0)
}

pub fn weights() -> &'static HashMap<(&'static str, &'static str), f64> {
    static WEIGHTS: LazyLock<HashMap<(&str, &str), f64>> = LazyLock::new(|| {
        let weight = |row: Vec<&'static str>| Some(((row[0], row[1]), row.get(2)?.parse().ok()?));
        rows(include_str!("data/weights.tsv")).filter_map(weight).collect()
    });
    &WEIGHTS
}
