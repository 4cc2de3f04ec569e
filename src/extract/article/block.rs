//! A page cut into blocks: runs of shown text between the borders of lines, each with its element and its links.
//!
//! One `<br>` parts lines of a block, two part blocks. A table row whose cells are short and plain is one block; a layout
//! table falls into its cells. At the ends of a block a line of links alone, or a short line about the page, is a block of
//! its own. Text of controls (buttons, labels) is left out unless it is a heading.

use std::ops::Range;

use super::phrases::{Class, Signs, signs};
use super::thresholds::{APART, APART_FIRST, APART_LAST, FACT, MAX_BREAKS, MAX_CELL, PHONE, PHRASE_BEGINS};
use super::words::words;
use crate::extract::page::{Dom, Model, What, tags};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    /// List item or term.
    Line,
    /// Cells of a table row, parted by blanks.
    Row,
    /// `h1` to `h6`.
    Heading(u8),
    /// Caption of a figure or a table.
    Caption,
}

/// Link words of a block.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The `a` element.
    pub node: usize,
    /// Bytes of the block's text.
    pub range: Range<usize>,
}

#[derive(Debug)]
pub struct Block {
    pub kind: Kind,
    /// In normal form, lines parted by a line break.
    pub text: String,
    /// Hashes of its folded words.
    pub words: Vec<u64>,
    pub links: Vec<Anchor>,
    /// The innermost element that starts a line.
    pub node: usize,
    /// Its first text, by which blocks are in the order of nodes.
    pub first: usize,
    /// A `<time>` inside.
    pub time: Option<usize>,
    /// The rest of the block before, from which one `<br>` parts it.
    pub joined: bool,
    pub signs: Signs,
    /// A short line with a day or a time.
    pub is_day: bool,
    /// An address or a number to write to or to call.
    pub is_contact: bool,
}

impl Block {
    /// Bytes of link words.
    pub fn linked(&self) -> usize {
        self.links.iter().map(|link| link.range.len()).sum()
    }

    pub fn link_share(&self) -> f32 {
        self.linked() as f32 / self.text.len().max(1) as f32
    }

    pub fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    /// The text with the words of its links taken out.
    pub fn outside_links(&self) -> String {
        let mut out = String::new();
        let mut from = 0;
        for link in &self.links {
            out.push_str(&self.text[from..link.range.start]);
            out.push(' ');
            from = link.range.end;
        }
        out.push_str(&self.text[from..]);
        out
    }
}

/// A number of four figures that is a year of our time.
pub fn has_year(text: &str) -> bool {
    let numbers = text.split(|char: char| !char.is_ascii_digit());
    numbers.filter(|number| number.len() == 4).any(|number| number.starts_with("19") || number.starts_with("20"))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_contact(text: &str, words: usize) -> bool {
    text.contains('@') || words <= FACT && digits(text) >= PHONE && !has_year(text)
}

fn is_day(text: &str, words: usize) -> bool {
    words < PHRASE_BEGINS && digits(text) >= 3 && is_dated(text)
}

/// A year, a clock time, or figures parted as in a date.
fn is_dated(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let parted = |at: usize| match bytes[at] {
        b':' => at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2),
        b'.' | b'/' => at > 0 && digit(at - 1) && (digit(at + 1) || digit(at + 2)),
        _ => false,
    };
    has_year(text) || (0..bytes.len()).any(parted)
}

/// The blocks in reading order.
pub fn blocks(model: &Model) -> Vec<Block> {
    blocks_within(model, 0)
}

/// Those below one element.
pub fn blocks_within(model: &Model, root: usize) -> Vec<Block> {
    let dom = &model.dom;
    let mut walk = Walk { dom, out: Vec::new(), run: Run::default(), block: usize::MAX };
    let mut at = root;
    while at < dom.nodes[root].end {
        at = walk.step(at);
    }
    walk.flush();
    walk.out
}

/// Text that gathers.
#[derive(Default)]
struct Run {
    text: String,
    links: Vec<Anchor>,
    first: usize,
    time: Option<usize>,
    /// End of the last piece in the page's text.
    end: usize,
    /// `<br>` since the last piece.
    breaks: usize,
}

struct Walk<'a> {
    dom: &'a Dom<'a>,
    out: Vec<Block>,
    run: Run,
    block: usize,
}

