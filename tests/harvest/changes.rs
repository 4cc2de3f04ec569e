//! What a refresh makes of a site that changes: versions, removals, returns.

use serde_json::Value;

use crate::house::{Answer, House, Notice, Site, json_lines, list_page, notices};

const LIST: &str = "/partneri";

fn crawled(number: usize) -> (Site, House, Vec<Notice>) {
    let site = Site::start();
    let all = notices(number);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    (site, house, all)
}

fn history(house: &House, record: &Value) -> Value {
    json_lines(&house.expect(0, &["history", "--json", record["id"].as_str().unwrap()]).stdout).remove(0)
}

#[test]
fn an_unchanged_site_is_asked_conditionally_and_makes_no_version() {
    let (site, house, _) = crawled(5);
    site.take_log();
    house.expect(0, &["crawl", "--all"]).says("5 entries (0 new, 0 changed, 0 gone); 6 requests, 6 of them answered \"not modified\"");
    let log = site.take_log();
    assert!(log.iter().filter(|request| request.path != "/robots.txt").all(|request| request.conditional && request.status == 304));
    assert_eq!(log.len(), 7);
    assert!(house.records().iter().all(|record| record["version"] == 1));
    // The index was left as it was, and yet knows when they were last seen.
    let seen = |record: &Value| record["last_seen"].as_str().unwrap().to_owned();
    let found = json_lines(&house.expect(0, &["export", "--quiet", "--query", "obec"]).stdout);
    assert_eq!(found.len(), 5);
    for record in &found {
        assert_eq!(seen(record), seen(&house.record(record["title"].as_str().unwrap())));
    }
    // Asked to, it takes everything anew, and still nothing has changed.
    house.expect(0, &["crawl", "--full"]).says("(0 new, 0 changed, 0 gone)");
    assert!(site.log().iter().all(|request| !request.conditional && request.status == 200));
    house.assert_rebuilds();
}

#[test]
fn a_site_without_validators_is_read_anew_and_makes_no_version_either() {
    let site = Site::start();
    site.without_etags();
    site.publish(LIST, &notices(3));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    house.expect(0, &["crawl", "--all"]).says("3 entries (0 new, 0 changed, 0 gone); 4 requests\n");
    house.assert_rebuilds();
}

#[test]
fn a_page_whose_bytes_change_but_not_its_text_makes_no_version() {
    let (site, house, all) = crawled(3);
    for (nth, notice) in all.iter().enumerate() {
        let page = notice.page().replace("</body>", &format!("<!-- counter {nth} --><script>var visits = {nth}9;</script></body>"));
        site.put(&notice.path, Answer::page(&page));
    }
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    house.assert_rebuilds();
}

#[test]
fn every_version_is_kept_even_one_that_comes_back() {
    let (site, house, mut all) = crawled(4);
    let before = all[1].clone();
    all[1].body = "Obec hledá partnera nově i pro základní školu.\nOzvěte se do konce roku.".to_owned();
    site.publish(LIST, &all);
    house.expect(0, &["crawl", "--all"]).says("(0 new, 1 changed, 0 gone)");
    all[1] = before.clone();
    site.publish(LIST, &all);
    house.expect(0, &["crawl", "--all"]).says("(0 new, 1 changed, 0 gone)");
    let record = house.record(&before.title);
    assert_eq!(record["version"], 3);
    let told = history(&house, &record);
    let bodies: Vec<&str> = told["versions"].as_array().unwrap().iter().map(|version| version["body"].as_str().unwrap()).collect();
    assert_eq!(bodies[0], bodies[2]);
    assert!(bodies[1].contains("základní školu"));
    let shown = house.expect(0, &["history", record["id"].as_str().unwrap()]).stdout;
    assert!(shown.contains("version 3  changed: full text"), "{shown}");
    let changes = house.expect(0, &["changes"]).stdout;
    assert_eq!((changes.matches("changed").count(), changes.matches("new ").count()), (2, 4), "{changes}");
    house.assert_rebuilds();
}

#[test]
fn an_entry_that_leaves_the_list_is_gone_and_one_that_comes_back_has_returned() {
    let (site, house, mut all) = crawled(5);
    let left = all.remove(2);
    site.publish(LIST, &all);
    site.take(&left.path);
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 1 gone)");
    assert!(house.record(&left.title)["gone_since"].is_string());
    assert_eq!(house.records().len(), 5, "nothing is ever removed from the archive");
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    house.assert_rebuilds();

    all.insert(2, left.clone());
    site.publish(LIST, &all);
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    let record = house.record(&left.title);
    assert!(record["gone_since"].is_null(), "{record}");
    assert_eq!(record["version"], 1, "it says what it said");
    let told = history(&house, &record);
    assert!(told["absences"][0]["until"].is_string(), "the absence stays in its history: {told}");
    assert!(house.expect(0, &["changes"]).stdout.contains("returned"));
    house.assert_rebuilds();
}

