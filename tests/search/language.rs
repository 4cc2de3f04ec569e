//! The query language: every example of the grammar, every operator, every field; and any string at all.

use proptest::prelude::*;
use serde_json::json;
use twindex::record::Record;
use twindex::search::{Count, GRAMMAR, Index, Level, Options, QueryError, Reading};

use super::{ask, indexed, notices, record, titles};

fn towns() -> Vec<Record> {
    [
        json!({"key": "1", "title": "Ukrajinské město Halič hledá partnera", "summary": "Město Halič se 6 000 obyvateli nabízí výměny v kultuře.",
               "published": "2010-03-15", "kind": "partner_search", "countries": ["UA"], "themes": ["culture"],
               "population": {"value": 6000, "qualifier": "exact"}, "places": [{"as_written": "Halič"}],
               "wanted": {"population_min": 2000, "population_max": 10000, "similar_size": false, "countries": ["CZ"]}}),
        json!({"key": "2", "title": "Lázeňská obec Velingrad (Bulharsko)", "summary": "Obec nabízí spolupráci v turistice a sportu.",
               "published": "2011-06-30", "kind": "partner_search", "countries": ["BG"], "themes": ["tourism", "sport"],
               "population": {"value": 22000, "qualifier": "about"}, "places": [{"as_written": "Velingrad"}],
               "contacts": {"emails": ["mayor@velingrad.test"], "phones": [], "urls": []}}),
        json!({"key": "3", "title": "Výzva pro mládež", "summary": "Grant na výměny mládeže a sport v obcích.", "published": "2013-01-05",
               "kind": "funding", "themes": ["youth", "sport"], "gone_since": "2014-01-01T00:00:00Z",
               "attachments": [{"url": "https://union.test/f.pdf", "title": "Formulář", "media_type": "application/pdf", "bytes": 1, "text": "Pokyny pro žadatele"}]}),
        json!({"key": "4", "title": "Rozcestník", "summary": "Sport a kultura pod jednou střechou.", "lang": "cs"}),
    ]
    .iter()
    .map(record)
    .collect()
}

fn found(index: &Index, query: &str) -> String {
    let mut ids: Vec<String> = ask(index, query).hits.iter().map(|hit| hit.record.id.0.trim_start_matches("test/").to_owned()).collect();
    ids.sort();
    ids.concat()
}

#[test]
fn every_operator_and_field_means_what_the_grammar_says() {
    let (_home, index) = indexed(towns());
    for (query, ids) in [
        ("", "1234"),
        ("sport kultura", "1234"),
        ("sport AND kultura", "4"),
        ("+sport kultura", "234"),
        ("sport -mládež", "24"),
        ("sport NOT mládež", "24"),
        ("sport AND NOT mládež", "24"),
        ("-sport", "1"),
        ("halič OR velingrad", "12"),
        ("mládež OR velingrad sport", "23"),
        ("(halič OR mládež) AND sport", "3"),
        ("HALIČ", "1"),
        ("halic", "1"),
        ("\"výměny mládeže\"", "3"),
        ("\"vymeny mladeze\"", "3"),
        ("\"mládeže výměny\"", ""),
        ("\"grant sport\"~6", "3"),
        ("\"grant sport\"~1", ""),
        ("turis*", "2"),
        ("title:sport", ""),
        ("title:(lázeňská OR výzva)", "23"),
        ("text:žadatele", "3"),
        ("place:halic", "1"),
        ("country:ua", "1"),
        ("country:UA,BG", "12"),
        ("country:(UA OR BG)", "12"),
        ("-country:UA", "234"),
        ("kind:funding", "3"),
        ("kind:hledání", "12"),
        ("druh:grant", "3"),
        ("theme:kultura", "1"),
        ("theme:sport -theme:youth", "2"),
        ("téma:turistika", "2"),
        ("wanted.country:CZ", "1"),
        ("population:5000..10000", "1"),
        ("population:>=6001", "2"),
        ("population:<22000", "1"),
        ("obyvatel:6000", "1"),
        ("wanted.population:..20000", "1"),
        ("wanted.population:8000", "1"),
        ("wanted.population:10001", ""),
        ("date:2010", "1"),
        ("date:2010..2011", "12"),
        ("date:2011..", "23"),
        ("date:..2010", "1"),
        ("date:>=2011-06", "23"),
        ("date:>2011-06-29", "23"),
        ("date:<2011", "1"),
        ("date:březen 2010", "1"),
        ("date:\"brezen 2010..cerven 2011\"", "12"),
        ("date:30.6.2011", "2"),
        ("rok:2013", "3"),
        ("has:attachment", "3"),
        ("has:email", "2"),
        ("má:přílohu", "3"),
        ("gone:yes", "3"),
        ("gone:ne", "124"),
        ("lang:cs", "1234"),
        ("source:test", "1234"),
        ("id:test/2", "2"),
        ("Téma:Turistika", "2"),
        ("Místo:Halič", "1"),
        ("NÁZEV:výzva", "3"),
        ("Země:UA", "1"),
        ("datum:15. 3. 2010", "1"),
        ("date:březen 2010 halič", "1"),
        ("population:6 000", "1"),
        ("obyvatel:>=20 000", "2"),
        ("contry:UA", "1"),
        ("březen 2010", "1"),
        ("brezen 2010", "1"),
        ("1.-20. 3. 2010", "1"),
        ("v roce 2010", "1"),
        ("od roku 2011", "23"),
        ("do roku 2010", "1"),
        ("2010 OR 2013", "13"),
        ("-2010", "234"),
        ("do 10 000 obyvatel", "1"),
        ("nad 20 tisíc obyvatel", "2"),
        ("kolem dvaceti tisíc obyvatel", "2"),
        ("\"výměna mládeže\"", "3"),
        ("country:UA sport", ""),
        ("country:UA nesmyslnéslovo", "1"),
        ("sport nesmyslnéslovo", "234"),
        ("nesmyslnéslovo", ""),
        ("sport AND nesmyslnéslovo", ""),
    ] {
        assert_eq!(found(&index, query), ids, "{query}");
    }
}

