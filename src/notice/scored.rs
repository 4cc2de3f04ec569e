//! The candidates of a notice with what speaks for and against each: for `show --why` and for fitting the weights.
//!
//! Reads the notice anew; refuses to change what was read.

use super::document::Document;
use super::evidence::Ledger;
use super::model::{Share, WORD, probability, snake};
use super::{Notice, Resolved, document, kind};
use crate::record::{Kind, Where};

/// One candidate and its features.
#[derive(Clone, Debug)]
pub struct ScoredCandidate {
    /// `kind`, `seeker`, `wanted` or `theme`.
    pub decision: &'static str,
    /// What the candidate is: a kind, a name, a country, a theme.
    pub value: String,
    /// Where its words stand; none for a kind.
    pub place: Option<Where>,
    /// Whether it was taken.
    pub taken: bool,
    /// Probability that it is right, by the weights.
    pub probability: f64,
    /// The strongest first.
    pub features: Vec<Share>,
    /// The words that may speak for or against, whether or not the weights know them.
    pub words: Vec<String>,
}

/// All candidates of a notice.
pub fn score_candidates(notice: &Notice) -> Vec<ScoredCandidate> {
    let document: Document = document(notice);
    let resolved = Resolved::of(&document, &mut Ledger::default());
    let place = |part: usize| Some(document.parts[part].text.place);
    let said = resolved.kind.as_ref().map(|reading| reading.kind);
    let kinds = resolved.kind.iter().map(|reading| ScoredCandidate {
        decision: "kind",
        value: snake(&reading.kind),
        place: None,
        taken: true,
        probability: reading.probability,
        features: reading.shares(),
        words: kind::words(&document).map(|(_, _, word)| format!("{WORD}{word}")).collect(),
    });
    let first = resolved.names.iter().enumerate().filter(|(at, name)| name.first == *at);
    let names = first.map(|(at, name)| ScoredCandidate {
        decision: "seeker",
        value: document.parts[name.part].words(name.name).to_owned(),
        place: place(name.part),
        taken: said == Some(Kind::PartnerSearch) && resolved.seekers.contains(&at),
        probability: name.probability(),
        features: name.shares(),
        words: Vec::new(),
    });
    let countries = resolved.wanted.iter().map(|country| ScoredCandidate {
        decision: "wanted",
        value: country.iso2.to_owned(),
        place: place(country.part),
        taken: country.score > 0.0,
        probability: probability(country.score),
        features: country.shares(),
        words: Vec::new(),
    });
    let themes = resolved.themes.iter().map(|theme| ScoredCandidate {
        decision: "theme",
        value: snake(&theme.theme),
        place: place(theme.part),
        taken: theme.score > 0.0,
        probability: probability(theme.score),
        features: theme.shares(),
        words: Vec::new(),
    });
    kinds.chain(names).chain(countries).chain(themes).collect()
}
