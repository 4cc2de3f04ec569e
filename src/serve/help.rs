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
    let main = html! {
        h1 { (words.help) }
        p { (words.grammar_intro) }
        @for block in GRAMMAR.split("\n\n") {
            section.grammar {
                p lang="en" { (block.lines().filter(|line| !line.starts_with(' ')).collect::<Vec<_>>().join(" ")) }
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
                            td lang="en" { (field.asks) }
                            td { a href=(href(field.example)) { code { (field.example) } } }
                        }
                    }
                }
            }
        }
    };
    Page::new(desk.tongue, "/help", words.help, Some(Part::Help), main)
}
