//! Four judged sets: the open queries over the seed, where it is at hand; our own queries over our own notices, plain ones and
//! such as people type; and queries over the sample site as the program crawls, reads and indexes it.
//!
//! Grades are 0, 1, 2. Every run prints its measures and those of the peers; the floors only go up.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;
use twindex::record::Record;
use twindex::search::{Index, Options};

use super::{indexed, lines, notices, peers, record, shared};

/// nDCG@10, recall@20, reciprocal rank.
type Measures = [f64; 3];
type Grades = BTreeMap<String, u32>;

/// Gain `2^grade - 1`, discount `log2(rank + 1)`; recall over the first twenty.
fn measure(found: &[String], grades: &Grades) -> Measures {
    let gain = |grade: u32| f64::from(2_u32.pow(grade) - 1);
    let discounted =
        |gains: &mut dyn Iterator<Item = f64>| (2_u32..).zip(gains).map(|(rank, gain)| gain / f64::from(rank).log2()).sum::<f64>();
    let mut best: Vec<u32> = grades.values().copied().collect();
    best.sort_unstable_by_key(|grade| std::cmp::Reverse(*grade));
    let grade = |key: &String| grades.get(key).copied().unwrap_or(0);
    let reached = discounted(&mut found.iter().take(10).map(|key| gain(grade(key))));
    let possible = discounted(&mut best.iter().take(10).map(|grade| gain(*grade)));
    let among = found.iter().take(20).filter(|key| grade(key) > 0).count();
    let first = found.iter().position(|key| grade(key) > 0);
    [reached / possible, among as f64 / best.len().min(20) as f64, first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64)]
}

/// Means over all queries, printed also for those with and without diacritics.
fn judge(name: &str, queries: &[(String, Grades)], answer: impl Fn(&str) -> Vec<String>) -> Measures {
    let mut sums: BTreeMap<&str, (Measures, f64)> = BTreeMap::new();
    for (query, grades) in queries {
        let found = answer(query);
        let measures = measure(&found, grades);
        if measures[0] < 0.9 && std::env::var_os("TWINDEX_VERBOSE").is_some() {
            eprintln!("{:.3} {query} -> {:?}", measures[0], &found[..found.len().min(10)]);
        }
        let marks = if query.is_ascii() { "without diacritics" } else { "with diacritics" };
        for group in ["all", marks] {
            let (sum, count) = sums.entry(group).or_default();
            sum.iter_mut().zip(measures).for_each(|(sum, value)| *sum += value);
            *count += 1.0;
        }
    }
    for (group, (sum, count)) in &sums {
        let [ndcg, recall, reciprocal] = sum.map(|sum| sum / count);
        eprintln!("{name}, {group}: {count} queries, nDCG@10 {ndcg:.3}, recall@20 {recall:.3}, MRR {reciprocal:.3}");
    }
    let (sum, count) = sums["all"];
    sum.map(|sum| sum / count)
}

/// Judges the index and the peers; the index must keep its floors and stay ahead.
fn compare(name: &str, records: Vec<Record>, queries: &[(String, Grades)], floors: Measures) {
    let peers = [("FTS5", peers::fts5(&records)), ("Snowball", peers::snowball(&records))];
    let (_home, index) = indexed(records);
    let mut best = 0.0_f64;
    for (peer, answer) in peers {
        best = best.max(judge(&format!("{name}, {peer}"), queries, answer)[0]);
    }
    let reached = judge(name, queries, |query| answer(&index, query));
    let mut times: Vec<_> = queries.iter().map(|(query, _)| timed(&index, query)).collect();
    times.sort_unstable();
    eprintln!("{name}: half of the queries take no more than {:?} in this build", times[times.len() / 2]);
    for ((measure, value), floor) in ["nDCG@10", "recall@20", "MRR"].iter().zip(reached).zip(floors) {
        assert!(value >= floor, "{measure} fell to {value:.3}, the floor is {floor}");
    }
    assert!(reached[0] > best, "a peer is better: {best:.3}");
}

fn answer(index: &Index, query: &str) -> Vec<String> {
    let options = Options { limit: 20, facets: false, ..Options::default() };
    index.search(query, &options).unwrap().hits.into_iter().map(|hit| hit.record.id.0).collect()
}

fn timed(index: &Index, query: &str) -> std::time::Duration {
    let begun = Instant::now();
    index.search(query, &Options::default()).unwrap();
    begun.elapsed()
}

fn queries(text: &str) -> Vec<(String, Grades)> {
    let read = |line: &Value| {
        let grades: Grades = serde_json::from_value(line["relevant"].clone()).unwrap();
        (line["query"].as_str().unwrap().to_owned(), grades.into_iter().map(|(key, grade)| (format!("test/{key}"), grade)).collect())
    };
    lines(text).iter().map(read).collect()
}

/// The seed's records with the facts of the gold.
pub(super) fn seed() -> Option<Vec<Record>> {
    let flat = |line: &Value| {
        let mut given = line["gold"].clone();
        given.as_object_mut().unwrap().remove("kind_also");
        for key in ["key", "published", "title", "summary"] {
            given[key] = line[key].clone();
        }
        record(&given)
    };
    Some(lines(&shared("gold/seed-records.jsonl")?).iter().map(flat).collect())
}

