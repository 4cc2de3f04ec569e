//! What is counted and ordered among more records than one block of postings holds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;
use twindex::record::Record;
use twindex::search::{Index, Options, Sort};

use super::{indexed, record};

const RECORDS: usize = 700;
const KINDS: [&str; 3] = ["partner_search", "project", "event"];
const THEMES: [&str; 3] = ["sport", "culture", "tourism"];
const COUNTRIES: [&str; 5] = ["UA", "PL", "DE", "SK", "HU"];

/// The values that a record of this number has: those whose place in the list divides it.
fn some<'v>(number: usize, values: &[&'v str]) -> Vec<&'v str> {
    values.iter().enumerate().filter(|(at, _)| number.is_multiple_of(at + 2)).map(|(_, value)| *value).collect()
}

fn town(number: usize) -> Record {
    let title = match number % 97 {
        0 => "Vinařská obec hledá partnera",
        1..30 => "Obec, nikoli vinařská, hledá partnera",
        _ => "Obec hledá partnera",
    };
    let day = (!number.is_multiple_of(5)).then(|| format!("20{:02}-{:02}-{:02}", number % 19, 1 + number % 12, 1 + number % 28));
    record(&json!({
        "key": format!("{number:03}"), "title": title, "published": day, "kind": KINDS[number % 7 % 3], "themes": some(number, &THEMES),
        "countries": some(number, &COUNTRIES), "population": number.is_multiple_of(3).then(|| json!({"value": number * 37 % 1000, "qualifier": "exact"})),
    }))
}

static MANY: LazyLock<(TempDir, Index)> = LazyLock::new(|| indexed((0..RECORDS).map(town).collect()));

fn counted(records: &[Record], values: impl Fn(&Value) -> Vec<String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for value in records.iter().flat_map(|record| values(&serde_json::to_value(record).unwrap())) {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn texts(value: &Value) -> Vec<String> {
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn facets_of_few_and_of_many_hits_are_those_of_the_records() {
    let index = &MANY.1;
    for query in ["", "obec", "\"vinařská obec\"", "country:HU theme:tourism", "id:test/000", "-country:UA"] {
        let records: Vec<Record> = index.matching(query, &Options::default()).unwrap().map(Result::unwrap).collect();
        assert!(!records.is_empty(), "{query}");
        let facets = index.search(query, &Options { limit: 0, ..Options::default() }).unwrap().facets;
        let map = |counts: &[(String, u64)]| counts.iter().cloned().collect::<BTreeMap<_, _>>();
        assert_eq!(map(&facets.kind), counted(&records, |record| texts(&record["kind"])), "{query}");
        assert_eq!(map(&facets.country), counted(&records, |record| texts(&record["countries"])), "{query}");
        assert_eq!(map(&facets.theme), counted(&records, |record| texts(&record["themes"])), "{query}");
        let month = |record: &Value| texts(&record["published"]).into_iter().map(|day| day[..7].to_owned()).collect();
        assert_eq!(map(&facets.month), counted(&records, month), "{query}");
    }
}

#[test]
fn pages_put_together_are_the_whole_list_in_every_order() {
    let index = &MANY.1;
    for (query, order) in
        [("", "relevance"), ("", "date"), ("", "-date"), ("obec", "population"), ("", "-population"), ("vinařská obec", "relevance")]
    {
        let sort: Sort = order.parse().unwrap();
        let all: Vec<String> =
            index.matching(query, &Options { sort, ..Options::default() }).unwrap().map(|record| record.unwrap().id.0).collect();
        let mut paged = Vec::new();
        while paged.len() < all.len() {
            let page = index.search(query, &Options { sort, limit: 30, offset: paged.len(), ..Options::default() }).unwrap();
            paged.extend(page.hits.into_iter().map(|hit| hit.record.id.0).take(all.len() - paged.len()));
        }
        assert_eq!(paged, all, "{query} by {order}");
    }
}

#[test]
fn words_that_stand_together_come_first_among_many_that_have_them() {
    let answer = MANY.1.search("vinařská obec", &Options { limit: 9, ..Options::default() }).unwrap();
    let together = (0..RECORDS).filter(|number| number % 97 == 0).count();
    let first: Vec<bool> = answer.hits.iter().map(|hit| hit.record.title.starts_with("Vinařská obec")).collect();
    assert_eq!(first, (0..9).map(|at| at < together).collect::<Vec<_>>());
}
