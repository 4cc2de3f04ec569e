//! The query language with examples, each a link, and its fields.
//!
//! Refuses: a grammar of its own. Text and fields are those of `twindex search --grammar` and `--fields`.

use maud::html;

use super::desk::Desk;
use super::frame::{Page, Part};
use super::question::Question;
use crate::search::{GRAMMAR, fields};

pub fn page(desk: &Desk<'_>) -> Page {
    let words = desk.words();
    let href = |query: &str| Question { q: query.to_owned(), page: 1, ..Question::default() }.href(desk.tongue);
    if !desk.is_served() {
        let main = html! { h1 { (words.help) } p { (words.copy_search) } p { (words.copy_browse) } };
        return Page::new(desk.tongue, "/help", words.help, Some(Part::Help), main);
    }
    let main = html! {
        h1 { (words.help) }
        p { (words.grammar_intro) }
        @for block in GRAMMAR.split("\n\n") {
            section.grammar {
                p { (desk.tongue.message(&paragraph(block))) }
                ul { @for example in block.lines().filter(|line| line.starts_with(' ')) { li { a href=(href(example.trim())) { code { (example.trim()) } } } } }
            }
        }
        h2 { (words.fields) }
        div.wide tabindex="0" role="region" aria-label=(words.fields) {
            table {
                thead { tr { th scope="col" { (words.fields) } th scope="col" { (words.other_names) } th scope="col" { (words.asks) } th scope="col" { (words.example) } } }
                tbody {
                    @for field in fields() {
                        tr {
                            th scope="row" { code { (field.name) } }
                            td { (field.others.replace(' ', ", ")) }
                            td { (desk.tongue.message(field.asks)) }
                            td { a href=(href(field.example)) { code { (field.example) } } }
                        }
                    }
                }
            }
        }
    };
    Page::new(desk.tongue, "/help", words.help, Some(Part::Help), main)
}

/// The words of a block of the grammar, without its examples.
pub fn paragraph(block: &str) -> String {
    block.lines().filter(|line| !line.starts_with(' ')).collect::<Vec<_>>().join(" ")
}
