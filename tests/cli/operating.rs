//! A crawl that nobody watches: its health, its metrics, the command for changes, the lock that is waited for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::house::{Answer, House, Notice, Ran, Site, json_lines, notices, source};

const LIST: &str = "/partneri";

#[test]
fn health_tells_the_last_good_crawl_and_what_failed_since() {
    let site = Site::start();
    site.publish(LIST, &notices(3));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    assert!(house.expect(0, &["stats", "--check"]).stdout.contains("town: well; last good crawl"));
    assert!(house.expect(0, &["stats"]).stdout.contains("last good crawl"));
    house.expect(3, &["stats", "--check", "--max-age", "0s"]);
    house.expect(2, &["stats", "--check", "--max-age", "soon"]).says("time span");
    site.put(LIST, Answer::status(500));
    for nth in 1..=3 {
        house.expect(3, &["crawl"]);
        assert_eq!(house.run(&["stats", "--check"]).code, Some(if nth < 3 { 0 } else { 3 }));
    }
    let told: Value = serde_json::from_str(&house.run(&["--json", "stats", "--check"]).stdout).unwrap();
    assert_eq!((&told["healthy"], &told["failures_in_a_row"]), (&Value::from(false), &Value::from(3)));
    assert!(told["fault"].as_str().unwrap().contains("3 runs in a row"), "{told}");
    // A source that was added and never crawled is no less a fault.
    house.configure(&[source("town", &site.base(), &[LIST], ""), source("other", &site.base(), &["/jine"], "")].concat());
    assert!(house.expect(3, &["stats", "--check"]).stdout.contains("other: it stands in the configuration and was never crawled"));
}

/// What `promtool check metrics` and the OpenMetrics grammar ask of a text with gauges alone.
fn judge_metrics(text: &str) -> BTreeMap<String, Vec<String>> {
    let body = text.strip_suffix("# EOF\n").expect("the text ends with # EOF");
    let mut samples: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut described = BTreeSet::new();
    let mut family = String::new();
    let name = regex::Regex::new("^twindex(_[a-z0-9]+)+$").unwrap();
    let sample = regex::Regex::new(r#"^([a-z0-9_]+)\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\} (-?[0-9.]+)$"#).unwrap();
    for line in body.lines() {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words[..] {
            ["#", "TYPE", found, "gauge"] => {
                found.clone_into(&mut family);
                assert!(name.is_match(found), "{found}");
                assert!(
                    !["_total", "_count", "_sum", "_bucket", "_info_total"].iter().any(|end| found.ends_with(end)),
                    "{found}: not a gauge's name"
                );
                assert!(
                    !["milliseconds", "minutes", "hours", "days", "kilobytes", "gauge"].iter().any(|word| found.contains(word)),
                    "{found}"
                );
                assert!(samples.insert(found.to_owned(), Vec::new()).is_none(), "{found} twice");
            }
            ["#", "UNIT", found, unit] => assert!(found == family && found.ends_with(&format!("_{unit}")), "{line}"),
            ["#", "HELP", found, help] => assert!(found == family && help.ends_with('.') && described.insert(found.to_owned()), "{line}"),
            _ => {
                let parts = sample.captures(line).unwrap_or_else(|| panic!("no sample: {line}"));
                assert_eq!(&parts[1], family, "samples stand under their family");
                samples.get_mut(&family).unwrap().push(line.to_owned());
            }
        }
    }
    assert_eq!(described.len(), samples.len(), "each family has a help text");
    let all: Vec<&String> = samples.values().flatten().collect();
    let keys: BTreeSet<&str> = all.iter().map(|line| line.rsplit_once(' ').unwrap().0).collect();
    assert_eq!(keys.len(), all.len(), "a sample stands twice");
    samples
}

#[test]
fn metrics_are_open_metrics_and_true() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    site.put(&all[0].path, Answer::status(500));
    let house = House::of(&site, &[LIST]);
    house.expect(3, &["crawl", "--metrics", "twindex.prom"]);
    let samples = judge_metrics(&fs::read_to_string(house.path("twindex.prom")).unwrap());
    let value = |family: &str| samples[family].first().and_then(|line| line.rsplit_once(' ')).map(|(_, value)| value.to_owned());
    assert_eq!(value("twindex_run_new_notices").as_deref(), Some("4"));
    assert_eq!(value("twindex_run_unread_pages").as_deref(), Some("1"));
    assert_eq!(value("twindex_run_success").as_deref(), Some("0"));
    assert_eq!(value("twindex_failed_runs").as_deref(), Some("1"));
    assert_eq!(value("twindex_good_run_end_timestamp_seconds"), None, "there was none yet");
    site.put(&all[0].path, Answer::page(&all[0].page()));
    house.expect(0, &["crawl", "--metrics", "twindex.prom"]);
    let samples = judge_metrics(&fs::read_to_string(house.path("twindex.prom")).unwrap());
    assert_eq!(samples["twindex_good_run_end_timestamp_seconds"].len(), 1);
    assert!(samples["twindex_failed_runs"][0].ends_with(" 0"));
    // A fault of the monitor's file is told and costs nothing else.
    house.expect(3, &["crawl", "--metrics", "neni/twindex.prom"]).says("neni/twindex.prom");
    house.expect(3, &["crawl", "--metrics", "-"]).says("--metrics wants a file");
}

