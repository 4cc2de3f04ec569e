//! The description of the interface (`OpenAPI` 3.1): its paths from a file, the shape of a record from the types themselves.
//!
//! Refuses: a second description of a record; a test judges real answers by the document.

use serde_json::Value;

use crate::export;

/// The document with the address of this server.
pub fn document(base: &str) -> Value {
    let mut document: Value = serde_json::from_str(include_str!("../data/openapi.json")).unwrap_or_default();
    document["info"]["version"] = env!("CARGO_PKG_VERSION").into();
    document["servers"][0]["url"] = base.into();
    let mut record = export::schema();
    // Definitions of a part are looked for in the whole.
    if let Some(parts) = record.as_object_mut().and_then(|record| record.remove("$defs")).and_then(|parts| parts.as_object().cloned()) {
        for (name, part) in parts {
            document["components"]["schemas"][name] = led(part);
        }
    }
    if let Some(record) = record.as_object_mut() {
        record.remove("$schema");
        record.remove("$id");
    }
    document["components"]["schemas"]["Record"] = led(record);
    document
}

/// References of a schema of its own led to the components of the document.
fn led(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match value.as_str().filter(|_| name == "$ref").and_then(|to| to.strip_prefix("#/$defs/")) {
                    Some(to) => *value = format!("#/components/schemas/{to}").into(),
                    None => *value = led(value.take()),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = led(value.take())),
        _ => {}
    }
    schema
}
