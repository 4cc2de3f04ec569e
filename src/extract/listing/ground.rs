//! What every step of the listing reader shares: outline, stamps, and what each link is for.

use std::ops::Range;

use url::Url;

use super::links::{Links, Wording, is_document, wording};
use super::outline::Outline;
use super::stamps::Stamp;
use crate::extract::files::names_file;

/// A link with what it is for.
pub struct Anchor {
    pub node: usize,
    pub wording: Wording,
    /// Its address, where that may be an entry's page.
    pub page: Option<Url>,
    pub document: Option<Url>,
}

pub struct Ground<'a> {
    pub outline: &'a Outline<'a>,
    pub links: &'a Links<'a>,
    pub stamps: &'a [Stamp],
    pub anchors: Vec<Anchor>,
    /// The heading of the page, outside every entry.
    pub heading: Option<usize>,
}

/// How clearly a block names something, from nothing to a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Nothing,
    Text,
    Strong,
    Link,
    Heading,
}

impl<'a> Ground<'a> {
    pub fn of(outline: &'a Outline<'a>, links: &'a Links<'a>, stamps: &'a [Stamp], heading: Option<usize>) -> Self {
        let is_link = |at: &usize| outline.nodes[*at].link == Some(*at);
        let anchors = (0..outline.nodes.len()).filter(is_link).map(|node| {
            let text = outline.text(node);
            let declared = outline.attr(node, "download").is_some() || names_file(&text);
            let document = links.resolve(outline, node).filter(|url| declared || is_document(url));
            let page = links.leads_to_page(outline, node).filter(|_| document.is_none());
            Anchor { node, wording: wording(&text), page, document }
        });
        Self { outline, links, stamps, anchors: anchors.collect(), heading }
    }

    /// Links in a subtree.
    pub fn anchors_in(&self, at: usize) -> &[Anchor] {
        self.anchors_between(at..self.outline.nodes[at].end)
    }

    pub fn anchors_between(&self, range: Range<usize>) -> &[Anchor] {
        let from = self.anchors.partition_point(|anchor| anchor.node < range.start);
        let to = self.anchors.partition_point(|anchor| anchor.node < range.end);
        &self.anchors[from..to.max(from)]
    }

    pub fn anchor(&self, node: usize) -> Option<&Anchor> {
        self.anchors_between(node..node + 1).first()
    }

    /// Indices of stamps in a subtree.
    pub fn stamps_in(&self, at: usize) -> Range<usize> {
        let end = self.outline.nodes[at].end;
        let from = self.stamps.partition_point(|stamp| stamp.node < at);
        from..self.stamps.partition_point(|stamp| stamp.node < end).max(from)
    }

    /// How clearly the block names something besides its dates.
    pub fn strength(&self, at: usize) -> Strength {
        let mut rest = self.outline.sum(at);
        let mut cut = 0;
        for stamp in &self.stamps[self.stamps_in(at)] {
            let own = self.outline.sum(stamp.node);
            if stamp.span.is_empty() {
                rest.chars -= own.chars;
                rest.strong -= own.strong.min(rest.strong);
                rest.headings -= own.headings;
            } else {
                cut += stamp.span.len().min(own.chars);
            }
        }
        let chars = rest.chars.saturating_sub(cut);
        // An enclosing heading counts for the text it holds.
        let heading = rest.headings > 0 || self.outline.nodes[at].heading.is_some();
        if chars < 2 {
            Strength::Nothing
        } else if heading && !self.is_tool(at) {
            Strength::Heading
        } else if self.names(at).next().is_some() || self.outline.nodes[at].link.is_some_and(|link| self.is_page(link)) {
            Strength::Link
        } else if rest.strong > 1 {
            Strength::Strong
        } else {
            Strength::Text
        }
    }

    fn is_page(&self, link: usize) -> bool {
        self.anchor(link).is_some_and(|anchor| anchor.page.is_some())
    }

    /// Links in a subtree that can be the title of something.
    pub fn names(&self, at: usize) -> impl Iterator<Item = &Anchor> {
        self.anchors_in(at).iter().filter(|anchor| anchor.wording == Wording::Title && (anchor.page.is_some() || anchor.document.is_some()))
    }

    /// A pager or a bar of tools: links, most of them numbers or ways to other pages of the list.
    pub fn is_tool(&self, at: usize) -> bool {
        if matches!(self.outline.tag(at), "hr" | "nav" | "form" | "footer" | "button" | "aside") {
            return true;
        }
        let anchors = self.anchors_in(at);
        let tools =
            anchors.iter().filter(|a| matches!(a.wording, Wording::Next | Wording::LoadMore | Wording::OtherPage | Wording::Number));
        let tools = tools.count();
        tools > 0 && 2 * tools >= anchors.len() && self.stamps_in(at).is_empty() && self.outline.sum(at).headings == 0
    }

    /// The first shown text is part of a link.
    pub fn led_by_link(&self, at: usize) -> bool {
        let mut texts = (at..self.outline.nodes[at].end).filter(|n| self.outline.tag(*n) == "#text" && self.outline.sum(*n).chars > 0);
        texts.next().is_some_and(|text| self.outline.nodes[text].link.is_some())
    }

    /// Nothing is shown in the block before the stamp.
    pub fn leads(&self, at: usize, stamp: usize) -> bool {
        self.outline.sum_between(at, self.stamps[stamp].node).chars == 0
    }

    /// Where the content after the page's heading begins.
    pub fn start(&self) -> usize {
        self.heading.map_or(0, |heading| self.outline.nodes[heading].end)
    }
}
