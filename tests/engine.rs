//! Questions to a Quickwit that has our documents: the language it reads, and a small fake of its requests on 127.0.0.1.
//!
//! The fake parses every query by a grammar of its own and answers from the exported documents, with the analysis that their index
//! configuration names. What it answers is compared with the search of this program over the same archive.

mod asked;
mod fake;
mod grammar;
