//! Folders for search engines: every line is held to what Quickwit's strict mode and `OpenSearch`'s strict mappings accept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Digest as _;
use twindex::engine::{self, Engine};
use twindex::export::Exported;
use twindex::record::Record;

use super::cli::{command, demo, ids, values};
use super::{bare, full, metadata};

/// What one request may have.
const REQUEST: u64 = 10_000_000;

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

fn write(engine: Engine, records: &[(Record, Vec<Record>)]) -> (tempfile::TempDir, twindex::export::Counts) {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = records.iter().cloned().map(|(record, versions)| Ok::<_, std::fmt::Error>(Exported { record, captured: None, versions }));
    let counts = engine::write(engine, folder.path(), rows, &metadata(None)).expect("written");
    (folder, counts)
}

/// The lines of each index by its purpose, after the manifest was found to be true.
fn lines(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let manifest = read(&folder.join("MANIFEST.json"));
    let mut named = BTreeSet::from(["MANIFEST.json".to_owned()]);
    let mut found = BTreeMap::new();
    let sum = |file: &str| data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(std::fs::read(folder.join(file)).expect("a file")));
    for index in list(&manifest["indexes"]) {
        let configuration = text(&index["configuration"]);
        assert_eq!(sum(configuration), text(&index["configuration_sha256"]));
        named.insert(configuration.to_owned());
        let mut all = Vec::new();
        for part in list(&index["parts"]) {
            let file = text(&part["file"]);
            let written = std::fs::read_to_string(folder.join(file)).expect("UTF-8");
            assert_eq!((sum(file).as_str(), written.len() as u64), (text(&part["sha256"]), part["bytes"].as_u64().expect("a size")));
            assert!(written.len() as u64 <= REQUEST, "{file} is longer than a request");
            all.extend(values(&written));
            named.insert(file.to_owned());
        }
        let documents = list(&index["parts"]).iter().map(|part| part["documents"].as_u64().expect("a number")).sum::<u64>();
        assert_eq!(index["documents"], documents);
        found.insert(configuration.split('.').next().unwrap_or_default().to_owned(), all);
    }
    let there: BTreeSet<String> =
        folder.read_dir().expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(there, named, "the manifest names every file");
    found
}

/// The keys that a mapping entry of a type may have, after the reference of Quickwit 0.9; it refuses any other.
fn allowed(of: &str) -> &'static [&'static str] {
    match of {
        "text" => &["name", "type", "stored", "indexed", "tokenizer", "record", "fieldnorms", "fast"],
        "u64" | "bool" => &["name", "type", "stored", "indexed", "fast"],
        "datetime" => &["name", "type", "stored", "indexed", "fast", "input_formats", "output_format", "fast_precision"],
        _ => &[],
    }
}

/// Whether Quickwit would make the index.
fn judge_configuration(configuration: &Value) {
    assert_eq!(configuration["version"], "0.9");
    let id = text(&configuration["index_id"]);
    assert!(regex::Regex::new("^[a-zA-Z][a-zA-Z0-9_-]{2,254}$").expect("a pattern").is_match(id), "{id}");
    let mapping = &configuration["doc_mapping"];
    assert_eq!(mapping["mode"], "strict");
    let own: Vec<&str> = list(&mapping["tokenizers"]).iter().map(|tokenizer| text(&tokenizer["name"])).collect();
    let field = regex::Regex::new("^[a-zA-Z][_a-zA-Z0-9]*$").expect("a pattern");
    let mut types = BTreeMap::new();
    for entry in list(&mapping["field_mappings"]) {
        let name = text(&entry["name"]);
        assert!(field.is_match(name), "{name}");
        let of = text(&entry["type"]).trim_start_matches("array<").trim_end_matches('>').to_owned();
        let keys: Vec<&String> = entry.as_object().expect("an object").keys().collect();
        assert!(!allowed(&of).is_empty() && keys.iter().all(|key| allowed(&of).contains(&key.as_str())), "{entry}");
        let tokenizer = entry["tokenizer"].as_str();
        assert!(tokenizer.is_none_or(|name| ["raw", "whitespace", "default"].contains(&name) || own.contains(&name)), "{entry}");
        let unindexed = entry["indexed"] == false;
        assert!(!unindexed || ["tokenizer", "record", "fieldnorms"].iter().all(|key| entry.get(key).is_none()), "{entry}");
        assert!(types.insert(name, of).is_none(), "{name} stands twice");
    }
    for tag in list(&mapping["tag_fields"]) {
        assert_eq!(types[text(tag)], "text", "a tag is a field");
    }
    if let Some(timestamp) = mapping.get("timestamp_field") {
        assert_eq!(types[text(timestamp)], "datetime");
    }
}

