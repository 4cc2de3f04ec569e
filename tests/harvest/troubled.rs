//! Pages that fail: each costs itself and nothing else, and is asked for again.

use std::time::{Duration, Instant};

use crate::house::{Answer, House, Site, notices};

const LIST: &str = "/partneri";

#[test]
fn a_missing_detail_page_leaves_what_the_list_says_until_it_can_be_read() {
    let site = Site::start();
    let mut all = notices(7);
    all[4].path = "/closed/clanek".to_owned();
    site.publish(LIST, &all);
    site.take(&all[0].path);
    site.put(&all[1].path, Answer::status(500));
    site.put(&all[2].path, Answer::page(&all[2].page()).torn());
    site.put(&all[3].path, Answer::new(200, "Content-Type: text/html\r\nContent-Encoding: zstd\r\n", "??"));
    site.put(&all[5].path, Answer::moved(&all[5].path));
    let house = House::of(&site, &[LIST]);
    let ran = house.expect(3, &["crawl", "--all"]);
    ran.says("7 entries (7 new").says("status 500").says("Disallow: /closed").says("circle").says("zstd");
    for notice in &all[..6] {
        let record = house.record(&notice.title);
        assert!(record["body"].is_null() && record["summary"].is_string(), "{record}");
    }
    assert_eq!(site.asked("/closed/clanek"), 0);
    house.assert_rebuilds();

    // Mended: the first version is completed, not followed by a second.
    for notice in &all {
        site.put(&notice.path, Answer::page(&notice.page()));
    }
    site.put("/robots.txt", Answer::new(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow:\n"));
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    for notice in &all {
        let record = house.record(&notice.title);
        assert!(record["body"].is_string() && record["version"] == 1, "{record}");
    }
    house.assert_rebuilds();
}

#[test]
fn a_page_that_fails_later_keeps_what_it_said() {
    let site = Site::start();
    let all = notices(3);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    let before = house.record(&all[0].title)["body"].clone();
    for answer in [Answer::status(500), Answer::page(&all[0].page()).torn(), Answer::status(403)] {
        site.put(&all[0].path, answer);
        house.expect(3, &["crawl", "--all"]);
        let record = house.record(&all[0].title);
        assert_eq!((&record["body"], &record["version"]), (&before, &1.into()));
        assert!(record["gone_since"].is_null());
    }
    house.assert_rebuilds();
}

#[test]
fn a_plea_for_a_pause_is_kept_by_the_next_process() {
    let site = Site::start();
    let all = notices(3);
    site.publish(LIST, &all);
    site.put(&all[0].path, Answer::new(503, "Retry-After: 3600\r\n", "later"));
    let house = House::of(&site, &[LIST]);
    house.expect(3, &["crawl", "--all"]).says("asked for a pause until");
    assert_eq!(site.asked(&all[1].path), 0, "the pause is the whole host's");
    site.take_log();
    let began = Instant::now();
    house.expect(3, &["crawl", "--all"]).says("asked for a pause until");
    assert!(site.log().is_empty(), "{:?}", site.log());
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(house.records().len(), 3);
    house.assert_rebuilds();
}

#[test]
fn a_stored_page_that_was_lost_is_fetched_whole_again() {
    let site = Site::start();
    let all = notices(3);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    for file in std::fs::read_dir(house.state().join("pages")).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    site.take_log();
    // A file is named by its second.
    std::thread::sleep(Duration::from_millis(1100));
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    assert!(site.log().iter().all(|request| !request.conditional), "nothing can be called unmodified that is not there");
}

#[test]
fn a_torn_or_damaged_file_costs_its_own_pages_only() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    let file = std::fs::read_dir(house.state().join("pages")).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() * 3 / 4]).unwrap();
    house.expect(3, &["verify"]).says("pages/");
    house.expect(3, &["rebuild"]).says("damaged page archive");
    assert_eq!(house.records().len(), 4, "the listing still names them");
    let ran = house.expect(0, &["crawl", "--all"]);
    ran.says("0 gone");
    assert!(house.records().iter().all(|record| record["body"].is_string()));
}

#[test]
fn a_file_that_was_taken_away_is_told_and_what_came_of_it_is_not_forgotten() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all[1..]);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    let file = std::fs::read_dir(house.state().join("pages")).unwrap().next().unwrap().unwrap().path();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    std::thread::sleep(Duration::from_millis(1100));
    site.publish(LIST, &all);
    house.expect(0, &["crawl", "--all"]).says("1 new");
    std::fs::remove_file(&file).unwrap();
    house.expect(3, &["verify"]).says(&name).says("is missing");
    let before = house.export();
    house.expect(2, &["rebuild"]).says(&name).says("--accept-loss");
    assert_eq!(before, house.export());
    // As after an upgrade: the crawl says why it does not read again, and goes on.
    let sql = rusqlite::Connection::open(house.state().join("archive.db")).unwrap();
    sql.execute("UPDATE meta SET value = 'extract 0' WHERE name = 'made_with'", []).unwrap();
    drop(sql);
    house.expect(0, &["crawl", "--all"]).says("left as it was read before").says("4 entries (0 new, 0 changed, 0 gone)");
}

#[test]
fn a_rebuild_that_is_killed_has_not_happened() {
    let site = Site::start();
    site.publish(LIST, &notices(8));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    house.expect(0, &["crawl", "--all"]);
    let before = house.export();
    for pause in [5, 20, 60, 120] {
        let mut child = house.spawn(&["rebuild", "-q"]);
        std::thread::sleep(Duration::from_millis(pause));
        assert_eq!(before, house.export(), "who reads meanwhile reads what was there");
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(before, house.export(), "killed after {pause} ms");
    }
    // Over the archive that is there, as after an upgrade.
    house.expect(0, &["rebuild"]);
    assert_eq!(before, house.export());
}

#[test]
fn the_index_and_the_database_come_back() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]);
    // A lost index is made by whoever asks next.
    std::fs::remove_dir_all(house.state().join("search")).unwrap();
    house.expect(0, &["search", "partnera"]);
    let found = |house: &House| house.expect(0, &["search", "--json", "partnera"]).stdout;
    let before = found(&house);
    std::fs::remove_file(house.state().join("archive.db")).unwrap();
    house.expect(2, &["search", "partnera"]).says("twindex rebuild");
    house.expect(0, &["rebuild"]);
    assert_eq!(before, found(&house));
}
