//! Kills, Ctrl-C and a second writer: nothing is lost, nothing is asked for twice without need.

use std::collections::BTreeMap;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::house::{Answer, House, Notice, Site, assert_same, interrupt, list_page, notices, timeless, warcio_check};

const LIST: &str = "/partneri";

/// Twelve notices on two pages; one has a document, one page has moved.
fn site() -> (Site, Vec<Notice>) {
    let site = Site::start();
    let all = notices(12);
    site.publish("/partneri?p=2", &all[6..]);
    site.publish(LIST, &all[..6]);
    site.put(LIST, Answer::page(&list_page(&all[..6], "<a rel=\"next\" href=\"/partneri?p=2\">Další</a>")));
    let with_document = all[2].page().replace("</main>", "<a href=\"/soubory/profil.pdf\">Profil obce</a></main>");
    site.put(&all[2].path, Answer::page(&with_document));
    let mut document = Answer::new(200, "Content-Type: application/pdf\r\n", "");
    document.body = include_bytes!("../../src/demo/site/profil-telavi.pdf").to_vec();
    site.put("/soubory/profil.pdf", document);
    site.put("/presunuto", Answer::page(&all[4].page()));
    site.put(&all[4].path, Answer::moved("/presunuto"));
    (site, all)
}

fn lines(house: &House) -> String {
    timeless(&house.records()).iter().map(|record| format!("{record}\n")).collect()
}

/// Requests by address, robots.txt left out: each run asks for that.
fn asked(site: &Site) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for request in site.log().into_iter().filter(|request| request.path != "/robots.txt") {
        *asked.entry(request.path).or_default() += 1;
    }
    asked
}

fn kill(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_kill_anywhere_costs_at_most_one_repeated_fetch() {
    let (site, _) = site();
    let undisturbed = House::of(&site, &[LIST]);
    undisturbed.expect(0, &["crawl", "--all"]);
    let want = lines(&undisturbed);
    site.slow(Duration::from_millis(4));
    for number in [1, 2, 3, 5, 8, 11, 16] {
        let house = House::of(&site, &[LIST]);
        site.take_log();
        let mut child = house.spawn(&["crawl", "--all", "-q"]);
        site.await_requests(number);
        // Some die while they wait, some while they write.
        std::thread::sleep(Duration::from_millis(number as u64 % 3 * 5));
        kill(&mut child);
        house.expect(0, &["crawl", "--all"]);
        assert_same(&want, &lines(&house), &format!("killed after {number} requests"));
        let mut asked = asked(&site);
        // A redirect and its target are one question.
        asked.remove("/presunuto");
        assert!(asked.values().filter(|times| **times > 1).count() <= 1 && asked.values().all(|times| *times <= 2), "{number}: {asked:?}");
        if number % 8 == 0 {
            house.assert_rebuilds();
        }
    }
}

/// A power cut may undo the commits after the first of the run; the pages of then tell them again.
#[test]
fn a_database_that_lags_behind_the_pages_costs_no_page() {
    let (site, _) = site();
    let undisturbed = House::of(&site, &[LIST]);
    undisturbed.expect(0, &["crawl", "--all"]);
    let house = House::of(&site, &[LIST]);
    let files = ["archive.db", "archive.db-wal"];
    site.take_log();
    site.slow(Duration::from_millis(20));
    let mut child = house.spawn(&["crawl", "--all", "-q"]);
    site.await_requests(2);
    let early = files.map(|name| std::fs::read(house.state().join(name)).unwrap());
    site.await_requests(10);
    kill(&mut child);
    for (name, bytes) in files.iter().zip(&early) {
        std::fs::write(house.state().join(name), bytes).unwrap();
    }
    std::fs::remove_file(house.state().join("archive.db-shm")).unwrap();
    house.expect(0, &["crawl", "--all"]).says("Carried on");
    assert_same(&lines(&undisturbed), &lines(&house), "after the power cut");
    let mut asked = asked(&site);
    // A redirect and its target are one question.
    asked.remove("/presunuto");
    assert!(asked.values().filter(|times| **times > 1).count() <= 1, "{asked:?}");
    house.assert_rebuilds();
}

#[test]
fn connections_are_used_again() {
    let (site, _) = site();
    House::of(&site, &[LIST]).expect(0, &["crawl"]);
    // Now and then one is not back in time where there is no pause between two requests.
    let (requests, connections) = (site.log().len(), site.connections());
    assert!(requests > 12 && connections <= requests / 2, "{connections} connections for {requests} requests");
}

#[test]
fn killed_again_and_again_it_still_arrives() {
    let (site, _) = site();
    let undisturbed = House::of(&site, &[LIST]);
    undisturbed.expect(0, &["crawl", "--all"]);
    let house = House::of(&site, &[LIST]);
    site.slow(Duration::from_millis(4));
    let mut kills = 0;
    loop {
        site.take_log();
        let mut child = house.spawn(&["crawl", "--all", "-q"]);
        // robots.txt, a repeated fetch, and two steps forward.
        let began = Instant::now();
        while site.log().len() < 4 && child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(1));
        }
        if child.try_wait().unwrap().is_some() {
            break;
        }
        kill(&mut child);
        kills += 1;
        assert!(kills < 30, "it does not get on");
    }
    assert!(kills > 2, "only {kills} kills");
    assert_same(&lines(&undisturbed), &lines(&house), "after many kills");
    house.assert_rebuilds();
    if let Some(said) = warcio_check(&undisturbed.state().join("pages")) {
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    }
}

