//! Quiet nights: what is known unchanged is not asked for, not read and not written.

use twindex::search::Report;

use super::nights::{LIST, Town};
use crate::house::{Notice, list_page, notices};

#[test]
fn a_quiet_night_asks_for_the_list_alone_and_old_pages_come_up_rarely() {
    let all = notices(12);
    let mut town = Town::crawled(&all);
    let mut asked = 0;
    for day in 1..60 {
        let report = town.usual_night(day);
        assert_eq!((&*report.troubles, report.counts.entries), (&[][..], 12));
        asked += town.asked.iter().filter(|path| *path != LIST).count();
    }
    assert!((8..=24).contains(&asked), "each page about once in two months: {asked}");
    town.assert_untouched();
    assert!(town.records().iter().all(|record| record["last_seen"].as_str().unwrap().starts_with("2026-03-01")), "seen on its list");
    town.assert_rebuilds();
}

#[test]
fn a_change_of_an_old_page_is_found_when_its_time_comes() {
    let mut all = notices(6);
    let mut town = Town::crawled(&all);
    all[4].body.push_str("\nUzávěrka přihlášek se prodlužuje.");
    town.put(&all[4].path, &all[4].page());
    let found = (1..=61).find(|day| town.usual_night(*day).counts.changed == 1);
    assert!(found.is_some_and(|day| day > 20), "{found:?}");
    // What changed lately is looked at more often.
    all[4].body.push_str("\nA znovu.");
    town.put(&all[4].path, &all[4].page());
    let again = (1..=60).find(|day| town.usual_night(found.unwrap() + day).counts.changed == 1);
    assert!(again.is_some_and(|days| days <= 2), "{again:?}");
    town.assert_rebuilds();
}

fn publish_in_pages(town: &mut Town, all: &[Notice]) {
    for (nth, part) in all.chunks(3).enumerate() {
        let next =
            if (nth + 1) * 3 < all.len() { format!("<a rel=\"next\" href=\"{LIST}?p={}\">Další</a>", nth + 2) } else { String::new() };
        let path = if nth == 0 { LIST.to_owned() } else { format!("{LIST}?p={}", nth + 1) };
        town.put(&path, &list_page(part, &next));
    }
    for notice in all {
        town.put(&notice.path, &notice.page());
    }
}

#[test]
fn a_long_list_is_read_to_the_first_known_page_and_whole_once_a_week() {
    let all = notices(12);
    let mut town = Town::new();
    publish_in_pages(&mut town, &all[1..10]);
    town.night(0);
    let lists = |town: &Town| town.asked.iter().filter(|path| path.starts_with(LIST)).count();
    assert_eq!(lists(&town), 3);
    town.usual_night(1);
    assert_eq!(town.asked, [LIST]);
    // A new one comes first and pushes all others down: the second page has nothing new, the third is not asked for.
    publish_in_pages(&mut town, &all[..10]);
    let report = town.usual_night(2);
    assert_eq!((lists(&town), report.counts.new, report.counts.entries), (2, 1, 10));
    assert!(town.asked.contains(&all[0].path));
    assert_eq!((town.usual_night(3).counts.entries, lists(&town)), (10, 1));
    // What was taken from the end is missed a week after the last whole reading.
    publish_in_pages(&mut town, &all[..9]);
    town.take(&all[9].path);
    let found = (4..9).find(|day| town.usual_night(*day).counts.gone == 1);
    assert_eq!(found, Some(7));
    town.assert_rebuilds();
}

#[test]
fn a_page_that_could_not_be_had_is_asked_for_the_next_night() {
    let all = notices(5);
    let mut town = Town::new();
    town.publish(&all);
    town.take(&all[3].path);
    town.night(0);
    town.usual_night(1);
    assert_eq!(town.asked, [LIST, &all[3].path]);
    town.publish(&all);
    town.usual_night(2);
    assert!(town.record(&all[3].title)["body"].is_string());
    town.usual_night(3);
    assert_eq!(town.asked, [LIST]);
    town.assert_rebuilds();
}

#[test]
fn the_index_takes_what_changed_and_is_made_anew_with_the_archive() {
    let mut all = notices(6);
    let mut town = Town::crawled(&all);
    let (report, folder) = town.index();
    assert_eq!(report, Report::Rebuilt { written: 6 });
    all[4].body.push_str("\nUzávěrka přihlášek se prodlužuje.");
    town.put(&all[4].path, &all[4].page());
    town.night(1);
    assert_eq!(town.index(), (Report::Updated { written: 1 }, folder));
    assert_eq!(town.index(), (Report::Unchanged, folder));
    town.assert_rebuilds();
    let (report, other) = town.index();
    assert_eq!(report, Report::Unchanged, "the rebuild has brought it up");
    assert_ne!(other, folder);
    // Nothing that the rebuild wrote is a change later.
    all[2].body.push_str("\nA znovu.");
    town.put(&all[2].path, &all[2].page());
    town.night(2);
    assert_eq!(town.index(), (Report::Updated { written: 1 }, other));
}
