//! Scores that can be read: features by name, each with its weight, summed.
//!
//! Weights stand in `data/weights.tsv` with a word on each; `tests/fit` says how they were found. Nothing decides that
//! has no line there.

use std::collections::HashMap;
use std::sync::OnceLock;

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
    static WEIGHTS: OnceLock<HashMap<(&'static str, &'static str), f64>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let lines = include_str!("data/weights.tsv").lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some(((fields.next()?, fields.next()?), fields.next()?.parse().ok()?))
            })
            .collect()
    })
}
