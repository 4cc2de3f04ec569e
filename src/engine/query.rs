//! Clauses as Quickwit's query language has them: every term quoted, every operator written out, every group in brackets.
//!
//! The text is made of a plan and never of what somebody typed, so that it always parses. Refuses fields that no document has.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fields::{self, From};
use super::target::Engine;
use crate::search::elsewhere::Clause;

/// Everything but everything.
const NOTHING: &str = "(* AND NOT *)";
/// What words have beside letters and digits: `C++`, `C#`, `§`.
const SIGNS: &str = "+#§";

pub fn quickwit(clause: &Clause) -> String {
    match clause {
        Clause::Everything => "*".to_owned(),
        Clause::Terms(terms) => either(terms, |term| Some(quoted(term))),
        Clause::Beginnings(terms) => either(terms, beginning),
        Clause::Range(field, low, high) => {
            let end = |end: &Option<u64>| end.map_or_else(|| "*".to_owned(), |end| end.to_string());
            format!("{}:[{} TO {}]", in_order(field), end(low), end(high))
        }
        Clause::Phrase(field, terms, slop) => {
            let slop = if *slop == 0 { String::new() } else { format!("~{slop}") };
            format!("{}:{}{slop}", in_order(field), quoted(&terms.join(" ")))
        }
        Clause::Any(parts) => joined(parts.iter().map(quickwit), " OR "),
        Clause::Every(parts) => joined(parts.iter().map(quickwit), " AND "),
        Clause::Without(both) => format!("({} AND NOT {})", quickwit(&both[0]), quickwit(&both[1])),
    }
}

/// Any of the terms, in whichever field has the terms of its field.
fn either(terms: &[(String, String)], written: fn(&str) -> Option<String>) -> String {
    let found = terms.iter().filter_map(|(field, term)| Some((named(field), written(term)?)));
    let parts = found.flat_map(|(names, term)| names.iter().map(move |name| format!("{name}:{term}")));
    joined(parts, " OR ")
}

fn joined(parts: impl Iterator<Item = String>, operator: &str) -> String {
    let parts: Vec<String> = parts.collect();
    match &parts[..] {
        [] => NOTHING.to_owned(),
        [one] => one.clone(),
        _ => format!("({})", parts.join(operator)),
    }
}

/// What the documents call a field of our index: the one that has its values in order, then that which has other terms of it.
fn named(field: &str) -> &'static [&'static str] {
    static NAMES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
        for field in fields::of(Engine::Quickwit) {
            if let From::Index(own) | From::Others(own) = field.from {
                names.entry(own).or_default().push(field.name);
            }
        }
        names
    });
    NAMES.get(field).expect("data/fields.tsv has a row for each field that is asked")
}

fn in_order(field: &str) -> &'static str {
    named(field)[0]
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The beginning of a word with its sign, bare, for in quotation marks the sign would be a letter; `None` where no word begins so.
fn beginning(text: &str) -> Option<String> {
    let like_a_word = text.chars().all(|letter| letter.is_alphanumeric() || SIGNS.contains(letter));
    (like_a_word && !text.is_empty()).then(|| text.replace('+', "\\+") + "*")
}
