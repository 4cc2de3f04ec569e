//! The gazetteer over real data: the built-in places, the hand-kept table, and the gold of the seed.

use crate::house::check_sums;
use serde_json::Value;
use std::path::PathBuf;
use twindex::gazetteer::{Answer, How, Query, countries_in, link, names, names_of, place};

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
                row["candidates"].as_array().is_some_and(|ids| places.iter().any(|p| ids.contains(&p.geonames_id.into())))
            }
            Answer::Linked(place, _) => Some(place.geonames_id) == row["geonameid"].as_i64(),
            _ => false,
        };
        if expected { right += 1 } else { wrong.push(format!("{} {country:?} {regions:?}: {answer:?}", query.name)) }
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
        match &answer {
            Answer::Linked(place, _) if Some(place.geonames_id) == row["geonameid"].as_i64() => right += 1,
            Answer::Linked(place, how) => wrong.push(format!("{mention}: {} {how:?}", place.geonames_id)),
            other => none.push(format!("{mention}: {}", outcome(other))),
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

/// Towns of our own choice, each in some spelling; not one may be wrong, and few may be missed.
#[test]
fn other_towns_are_linked_in_every_spelling() {
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for line in include_str!("gazetteer/links.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [written, country, region, parent, expected] = cells[..] else { panic!("five columns: {line}") };
        let some = |cell: &'static str| Some(cell).filter(|cell| !cell.is_empty());
        let regions: Vec<&str> = some(region).into_iter().collect();
        let answer = link(&Query { name: written, country: some(country), regions: &regions, parent: some(parent), ..Query::default() });
        let (name, admin) = expected.split_once('@').unwrap_or((expected, ""));
        match &answer {
            Answer::Linked(place, _) if place.name == name && (admin.is_empty() || place.admin1 == admin) => right += 1,
            Answer::Linked(place, how) => wrong.push(format!("{line}: {} {} {how:?}", place.geonames_id, place.name)),
            _ if expected == "-" => right += 1,
            other => missed.push(format!("{line}: {}", outcome(other))),
        }
    }
    eprintln!("own towns: {right} right, {} missed {missed:#?}", missed.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(missed.len() <= 1, "{missed:#?}");
}

/// No names of a region, no pick among equals: a namesake is never taken for a place the notice puts elsewhere.
#[test]
fn namesakes_are_told_apart_by_region_parent_and_size() {
    let ask = |name, country, regions: &[&str], parent| link(&Query { name, country: Some(country), regions, parent, ..Query::default() });
    assert!(matches!(ask("Pankow", "DE", &["Bavorsko"], None), Answer::OutsideRegion(_)));
    assert!(matches!(ask("Neustadt", "DE", &[], None), Answer::Ambiguous(places) if places.len() > 1));
    assert!(matches!(ask("Zielona Góra", "PL", &[], Some("Nikdeměsto")), Answer::Unknown));
    assert!(matches!(ask("Vymyšlená", "HU", &[], Some("Segedína")), Answer::Unknown | Answer::Linked(_, How::Parent)));
    // The hand-kept district answers to its short name only beside its city.
    assert!(matches!(ask("Novi Grad", "BA", &[], Some("Sarajeva")), Answer::Linked(place, How::Extra) if place.geonames_id < 0));
    assert!(matches!(ask("Novi Grad", "BA", &["Republika srbská"], None), Answer::Linked(place, _) if place.geonames_id == 3_203_647));
}

#[test]
fn an_inflected_mention_is_shown_in_the_nominative() {
    for (written, country, expected) in [
        ("Krakově", "PL", "Krakov"),
        ("Užhorodu", "UA", "Užhorod"),
        ("Nového Sadu", "RS", "Nový Sad"),
        ("Nitra", "SK", "Nitra"),
        ("Drážďanech", "DE", "Drážďany"),
    ] {
        let Answer::Linked(place, _) = link(&Query { name: written, country: Some(country), ..Query::default() }) else {
            panic!("{written}")
        };
        assert_eq!(twindex::gazetteer::nominative(written, &place).as_deref(), Some(expected), "{written}");
    }
}

#[test]
fn a_second_spelling_settles_a_doubtful_first() {
    let ask = |name, forms: &[&str]| link(&Query { name, country: Some("DE"), written_forms: forms, ..Query::default() });
    assert!(matches!(ask("Neznámov", &["Görlitz"]), Answer::Linked(place, _) if place.name == "Görlitz"));
    assert!(matches!(ask("Görlitz", &["Zhořelec"]), Answer::Linked(place, _) if place.name == "Görlitz"));
    assert!(matches!(ask("Dresden", &["Görlitz"]), Answer::Ambiguous(_)));
}

/// A town of two spellings has one identifier and can be searched by each of them.
#[test]
fn all_names_lead_to_one_identifier() {
    let id = |name| match link(&Query { name, country: Some("UA"), ..Query::default() }) {
        Answer::Linked(place, _) => place.geonames_id,
        other => panic!("{name}: {other:?}"),
    };
    let expected = id("Чернівці");
    for spelling in ["Černivci", "Chernivtsi", "Černovcy", "Czerniowce", "ČERNIVCI", "Černivcích"] {
        assert_eq!(id(spelling), expected, "{spelling}");
    }
    let names = names(expected);
    assert_eq!(names[0], place(expected).map(|place| place.name).unwrap_or_default());
    assert!(names.contains(&"Чернівці".to_owned()) && names.contains(&"Černivci".to_owned()) && names.len() <= 30, "{names:?}");
    assert_eq!(place(expected).map(|place| names_of(&place)), Some(names));
    assert_eq!(place(1), None);
    assert!(twindex::gazetteer::names(-999).is_empty());
}

#[test]
fn the_data_is_the_data_of_the_sums_file_and_within_its_size() {
    let bytes = check_sums("src/gazetteer/data");
    assert!(bytes <= 6_000_000, "{bytes} bytes are built in, at most 6 MB are allowed");
}

#[test]
fn every_hand_kept_row_has_its_source() {
    let mut seen = std::collections::BTreeSet::new();
    for row in include_str!("../src/gazetteer/data/places-extra.tsv").lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        assert_eq!(cells.len(), 10, "{row}");
        assert!(cells[9].len() > 10, "no source: {row}");
        let id: i64 = cells[0].parse().expect("an identifier");
        assert!(seen.insert(id) && place(id).is_some(), "{row}");
        assert!(twindex::gazetteer::country(cells[3]).is_some(), "{row}");
    }
}

/// Times are told, not asserted: the machine of a test is anyone's.
#[test]
fn cold_start_and_speed_are_told() {
    let start = std::time::Instant::now();
    let first = link(&Query { name: "Akureyri", country: Some("IS"), ..Query::default() });
    let cold = start.elapsed();
    let start = std::time::Instant::now();
    let world = link(&Query { name: "Akureyri", ..Query::default() });
    let all = start.elapsed();
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(link(&Query { name: "Reykjavíku", country: Some("IS"), ..Query::default() }));
    }
    eprintln!("first link {cold:?}; first without a country {all:?}; then {:?} each", start.elapsed() / 1000);
    assert!(matches!((first, world), (Answer::Linked(one, _), Answer::Linked(other, _)) if one == other));
}
