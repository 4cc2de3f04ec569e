//! Every field of a record can be asked; what is no field or value says so and names the nearest right one.

use serde_json::json;
use twindex::search::{Dimension, Index, Options, fields};

use super::{ask, indexed, record};

fn archive() -> (tempfile::TempDir, Index) {
    indexed(
        [
            json!({"key": "1", "title": "Obec u Vídně hledá partnera", "published": "2012-05-02", "countries": ["AT"], "kind": "partner_search",
                   "places": [{"as_written": "Retz", "lat": 48.757, "lon": 15.955, "country": "AT"}], "themes": ["sport"],
                   "dates": [{"date": "2012-06-01", "end": null, "role": "deadline"}], "first_seen": "2023-01-05T00:00:00Z", "last_seen": "2023-03-01T00:00:00Z",
                   "contacts": {"emails": ["Radnice@Retz.test"], "phones": ["+420123456789"], "urls": ["https://www.retz.test/obec"]},
                   "population": {"value": 4300, "qualifier": "exact"}}),
            json!({"key": "2", "title": "Chorvatské město zve", "published": "2012-09-01", "countries": ["HR"], "kind": "event", "version": 3,
                   "dates": [{"date": "2012-12-30", "end": "2013-01-02", "role": "event"}], "gone_since": "2024-02-01T00:00:00Z"}),
            json!({"key": "3", "title": "Chorvatská obec hledá", "published": "2014-09-01", "countries": ["HR"], "kind": "partner_search", "themes": ["sport", "culture"],
                   "attachments": [{"url": "https://union.test/f.pdf", "title": "Příloha", "media_type": "application/pdf", "bytes": 1, "text": "Třídění odpadu v obci"}]}),
            json!({"key": "4", "title": "Bez data", "countries": ["UA"]}),
        ]
        .iter()
        .map(record)
        .collect(),
    )
}

fn counted(index: &Index, query: &str) -> String {
    let mut ids: Vec<String> = index
        .matching(query, &Options::default())
        .unwrap()
        .map(|record| record.unwrap().id.0.trim_start_matches("test/").to_owned())
        .collect();
    ids.sort();
    ids.concat()
}

#[test]
fn every_field_of_a_record_can_be_asked() {
    let (_home, index) = archive();
    for (query, ids) in [
        ("deadline:2012-06", "1"),
        ("uzávěrka:2012..2013", "1"),
        ("event:2013", "2"),
        ("akce:2012-12-31", "2"),
        ("event:2014", ""),
        ("seen:2023-02", "1"),
        ("viděno:2024", "234"),
        ("gone:2024", "2"),
        ("gone:..2023", ""),
        ("zmizelo:ano", "2"),
        ("version:2..", "2"),
        ("verze:1", "134"),
        ("attachment:odpad", "3"),
        ("příloha:odpady", "3"),
        ("title:odpad", ""),
        ("contact:radnice@retz.test", "1"),
        ("contact:retz.test", "1"),
        ("kontakt:\"+420 123 456 789\"", "1"),
        ("telefon:123456789", "1"),
        ("url:union.test", "1234"),
        ("near:Vídeň~100km", "1"),
        ("near:Brno~20km", ""),
        ("near:48.75,15.95~5", "1"),
        ("region:balkan", "23"),
        ("region:EU", "13"),
        ("země:Chorvatsko region:eu", "3"),
        ("balkánské obce", "23"),
        ("rakouské obce", "1"),
    ] {
        assert_eq!(counted(&index, query), ids, "{query}");
    }
}

#[test]
fn what_is_no_field_or_value_names_the_nearest_right_one() {
    let (_home, index) = archive();
    for (query, told) in [
        ("populace:5000", "there is no field `populace`; did you mean `population:`?"),
        ("barva:modrá", "there is no field `barva`"),
        ("kind:event_", "did you mean event?"),
        ("theme:kultora", "did you mean culture?"),
        ("country:Chorvacko", "Chorvatsko (HR)"),
        ("region:Nikdesko", "no such region"),
        ("near:Nikdeves~5km", "no such place on the map"),
        ("near:Brno~daleko", "not a distance"),
        ("date:2014..2012", "runs backwards; it is read as 2012-01-01..2014-12-31"),
        ("population:9000..100", "runs backwards; it is read as 100..9000"),
        ("has:mailbox", "no such value of has"),
        ("source:jinde", "no notice has source:jinde"),
        ("population:..5000", "leaves out 3 notices whose number of inhabitants is not known"),
        ("date:2012", "leaves out 1 notice whose day of publication is not known"),
    ] {
        let answer = ask(&index, query);
        assert!(answer.hints.iter().any(|hint| hint.contains(told)), "{query}: {:?}", answer.hints);
        assert_eq!(index.matching(query, &Options::default()).unwrap().hints, answer.hints, "{query}");
    }
    assert_eq!(counted(&index, "date:2014..2012"), "123");
    for query in ["https://union.test/a", "v 10:30", "pozor: děti", "country:HR"] {
        assert!(ask(&index, query).hints.is_empty(), "{query}: {:?}", ask(&index, query).hints);
    }
}