fn is_of(value: &Value, of: &str) -> bool {
    match of {
        "text" => value.is_string(),
        "u64" => value.is_u64(),
        "bool" => value.is_boolean(),
        "datetime" => value.as_str().is_some_and(|moment| moment.parse::<Timestamp>().is_ok()),
        _ => of
            .strip_prefix("array<")
            .and_then(|of| of.strip_suffix('>'))
            .is_some_and(|of| value.as_array().is_some_and(|values| values.iter().all(|value| is_of(value, of)))),
    }
}

/// Whether Quickwit would take the document into the index.
fn judge_document(document: &Value, configuration: &Value) {
    let mapping = &configuration["doc_mapping"];
    let types: BTreeMap<&str, &str> =
        list(&mapping["field_mappings"]).iter().map(|entry| (text(&entry["name"]), text(&entry["type"]))).collect();
    for (key, value) in document.as_object().expect("an object") {
        let of = types.get(key.as_str()).unwrap_or_else(|| panic!("{key} is no field"));
        assert!(is_of(value, of), "{key} should be {of}: {value}");
    }
    if let Some(timestamp) = mapping["timestamp_field"].as_str() {
        assert!(document.get(timestamp).is_some(), "a document without {timestamp} would be rejected");
    }
}

fn judged(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let found = lines(folder);
    for (purpose, documents) in &found {
        let configuration = read(&folder.join(format!("{purpose}.index.json")));
        judge_configuration(&configuration);
        for document in documents {
            judge_document(document, &configuration);
        }
    }
    found
}

/// The same on each call: dated with two older versions, undated, gone.
fn sample() -> Vec<(Record, Vec<Record>)> {
    let old = |version| Record { version, title: format!("Znění {version}"), gone_since: None, ..full() };
    vec![(full(), vec![old(1), old(2), full()]), (bare("Obec bez data"), Vec::new())]
}

#[test]
fn every_field_is_filled_and_every_document_would_be_taken() {
    let (folder, counts) = write(Engine::Quickwit, &sample());
    let found = judged(folder.path());
    assert_eq!((counts.records, counts.shortened), (2, 0));
    assert_eq!(found["current"].len() + found["undated"].len(), 2);
    let configuration = read(&folder.path().join("current.index.json"));
    let document = &found["current"][0];
    for entry in list(&configuration["doc_mapping"]["field_mappings"]) {
        let name = text(&entry["name"]);
        let value = document.get(name).unwrap_or(&Value::Null);
        let filled = !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty());
        let unlinked = [
            "region",
            "spot",
            "mention_cs",
            "mention_more",
            "title_more",
            "attachment_more",
            "body_more",
            "head_more",
            "body_family",
            "title_family",
            "head_family",
            "attachment_family",
        ]
        .contains(&name);
        assert!(filled || unlinked, "{name} is empty, so nothing was tested");
    }
    assert_eq!(document["published"], "2026-03-01T00:00:00Z");
    assert_eq!((&document["contact_kind"], &document["contact_value"][0]), (&json!(["email", "phone", "url"]), &json!("urad@tavira.test")));
    assert_eq!((&document["attachment_title"], &document["attachment_text"]), (&json!(["Dopis"]), &json!(["text"])));
    assert_eq!(serde_json::from_str::<Record>(text(&document["raw"])).expect("a record"), full());
}

#[test]
fn the_words_of_an_engine_are_those_of_our_index() {
    let record = Record { title: "V lázeňských městech".into(), ..full() };
    let (folder, _) = write(Engine::Quickwit, &[(record, Vec::new())]);
    let document = &lines(folder.path())["current"][0];
    assert!(text(&document["title_cs"][0]).ends_with("lazensky mesto"), "{}", document["title_cs"]);
    assert_eq!(document["title_folded"], json!(["v lazenskych mestech"]));
    assert_eq!(document["title_exact"], json!(["v lázeňských městech"]));
    assert!(list(&document["head_cs"]).len() >= 3, "title, title and summary are texts of their own");
}

#[test]
fn history_has_every_version_once_and_undated_ones_stand_apart() {
    let (folder, _) = write(Engine::Quickwit, &sample());
    let found = judged(folder.path());
    let versions: Vec<(&str, u64)> =
        found["history"].iter().map(|line| (text(&line["id"]), line["version"].as_u64().expect("a number"))).collect();
    let (dated, undated) = ("zkouska/2026-03-01-tavira", "zkouska/undated");
    assert_eq!(versions, [(dated, 1), (dated, 2), (dated, 3), (undated, 1)]);
    assert_eq!(ids(&found["undated"]), BTreeSet::from([undated]));
    assert!(read(&folder.path().join("undated.index.json"))["doc_mapping"].get("timestamp_field").is_none());
}