#[test]
fn changes_are_handed_to_a_command_and_nights_without_any_are_quiet() {
    let site = Site::start();
    let mut all = notices(3);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    let tell = ["crawl", "--quiet", "--on-change", "cat >> zmeny.json; echo told"];
    let ran = house.expect(0, &tell);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("told"), "what the command prints is talk: {ran:?}");
    let told = fs::read_to_string(house.path("zmeny.json")).unwrap();
    let document = &json_lines(&told)[0];
    assert_eq!(document["changes"].as_array().unwrap().len(), 3);
    for field in ["at", "change", "id", "version", "title", "source", "url", "published"] {
        assert!(!document["changes"][0][field].is_null(), "{field}: {document}");
    }
    assert_eq!(document["runs"][0]["new"], 3);
    house.expect(0, &tell);
    assert_eq!(fs::read_to_string(house.path("zmeny.json")).unwrap(), told, "nothing changed and the command ran");
    all[1].title = "Jiný titulek téhož oznámení".to_owned();
    site.publish(LIST, &all);
    house.expect(0, &["crawl", "--all", "--on-change", "cat > zmeny.json"]);
    let document = &json_lines(&fs::read_to_string(house.path("zmeny.json")).unwrap())[0];
    assert_eq!(document["changes"][0]["change"], "changed", "{document}");
    let last = house.expect(0, &["--json", "changes", "--since", "last"]);
    assert_eq!(json_lines(&last.stdout).len(), 1, "{}", last.stdout);
    let run = document["runs"][0]["run"].as_str().unwrap();
    assert_eq!(house.expect(0, &["--json", "changes", "--since", run]).stdout, last.stdout);
    house.expect(2, &["changes", "--since", "town-1"]).says("there is no run").says(run);
    // A command that fails is told, also when asked to be quiet; one that does not listen is none.
    site.publish(LIST, &[all, vec![Notice { path: "/novy".into(), title: "Čtvrtá obec".into(), ..notices(4).remove(3) }]].concat());
    house.expect(3, &["crawl", "-q", "--on-change", "exit 7"]).says("exit status: 7");
}

#[cfg(unix)]
#[test]
fn a_standing_crawl_crawls_what_is_due_leaves_the_folder_free_and_ends_when_told() {
    let site = Site::start();
    site.publish(LIST, &notices(3));
    let house = House::of(&site, &[LIST]);
    let mut standing = house.command(&["crawl", "--standing"]).stderr(Stdio::piped()).spawn().unwrap();
    let until = std::time::Instant::now() + Duration::from_mins(1);
    while house.run(&["stats", "--check"]).code != Some(0) {
        assert!(std::time::Instant::now() < until, "no crawl came to its end");
        std::thread::sleep(Duration::from_millis(200));
    }
    house.expect(0, &["rebuild", "--wait=1min"]);
    assert_eq!(standing.try_wait().unwrap(), None, "it stays");
    let told = std::process::Command::new("kill").args(["-TERM", &standing.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(standing.wait().unwrap().code(), Some(0));
    house.expect(2, &["crawl", "--standing", "--all"]).says("cannot be used with");
}

#[test]
fn a_folder_in_use_is_waited_for_when_asked() {
    let site = Site::start();
    site.publish(LIST, &notices(3));
    site.slow(Duration::from_millis(250));
    let house = House::of(&site, &[LIST]);
    let first = house.command(&["crawl"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    while site.asked(LIST) == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    house.expect(2, &["crawl"]).says("is in use by");
    house.expect(2, &["crawl", "--wait=0s"]).says("is in use by");
    house.expect(2, &["crawl", "--wait=long"]).says("time span");
    house.expect(0, &["crawl", "--wait"]).says("Waiting for").says("3 entries");
    assert_eq!(Ran::of(&first.wait_with_output().unwrap()).code, Some(0));
}

#[test]
fn a_saved_search_tells_what_is_new_changed_gone_and_back() {
    let site = Site::start();
    let mut all = notices(4);
    site.publish(LIST, &all[..3]);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    house.expect(0, &["search", "--save", "moje", "partnera"]);
    house.expect(1, &["watch"]);
    all[1].body = format!("{} Zájemci se mohou hlásit do konce roku.", all[1].body);
    let gone = all.remove(0);
    site.publish(LIST, &all);
    site.put(&gone.path, Answer::status(404));
    house.expect(0, &["crawl", "--all"]);
    let changes = |ran: &Ran| -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for news in json_lines(&ran.stdout) {
            *counts.entry(news["change"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        counts
    };
    let told = changes(&house.expect(0, &["--json", "watch", "--peek"]));
    assert_eq!((told.get("new"), told.get("gone")), (Some(&1), Some(&1)), "{told:?}");
    let feed = house.expect(0, &["watch", "moje", "--atom", "--feed-url", "https://me.test/f.xml"]).stdout;
    assert!(feed.contains("at:deleted-entry") && feed.contains("rel=\"self\"") && feed.contains("<content"), "{feed}");
    let ran = house.expect(0, &["watch"]);
    assert!(ran.stdout.contains("1 new") && ran.stdout.contains("1 gone") && ran.stdout.contains("town/"), "{}", ran.stdout);
    house.expect(1, &["watch"]);
    all.insert(0, gone.clone());
    site.publish(LIST, &all);
    site.put(&gone.path, Answer::page(&gone.page()));
    house.expect(0, &["crawl", "--all"]);
    let told = changes(&house.expect(0, &["--json", "watch"]));
    assert_eq!(told.get("returned"), Some(&1), "{told:?}");
}
