//! The columns of Arrow for what the JSON Schema of a record says, and a record as they hold it.
//!
//! What the schema gives no simple type (a place in the text: `body`, or `{"attachment": 0}`) is text.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};
use serde_json::{Map, Value};

use crate::export::schema as json_schema;

/// The column that no record has: when the page was fetched that was read.
pub const CAPTURED: &str = "captured";

/// A column for each property of a record, and [`CAPTURED`].
pub fn schema() -> Schema {
    let schema = json_schema();
    let mut fields = fields(&schema, &schema);
    fields.push(Arc::new(Field::new(CAPTURED, time(), true)));
    Schema::new(fields)
}

/// Columns of an object's properties. All may be empty: an older archive does not tell everything.
fn fields(object: &Value, root: &Value) -> Vec<Arc<Field>> {
    let properties = object["properties"].as_object().into_iter().flatten();
    properties.map(|(name, of)| Arc::new(Field::new(name, data_type(of, root), true))).collect()
}

fn data_type(of: &Value, root: &Value) -> DataType {
    let of = settled(of, root);
    let format = of["format"].as_str().unwrap_or_default();
    match (kind(of), format) {
        ("string", "date") => DataType::Date32,
        ("string", "date-time") => time(),
        ("integer", "uint8" | "uint16" | "uint32") => DataType::UInt32,
        ("integer", _) => DataType::Int64,
        ("number", _) => DataType::Float64,
        ("boolean", _) => DataType::Boolean,
        ("array", _) => DataType::List(Arc::new(Field::new_list_field(data_type(&of["items"], root), true))),
        ("object", _) if of["properties"].is_object() => DataType::Struct(Fields::from(fields(of, root))),
        _ => DataType::Utf8,
    }
}

fn time() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("+00:00".into()))
}

/// A schema with its reference followed, and without the `null` beside it.
fn settled<'a>(of: &'a Value, root: &'a Value) -> &'a Value {
    if let Some(name) = of["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return settled(&root["$defs"][name], root);
    }
    let choices = of["anyOf"].as_array().map_or(&[][..], Vec::as_slice);
    let mut real = choices.iter().filter(|choice| kind(choice) != "null");
    match (real.next(), real.next()) {
        (Some(only), None) => settled(only, root),
        _ => of,
    }
}

/// The type of a schema besides `null`; empty where it has several.
fn kind(of: &Value) -> &str {
    match &of["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default(),
        _ => "",
    }
}

/// Makes text of what a column holds as text alone.
pub fn fit(row: &mut Value, fields: &Fields) {
    if let Value::Object(object) = row {
        for field in fields {
            if let Some(value) = object.get_mut(field.name()) {
                fit_value(value, field.data_type());
            }
        }
    }
}

fn fit_value(value: &mut Value, as_type: &DataType) {
    match (as_type, &mut *value) {
        (DataType::Utf8, Value::Object(parts)) => *value = Value::String(as_text(parts)),
        (DataType::List(item), Value::Array(items)) => items.iter_mut().for_each(|each| fit_value(each, item.data_type())),
        (DataType::Struct(fields), value) => fit(value, fields),
        _ => {}
    }
}

/// `{"attachment": 0}` as `attachment 0`.
fn as_text(parts: &Map<String, Value>) -> String {
    parts.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(" ")
}