#[test]
fn what_falls_off_the_end_of_a_list_of_the_latest_is_not_gone_while_its_page_is_there() {
    let site = Site::start();
    let all = notices(8);
    site.publish(LIST, &all[2..7]);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]).says("5 entries (5 new");
    let latest = |from: usize| site.put(LIST, Answer::page(&list_page(&all[from..from + 5], "")));
    // A newer one comes, the oldest falls off; its page is asked once, and not again.
    site.publish(LIST, &all[1..6]);
    site.take_log();
    house.expect(0, &["crawl"]).says("(1 new, 0 changed, 0 gone)");
    assert_eq!(site.asked(&all[6].path), 1);
    assert!(house.record(&all[6].title)["gone_since"].is_null());
    house.assert_rebuilds();
    site.take_log();
    house.expect(0, &["crawl"]).says("(0 new, 0 changed, 0 gone)");
    assert_eq!(site.asked(&all[6].path), 0);
    // Another comes, and the one that falls off has been removed as well.
    site.put(&all[0].path, Answer::page(&all[0].page()));
    latest(0);
    site.put(&all[5].path, Answer::status(410));
    house.expect(0, &["crawl"]).says("(1 new, 0 changed, 1 gone)");
    assert!(house.record(&all[5].title)["gone_since"].is_string());
    assert!(house.record(&all[6].title)["gone_since"].is_null());
    // One from the middle was removed: the list is shorter, and that is no falling off.
    let mut left = all[..5].to_vec();
    let removed = left.remove(2);
    site.put(LIST, Answer::page(&list_page(&left, "")));
    site.take(&removed.path);
    house.expect(0, &["crawl"]).says("(0 new, 0 changed, 1 gone)");
    assert!(house.record(&removed.title)["gone_since"].is_string());
    assert!(house.record(&all[6].title)["gone_since"].is_null(), "let go before");
    house.assert_rebuilds();
}

#[test]
fn a_page_that_answers_410_is_gone_though_the_list_still_names_it() {
    let (site, house, all) = crawled(4);
    site.put(&all[0].path, Answer::status(410));
    house.expect(3, &["crawl", "--all"]).says("1 gone").says("the server says it is gone");
    let record = house.record(&all[0].title);
    assert!(record["gone_since"].is_string());
    assert!(record["body"].as_str().unwrap().contains("leží v údolí"), "what it said is kept");
    house.expect(3, &["crawl", "--all"]).says("0 gone");
    house.assert_rebuilds();
    site.publish(LIST, &all);
    house.expect(0, &["crawl", "--all"]);
    assert!(house.record(&all[0].title)["gone_since"].is_null());
    house.assert_rebuilds();
}

#[test]
fn a_link_that_was_dead_from_the_start_is_no_removal() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    site.take(&all[3].path);
    let house = House::of(&site, &[LIST]);
    house.expect(3, &["crawl", "--all"]).says("0 gone");
    let record = house.record(&all[3].title);
    assert!(record["gone_since"].is_null() && record["body"].is_null());
    assert_eq!(record["summary"], all[3].summary.as_str());
    house.assert_rebuilds();
}

#[test]
fn a_list_that_fails_or_is_suddenly_almost_empty_removes_nothing() {
    let (site, house, all) = crawled(8);
    let robots = Answer::new(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /partneri\n");
    let whole = Answer::page(&list_page(&all, ""));
    let bad = [
        ("500", Answer::status(500)),
        ("404", Answer::status(404)),
        ("410", Answer::status(410)),
        ("torn", whole.clone().torn()),
        ("empty", Answer::page(&list_page(&[], ""))),
        ("one left", Answer::page(&list_page(&all[..1], ""))),
        ("off the site", Answer::moved("http://127.0.0.2:9/")),
        ("login", Answer::page("<html><body><form>Heslo <input type=password></form></body></html>")),
    ];
    for (what, answer) in bad {
        site.put(LIST, answer);
        let ran = house.run(&["crawl", "--all"]);
        assert_eq!(ran.code, Some(3), "{what}: {}", ran.stderr);
        assert!(house.records().iter().all(|record| record["gone_since"].is_null() && record["version"] == 1), "{what}");
    }
    site.put("/robots.txt", robots);
    house.expect(3, &["crawl", "--all"]).says("robots.txt");
    assert!(house.records().iter().all(|record| record["gone_since"].is_null()));
    house.assert_rebuilds();
}

#[test]
fn a_second_page_that_fails_removes_nothing() {
    let site = Site::start();
    let all = notices(8);
    site.publish("/partneri?p=2", &all[4..]);
    site.publish(LIST, &all[..4]);
    site.put(LIST, Answer::page(&list_page(&all[..4], "<a rel=\"next\" href=\"/partneri?p=2\">Další</a>")));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]).says("8 entries");
    site.put("/partneri?p=2", Answer::status(500));
    house.expect(3, &["crawl", "--all"]).says("0 gone");
    house.assert_rebuilds();
}
