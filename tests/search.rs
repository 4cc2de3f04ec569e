//! Asking: the query language, what a hit shows, stable paging, and four judged sets with floors that only go up.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod answers;
mod fields;
mod judged;
mod language;
mod many;
mod names;
mod peers;
mod upkeep;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use twindex::record::Record;
use twindex::search::{Answer, Index, Options};

/// A record from the few keys that a test names; the rest is empty.
fn record(given: &Value) -> Record {
    let mut record = json!({
        "id": format!("test/{}", given["key"].as_str().or(given["title"].as_str()).unwrap_or("?")),
        "source": "test", "url": "https://union.test/a", "aliases": [], "listing": "https://union.test/",
        "published": null, "title": "", "summary": null, "body": null, "lang": "cs", "kind": null, "places": [], "countries": [],
        "population": null, "wanted": {"population_min": null, "population_max": null, "similar_size": false, "countries": []},
        "themes": [], "dates": [], "contacts": {"emails": [], "phones": [], "urls": []}, "evidence": [], "attachments": [],
        "version": 1, "first_seen": "2024-01-01T00:00:00Z", "last_seen": "2024-01-01T00:00:00Z", "gone_since": null,
        "page": {"warc": "", "offset": 0, "digest": ""},
    });
    for (key, value) in given.as_object().unwrap().iter().filter(|(key, _)| *key != "key") {
        record[key] = value.clone();
    }
    for place in record["places"].as_array_mut().unwrap() {
        for key in ["country", "geonames_id", "lat", "lon"] {
            place.as_object_mut().unwrap().entry(key).or_insert(Value::Null);
        }
        if place["name"].is_null() {
            place["name"] = place["as_written"].clone();
        }
        if place["role"].is_null() {
            place["role"] = json!("seeker");
        }
    }
    serde_json::from_value(record).unwrap()
}

pub fn lines(text: &str) -> Vec<Value> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn indexed(records: Vec<Record>) -> (TempDir, Index) {
    let home = tempfile::tempdir().unwrap();
    let index = synced(&home.path().join("search"), 1, records);
    (home, index)
}

fn synced(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> Index {
    Index::beside(dir, revision, records).unwrap().take_place().unwrap();
    Index::open(dir).unwrap()
}

/// The committed notices of towns that no test elsewhere uses.
pub fn notices() -> Vec<Record> {
    lines(include_str!("judged/records.jsonl")).iter().map(record).collect()
}

fn ask(index: &Index, query: &str) -> Answer {
    index.search(query, &Options { limit: 100, ..Options::default() }).unwrap()
}

fn titles(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.record.title.as_str()).collect()
}

/// Files that only the builders' machine has.
fn shared(path: &str) -> Option<String> {
    let root = std::env::var_os("TWINDEX_SHARED").map_or(PathBuf::from("../shared"), PathBuf::from);
    std::fs::read_to_string(root.join(path)).ok()
}
