//! Full texts of entries: the replica's every page against its key, and layouts it does not have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::date;
use serde_json::Value;
use twindex::config::Selectors;
use twindex::extract::text::normalise;
use twindex::extract::{Detail, Entry, Page, attachment, detail};
use url::Url;

const BASE: &str = "http://127.0.0.1:8000";

/// The replica built into a temporary folder, or `None` where its sources are not at hand.
fn replica() -> Option<tempfile::TempDir> {
    let shared = std::env::var("TWINDEX_SHARED").map_or_else(|_| PathBuf::from("../shared"), PathBuf::from);
    let build = shared.join("site/build.py");
    if !build.is_file() {
        eprintln!("skipped: no replica (set TWINDEX_SHARED)");
        return None;
    }
    let out = tempfile::tempdir().unwrap();
    let done = Command::new("python3").arg(build).arg(out.path()).args(["--base", BASE]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(out)
}

fn key(out: &Path) -> Vec<Value> {
    let lines = std::fs::read_to_string(out.join("expected/entries.jsonl")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every stored address with its file and type.
fn routes(out: &Path) -> BTreeMap<String, (PathBuf, String)> {
    let routes: Value = serde_json::from_slice(&std::fs::read(out.join("routes.json")).unwrap()).unwrap();
    let all = routes["routes"].as_object().unwrap();
    let file = |route: &Value| Some((out.join(route["file"].as_str()?), route["type"].as_str()?.to_owned()));
    all.iter().filter_map(|(address, route)| Some((address.clone(), file(route)?))).collect()
}

fn entry(key: &Value) -> Entry {
    let text = |name: &str| key[name].as_str().unwrap().to_owned();
    Entry { title: normalise(&text("title")), summary: Some(text("summary")), summary_raw: Some(text("perex")), ..Entry::default() }
}

fn read(address: &str, kind: &str, bytes: &[u8], entry: &Entry) -> Detail {
    let url = Url::parse(BASE).unwrap().join(address).unwrap();
    let page = Page { url: &url, content_type: Some(kind), bytes, seen: date(2024, 6, 1) };
    detail::read(&page, entry, &Selectors::default())
}

/// Class and id attributes renamed or dropped; both spellings of attributes in old pages included.
fn disguise(bytes: &[u8], with: Option<&str>) -> Vec<u8> {
    let pattern = regex::bytes::Regex::new(r#"(?i)\s(class|id)=("[^"]*"|[a-z0-9_-]+)"#).unwrap();
    let with = with.unwrap_or_default().as_bytes().to_vec();
    pattern.replace_all(bytes, with.as_slice()).into_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn expected_body(key: &Value) -> String {
    one_line(&key["body"].as_array().unwrap().iter().map(|text| normalise(text.as_str().unwrap())).collect::<Vec<_>>().join(" "))
}

/// Both texts from their first difference on, cut.
fn difference(want: &str, have: &str) -> String {
    let same = want.chars().zip(have.chars()).take_while(|(left, right)| left == right).count();
    let rest = |text: &str| text.chars().skip(same.saturating_sub(10)).take(150).collect::<String>();
    format!("  want …{}\n  have …{}", rest(want), rest(have))
}

/// Every address of every entry: the page itself, its aliases, their print pages.
fn addresses(key: &Value, routes: &BTreeMap<String, (PathBuf, String)>) -> Vec<String> {
    let mut all = vec![key["url"].as_str().unwrap().to_owned()];
    all.extend(key["aliases"].as_array().unwrap().iter().map(|alias| alias.as_str().unwrap().to_owned()));
    let prints: Vec<String> =
        all.iter().map(|address| format!("{address}?print=1")).filter(|address| routes.contains_key(address)).collect();
    all.extend(prints);
    all
}

#[test]
fn every_address_of_every_entry_gives_the_body_of_the_key() {
    let Some(out) = replica() else { return };
    let (key, routes) = (key(out.path()), routes(out.path()));
    assert_eq!(key.len(), 63);
    let mut wrong = Vec::new();
    let mut pages = 0;
    for item in &key {
        for address in addresses(item, &routes) {
            let (file, kind) = &routes[&address];
            let bytes = std::fs::read(file).unwrap();
            for (name, bytes) in [
                ("as it is", bytes.clone()),
                ("renamed", disguise(&bytes, Some(" class=\"zz\" id='qq'"))),
                ("dropped", disguise(&bytes, None)),
            ] {
                pages += 1;
                let detail = read(&address, kind, &bytes, &entry(item));
                let body = one_line(detail.body.as_deref().unwrap_or_default());
                if body != expected_body(item) {
                    wrong.push(format!("{address} {name}\n{}", difference(&expected_body(item), &body)));
                }
                if detail.published.map(|day| day.to_string()).as_deref() != item["date"].as_str() {
                    wrong.push(format!("{address} {name}: published {:?}", detail.published));
                }
            }
        }
    }
    eprintln!("{pages} readings of 63 entries, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn documents_are_those_of_the_key() {
    let Some(out) = replica() else { return };
    let (key, routes) = (key(out.path()), routes(out.path()));
    let mut count = 0;
    for item in &key {
        let address = item["url"].as_str().unwrap();
        let (file, kind) = &routes[address];
        let detail = read(address, kind, &std::fs::read(file).unwrap(), &entry(item));
        let want: Vec<(String, String)> = item["attachments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| {
                let url = Url::parse(BASE).unwrap().join(file["url"].as_str().unwrap()).unwrap();
                (url.to_string(), normalise(file["label"].as_str().unwrap()))
            })
            .collect();
        let have: Vec<(String, String)> = detail.documents.iter().map(|link| (link.url.to_string(), link.title.clone())).collect();
        assert_eq!(have, want, "{address}");
        count += have.len();
        assert_eq!(detail.lang.as_deref(), Some("cs"));
        assert!(detail.canonical.is_some());
    }
    assert!(count > 20);
}

#[test]
fn attachments_hold_the_words_of_the_key() {
    let Some(out) = replica() else { return };
    let (key, routes) = (key(out.path()), routes(out.path()));
    let mut whole = 0;
    for file in key.iter().flat_map(|item| item["attachments"].as_array().unwrap()) {
        let address = file["url"].as_str().unwrap();
        let (path, kind) = &routes[address];
        let read = attachment::read(Some(kind), address, &std::fs::read(path).unwrap());
        let text = one_line(&read.text.unwrap_or_default());
        // The files open with a heading, and questionnaires end with a table, which the key leaves out.
        let want = one_line(&normalise(file["text"].as_str().unwrap()));
        assert!(text.contains(&want), "{address}\n{}", difference(&want, &text));
        assert!(read.problems.is_empty());
        whole += 1;
    }
    eprintln!("{whole} attachments hold their text of the key");
    assert!(whole > 20);
}
