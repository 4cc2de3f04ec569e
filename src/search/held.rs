//! What the index holds of a record, as plain values by field: for engines elsewhere that have no Czech analysis of their own.
//!
//! The values are those of the document that tantivy is fed with, so that both are asked alike. Refuses to know such engines.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::schema::{FieldType, IndexRecordOption, Schema, Value};

use super::document::document;
use super::schema::Fields;
use super::terms;
use crate::record::Record;

/// Empty texts between two: an engine counts a position for each, so that nothing seems to stand beside what is in another text.
const BORDER: usize = 10;

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Held {
    Text(String),
    Number(u64),
}

/// The values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub own: Vec<Held>,
    /// Terms that stand at the same places as the likeliest, which are in `own` in their order.
    pub others: Vec<Held>,
}

/// Says what the index holds of one record after another.
pub struct Holdings {
    schema: Schema,
    fields: Fields,
}

impl Default for Holdings {
    fn default() -> Self {
        let (schema, fields) = Fields::new();
        Self { schema, fields }
    }
}

impl Holdings {
    /// The values of each field that is searched. Fields of analysed terms hold them parted by blanks.
    pub fn of(&self, record: &Record) -> BTreeMap<&str, Values> {
        let mut held: BTreeMap<&str, Values> = BTreeMap::new();
        for (field, value) in document(&self.fields, record, "").field_values() {
            let entry = self.schema.get_field_entry(field);
            let values = match (entry.field_type(), value.as_str(), value.as_u64()) {
                (FieldType::Str(options), Some(text), _) => match options.get_indexing_options() {
                    Some(indexing) if indexing.tokenizer() == terms::TOKENIZER => analysed(text, indexing.index_option()),
                    Some(_) => Values { own: vec![Held::Text(text.to_owned())], ..Values::default() },
                    None => continue,
                },
                (FieldType::U64(options), _, Some(number)) if options.is_indexed() => {
                    Values { own: vec![Held::Number(number)], ..Values::default() }
                }
                _ => continue,
            };
            let known = held.entry(entry.name()).or_default();
            known.own.extend(values.own);
            known.others.extend(values.others);
        }
        held
    }
}

fn analysed(row: &str, detail: IndexRecordOption) -> Values {
    if detail != IndexRecordOption::WithFreqsAndPositions {
        return Values { own: vec![Held::Text(terms::in_any_order(row))], ..Values::default() };
    }
    let (texts, others) = terms::in_order(row);
    let mut own = Vec::new();
    for text in texts {
        let border = if own.is_empty() { 0 } else { BORDER };
        own.extend(std::iter::repeat_n(Held::Text(String::new()), border));
        own.push(Held::Text(text));
    }
    let others = others.into_iter().collect::<Vec<_>>().join(" ");
    Values { own, others: if others.is_empty() { Vec::new() } else { vec![Held::Text(others)] } }
}
