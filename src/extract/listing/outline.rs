//! The document as one flat list in document order, with the facts that every later step asks for.
//!
//! One walk; sums over any subtree are differences of running totals, so no step walks a subtree to
//! count. What is never shown (scripts, styles, `hidden`, form choices) is left out.

use std::hash::{DefaultHasher, Hash, Hasher};

use scraper::node::Element;
use scraper::{Html, Node as Source};

/// One element or text. Indices count in document order; a subtree is `at..end`.
pub struct Node<'a> {
    pub what: What<'a>,
    pub parent: usize,
    pub end: usize,
    /// Hash of the tags above it, formatting left out.
    pub path: u64,
    /// The link it lies in.
    pub link: Option<usize>,
    /// The heading it lies in.
    pub heading: Option<usize>,
    /// Lies in bold text.
    pub strong: bool,
}

#[derive(Clone, Copy)]
pub enum What<'a> {
    Element(&'a Element),
    Text(&'a str),
}

/// Running totals before a node.
#[derive(Clone, Copy, Default)]
pub struct Totals {
    /// Characters that are neither blank nor control.
    pub chars: usize,
    /// Such characters inside links.
    pub linked: usize,
    /// Such characters in bold.
    pub strong: usize,
    pub headings: usize,
    pub links: usize,
}

pub struct Outline<'a> {
    pub nodes: Vec<Node<'a>>,
    totals: Vec<Totals>,
}

const UNSEEN: [&str; 16] = [
    "script", "style", "noscript", "template", "head", "select", "textarea", "svg", "math", "iframe", "object", "video", "audio", "canvas",
    "datalist", "dialog",
];
const FORMATTING: [&str; 14] = ["b", "i", "em", "strong", "font", "span", "small", "time", "u", "tbody", "big", "abbr", "mark", "center"];
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u",
];

/// Whether the element runs inside a line of text.
pub fn is_inline(tag: &str) -> bool {
    INLINE.contains(&tag)
}

pub fn is_heading(tag: &str) -> bool {
    matches!(tag.as_bytes(), [b'h', b'1'..=b'6'])
}

impl<'a> Outline<'a> {
    pub fn of(html: &'a Html) -> Self {
        let mut outline = Self { nodes: Vec::new(), totals: vec![Totals::default()] };
        let root = html.root_element();
        outline.walk(root);
        outline
    }

    /// Explicit steps instead of recursion: a page decides the depth.
    fn walk(&mut self, root: scraper::ElementRef<'a>) {
        let mut open: Vec<usize> = Vec::new();
        let mut node = *root;
        loop {
            let seen = match node.value() {
                Source::Element(element) if unseen(element) => false,
                Source::Element(element) => {
                    let parent = open.last().copied();
                    open.push(self.nodes.len());
                    self.push(What::Element(element), parent);
                    true
                }
                Source::Text(text) => {
                    self.push(What::Text(text), open.last().copied());
                    false
                }
                _ => false,
            };
            if let Some(child) = node.first_child().filter(|_| seen) {
                node = child;
                continue;
            }
            if seen {
                self.close(&mut open);
            }
            while node.next_sibling().is_none() || node.id() == root.id() {
                let Some(parent) = node.parent().filter(|_| node.id() != root.id()) else { return };
                node = parent;
                self.close(&mut open);
            }
            let Some(sibling) = node.next_sibling() else { return };
            node = sibling;
        }
    }

    fn close(&mut self, open: &mut Vec<usize>) {
        if let Some(at) = open.pop() {
            self.nodes[at].end = self.nodes.len();
        }
    }

    fn push(&mut self, what: What<'a>, parent: Option<usize>) {
        let at = self.nodes.len();
        let above = parent.map(|parent| &self.nodes[parent]);
        let (mut link, mut heading, mut strong) = above.map_or((None, None, false), |n| (n.link, n.heading, n.strong));
        let mut path = above.map_or(0, |node| node.path);
        let mut totals = self.totals[at];
        match what {
            What::Element(element) => {
                let tag = element.name();
                if tag == "a" && element.attr("href").is_some() {
                    link = Some(at);
                    totals.links += 1;
                }
                if is_heading(tag) {
                    heading = Some(at);
                    totals.headings += 1;
                }
                strong |= matches!(tag, "b" | "strong" | "th" | "dt" | "caption");
                if !FORMATTING.contains(&tag) {
                    let mut hasher = DefaultHasher::new();
                    (path, tag).hash(&mut hasher);
                    path = hasher.finish();
                }
            }
            What::Text(text) => {
                let chars = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).count();
                totals.chars += chars;
                totals.linked += if link.is_some() { chars } else { 0 };
                totals.strong += if strong { chars } else { 0 };
            }
        }
        self.nodes.push(Node { what, parent: parent.unwrap_or(at), end: at + 1, path, link, heading, strong });
        self.totals.push(totals);
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
            strong: b.strong - a.strong,
            headings: b.headings - a.headings,
            links: b.links - a.links,
        }
    }

    pub fn tag(&self, at: usize) -> &'a str {
        match self.nodes[at].what {
            What::Element(element) => element.name(),
            What::Text(_) => "#text",
        }
    }

    pub fn attr(&self, at: usize, name: &str) -> Option<&'a str> {
        match self.nodes[at].what {
            What::Element(element) => element.attr(name),
            What::Text(_) => None,
        }
    }

    pub fn contains(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.nodes[outer].end
    }

    /// From `at` to the root, `at` first.
    pub fn upwards(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| (*at != 0).then(|| self.nodes[*at].parent))
    }

    /// Children that are elements or hold text.
    pub fn children(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut child = at + 1;
        while child < self.nodes[at].end {
            if !matches!(self.nodes[child].what, What::Text(_)) || self.sum(child).chars > 0 {
                found.push(child);
            }
            child = self.nodes[child].end;
        }
        found
    }

    /// Text of a subtree, a blank wherever an element begins or ends.
    pub fn text(&self, at: usize) -> String {
        self.text_between(at, self.nodes[at].end)
    }

    pub fn text_between(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[from..to.max(from)] {
            if let What::Text(piece) = node.what {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(piece);
            }
        }
        text
    }

    /// Depth of the lowest element that holds both.
    pub fn shared_depth(&self, a: usize, b: usize) -> usize {
        let lowest = self.upwards(a).find(|at| self.contains(*at, b)).unwrap_or(0);
        self.upwards(lowest).count()
    }
}

fn unseen(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    UNSEEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || (style.contains("display") && style.split_ascii_whitespace().collect::<String>().contains("display:none"))
}
