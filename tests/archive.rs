//! The archive: what makes a version and what does not, what survives a kill, what people can read.

use std::collections::BTreeSet;
use std::process::Command;

use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;
use twindex::archive::{Archive, ChangeKind, Error, Filter, Found, ListingRead, Lock, NewRun, Observation, Seen};
use twindex::record::{Attachment, Facts, Kind, PageRef, Place, PlaceRole, Population, Qualifier, RecordId};
use twindex::visit::{Exchange, Outcome, Purpose, Visit};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(day: u32) -> Timestamp {
    at(&format!("2026-03-{day:02}T10:00:00Z"))
}

fn place(offset: u64) -> PageRef {
    PageRef { warc: "mesto-1.warc.gz".into(), offset, digest: "sha1:X".into() }
}

/// An archive with one run in it.
fn archive() -> (TempDir, Archive) {
    let home = tempfile::tempdir().unwrap();
    let archive = Archive::open(home.path()).unwrap();
    archive.transaction(|tx| tx.begin_run(&NewRun { run: "r1", source: "mesto", started: day(1), continues: None })).unwrap();
    (home, archive)
}

/// What a run finds of one entry, in owned form.
#[derive(Clone)]
struct Sight {
    id: RecordId,
    url: String,
    at: Timestamp,
    published: Option<&'static str>,
    title: String,
    body: Option<String>,
    attachments: Vec<Attachment>,
    complete: bool,
}

fn sight(id: &str, title: &str) -> Sight {
    Sight {
        id: RecordId(format!("mesto/{id}")),
        url: format!("https://mesto.test/{id}"),
        at: day(1),
        published: Some("2011-08-15"),
        title: title.into(),
        body: Some("Text.".into()),
        attachments: Vec::new(),
        complete: true,
    }
}

impl Sight {
    fn observe(&self, archive: &Archive) -> Seen {
        archive
            .transaction(|tx| {
                tx.observe(&Observation {
                    id: &self.id,
                    source: "mesto",
                    url: &self.url,
                    listing: "https://mesto.test/",
                    key: &self.title,
                    run: "r1",
                    at: self.at,
                    published: self.published.map(|day| day.parse().unwrap()),
                    title: &self.title,
                    summary: Some("Krátce."),
                    summary_raw: Some("Krátce. "),
                    body: self.body.as_deref(),
                    attachments: &self.attachments,
                    complete: self.complete,
                    page: &place(1),
                })
            })
            .unwrap()
    }
}

fn document(bytes: Option<u64>, text: Option<&str>) -> Attachment {
    Attachment {
        url: "https://mesto.test/a.pdf".into(),
        title: "Leták".into(),
        media_type: bytes.map(|_| "application/pdf".into()),
        bytes,
        text: text.map(str::to_owned),
    }
}

#[test]
fn a_text_that_comes_back_is_a_version_again() {
    let (_home, archive) = archive();
    for (title, expected) in [("A", Seen::New), ("A", Seen::Unchanged), ("B", Seen::Changed(2)), ("A", Seen::Changed(3))] {
        assert_eq!(sight("x", title).observe(&archive), expected);
    }
    let titles: Vec<_> = archive.history(&sight("x", "").id).unwrap().into_iter().map(|version| version.title).collect();
    assert_eq!(titles, ["A", "B", "A"]);
    assert_eq!(archive.current(&sight("x", "").id).unwrap().unwrap().version, 3);
}