#[test]
fn a_refresh_that_is_killed_carries_on_and_keeps_its_history() {
    let (site, mut all) = site();
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    all[8].body = "Obec mezitím našla partnera na Slovensku.\nHledá dalšího v Polsku.".to_owned();
    site.put(&all[8].path, Answer::page(&all[8].page()));
    site.put("/partneri?p=2", Answer::page(&list_page(&all[6..11], "")));
    site.take(&all[11].path);
    site.slow(Duration::from_millis(4));
    for number in [2, 5, 9, 12] {
        site.take_log();
        let mut child = house.spawn(&["crawl", "--all", "-q"]);
        site.await_requests(number.min(4));
        kill(&mut child);
    }
    house.run(&["crawl", "--all"]);
    assert_eq!(house.record(&all[8].title)["version"], 2);
    assert!(house.record(&all[11].title)["gone_since"].is_string());
    assert_eq!(house.records().iter().filter(|record| record["gone_since"].is_string()).count(), 1);
    house.assert_rebuilds();
}

#[test]
fn ctrl_c_ends_soon_says_where_it_stood_and_the_next_crawl_carries_on() {
    let (site, _) = site();
    let undisturbed = House::of(&site, &[LIST]);
    undisturbed.expect(0, &["crawl", "--all"]);
    let house = House::of(&site, &[LIST]);
    site.take_log();
    site.slow(Duration::from_millis(40));
    let child = house.spawn(&["crawl", "--all"]);
    site.await_requests(7);
    // The answer it waits for will not come in time.
    site.slow(Duration::from_secs(20));
    site.await_requests(8);
    let (ran, took) = interrupt("-INT", child);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(took < Duration::from_secs(3), "it took {took:?}");
    ran.says("Stopped after ").says(" carries on from here");
    site.slow(Duration::ZERO);
    let before = asked(&site);
    let ran = house.expect(0, &["crawl", "--all"]);
    ran.says("Carried on");
    let waited_for = site.log().iter().filter(|request| request.path != "/robots.txt").nth(6).unwrap().path.clone();
    for (path, times) in asked(&site) {
        let allowed = if path == waited_for { 2 } else { 1 };
        assert!(times <= allowed, "{path} was asked for {times} times; before the stop: {before:?}");
    }
    assert_same(&lines(&undisturbed), &lines(&house), "carried on");
    house.assert_rebuilds();
}

#[test]
fn what_failed_before_the_stop_is_asked_for_again_after_it() {
    let (site, all) = site();
    let house = House::of(&site, &[LIST]);
    site.put(&all[0].path, Answer::status(500));
    site.slow(Duration::from_millis(30));
    let child = house.spawn(&["crawl", "--all"]);
    site.await_requests(6);
    // As a service manager ends its services.
    let (ran, _) = interrupt("-TERM", child);
    assert_eq!(ran.code, Some(3));
    site.put(&all[0].path, Answer::page(&all[0].page()));
    site.slow(Duration::ZERO);
    house.expect(0, &["crawl", "--all"]).says("Carried on");
    assert!(house.record(&all[0].title)["body"].is_string());
    house.assert_rebuilds();
}

#[test]
fn the_second_writer_is_told_who_holds_the_archive_and_readers_are_not_disturbed() {
    let (site, _) = site();
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    site.take_log();
    site.slow(Duration::from_millis(150));
    let mut child = house.spawn(&["crawl", "--all", "-q"]);
    site.await_requests(2);
    for writer in [["crawl"], ["rebuild"]] {
        let ran = house.expect(2, &writer);
        ran.says("is in use by `crawl`").says(&format!("process {}", child.id())).says("since 20");
    }
    assert_eq!(house.run(&["search", "partnera"]).code, Some(0));
    assert_eq!(house.run(&["stats"]).code, Some(0));
    kill(&mut child);
    site.slow(Duration::ZERO);
    house.expect(0, &["crawl", "--all"]);
}
