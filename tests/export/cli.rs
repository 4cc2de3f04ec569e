//! `twindex export` on the demo's archive: every line is a record, a query takes exactly its hits.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use sha2::Digest as _;
use tempfile::TempDir;

use super::schema::Judge;

pub fn demo() -> &'static Path {
    static HOME: OnceLock<TempDir> = OnceLock::new();
    let made = || {
        let home = tempfile::tempdir().expect("a folder");
        let out = command(home.path(), &["demo", "--quiet"]);
        assert!(!out.is_empty());
        home
    };
    HOME.get_or_init(made).path()
}

pub fn command(home: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twindex"));
    let out = command.arg("--home").arg(home).args(arguments).env_remove("TWINDEX_CONFIG").output().expect("the program starts");
    assert!(matches!(out.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

pub fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

pub fn ids<'a>(records: impl IntoIterator<Item = &'a Value>) -> BTreeSet<&'a str> {
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
    let number = values(&command(demo(), &["export", "--query", "country:UA"])).len() as u64;
    let metadata: Value = serde_json::from_str(&beside).expect("JSON");
    assert_eq!(metadata["url"], "ukrajina.csv");
    assert_eq!((&metadata["schema:query"], metadata["schema:numberOfItems"].as_u64()), (&"country:UA".into(), Some(number)));
    assert!(metadata["dc:rights"].to_string().contains("GeoNames"));
    let map = folder.path().join("ukrajina.geojson");
    let name = map.to_str().expect("UTF-8");
    command(demo(), &["export", "--format", "geojson", "--query", "country:UA", "-o", name]);
    let beside = std::fs::read_to_string(format!("{name}-metadata.json")).expect("metadata beside the file");
    let metadata: Value = serde_json::from_str(&beside).expect("JSON");
    assert_eq!((&metadata["query"], metadata["records"].as_u64()), (&"country:UA".into(), Some(number)));
    assert!(metadata["records_with_a_place"].as_u64() <= Some(number) && metadata["attribution"].to_string().contains("GeoNames"));
    let digest = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(std::fs::read(&map).expect("the file")));
    assert_eq!(metadata["sha256"], digest);
}

#[test]
fn a_notice_is_cited_and_shown_by_identifier_and_by_address() {
    let records = values(&command(demo(), &["export", "--query", "Telavi"]));
    let (id, url) = (records[0]["id"].as_str().expect("an id"), records[0]["url"].as_str().expect("an address"));
    let cited = command(demo(), &["cite", id]);
    assert!(cited.contains(url) && cited.contains("[online]") && cited.contains(records[0]["page"]["digest"].as_str().expect("a digest")));
    assert!(cited.starts_with("Spolek pro partnerství obcí (ukázka). "), "the archive knows the institution: {cited}");
    assert_eq!(command(demo(), &["cite", url]), cited);
    assert_eq!(command(demo(), &["show", "--json", &format!("{url}/")]), command(demo(), &["show", "--json", id]));
    let items: Value = serde_json::from_str(&command(demo(), &["cite", "--json", id, id])).expect("JSON");
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    assert_eq!(command(demo(), &["cite", "https://nowhere.test/"]), "");
}

#[test]
fn a_package_is_put_in_place_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = folder.path().join("balik");
    let name = made.to_str().expect("UTF-8");
    command(demo(), &["export", "--package", name, "--query", "country:UA"]);
    let described: Value =
        serde_json::from_slice(&std::fs::read(made.join("ro-crate-metadata.json")).expect("a description")).expect("JSON");
    assert!(described["@graph"].to_string().contains("captures.wacz"));
    assert!(std::fs::read_to_string(made.join("README.md")).expect("a read-me").contains("country:UA"));
    let again = Command::new(env!("CARGO_BIN_EXE_twindex")).arg("--home").arg(demo()).args(["export", "--package", name]).output();
    let again = again.expect("the program starts");
    assert_eq!(again.status.code(), Some(2), "a folder with something in it is left alone");
    let left: Vec<_> = folder.path().read_dir().expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(left, ["balik"], "nothing is left beside it");
}

#[test]
fn captures_of_a_query_are_a_file_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ua.warc.gz");
    command(demo(), &["export", "--format", "warc", "--query", "Telavi", "-o", file.to_str().expect("UTF-8")]);
    let mut text = Vec::new();
    let bytes = std::fs::read(&file).expect("the file");
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut text).expect("gzip");
    let text = String::from_utf8_lossy(&text);
    assert!(text.starts_with("WARC/1.1\r\n") && text.contains("telavi"));
    let index = command(demo(), &["export", "--format", "cdxj", "--query", "Telavi"]);
    assert_eq!(text.matches("WARC-Record-ID:").count(), index.lines().count());
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder");
    command(demo(), &["man", folder.path().to_str().expect("UTF-8")]);
    let main = std::fs::read_to_string(folder.path().join("twindex.1")).expect("the main page");
    let named = regex::Regex::new(r"twindex\\-([a-z]+)\(1\)").expect("a pattern");
    let named: BTreeSet<&str> = named.captures_iter(&main).filter_map(|found| found.get(1)).map(|name| name.as_str()).collect();
    assert!(named.len() > 20, "{named:?}");
    for name in named {
        assert!(folder.path().join(format!("twindex-{name}.1")).exists(), "twindex-{name}(1) is named and not there");
    }
}
