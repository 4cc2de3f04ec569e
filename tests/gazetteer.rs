//! The gazetteer over real data: the built-in places, the hand-kept table, and the gold of the seed.

use serde_json::Value;
use std::path::PathBuf;
use twindex::gazetteer::{Answer, Query, countries_in, link};

fn shared(name: &str) -> Option<String> {
    let folder = std::env::var_os("TWINDEX_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let text = std::fs::read_to_string(folder.join(name)).ok();
    if text.is_none() {
        eprintln!("skipped: no {name} in TWINDEX_SHARED or ../shared");
    }
    text
}

fn gold() -> Option<Vec<Value>> {
    let text = shared("gazetteer/places-gold.jsonl")?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("the gold is JSON lines")).collect())
}

/// The identifier, or what else the answer was.
fn outcome(answer: &Answer) -> String {
    match answer {
        Answer::Linked(place, _) => place.geonames_id.to_string(),
        Answer::Ambiguous(_) => "ambiguous".into(),
        Answer::OutsideRegion(_) => "outside".into(),
        Answer::Unknown => "unknown".into(),
    }
}

/// Every seeking place of the gold: right or rightly ambiguous, and not one wrong.
#[test]
fn every_seeking_place_of_the_gold_is_linked() {
    let Some(gold) = gold() else { return };
    let mut wrong = Vec::new();
    let mut right = 0;
    for row in gold.iter().filter(|row| row["role"] == "seeking") {
        let country = (row["country_evidence"] != "none").then(|| row["country"].as_str()).flatten();
        let kind = row["kind"].as_str();
        let region = row["region_named"].as_str().filter(|_| kind != Some("district"));
        let parent = row["region_named"].as_str().filter(|_| kind == Some("district"));
        let regions: Vec<&str> = region.into_iter().collect();
        let query = Query { name: row["mention"].as_str().unwrap_or_default(), country, regions: &regions, parent, ..Query::default() };
        let answer = link(&query);
        let expected = match &answer {
            Answer::Linked(place, _) if row["geonameid"].is_null() => place.geonames_id < 0,
            Answer::Ambiguous(places) => {
                row["candidates"].as_array().is_some_and(|ids| places.iter().all(|p| ids.contains(&p.geonames_id.into())))
            }
            answer => outcome(answer) == row["geonameid"].to_string(),
        };
        if expected { right += 1 } else { wrong.push(format!("{} {country:?} {regions:?}: {}", query.name, outcome(&answer))) }
    }
    eprintln!("gold seekers: {right} right, {} not", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Places named in passing, mostly inflected.
#[test]
fn context_places_of_the_gold_are_linked_or_left_alone() {
    let Some(gold) = gold() else { return };
    let (mut right, mut none, mut wrong) = (0, Vec::new(), Vec::new());
    for row in gold.iter().filter(|row| matches!(row["role"].as_str(), Some("context" | "parent"))) {
        let mention = row["mention"].as_str().unwrap_or_default();
        let (name, second) = mention.split_once(" (").map_or((mention, None), |(name, rest)| (name, Some(rest.trim_end_matches(')'))));
        let forms: Vec<&str> = second.into_iter().collect();
        let answer = link(&Query { name, country: row["country"].as_str(), written_forms: &forms, ..Query::default() });
        match outcome(&answer) {
            id if id == row["geonameid"].to_string() => right += 1,
            other if other.starts_with(char::is_alphabetic) => none.push(format!("{mention}: {other}")),
            other => wrong.push(format!("{mention}: {other}")),
        }
    }
    eprintln!("gold context: {right} right, none {none:?}");
    assert_eq!(wrong, [""; 0]);
    assert!(right >= 21, "{right}, {none:?}");
}

#[test]
fn every_named_region_of_the_gold_is_found() {
    let Some(gold) = gold() else { return };
    for row in gold.iter().filter(|row| row["role"] == "region") {
        let name = row["mention"].as_str().unwrap_or_default();
        let found = twindex::gazetteer::region(name, row["country"].as_str().unwrap_or_default());
        assert_eq!(found.map(|region| region.geonames_id), row["geonameid"].as_i64(), "{name}");
    }
}

#[test]
fn countries_of_the_gold_titles_are_named() {
    let Some(gold) = gold() else { return };
    for row in gold.iter().filter(|row| row["country_evidence"].as_str().is_some_and(|evidence| evidence.starts_with("title"))) {
        let title = row["entry"].as_str().unwrap_or_default();
        let found: Vec<_> = countries_in(title).iter().filter_map(|mention| mention.iso2).collect();
        let expected = row["country"].as_str().unwrap_or_default();
        assert!(found.contains(&expected) || row["role"] == "context", "{title}: {found:?}, expected {expected}");
    }
}
