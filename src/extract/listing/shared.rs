//! What the items of one list have in common, and so cannot name a single one of them.
//!
//! A page that several items link to is a category, a tag, an author; words that most items link with
//! ("Detail of the offer") are a "more" link in this site's own wording.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::ground::{Anchor, Ground};
use super::links::{Wording, plain};
use super::segments::Item;

#[derive(Default)]
pub struct Shared {
    pages: BTreeSet<Url>,
    words: BTreeSet<String>,
}

impl Shared {
    pub fn of(ground: &Ground, items: &[Item]) -> Self {
        let mut pages: BTreeMap<Url, usize> = BTreeMap::new();
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for item in items {
            let anchors = || item.roots.iter().flat_map(|root| ground.anchors_in(*root));
            for page in anchors().filter_map(|anchor| anchor.page.clone()).collect::<BTreeSet<_>>() {
                *pages.entry(page).or_default() += 1;
            }
            for said in anchors().filter(|a| a.wording == Wording::Title).map(|a| said(ground, a)).collect::<BTreeSet<_>>() {
                *words.entry(said).or_default() += 1;
            }
        }
        Self {
            pages: pages.into_iter().filter(|(_, count)| *count > 1).map(|(page, _)| page).collect(),
            words: words.into_iter().filter(|(_, count)| *count > 1 && 2 * count > items.len()).map(|(said, _)| said).collect(),
        }
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

fn said(ground: &Ground, anchor: &Anchor) -> String {
    plain(&ground.outline.text(anchor.node))
}