#[test]
fn one_archive_is_one_generation() {
    let generation = |records: &[(Record, Vec<Record>)]| {
        let (folder, _) = write(Engine::Quickwit, records);
        let manifest = read(&folder.path().join("MANIFEST.json"));
        for index in list(&manifest["indexes"]) {
            assert!(text(&index["index"]).ends_with(text(&manifest["generation"])), "indexes of two generations do not mix");
        }
        text(&manifest["generation"]).to_owned()
    };
    assert_eq!(generation(&sample()), generation(&sample()));
    assert_ne!(generation(&sample()), generation(&sample()[..1]));
}

#[test]
fn a_document_longer_than_a_request_is_cut_and_told() {
    let word = |number: usize| format!("{}{} ", "pl".repeat(30), "abcdefghij".chars().nth(number % 10).unwrap_or('k'));
    let long = Record { body: Some((0..40_000).map(word).collect()), ..full() };
    let short = (0..3).map(|number| (Record { id: twindex::record::RecordId(format!("zkouska/{number}")), ..full() }, Vec::new()));
    let records: Vec<_> = [(long, Vec::new())].into_iter().chain(short).collect();
    let (folder, counts) = write(Engine::Quickwit, &records);
    let found = judged(folder.path());
    assert_eq!((counts.records, counts.shortened, found["current"].len()), (4, 1, 4));
    assert!(text(&found["current"][0]["body"]).len() > 100_000, "as much as fits is kept");
    assert_eq!(read(&folder.path().join("MANIFEST.json"))["texts_shortened"], 1);
}

#[test]
fn bulk_requests_name_every_record_and_delete_what_is_gone() {
    let here = Record { gone_since: None, ..full() };
    let (folder, counts) = write(
        Engine::Opensearch,
        &[(here, Vec::new()), (Record { gone_since: Some(super::at("2026-04-01T00:00:00Z")), ..bare("Pryč") }, Vec::new())],
    );
    let mapping = read(&folder.path().join("mapping.json"));
    assert_eq!(mapping["mappings"]["dynamic"], "strict");
    let chain = json!(["lowercase", "czech_stop", "czech_stemmer", "asciifolding"]);
    assert_eq!(mapping["settings"]["analysis"]["analyzer"]["czech_folded"]["filter"], chain);
    let found = &lines(folder.path())["mapping"];
    assert_eq!((counts.records, found.len()), (2, 3), "an action and a document; an action alone");
    let action = |id: &str, version: u32| json!({"_id": id, "version": version, "version_type": "external_gte"});
    assert_eq!(found[0], json!({"index": action("zkouska/2026-03-01-tavira", 3)}));
    assert_eq!(found[2], json!({"delete": action("zkouska/undated", 1)}));
    for (key, value) in found[1].as_object().expect("an object") {
        let property = &mapping["mappings"]["properties"][key];
        let first = value.as_array().map_or(value, |values| values.first().unwrap_or(&Value::Null));
        let fits = match property["type"].as_str() {
            Some("keyword" | "text") => first.is_string() || first.is_null(),
            Some("long") => first.is_u64(),
            Some("boolean") => first.is_boolean(),
            Some("date") => text(first).parse::<Timestamp>().is_ok(),
            _ => panic!("{key} is no property"),
        };
        assert!(fits, "{key}: {value}");
    }
}

#[test]
fn a_folder_holds_what_a_query_counts_and_leaves_others_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    for (engine, query) in [("quickwit", "country:UA"), ("opensearch", "lázně")] {
        let made = name(engine);
        command(demo(), &["export", "--format", engine, &made, "--query", query]);
        let found = lines(Path::new(&made));
        let want = values(&command(demo(), &["export", "--query", query]));
        let got: BTreeSet<&str> = match engine {
            "quickwit" => found["current"].iter().chain(&found["undated"]).map(|line| text(&line["id"])).collect(),
            _ => found["mapping"].iter().filter_map(|line| line["index"]["_id"].as_str().or(line["delete"]["_id"].as_str())).collect(),
        };
        assert!(!got.is_empty() && got == ids(&want), "{engine}");
    }
    command(demo(), &["export", "--format", "quickwit", &name("all")]);
    let all = judged(Path::new(&name("all")));
    assert_eq!(all["current"].len() + all["undated"].len(), 40);
    for (arguments, says) in [
        (vec!["export", "--format", "quickwit", &name("all")], "not empty"),
        (vec!["export", "--format", "opensearch"], "export --format opensearch DIR"),
        (vec!["export", "--format", "quickwit", &name("new"), "--all-versions"], "leave --all-versions out"),
        (vec!["export", "--format", "quickwit", &name("new"), "-o", &name("file")], "leave -o"),
        (vec!["export", "--format", "csv", &name("new")], "quickwit or opensearch"),
    ] {
        let ran = Command::new(env!("CARGO_BIN_EXE_twindex")).arg("--home").arg(demo()).args(&arguments).output().expect("it starts");
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(2) && told.contains(says), "{arguments:?}: {told}");
    }
    assert!(!Path::new(&name("new")).exists());
}
