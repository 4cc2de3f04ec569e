//! One walk over the parsed tree that fills the arena, its text and its totals.
//!
//! The walk steps instead of recursing: a page decides the depth. Between two texts stands a line break where a block
//! or `br` lies between, a blank where the source has one or where one element ends and another begins, else nothing.

use std::collections::HashSet;

use html5ever::local_name;
use scraper::node::Element;
use scraper::{Html, Node as Source};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::dom::{Dom, Node, Totals, What};
use super::tags;

/// What stands between the last text and the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Blank,
    Break,
}

struct Builder<'a> {
    dom: Dom<'a>,
    open: Vec<usize>,
    gap: Gap,
    /// An element has ended since the last text.
    ended: bool,
    /// Open `pre`.
    pre: usize,
    /// What ended last of all that has a text.
    before: Option<usize>,
    /// Identifiers of panels that a tab or a button in a heading opens: collapsed for now, but no less of the page.
    panels: HashSet<&'a str>,
}

impl<'a> Dom<'a> {
    pub fn of(html: &'a Html) -> Self {
        let dom = Dom { nodes: Vec::new(), text: String::new(), totals: vec![Totals::default()] };
        let mut builder = Builder { dom, open: Vec::new(), gap: Gap::Nothing, ended: false, pre: 0, before: None, panels: HashSet::new() };
        for edge in html.root_element().traverse() {
            match edge {
                ego_tree::iter::Edge::Open(node) => match node.value() {
                    Source::Element(element) => builder.open(element),
                    Source::Text(text) => builder.texts(text),
                    _ => {}
                },
                ego_tree::iter::Edge::Close(node) if node.value().is_element() => builder.close(),
                ego_tree::iter::Edge::Close(_) => {}
            }
        }
        builder.dom
    }
}

impl<'a> Builder<'a> {
    fn open(&mut self, element: &'a Element) {
        let tag = element.name();
        let at = self.dom.nodes.len();
        let Looks { hidden, linked, panel, opens } = Looks::of(element);
        let hidden = hidden && !panel.is_some_and(|id| self.panels.contains(id)) && !self.is_panel(element);
        let mut node = self.node(What::Element(element), tag, !tags::is_unshown(tag) && !hidden);
        if let Some(id) = opens.filter(|_| node.heading.is_some() || element.attr("role") == Some("tab")) {
            self.panels.insert(id);
        }
        let mut totals = self.dom.totals[at];
        if tag == "a" && node.visible && linked {
            node.link = Some(at);
            totals.links += 1;
        }
        if tags::is_heading(tag) && node.visible {
            node.heading = Some(at);
            totals.headings += 1;
        }
        node.bold |= tags::is_bold(tag);
        if !tags::is_inline(tag) {
            node.block = at;
        }
        if node.visible {
            if node.block == at {
                self.gap = Gap::Break;
            }
            if self.ended {
                self.gap = self.gap.max(Gap::Blank);
            }
        }
        self.dom.nodes.push(node);
        self.dom.totals.push(totals);
        self.open.push(at);
        self.pre += usize::from(tag == "pre");
    }

    /// What a heading or a tab stands before, or what calls itself the panel of one: collapsed as well.
    fn is_panel(&self, element: &Element) -> bool {
        let before = self.before.filter(|before| Some(&self.dom.nodes[*before].parent) == self.open.last());
        let heads = |at: usize| tags::is_heading(self.dom.tag(at)) || self.dom.attr(at, "role") == Some("tab");
        element.attr("role") == Some("tabpanel") || before.is_some_and(heads)
    }

    fn close(&mut self) {
        let Some(at) = self.open.pop() else { return };
        let count = self.dom.nodes.len();
        let end = self.dom.text.len();
        let node = &mut self.dom.nodes[at];
        node.end = count;
        self.pre -= usize::from(node.tag == "pre");
        // The gap before its first text belongs to no element.
        let own = &self.dom.text[node.text.start..end];
        node.text = end - own.trim_start().len()..end;
        self.before = if node.text.is_empty() { self.before } else { Some(at) };
        // A line ends where a block begins or ends.
        if node.visible {
            self.gap = if node.block == at { Gap::Break } else { self.gap };
            self.ended = true;
        }
    }

