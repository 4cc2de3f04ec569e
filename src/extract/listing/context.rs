//! What every step of the list reader asks: the page, its dates, its leaves and where they lead, its heading.

use std::ops::Range;

use jiff::civil::Date;

use super::anchor::{self, Anchor};
use super::dated_leaf::{self, DatedLeaf};
use super::leaf::{self, Leaf};
use super::leaf_measures::{self, Head, Measures};
use super::leaf_texts::LeafTexts;
use super::phrases::{self, Class};
use crate::extract::dates::{Setting, Year};
use crate::extract::page::{Dom, Links, Model, Target, headings};
use crate::lang::Language;
use crate::lang::dates::infer;

/// What every step asks: the page, its dates, its leaves, its heading.
pub struct Context<'a> {
    pub model: &'a Model<'a>,
    pub dom: &'a Dom<'a>,
    pub links: &'a Links,
    pub anchors: Vec<Anchor>,
    pub leaves: Vec<Leaf>,
    /// The dates as they stand in the leaves.
    pub dated: Vec<DatedLeaf>,
    /// What each leaf says.
    pub texts: LeafTexts,
    /// The same as a phrase.
    pub classes: Vec<Class>,
    /// Where each leaf leads.
    pub targets: Vec<Target>,
    /// What each leaf is like.
    pub measures: Vec<Measures>,
    /// Heads over the leaves.
    pub heads: Vec<Option<Head>>,
    pub heading: Option<usize>,
    pub setting: Setting,
}

impl<'a> Context<'a> {
    /// With dates whose years are assumed, too, or without.
    pub fn of(model: &'a Model<'a>, seen: Date, years: Year) -> Self {
        let language = model.metadata.lang.as_deref().and_then(Language::of_tag);
        let mut setting = Setting { seen, language };
        let mut anchors = anchor::find(&model.dom, setting, years);
        if let Some(language) = infer(anchors.iter().map(|anchor| anchor::words(&model.dom, anchor)), language) {
            setting.language = Some(language);
            anchors = anchor::find(&model.dom, setting, years);
        }
        let dom = &model.dom;
        let leaves = leaf::cut(dom, &anchors);
        let dated = dated_leaf::find(dom, &leaves, &anchors);
        let texts = LeafTexts::of(dom, &anchors, &leaves, &dated);
        let classes: Vec<Class> = leaves.iter().map(|leaf| phrases::class(&dom.text[leaf.span.clone()])).collect();
        let targets: Vec<Target> =
            leaves.iter().map(|leaf| leaf.link.map_or_else(Target::default, |link| model.links.target(dom, link))).collect();
        let measure = |(at, leaf): (usize, &Leaf)| leaf_measures::measures(dom, leaf, &targets[at], classes[at], texts.whole(at));
        let measures = leaves.iter().enumerate().map(measure).collect();
        let heads = leaves.iter().map(|leaf| leaf_measures::head(dom, leaf)).collect();
        let heading = headings(dom, &model.links, &model.metadata).into_iter().next();
        let links = &model.links;
        Self { model, dom, links, anchors, leaves, dated, texts, classes, targets, measures, heads, heading, setting }
    }

    pub fn heading_text(&self) -> Option<&str> {
        self.heading.map(|at| self.dom.text_of(at))
    }

    /// The dates of a range of leaves.
    pub fn dated_leaves(&self, leaves: Range<usize>) -> impl Iterator<Item = DatedLeaf> {
        let first = self.dated.partition_point(|dated| dated.leaf < leaves.start);
        self.dated[first..].iter().copied().take_while(move |dated| dated.leaf < leaves.end)
    }

    /// What the page calls a date.
    pub fn label(&self, dated: &DatedLeaf) -> Option<&'a str> {
        dated_leaf::label(self.dom, &self.leaves, &self.anchors, dated)
    }

    /// The signs between a date and the words beside it.
    pub fn signs(&self, dated: &DatedLeaf) -> Option<[Option<char>; 2]> {
        dated_leaf::signs(self.dom, &self.leaves, &self.anchors, dated)
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
