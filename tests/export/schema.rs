//! JSON Lines against the JSON Schema that the program prints, judged by `boon` (draft 2020-12).

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};
use twindex::export::Format;

use super::{bare, exported, full};

pub struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    pub fn new(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("record.json", schema).expect("a resource");
        let index = compiler.compile("record.json", &mut schemas).unwrap_or_else(|error| panic!("the schema is wrong: {error:#}"));
        Self { schemas, index }
    }

    pub fn verdict(&self, record: &Value) -> Result<(), String> {
        self.schemas.validate(record, self.index).map_err(|error| format!("{error:#}"))
    }
}

#[test]
fn what_is_written_is_what_the_schema_says() {
    let judge = Judge::new(twindex::export::schema());
    let lines = exported(&Format::Jsonl, &[bare("x"), full()], None);
    assert_eq!(lines.lines().count(), 2);
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(judge.verdict(&record), Ok(()), "{line}");
    }
}

#[test]
fn the_schema_refuses_what_no_record_is() {
    let judge = Judge::new(twindex::export::schema());
    let good = serde_json::to_value(full()).expect("JSON");
    let broken: [(&str, Value); 7] = [
        ("kind", json!("advert")),
        ("title", Value::Null),
        ("published", json!("1. 3. 2026")),
        ("version", json!("3")),
        ("places", json!([{"name": "x"}])),
        ("population", json!({"value": -1, "qualifier": "about"})),
        ("first_seen", json!("yesterday")),
    ];
    for (field, value) in broken {
        let mut record = good.clone();
        record[field] = value;
        assert!(judge.verdict(&record).is_err(), "the schema lets a wrong {field} pass");
    }
    for field in ["id", "source", "url", "listing", "evidence", "page", "last_seen"] {
        let mut record = good.clone();
        record.as_object_mut().expect("an object").remove(field);
        assert!(judge.verdict(&record).is_err(), "the schema does not require {field}");
    }
}
