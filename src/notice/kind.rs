//! What a notice is: one of seven kinds, from the whole notice.
//!
//! Cues of `data/kind.tsv` are weighed (a title threefold, a body only where there is no summary) together
//! with the notice's build: who looks, whether anyone is named, whether the title is `Name (Country)`. No
//! single keyword decides: a project's press conference is news, a guide to finding a partner is a guide.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::cues::Cues;
use super::evidence::Ledger;
use super::text::Text;
use crate::record::{Kind, Where};

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/kind.tsv")));

/// A title says what the notice is; its summary says more about its party.
const TITLE: i32 = 3;
/// Below this a cue is a word in passing.
const LEAST: i32 = 5;

/// How a notice is built, as the readers of places found it.
#[expect(clippy::struct_excessive_bools, reason = "four independent signs, read once")]
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// A search is stated: text index and span of its words.
    pub seeks: Option<(usize, Range<usize>)>,
    /// The search is stated in the title.
    pub seeks_in_title: bool,
    /// The reader is invited to become a partner.
    pub invites: bool,
    /// The search is over: an agreement was signed, an anniversary kept.
    pub done: bool,
    /// A party is named in a place where seekers stand: text index and span.
    pub named: Option<(usize, Range<usize>)>,
    /// The title is nothing but `Name (Country)`.
    pub bare_title: bool,
    /// Several parties are spoken of together: `ukrajinská města`.
    pub plural: Option<(usize, Range<usize>)>,
}

/// The kind with the words that say so; `None` only for a notice without a title.
pub fn read(texts: &[&Text], build: &Build, ledger: &mut Ledger) -> Option<Kind> {
    let mut scores: BTreeMap<Kind, i32> = BTreeMap::new();
    let mut words: BTreeMap<Kind, (i32, usize, Range<usize>, &'static str)> = BTreeMap::new();
    let mut add = |kind: Kind, weight: i32, text: usize, span: Range<usize>, rule: &'static str| {
        *scores.entry(kind).or_default() += weight;
        if words.get(&kind).is_none_or(|(known, ..)| weight > *known) {
            words.insert(kind, (weight, text, span, rule));
        }
    };
    let has_summary = texts.iter().any(|text| text.place == Where::Summary);
    for (index, text) in texts.iter().enumerate() {
        let weight = match text.place {
            Where::Title => TITLE,
            Where::Summary => 1,
            Where::Body if !has_summary => 1,
            _ => continue,
        };
        let range = if text.place == Where::Body { 0..opening(text) } else { 0..text.shadow.len() };
        let mut seen: Vec<Kind> = Vec::new();
        for hit in CUES.find(text, range) {
            let Some(kind) = named(hit.cue.group) else { continue };
            // Ten seminars in one summary are no surer than two.
            let share = match seen.iter().filter(|other| **other == kind).count() {
                0 => 1,
                1 => 2,
                _ => continue,
            };
            seen.push(kind);
            add(kind, hit.cue.weight * weight / share, index, hit.start..hit.end, "kind.cue");
        }
    }
    weigh_build(build, &mut add);
    let best = scores.iter().max_by_key(|&(kind, score)| (*score, std::cmp::Reverse(*kind))).filter(|(_, score)| **score >= LEAST);
    let (kind, (_, text, span, rule)) = match best.and_then(|(kind, _)| Some((*kind, words.get(kind)?.clone()))) {
        Some(read) => read,
        // Dated, and none of the other six: what is left is news.
        None if !texts.first()?.shadow.trim().is_empty() => (Kind::News, (0, 0, 0..texts.first()?.shadow.len(), "kind.otherwise")),
        None => return None,
    };
    ledger.note("kind", texts[text], span, rule);
    Some(kind)
}

/// End of the sentences that introduce a body.
pub fn opening(text: &Text) -> usize {
    const SENTENCES: usize = 4;
    text.sentences.get(SENTENCES - 1).or(text.sentences.last()).map_or(0, |sentence| sentence.end)
}

fn weigh_build(build: &Build, add: &mut impl FnMut(Kind, i32, usize, Range<usize>, &'static str)) {
    let search = if build.done {
        6
    } else if build.seeks_in_title {
        30
    } else {
        20
    };
    match (&build.seeks, &build.named, &build.plural) {
        (Some((text, span)), Some(_), _) => add(Kind::PartnerSearch, search, *text, span.clone(), "kind.named-seeker"),
        (Some((text, span)), None, Some(_)) => add(Kind::PartnerList, 18, *text, span.clone(), "kind.many-seekers"),
        (Some((text, span)), None, None) => add(Kind::PartnerList, 8, *text, span.clone(), "kind.unnamed-seeker"),
        _ => {}
    }
    if let (Some((text, span)), true) = (&build.named, build.bare_title) {
        add(Kind::PartnerSearch, 16, *text, span.clone(), "kind.name-and-country");
    }
    if let (Some((0, span)), None, false) = (&build.named, &build.seeks, build.bare_title) {
        add(Kind::PartnerSearch, 6, 0, span.clone(), "kind.named-in-title");
    }
    if let (Some((text, span)), None, true) = (&build.named, &build.seeks, build.invites) {
        add(Kind::PartnerSearch, 16, *text, span.clone(), "kind.invitation");
    }
}

fn named(name: &str) -> Option<Kind> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}
