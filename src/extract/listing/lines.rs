//! The text of some nodes as lines of pieces: a line ends where a block or `<br>` does.
//!
//! Dates already read are left out. Blanks of the markup fold to one, as a browser shows them;
//! no-break blanks stay.

use super::ground::Ground;
use super::outline::{What, is_inline};

/// A run of text with its surroundings.
#[derive(Clone, Debug)]
pub struct Piece {
    pub text: String,
    /// The element that holds the text directly.
    pub holder: usize,
    pub link: Option<usize>,
    pub heading: Option<usize>,
    pub strong: bool,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub pieces: Vec<Piece>,
    /// The block that holds the line.
    pub block: usize,
}

impl Line {
    /// Text with blanks folded as a browser would, no-break blanks kept.
    pub fn raw(&self) -> String {
        let mut out = String::new();
        for char in self.pieces.iter().flat_map(|piece| piece.text.chars()) {
            let blank = char.is_ascii_whitespace();
            if !blank {
                out.push(char);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end_matches(|c: char| c.is_ascii_whitespace()).len());
        out
    }
}

/// Lines of `roots` without the stamps whose indices are `hidden`.
pub fn lines(ground: &Ground, roots: &[usize], hidden: &[usize]) -> Vec<Line> {
    let outline = ground.outline;
    let mut lines: Vec<Line> = Vec::new();
    let mut broken = true;
    for root in roots {
        let mut at = *root;
        while at < outline.nodes[*root].end {
            let stamp = hidden.iter().map(|stamp| &ground.stamps[*stamp]).find(|stamp| stamp.node == at);
            if let Some(stamp) = stamp.filter(|stamp| stamp.span.is_empty()) {
                // Glue of a date box must not fuse its neighbours.
                if let Some(piece) = lines.last_mut().and_then(|line| line.pieces.last_mut()) {
                    piece.text.push(' ');
                }
                at = outline.nodes[stamp.node].end;
                continue;
            }
            match outline.nodes[at].what {
                What::Element(element) if element.name() == "br" || !is_inline(element.name()) => broken = true,
                What::Element(_) => {}
                What::Text(text) => {
                    let text =
                        stamp.map_or_else(|| text.to_owned(), |stamp| [&text[..stamp.span.start], " ", &text[stamp.span.end..]].concat());
                    push(ground, &mut lines, at, text, &mut broken);
                }
            }
            at += 1;
        }
    }
    lines
}

fn push(ground: &Ground, lines: &mut Vec<Line>, at: usize, text: String, broken: &mut bool) {
    let node = &ground.outline.nodes[at];
    let block = ground.outline.upwards(node.parent).find(|up| !is_inline(ground.outline.tag(*up))).unwrap_or(0);
    let piece = Piece { text, holder: node.parent, link: node.link, heading: node.heading, strong: node.strong };
    match lines.last_mut().filter(|line| line.block == block && !*broken) {
        Some(line) => line.pieces.push(piece),
        // Blanks between blocks make no line.
        None if piece.text.chars().all(|c| c.is_ascii_whitespace()) => return,
        None => lines.push(Line { pieces: vec![piece], block }),
    }
    *broken = false;
}
