//! The page cut into leaves: the pieces that may become the date, the title or the summary of an entry.
//!
//! A leaf is a heading, a link, an inline element that stands apart on its line, bold text that opens a line, or a run
//! of plain text. Its shape is local (its own kind, the block it lies in, that block's parent), so that a tag which is
//! broken elsewhere on the page does not change it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::anchor::Anchor;
use super::text::is_code;
use crate::extract::page::{Dom, tags};

/// Dates of one leaf that are looked at.
const MOST_ANCHORS: usize = 8;
/// Rows that one cell may span.
const MOST_ROWS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Heading(u8),
    Link,
    /// An inline element on a line without text of its own.
    Piece,
    /// Bold text that opens a line.
    Bold,
    Run,
    /// A link without text: a picture or an icon.
    Picture,
}

#[derive(Clone, Debug)]
pub struct Leaf {
    pub kind: Kind,
    /// The element that makes it a leaf; of a run its block.
    pub node: usize,
    /// Its text nodes lie in this range of nodes.
    pub nodes: Range<usize>,
    /// Bytes of the page's text.
    pub span: Range<usize>,
    pub link: Option<usize>,
    pub bold: bool,
    /// Own kind and block; the same with the block's parent; and with that one's.
    pub shapes: [u64; 3],
    /// What its block is: the tag, of a cell also the number in its row.
    pub block: u64,
    /// Its anchors, by index.
    pub anchors: Range<usize>,
}

/// Leaves in document order.
pub fn cut(dom: &Dom, anchors: &[Anchor]) -> Vec<Leaf> {
    let lines = Lines::of(dom, anchors);
    let shifts = shifts(dom);
    let mut leaves: Vec<Leaf> = Vec::new();
    for at in 0..dom.nodes.len() {
        let node = &dom.nodes[at];
        let lone_link = node.link == Some(at) && node.text.is_empty();
        let (container, kind) = if lone_link {
            (at, Kind::Picture)
        } else if !dom.is_element(at) && !node.text.is_empty() {
            match boxed(dom, anchors, at) {
                Some(element) => (element, Kind::Piece),
                None => lines.leaf_of(dom, at),
            }
        } else {
            continue;
        };
        let whole = matches!(kind, Kind::Heading(_) | Kind::Link | Kind::Piece);
        let goes_on = leaves.last().filter(|last| last.node == container && last.kind == kind);
        let joined = goes_on.is_some_and(|last| whole || !dom.text[last.span.end..node.text.start].contains('\n'));
        match leaves.last_mut().filter(|_| joined) {
            Some(last) => {
                last.nodes.end = at + 1;
                last.span.end = node.text.end;
                last.link = last.link.or(node.link);
            }
            None => leaves.push(Leaf {
                kind,
                node: container,
                nodes: at..node.end,
                span: node.text.clone(),
                link: node.link,
                bold: node.bold,
                shapes: shapes(dom, &shifts, container, kind),
                block: block(dom, dom.nodes[container].block),
                anchors: 0..0,
            }),
        }
    }
    tie(dom, anchors, &mut leaves);
    attach(&mut leaves, anchors);
    leaves
}

/// A code that is a link and the words that a dash ties to it are one leaf: `AB12 – Budget of the town`. Whether links that stand so
/// are codes, most of them decide.
fn tie(dom: &Dom, anchors: &[Anchor], leaves: &mut Vec<Leaf>) {
    let tied = |code: &Leaf, words: &Leaf| {
        let between = &dom.text[code.span.end..words.span.start.max(code.span.end)];
        let dashed = between.trim().is_empty() && !between.contains('\n') && dom.text[words.span.clone()].starts_with(['-', '–', '—']);
        let kinds = code.kind == Kind::Link && words.kind == Kind::Run;
        let next = anchors.partition_point(|anchor| anchor.span.end <= code.span.start);
        let dated = || anchors.get(next).is_some_and(|anchor| anchor.span.start < words.span.end);
        dashed && kinds && !dated() && has_words(dom, anchors, &words.span)
    };
    let mut codes: HashMap<u64, isize> = HashMap::new();
    for pair in leaves.windows(2).filter(|pair| tied(&pair[0], &pair[1])) {
        *codes.entry(pair[0].shapes[1]).or_default() += if is_code(&dom.text[pair[0].span.clone()]) { 1 } else { -1 };
    }
    leaves.dedup_by(|words, code| {
        let one = codes.get(&code.shapes[1]).is_some_and(|more| *more > 0) && tied(code, words);
        if one {
            code.nodes.end = words.nodes.end;
            code.span.end = words.span.end;
        }
        one
    });
}

