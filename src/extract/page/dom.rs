//! The arena: nodes in document order, so that a subtree is a range, over one normalised text of what is shown.
//!
//! Sums over any range of nodes are differences of running totals; no reader walks a subtree to count. Blocks are
//! separated by a line break in the text, words by one blank; a text node keeps its source for readers that need it.

use std::ops::Range;

use scraper::node::Element;

use super::tags;

/// One element or text. Indices count in document order; a subtree is `at..end`.
pub struct Node<'a> {
    pub what: What<'a>,
    /// Local name, lower case; `#text` of a text.
    pub tag: &'a str,
    /// Of the root: itself.
    pub parent: usize,
    pub end: usize,
    pub depth: u16,
    /// Shown by default style; neither `hidden` nor `display:none`, nor inside what is.
    pub visible: bool,
    /// Bytes of [`Dom::text`], without the blanks around.
    pub text: Range<usize>,
    /// The link it lies in or is.
    pub link: Option<usize>,
    /// The heading it lies in or is.
    pub heading: Option<usize>,
    /// The nearest element at or above it that starts a line.
    pub block: usize,
    pub bold: bool,
}

#[derive(Clone, Copy)]
pub enum What<'a> {
    Element(&'a Element),
    Text(&'a str),
}

/// Running totals before a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Characters that are no blanks.
    pub chars: usize,
    /// Such characters inside links.
    pub linked: usize,
    pub bold: usize,
    pub headings: usize,
    pub links: usize,
}

pub struct Dom<'a> {
    pub nodes: Vec<Node<'a>>,
    /// What is shown, in Unicode NFC.
    pub text: String,
    pub(super) totals: Vec<Totals>,
}

impl<'a> Dom<'a> {
    pub fn tag(&self, at: usize) -> &'a str {
        self.nodes[at].tag
    }

    pub fn attr(&self, at: usize, name: &str) -> Option<&'a str> {
        match self.nodes[at].what {
            What::Element(element) => element.attrs().find(|(known, _)| *known == name).map(|(_, value)| value),
            What::Text(_) => None,
        }
    }

    pub fn is_element(&self, at: usize) -> bool {
        matches!(self.nodes[at].what, What::Element(_))
    }

    /// The element starts a line.
    pub fn is_block(&self, at: usize) -> bool {
        self.nodes[at].block == at
    }

    /// Text of a subtree as shown.
    pub fn text_of(&self, at: usize) -> &str {
        &self.text[self.nodes[at].text.clone()]
    }

    /// Text of a range of nodes as shown.
    pub fn text_between(&self, from: usize, to: usize) -> &str {
        let first = self.nodes[from..to.max(from)].iter().find(|node| !node.text.is_empty());
        first.map_or("", |first| {
            let end = self.nodes[from..to].iter().map(|node| node.text.end).filter(|end| *end > first.text.start).max();
            self.text[first.text.start..end.unwrap_or(first.text.start)].trim_end()
        })
    }

    /// Text of a subtree as it stands in the source, shown or not (scripts, titles).
    pub fn source_of(&self, at: usize) -> String {
        let texts = self.nodes[at..self.nodes[at].end].iter();
        texts.filter_map(|node| if let What::Text(text) = node.what { Some(text) } else { None }).collect()
    }

    /// Sums over the subtree of `at`.
    pub fn sum(&self, at: usize) -> Totals {
        self.sum_between(at, self.nodes[at].end)
    }

    pub fn sum_between(&self, from: usize, to: usize) -> Totals {
        let (a, b) = (self.totals[from], self.totals[to.max(from)]);
        Totals {
            chars: b.chars - a.chars,
            linked: b.linked - a.linked,
            bold: b.bold - a.bold,
            headings: b.headings - a.headings,
            links: b.links - a.links,
        }
    }

    pub fn contains(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.nodes[outer].end
    }

    /// From `at` to the root, `at` first.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| (*at != 0).then(|| self.nodes[*at].parent))
    }

    /// Children, elements and texts.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[at].end;
        std::iter::successors(Some(at + 1).filter(|child| *child < end), move |child| {
            Some(self.nodes[*child].end).filter(|next| *next < end)
        })
    }

    /// The lowest element that holds both.
    pub fn common(&self, a: usize, b: usize) -> usize {
        self.ancestors(a).find(|up| self.contains(*up, b)).unwrap_or(0)
    }

    /// Elements of a tag, shown or not.
    pub fn of_tag(&self, tag: &str) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(move |at| self.nodes[*at].tag == tag)
    }

    /// Whether the node lies in a `nav`, `aside`, `footer` or `header` of the page.
    pub fn is_aside(&self, at: usize) -> bool {
        self.ancestors(at).any(|up| tags::is_aside(self.tag(up)) && !self.ancestors(up).any(|over| self.tag(over) == "article"))
    }
}