#[test]
fn open_queries_over_the_seed_keep_their_quality() {
    let (Some(seed), Some(open)) = (seed(), shared("czech/queries-open.jsonl")) else {
        return eprintln!("skipped: the seed and its queries are not at hand");
    };
    compare("seed", seed, &queries(&open), [0.98, 0.99, 0.99]);
}

#[test]
fn queries_over_the_crawled_sample_site_keep_their_quality() {
    let home = tempfile::tempdir().unwrap();
    let demo = std::process::Command::new(env!("CARGO_BIN_EXE_twindex")).arg("--home").arg(home.path()).args(["--quiet", "demo"]).output();
    assert!(demo.unwrap().status.success());
    let index = Index::open(&home.path().join("search")).unwrap();
    let records: Vec<Record> = index.matching("", &Options::default()).unwrap().map(Result::unwrap).collect();
    let named = |id: &str| format!("demo/{}", id.trim_start_matches("test/"));
    let queries: Vec<(String, Grades)> = queries(include_str!("../judged/demo.jsonl"))
        .into_iter()
        .map(|(query, grades)| (query, grades.into_iter().map(|(id, grade)| (named(&id), grade)).collect()))
        .collect();
    for (query, grades) in &queries {
        let known = |id: &String| records.iter().any(|record| record.id.0 == *id);
        assert!(grades.keys().all(known), "judged against unknown notices: {query}");
    }
    compare("sample site", records, &queries, [0.98, 0.98, 0.99]);
}

fn over_own_notices(name: &str, text: &str, floors: Measures) {
    let queries = queries(text);
    let known: Vec<String> = notices().into_iter().map(|record| record.id.0).collect();
    for (query, grades) in &queries {
        assert!(!grades.is_empty() && grades.keys().all(|key| known.contains(key)), "judged against unknown notices: {query}");
    }
    compare(name, notices(), &queries, floors);
}

#[test]
fn own_queries_over_own_notices_keep_their_quality() {
    over_own_notices("own", include_str!("../judged/queries.jsonl"), [0.96, 0.97, 0.975]);
}

/// Whole questions, agent nouns, sizes and dates in words, slips of the finger, phrases in other forms.
#[test]
fn queries_as_people_type_them_keep_their_quality() {
    over_own_notices("as typed", include_str!("../judged/asked.jsonl"), [0.95, 0.955, 0.97]);
}

/// Which notices are answers at all: mean precision and recall of what is counted, and the share of questions counted exactly.
/// Where nothing answers, counting nothing is right.
fn judge_totals(name: &str, index: &Index, text: &str) -> Measures {
    let (mut sum, questions) = ([0.0; 3], lines(text));
    for judged in &questions {
        let keys = |field: &str| -> Vec<String> {
            judged[field].as_array().into_iter().flatten().map(|key| key.as_str().unwrap().to_owned()).collect()
        };
        let (answers, maybe, query) = (keys("answers"), keys("maybe"), judged["query"].as_str().unwrap());
        let counted = index.matching(query, &Options::default()).unwrap().map(|record| record.unwrap().id.0);
        let counted: Vec<String> = counted.map(|id| id.trim_start_matches("test/").to_owned()).filter(|key| !maybe.contains(key)).collect();
        let right = counted.iter().filter(|key| answers.contains(key)).count() as f64;
        let share = |of: usize| if of == 0 { 1.0 } else { right / of as f64 };
        let exact = right as usize == answers.len() && counted.len() == answers.len();
        if !exact && std::env::var_os("TWINDEX_VERBOSE").is_some() {
            let wrong: Vec<_> = counted.iter().filter(|key| !answers.contains(key)).collect();
            let missing: Vec<_> = answers.iter().filter(|key| !counted.contains(key)).collect();
            eprintln!("{query}: {right} right, wrong {wrong:?}, missing {missing:?}");
        }
        let measures = [share(counted.len()), share(answers.len()), f64::from(u8::from(exact))];
        sum.iter_mut().zip(measures).for_each(|(sum, value)| *sum += value);
    }
    let [precision, recall, exact] = sum.map(|sum| sum / questions.len() as f64);
    eprintln!("{name}: {} questions, what is counted has precision {precision:.3}, recall {recall:.3}, exact {exact:.3}", questions.len());
    [precision, recall, exact]
}

#[test]
fn what_is_counted_is_what_answers() {
    let (_home, index) = indexed(notices());
    let [precision, recall, _] = judge_totals("totals, own", &index, include_str!("../judged/totals.jsonl"));
    assert!(precision >= 0.85 && recall >= 0.90, "precision {precision:.3}, recall {recall:.3}");
}

/// Questions of another author over the seed, where they are at hand: `TWINDEX_TOTALS` names their file.
#[test]
fn what_is_counted_of_the_seed_is_what_answers() {
    let (Some(seed), Some(path)) = (seed(), std::env::var_os("TWINDEX_TOTALS")) else {
        return eprintln!("skipped: the seed and its totals are not at hand");
    };
    let (_home, index) = indexed(seed);
    judge_totals("totals, seed", &index, &std::fs::read_to_string(path).unwrap());
}
