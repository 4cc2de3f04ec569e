//! What the items of one list have in common, and so cannot name a single one of them.
//!
//! A page that several items link to is a category, a tag, an author; words that most items link with
//! ("Detail of the offer") are a "more" link in this site's own wording; short lines that come back in
//! many items, figures aside ("Category", "3 min read"), are labels.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::ground::{Anchor, Ground};
use super::lines::{Line, lines};
use super::links::{Wording, plain};
use super::segments::Item;

#[derive(Default)]
pub struct Shared {
    pages: BTreeSet<Url>,
    words: BTreeSet<String>,
    labels: BTreeSet<String>,
    /// Most items begin with a label.
    labelled: bool,
}

/// Words of a label at most.
const LABEL: usize = 4;
/// Dates of one item that are left out of its labels.
const DATES: usize = 8;

impl Shared {
    pub fn of(ground: &Ground, items: &[Item]) -> Self {
        let mut pages: BTreeMap<Url, usize> = BTreeMap::new();
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        let mut firsts: Vec<String> = Vec::new();
        for item in items {
            let (first, shown) = shown(ground, item);
            firsts.extend(first);
            for label in shown {
                *labels.entry(label).or_default() += 1;
            }
            let anchors = || item.roots.iter().flat_map(|root| ground.anchors_in(*root));
            for page in anchors().filter_map(|anchor| anchor.page.clone()).collect::<BTreeSet<_>>() {
                *pages.entry(page).or_default() += 1;
            }
            for said in anchors().filter(|a| a.wording == Wording::Title).map(|a| said(ground, a)).collect::<BTreeSet<_>>() {
                *words.entry(said).or_default() += 1;
            }
        }
        let many = |count: usize| count > 2 && 5 * count >= items.len();
        let labels: BTreeSet<String> = labels.into_iter().filter(|(_, count)| many(*count)).map(|(label, _)| label).collect();
        Self {
            labelled: 2 * firsts.iter().filter(|first| labels.contains(*first)).count() > items.len(),
            labels,
            pages: pages.into_iter().filter(|(_, count)| *count > 1).map(|(page, _)| page).collect(),
            words: words.into_iter().filter(|(_, count)| *count > 1 && 2 * count > items.len()).map(|(said, _)| said).collect(),
        }
    }

    /// Whether many items show this text.
    pub fn is_label(&self, text: &str) -> bool {
        label(text).is_some_and(|label| self.labels.contains(&label))
    }

    /// Whether an item that begins with this text begins with a label, as most others do.
    pub fn is_first_label(&self, text: &str) -> bool {
        label(text).is_some_and(|label| self.labelled || self.labels.contains(&label))
    }

    /// Whether several items lead there.
    pub fn leads(&self, page: &Url) -> bool {
        self.pages.contains(page)
    }

    /// Whether the link says what most items say.
    pub fn is_said(&self, ground: &Ground, anchor: &Anchor) -> bool {
        self.words.contains(&said(ground, anchor))
    }
}

/// What an item shows first, and all its whole lines and elements, as far as they could be labels.
fn shown(ground: &Ground, item: &Item) -> (Option<String>, BTreeSet<String>) {
    let hidden: Vec<usize> = item.roots.iter().flat_map(|root| ground.stamps_in(*root)).take(DATES).collect();
    let lines = lines(ground, &item.roots, &hidden);
    let whole = lines.iter().map(Line::raw);
    let pieces = || lines.iter().flat_map(|line| &line.pieces).map(|piece| piece.text.clone());
    let first = pieces().find(|text| text.contains(char::is_alphanumeric)).and_then(|text| label(&text));
    (first, whole.chain(pieces()).filter_map(|text| label(&text)).collect())
}

/// The text as a label, figures made alike; none if it is too long for one.
fn label(text: &str) -> Option<String> {
    if text.len() > 200 {
        return None;
    }
    let words = plain(text);
    let few = (1..=LABEL).contains(&words.split(' ').filter(|word| word.contains(char::is_alphabetic)).count());
    few.then(|| {
        words.split(' ').map(|word| if word.bytes().all(|byte| byte.is_ascii_digit()) { "#" } else { word }).collect::<Vec<_>>().join(" ")
    })
}

fn said(ground: &Ground, anchor: &Anchor) -> String {
    plain(&ground.outline.text(anchor.node))
}
