//! Parquet as the reader of Arrow's own project has it.

use std::io::Write;

use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};
use twindex::export::Format;
use twindex::record::Record;

use super::{bare, full, written};

/// The rows of a file as JSON, and the types of some of its columns.
fn read(bytes: &[u8], columns: &[&str]) -> (Vec<Value>, Vec<String>) {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("a file of Parquet");
    let schema = builder.schema().clone();
    let types = columns.iter().map(|name| schema.field_with_name(name).expect("a column").data_type().to_string()).collect();
    let mut json = WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Vec::new());
    for batch in builder.build().expect("a reader") {
        json.write(&batch.expect("rows")).expect("JSON");
    }
    json.finish().expect("the end");
    let text = String::from_utf8(json.into_inner()).expect("UTF-8");
    (text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(), types)
}

#[test]
fn records_come_back_as_they_are() {
    let records = [bare("x"), full()];
    let (bytes, counts) = written(&Format::Parquet, &records, None);
    assert_eq!((counts.records, counts.shortened), (2, 0));
    let (rows, types) = read(&bytes, &["published", "first_seen", "themes", "version", "wanted"]);
    assert_eq!(types[..2], ["Date32", "Timestamp(µs, \"+00:00\")"]);
    assert!(types[2].starts_with("List(") && types[3] == "UInt32" && types[4].starts_with("Struct("), "{types:?}");
    for (row, record) in rows.iter().zip(&records) {
        let mut expected = serde_json::to_value(record).expect("JSON");
        expected["captured"] = row["captured"].clone();
        if let Some(second) = expected["evidence"].get_mut(1) {
            second["where"] = json!("attachment 0");
        }
        assert_eq!(*row, expected);
    }
    assert_eq!(rows.len(), 2);
}

#[test]
fn long_texts_go_out_in_groups() {
    let long = |number: usize| Record { body: Some("slovo ".repeat(700_000)), ..bare(&number.to_string()) };
    let records: Vec<Record> = (0..3).map(long).collect();
    let (rows, _) = read(&written(&Format::Parquet, &records, None).0, &[]);
    assert_eq!(rows.iter().map(|row| row["title"].as_str().expect("a title")).collect::<Vec<_>>(), ["0", "1", "2"]);
    assert!(rows.iter().all(|row| row["body"].as_str().is_some_and(|body| body.len() == 4_200_000)));
}
