//! A document tree flattened into blocks of text, each with the block-level elements around it.
//!
//! Names of tags and a few HTML and ARIA attributes count, names of classes and ids never. Text that no
//! reader sees (scripts, controls, hidden parts) is left out here; what is merely not the main text stays.
//! A table row whose cells are plain becomes one line; a layout table falls apart into its cells.

use std::iter::Peekable;

use scraper::{ElementRef, Html, Node};

use super::super::files::names_file;
use super::super::text::normalise;
use super::elements::{is_aside, is_block, is_control, is_data_row, unseen};
use super::parts;

/// Deepest element that is still read; `document` refuses deeper pages before.
const MAX_DEPTH: usize = 600;

/// Bytes of other words beside a `<time>` ("Published on").
const MAX_TIME_LABEL: usize = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    /// List item, term or table row: a line among lines.
    Line,
    /// `h1` to `h6`.
    Heading(u8),
    /// Caption of a figure or a table.
    Caption,
}

/// One run of text between block boundaries.
#[derive(Debug)]
pub struct Block {
    pub kind: Kind,
    /// Normal form, lines of `<br>` kept.
    pub text: String,
    /// Bytes of `text` that are link words.
    pub linked: usize,
    pub links: Vec<Anchor>,
    /// `datetime` of a `<time>` that is all the block says.
    pub time: Option<String>,
    /// Index of the innermost scope.
    pub scope: usize,
    /// Inside navigation, complementary content, a footer, a dialog or a small form.
    pub aside: bool,
    /// One `<br>` parts it from the block before, of whose paragraph it is the rest.
    pub joined: bool,
}

/// A link as written.
#[derive(Clone, Debug)]
pub struct Anchor {
    pub href: String,
    pub text: String,
    /// `type` attribute, the presence of `download`, or a file's name as the words.
    pub file: bool,
}

/// A block-level element and the blocks inside it.
#[derive(Debug)]
pub struct Scope {
    pub name: String,
    pub parent: usize,
    pub start: usize,
    pub end: usize,
    /// Things to fill in or press inside, those of a heading (it unfolds its section) apart.
    pub controls: usize,
}

#[derive(Debug, Default)]
pub struct Blocks {
    pub blocks: Vec<Block>,
    /// Scope 0 is the document.
    pub scopes: Vec<Scope>,
}

impl Blocks {
    pub fn of(document: &Html) -> Self {
        Self::within(document.root_element())
    }

    /// The blocks below one element.
    pub fn within(root: ElementRef) -> Self {
        let mut walk = Walk::default();
        walk.out.scopes.push(Scope { name: String::new(), parent: 0, start: 0, end: 0, controls: 0 });
        walk.element(root, 0);
        walk.flush();
        walk.out.scopes[0].end = walk.out.blocks.len();
        walk.out
    }

    /// Scopes around a scope, innermost first, itself included.
    pub fn around(&self, scope: usize) -> impl Iterator<Item = usize> + '_ {
        let step = |at: &usize| (*at != 0).then(|| self.scopes[*at].parent);
        std::iter::successors(Some(scope), step)
    }
}

#[derive(Default)]
struct Walk {
    out: Blocks,
    scope: usize,
    kind: Option<Kind>,
    in_line: usize,
    aside: usize,
    raw: String,
    links: Vec<Anchor>,
    /// Words and `datetime` of a `<time>` in the current text.
    time: Option<(String, String)>,
    /// The link around the current text; cards wrap whole blocks in one.
    open: Option<Anchor>,
}

impl Walk {
    fn element(&mut self, element: ElementRef, depth: usize) {
        let name = element.value().name();
        if is_control(element) && !matches!(self.kind, Some(Kind::Heading(_))) {
            self.out.scopes[self.scope].controls += 1;
        }
        if depth > MAX_DEPTH || unseen(element) {
            return;
        }
        match name {
            "br" => self.raw.push('\n'),
            "hr" => self.flush(),
            "a" => self.link(element, depth),
            "time" => {
                let words = normalise(&element.text().collect::<String>());
                self.time = element.attr("datetime").map(|stamp| (words, stamp.to_owned())).or(self.time.take());
                self.children(element, depth);
            }
            "tr" if is_data_row(element) => self.row(element, depth),
            _ if is_block(name) => self.block(element, depth),
            _ => self.children(element, depth),
        }
    }

    fn children(&mut self, element: ElementRef, depth: usize) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// Line breaks of the source are blanks; only `<br>` breaks a line.
    fn text(&mut self, text: &str) {
        self.raw.extend(text.chars().map(|char| if char.is_whitespace() { ' ' } else { char }));
    }

    fn link(&mut self, element: ElementRef, depth: usize) {
        let Some(href) = element.attr("href") else {
            return self.children(element, depth);
        };
        let text = words_of(element);
        let file = element.attr("download").is_some() || element.attr("type").is_some_and(|kind| !kind.contains("html"));
        let file = file || names_file(&text);
        let anchor = Anchor { href: href.to_owned(), text, file };
        let before = self.out.blocks.len();
        let outer = self.open.replace(anchor.clone());
        self.children(element, depth);
        self.open = outer;
        if before == self.out.blocks.len() {
            self.links.push(anchor);
        } else {
            self.flush_inside(&anchor);
        }
    }

