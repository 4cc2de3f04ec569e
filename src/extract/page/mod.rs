//! One model of a page, made once from its bytes: a flat arena of nodes over one normalised text.
//!
//! Listing, full text and pager read this model and no other. What is hidden, what starts a line, what is a document
//! link and which host is the same site is each decided in one file here. Refuses any meaning of dates or of layout.

mod build;
mod charset;
mod dom;
mod heading;
mod links;
mod metadata;
mod parse;
mod prescan;
mod quotes;
mod references;
pub mod tags;
mod tokens;

pub use charset::{Decoded, decode};
pub use dom::{Dom, Node, Totals, What};
pub use heading::candidates as headings;
pub use links::{Links, Target, has_word, is_document, is_media, same_site};
pub use metadata::Metadata;
pub use parse::{Parsed, parse};

use scraper::{Html, Selector};

use super::Page;

/// The text that a piece of markup shows.
pub fn shown(markup: &str) -> String {
    Dom::of(&parse::tree(markup).0).text
}

/// A parsed page: the arena, its addresses and its metadata.
pub struct Model<'a> {
    pub dom: Dom<'a>,
    pub links: Links,
    pub metadata: Metadata,
    html: &'a Html,
}

impl<'a> Model<'a> {
    /// The model of a tree that [`parse`] made of the page's bytes.
    pub fn of(html: &'a Html, page: &Page) -> Self {
        let dom = Dom::of(html);
        let links = Links::of(&dom, page.url);
        let metadata = Metadata::of(&dom, &links);
        Self { dom, links, metadata, html }
    }

    /// Nodes that a configured selector matches, in document order.
    pub fn matching(&self, selector: &Selector) -> Vec<usize> {
        let elements = (0..self.dom.nodes.len()).filter(|at| self.dom.is_element(*at));
        let sources = self.html.root_element().descendants().filter_map(scraper::ElementRef::wrap);
        elements.zip(sources).filter(|(_, element)| selector.matches(element)).map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests;
