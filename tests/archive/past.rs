//! What the site had on a day: the same as if the runs had ended that day.

use proptest::prelude::*;
use twindex::archive::{Archive, Filter, Moment};

use super::{Sight, archive, day, sight};

/// What a run finds of one entry on its day.
#[derive(Clone, Debug)]
enum Found {
    Title(&'static str),
    Gone,
    NotLookedAt,
}

fn found() -> impl Strategy<Value = Found> {
    prop_oneof![
        3 => prop::sample::select(vec!["A", "B", "C"]).prop_map(Found::Title),
        1 => Just(Found::Gone),
        1 => Just(Found::NotLookedAt),
    ]
}

/// Days 1 to 8, three entries.
fn history() -> impl Strategy<Value = Vec<Vec<Found>>> {
    prop::collection::vec(prop::collection::vec(found(), 3), 1..8)
}

fn play(runs: &[Vec<Found>]) -> (tempfile::TempDir, Archive) {
    let (home, archive) = archive();
    for (at, run) in runs.iter().enumerate() {
        let at = day(at as u32 + 1);
        for (entry, found) in run.iter().enumerate() {
            let id = sight(&format!("e{entry}"), "").id;
            match found {
                Found::Title(title) => {
                    let here = Sight { at, ..sight(&format!("e{entry}"), title) };
                    here.observe(&archive);
                    archive.transaction(|tx| tx.mark_returned(&id, at, "r1")).unwrap();
                }
                Found::Gone if archive.current(&id).unwrap().is_some() => {
                    archive.transaction(|tx| tx.mark_gone(&id, at, "r1", "no listing names it")).unwrap();
                }
                Found::Gone | Found::NotLookedAt => {}
            }
        }
    }
    (home, archive)
}

/// Identifier, title and version of what is there.
fn there(archive: &Archive, filter: &Filter<'_>) -> Vec<(String, String, u32)> {
    archive.records(filter).unwrap().map(|record| record.unwrap()).map(|record| (record.id.0, record.title, record.version)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn as_of_a_day_is_what_the_runs_up_to_it_gave(runs in history()) {
        let (_home, whole) = play(&runs);
        for last in 1..=runs.len() {
            let (_home, until) = play(&runs[..last]);
            let then = there(&until, &Filter { without_gone: true, ..Filter::default() });
            let moment = Moment::At(day(last as u32));
            prop_assert_eq!(there(&whole, &Filter { moment, ..Filter::default() }), then, "day {}", last);
        }
    }
}

#[test]
fn every_version_is_a_record_of_its_own() {
    let (_home, archive) = play(&[vec![Found::Title("A")], vec![Found::Title("B")], vec![Found::Title("A")]]);
    let all = there(&archive, &Filter { moment: Moment::Every, ..Filter::default() });
    let told: Vec<_> = all.iter().map(|(_, title, version)| (title.as_str(), *version)).collect();
    assert_eq!(told, [("A", 3), ("B", 2), ("A", 1)]);
    let id = sight("e0", "").id;
    let stands: Vec<_> = archive.stands(&id).unwrap().into_iter().map(|stand| (stand.version, stand.since, stand.until)).collect();
    assert_eq!(stands, [(1, day(1), Some(day(2))), (2, day(2), Some(day(3))), (3, day(3), None)]);
    assert_eq!(archive.stood(&id, "2026-02-28T00:00:00Z".parse().unwrap()).unwrap(), None);
}

#[test]
fn the_past_does_not_know_the_future() {
    let (_home, archive) = play(&[vec![Found::Title("A")], vec![Found::NotLookedAt], vec![Found::Title("A")], vec![Found::Gone]]);
    let then = archive.records(&Filter { moment: Moment::At(day(2)), ..Filter::default() }).unwrap().next().unwrap().unwrap();
    assert_eq!((then.gone_since, then.last_seen), (None, day(2)));
}