/// The element that is nothing but a date and holds this part of it.
fn boxed(dom: &Dom, anchors: &[Anchor], text: usize) -> Option<usize> {
    let span = &dom.nodes[text].text;
    let anchor = anchors.get(anchors.partition_point(|anchor| anchor.span.end <= span.start))?;
    let whole =
        dom.is_element(anchor.node) && dom.contains(anchor.node, text) && dom.nodes[anchor.node].text.len() <= anchor.span.len() + 3;
    whole.then_some(anchor.node)
}

/// Gives each leaf the anchors that lie in it.
fn attach(leaves: &mut [Leaf], anchors: &[Anchor]) {
    let mut next = 0;
    for leaf in leaves {
        while anchors.get(next).is_some_and(|anchor| anchor.span.end <= leaf.span.start && anchor.node < leaf.nodes.start) {
            next += 1;
        }
        let start = next;
        while anchors
            .get(next)
            .is_some_and(|anchor| anchor.span.start < leaf.span.end.max(leaf.span.start + 1) && anchor.node < leaf.nodes.end)
        {
            next += 1;
        }
        leaf.anchors = start..next.min(start + MOST_ANCHORS);
    }
}

/// What stands on the line of a node, among its parent's children.
#[derive(Clone, Copy, Default)]
struct Line {
    /// Words that are no date, directly in the parent.
    words: bool,
    /// Elements with text.
    elements: u16,
    /// Nothing but dates precedes it.
    opens: bool,
    /// It is a date and no more.
    dated: bool,
}

struct Lines {
    of: Vec<Line>,
    /// A block lies inside.
    blocks: Vec<bool>,
    /// A line break lies inside.
    breaks: Vec<bool>,
}

impl Lines {
    fn of(dom: &Dom, anchors: &[Anchor]) -> Self {
        let mut of = vec![Line::default(); dom.nodes.len()];
        let mut blocks = vec![false; dom.nodes.len()];
        let mut breaks = vec![false; dom.nodes.len()];
        for at in (1..dom.nodes.len()).rev() {
            let node = &dom.nodes[at];
            let block = node.visible && dom.is_block(at) && node.tag != "br" && !node.text.is_empty();
            blocks[node.parent] |= block || blocks[at];
            breaks[node.parent] |= node.tag == "br" || breaks[at];
        }
        for parent in (0..dom.nodes.len()).filter(|at| dom.is_element(*at) && !dom.nodes[*at].text.is_empty()) {
            let mut line: Vec<usize> = Vec::new();
            for child in dom.children(parent) {
                if dom.is_element(child) && dom.is_block(child) {
                    note(dom, anchors, &line, &mut of);
                    line.clear();
                } else if !dom.nodes[child].text.is_empty() {
                    line.push(child);
                }
            }
            note(dom, anchors, &line, &mut of);
        }
        Self { of, blocks, breaks }
    }

    /// The leaf that a text node belongs to.
    fn leaf_of(&self, dom: &Dom, text: usize) -> (usize, Kind) {
        let mut at = text;
        loop {
            let parent = dom.nodes[at].parent;
            let (tag, line) = (dom.tag(parent), self.of[at]);
            let apart = dom.is_element(at) && !line.words && line.elements > 1;
            if tags::is_heading(tag) && !self.blocks[parent] {
                return (parent, Kind::Heading(tag.as_bytes()[1] - b'0'));
            }
            if dom.nodes[parent].link == Some(parent) && !self.blocks[parent] {
                return if apart { (at, Kind::Piece) } else { (parent, Kind::Link) };
            }
            let bold = dom.is_element(at) && tags::is_bold(dom.tag(at)) && line.opens;
            let broken = self.breaks[parent] && dom.text_of(parent).contains('\n');
            if dom.is_block(parent) || broken || parent == 0 || dom.nodes[parent].link == Some(parent) {
                return match (dom.is_element(at), line.words) {
                    (true, false) => (at, Kind::Piece),
                    (true, true) if line.dated && line.opens => (at, Kind::Piece),
                    (true, true) if bold => (at, Kind::Bold),
                    _ => (parent, Kind::Run),
                };
            }
            if apart {
                return (at, Kind::Piece);
            }
            if bold && line.words {
                return (at, Kind::Bold);
            }
            at = parent;
        }
    }
}