    /// The last run of a link that wraps blocks.
    fn flush_inside(&mut self, anchor: &Anchor) {
        let outer = self.open.replace(anchor.clone());
        self.flush();
        self.open = outer;
    }

    fn row(&mut self, element: ElementRef, depth: usize) {
        self.flush();
        let outer = self.enter("tr");
        for cell in element.child_elements() {
            self.raw.push(' ');
            let only = cell.child_elements().next().filter(|inner| inner.value().name() == "p");
            self.children(only.unwrap_or(cell), depth + 1);
        }
        self.raw = self.raw.replace('\n', " ");
        self.kind = Some(Kind::Line);
        self.leave(outer);
        self.kind = None;
    }

    fn block(&mut self, element: ElementRef, depth: usize) {
        let name = element.value().name();
        self.flush();
        let outer = self.enter(name);
        let line = usize::from(matches!(name, "li" | "dt" | "dd"));
        let aside = usize::from(is_aside(element));
        let outer_kind = self.kind.take();
        self.kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Kind::Heading(name.as_bytes()[1] - b'0')),
            "figcaption" | "caption" => Some(Kind::Caption),
            _ => outer_kind.filter(|kind| matches!(kind, Kind::Caption | Kind::Heading(_))),
        };
        self.in_line += line;
        self.aside += aside;
        self.children(element, depth);
        self.leave(outer);
        self.in_line -= line;
        self.aside -= aside;
        self.kind = outer_kind;
    }

    fn enter(&mut self, name: &str) -> usize {
        let start = self.out.blocks.len();
        self.out.scopes.push(Scope { name: name.to_owned(), parent: self.scope, start, end: start, controls: 0 });
        std::mem::replace(&mut self.scope, self.out.scopes.len() - 1)
    }

    fn leave(&mut self, outer: usize) {
        self.flush();
        self.out.scopes[self.scope].end = self.out.blocks.len();
        self.out.scopes[outer].controls += self.out.scopes[self.scope].controls;
        self.scope = outer;
    }

    /// Ends the run of text; an empty line inside it (two `<br>`) parts paragraphs.
    fn flush(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let rows: Vec<String> = raw.split('\n').map(normalise).collect();
        let mut waiting = std::mem::take(&mut self.links).into_iter().peekable();
        let moment = self.time.take();
        let kind = match self.kind {
            Some(kind) => kind,
            None if self.in_line > 0 => Kind::Line,
            None => Kind::Paragraph,
        };
        for part in rows.split(String::is_empty).filter(|part| !part.is_empty()) {
            let mut own = named_in(&part.join(" "), &mut waiting).into_iter().peekable();
            for (text, joined) in parts::split(part, own.clone()) {
                let mut links = named_in(&text.replace('\n', " "), &mut own);
                if let Some(open) = &self.open {
                    links.push(Anchor { text: text.clone(), ..open.clone() });
                }
                let linked = links.iter().map(|link| link.text.len()).sum::<usize>().min(text.len());
                let says = |words: &str| text.len() <= words.len() + MAX_TIME_LABEL;
                let time = moment.as_ref().filter(|(words, _)| says(words)).map(|(_, given)| given.clone());
                let (scope, aside) = (self.scope, self.aside > 0);
                self.out.blocks.push(Block { kind, text, linked, links, time, scope, aside, joined });
            }
        }
    }
}

/// The words of a link; a line break inside it parts words.
fn words_of(link: ElementRef) -> String {
    let words = link.descendants().filter_map(|node| match node.value() {
        Node::Text(text) => Some(&**text),
        Node::Element(element) => (element.name() == "br").then_some(" "),
        _ => None,
    });
    normalise(&words.collect::<String>())
}

/// Links come in the order of the text: one look at each, however many there are.
fn named_in(words: &str, waiting: &mut Peekable<impl Iterator<Item = Anchor>>) -> Vec<Anchor> {
    std::iter::from_fn(|| waiting.next_if(|link| words.contains(&link.text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<(Kind, String)> {
        Blocks::of(&Html::parse_document(html)).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn lines_breaks_rows_and_hidden_parts() {
        use Kind::{Heading, Line, Paragraph};
        let html = "<h2>A\n b</h2>text<br>next<br><br>third<ul><li>x<li><p>y</p></ul><table><tr><td>k<td>v</table>\
                    <p hidden>no</p><p style='display: none'>no</p><script>no</script><p>&nbsp;</p>";
        let want = [(Heading(2), "A b"), (Paragraph, "text\nnext"), (Paragraph, "third"), (Line, "x"), (Line, "y"), (Line, "k v")];
        assert_eq!(texts(html), want.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_layout_table_falls_into_its_cells() {
        let html = "<table><tr><td>menu<td><p>one</p><p>two</p></table>";
        assert_eq!(texts(html).len(), 3);
    }
}
