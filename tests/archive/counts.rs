//! What is counted when it is written: the same as counting all of it, and found without looking at all of it.

use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;
use twindex::archive::{Archive, Change};
use twindex::visit::Outcome;

use super::{Sight, archive, day, place, sight, visit};

/// One thing that a run finds of one of few entries.
#[derive(Clone, Debug)]
enum Found {
    Seen { published: Option<&'static str>, title: &'static str, complete: bool },
    Gone,
    Returned,
}

fn found() -> impl Strategy<Value = Found> {
    let published = prop_oneof![Just(None), Just(Some("2011-08-15")), Just(Some("2012-01-01"))];
    prop_oneof![
        4 => (published, prop_oneof![Just("A"), Just("B")], any::<bool>())
            .prop_map(|(published, title, complete)| Found::Seen { published, title, complete }),
        1 => Just(Found::Gone),
        1 => Just(Found::Returned),
    ]
}

/// What happens on one day.
fn happen(archive: &Archive, name: &str, found: &Found, on: u32) {
    let entry = sight(name, "");
    match found {
        Found::Seen { published, title, complete } => {
            let body = complete.then(|| "Text.".to_owned());
            Sight { at: day(on), published: *published, title: (*title).to_owned(), body, complete: *complete, ..entry }.observe(archive);
        }
        Found::Gone => archive.transaction(|tx| tx.mark_gone(&entry.id, day(on), "404", "r1")).unwrap(),
        Found::Returned => archive.transaction(|tx| tx.mark_returned(&entry.id, day(on), "r1")).unwrap(),
    }
}

fn rows(home: &TempDir, question: &str) -> Vec<String> {
    let sql = Connection::open(home.path().join("archive.db")).unwrap();
    let mut asked = sql.prepare(question).unwrap();
    let found = asked.query_map([], |row| row.get(0)).unwrap();
    found.map(Result::unwrap).collect()
}

const KEPT: &str = "SELECT format('%s %s %d %d %d %d', source, published, entries, versions, incomplete, gone) FROM day_counts
                     WHERE entries <> 0 OR versions <> 0 OR incomplete <> 0 OR gone <> 0
                    UNION ALL SELECT format('%d %d', new, changed) FROM runs
                    UNION ALL SELECT last_seen FROM sources";
const COUNTED: &str =
    "SELECT * FROM (SELECT format('%s %s %d %d %d %d', source, coalesce(published, ''), count(*), sum(current), sum(NOT complete),
                              sum(EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.entry AND a.until IS NULL)))
                         FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current GROUP BY published)
                       UNION ALL SELECT format('%d %d', sum(number = 1), sum(number > 1)) FROM versions
                       UNION ALL SELECT max(last_seen) FROM entries";

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happened_the_counts_are_those_of_the_tables(events in prop::collection::vec(("[xyz]", found()), 1..20)) {
        let (home, archive) = archive();
        sight("x", "A").observe(&archive);
        for (on, (name, found)) in (1..).zip(&events) {
            happen(&archive, name, found, on);
        }
        prop_assert_eq!(rows(&home, KEPT), rows(&home, COUNTED));
        archive.forget_source("mesto").unwrap();
        prop_assert!(archive.source_stats().unwrap().is_empty());
    }
}

#[test]
fn a_run_counts_its_requests_and_failures() {
    let (_home, archive) = archive();
    let failed = Outcome::Failed { why: "cut".into(), again: true };
    for (offset, outcome) in [Outcome::Page, failed, Outcome::Gone].into_iter().enumerate() {
        let visit = visit("https://mesto.test/x", 1, 200, "", outcome);
        archive.transaction(|tx| tx.record_visit("r1", &visit, &place(offset as u64), None)).unwrap();
    }
    let [run] = &archive.runs(5).unwrap()[..] else { panic!("one run") };
    assert_eq!((run.requests, run.failures), (3, 1));
}

#[test]
fn changes_page_by_page_are_all_changes() {
    let (_home, archive) = archive();
    for (number, name) in ["c", "a", "b", "d"].into_iter().enumerate() {
        sight(name, "A").observe(&archive);
        Sight { at: day(1 + number as u32 % 2), ..sight(name, "B") }.observe(&archive);
    }
    happen(&archive, "a", &Found::Gone, 2);
    happen(&archive, "a", &Found::Returned, 3);
    let all = archive.changes(day(1), None, usize::MAX).unwrap();
    assert_eq!(all.len(), 10);
    for most in 1..4 {
        let mut paged: Vec<Change> = Vec::new();
        loop {
            let after = paged.last().map(Change::key);
            let page = archive.changes(day(1), after.as_ref(), most).unwrap();
            if page.is_empty() {
                break;
            }
            paged.extend(page);
        }
        assert_eq!(paged, all, "{most} at once");
    }
}
