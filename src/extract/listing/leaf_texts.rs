//! What each leaf of a page says, with its dates and without each of them: read and measured once.

use std::collections::HashMap;
use std::ops::Range;

use super::anchor::Anchor;
use super::dated_leaf::{DatedLeaf, Place};
use super::leaf::{Kind, Leaf};
use super::phrases::without_window;
use super::text::{Text, tidy};
use crate::extract::dates;
use crate::extract::page::Dom;
use crate::extract::text::normalise;

pub struct LeafTexts {
    texts: Vec<Text>,
    /// Of each leaf, by number.
    whole: Vec<usize>,
    /// Of each dated leaf without its date.
    undated: HashMap<(usize, usize), usize>,
}

impl LeafTexts {
    pub fn of(dom: &Dom, anchors: &[Anchor], leaves: &[Leaf], dated: &[DatedLeaf]) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut number = |text: String| {
            let next = numbers.len();
            *numbers.entry(text).or_insert(next)
        };
        let whole = leaves.iter().map(|leaf| number(whole(dom, leaf))).collect();
        let without = |dated: &DatedLeaf| {
            let leaf = &leaves[dated.leaf];
            let span =
                date_span(dom, leaf, &anchors[dated.anchor]).filter(|_| dated.place != Place::Inside && leaf.kind != Kind::Picture)?;
            let parts = [leaf.span.start..span.start, span.end..leaf.span.end].map(|part| tidy(&dom.text[part]).to_owned());
            Some(((dated.leaf, dated.anchor), number(tidy(&parts.concat()).replace('\n', " "))))
        };
        let undated = dated.iter().filter_map(without).collect();
        let mut texts: Vec<(String, usize)> = numbers.into_iter().collect();
        texts.sort_unstable_by_key(|(_, number)| *number);
        Self { texts: texts.into_iter().map(|(text, number)| Text::of(text, number)).collect(), whole, undated }
    }

    /// All that a leaf says.
    pub fn whole(&self, leaf: usize) -> &Text {
        &self.texts[self.whole[leaf]]
    }

    /// What it says without the date of its record, unless the date stands in the middle of words.
    pub fn without(&self, leaf: usize, dated: Option<DatedLeaf>) -> &Text {
        let undated = dated.and_then(|dated| self.undated.get(&(leaf, dated.anchor)));
        undated.map_or_else(|| self.whole(leaf), |number| &self.texts[*number])
    }
}

fn whole(dom: &Dom, leaf: &Leaf) -> String {
    match leaf.kind {
        Kind::Picture => picture(dom, leaf),
        _ => tidy(without_window(&dom.text[leaf.span.clone()])).replace('\n', " "),
    }
}

/// The date with its label, where it stands at an edge of the leaf.
fn date_span(dom: &Dom, leaf: &Leaf, anchor: &Anchor) -> Option<Range<usize>> {
    if anchor.span.is_empty() || anchor.span.start < leaf.span.start || leaf.span.end < anchor.span.end {
        return None;
    }
    let before = &dom.text[leaf.span.start..anchor.span.start];
    let start = if dates::is_date_label(before) { leaf.span.start } else { anchor.span.start };
    Some(start..anchor.span.end)
}

/// What a picture that is a link says: its alternative text, else the tooltip.
fn picture(dom: &Dom, leaf: &Leaf) -> String {
    let inside = (leaf.node..dom.nodes[leaf.node].end).find_map(|at| dom.attr(at, "alt"));
    let said = inside.or_else(|| dom.attr(leaf.node, "title")).or_else(|| dom.attr(leaf.node, "aria-label"));
    normalise(said.unwrap_or_default())
}
