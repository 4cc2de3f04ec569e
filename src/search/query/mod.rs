//! What was asked, as a tree; printed back, it is a query that the strict reading accepts.
//!
//! `lexer` cuts, `parser` builds, `fields`, `values` and `dates` know the fields and their values, `implicit_filters` and `countries` the
//! facts that plain words name. The grammar for people is `GRAMMAR`. Any Unicode string has a tree; what could not be read as meant is told as faults.

mod countries;
mod dates;
mod display;
mod fields;
mod implicit_filters;
mod lexer;
mod parser;
mod tree;
mod values;

pub use fields::{FieldHelp, FieldName, help, named};
pub use parser::read;
pub use tree::{Filter, Node, Part, Range, Weight};

/// The query language for people, with examples.
pub const GRAMMAR: &str = include_str!("grammar.txt");
