//! Transactions, kills, the lock, readers beside a writer, a clearing.

use std::collections::BTreeSet;

use twindex::archive::{Archive, Error, Filter, Lock};
use twindex::record::{Facts, Kind};
use twindex::visit::Outcome;

use super::{Sight, archive, at, day, place, sight, visit};

fn clear(archive: &Archive) {
    archive
        .transaction(|tx| {
            tx.clear()?;
            Ok::<_, Error>(())
        })
        .unwrap();
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
    let late = day(3) + jiff::SignedDuration::from_micros(1);
    archive.transaction(|tx| tx.set_pause("late.test", late)).unwrap();
    let kept = archive.pauses().unwrap();
    assert!(kept.iter().any(|(host, until)| host == "late.test" && *until >= late), "never a moment early: {kept:?}");
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
    clear(&archive);
    assert!(grew(&archive), "a rebuild never goes back");
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
    clear(&archive);
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
fn damage_is_found() {
    let (home, archive) = archive();
    sight("x", "A").observe(&archive);
    assert_eq!(archive.faults().unwrap(), [""; 0]);
    let other = rusqlite::Connection::open(home.path().join("archive.db")).unwrap();
    other.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM runs").unwrap();
    assert_eq!(archive.faults().unwrap(), ["versions refers to a missing row of runs"]);
}