#[test]
fn fields_and_values_are_listed() {
    let (_home, index) = archive();
    for field in fields() {
        let answer = index.search(field.example, &Options { strict: true, ..Options::default() });
        assert!(answer.is_ok(), "{}: {answer:?}", field.example);
    }
    let themes = index.values("téma").unwrap();
    assert_eq!(themes.len(), 15);
    assert_eq!((themes[0].value.as_str(), themes[0].records, themes[0].label.as_deref()), ("sport", 2, Some("sport")));
    let countries = index.values("country").unwrap();
    assert_eq!((countries[0].value.as_str(), countries[0].label.as_deref()), ("HR", Some("Chorvatsko")));
    assert!(index.values("themes").unwrap_err().contains("did you mean theme?"));
    assert!(index.values("title").unwrap_err().contains("no list of values"));
}

#[test]
fn records_are_counted_by_two_dimensions() {
    let (_home, index) = archive();
    let table = index.tabulate("", &Options::default(), Dimension::Year, Some(Dimension::Country)).unwrap();
    let rows: Vec<(&str, u64, &[u64])> = table.rows.iter().map(|row| (row.value.as_str(), row.count, row.cells.as_slice())).collect();
    assert_eq!(table.columns, ["HR", "AT", "UA"]);
    assert_eq!(rows, [("2012", 2, &[1, 1, 0][..]), ("2013", 0, &[0, 0, 0]), ("2014", 1, &[1, 0, 0]), ("unknown", 1, &[0, 0, 1])]);
    let table = index.tabulate("hledá sport", &Options::default(), Dimension::Theme, Some(Dimension::Decade)).unwrap();
    assert_eq!((table.total, table.columns.as_slice()), (2, &["2010s".to_owned()][..]));
    assert_eq!(table.rows.iter().map(|row| (row.value.as_str(), row.count)).collect::<Vec<_>>(), [("sport", 2), ("culture", 1)]);
    assert!("zemne".parse::<Dimension>().unwrap_err().contains("did you mean country?"));
}

#[test]
fn numbers_and_signs_are_found_in_any_spelling() {
    let (_home, index) = indexed(
        [
            ("1", "Obec má 1 500 obyvatel, PSČ 110 00"),
            ("2", "Volejte +420 123 456 789"),
            ("3", "Kurz C++ podle § 12 a č. 5/2012"),
            ("4", "Česko-německý fond a partner\u{ad}ství s obcí Slov\u{2bc}jansk"),
            ("5", "Obec má 1500 duší; ﬁlm o m²"),
        ]
        .iter()
        .map(|(key, text)| record(&json!({"key": key, "title": "Zpráva", "summary": text})))
        .collect(),
    );
    for (query, ids) in [
        ("1500", "15"),
        ("1 500", "15"),
        ("11000", "1"),
        ("110 00", "1"),
        ("123456789", "2"),
        ("123 456 789", "2"),
        ("+420 123 456 789", "2"),
        ("+420123456789", "2"),
        ("00420123456789", "2"),
        ("C++", "3"),
        ("\"§ 12\"", "3"),
        ("§ 12", "3"),
        ("č. 5/2012", "3"),
        ("českoněmecký", "4"),
        ("česko-německé", "4"),
        ("partnerství fond", "4"),
        ("Slovjansk", "4"),
        ("Slov'jansk", "4"),
        ("film", "5"),
        ("m2", "5"),
    ] {
        assert_eq!(counted(&index, query), ids, "{query}");
    }
    // The whole number is marked in the text.
    let hit = &ask(&index, "1500").hits.iter().find(|hit| hit.record.id.0 == "test/1").unwrap().snippets[0].clone();
    let marked: Vec<&str> = hit.marks.iter().map(|(start, end)| &hit.text[*start..*end]).collect();
    assert_eq!(marked, ["1", "500"]);
}

#[test]
fn words_that_only_look_alike_are_kept_apart() {
    let (_home, index) = indexed(
        [
            ("1", "Asi přijedou v červnu"),
            ("2", "Červený kámen a stanový tábor v Asii"),
            ("3", "Stanovy spolku; o prázdninách nechali hosty doma"),
        ]
        .iter()
        .map(|(key, text)| record(&json!({"key": key, "title": "Zpráva", "summary": text})))
        .collect(),
    );
    for (query, ids) in [
        ("Asie", "2"),
        ("červen", "1"),
        ("červená", "2"),
        ("červnový", "1"),
        ("stanov", "3"),
        ("stanovami", "3"),
        ("prazdniny", "3"),
        ("nechat", "3"),
    ] {
        assert_eq!(counted(&index, query), ids, "{query}");
    }
}
