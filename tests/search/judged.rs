//! Two judged sets: the open queries over the seed, where it is at hand, and our own queries over our own notices.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use twindex::record::Record;
use twindex::search::{Index, Options};

use super::{indexed, lines, notices, record, shared};

#[derive(Default)]
struct Means {
    ndcg: f64,
    recall: f64,
    reciprocal: f64,
    queries: f64,
}

/// Gain `2^grade - 1`, discount `log2(rank + 1)`; recall over the first twenty.
fn measure(found: &[String], grades: &BTreeMap<String, u32>, means: &mut Means) -> f64 {
    let gain = |grade: u32| f64::from(2_u32.pow(grade) - 1);
    let discounted =
        |gains: &mut dyn Iterator<Item = f64>| (2_u32..).zip(gains).map(|(rank, gain)| gain / f64::from(rank).log2()).sum::<f64>();
    let mut best: Vec<u32> = grades.values().copied().collect();
    best.sort_unstable_by_key(|grade| std::cmp::Reverse(*grade));
    let grade = |key: &String| grades.get(key).copied().unwrap_or(0);
    let ndcg = discounted(&mut found.iter().take(10).map(|key| gain(grade(key))))
        / discounted(&mut best.iter().take(10).map(|grade| gain(*grade)));
    let among = found.iter().take(20).filter(|key| grade(key) > 0).count();
    means.ndcg += ndcg;
    means.recall += among as f64 / best.len().min(20) as f64;
    means.reciprocal += found.iter().position(|key| grade(key) > 0).map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
    means.queries += 1.0;
    ndcg
}

fn judge(name: &str, index: &Index, queries: &[Value], key: impl Fn(&Record) -> String) -> [(String, f64); 3] {
    let mut by_note: BTreeMap<String, Means> = BTreeMap::new();
    let mut times = Vec::new();
    for query in queries {
        let text = query["query"].as_str().unwrap();
        let begun = std::time::Instant::now();
        let answer = index.search(text, &Options { limit: 20, facets: false, ..Options::default() }).unwrap();
        times.push(begun.elapsed());
        let found: Vec<String> = answer.hits.iter().map(|hit| key(&hit.record)).collect();
        let grades: BTreeMap<String, u32> = serde_json::from_value(query["relevant"].clone()).unwrap();
        let marks = !text.is_ascii();
        let note = if marks { "with marks" } else { "without marks" };
        let ndcg = measure(&found, &grades, by_note.entry(note.to_owned()).or_default());
        measure(&found, &grades, by_note.entry("all".to_owned()).or_default());
        if ndcg < 0.9 && std::env::var_os("TWINDEX_VERBOSE").is_some() {
            eprintln!(
                "{ndcg:.3} {text} -> {:?}",
                found.iter().map(|key| (key, grades.get(key).copied().unwrap_or(0))).take(10).collect::<Vec<_>>()
            );
            eprintln!("      missing {:?}", grades.iter().filter(|(key, _)| !found.contains(key)).collect::<Vec<_>>());
        }
    }
    for (note, means) in &by_note {
        let mean = |sum: f64| sum / means.queries;
        eprintln!(
            "{name}, {note}: {} queries, nDCG@10 {:.3}, recall@20 {:.3}, MRR {:.3}",
            means.queries,
            mean(means.ndcg),
            mean(means.recall),
            mean(means.reciprocal)
        );
    }
    times.sort_unstable();
    eprintln!("{name}: half of the queries take no more than {:?}, unoptimised", times[times.len() / 2]);
    let all = &by_note["all"];
    [("nDCG@10", all.ndcg), ("recall@20", all.recall), ("MRR", all.reciprocal)]
        .map(|(measure, sum)| (measure.to_owned(), sum / all.queries))
}

fn assert_floors(reached: &[(String, f64)], floors: [f64; 3]) {
    for ((measure, value), floor) in reached.iter().zip(floors) {
        assert!(*value >= floor, "{measure} fell to {value:.3}, the floor is {floor}");
    }
}

#[test]
fn open_queries_over_the_seed_keep_their_quality() {
    let (Some(seed), Some(queries)) = (shared("gold/seed-records.jsonl"), shared("czech/queries-open.jsonl")) else {
        return eprintln!("skipped: the seed and its queries are not at hand");
    };
    let flat = |line: &Value| {
        let mut given = line["gold"].clone();
        given.as_object_mut().unwrap().remove("kind_also");
        for key in ["key", "published", "title", "summary"] {
            given[key] = line[key].clone();
        }
        record(&given)
    };
    let (_home, index) = indexed(lines(&seed).iter().map(flat).collect());
    let key = |record: &Record| format!("{}|{}", record.published.unwrap(), record.title);
    let reached = judge("seed", &index, &lines(&queries), key);
    assert_floors(&reached, [0.8, 0.8, 0.8]);
}

#[test]
fn own_queries_over_own_notices_keep_their_quality() {
    let (_home, index) = indexed(notices());
    let queries = lines(include_str!("../judged/queries.jsonl"));
    assert!(queries.len() >= 100);
    let known: Vec<Value> = notices().iter().map(|record| json!(record.id.0.trim_start_matches("test/"))).collect();
    for query in &queries {
        let judged = query["relevant"].as_object().unwrap();
        assert!(!judged.is_empty() && judged.keys().all(|key| known.contains(&json!(key))), "judged against unknown notices: {query}");
    }
    let key = |record: &Record| record.id.0.trim_start_matches("test/").to_owned();
    let reached = judge("own", &index, &queries, key);
    assert_floors(&reached, [0.8, 0.8, 0.8]);
}
