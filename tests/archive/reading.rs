//! What can be asked of the archive, by programs and by people.

use std::process::Command;

use twindex::archive::{Filter, Found, NewRun, Seen};
use twindex::record::{Facts, Kind, Place, PlaceRole, Population, Qualifier};
use twindex::visit::Outcome;

use super::{Sight, archive, day, place, sight, visit};

#[test]
fn records_come_newest_first_undated_last_whatever_the_order_of_arrival() {
    let dates = [("c", None), ("a", Some("2012-01-01")), ("d", Some("2013-01-01")), ("b", Some("2012-01-01"))];
    for turn in 0..dates.len() {
        let (_home, archive) = archive();
        for (id, published) in dates.iter().cycle().skip(turn).take(dates.len()) {
            Sight { published: *published, ..sight(id, "A") }.observe(&archive);
        }
        let ids: Vec<_> = archive.records(&Filter::default()).unwrap().map(|record| record.unwrap().id.0).collect();
        assert_eq!(ids, ["mesto/d", "mesto/a", "mesto/b", "mesto/c"]);
    }
}

#[test]
fn an_entry_is_found_under_every_address_it_had() {
    let (_home, archive) = archive();
    let old = sight("x", "A");
    old.observe(&archive);
    let moved = Sight { url: "https://mesto.test/nove/x".into(), ..old.clone() };
    assert_eq!(moved.observe(&archive), Seen::Unchanged, "a new address is no version");
    archive.transaction(|tx| tx.add_alias(&old.id, "http://www.mesto.test/x")).unwrap();
    for url in [&*moved.url, &*old.url, "http://www.mesto.test/x"] {
        assert_eq!(archive.by_url("mesto", url).unwrap(), Some(old.id.clone()), "{url}");
    }
    assert_eq!(archive.by_url("jine", &moved.url).unwrap(), None);
    assert_eq!(archive.by_key("mesto", "A").unwrap(), std::slice::from_ref(&old.id));
    let record = archive.current(&old.id).unwrap().unwrap();
    assert_eq!((record.url, record.aliases), (moved.url, vec!["http://www.mesto.test/x".to_owned(), old.url.clone()]));
    // And back again: the address is its own, not an alias as well.
    old.observe(&archive);
    assert_eq!(archive.current(&old.id).unwrap().unwrap().aliases, ["http://www.mesto.test/x", "https://mesto.test/nove/x"]);
}

#[test]
fn a_beginning_an_end_or_any_part_names_an_entry() {
    let (_home, archive) = archive();
    for id in ["partner-hleda", "partner-nabizi", "100%_a"] {
        sight(id, "A").observe(&archive);
    }
    let one = |found| match found {
        Found::One(record) => record.id.0,
        other => panic!("{other:?}"),
    };
    assert_eq!(one(archive.find("mesto/partner-hleda").unwrap()), "mesto/partner-hleda");
    assert_eq!(one(archive.find("partner-h").unwrap()), "mesto/partner-hleda");
    assert_eq!(one(archive.find("nabizi").unwrap()), "mesto/partner-nabizi");
    assert_eq!(one(archive.find("100%").unwrap()), "mesto/100%_a");
    assert!(matches!(archive.find("partner").unwrap(), Found::Many(ids) if ids.len() == 2));
    assert_eq!(one(archive.find("er-hl").unwrap()), "mesto/partner-hleda");
    // Signs that SQL would take for any letters stand for themselves.
    assert_eq!(one(archive.find("%").unwrap()), "mesto/100%_a");
    for words in ["", "r%h", "nothing"] {
        assert_eq!(archive.find(words).unwrap(), Found::None, "{words}");
    }
}

#[test]
fn the_newest_whole_page_gives_the_validators() {
    let (_home, archive) = archive();
    let url = "https://mesto.test/x";
    let failed = Outcome::Failed { why: "cut".into(), again: true };
    let visits = [
        visit(url, 1, 200, "ETag: \"1\"\r\n", Outcome::Page),
        visit(url, 2, 200, "ETag: W/\"2\"\r\nLast-Modified: Mon, 02 Mar 2026 00:00:00 GMT\r\n", Outcome::Page),
        visit(url, 3, 200, "ETag: \"3\"\r\n", failed),
        visit(url, 4, 304, "ETag:\r\n", Outcome::NotModified),
        visit(url, 5, 304, "ETag: \"5\"\r\n", Outcome::NotModified),
    ];
    for (offset, visit) in visits.iter().enumerate() {
        archive.transaction(|tx| tx.record_visit("r1", visit, &place(offset as u64), None)).unwrap();
        if offset == 3 {
            let known = archive.last_page(url).unwrap().unwrap();
            assert_eq!((known.etag.as_deref(), known.page.offset, known.at), (Some("W/\"2\""), 1, day(2)), "an empty one says nothing");
        }
    }
    let known = archive.last_page(url).unwrap().unwrap();
    assert_eq!((known.etag.as_deref(), known.page.offset), (Some("\"5\""), 1), "a 304 renews what it names (RFC 9111 §4.3.4)");
    assert_eq!(known.last_modified.as_deref(), Some("Mon, 02 Mar 2026 00:00:00 GMT"));
    assert_eq!(archive.last_page("https://mesto.test/y").unwrap(), None);
    assert!(archive.knows_visit(&place(3)).unwrap() && !archive.knows_visit(&place(5)).unwrap());
    let twice = archive.transaction(|tx| tx.record_visit("r1", &visits[0], &place(0), None));
    assert!(twice.is_err(), "a place holds one visit");
}

