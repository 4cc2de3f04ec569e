//! What makes a version, and what is evidence that an entry is gone.

use proptest::prelude::*;
use twindex::archive::{ChangeKind, Filter, ListingRead, NewRun, Seen};
use twindex::record::{Attachment, Facts, Kind};

use super::{Sight, archive, day, sight};

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
    let titles: Vec<_> = archive.history(&sight("x", "").id).unwrap().into_iter().map(|version| version.content.title).collect();
    assert_eq!(titles, ["A", "B", "A"]);
    assert_eq!(archive.current(&sight("x", "").id).unwrap().unwrap().version, 3);
}

#[test]
fn what_could_not_be_read_is_inherited_and_what_is_learned_later_completes() {
    let (_home, archive) = archive();
    let whole = sight("x", "A");
    let listing_only = Sight { body: None, published: None, complete: false, ..whole.clone() };
    assert_eq!(listing_only.observe(&archive), Seen::New);
    let complete = || archive.content(&whole.id).unwrap().unwrap().complete;
    assert!(!complete());
    assert_eq!(whole.observe(&archive), Seen::Completed);
    assert!(complete());
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
    assert_eq!(with(document(Some(6), Some("sešt"))).observe(&archive), Seen::Changed(3), "of the same size");
    assert_eq!(sight("x", "A").observe(&archive), Seen::Changed(4));
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
            for (old, new) in before.iter().zip(&after).map(|(old, new)| (&old.content, &new.content)) {
                prop_assert_eq!((&old.title, &old.summary), (&new.title, &new.summary));
                prop_assert!(!old.complete || old.body == new.body);
            }
            prop_assert_eq!(after.len() - before.len(), usize::from(matches!(seen, Seen::New | Seen::Changed(_))));
            prop_assert_eq!(sight.observe(&archive), Seen::Unchanged, "a second look changes nothing");
        }
        let history = archive.history(&sight("x", "").id).unwrap();
        for pair in history.windows(2) {
            let fields = |at: usize| {
                let content = &pair[at].content;
                (&content.title, &content.body, content.published, &content.attachments)
            };
            prop_assert_ne!(fields(0), fields(1));
        }
    }
}

#[test]
fn facts_are_replaced_without_a_version() {
    let (_home, archive) = archive();
    let id = sight("x", "").id;
    sight("x", "A").observe(&archive);
    for kind in [Kind::News, Kind::PartnerSearch] {
        let facts = Facts { kind: Some(kind), ..Facts::default() };
        sight("x", "A").set_facts(&archive, &facts);
    }
    let record = archive.current(&id).unwrap().unwrap();
    assert_eq!((record.facts.kind, record.version), (Some(Kind::PartnerSearch), 1));
}

#[test]
fn an_entry_is_missing_only_if_all_its_listings_were_read_whole() {
    let (_home, archive) = archive();
    let id = sight("x", "").id;
    sight("x", "A").observe(&archive);
    let read = |run, url, whole| {
        archive.transaction(|tx| tx.record_listing(&ListingRead { run, source: "mesto", url, at: day(2), whole, entries: 0 })).unwrap();
    };
    let second = NewRun { run: "r2", source: "mesto", started: day(2), sequence: None, continues: None };
    archive.transaction(|tx| tx.begin_run(&second)).unwrap();
    archive.begin_frontier().unwrap();
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "never named by a listing");
    archive
        .transaction(|tx| {
            tx.sighted("r1", "/one", "/one", &id, day(1))?;
            tx.sighted("r1", "/two", "/two", &id, day(1))
        })
        .unwrap();
    read("r2", "/one", true);
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "the other listing was not read");
    read("r2", "/two", false);
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "the other listing was cut");
    read("r2", "/two", true);
    assert_eq!(archive.missing("r2", "mesto").unwrap(), std::slice::from_ref(&id));
    archive.transaction(|tx| tx.mark_gone(&id, day(2), "listing /two", "r1")).unwrap();
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "marked already");
    archive.transaction(|tx| tx.mark_returned(&id, day(3), "r2")).unwrap();
    archive.transaction(|tx| tx.sighted("r2", "/two", "/two", &id, day(3))).unwrap();
    assert_eq!(archive.missing("r2", "mesto").unwrap(), [], "named again");
}

#[test]
fn absences_stay_in_the_history() {
    let (_home, archive) = archive();
    let id = sight("x", "").id;
    sight("x", "A").observe(&archive);
    for (gone, back) in [(2, 3), (4, 5)] {
        archive.transaction(|tx| tx.mark_gone(&id, day(gone), "404", "r1")).unwrap();
        archive.transaction(|tx| tx.mark_gone(&id, day(gone + 1), "404 again", "r1")).unwrap();
        assert_eq!(archive.current(&id).unwrap().unwrap().gone_since, Some(day(gone)));
        assert_eq!(archive.records(&Filter { without_gone: true, ..Filter::default() }).unwrap().count(), 0);
        archive.transaction(|tx| tx.mark_returned(&id, day(back), "r1")).unwrap();
        assert_eq!(archive.current(&id).unwrap().unwrap().gone_since, None);
    }
    let absences: Vec<_> = archive.absences(&id).unwrap().into_iter().map(|absence| (absence.since, absence.until)).collect();
    assert_eq!(absences, [(day(2), Some(day(3))), (day(4), Some(day(5)))]);
    let kinds: Vec<_> = archive.changes(day(3), None, 9).unwrap().into_iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Returned, ChangeKind::Gone, ChangeKind::Returned]);
}