    /// A text; inside `pre` each of its lines.
    fn texts(&mut self, source: &'a str) {
        if self.pre > 0 {
            for line in source.split_inclusive('\n') {
                self.text(line);
                if line.ends_with('\n') {
                    self.gap = Gap::Break;
                }
            }
        } else {
            self.text(source);
        }
    }

    fn text(&mut self, source: &'a str) {
        let at = self.dom.nodes.len();
        let mut node = self.node(What::Text(source), "#text", true);
        let mut totals = self.dom.totals[at];
        if node.visible {
            let start = self.dom.text.len();
            let chars = match is_nfc_quick(source.chars()) {
                IsNormalized::Yes => self.write(source.chars()),
                _ => self.write(source.nfc()),
            };
            let own = &self.dom.text[start..];
            node.text = self.dom.text.len() - own.trim_start().len()..self.dom.text.len();
            totals.chars += chars;
            totals.linked += if node.link.is_some() { chars } else { 0 };
            totals.bold += if node.bold { chars } else { 0 };
            self.before = if node.text.is_empty() { self.before } else { Some(at) };
        }
        self.dom.nodes.push(node);
        self.dom.totals.push(totals);
    }

    /// Adds the characters of a text in normal form; how many were no blanks.
    fn write(&mut self, chars: impl Iterator<Item = char>) -> usize {
        let mut count = 0;
        for char in chars {
            if matches!(char, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
                continue;
            }
            if char.is_whitespace() || char.is_control() {
                self.gap = self.gap.max(Gap::Blank);
                continue;
            }
            if !self.dom.text.is_empty() {
                match self.gap {
                    Gap::Nothing => {}
                    Gap::Blank => self.dom.text.push(' '),
                    Gap::Break => self.dom.text.push('\n'),
                }
            }
            (self.gap, self.ended) = (Gap::Nothing, false);
            self.dom.text.push(char);
            count += 1;
        }
        count
    }

    fn node(&self, what: What<'a>, tag: &'a str, shown: bool) -> Node<'a> {
        let at = self.dom.nodes.len();
        let start = self.dom.text.len();
        let above = self.open.last().map(|up| (*up, &self.dom.nodes[*up]));
        let (parent, depth) = above.map_or((at, 0), |(up, node)| (up, node.depth.saturating_add(1)));
        let above = above.map(|(_, node)| node);
        Node {
            what,
            tag,
            parent,
            end: at + 1,
            depth,
            visible: shown && above.is_none_or(|node| node.visible),
            text: start..start,
            link: above.and_then(|node| node.link),
            heading: above.and_then(|node| node.heading),
            block: above.map_or(at, |node| node.block),
            bold: above.is_some_and(|node| node.bold),
        }
    }
}

/// What the attributes of an element say of its looks.
#[derive(Default)]
struct Looks<'a> {
    /// By attribute or inline style; style sheets are not read.
    hidden: bool,
    /// It leads somewhere.
    linked: bool,
    /// Its identifier.
    panel: Option<&'a str>,
    /// Identifier of what it opens (WAI-ARIA, patterns of accordions and tabs).
    opens: Option<&'a str>,
}

impl<'a> Looks<'a> {
    fn of(element: &'a Element) -> Self {
        let mut looks = Self::default();
        for (name, value) in &element.attrs {
            match name.local {
                local_name!("href") => looks.linked = true,
                local_name!("hidden") => looks.hidden = true,
                local_name!("id") => looks.panel = Some(value),
                local_name!("style") if value.contains("display") => {
                    looks.hidden |= value.split_ascii_whitespace().collect::<String>().to_ascii_lowercase().contains("display:none");
                }
                _ if &*name.local == "aria-controls" => looks.opens = Some(value),
                _ => {}
            }
        }
        looks
    }
}
