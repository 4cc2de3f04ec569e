//! `twindex export` on the demo's archive: every line is a record, a query takes exactly its hits.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use super::schema::Judge;

fn demo() -> &'static Path {
    static HOME: OnceLock<TempDir> = OnceLock::new();
    let made = || {
        let home = tempfile::tempdir().expect("a folder");
        let out = command(home.path(), &["demo", "--quiet"]);
        assert!(!out.is_empty());
        home
    };
    HOME.get_or_init(made).path()
}

fn command(home: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twindex"));
    let out = command.arg("--home").arg(home).args(arguments).env_remove("TWINDEX_CONFIG").output().expect("the program starts");
    assert!(matches!(out.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn ids<'a>(records: impl IntoIterator<Item = &'a Value>) -> BTreeSet<&'a str> {
    records.into_iter().map(|record| record["id"].as_str().expect("an id")).collect()
}

#[test]
fn every_line_of_an_archive_fits_the_printed_schema() {
    let judge = Judge::new(serde_json::from_str(&command(demo(), &["schema"])).expect("JSON"));
    let records = values(&command(demo(), &["export"]));
    assert_eq!(records.len(), 40);
    assert_eq!(ids(&records).len(), 40);
    for record in &records {
        assert_eq!(judge.verdict(record), Ok(()), "{record:#}");
    }
    for field in ["summary", "body", "population", "places", "attachments", "evidence"] {
        let filled = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
        assert!(records.iter().any(|record| filled(&record[field])), "the sample has no {field}, so nothing was tested");
    }
}

#[test]
fn a_query_exports_exactly_its_hits() {
    for query in ["lázně", "country:UA", "kind:partner_search date:..2015", "partner*", "-město", "slovokterénikdonemá"] {
        let answer: Value = serde_json::from_str(&command(demo(), &["search", "--json", "--limit", "1000", "--", query])).expect("JSON");
        let hits: Vec<&Value> = answer["hits"].as_array().expect("hits").iter().map(|hit| &hit["record"]).collect();
        let exported = values(&command(demo(), &["export", &format!("--query={query}")]));
        assert_eq!(exported.len() as u64, answer["total"].as_u64().expect("a number"), "{query}");
        assert_eq!(ids(&exported), ids(hits), "{query}");
    }
}

#[test]
fn a_file_has_its_licences_and_its_count_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ukrajina.csv");
    let name = file.to_str().expect("UTF-8");
    assert_eq!(command(demo(), &["export", "--format", "csv", "--excel", "--query", "country:UA", "-o", name]), "");
    let text = std::fs::read_to_string(&file).expect("the file");
    assert!(text.starts_with("\u{feff}id;"));
    let beside = std::fs::read_to_string(format!("{name}-metadata.json")).expect("metadata beside the file");
    let metadata: Value = serde_json::from_str(&beside).expect("JSON");
    assert_eq!(metadata["query"], "country:UA");
    assert_eq!(metadata["records"].as_u64(), Some(values(&command(demo(), &["export", "--query", "country:UA"])).len() as u64));
    assert!(metadata["attribution"].to_string().contains("GeoNames"));
}
