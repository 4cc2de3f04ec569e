//! A date where it stands: its unit, and how much else the unit says.
//!
//! Whether it dates an entry is left to candidates and readings.

use super::anchor::Anchor;
use super::unit::Unit;
use crate::extract::dates;
use crate::extract::page::Dom;

/// How a date stands in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// With nothing but its label.
    Alone,
    /// At the start or the end.
    Edge,
    Inside,
}

/// A dated unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    pub unit: usize,
    pub anchor: usize,
}

/// Where the anchor stands in its unit.
pub fn place(dom: &Dom, unit: &Unit, anchor: &Anchor) -> Place {
    if anchor.span.is_empty() || anchor.span.end > unit.span.end {
        return Place::Alone;
    }
    let before = &dom.text[unit.span.start..anchor.span.start.max(unit.span.start)];
    let after = &dom.text[anchor.span.end..unit.span.end];
    let empty = |text: &str| !text.contains(char::is_alphanumeric);
    match (empty(before) || dates::is_announced(before), empty(after)) {
        (true, true) => Place::Alone,
        (true, false) | (false, true) => Place::Edge,
        (false, false) => Place::Inside,
    }
}
