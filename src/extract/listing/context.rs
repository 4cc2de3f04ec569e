//! What every step of the list reader asks: the page, its dates, its leaves and where they lead, its heading.

use std::ops::Range;

use jiff::civil::Date;
use url::Url;

use super::anchor::{self, Anchor};
use super::dated_leaf::{self, DatedLeaf, Place};
use super::leaf::{self, Leaf};
use super::phrases::{self, Class};
use crate::extract::dates::Setting;
use crate::extract::page::{Dom, Links, Model, headings};
use crate::lang::Language;
use crate::lang::dates::infer;

/// What every step asks: the page, its dates, its leaves, its heading.
pub struct Context<'a> {
    pub model: &'a Model<'a>,
    pub dom: &'a Dom<'a>,
    pub links: &'a Links,
    pub anchors: Vec<Anchor>,
    pub leaves: Vec<Leaf>,
    /// Where each leaf leads.
    pub targets: Vec<Target>,
    /// What each leaf says as a phrase.
    pub classes: Vec<Class>,
    pub heading: Option<usize>,
    pub setting: Setting,
}

/// Where the link of a leaf leads.
#[derive(Default)]
pub struct Target {
    pub page: Option<Url>,
    pub document: Option<Url>,
}

impl Target {
    fn of(model: &Model, leaf: &Leaf) -> Self {
        let Some(link) = leaf.link else { return Self::default() };
        let document = model.links.to_document(&model.dom, link);
        Self { page: if document.is_some() { None } else { model.links.to_page(&model.dom, link) }, document }
    }

    pub fn any(&self) -> Option<&Url> {
        self.page.as_ref().or(self.document.as_ref())
    }
}

impl<'a> Context<'a> {
    pub fn of(model: &'a Model<'a>, seen: Date) -> Self {
        let language = model.metadata.lang.as_deref().and_then(Language::of_tag);
        let mut setting = Setting { seen, language };
        let mut anchors = anchor::find(&model.dom, setting);
        if let Some(language) = infer(anchors.iter().map(|anchor| anchor::words(&model.dom, anchor)), language) {
            setting.language = Some(language);
            anchors = anchor::find(&model.dom, setting);
        }
        let leaves = leaf::cut(&model.dom, &anchors);
        let heading = headings(&model.dom, &model.links, &model.metadata).into_iter().next();
        let targets = leaves.iter().map(|leaf| Target::of(model, leaf)).collect();
        let classes = leaves.iter().map(|leaf| phrases::class(&model.dom.text[leaf.span.clone()])).collect();
        Self { model, dom: &model.dom, links: &model.links, anchors, leaves, targets, classes, heading, setting }
    }

    pub fn heading_text(&self) -> Option<&str> {
        self.heading.map(|at| self.dom.text_of(at))
    }

    /// The dates of a range of leaves.
    pub fn dated_leaves(&self, leaves: Range<usize>) -> impl Iterator<Item = DatedLeaf> {
        leaves.flat_map(|leaf| self.leaves[leaf].anchors.clone().map(move |anchor| DatedLeaf { leaf, anchor }))
    }

    pub fn place(&self, dated: DatedLeaf) -> Place {
        dated_leaf::place(self.dom, &self.leaves[dated.leaf], &self.anchors[dated.anchor])
    }

    pub fn same_line(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.leaves[a.min(b)], &self.leaves[a.max(b)]);
        a.span.end <= b.span.start && !self.dom.text[a.span.end..b.span.start].contains('\n')
    }

    /// The leaves inside an element.
    pub fn inside(&self, node: usize) -> Range<usize> {
        let first = |node: usize| self.leaves.partition_point(|leaf| leaf.nodes.start < node);
        first(node)..first(self.dom.nodes[node].end)
    }

    /// The first leaf that a list may begin with: nothing before the heading of the page, if the list stands behind it.
    pub fn floor_of(&self, first: usize) -> usize {
        if first >= self.floor() { self.floor() } else { 0 }
    }

    /// The first leaf after the heading of the page.
    pub fn floor(&self) -> usize {
        self.heading.map_or(0, |heading| self.leaves.partition_point(|leaf| leaf.nodes.start < self.dom.nodes[heading].end))
    }
}
