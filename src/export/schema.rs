//! The record's JSON Schema (draft 2020-12), derived from the types themselves.

use serde_json::Value;

use crate::record::Record;

/// Schema of one line of `export --format jsonl`.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Record).to_value();
    schema["$id"] = "https://twindex.invalid/schema/record-1.json".into();
    schema["title"] = "twindex record".into();
    schema
}
