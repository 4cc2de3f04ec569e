//! Bad days of a site: maintenance, half a deploy, a page that loses its text. No record changes that the next night
//! would change back.

use twindex::harvest::TroubleKind;

use super::nights::{LIST, Night, Town, kinds};
use crate::house::{Notice, document, notices};

fn halved(notice: &Notice) -> Notice {
    let body: String = notice.body.chars().take(notice.body.chars().count() / 4).collect();
    Notice { body, ..notice.clone() }
}

/// Pages that are there and say something else.
fn maintenance() -> String {
    document("Údržba", "<h1>Probíhá údržba</h1><p>Stránky budou brzy opět v provozu, děkujeme vám za trpělivost a pochopení.</p>")
}

#[test]
fn a_night_of_maintenance_changes_nothing_and_says_so() {
    let all = notices(10);
    let mut town = Town::crawled(&all);
    for notice in &all {
        town.put(&notice.path, &maintenance());
    }
    let report = town.night(1);
    assert_eq!((kinds(&report), report.counts.changed), (vec![TroubleKind::MassChange], 0));
    assert!(report.troubles[0].why.contains("10 of 10"), "{}", report.troubles[0].why);
    town.assert_untouched();
    town.publish(&all);
    let report = town.night(2);
    assert_eq!((&*report.troubles, report.counts.changed), (&[][..], 0));
    town.assert_untouched();
    town.assert_rebuilds();
}

#[test]
fn half_a_deploy_changes_nothing_either_though_each_page_says_something_else() {
    let all = notices(10);
    let mut town = Town::crawled(&all);
    for notice in &all {
        town.put(&notice.path, &halved(notice).page());
    }
    assert_eq!(kinds(&town.night(1)), [TroubleKind::MassChange]);
    // Texts that are longer by the same paragraph on every page, as of a consent bar.
    for notice in &all {
        let body = format!("{}\nTyto stránky používají soubory cookie k měření návštěvnosti.", notice.body);
        town.put(&notice.path, &Notice { body, ..notice.clone() }.page());
    }
    assert_eq!(kinds(&town.night(2)), [TroubleKind::MassChange]);
    town.publish(&all);
    assert!(town.night(3).troubles.is_empty());
    town.assert_untouched();
    town.assert_rebuilds();
}

#[test]
fn somebody_who_has_looked_can_confirm_the_change() {
    let all = notices(6);
    let mut town = Town::crawled(&all);
    for notice in &all {
        town.put(&notice.path, &halved(notice).page());
    }
    assert_eq!(kinds(&town.night(1)), [TroubleKind::MassChange]);
    let report = town.spend(Night { day: 2, all: true, accept_changes: true });
    assert_eq!((&*report.troubles, report.counts.changed), (&[][..], 6));
    assert!(town.records().iter().all(|record| record["version"] == 2));
    town.assert_rebuilds();
}

#[test]
fn a_page_that_lost_its_text_keeps_the_one_it_had() {
    let all = notices(6);
    let mut town = Town::crawled(&all);
    town.put(&all[2].path, &document(&all[2].title, ""));
    for day in [1, 2, 9] {
        let report = town.night(day);
        assert!(kinds(&report).contains(&TroubleKind::LostText), "{:?}", report.troubles);
        town.assert_untouched();
    }
    // It is asked again though it is not due.
    town.publish(&all);
    assert!(town.usual_night(10).troubles.is_empty());
    assert!(town.asked.contains(&all[2].path));
    town.assert_untouched();
    town.assert_rebuilds();
}

#[test]
fn a_page_that_lost_most_of_its_text_is_believed_on_another_day() {
    let all = notices(6);
    let mut town = Town::crawled(&all);
    town.put(&all[2].path, &halved(&all[2]).page());
    assert_eq!(kinds(&town.night(1)), [TroubleKind::Unconfirmed]);
    assert_eq!(kinds(&town.night(1)), [TroubleKind::Unconfirmed], "the same day is no second reading");
    town.assert_untouched();
    let report = town.usual_night(2);
    assert_eq!((&*report.troubles, report.counts.changed), (&[][..], 1));
    assert_eq!(town.record(&all[2].title)["version"], 2);
    town.assert_rebuilds();
}

#[test]
fn pages_that_are_gone_all_at_once_are_not_marked_gone() {
    let all = notices(8);
    let mut town = Town::crawled(&all);
    for notice in &all {
        town.take(&notice.path);
    }
    assert!(kinds(&town.night(1)).contains(&TroubleKind::MassGone));
    town.assert_untouched();
    town.publish(&all);
    assert!(town.usual_night(2).troubles.is_empty());
    // A single one is.
    town.take(&all[3].path);
    let report = town.night(3);
    assert_eq!(report.counts.gone, 1);
    assert!(town.record(&all[3].title)["gone_since"].is_string());
    town.assert_rebuilds();
}

#[test]
fn an_ordinary_change_is_taken_over_at_once() {
    let mut all = notices(8);
    let mut town = Town::crawled(&all);
    all[1].body.push_str("\nUzávěrka přihlášek se prodlužuje.");
    town.publish(&all);
    let report = town.night(1);
    assert_eq!((&*report.troubles, report.counts.changed), (&[][..], 1));
    town.assert_rebuilds();
}

#[test]
fn a_listing_in_which_nothing_is_found_any_more_is_told_in_words_to_act_on() {
    let mut town = Town::crawled(&notices(8));
    town.put(LIST, &document("Partnerství obcí", "<h1>Partnerství obcí</h1><div id=\"app\"></div>"));
    for day in [3, 4] {
        let report = town.night(day);
        assert_eq!(kinds(&report), [TroubleKind::NoEntries]);
        let why = &report.troubles[0].why;
        assert!(why.contains("8 notices until 2026-01-01") && why.contains("`twindex probe http://obec.test/partneri`"), "{why}");
        town.assert_untouched();
    }
    town.assert_rebuilds();
}

#[test]
fn a_very_long_text_is_kept_whole_and_read_for_its_facts_as_far_as_is_of_use() {
    let mut all = notices(4);
    all[1].body = format!("{}\n{}", all[1].body, "Obec hledá partnera pro výměny žáků a společné slavnosti.\n".repeat(40_000));
    let town = Town::crawled(&all);
    let record = town.record(&all[1].title);
    assert!(record["body"].as_str().unwrap().len() > 2_000_000);
    assert!(!record["themes"].as_array().unwrap().is_empty(), "{}", record["themes"]);
}
