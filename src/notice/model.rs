//! A linear model with its weights in a table: what each feature speaks for and against.
//!
//! `data/weights/*.tsv` has a row for each feature and a column for each answer; the weights are fitted by
//! `data/weights/fit.py` on the labelled notices and may be read and changed by anyone. Of words (`words.rs`) a table names
//! those that matter. Refuses a table that names another feature which the code does not know.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Debug;

use crate::lang::rows;

/// A feature by number, and how much of it there is.
pub type Feature = (usize, f64);

/// An enum of features, named in the table as its variants are, in kebab case.
macro_rules! features {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum $name { $($variant),* }

        impl $name {
            fn names() -> impl Iterator<Item = String> {
                [$($name::$variant),*].into_iter().map(|feature| $crate::notice::model::kebab(&feature))
            }
        }
    };
}
pub(crate) use features;

/// `KnownThere` as a table writes it: `known-there`.
pub fn kebab(variant: &impl Debug) -> String {
    parted(variant, '-')
}

/// `KnownThere` as a record writes it: `known_there`.
pub fn snake(variant: &impl Debug) -> String {
    parted(variant, '_')
}

fn parted(variant: &impl Debug, by: char) -> String {
    let mut out = String::new();
    for char in format!("{variant:?}").chars() {
        if char.is_uppercase() && !out.is_empty() {
            out.push(by);
        }
        out.extend(char.to_lowercase());
    }
    out
}

/// What a feature adds to an answer.
#[derive(Clone, Debug)]
pub struct Share {
    pub feature: String,
    /// How much of the feature there is; one for most.
    pub value: f64,
    /// Logits: above zero it speaks for the answer, below against.
    pub adds: f64,
}

/// `ANSWERS` is the number of answers; a yes-or-no decision has one.
pub struct Model<const ANSWERS: usize> {
    pub names: Vec<String>,
    weights: Vec<[f64; ANSWERS]>,
    /// Numbers of the features that are words.
    words: HashMap<&'static str, usize>,
}

/// What a table calls a word: `word hleda`.
pub const WORD: &str = "word ";

impl<const ANSWERS: usize> Model<ANSWERS> {
    /// Reads a table; the first feature is the bias, which every candidate has, and the last are the words.
    pub fn new(data: &'static str, features: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = std::iter::once("bias".to_owned()).chain(features).collect();
        let words = rows(data).filter_map(|row| row[0].strip_prefix(WORD)).zip(names.len()..).collect();
        names.extend(rows(data).map(|row| row[0].to_owned()).filter(|name| name.starts_with(WORD)));
        let mut numbers = HashMap::new();
        for (number, name) in names.iter().enumerate() {
            assert!(numbers.insert(name.as_str(), number).is_none(), "two features have one name: {name}");
        }
        let mut weights = vec![[0.0; ANSWERS]; names.len()];
        for row in rows(data) {
            let feature = *numbers.get(row[0]).unwrap_or_else(|| panic!("a table of weights names {}, which is no feature", row[0]));
            for (answer, weight) in weights[feature].iter_mut().enumerate() {
                *weight = row[answer + 1].parse().unwrap_or_else(|_| panic!("{}: a weight is a number", row[0]));
            }
        }
        Self { names, weights, words }
    }

    /// The words that the table names, each once however often it is said.
    pub fn words<'a>(&self, said: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Feature> {
        let known: BTreeSet<usize> = said.filter_map(|word| self.words.get(word).copied()).collect();
        known.into_iter().map(|feature| (feature, 1.0))
    }

    /// The word that a feature is.
    pub fn word(&self, feature: usize) -> Option<&str> {
        self.names[feature].strip_prefix(WORD)
    }

    /// What the features say for each answer, in logits.
    pub fn sum(&self, features: &[Feature]) -> [f64; ANSWERS] {
        let mut sums = self.weights[0];
        for &(feature, value) in features {
            for (answer, sum) in sums.iter_mut().enumerate() {
                *sum += self.weights[feature][answer] * value;
            }
        }
        sums
    }

    /// What each feature adds for an answer, the strongest first.
    pub fn shares(&self, features: &[Feature], answer: usize) -> Vec<Share> {
        let share = |&(feature, value): &Feature| Share {
            feature: self.names[feature].clone(),
            value,
            adds: self.weights[feature][answer] * value,
        };
        let mut shares: Vec<Share> = features.iter().chain([&(0, 1.0)]).map(share).collect();
        shares.sort_by(|one, other| other.adds.abs().total_cmp(&one.adds.abs()));
        shares
    }
}

/// The probability of a logit (logistic function).
pub fn probability(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// The probability of the first of several logits against the others (softmax).
pub fn share(logits: &[f64], answer: usize) -> f64 {
    1.0 / logits.iter().map(|logit| (logit - logits[answer]).exp()).sum::<f64>()
}