impl Walk<'_> {
    /// Looks at a node; the one to look at next.
    fn step(&mut self, at: usize) -> usize {
        let node = &self.dom.nodes[at];
        if let What::Text(_) = node.what {
            if node.visible && !node.text.is_empty() {
                self.enter(at);
                self.piece(at);
            }
            return at + 1;
        }
        if !node.visible || is_left_out(self.dom, at) {
            return node.end;
        }
        match node.tag {
            "br" => self.run.breaks += 1,
            "time" => {
                self.enter(at);
                self.run.time = Some(at);
            }
            "tr" if is_data_row(self.dom, at) => {
                self.row(at);
                return node.end;
            }
            _ if node.block == at => self.flush(),
            _ => {}
        }
        at + 1
    }

    /// What gathered in another block ends where a node of this one begins.
    fn enter(&mut self, at: usize) {
        let block = self.dom.nodes[at].block;
        if block != self.block || self.run.breaks > 1 {
            self.flush();
            self.block = block;
        }
    }

    fn piece(&mut self, at: usize) {
        let node = &self.dom.nodes[at];
        let run = &mut self.run;
        if run.text.is_empty() {
            run.first = at;
        } else if run.breaks > 0 {
            run.text.push('\n');
        } else {
            // What the page's text has between the two, unless that is text which was left out.
            let gap = self.dom.text.get(run.end..node.text.start).unwrap_or(" ");
            run.text.push_str(if gap.trim().is_empty() { gap } else { " " });
        }
        (run.breaks, run.end) = (0, node.text.end);
        let start = run.text.len();
        run.text.push_str(&self.dom.text[node.text.clone()]);
        let Some(link) = node.link.filter(|link| !is_address(self.dom, *link)) else { return };
        match run.links.last_mut().filter(|last| last.node == link) {
            Some(last) => last.range.end = run.text.len(),
            None => run.links.push(Anchor { node: link, range: start..run.text.len() }),
        }
    }

    /// The cells of a row in one line.
    fn row(&mut self, at: usize) {
        self.flush();
        self.block = at;
        let end = self.dom.nodes[at].end;
        for text in at..end {
            let node = &self.dom.nodes[text];
            if matches!(node.what, What::Text(_)) && node.visible && !node.text.is_empty() {
                self.piece(text);
            }
        }
        // A line break has the length of a blank, so that the places of links stay.
        self.run.text = self.run.text.replace('\n', " ");
        self.flush();
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.text.is_empty() {
            return;
        }
        let kind = kind_of(self.dom, self.block, run.first);
        let mut joined = false;
        for part in parts(&run) {
            let links = run.links.iter().filter(|link| link.range.start < part.end && link.range.end > part.start);
            let within = |link: &Anchor| link.range.start.max(part.start) - part.start..link.range.end.min(part.end) - part.start;
            let links = links.map(|link| Anchor { node: link.node, range: within(link) }).collect();
            let text = run.text[part].to_owned();
            let words = words(&text);
            let signs = signs(&text, &words);
            let (node, first, time) = (self.block, run.first, run.time);
            let (is_day, is_contact) = (is_day(&text, words.len()), is_contact(&text, words.len()));
            self.out.push(Block { kind, text, words, links, node, first, time, joined, signs, is_day, is_contact });
            joined = true;
        }
    }
}

/// What kind of block the text at a node makes.
fn kind_of(dom: &Dom, block: usize, first: usize) -> Kind {
    if dom.tag(block) == "tr" {
        return Kind::Row;
    }
    if let Some(heading) = dom.nodes[first].heading {
        return Kind::Heading(dom.tag(heading).as_bytes()[1] - b'0');
    }
    let outer = dom.ancestors(block).map(|up| dom.tag(up)).find(|tag| matches!(*tag, "figcaption" | "caption" | "li" | "dt" | "dd" | "td"));
    match outer {
        Some("figcaption" | "caption") => Kind::Caption,
        Some("li" | "dt" | "dd") => Kind::Line,
        _ => Kind::Paragraph,
    }
}

/// Ranges of a run that are blocks of their own: lines of another kind at its ends are cut off.
fn parts(run: &Run) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for line in run.text.split('\n') {
        lines.push(from..from + line.len());
        from += line.len() + 1;
    }
    let count = lines.len();
    let apart = |at: usize| (at < APART_FIRST || at + APART_LAST >= count) && is_apart(run, &lines[at], at);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut alone = true;
    for (at, line) in lines.iter().enumerate() {
        let own = count > 1 && apart(at);
        match out.last_mut().filter(|_| !own && !alone) {
            Some(last) => last.end = line.end,
            None => out.push(line.clone()),
        }
        alone = own;
    }
    out
}

/// A line of nothing but links, about the page or its files, or with a date above the text.
fn is_apart(run: &Run, line: &Range<usize>, at: usize) -> bool {
    let text = &run.text[line.clone()];
    let linked: usize = run.links.iter().map(|link| link.range.end.min(line.end).saturating_sub(link.range.start.max(line.start))).sum();
    if linked > 0 && text.len() <= linked + text.chars().filter(|char| !char.is_alphanumeric()).map(char::len_utf8).sum::<usize>() {
        return true;
    }
    if text.chars().count() > APART {
        return false;
    }
    let starts = signs(text, &words(text)).starts;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // The title may open the run; its date is then the second line.
    starts.has(Class::Meta) || text.ends_with(':') && starts.has(Class::Download) || at == 0 && digits >= 4 || at == 1 && digits >= 6
}

/// A link to write to somebody or to call: no way to another page. A letter without an address is a tool to share the page.
fn is_address(dom: &Dom, link: usize) -> bool {
    let href = dom.attr(link, "href").unwrap_or_default();
    href.starts_with("tel:")
        || href.strip_prefix("mailto:").is_some_and(|to| to.split('?').next().is_some_and(|to| to.contains(['@', '%'])))
}

/// Things to press or to fill in, what is hidden from readers who listen, and words in place of a script.
fn is_left_out(dom: &Dom, at: usize) -> bool {
    match dom.tag(at) {
        "button" | "label" | "legend" => dom.nodes[at].heading.is_none(),
        "noscript" => true,
        _ => dom.attr(at, "aria-hidden") == Some("true"),
    }
}

/// Two or more filled cells, each short and without blocks of its own but one paragraph.
fn is_data_row(dom: &Dom, row: usize) -> bool {
    let mut filled = 0;
    for cell in dom.children(row).filter(|child| dom.is_element(*child)) {
        let (mut paragraphs, mut breaks) = (0, 0);
        for inner in cell + 1..dom.nodes[cell].end {
            match dom.tag(inner) {
                "p" => paragraphs += 1,
                "br" => breaks += 1,
                tag if !dom.is_block(inner) || tags::is_unshown(tag) || tag == "img" => {}
                _ => return false,
            }
        }
        let chars = dom.sum(cell).chars;
        if paragraphs > 1 || breaks > MAX_BREAKS || chars > MAX_CELL {
            return false;
        }
        filled += usize::from(chars > 0);
    }
    filled >= 2
}
