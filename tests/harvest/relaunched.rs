//! Who is who when addresses change: relaunches, sessions, clocks in addresses, anchors, twins.

use twindex::harvest::TroubleKind;

use super::nights::{LIST, Night, Town};
use crate::house::{Notice, document, list_page, notices};

/// The same notices under other addresses.
fn moved(all: &[Notice], path: impl Fn(usize) -> String) -> Vec<Notice> {
    all.iter().enumerate().map(|(nth, notice)| Notice { path: path(nth), ..notice.clone() }).collect()
}

fn ids(town: &Town) -> Vec<String> {
    town.records().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_relaunch_with_new_addresses_keeps_every_notice() {
    let all = notices(10);
    let mut town = Town::crawled(&all);
    let before = ids(&town);
    let new = moved(&all, |nth| format!("/aktuality/{}", 1700 + nth));
    for notice in &all {
        town.take(&notice.path);
    }
    town.publish(&new);
    let report = town.night(1);
    assert_eq!((&*report.troubles, report.counts.new, report.counts.gone), (&[][..], 0, 0));
    assert_eq!(ids(&town), before);
    for (old, new) in all.iter().zip(&new) {
        let record = town.record(&old.title);
        assert!(record["url"].as_str().unwrap().ends_with(&new.path), "{record}");
        assert!(record["aliases"][0].as_str().unwrap().ends_with(&old.path), "{record}");
        assert_eq!(record["version"], 1);
    }
    town.assert_rebuilds();
}

#[test]
fn a_relaunch_with_new_titles_is_told_and_marks_nothing_gone() {
    let all = notices(10);
    let mut town = Town::crawled(&all);
    let new: Vec<Notice> = moved(&all, |nth| format!("/aktuality/{nth}"))
        .into_iter()
        .map(|notice| Notice { title: notice.title.replace("Obec", "Spolupráci nabízí obec"), ..notice })
        .collect();
    town.put(LIST, &list_page(&new, ""));
    for notice in &new {
        town.put(&notice.path, &notice.page());
    }
    let told = town.night(1).troubles;
    assert!(told.iter().any(|trouble| trouble.kind == TroubleKind::Relaunch), "{told:?}");
    assert!(town.usual_night(2).troubles.is_empty(), "told once");
    town.usual_night(20);
    assert_eq!(town.records().len(), 20);
    town.assert_untouched();
    town.assert_rebuilds();
}

#[test]
fn parameters_that_change_on_every_visit_are_learned() {
    for address in [
        |path: &str, day: i64| format!("{path}?t={day}4711"),
        |path: &str, day: i64| format!("{path};sezeni=A{day}F0"),
        |path: &str, day: i64| format!("/detail?clanek={}&navrat=%2Fpartneri%3Fx%3D{day}", path.replace('/', "")),
    ] {
        let all = notices(4);
        let mut town = Town::new();
        let mut asked = Vec::new();
        for day in 0..4 {
            let now = moved(&all, |nth| address(&all[nth].path, day));
            town.put(LIST, &list_page(&now, ""));
            for (notice, old) in now.iter().zip(&all) {
                town.put(&notice.path, &notice.page());
                for bare in [old.path.clone(), format!("/detail?clanek={}", old.path.replace('/', ""))] {
                    town.put(&bare, &notice.page());
                }
            }
            let report = town.spend(Night { day, all: false, accept_changes: false });
            assert_eq!((&*report.troubles, report.counts.gone), (&[][..], 0), "{}", address("", day));
            assert_eq!(town.records().len(), 4, "{}", address("", day));
            asked.push(town.asked.len());
        }
        assert!(town.records().iter().all(|record| record["aliases"].as_array().unwrap().len() <= 1), "{:#?}", town.records());
        assert_eq!(asked[3], 1, "known pages are not due: {:?}", town.asked);
        town.assert_rebuilds();
    }
}

#[test]
fn a_parameter_that_tells_notices_apart_is_never_dropped() {
    let all = notices(6);
    let mut town = Town::crawled(&moved(&all, |nth| format!("/detail?id={nth}")));
    town.publish(&moved(&all, |nth| format!("/detail?id={}", 100 + nth)));
    let report = town.night(1);
    assert_eq!((report.counts.new, report.counts.gone), (0, 0));
    let urls: std::collections::BTreeSet<String> = town.records().iter().map(|record| record["url"].to_string()).collect();
    assert_eq!(urls.len(), 6);
    assert!(town.record(&all[2].title)["url"].as_str().unwrap().ends_with("/detail?id=102"));
    town.assert_rebuilds();
}

#[test]
fn an_anchor_that_many_share_is_no_address_and_twins_stay_two() {
    let item =
        |title: &str, date: &str, text: &str| format!("<article id=\"clanek\"><h2>{title}</h2><time>{date}</time><p>{text}</p></article>");
    let texts = ["Obec nabízí výměnu žáků a společné tábory.", "Obec hledá partnera pro sbor hasičů a jejich soutěže."];
    let items: String = ["12. 3. 2021", "28. 2. 2021", "5. 11. 2020"].iter().map(|date| item("Hledá se partner", date, texts[0])).collect();
    let twins = item("Výzva", "1. 2. 2020", texts[0]) + &item("Výzva", "1. 2. 2020", texts[1]);
    let mut town = Town::new();
    town.put(LIST, &document("Nabídky", &format!("<h1>Nabídky</h1>{items}{twins}")));
    for day in 0..3 {
        let report = town.night(day);
        assert_eq!(report.counts.new, if day == 0 { 5 } else { 0 });
        assert_eq!(town.records().len(), 5, "{:#?}", town.records());
    }
    assert!(town.records().iter().all(|record| record["version"] == 1));
    town.assert_rebuilds();
}

#[test]
fn without_pages_of_their_own_entries_are_gone_after_two_days() {
    let all = notices(6);
    let mut town = Town::new();
    town.source.details = false;
    town.publish(&all);
    town.night(0);
    let mut left = all.clone();
    let removed = left.remove(2);
    town.publish(&left);
    assert_eq!(town.night(1).counts.gone, 0);
    assert_eq!(town.night(1).counts.gone, 0, "the same day is no second reading");
    assert_eq!(town.night(3).counts.gone, 1);
    assert!(town.record(&removed.title)["gone_since"].is_string());
    town.publish(&all);
    assert_eq!(town.night(4).counts.gone, 0);
    assert!(town.record(&removed.title)["gone_since"].is_null());
    town.assert_rebuilds();
}
