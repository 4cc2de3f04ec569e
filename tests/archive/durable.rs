//! Transactions, kills, the lock, readers beside a writer, a clearing.

use twindex::archive::{Archive, Error, Filter, Lock, Loss, NewRun, replace};
use twindex::home::Home;
use twindex::record::{Facts, Kind};

use super::{Sight, archive, at, day, sight};

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
    assert!(!grew(&archive), "that it was seen again is no change");
    Sight { at: day(2), ..sight("x", "B") }.observe(&archive);
    assert!(grew(&archive));
    let facts = Facts { kind: Some(Kind::PartnerSearch), ..Facts::default() };
    sight("x", "B").set_facts(&archive, &facts);
    assert!(grew(&archive));
    sight("x", "B").set_facts(&archive, &facts);
    assert!(!grew(&archive));
}

#[test]
fn the_second_writer_is_told_who_holds_the_lock() {
    let home = tempfile::tempdir().unwrap();
    let lock = Lock::acquire(&Home::at(home.path()), "twindex crawl", at("2026-03-01T10:00:00.5Z")).unwrap();
    let told = Lock::acquire(&Home::at(home.path()), "twindex rebuild", day(2)).unwrap_err().to_string();
    let process = format!("`twindex crawl` (process {} on ", std::process::id());
    assert!(told.contains(&process) && told.contains("since 2026-03-01T10:00:00Z"), "{told}");
    assert!(told.contains(home.path().to_str().unwrap()), "{told}");
    drop(lock);
    Lock::acquire(&Home::at(home.path()), "twindex rebuild", day(2)).unwrap();
}

#[test]
fn readers_read_on_while_a_writer_writes() {
    let (home, archive) = archive();
    sight("x", "A").observe(&archive);
    let reader = Archive::open_read_only(&Home::at(home.path())).unwrap();
    let records = reader.records(&Filter::default()).unwrap();
    archive
        .transaction(|tx| {
            tx.transaction(|_| Ok::<_, Error>(()))?;
            sight("y", "B").observe(tx);
            // Not committed: invisible.
            assert_eq!(Archive::open_read_only(&Home::at(home.path())).unwrap().records(&Filter::default()).unwrap().count(), 1);
            Ok::<_, Error>(())
        })
        .unwrap();
    sight("x", "changed").observe(&archive);
    let titles: Vec<_> = records.map(|record| record.unwrap().title).collect();
    assert_eq!(titles, ["A"], "all records come from one moment");
    assert_eq!(reader.records(&Filter::default()).unwrap().count(), 2);
    let refused = reader.transaction(|tx| tx.set_pause("a.test", day(1)));
    assert!(refused.is_err());
    assert!(matches!(Archive::open_read_only(&Home::at(home.path().join("none"))), Err(Error::Missing { .. })));
}

#[test]
fn an_archive_beside_another_takes_its_place_and_says_what_would_be_lost() {
    let (home, archive) = archive();
    let home = Home::at(home.path());
    sight("x", "A").observe(&archive);
    sight("y", "B").observe(&archive);
    sight("x", "changed").observe(&archive);
    archive.transaction(|tx| tx.set_pause("mesto.test", day(9))).unwrap();
    let revision = archive.revision().unwrap();
    let new = Archive::build(&home, Some(&archive)).unwrap();
    new.transaction(|tx| tx.begin_run(&NewRun { run: "r1", source: "mesto", started: day(1), sequence: None, continues: None })).unwrap();
    let mut bare = sight("x", "A");
    bare.body = None;
    bare.observe(&new);
    let loss = new.loss_against(&archive).unwrap();
    assert_eq!(loss, Loss { records: 1, renamed: 0, versions: 1, texts: 1, runs: 0 });
    // A reader meanwhile, and after.
    let reader = Archive::open_read_only(&home).unwrap();
    assert_eq!(reader.records(&Filter::default()).unwrap().count(), 2);
    let kept = replace(&home, Some(archive), new, loss.any()).unwrap();
    assert_eq!(kept, Some(home.before()));
    assert_eq!(reader.records(&Filter::default()).unwrap().count(), 1);
    assert_eq!((reader.pauses().unwrap().len(), reader.faults().unwrap()), (1, vec![]));
    assert!(reader.revision().unwrap() > revision, "an index of before is behind");
    assert!(!home.rebuilt().exists());
    let before = rusqlite::Connection::open(home.before()).unwrap();
    assert_eq!(before.query_row("SELECT count(*) FROM entries", [], |row| row.get(0)), Ok(2));
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
