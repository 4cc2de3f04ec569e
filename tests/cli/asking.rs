//! `search`, `show`, `export`, `watch`, as a reader of the archive uses them.

use serde_json::Value;

use super::filled;
use crate::house::{House, Notice, Site, json_lines, list_page, notices};

fn search(args: &[&str]) -> Value {
    let ran = filled().run(&[&["--json", "search"], args].concat());
    assert!(matches!(ran.code, Some(0 | 1)), "{args:?}: {}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn days(answer: &Value) -> Vec<String> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["record"]["published"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_answer_has_the_promised_shape() {
    let answer = search(&["partnera"]);
    assert_eq!(answer["query"], "partnera");
    assert_eq!(answer["total"], 10);
    let hit = &answer["hits"][0];
    assert!(hit["score"].is_number() && hit["record"]["id"].is_string() && hit["snippets"].is_array(), "{hit}");
    for facet in ["year", "kind", "country"] {
        assert!(answer["facets"][facet].is_array() || answer["facets"][facet].is_object(), "{}", answer["facets"]);
    }
}

#[test]
fn words_are_found_without_diacritics_and_in_other_forms() {
    for query in ["topolna", "Topolnou", "TOPOLNÁ", "\"hledá partnera\" +topolná", "title:topolná", "topolná AND NOT vrbice"] {
        let answer = search(&[query]);
        assert_eq!(answer["hits"][0]["record"]["title"], "Obec Topolná hledá partnera", "{query}");
    }
    for nonsense in ["((", "\"", "field:", "AND", "a:b:c", "\\", "*", "[x TO", "%00", "🦀"] {
        let ran = filled().run(&["search", nonsense]);
        assert!(matches!(ran.code, Some(0 | 1)), "{nonsense}: {ran:?}");
    }
}

#[test]
fn a_word_is_refused_by_a_minus_in_front() {
    let all = search(&["partnera"])["total"].as_u64().unwrap();
    for args in [&["partnera", "-topolná"][..], &["-topolná"], &["-n", "3", "-topolná", "partnera"], &["partnera", "--", "-topolná"]] {
        assert_eq!(search(args)["total"].as_u64().unwrap(), all - 1, "{args:?}");
    }
    assert_eq!(search(&["-topolná", "-n3"])["hits"].as_array().unwrap().len(), 3);
}

#[test]
fn days_order_and_pages() {
    assert_eq!(search(&["--from", "2020", "--to", "2020-06", "partnera"])["total"], 3);
    assert_eq!(search(&["--from", "2021-03-12", "partnera"])["total"], 1);
    assert_eq!(search(&["partnera", "date:2019..2019-09"])["total"], 1);
    let newest = days(&search(&["--sort", "date", "partnera"]));
    let mut sorted = newest.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(newest, sorted);
    sorted.reverse();
    assert_eq!(days(&search(&["--sort", "-date", "partnera"])), sorted);
    let pages: Vec<String> = ["0", "3", "6", "9"].iter().flat_map(|at| days(&search(&["-n", "3", "--offset", at, "partnera"]))).collect();
    let whole = days(&search(&["partnera"]));
    assert_eq!(pages, whole, "pages put together are the whole");
    assert_eq!(search(&["--offset", "99", "partnera"])["hits"], Value::Array(Vec::new()));
}

#[test]
fn strict_says_where_and_the_grammar_explains() {
    let ran = filled().run(&["search", "--strict", "partnera AND (škola"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    ran.says("column");
    assert!(filled().expect(0, &["search", "--grammar"]).stdout.contains("date:"));
    let explained = filled().expect(0, &["search", "--explain", "partnera"]).stdout;
    assert!(explained.contains("score ") && explained.contains("for being met at all"), "{explained}");
}

#[test]
fn a_part_of_an_identifier_is_enough_unless_it_is_shared() {
    let house = filled();
    let id = "town/2020-09-17-obec-olsina-hleda-partnera";
    for part in [id, "2020-09-17", "town/2020-09", "olsina-hleda-partnera", "olsina", "Obec Olšina"] {
        // Without colour the evidence of the facts stands in brackets.
        let shown = house.expect(0, &["show", part]).stdout.replace(['[', ']'], "");
        assert!(shown.contains("Obec Olšina hledá partnera"), "{part}: {shown}");
    }
    house.expect(2, &["show", "2020"]).says("5 notices match").says(id);
    house.expect(1, &["show", "1999"]).says("twindex search");
    let shown = house.expect(0, &["show", id]).stdout;
    for words in ["2020-09-17", "partner search", "/clanek/ol", "v údolí řeky", "version 1"] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
    assert!(house.expect(0, &["show", id, "--why", "kind"]).stdout.contains("kind."), "the rule is named");
    house.expect(1, &["show", id, "--why", "population"]).says("evidence for");
    let alike = filled().expect(0, &["search", "--like", id]).stdout;
    assert!(!alike.contains(id) && alike.contains("1. "), "{alike}");
}

#[test]
fn an_export_holds_exactly_the_hits() {
    let house = filled();
    let hits = json_lines(&house.expect(0, &["export", "--query", "olšina OR vrbice"]).stdout);
    let mut titles: Vec<&str> = hits.iter().map(|record| record["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Obec Olšina hledá partnera", "Obec Vrbice hledá partnera"]);
    house.expect(0, &["export", "--format", "csv", "--excel", "-o", "out.csv"]);
    let csv = std::fs::read(house.path("out.csv")).unwrap();
    assert!(csv.starts_with(b"\xef\xbb\xbf") && csv.contains(&b';'));
    let beside: Value = serde_json::from_slice(&std::fs::read(house.path("out.csv-metadata.json")).unwrap()).unwrap();
    assert!(beside.to_string().contains("10"), "{beside}");
    house.expect(2, &["export", "-o", "absent/out.jsonl"]).says("absent/out.jsonl");
}

#[test]
fn a_saved_search_tells_its_news_once() {
    let site = Site::start();
    let mut all = notices(4);
    site.publish("/partneri", &all);
    let house = House::of(&site, &["/partneri"]);
    house.expect(0, &["crawl"]);
    house.expect(0, &["search", "--save", "moje", "partnera"]);
    house.expect(2, &["search", "--save", "moje", "spolupráce"]).says("`partnera`");
    house.expect(1, &["watch"]);
    let newest = Notice::new("1. 4. 2021", "Nová Ves");
    all.insert(0, newest.clone());
    site.publish("/partneri", &all);
    site.put("/partneri", crate::house::Answer::page(&list_page(&all, "")));
    house.expect(0, &["crawl"]);
    assert!(house.expect(0, &["watch", "--peek"]).stdout.contains("Nová Ves"));
    let news = house.expect(0, &["watch", "moje"]).stdout;
    assert!(news.contains("Nová Ves") && !news.contains("Olšina"), "{news}");
    house.expect(1, &["watch"]).says("Nothing new");
    let feed = house.expect(0, &["watch", "moje", "--atom"]).stdout;
    assert!(feed.starts_with("<?xml") && feed.contains("<entry>") && feed.contains("Nová Ves"), "{feed}");
    assert!(house.expect(0, &["watch", "--list"]).stdout.contains("partnera"));
    house.expect(0, &["watch", "moje", "--remove"]);
    house.expect(1, &["search", "--save", "moje", "contry:AT partnera"]);
    house.expect(1, &["watch"]).says("country");
    house.expect(2, &["watch", "--strict"]).says("country");
    house.expect(0, &["watch", "moje", "--remove"]);
    house.expect(1, &["watch", "--list"]);
}
