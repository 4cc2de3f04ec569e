//! A cell: one leaf of a record as it stands in the table of a list, its text without the date of the record.
//!
//! What a text is by itself `text` says; what it serves as, the column decides.

use std::ops::Range;

use jiff::civil::Date;

use super::anchor::Anchor;
use super::context::Context;
use super::dated_leaf::{DatedLeaf, Place};
use super::order::Decision;
use super::text::Text;
use crate::extract::dates::{Form, Impossible, Order};
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
        let is_before = |day: Date| matches!(own, Err(Impossible::Future(_))) || own.is_ok_and(|own| day < own);
        let alone = context.dated_leaves(self.leaves.clone()).filter(|dated| dated.place == Place::Alone);
        let days = alone.map(|dated| &context.anchors[dated.anchor]).filter(|other| other.form != Form::Range && is_settled(other));
        !days.filter_map(|other| order.day(other).ok()).any(is_before)
    }
}

/// A leaf of a record without the record's date.
#[derive(Clone, Debug)]
pub struct Cell<'c> {
    pub leaf: usize,
    pub text: &'c Text,
    pub column: usize,
    /// The label with a colon before it, by the number of its text.
    pub label: Option<usize>,
    /// The shape of the block that it opens: nothing with letters stands before it there.
    pub opens: Option<u64>,
}

/// The tooltip of a cell's link.
pub fn tooltip(context: &Context, cell: &Cell) -> Option<String> {
    let tip = normalise(context.dom.attr(context.leaves[cell.leaf].link?, "title")?);
    (!tip.is_empty()).then_some(tip)
}

/// What stands before a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Before {
    Nothing,
    Column(usize),
}

impl Before {
    pub fn of(row: &[Cell], at: usize) -> Self {
        at.checked_sub(1).map_or(Self::Nothing, |at| Self::Column(row[at].column))
    }
}
