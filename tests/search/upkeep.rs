//! Keeping the index: unchanged, written again in part, made anew; never wrong for long.

use std::path::Path;

use serde_json::json;
use twindex::record::Record;
use twindex::search::{Error, Index, Report};

use super::{ask, record, synced};

fn town(key: &str, title: &str) -> Record {
    record(&json!({"key": key, "title": title}))
}

/// Files with that extension: one for each segment.
fn files(dir: &Path, extension: &str) -> usize {
    dir.read_dir().unwrap().filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == extension)).count()
}

#[test]
fn changed_records_are_written_again() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("search");
    assert!(matches!(Index::open(&dir), Err(Error::Missing(_))));
    let before = synced(&dir, 1, [town("a", "Alfa"), town("b", "Beta"), town("c", "Gama")]);
    assert_eq!(Index::catch_up(&dir, 1, 1, std::iter::empty()).unwrap(), Report::Unchanged);
    assert!(matches!(Index::catch_up(&dir, 2, 3, std::iter::empty()), Err(Error::Busy(_))), "somebody was quicker");
    assert_eq!(Index::catch_up(&dir, 1, 2, [town("b", "Nová Beta"), town("d", "Delta")]).unwrap(), Report::Updated { written: 2 });
    let index = Index::open(&dir).unwrap();
    assert_eq!((index.revision(), index.len()), (2, 4));
    assert_eq!((ask(&index, "").total, ask(&index, "nová").total), (4, 1));
    // Whoever had it open goes on reading what was there.
    assert_eq!((ask(&before, "nová").total, ask(&before, "beta").total), (0, 1));
    assert_eq!(files(&dir, "store"), 1);
}

#[test]
fn a_new_index_takes_the_place_of_the_old_one_in_one_step() {
    let home = tempfile::tempdir().unwrap();
    let (dir, new) = (home.path().join("search"), home.path().join("search.new"));
    let before = synced(&dir, 1, [town("a", "Alfa"), town("b", "Beta")]);
    // Killed when all was written and nothing was put in place.
    drop(Index::beside(&dir, 2, [town("c", "Gama")]).unwrap());
    assert!(new.join("meta.json").exists());
    let index = Index::open(&dir).unwrap();
    assert_eq!((index.revision(), ask(&index, "alfa").total, ask(&index, "gama").total), (1, 1, 0));
    let beside = Index::beside(&dir, 3, [town("c", "Gama"), town("d", "Delta"), town("e", "Eta")]).unwrap();
    assert!(matches!(Index::beside(&dir, 4, std::iter::empty()), Err(Error::Busy(_))), "until its place is taken");
    assert_eq!(beside.take_place().unwrap(), 3);
    let index = Index::open(&dir).unwrap();
    assert_eq!((index.revision(), index.len(), ask(&index, "alfa").total, ask(&index, "gama").total), (3, 3, 0, 1));
    assert!(!new.exists());
    // Whoever had the old one open goes on reading it, though its files are gone.
    for index in [&before, &index] {
        assert_eq!(ask(index, "").total, index.len() as usize);
    }
    assert_eq!(ask(&before, "beta").hits[0].record.title, "Beta");
}

#[test]
fn a_broken_or_foreign_index_is_rebuilt() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("search");
    synced(&dir, 1, [town("a", "Alfa")]);
    std::fs::write(dir.join("meta.json"), "{").unwrap();
    assert!(matches!(Index::open(&dir), Err(Error::Broken { .. })));
    assert_eq!((Index::held(&dir), synced(&dir, 1, [town("a", "Alfa")]).len()), (None, 1));
    let meta = std::fs::read_to_string(dir.join("meta.json")).unwrap();
    // Another analyzer, another lexicon or gazetteer.
    for (now, other) in [("\\\"analyzer\\\":", "\\\"analyzer\\\":9"), ("\\\"data\\\":\\\"", "\\\"data\\\":\\\"0")] {
        assert!(meta.contains(now), "{meta}");
        std::fs::write(dir.join("meta.json"), meta.replace(now, other)).unwrap();
        assert!(matches!(Index::open(&dir), Err(Error::Outdated(_))));
    }
    let index = synced(&dir, 1, [town("a", "Alfa")]);
    assert_eq!(ask(&index, "alfa").total, 1);
}

#[test]
fn two_writers_do_not_meet() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("search");
    let lock = std::fs::File::create(home.path().join("search.lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(Index::beside(&dir, 1, [town("a", "Alfa")]), Err(Error::Busy(_))));
    lock.unlock().unwrap();
    assert!(Index::beside(&dir, 1, [town("a", "Alfa")]).is_ok());
}
