//! What a leaf is like by itself, whatever list it may be in: where it leads, how it is set, what stands over its column.

use super::leaf::{Kind, Leaf};
use super::phrases::{self, Class};
use super::text::Text;
use crate::extract::page::{Dom, Target};

/// Nodes of a table among which its head is looked for.
const MOST_HEAD: usize = 400;

/// Measures of a leaf by the names of [`MEASURES`].
pub type Measures = [f64; MEASURES.len()];

pub const MEASURES: [&str; 7] = ["page", "document", "dead", "heading", "bold", "phrase", "label"];

/// The head of a table's column.
pub struct Head {
    /// Its `th`.
    pub node: usize,
    pub class: Class,
}

pub fn measures(dom: &Dom, leaf: &Leaf, target: &Target, class: Class, text: &Text) -> Measures {
    let heading = match leaf.kind {
        Kind::Heading(1..=4) => 1.0,
        Kind::Heading(_) => 0.6,
        _ if dom.nodes[leaf.nodes.start].heading.is_some() => 0.8,
        _ => 0.0,
    };
    [
        f64::from(target.page.is_some()),
        f64::from(target.document.is_some()),
        f64::from(leaf.link.is_some() && target.any().is_none()),
        heading,
        f64::from(leaf.bold),
        f64::from(class != Class::None || text.is_empty()),
        f64::from(is_label(dom, leaf)),
    ]
}

/// It ends with a colon.
pub fn is_label(dom: &Dom, leaf: &Leaf) -> bool {
    dom.text[leaf.span.clone()].trim_end().ends_with(':')
}

/// The head over the cell of a table that holds the leaf.
pub fn head(dom: &Dom, leaf: &Leaf) -> Option<Head> {
    let cell = dom.ancestors(leaf.nodes.start).find(|up| matches!(dom.tag(*up), "td" | "table")).filter(|at| dom.tag(*at) == "td")?;
    let is_cell = |at: &usize| matches!(dom.tag(*at), "td" | "th");
    let number = dom.children(dom.nodes[cell].parent).take_while(|child| *child < cell).filter(is_cell).count();
    let table = dom.ancestors(cell).find(|up| dom.tag(*up) == "table")?;
    let row = (table..dom.nodes[table].end).take(MOST_HEAD).find(|at| dom.tag(*at) == "th").map(|th| dom.nodes[th].parent)?;
    let node = dom.children(row).filter(is_cell).nth(number)?;
    Some(Head { node, class: phrases::class(dom.text_of(node)) })
}
