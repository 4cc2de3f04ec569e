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
        for (field, value) in document(&self.fields, record, String::new()).field_values() {
            let entry = self.schema.get_field_entry(field);
            match (entry.field_type(), value.as_str(), value.as_u64()) {
                (FieldType::Str(options), Some(text), _) => {
                    let Some(indexing) = options.get_indexing_options() else { continue };
                    let values = held.entry(entry.name()).or_default();
                    match indexing.tokenizer() {
                        terms::TOKENIZER => values.add_row(text, indexing.index_option()),
                        _ => values.own.push(Held::Text(text.to_owned())),
                    }
                }
                (FieldType::U64(options), _, Some(number)) if options.is_indexed() => {
                    held.entry(entry.name()).or_default().own.push(Held::Number(number));
                }
                _ => {}
            }
        }
        held
    }
}

impl Values {
    /// Adds the terms of a row.
    fn add_row(&mut self, row: &str, detail: IndexRecordOption) {
        if detail != IndexRecordOption::WithFreqsAndPositions {
            return self.own.push(Held::Text(terms::in_any_order(row)));
        }
        let (texts, others) = terms::in_order(row);
        for text in texts {
            let border = if self.own.is_empty() { 0 } else { BORDER };
            self.own.extend(std::iter::repeat_n(Held::Text(String::new()), border));
            self.own.push(Held::Text(text));
        }
        if !others.is_empty() {
            self.others.push(Held::Text(others.into_iter().collect::<Vec<_>>().join(" ")));
        }
    }
}
