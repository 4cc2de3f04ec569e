//! A date where it stands: its leaf, and how much else the leaf says.
//!
//! Whether it dates an entry is left to candidates and readings.

use super::anchor::Anchor;
use super::leaf::Leaf;
use super::leaf_measures::is_label;
use crate::extract::dates;
use crate::extract::page::Dom;

/// Bytes of what a page calls a date.
const LONGEST_LABEL: usize = 40;

/// Signs between a date and other things that a line says.
const SIGNS: &str = "|·•–—-/:;[](){}<>»«";

/// How a date stands in its leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// With nothing but its label.
    Alone,
    /// At the start or the end.
    Edge,
    Inside,
}

/// A dated leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DatedLeaf {
    pub leaf: usize,
    pub anchor: usize,
    pub place: Place,
}

/// Every date of the leaves, in their order.
pub fn find(dom: &Dom, leaves: &[Leaf], anchors: &[Anchor]) -> Vec<DatedLeaf> {
    let of_leaf = |(leaf, own): (usize, &Leaf)| {
        let dated = |anchor: usize| DatedLeaf { leaf, anchor, place: place(dom, own, &anchors[anchor]) };
        own.anchors.clone().map(dated).collect::<Vec<_>>()
    };
    leaves.iter().enumerate().flat_map(of_leaf).collect()
}

/// What the page calls the date: the words with a colon before it in its leaf, but for those that lead up to it, else the leaf before, if it
/// ends with a colon or says nothing but publication.
pub fn label<'d>(dom: &'d Dom, leaves: &[Leaf], anchors: &[Anchor], dated: &DatedLeaf) -> Option<&'d str> {
    let (leaf, anchor) = (&leaves[dated.leaf], &anchors[dated.anchor]);
    let before = anchors[leaf.anchors.clone()].iter().take_while(|other| other.span.start < anchor.span.start).last();
    let from = before.map_or(leaf.span.start, |other| other.span.end);
    let within = dom.text.get(from..anchor.span.start).and_then(|words| {
        let label = &words[..=words.rfind(':')?];
        dates::is_date_label(&words[label.len()..]).then_some(label)
    });
    let says = |leaf: &Leaf| &dom.text[leaf.span.clone()];
    let ahead = || {
        let ahead = dated.leaf.checked_sub(1).map(|at| &leaves[at]);
        ahead.filter(|ahead| is_label(dom, ahead) || dates::names_publication(says(ahead))).map(says)
    };
    within.or_else(ahead).map(str::trim).filter(|label| label.len() <= LONGEST_LABEL)
}

/// The signs that part the date from the words beside it in its leaf; none if words stand on both sides.
pub fn signs(dom: &Dom, leaves: &[Leaf], anchors: &[Anchor], dated: &DatedLeaf) -> Option<[Option<char>; 2]> {
    let (leaf, anchor) = (&leaves[dated.leaf], &anchors[dated.anchor]);
    let before = dom.text.get(leaf.span.start..anchor.span.start)?;
    let after = dom.text.get(anchor.span.end..leaf.span.end)?;
    let parts = |c: &char| SIGNS.contains(*c);
    let signs = [before.trim_end().chars().next_back().filter(parts), after.trim_start().chars().next().filter(parts)];
    signs.iter().any(Option::is_some).then_some(signs)
}

/// Where the anchor stands in its leaf.
fn place(dom: &Dom, leaf: &Leaf, anchor: &Anchor) -> Place {
    if anchor.span.is_empty() || anchor.span.end > leaf.span.end {
        return Place::Alone;
    }
    let before = &dom.text[leaf.span.start..anchor.span.start.max(leaf.span.start)];
    let after = &dom.text[anchor.span.end..leaf.span.end];
    let empty = |text: &str| !text.contains(char::is_alphanumeric);
    match (empty(before) || dates::is_date_label(before), empty(after)) {
        (true, true) => Place::Alone,
        (true, false) | (false, true) => Place::Edge,
        (false, false) => Place::Inside,
    }
}