#[test]
fn what_could_not_be_read_is_inherited_and_what_is_learned_later_completes() {
    let (_home, archive) = archive();
    let whole = sight("x", "A");
    let listing_only = Sight { body: None, published: None, complete: false, ..whole.clone() };
    assert_eq!(listing_only.observe(&archive), Seen::New);
    assert_eq!(archive.incomplete("mesto").unwrap(), [whole.id.clone()]);
    assert_eq!(whole.observe(&archive), Seen::Completed);
    assert_eq!(archive.incomplete("mesto").unwrap(), []);
    // The page cannot be read again, and then the listing has another title as well.
    assert_eq!(listing_only.observe(&archive), Seen::Unchanged);
    let renamed = Sight { title: "B".into(), ..listing_only };
    assert_eq!(renamed.observe(&archive), Seen::Changed(2));
    let record = archive.current(&whole.id).unwrap().unwrap();
    assert_eq!((record.body.as_deref(), record.published), (Some("Text."), Some("2011-08-15".parse().unwrap())));
    // A title that changed before the page was first read is not written over.
    let listing_only = Sight { body: None, complete: false, ..sight("y", "A") };
    assert_eq!(listing_only.observe(&archive), Seen::New);
    assert_eq!(sight("y", "B").observe(&archive), Seen::Changed(2));
}

