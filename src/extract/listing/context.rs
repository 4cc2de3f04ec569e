//! What every step of the list reader asks: the page, its dates, its units and where they lead, its heading.

use std::ops::Range;

use jiff::civil::Date;
use url::Url;

use super::anchor::{self, Anchor};
use super::phrases::{self, Class};
use super::spot::{self, Place, Spot};
use super::unit::{self, Unit};
use crate::extract::page::{Dom, Links, Model, headings};

/// What every step asks: the page, its dates, its units, its heading.
pub struct Context<'a> {
    pub model: &'a Model<'a>,
    pub dom: &'a Dom<'a>,
    pub links: &'a Links,
    pub anchors: Vec<Anchor>,
    pub units: Vec<Unit>,
    /// Where each unit leads.
    pub targets: Vec<Target>,
    /// What each unit says as a phrase.
    pub classes: Vec<Class>,
    pub heading: Option<usize>,
    pub seen: Date,
}

/// Where the link of a unit leads.
#[derive(Default)]
pub struct Target {
    pub page: Option<Url>,
    pub document: Option<Url>,
}

impl Target {
    fn of(model: &Model, unit: &Unit) -> Self {
        let Some(link) = unit.link else { return Self::default() };
        let document = model.links.to_document(&model.dom, link);
        Self { page: if document.is_some() { None } else { model.links.to_page(&model.dom, link) }, document }
    }

    pub fn any(&self) -> Option<&Url> {
        self.page.as_ref().or(self.document.as_ref())
    }
}

impl<'a> Context<'a> {
    pub fn of(model: &'a Model<'a>, seen: Date) -> Self {
        let anchors = anchor::find(&model.dom, seen);
        let units = unit::cut(&model.dom, &anchors);
        let heading = headings(&model.dom, &model.links, &model.metadata).into_iter().next();
        let targets = units.iter().map(|unit| Target::of(model, unit)).collect();
        let classes = units.iter().map(|unit| phrases::class(&model.dom.text[unit.span.clone()])).collect();
        Self { model, dom: &model.dom, links: &model.links, anchors, units, targets, classes, heading, seen }
    }

    pub fn heading_text(&self) -> Option<&str> {
        self.heading.map(|at| self.dom.text_of(at))
    }

    /// The dates of a range of units.
    pub fn spots(&self, units: Range<usize>) -> impl Iterator<Item = Spot> {
        units.flat_map(|unit| self.units[unit].anchors.clone().map(move |anchor| Spot { unit, anchor }))
    }

    pub fn place(&self, spot: Spot) -> Place {
        spot::place(self.dom, &self.units[spot.unit], &self.anchors[spot.anchor])
    }

    /// The units inside an element.
    pub fn inside(&self, node: usize) -> Range<usize> {
        let first = |node: usize| self.units.partition_point(|unit| unit.nodes.start < node);
        first(node)..first(self.dom.nodes[node].end)
    }

    /// The first unit that a list may begin with: nothing before the heading of the page, if the list stands behind it.
    pub fn floor_of(&self, first: usize) -> usize {
        if first >= self.floor() { self.floor() } else { 0 }
    }

    /// The first unit after the heading of the page.
    pub fn floor(&self) -> usize {
        self.heading.map_or(0, |heading| self.units.partition_point(|unit| unit.nodes.start < self.dom.nodes[heading].end))
    }
}