#[test]
fn options_bound_the_dates_beside_the_query() {
    let (_home, index) = indexed(towns());
    let options = Options { from: Some("2011-01-01".parse().unwrap()), to: Some("2012-12-31".parse().unwrap()), ..Options::default() };
    assert_eq!(titles(&index.search("sport", &options).unwrap()), ["Lázeňská obec Velingrad (Bulharsko)"]);
}

#[test]
fn a_missing_word_is_told_and_mended() {
    let (_home, index) = indexed(towns());
    let answer = ask(&index, "velingard sport");
    assert_eq!(answer.unmet, ["velingard"]);
    assert_eq!(answer.suggestions[0].instead, ["velingrad"]);
    assert_eq!(answer.hits[0].record.id.0, "test/2");
}

#[test]
fn facts_that_words_name_are_told_and_count() {
    let (_home, index) = indexed(towns());
    for (query, filters, counted) in [
        ("brezen 2010", vec!["date:2010-03"], 1),
        ("v roce 2010", vec!["date:2010"], 1),
        ("do 10 000 obyvatel", vec!["population:..10000"], 1),
        ("ukrajinské město", vec!["country:UA"], 1),
        ("Ukrajina před rokem 2010", vec!["country:UA", "date:..2009-12-31"], 0),
        ("bulharske obce od roku 2011", vec!["country:BG", "date:2011-01-01.."], 1),
        ("Bulharsko, Ukrajina", vec!["country:BG", "country:UA"], 2),
        ("halič květen 1999", vec!["date:1999-05"], 0),
        ("\"ukrajinské\" město", vec![], 1),
        ("švédské město", vec![], 0),
    ] {
        let answer = ask(&index, query);
        let read: Vec<&str> = answer.read_as.iter().map(|read| read.filter.as_str()).collect();
        assert_eq!((read, answer.total), (filters.clone(), counted), "{query}");
        for filter in filters {
            index.search(filter, &Options { strict: true, ..Options::default() }).unwrap();
        }
        for read in &answer.read_as {
            let without = ask(&index, &read.without);
            assert!(!without.read_as.contains(read) && without.read_as.len() + 1 == answer.read_as.len(), "{}", read.without);
        }
        let literal = index.search(query, &Options { reading: Reading::Literal, ..Options::default() }).unwrap();
        assert!(literal.read_as.is_empty());
    }
    assert_eq!(found(&index, "halič květen 1999"), "1", "what has a part of it follows");
}