#[test]
fn a_run_without_an_end_is_known_as_such() {
    let (_home, archive) = archive();
    assert_eq!(archive.unfinished_run("mesto").unwrap().as_deref(), Some("r1"));
    archive
        .transaction(|tx| tx.begin_run(&NewRun { run: "r2", source: "mesto", started: day(2), sequence: None, continues: Some("r1") }))
        .unwrap();
    archive.transaction(|tx| tx.finish_run("r2", day(3), "whole")).unwrap();
    assert_eq!(archive.unfinished_run("mesto").unwrap(), None);
    let runs: Vec<_> = archive.runs(9).unwrap().into_iter().map(|row| (row.run, row.finished)).collect();
    assert_eq!(runs, [("r2".to_owned(), Some(day(3))), ("r1".to_owned(), None)]);
}

#[test]
fn stats_count_what_is_there() {
    let (_home, archive) = archive();
    sight("x", "A").observe(&archive);
    sight("x", "B").observe(&archive);
    Sight { published: None, complete: false, ..sight("y", "A") }.observe(&archive);
    archive
        .transaction(|tx| {
            tx.mark_gone(&sight("y", "").id, day(2), "404", "r1")?;
            tx.record_problem("r1", day(1), "/", "undated", "first")?;
            tx.record_problem("r1", day(1), "/", "undated", "second")?;
            tx.finish_run("r1", day(2), "whole")
        })
        .unwrap();
    let [stats] = &archive.source_stats().unwrap()[..] else { panic!("one source") };
    assert_eq!((stats.entries, stats.gone, stats.undated, stats.incomplete, stats.versions), (2, 1, 1, 1, 3));
    assert_eq!(stats.latest, Some("2011-08-15".parse().unwrap()));
    let [problem] = &archive.problem_counts().unwrap()[..] else { panic!("one kind") };
    assert_eq!((problem.count, &*problem.what), (2, "first"));
    let [run] = &archive.runs(5).unwrap()[..] else { panic!("one run") };
    assert_eq!((run.new, run.changed, run.problems), (2, 1, 2));
}

#[test]
fn a_person_reads_it_with_sqlite3() {
    let (home, archive) = archive();
    sight("x", "Obec hledá partnera").observe(&archive);
    let place = |name: &str, role| Place {
        as_written: name.into(),
        name: name.into(),
        name_cs: None,
        name_local: None,
        country: Some("MD".into()),
        role,
        geonames_id: None,
        lat: None,
        lon: None,
    };
    let facts = Facts {
        kind: Some(Kind::PartnerSearch),
        places: vec![place("Horní Ves", PlaceRole::Seeker), place("Praha", PlaceRole::Mentioned)],
        countries: vec!["MD".into(), "RO".into()],
        population: Some(Population { value: 4000, qualifier: Qualifier::MoreThan }),
        ..Facts::default()
    };
    sight("x", "Obec hledá partnera").set_facts(&archive, &facts);
    let question = "SELECT published, title, kind, seekers, places, countries, population, population_qualifier, gone_since FROM notices";
    let asked = Command::new("sqlite3").arg("-readonly").arg(home.path().join("archive.db")).arg(question).output();
    let Ok(answer) = asked else {
        eprintln!("skipped: no `sqlite3` on PATH");
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&answer.stdout).trim_end(),
        "2011-08-15|Obec hledá partnera|partner_search|[\"Horní Ves\"]|[\"Horní Ves\",\"Praha\"]|[\"MD\",\"RO\"]|4000|more_than|",
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
}

#[test]
fn places_and_versions_have_views_of_their_own() {
    let (home, archive) = archive();
    sight("x", "Obec hledá partnera").observe(&archive);
    sight("x", "Obec hledá partnera znovu").observe(&archive);
    let place = Place {
        as_written: "Dolní Ves".to_owned(),
        name: "Dolní Ves".to_owned(),
        name_cs: None,
        name_local: None,
        country: Some("SK".to_owned()),
        role: PlaceRole::Seeker,
        geonames_id: None,
        lat: None,
        lon: None,
    };
    let facts = Facts { places: vec![place], ..Facts::default() };
    sight("x", "Obec hledá partnera").set_facts(&archive, &facts);
    let sql = rusqlite::Connection::open(home.path().join("archive.db")).unwrap();
    let one = |question: &str| sql.query_row(question, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("SELECT place || name || country || role FROM places"), "1Dolní VesSKseeker");
    assert_eq!(
        one("SELECT group_concat(version || run || newest || coalesce(facts ->> '$.places[0].name', '-'), ' ') FROM versions_read"),
        "1r10- 2r11Dolní Ves"
    );
    assert_eq!(one("SELECT countries || emails FROM notices"), "[][]");
}

#[test]
fn what_changed_since_a_revision_is_told_and_what_cannot_be_is_not() {
    let (_home, archive) = archive();
    let start = archive.revision().unwrap();
    sight("x", "A").observe(&archive);
    sight("y", "B").observe(&archive);
    let both = archive.revision().unwrap();
    let since = |revision| {
        let records = archive.changed_since(revision).unwrap()?;
        Some(records.map(|record| record.unwrap().title).collect::<Vec<_>>())
    };
    assert_eq!(since(both), Some(Vec::new()));
    sight("x", "A").observe(&archive);
    assert_eq!(since(both), Some(Vec::new()), "seen again is no change");
    sight("y", "C").observe(&archive);
    assert_eq!(since(both), Some(vec!["C".to_owned()]));
    assert_eq!(since(start).map(|all| all.len()), Some(2));
    assert_eq!((since(start - 1), since(archive.revision().unwrap() + 1)), (None, None), "of another archive");
}
