//! Questions: any string has an answer; marks lie inside the words shown; what strict reading proposes instead, it accepts; each
//! fact that words name is a question, and taking it back takes back this one.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use twindex::record::Record;
use twindex::search::{Index, Options, QueryError};

/// A few notices that meet questions by every path.
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::passing(1, notices()).expect("an index"));

fn notices() -> Vec<Record> {
    let of = |number: u32, title: &str, body: &str, country: &str| {
        let place = title.split(' ').next_back();
        let record = json!({
            "id": format!("test/{number}"), "source": "test", "url": "https://union.test/a", "aliases": [], "listing": "https://union.test/",
            "published": format!("201{number}-03-15"), "title": title, "summary": null, "body": body, "lang": "cs", "kind": "partner_search",
            "places": [{"as_written": place, "name": place, "country": country, "role": "seeker", "geonames_id": null, "lat": 50.0, "lon": 14.0}],
            "countries": [country], "population": {"value": 6000 * number, "qualifier": "about"},
            "wanted": {"population_min": 2000, "population_max": null, "similar_size": false, "countries": ["CZ"]},
            "themes": ["culture", "sport"], "dates": [], "contacts": {"emails": ["a@union.test"], "phones": [], "urls": []}, "evidence": [],
            "attachments": [], "version": 1, "first_seen": "2024-01-01T00:00:00Z", "last_seen": "2024-01-01T00:00:00Z", "gone_since": null,
            "page": {"warc": "", "offset": 0, "digest": ""},
        });
        serde_json::from_value(record).expect("a record")
    };
    vec![
        of(1, "Ukrajinské město hledá partnera Halič", "Město nabízí výměny mládeže v kultuře a sportu.", "UA"),
        of(2, "Lázeňská obec v Bulharsku Velingrad", "Obec nabízí spolupráci v turistice, grant na odpadní vody.", "BG"),
        of(3, "Výzva pro mládež Žďár", "Grant na výměny mládeže a sport v obcích do 10 000 obyvatel.", "CZ"),
    ]
}

fuzz_target!(|query: &str| {
    let strict = |query: &str| INDEX.search(query, &Options { strict: true, ..Options::default() });
    let answer = INDEX.search(query, &Options::default()).expect("an answer");
    for snippet in answer.hits.iter().flat_map(|hit| &hit.snippets) {
        for (start, end) in &snippet.marks {
            assert!(start < end && snippet.text.get(*start..*end).is_some(), "{start}..{end} of {:?}", snippet.text);
        }
    }
    for read in &answer.read_as {
        assert!(strict(&read.filter).is_ok(), "{}", read.filter);
        let without = INDEX.search(&read.without, &Options::default()).expect("an answer");
        assert!(!without.read_as.contains(read), "{} is still read in {}", read.filter, read.without);
    }
    if let Err(QueryError::Syntax { mended, .. }) = strict(query) {
        assert!(strict(&mended).is_ok(), "mended to {mended}");
    }
});
