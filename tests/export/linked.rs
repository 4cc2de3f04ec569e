//! Linked data, and the folder for a repository.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sha2::Digest as _;
use twindex::export::{Deposit, Format};

use super::{at, bare, exported, full, handed, metadata};

#[test]
fn every_kind_and_theme_is_a_concept() {
    let text = exported(&Format::Jsonld, &[full(), bare("x")], Some("Tavira"));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let graph = document["@graph"].as_array().expect("a graph");
    let concepts: BTreeSet<&str> = graph
        .iter()
        .filter(|node| node["@type"] == "skos:Concept")
        .map(|node| node["skos:notation"].as_str().expect("a notation"))
        .collect();
    let schema = twindex::export::schema();
    let mut known = BTreeSet::new();
    for list in ["Kind", "Theme"] {
        let values = schema["$defs"][list].as_object().expect("an enum");
        let named = values.get("enum").and_then(Value::as_array).into_iter().flatten();
        let described = values.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        known.extend(named.filter_map(Value::as_str));
        known.extend(
            described
                .flat_map(|one| one.get("const").into_iter().chain(one["enum"].as_array().into_iter().flatten()))
                .filter_map(Value::as_str),
        );
    }
    assert!(known.len() > 20, "{known:?}");
    assert_eq!(concepts, known, "data/vocabulary.tsv and the enums of the record");
    let article = graph.iter().find(|node| node["identifier"] == "zkouska/2026-03-01-tavira").expect("the notice");
    assert_eq!(article["genre"], "https://twindex.invalid/vocabulary/kind/partner_search");
    assert_eq!(article["spatialCoverage"][0]["@id"], "https://sws.geonames.org/2742611/");
    assert_eq!(article["expires"], "2026-04-30");
    let little = graph.iter().find(|node| node["headline"] == "x").expect("the other one");
    assert!(little.get("datePublished").is_none() && little.get("genre").is_none(), "what is not known is not said: {little}");
}

#[test]
fn a_deposit_describes_each_of_its_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let metadata = metadata(Some("Tavira"));
    let deposit = Deposit::write(folder.path(), handed(&[full(), bare("x")]), &metadata).expect("written");
    let counts = deposit.describe(at("2026-04-01T00:00:00Z")).expect("described");
    assert_eq!((counts.records, counts.placed), (2, Some(1)));
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let described: Value = serde_json::from_slice(&read("ro-crate-metadata.json")).expect("JSON");
    let graph = described["@graph"].as_array().expect("a graph");
    let node = |id: &str| graph.iter().find(|node| node["@id"] == id).unwrap_or_else(|| panic!("no {id}"));
    assert_eq!(node("ro-crate-metadata.json")["about"], json!({"@id": "./"}));
    let parts: BTreeSet<String> =
        node("./")["hasPart"].as_array().expect("parts").iter().map(|part| part["@id"].as_str().expect("an id").to_owned()).collect();
    let files: BTreeSet<String> =
        folder.path().read_dir().expect("a folder").map(|file| file.expect("a file").file_name().into_string().expect("UTF-8")).collect();
    let described: BTreeSet<String> = parts.iter().cloned().chain(["ro-crate-metadata.json".to_owned()]).collect();
    assert_eq!(described, files, "every file is described, and no other");
    for name in &parts {
        let (file, node) = (read(name), node(name));
        assert_eq!(node["contentSize"], file.len().to_string(), "{name}");
        assert_eq!(node["sha256"], data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&file)), "{name}");
    }
    let table: Value = serde_json::from_slice(&read("csv-metadata.json")).expect("JSON");
    assert_eq!((&table["url"], &table["schema:sha256"]), (&json!("notices.csv"), &node("notices.csv")["sha256"]));
}
