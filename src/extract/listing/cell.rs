//! A cell: one leaf of a record as it stands in the table of a list, its text without the date of the record.
//!
//! What a text is by itself `text` says; what it serves as, the column decides.

use std::ops::Range;

use jiff::civil::Date;

use super::anchor::Anchor;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place, place};
use super::leaf::{Kind, Leaf};
use super::order::Decision;
use super::text::tidy;
use crate::extract::dates::{self, Form, Impossible, Order};
use crate::extract::text::normalise;

/// The leaves of one record and the date that dates it.
#[derive(Clone, Debug)]
pub struct Record {
    pub leaves: Range<usize>,
    pub dated: Option<DatedLeaf>,
}

impl Record {
    /// No other date that stands alone in the record lies before its own: an entry is published before it is changed or
    /// taken down. Figures whose order nothing settles say nothing.
    pub fn has_earliest_date(&self, context: &Context, order: Decision) -> bool {
        let is_settled = |anchor: &Anchor| !order.open || anchor.order != Order::Open;
        let Some(own) = self.dated.map(|dated| &context.anchors[dated.anchor]).filter(|own| is_settled(own)) else { return true };
        let own = order.day(own);
        let is_before = |day: Date| own == Err(Impossible::Future) || own.is_ok_and(|own| day < own);
        let alone = context.dated_leaves(self.leaves.clone()).filter(|dated| context.place(*dated) == Place::Alone);
        let days = alone.map(|dated| &context.anchors[dated.anchor]).filter(|other| other.form != Form::Range && is_settled(other));
        !days.filter_map(|other| order.day(other).ok()).any(is_before)
    }
}

/// A leaf of a record without the record's date.
#[derive(Clone, Debug)]
pub struct Cell {
    pub leaf: usize,
    pub text: String,
    pub column: usize,
    /// The label with a colon before it, hashed.
    pub label: Option<u64>,
}

/// The tooltip of a cell's link.
pub fn tooltip(context: &Context, cell: &Cell) -> Option<String> {
    let tip = normalise(context.dom.attr(context.leaves[cell.leaf].link?, "title")?);
    (!tip.is_empty()).then_some(tip)
}

/// Text of a leaf without the date of its record, unless the date stands in the middle of words.
pub fn text(context: &Context, leaf: usize, dated: Option<DatedLeaf>) -> String {
    let own = &context.leaves[leaf];
    if own.kind == Kind::Picture {
        return picture(context, own);
    }
    let span = dated.and_then(|dated| date_span(context, own, &context.anchors[dated.anchor]));
    let whole = |range: Range<usize>| context.dom.text[range].to_owned();
    let text = match span {
        Some(span) => [tidy(&whole(own.span.start..span.start)), tidy(&whole(span.end..own.span.end))].concat(),
        None => whole(own.span.clone()),
    };
    tidy(&text.replace('\n', " "))
}

/// The date with its label, where it stands at an edge of the leaf.
pub fn date_span(context: &Context, leaf: &Leaf, anchor: &Anchor) -> Option<Range<usize>> {
    let inside = leaf.span.start <= anchor.span.start && anchor.span.end <= leaf.span.end;
    if anchor.span.is_empty() || !inside || place(context.dom, leaf, anchor) == Place::Inside {
        return None;
    }
    let before = &context.dom.text[leaf.span.start..anchor.span.start];
    let start = if dates::is_date_label(before) { leaf.span.start } else { anchor.span.start };
    Some(start..anchor.span.end)
}

/// What a picture that is a link says: its alternative text, else the tooltip.
fn picture(context: &Context, leaf: &Leaf) -> String {
    let dom = context.dom;
    let inside = (leaf.node..dom.nodes[leaf.node].end).find_map(|at| dom.attr(at, "alt"));
    let said = inside.or_else(|| dom.attr(leaf.node, "title")).or_else(|| dom.attr(leaf.node, "aria-label"));
    normalise(said.unwrap_or_default())
}