/// Writes what stands on one line to each of its nodes.
fn note(dom: &Dom, anchors: &[Anchor], line: &[usize], of: &mut [Line]) {
    let words = line.iter().any(|at| !dom.is_element(*at) && has_words(dom, anchors, &dom.nodes[*at].text));
    let elements = line.iter().filter(|at| dom.is_element(**at)).count() as u16;
    let mut opens = true;
    for at in line {
        let span = &dom.nodes[*at].text;
        let says = has_words(dom, anchors, span);
        let next = anchors.get(anchors.partition_point(|anchor| anchor.span.end <= span.start));
        let dated = !says && next.is_some_and(|anchor| anchor.span.start < span.end);
        of[*at] = Line { words, elements, opens, dated };
        opens &= !says;
    }
}

/// Letters outside dates.
fn has_words(dom: &Dom, anchors: &[Anchor], span: &Range<usize>) -> bool {
    let first = anchors.partition_point(|anchor| anchor.span.end <= span.start);
    let mut from = span.start;
    for anchor in anchors[first..].iter().take_while(|anchor| anchor.span.start < span.end) {
        if dom.text[from..anchor.span.start.max(from)].contains(char::is_alphabetic) {
            return true;
        }
        from = anchor.span.end.min(span.end).max(from);
    }
    dom.text[from..span.end].contains(char::is_alphabetic)
}

/// Hashes of what is near: kind and block, the block's parent, and that one's parent; formatting left out.
fn shapes(dom: &Dom, shifts: &HashMap<usize, usize>, container: usize, kind: Kind) -> [u64; 3] {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    let inline = dom.ancestors(container).take_while(|up| !dom.is_block(*up));
    for up in inline.filter(|up| !tags::is_formatting(dom.tag(*up))) {
        dom.tag(up).hash(&mut hasher);
    }
    let blocks = dom.ancestors(dom.nodes[container].block).filter(|up| !tags::is_formatting(dom.tag(*up)) && dom.is_block(*up));
    let mut shapes = [0; 3];
    for (level, up) in blocks.take(3).enumerate() {
        dom.tag(up).hash(&mut hasher);
        if matches!(dom.tag(up), "td" | "th") {
            (cell(dom, up) + shifts.get(&dom.nodes[up].parent).copied().unwrap_or(0)).hash(&mut hasher);
        }
        shapes[level] = hasher.finish();
    }
    for level in 1..3 {
        if shapes[level] == 0 {
            shapes[level] = shapes[level - 1];
        }
    }
    shapes
}

fn block(dom: &Dom, at: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    let tag = dom.tag(at);
    (tag, matches!(tag, "td" | "th").then(|| cell(dom, at))).hash(&mut hasher);
    hasher.finish()
}

/// By how many cells the rows begin later, because a cell of a row above reaches down to them.
fn shifts(dom: &Dom) -> HashMap<usize, usize> {
    let mut shifts = HashMap::new();
    for row in dom.of_tag("td").chain(dom.of_tag("th")).flat_map(|cell| rows_below(dom, cell)) {
        *shifts.entry(row).or_default() += 1;
    }
    shifts
}

/// The other rows that a cell spans.
pub fn rows_below<'d>(dom: &'d Dom, cell: usize) -> impl Iterator<Item = usize> + 'd {
    let rows = dom.attr(cell, "rowspan").and_then(|rows| rows.trim().parse::<usize>().ok()).unwrap_or(1);
    let next = |row: &usize| {
        let end = dom.nodes[*row].end;
        (end..dom.nodes.len().min(end + 8)).find(|at| dom.tag(*at) == "tr")
    };
    std::iter::successors(Some(dom.nodes[cell].parent), next).take(rows.min(MOST_ROWS)).skip(1)
}

/// Number of the cell in its row.
fn cell(dom: &Dom, at: usize) -> usize {
    dom.children(dom.nodes[at].parent).take_while(|child| *child < at).filter(|child| matches!(dom.tag(*child), "td" | "th")).count()
}