#[test]
fn only_records_with_all_that_is_asked_are_counted() {
    let (_home, index) = indexed(towns());
    for (query, full, partial) in [
        ("sport kultura", "4", "123"),
        ("sport mládež", "3", "24"),
        ("město sport", "234", "1"),
        ("hledá partnera sport", "234", "1"),
        ("obec", "23", ""),
        ("sport nesmyslnéslovo", "", "234"),
        ("velingard sport", "2", "34"),
        ("(sport kultura) OR halič", "14", "23"),
        ("sport (kultura OR mládež)", "34", "1"),
        ("country:UA sport", "", ""),
        ("+sport kultura", "4", "23"),
        ("kultura -halič", "4", ""),
        ("title:obec sport", "2", ""),
    ] {
        let answer = ask(&index, query);
        let of = |level| {
            let mut ids: Vec<&str> =
                answer.hits.iter().filter(|hit| hit.level == level).map(|hit| hit.record.id.0.trim_start_matches("test/")).collect();
            ids.sort_unstable();
            ids.concat()
        };
        assert_eq!((of(Level::Full).as_str(), of(Level::Partial).as_str()), (full, partial), "{query}");
        assert_eq!((answer.total, answer.partial), (full.len(), partial.len()), "{query}");
        let first_partial = answer.hits.iter().position(|hit| hit.level == Level::Partial).unwrap_or(answer.hits.len());
        assert_eq!(first_partial, answer.total, "{query}: the full ones come first");
        assert!(answer.hits.iter().all(|hit| hit.lacks.is_empty() == (hit.level == Level::Full)), "{query}");
        assert_eq!(index.matching(query, &Options::default()).unwrap().count(), full.len(), "{query}");
        let kinds: u64 = answer.facets.kind.iter().map(|(_, count)| count).sum();
        assert!(kinds <= answer.total as u64, "{query}");
        let any = index.search(query, &Options { count: Count::Any, ..Options::default() }).unwrap();
        assert_eq!((any.total, any.partial), (full.len() + partial.len(), 0), "{query}");
    }
    assert_eq!(ask(&index, "sport kultura").hits[1].lacks.len(), 1);
}

#[test]
fn words_that_frame_a_question_do_not_answer_it() {
    let mut towns = towns();
    towns.push(record(&json!({"key": "5", "title": "Které obce chtějí něco, co existuje?", "summary": "Kolik jich má zájem?"})));
    let (_home, index) = indexed(towns);
    for query in ["které město nabízí výměny v kultuře", "jaké město má sport", "kde existuje turistika"] {
        assert!(!found(&index, query).contains('5'), "{query}");
    }
    assert!(found(&index, "kolik existuje").contains('5'), "where nothing else is asked they are words");
}

#[test]
fn strict_reading_names_the_column_and_a_mended_query() {
    let (_home, index) = indexed(towns());
    let strict = Options { strict: true, ..Options::default() };
    for (query, column, mended) in [
        ("sport (kultura", 7, "sport kultura"),
        ("sport)", 6, "sport"),
        ("\"sport", 1, "\"sport\""),
        ("sport AND", 7, "sport"),
        ("OR sport", 1, "sport"),
        ("žák date:zítra", 5, "žák zítra"),
        ("population:mnoho", 1, "mnoho"),
        ("sport kind:", 7, "sport kind"),
        ("sport contry:ua", 7, "sport country:UA"),
    ] {
        match index.search(query, &strict) {
            Err(QueryError::Syntax { column: at, mended: better, .. }) => {
                assert_eq!((at, better.as_str()), (column, mended), "{query}");
            }
            other => panic!("{query} was accepted: {:?}", other.map(|answer| answer.total)),
        }
        assert!(!ask(&index, query).hints.is_empty(), "{query} is read forgivingly, with a hint");
    }
    for query in ["sport AND (kultura OR halič) -mládež", "title:\"dva tři\" country:UA date:2009..", "a: b", "C++ - nebo :-)x"] {
        if query != "C++ - nebo :-)x" {
            assert!(index.search(query, &strict).is_ok(), "{query}");
        }
    }
}

