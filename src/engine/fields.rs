//! The fields of a document: the rows of `data/fields.tsv`, and what each type is called by an engine.
//!
//! Field types after the index configuration of Quickwit 0.9 and the mappings of `OpenSearch` 2. Values of a list may be none; a field
//! without a value is left out, and no list has nulls in it.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::target::Engine;

/// Analyser of Quickwit for texts that stand there as they are written: letters without their marks.
pub const FOLDED: &str = "folded";
/// Analyser of `OpenSearch` for Czech.
pub const CZECH: &str = "czech_folded";

/// Where the values of a field come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Record,
    /// The field of our index of this name.
    Index(&'static str),
    /// Other terms that stand at the same places of it.
    Others(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// One exact value, to be counted and sorted by.
    Keyword,
    Keywords,
    /// Terms whose order does not matter.
    Words,
    /// Terms in their order.
    Phrases,
    Text,
    Texts,
    Number,
    Numbers,
    /// A moment, RFC 3339.
    Date,
    Flag,
    /// Given back and never asked for.
    Kept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub from: From,
    pub of: Type,
    everywhere: bool,
}

static FIELDS: LazyLock<Vec<Field>> =
    LazyLock::new(|| include_str!("data/fields.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(read).collect());

fn read(line: &'static str) -> Option<Field> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, from, of, engine] = cells[..] else { return None };
    let of = match of {
        "keyword" => Type::Keyword,
        "keywords" => Type::Keywords,
        "words" => Type::Words,
        "phrases" => Type::Phrases,
        "text" => Type::Text,
        "texts" => Type::Texts,
        "number" => Type::Number,
        "numbers" => Type::Numbers,
        "date" => Type::Date,
        "flag" => Type::Flag,
        "kept" => Type::Kept,
        _ => return None,
    };
    let from = match from.strip_suffix('+') {
        Some(from) => From::Others(from),
        None if from == "record" => From::Record,
        None => From::Index(from),
    };
    Some(Field { name, from, of, everywhere: engine == "both" })
}

/// The fields of a document for an engine.
pub fn of(engine: Engine) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.everywhere || engine == Engine::Quickwit)
}

impl Type {
    /// There may be several values.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Keywords | Self::Words | Self::Phrases | Self::Texts | Self::Numbers)
    }
}

impl Field {
    /// The entry of `field_mappings` in an index configuration of Quickwit.
    pub fn quickwit(&self) -> Value {
        let mut entry = match self.of {
            Type::Keyword | Type::Keywords => json!({"type": "text", "tokenizer": "raw", "fast": true}),
            Type::Words => json!({"type": "text", "tokenizer": "whitespace", "record": "freq", "fieldnorms": true, "stored": false}),
            Type::Phrases => json!({"type": "text", "tokenizer": "whitespace", "record": "position", "fieldnorms": true, "stored": false}),
            Type::Text | Type::Texts => json!({"type": "text", "tokenizer": FOLDED, "record": "position", "fieldnorms": true}),
            Type::Number | Type::Numbers => json!({"type": "u64", "fast": true}),
            Type::Date => json!({"type": "datetime", "input_formats": ["rfc3339"], "fast": true, "fast_precision": "seconds"}),
            Type::Flag => json!({"type": "bool", "fast": true}),
            Type::Kept => json!({"type": "text", "indexed": false}),
        };
        if let (true, Some(of)) = (self.of.is_list(), entry["type"].as_str()) {
            entry["type"] = format!("array<{of}>").into();
        }
        entry["name"] = self.name.into();
        entry
    }

    /// The property of a mapping of `OpenSearch`; lists are not told there.
    pub fn opensearch(&self) -> Value {
        match self.of {
            // Lucene refuses terms of more than 32,766 bytes, four to a character.
            Type::Keyword | Type::Keywords => json!({"type": "keyword", "ignore_above": 8191}),
            Type::Words | Type::Phrases | Type::Text | Type::Texts => json!({"type": "text", "analyzer": CZECH}),
            Type::Number | Type::Numbers => json!({"type": "long"}),
            Type::Date => json!({"type": "date"}),
            Type::Flag => json!({"type": "boolean"}),
            Type::Kept => json!({"type": "keyword", "index": false, "doc_values": false}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_name_stands_twice() {
        let rows = include_str!("data/fields.tsv").lines().filter(|line| !line.starts_with('#')).count();
        let mut names: Vec<&str> = of(Engine::Quickwit).map(|field| field.name).collect();
        assert_eq!(names.len(), rows);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), rows, "a name stands twice");
        let own_terms = |field: &Field| matches!(field.of, Type::Words | Type::Phrases);
        assert!(of(Engine::Quickwit).any(own_terms) && !of(Engine::Opensearch).any(own_terms), "OpenSearch analyses by itself");
    }
}
