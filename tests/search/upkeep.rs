//! Keeping the index: unchanged, updated, rebuilt; never wrong for long.

use serde_json::json;
use twindex::record::Record;
use twindex::search::{Error, Index, Report};

use super::{ask, record, synced};

fn town(key: &str, title: &str) -> Record {
    record(&json!({"key": key, "title": title}))
}

#[test]
fn an_update_writes_what_changed_and_removes_what_went() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("search");
    assert!(matches!(Index::open(&dir), Err(Error::Missing(_))));
    let first = [town("a", "Alfa"), town("b", "Beta"), town("c", "Gama")];
    assert_eq!(Index::sync(&dir, 1, first.clone()).unwrap(), Report::Rebuilt { written: 3 });
    assert_eq!(Index::sync(&dir, 1, std::iter::empty()).unwrap(), Report::Unchanged);
    let second = [town("a", "Alfa"), town("b", "Nová Beta"), town("d", "Delta")];
    let before = Index::open(&dir).unwrap();
    assert_eq!(Index::sync(&dir, 2, second).unwrap(), Report::Updated { written: 2, removed: 1 });
    let index = Index::open(&dir).unwrap();
    assert_eq!((index.revision(), index.len()), (2, 3));
    assert_eq!(ask(&index, "").total, 3);
    assert_eq!(ask(&index, "nová").total, 1);
    assert_eq!(ask(&index, "gama").total, 0);
    // Whoever had it open goes on reading what was there.
    assert_eq!(ask(&before, "gama").total, 1);
    assert_eq!(
        std::fs::read_dir(&dir).unwrap().filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "store")).count(),
        1
    );
}

#[test]
fn a_broken_or_foreign_index_is_rebuilt() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("search");
    Index::sync(&dir, 1, [town("a", "Alfa")]).unwrap();
    std::fs::write(dir.join("meta.json"), "{").unwrap();
    assert!(matches!(Index::open(&dir), Err(Error::Broken { .. })));
    assert_eq!(Index::sync(&dir, 1, [town("a", "Alfa")]).unwrap(), Report::Rebuilt { written: 1 });
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
    assert!(matches!(Index::sync(&dir, 1, [town("a", "Alfa")]), Err(Error::Busy(_))));
    lock.unlock().unwrap();
    assert!(Index::sync(&dir, 1, [town("a", "Alfa")]).is_ok());
}