#[test]
fn a_document_makes_a_version_only_by_its_content() {
    let (_home, archive) = archive();
    let with = |attachment| Sight { attachments: vec![attachment], ..sight("x", "A") };
    assert_eq!(with(document(None, None)).observe(&archive), Seen::New);
    assert_eq!(with(document(Some(5), Some("pět"))).observe(&archive), Seen::Unchanged);
    assert_eq!(with(document(None, None)).observe(&archive), Seen::Unchanged);
    assert_eq!(archive.current(&sight("x", "").id).unwrap().unwrap().attachments, [document(Some(5), Some("pět"))]);
    assert_eq!(with(document(Some(6), Some("šest"))).observe(&archive), Seen::Changed(2));
    assert_eq!(sight("x", "A").observe(&archive), Seen::Changed(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn two_neighbouring_versions_always_differ(steps in proptest::collection::vec((0_u8..2, 0_u8..3, 0_u8..3, any::<bool>()), 1..24)) {
        let (_home, archive) = archive();
        for (title, body, document_size, complete) in steps {
            let mut sight = sight("x", if title == 0 { "A" } else { "B" });
            sight.complete = complete;
            sight.body = (body > 0).then(|| format!("text {body}"));
            sight.attachments = vec![document((document_size > 0).then_some(document_size.into()), None)];
            let before = archive.history(&sight.id).unwrap();
            let seen = sight.observe(&archive);
            let after = archive.history(&sight.id).unwrap();
            // What stands is never lost: every earlier version keeps its words.
            for (old, new) in before.iter().zip(&after) {
                prop_assert_eq!((&old.title, &old.summary), (&new.title, &new.summary));
                prop_assert!(!old.complete || old.body == new.body);
            }
            prop_assert_eq!(after.len() - before.len(), usize::from(matches!(seen, Seen::New | Seen::Changed(_))));
            prop_assert_eq!(sight.observe(&archive), Seen::Unchanged, "a second look changes nothing");
        }
        let history = archive.history(&sight("x", "").id).unwrap();
        for pair in history.windows(2) {
            let fields = |i: usize| (&pair[i].title, &pair[i].body, pair[i].published, &pair[i].attachments);
            prop_assert_ne!(fields(0), fields(1));
        }
    }
}

#[test]
fn a_transaction_that_fails_or_dies_leaves_nothing_behind() {
    let (home, archive) = archive();
    let revision = archive.revision().unwrap();
    let failed: Result<(), Error> = archive.transaction(|tx| {
        tx.set_pause("mesto.test", day(2))?;
        Err(Error::Missing { path: "on purpose".into() })
    });
    assert!(failed.is_err());
    // As a kill would: begun, written, never committed.
    let other = rusqlite::Connection::open(home.path().join("archive.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; INSERT INTO pauses VALUES ('x', 'y')").unwrap();
    drop(other);
    assert_eq!(archive.pauses().unwrap(), []);
    assert_eq!(archive.revision().unwrap(), revision);
    // An inner failure undoes the inner part alone.
    archive
        .transaction(|tx| {
            tx.set_pause("outer.test", day(2))?;
            let inner: Result<(), Error> = tx.transaction(|tx| {
                tx.set_pause("inner.test", day(2))?;
                Err(Error::Missing { path: "on purpose".into() })
            });
            assert!(inner.is_err());
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(archive.pauses().unwrap(), [("outer.test".to_owned(), day(2))]);
}

#[test]
fn the_revision_grows_with_records_and_nothing_else() {
    let (_home, archive) = archive();
    let mut revision = archive.revision().unwrap();
    let mut grew = |archive: &Archive| {
        let now = archive.revision().unwrap();
        std::mem::replace(&mut revision, now) < now
    };
    archive.transaction(|tx| tx.set_pause("a.test", day(1))).unwrap();
    assert!(!grew(&archive));
    sight("x", "A").observe(&archive);
    assert!(grew(&archive));
    sight("x", "A").observe(&archive);
    assert!(!grew(&archive), "the same, seen at the same time");
    Sight { at: day(2), ..sight("x", "A") }.observe(&archive);
    assert!(grew(&archive), "last_seen is part of the record");
    let facts = Facts { kind: Some(Kind::PartnerSearch), ..Facts::default() };
    archive.transaction(|tx| tx.set_facts(&sight("x", "").id, &facts, 1)).unwrap();
    assert!(grew(&archive));
    archive.transaction(|tx| tx.set_facts(&sight("x", "").id, &facts, 1)).unwrap();
    assert!(!grew(&archive));
    archive.transaction(|tx| tx.clear()).unwrap();
    assert!(grew(&archive), "a rebuild never goes back");
}

#[test]
fn facts_are_replaced_without_a_version() {
    let (_home, archive) = archive();
    let id = sight("x", "").id;
    sight("x", "A").observe(&archive);
    assert_eq!(archive.stale_facts(1).unwrap(), [id.clone()]);
    for kind in [Kind::News, Kind::PartnerSearch] {
        let facts = Facts { kind: Some(kind), ..Facts::default() };
        archive.transaction(|tx| tx.set_facts(&id, &facts, 1)).unwrap();
    }
    let record = archive.current(&id).unwrap().unwrap();
    assert_eq!((record.facts.kind, record.version), (Some(Kind::PartnerSearch), 1));
    assert_eq!(archive.stale_facts(1).unwrap(), []);
    assert_eq!(archive.stale_facts(2).unwrap(), [id]);
}

#[test]
fn the_second_writer_is_told_who_holds_the_lock() {
    let home = tempfile::tempdir().unwrap();
    let lock = Lock::acquire(home.path(), "twindex crawl", at("2026-03-01T10:00:00.5Z")).unwrap();
    let told = Lock::acquire(home.path(), "twindex rebuild", day(2)).unwrap_err().to_string();
    let process = format!("`twindex crawl` (process {} on ", std::process::id());
    assert!(told.contains(&process) && told.contains("since 2026-03-01T10:00:00Z"), "{told}");
    assert!(told.contains(home.path().to_str().unwrap()), "{told}");
    drop(lock);
    Lock::acquire(home.path(), "twindex rebuild", day(2)).unwrap();
}

#[test]
fn readers_read_on_while_a_writer_writes() {
    let (home, archive) = archive();
    sight("x", "A").observe(&archive);
    let reader = Archive::open_read_only(home.path()).unwrap();
    let records = reader.records(&Filter::default()).unwrap();
    archive
        .transaction(|tx| {
            tx.transaction(|_| Ok::<_, Error>(()))?;
            sight("y", "B").observe(tx);
            // Not committed: invisible.
            assert_eq!(Archive::open_read_only(home.path()).unwrap().records(&Filter::default()).unwrap().count(), 1);
            Ok::<_, Error>(())
        })
        .unwrap();
    sight("x", "changed").observe(&archive);
    let titles: Vec<_> = records.map(|record| record.unwrap().title).collect();
    assert_eq!(titles, ["A"], "all records come from one moment");
    assert_eq!(reader.records(&Filter::default()).unwrap().count(), 2);
    let refused = reader.transaction(|tx| tx.set_pause("a.test", day(1)));
    assert!(refused.is_err());
    assert!(matches!(Archive::open_read_only(&home.path().join("none")), Err(Error::Missing { .. })));
}

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
fn an_entry_is_missing_only_if_all_its_listings_were_read_whole() {
    let (_home, archive) = archive();
    let id = sight("x", "").id;
    sight("x", "A").observe(&archive);
    let read = |run, url, whole| {
        archive.transaction(|tx| tx.record_listing(&ListingRead { run, source: "mesto", url, at: day(2), whole, entries: 0 })).unwrap();
    };
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "never named by a listing");
    archive
        .transaction(|tx| {
            tx.sighted("r1", "/one", &id, day(1))?;
            tx.sighted("r1", "/two", &id, day(1))
        })
        .unwrap();
    read("r2", "/one", true);
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "the other listing was not read");
    read("r2", "/two", false);
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "the other listing was cut");
    read("r2", "/two", true);
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [id.clone()]);
    archive.transaction(|tx| tx.mark_gone(&id, day(2), "listing /two")).unwrap();
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "marked already");
    archive.transaction(|tx| tx.mark_returned(&id, day(3))).unwrap();
    archive.transaction(|tx| tx.sighted("r2", "/two", &id, day(3))).unwrap();
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "named again");
}