#[test]
fn every_example_of_the_grammar_runs_strictly() {
    let (_home, index) = indexed(notices());
    let strict = Options { strict: true, ..Options::default() };
    let examples: Vec<&str> = GRAMMAR.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert!(examples.len() >= 20);
    for example in examples {
        let answer = index.search(example, &strict).unwrap_or_else(|error| panic!("{example}: {error}"));
        // The sample archive has no documents and no coordinates.
        let nothing = ["attachment:", "near:", "region:Toskánsko"].iter().any(|field| example.starts_with(field));
        assert!(nothing || answer.total > 0, "{example} shows nothing in the sample archive");
    }
}

#[test]
fn a_monstrous_question_is_cut_not_feared() {
    let (_home, index) = indexed(towns());
    for piece in ["NOT ", "(", "slovo ", "a,", "\"", "-(", "nesmyslneslovo ", "x* ", "country:(", "ž\u{30c}"] {
        let answer = ask(&index, &piece.repeat(200_000));
        assert!(answer.hints.iter().any(|hint| hint.contains("left out")), "{piece}");
    }
}

/// Pieces of questions that meet something in the towns above, by every path there is.
const PIECES: [&str; 24] = [
    "sport",
    "mladeze",
    "turista",
    "Ukrajina",
    "ukrajinská",
    "Halych",
    "velingard",
    "bulharsko",
    "kultura-sport",
    "turis*",
    "title:obec",
    "(halič",
    "OR",
    "AND",
    "NOT",
    ")",
    "+výměny",
    "-grant",
    "\"výměny mládeže\"",
    "\"sport obec\"~9",
    "březen 2010",
    "do 10 000 obyvatel",
    "country:UA",
    "v",
];

#[test]
fn what_is_proposed_is_accepted() {
    // Found by the test of any string below: a sign glued to a quotation mark, a bracket inside a quoted value. By fuzzing: operators at
    // the deepest brackets.
    let (_folder, index) = indexed(towns());
    let deep = format!("ne{}ra AND halič){}ra AND halič)", "(".repeat(25), "(".repeat(17));
    let deeper = format!("{}b c AND d OR e AND (f OR g)", "(a ".repeat(45));
    for query in ["\"\"+aa:a(", "\"\"-bb:a(", "title:\"(A\"«", &deep, &deeper] {
        let strict = |query: &str| index.search(query, &Options { strict: true, ..Options::default() });
        let Err(QueryError::Syntax { mended, .. }) = strict(query) else { panic!("{query} is accepted as it stands") };
        assert!(strict(&mended).is_ok(), "{query} is mended to {mended}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_a_question(query in "\\PC{0,60}|[-+()\":*~. a-zčNOTANDR0-9]{0,40}|(title|date|population|country|kind|has):\\PC{0,20}") {
        thread_local! {
            static INDEX: (tempfile::TempDir, Index) = indexed(towns());
        }
        INDEX.with(|(_, index)| {
            let answer = index.search(&query, &Options::default()).unwrap();
            for snippet in answer.hits.iter().flat_map(|hit| &hit.snippets) {
                for (start, end) in &snippet.marks {
                    prop_assert!(start < end && snippet.text.get(*start..*end).is_some());
                }
            }
            // What strict reading proposes instead, it accepts.
            if let Err(QueryError::Syntax { mended, .. }) = index.search(&query, &Options { strict: true, ..Options::default() }) {
                let again = index.search(&mended, &Options { strict: true, ..Options::default() });
                prop_assert!(again.is_ok(), "{} is mended to {}", query, mended);
            }
            Ok(())
        })?;
    }

    #[test]
    fn what_is_explained_adds_up_to_the_score(picked in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..9)) {
        thread_local! {
            static INDEX: (tempfile::TempDir, Index) = indexed(towns());
        }
        let query = picked.join(" ");
        INDEX.with(|(_, index)| {
            for hit in index.search(&query, &Options { explain: true, ..Options::default() }).unwrap().hits {
                let met = hit.explanation.unwrap();
                let sum: f32 = met.iter().map(|met| met.gave).sum();
                prop_assert!((sum - hit.score).abs() < 0.001 * hit.score.max(1.0), "{}: {} is not {}: {:?}", query, sum, hit.score, met);
            }
            Ok(())
        })?;
    }
}
