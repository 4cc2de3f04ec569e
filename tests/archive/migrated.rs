//! A state folder as an earlier release wrote it is opened, for ever: `schema-2` holds two crawls of four notices, one of
//! which changed and one of which left.

use serde_json::Value;

use crate::house::{House, json_lines, source};

/// `application_id` of our files.
const APPLICATION: i64 = 0x7477_6978;

/// The state folder as it was written.
fn old() -> House {
    let house = House::empty();
    house.configure(&source("town", "http://127.0.0.1:18399", &["/partneri.html"], ""));
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/archive/schema-2");
    let pages = house.state().join("pages");
    std::fs::create_dir_all(&pages).unwrap();
    for entry in std::fs::read_dir(&sample).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().ends_with(".warc.gz") {
            std::fs::copy(entry.path(), pages.join(entry.file_name())).unwrap();
        }
    }
    let sql = rusqlite::Connection::open(house.state().join("archive.db")).unwrap();
    sql.pragma_update(None, "foreign_keys", false).unwrap();
    sql.execute_batch(&std::fs::read_to_string(sample.join("archive.sql")).unwrap()).unwrap();
    sql.pragma_update(None, "user_version", 2).unwrap();
    sql.pragma_update(None, "application_id", APPLICATION).unwrap();
    house
}

/// What does not depend on how notices are read for their facts.
fn kept(records: &[Value], fields: &[&str]) -> Vec<Vec<Value>> {
    records.iter().map(|record| fields.iter().map(|field| record[field].clone()).collect()).collect()
}

const FIELDS: [&str; 10] = ["id", "url", "aliases", "published", "title", "summary", "version", "first_seen", "last_seen", "page"];

#[test]
fn a_folder_of_an_earlier_release_is_opened_with_all_that_is_in_it() {
    let house = old();
    let before = json_lines(include_str!("schema-2/export.jsonl"));
    assert_eq!(before.len(), 4);
    let all = [&FIELDS[..], &["body", "gone_since", "facts"]].concat();
    assert_eq!(kept(&house.records(), &all), kept(&before, &all));
    assert!(house.records().iter().any(|record| !record["gone_since"].is_null()));
    house.expect(0, &["verify"]);
    house.expect(0, &["search", "Brzeg"]);
    let address = before[0]["url"].as_str().unwrap();
    house.expect(0, &["show", address]);
    let told = house.expect(0, &["history", "--json", "brzeg"]).stdout;
    assert_eq!(json_lines(&told)[0]["versions"].as_array().unwrap().len(), 2, "{told}");
}

#[test]
fn it_is_rebuilt_from_its_pages() {
    let house = old();
    let before = json_lines(include_str!("schema-2/export.jsonl"));
    // What is counted when it is written is the same for what was written before it was counted.
    let counts = || {
        let mut stats = json_lines(&house.expect(0, &["stats", "--json"]).stdout).remove(0);
        assert_eq!((&stats["total"], &stats["gone"]), (&stats["sources"][0]["records"], &stats["sources"][0]["gone"]));
        // The rules of today do not hold for gone what those of then did.
        stats["sources"][0]["gone"].take();
        (stats["sources"].take(), stats["runs"].take())
    };
    let counted = counts();
    house.expect(0, &["rebuild"]);
    assert_eq!(counts(), counted);
    assert_eq!(kept(&house.records(), &FIELDS), kept(&before, &FIELDS));
    house.expect(0, &["verify"]);
}
