//! The replica of the first source: crawled over HTTP by the real program, judged by its answer key and its own log.
//!
//! Skips without `../shared`. The replica is built without Crawl-delay here, or each crawl would take minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use url::Url;

use crate::house::{House, json_lines, shared, source, warcio_check};

const PARENT: &str = "/cs/cinnost/eu-a-mezinarodni-spoluprace";
const LIST: &str = "/cs/cinnost/eu-a-mezinarodni-spoluprace/partnerstvi-mest";
const OLD_LIST: &str = "/partnerstvi-mest/aktuality.aspx";
const OLDEST_LIST: &str = "/section.aspx?itemID=164&skip=5";

/// A built replica and its server, which ends with it.
struct Replica {
    folder: tempfile::TempDir,
    shared: PathBuf,
    server: Option<Child>,
    base: String,
}

impl Replica {
    fn built() -> Option<Self> {
        let replica = Self { folder: tempfile::tempdir().unwrap(), shared: shared()?, server: None, base: String::new() };
        replica.build("1");
        Some(replica)
    }

    fn build(&self, revision: &str) {
        let mut build = self.script("build.py");
        let done = build.arg(self.root()).args(["--crawl-delay", "0", "--revision", revision]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Serves what is built, on the port of before if there was one: it knows only the addresses of its start.
    fn serve(&mut self) {
        self.stop();
        let port = self.base.rsplit(':').next().filter(|port| !port.is_empty()).unwrap_or("0");
        let mut serve = self.script("serve.py");
        let mut server = serve.arg(self.root()).args(["--port", port, "--etag"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        line.trim().clone_into(&mut self.base);
        self.server = Some(server);
    }

    fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().and_then(|()| server.wait()).ok();
        }
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new("python3");
        command.arg(self.shared.join("site").join(name));
        command
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("replica")
    }

    fn key(&self) -> Vec<Value> {
        json_lines(&std::fs::read_to_string(self.root().join("expected/entries.jsonl")).unwrap())
    }

    fn house(&self, listings: &[&str]) -> House {
        let house = House::empty();
        house.configure(&source("town", &self.base, listings, ""));
        house
    }

    fn log(&self) -> Vec<Value> {
        json_lines(&std::fs::read_to_string(self.root().join("access.jsonl")).unwrap())
    }

    /// Path and query of an address of the site.
    fn path(&self, value: &Value) -> String {
        value.as_str().unwrap().strip_prefix(&self.base).unwrap_or("elsewhere").to_owned()
    }

    /// The judge's word on the log.
    fn assert_polite(&self) {
        let (log, robots) = (self.root().join("access.jsonl"), self.root().join("www/robots.txt"));
        let said = self.script("logstat.py").arg(log).arg("--robots").arg(robots).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
        // The server counts a request until it has noted it, a moment after its last byte has left: what had ended by its own
        // clock, written to a tenth of a millisecond, was not asked beside the next.
        let mut ended = f64::NEG_INFINITY;
        for row in self.log() {
            let (began, took) = (row["clock"].as_f64().unwrap(), row["ms"].as_f64().unwrap() / 1000.0);
            assert!(row["parallel"] == 1 || began + 0.0002 >= ended, "{row}");
            assert!(row["user_agent"].as_str().unwrap().starts_with("twindex/"), "{row}");
            ended = began + took;
        }
    }

    /// Every entry of the key is one record and says the same.
    fn assert_key(&self, records: &[Value], with_aliases: bool) -> BTreeSet<String> {
        let mut by_path: BTreeMap<String, &Value> = records.iter().map(|record| (self.path(&record["url"]), record)).collect();
        assert_eq!(by_path.len(), records.len(), "two records with one address");
        for entry in self.key() {
            let url = entry["url"].as_str().unwrap();
            let record = by_path.remove(url).unwrap_or_else(|| panic!("no record of {url}"));
            assert_eq!(record["published"], entry["date"], "{url}");
            assert_eq!(record["title"], entry["title"], "{url}");
            assert_eq!(record["summary"].as_str().unwrap_or_default(), entry["summary"], "{url}");
            let body: Vec<&str> = record["body"].as_str().unwrap_or_default().split("\n\n").collect();
            let key: Vec<String> = strings(&entry["body"]).into_iter().map(blanks).filter(|text| !text.is_empty()).collect();
            assert_eq!(body, key, "{url}");
            self.assert_attachments(record, &entry);
            if with_aliases {
                let aliases: BTreeSet<String> = record["aliases"].as_array().unwrap().iter().map(|alias| self.path(alias)).collect();
                assert_eq!(aliases, strings(&entry["aliases"]).into_iter().map(str::to_owned).collect(), "{url}");
            }
        }
        by_path.into_keys().collect()
    }

    fn assert_attachments(&self, record: &Value, entry: &Value) {
        let (read, wanted) = (record["attachments"].as_array().unwrap(), entry["attachments"].as_array().unwrap());
        let decoded = |value: &Value| {
            let path = Url::parse(&format!("http://a{}", value.as_str().unwrap())).unwrap().path().to_owned();
            path.replace("%20", " ")
        };
        let addresses: BTreeSet<String> = read.iter().map(|it| decoded(&Value::from(self.path(&it["url"])))).collect();
        assert_eq!(addresses, wanted.iter().map(|it| decoded(&it["url"])).collect(), "{}", entry["url"]);
        for want in wanted {
            let same = |it: &&Value| decoded(&Value::from(self.path(&it["url"]))) == decoded(&want["url"]);
            let found = read.iter().find(same).unwrap();
            assert_eq!(found["bytes"], want["bytes"], "{}", want["url"]);
            let text = blanks(found["text"].as_str().unwrap_or_default());
            for line in want["text"].as_str().unwrap().lines() {
                assert!(text.contains(&blanks(line)), "{line:?} is not in {}: {text}", want["url"]);
            }
        }
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        self.stop();
    }
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

fn blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_name_and_an_address_are_enough_for_all_entries() {
    let Some(mut replica) = Replica::built() else { return };
    replica.serve();
    let house = replica.house(&[LIST]);
    house.expect(0, &["crawl", "--all"]).says("63 entries (63 new, 0 changed, 0 gone)");
    let records = house.records();
    assert_eq!(replica.assert_key(&records, false), BTreeSet::new(), "records that are no entries");
    let first = replica.log();
    replica.assert_polite();
    let addresses: BTreeSet<&str> = first.iter().map(|row| row["path"].as_str().unwrap()).collect();
    assert_eq!(addresses.len(), first.len(), "something was asked for twice");

    // The same again: only conditional questions, no new version.
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    let second = &replica.log()[first.len()..];
    for row in second.iter().filter(|row| row["path"] != "/robots.txt") {
        assert_eq!((&row["conditional"], &row["status"]), (&Value::Bool(true), &Value::from(304)), "{row}");
    }
    assert!(house.records().iter().all(|record| record["version"] == 1));
    if let Some(said) = warcio_check(&house.state().join("pages")) {
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    }
    house.assert_rebuilds();
}

#[test]
fn other_lists_of_the_same_entries_add_aliases_not_records() {
    let Some(mut replica) = Replica::built() else { return };
    replica.serve();
    let house = replica.house(&[LIST, PARENT, OLD_LIST, OLDEST_LIST]);
    house.expect(0, &["crawl", "--all"]);
    let records = house.records();
    let more = replica.assert_key(&records, true);
    // What is not of the key must be named by the parent list itself.
    let parent = std::fs::read_to_string(replica.root().join(format!("www{PARENT}/index.html"))).unwrap();
    for path in &more {
        assert!(parent.contains(&format!("href=\"{path}\"")), "{path} comes from nowhere");
    }
    let paths: Vec<Value> = replica.log().into_iter().map(|row| row["path"].clone()).collect();
    let pages: BTreeSet<&str> = paths.iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(pages.len(), paths.len(), "something was asked for twice");
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    house.assert_rebuilds();
}

#[test]
fn some_weeks_later_one_is_new_one_changed_one_gone() {
    let Some(mut replica) = Replica::built() else { return };
    replica.serve();
    let house = replica.house(&[LIST]);
    house.expect(0, &["crawl", "--all"]);
    let before = house.records();
    replica.build("2");
    replica.serve();
    house.expect(0, &["crawl", "--all"]).says("(1 new, 1 changed, 1 gone)");
    let after = house.records();
    let (gone, there): (Vec<Value>, Vec<Value>) = after.into_iter().partition(|record| !record["gone_since"].is_null());
    assert_eq!(replica.assert_key(&there, false), BTreeSet::new());
    assert_eq!(gone.len(), 1);
    let changed: Vec<&Value> = there.iter().filter(|record| record["version"] == 2).collect();
    assert_eq!(changed.len(), 1);
    let old = before.iter().find(|record| record["id"] == changed[0]["id"]).unwrap();
    let history = json_lines(&house.expect(0, &["history", "--json", old["id"].as_str().unwrap()]).stdout);
    assert_eq!(history[0]["versions"][0]["summary"], old["summary"], "the first version is kept");
    assert_eq!(history[0]["versions"][1]["summary"], changed[0]["summary"]);
    house.assert_rebuilds();
}

#[test]
fn names_of_classes_and_elements_do_not_matter() {
    for dropped in [false, true] {
        let Some(mut replica) = Replica::built() else { return };
        rename(&replica.root().join("www"), dropped);
        replica.serve();
        let house = replica.house(&[LIST]);
        house.expect(0, &["crawl", "--all"]);
        assert_eq!(replica.assert_key(&house.records(), false), BTreeSet::new(), "dropped: {dropped}");
    }
}

/// Takes the classes and identifiers off every page, or gives them other names.
fn rename(folder: &Path, dropped: bool) {
    let names = regex::bytes::Regex::new(r#"(?i) (class|id)=("[^"]*"|[^\s>]+)"#).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rename(&path, dropped);
        } else if path.extension().is_some_and(|extension| extension == "html" || extension == "aspx") {
            let page = std::fs::read(&path).unwrap();
            let renamed = names.replace_all(&page, |found: &regex::bytes::Captures| {
                if dropped { Vec::new() } else { [b" ", &found[1], format!("=\"x{}\"", found[2].len() % 7).as_bytes()].concat() }
            });
            std::fs::write(&path, renamed).unwrap();
        }
    }
}