#[test]
fn absences_stay_in_the_history() {
    let (_home, archive) = archive();
    let id = sight("x", "").id;
    sight("x", "A").observe(&archive);
    for (gone, back) in [(2, 3), (4, 5)] {
        archive.transaction(|tx| tx.mark_gone(&id, day(gone), "404")).unwrap();
        archive.transaction(|tx| tx.mark_gone(&id, day(gone + 1), "404 again")).unwrap();
        assert_eq!(archive.current(&id).unwrap().unwrap().gone_since, Some(day(gone)));
        assert_eq!(archive.records(&Filter { without_gone: true, ..Filter::default() }).unwrap().count(), 0);
        archive.transaction(|tx| tx.mark_returned(&id, day(back))).unwrap();
        assert_eq!(archive.current(&id).unwrap().unwrap().gone_since, None);
    }
    let absences: Vec<_> = archive.absences(&id).unwrap().into_iter().map(|absence| (absence.since, absence.until)).collect();
    assert_eq!(absences, [(day(2), Some(day(3))), (day(4), Some(day(5)))]);
    let kinds: Vec<_> = archive.changes(day(3)).unwrap().into_iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Returned, ChangeKind::Gone, ChangeKind::Returned]);
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
    assert_eq!(archive.by_key("mesto", "A").unwrap(), [old.id.clone()]);
    let record = archive.current(&old.id).unwrap().unwrap();
    assert_eq!((record.url, record.aliases), (moved.url, vec!["http://www.mesto.test/x".to_owned(), old.url.clone()]));
    // And back again: the address is its own, not an alias as well.
    old.observe(&archive);
    assert_eq!(archive.current(&old.id).unwrap().unwrap().aliases, ["http://www.mesto.test/x", "https://mesto.test/nove/x"]);
}

#[test]
fn a_beginning_or_an_end_names_an_entry() {
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
    for words in ["", "%", "nothing"] {
        assert_eq!(archive.find(words).unwrap(), Found::None, "{words}");
    }
}

