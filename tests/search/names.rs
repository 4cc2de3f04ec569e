//! A place is found under any of its names, a country by name and adjective, and the text's own words come first.

use serde_json::json;
use twindex::search::{Index, MatchKind, Options};

use super::{ask, indexed, judged, notices, record, titles};

#[test]
fn a_place_is_found_under_all_its_names() {
    let (_home, index) = indexed(notices());
    for query in ["Halič", "halic", "v Haliči", "Halych", "Галич", "place:Halych", "place:halič", "HALIČ"] {
        let answer = ask(&index, query);
        assert_eq!(answer.hits.first().map(|hit| hit.record.id.0.as_str()), Some("test/halic"), "{query}: {:?}", titles(&answer));
    }
    assert_eq!(ask(&index, "place:\"Furth im Wald\"").total, 1);
    assert_eq!(ask(&index, "place:Ustroń").total, 1);
}

#[test]
fn the_written_name_is_marked_whatever_was_asked() {
    let (_home, index) = indexed(notices());
    let answer = ask(&index, "Zittau");
    let title = &answer.hits[0].snippets[0];
    let (start, end) = title.marks[0];
    assert_eq!(&title.text[start..end], "Žitava");
}

#[test]
fn a_country_that_the_text_never_names_is_found_below_those_that_do() {
    let town = |key: &str, title: &str| record(&json!({"key": key, "title": title, "countries": ["FR"]}));
    let (_home, index) = indexed(vec![
        town("silent", "Figeac hledá partnera"),
        town("adjective", "Francouzské město Autun hledá partnera"),
        record(&json!({"key": "other", "title": "Italské město hledá partnera", "countries": ["IT"]})),
    ]);
    for query in ["Francie", "francouzská", "francouzske", "ve Francii"] {
        let ids: Vec<_> = ask(&index, query).hits.into_iter().map(|hit| hit.record.id.0).collect();
        assert_eq!(ids, ["test/adjective", "test/silent"], "{query}");
    }
    for query in ["country:FR", "country:Francie", "country:francie", "země:francouzské"] {
        assert_eq!(ask(&index, query).total, 2, "{query}");
    }
    let options = Options { explain: true, ..Options::default() };
    let answer = index.search("Francie", &options).unwrap();
    let kinds: Vec<MatchKind> = answer.hits[1].explanation.iter().flatten().map(|met| met.kind).collect();
    assert!(kinds.contains(&MatchKind::Country) && !kinds.contains(&MatchKind::Lemma));
}

#[test]
fn slovak_and_english_notices_are_found_by_their_own_forms() {
    let (_home, index) = indexed(notices());
    assert_eq!(ask(&index, "pamiatkami").hits[0].record.id.0, "test/levoca");
    assert_eq!(ask(&index, "municipalities exchange").hits[0].record.id.0, "test/en-waterford");
}

#[test]
fn the_seed_town_of_two_spellings_is_found_by_all() {
    let Some(seed) = judged::seed() else { return eprintln!("skipped: the seed is not at hand") };
    let (_home, index): (_, Index) = indexed(seed);
    for query in ["Cuhujiv", "Čuhujiv", "Chuguev", "Чугуїв", "place:Čuhujiv"] {
        assert_eq!(ask(&index, query).total, 2, "{query}");
    }
}
