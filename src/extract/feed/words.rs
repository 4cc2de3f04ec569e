//! What a value of a feed says in plain words, whether it holds text or markup.
//!
//! Atom tells which (RFC 4287 §3.1); RSS does not: its descriptions are markup, its titles only where they look like it.

use super::xml::Tree;
use crate::extract::page::shown;
use crate::extract::text::normalise;

/// An Atom text construct or content in line.
pub fn construct(tree: &Tree, at: usize) -> String {
    match tree.attribute(at, "type").map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "text/html") => markup(&tree.text(at)),
        Some("xhtml" | "application/xhtml+xml") => markup(&tree.markup(at)),
        _ => normalise(&tree.text(at)),
    }
}

/// The words that markup shows, blocks parted by a blank.
pub fn markup(text: &str) -> String {
    if text.contains(['<', '&']) { normalise(&shown(text)) } else { normalise(text) }
}

/// A title of RSS: `x<y` is text, `<b>x</b>` and `A &amp; B` are markup.
pub fn title(text: &str) -> String {
    if looks_like_markup(text) { markup(text) } else { normalise(text) }
}

fn looks_like_markup(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let reference = lower.split('&').skip(1).any(|part| {
        part.split_once(';')
            .is_some_and(|(name, _)| (2..10).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'))
    });
    reference || ["</", "/>", "<br>"].iter().any(|sign| lower.contains(sign))
}