fn visit(url: &str, when: u32, status: u16, fields: &str, outcome: Outcome) -> Visit {
    let head = format!("HTTP/1.1 {status} X\r\n{fields}\r\n").into_bytes();
    let exchange = Exchange { request: Vec::new(), status, head, body: Vec::new(), ip: None, truncated: false };
    Visit { url: url.parse().unwrap(), purpose: Purpose::Detail, at: day(when), exchange: Some(exchange), outcome }
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
        visit(url, 4, 304, "", Outcome::NotModified),
    ];
    for (offset, visit) in visits.iter().enumerate() {
        archive.transaction(|tx| tx.record_visit("r1", visit, &place(offset as u64), None)).unwrap();
    }
    let known = archive.last_page(url).unwrap().unwrap();
    assert_eq!((known.etag.as_deref(), known.page.offset, known.at), (Some("W/\"2\""), 1, day(2)));
    assert_eq!(known.last_modified.as_deref(), Some("Mon, 02 Mar 2026 00:00:00 GMT"));
    assert_eq!(archive.last_page("https://mesto.test/y").unwrap(), None);
    assert!(archive.visited_since(url, day(4)).unwrap() && !archive.visited_since(url, day(5)).unwrap());
    assert!(archive.knows_visit(&place(3)).unwrap() && !archive.knows_visit(&place(4)).unwrap());
    let twice = archive.transaction(|tx| tx.record_visit("r1", &visits[0], &place(0), None));
    assert!(twice.is_err(), "a place holds one visit");
}

#[test]
fn a_run_without_an_end_is_known_as_such() {
    let (_home, archive) = archive();
    assert_eq!(archive.unfinished_run("mesto").unwrap().as_deref(), Some("r1"));
    archive.transaction(|tx| tx.begin_run(&NewRun { run: "r2", source: "mesto", started: day(2), continues: Some("r1") })).unwrap();
    archive.transaction(|tx| tx.finish_run("r2", day(3), "whole")).unwrap();
    assert_eq!(archive.unfinished_run("mesto").unwrap(), None);
    let runs: Vec<_> = archive.runs(9).unwrap().into_iter().map(|row| (row.run, row.finished)).collect();
    assert_eq!(runs, [("r2".to_owned(), Some(day(3))), ("r1".to_owned(), None)]);
}

#[test]
fn a_clearing_forgets_all_but_pauses() {
    let (home, archive) = archive();
    sight("x", "A").observe(&archive);
    archive
        .transaction(|tx| {
            let id = sight("x", "").id;
            tx.set_pause("mesto.test", day(9))?;
            tx.add_alias(&id, "https://mesto.test/alias")?;
            tx.set_facts(&id, &Facts::default(), 1)?;
            tx.mark_gone(&id, day(2), "404")?;
            tx.sighted("r1", "/", &id, day(1))?;
            tx.record_problem("r1", day(1), "/", "undated", "x")?;
            tx.record_visit("r1", &visit("https://mesto.test/x", 1, 404, "", Outcome::Gone), &place(7), None)
        })
        .unwrap();
    archive.transaction(|tx| tx.clear()).unwrap();
    drop(archive);
    let sql = rusqlite::Connection::open(home.path().join("archive.db")).unwrap();
    let tables: Vec<String> = sql
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let full: BTreeSet<_> = tables
        .iter()
        .filter(|table| sql.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap() > 0)
        .map(String::as_str)
        .collect();
    assert_eq!(full, BTreeSet::from(["meta", "pauses"]));
}

#[test]
fn stats_count_what_is_there() {
    let (_home, archive) = archive();
    sight("x", "A").observe(&archive);
    sight("x", "B").observe(&archive);
    Sight { published: None, complete: false, ..sight("y", "A") }.observe(&archive);
    archive
        .transaction(|tx| {
            tx.mark_gone(&sight("y", "").id, day(2), "404")?;
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
    archive.transaction(|tx| tx.set_facts(&sight("x", "").id, &facts, 1)).unwrap();
    let question = "SELECT published, title, kind, seekers, places, countries, population, population_qualifier, gone_since FROM notices";
    let asked = Command::new("sqlite3").arg("-readonly").arg(home.path().join("archive.db")).arg(question).output();
    let Ok(answer) = asked else {
        eprintln!("skipped: no `sqlite3` on PATH");
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&answer.stdout).trim_end(),
        "2011-08-15|Obec hledá partnera|partner_search|Horní Ves|Horní Ves, Praha|MD, RO|4000|more_than|",
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
}
