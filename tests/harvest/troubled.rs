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

/// Makes all that happened a day older.
fn a_day_later(house: &House) {
    let sql = rusqlite::Connection::open(house.state().join("archive.db")).unwrap();
    for (table, column) in [("problems", "at"), ("visits", "at"), ("runs", "started"), ("runs", "finished"), ("listings", "at")] {
        sql.execute(&format!("UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '-1 day')"), []).unwrap();
    }
}

#[test]
fn a_page_that_stays_bad_is_told_for_some_nights_and_known_from_then_on() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    site.take(&all[0].path);
    let house = House::of(&site, &[LIST]);
    for _ in 0..3 {
        house.expect(3, &["crawl"]).says(&all[0].path);
        house.expect(3, &["crawl"]);
        a_day_later(&house);
    }
    let known = house.expect(0, &["crawl"]);
    known.says("1 page as before cannot be read");
    assert!(!known.stderr.contains("warning"), "{}", known.stderr);
    house.expect(0, &["stats", "--check"]);
    let told = house.expect(0, &["stats", "--problems"]).stdout;
    assert!(told.contains("unreachable") && told.contains(&all[0].path) && told.contains(", since 20"), "{told}");
    // Another page is news, and so is the list.
    site.put(&all[1].path, Answer::status(500));
    house.expect(3, &["crawl", "--all"]).says(&all[1].path);
    site.put(&all[1].path, Answer::page(&all[1].page()));
    site.put(LIST, Answer::status(500));
    for _ in 0..5 {
        house.expect(3, &["crawl"]).says("status 500");
        a_day_later(&house);
    }
    // Once it was well, it is news again.
    site.publish(LIST, &all);
    house.expect(0, &["crawl"]);
    a_day_later(&house);
    site.take(&all[0].path);
    house.expect(3, &["crawl", "--all"]).says(&all[0].path);
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

/// The only file of pages.
fn page_file(house: &House) -> std::path::PathBuf {
    std::fs::read_dir(house.state().join("pages")).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn a_damaged_page_never_costs_a_record_and_advice_is_of_use() {
    let site = Site::start();
    let all = notices(6);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    let before = house.export();
    let file = page_file(&house);
    let whole = std::fs::read(&file).unwrap();
    // One byte in the page of the listing: without it nothing is known of any entry.
    let mut bytes = whole.clone();
    let at = whole.windows(3).enumerate().filter(|(_, bytes)| *bytes == [0x1f, 0x8b, 0x08]).nth(6).unwrap().0 + 200;
    bytes[at] ^= 0x20;
    std::fs::write(&file, &bytes).unwrap();
    let said = house.expect(3, &["verify"]);
    said.says("pages/").says("restore the files in pages/ from a copy");
    for _ in 0..2 {
        house.expect(3, &["rebuild"]).says("6 records would be lost").says("--accept-loss");
        assert_eq!(before, house.export(), "the archive is as it was");
    }
    house.expect(0, &["crawl"]).says("(0 new, 0 changed, 0 gone)");
    // Restored, a rebuild is whole again.
    std::fs::write(&file, &whole).unwrap();
    house.expect(0, &["verify"]);
    house.expect(0, &["rebuild"]);
    // Confirmed, it is done, and the old archive is kept.
    std::fs::write(&file, &bytes).unwrap();
    house.expect(3, &["rebuild", "--accept-loss"]).says("damaged page archive").says("archive.db.before");
    let sql = rusqlite::Connection::open(house.state().join("archive.db.before")).unwrap();
    assert_eq!(sql.query_row("SELECT count(*) FROM entries", [], |row| row.get(0)), Ok(6));
}

#[test]
fn a_file_whose_beginning_is_damaged_is_read_all_the_same() {
    let site = Site::start();
    let all = notices(6);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    let before = house.titles();
    let file = page_file(&house);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[60] ^= 0x20;
    std::fs::write(&file, &bytes).unwrap();
    house.expect(3, &["rebuild"]).says("Rebuilt 6 records");
    assert_eq!(before, house.titles());
}

#[test]
fn a_damaged_archive_is_made_again_and_kept_aside() {
    let site = Site::start();
    site.publish(LIST, &notices(6));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    let before = house.export();
    let archive = house.state().join("archive.db");
    let mut bytes = std::fs::read(&archive).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 9000].fill(0x55);
    std::fs::write(&archive, &bytes).unwrap();
    house.expect(0, &["rebuild"]).says("archive.db.before");
    assert_eq!(before, house.export());
    house.expect(0, &["verify"]);
    std::fs::write(&archive, b"this is no database, whatever it is called").unwrap();
    house.expect(0, &["rebuild"]);
    assert_eq!(before, house.export());
}

#[test]
fn a_torn_file_costs_its_own_pages_only() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    let file = page_file(&house);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() * 3 / 4]).unwrap();
    house.expect(3, &["verify"]).says("pages/");
    house.expect(3, &["rebuild"]).says("full texts would be lost");
    house.expect(3, &["rebuild", "--accept-loss"]).says("damaged page archive");
    assert_eq!(house.records().len(), 4, "the listing still names them");
    house.expect(0, &["crawl"]).says("0 gone");
    assert!(house.records().iter().all(|record| record["body"].is_string()));
}

#[test]
fn a_clock_that_runs_backwards_is_refused() {
    let site = Site::start();
    site.publish(LIST, &notices(3));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl"]);
    let sql = rusqlite::Connection::open(house.state().join("archive.db")).unwrap();
    sql.execute("UPDATE visits SET at = '2999-01-01T00:00:00.000Z' WHERE id = 2", []).unwrap();
    site.take_log();
    house.expect(2, &["crawl"]).says("the newest visit is of 2999").says("set the clock");
    assert!(site.log().is_empty());
    // A leap ahead may be a long rest: it is told.
    sql.execute_batch("UPDATE visits SET at = '2001-01-01T00:00:00.000Z'; UPDATE runs SET started = '2001-01-01T00:00:00.000Z'").unwrap();
    house.expect(0, &["crawl"]).says("days ago by this clock");
}

#[test]
fn the_folder_of_the_demo_takes_no_real_crawl_and_a_real_folder_no_demo() {
    let site = Site::start();
    site.publish(LIST, &notices(3));
    let house = House::of(&site, &[LIST]);
    std::fs::create_dir_all(house.path("demo")).unwrap();
    std::fs::write(house.path("demo/demo"), "made by the demo").unwrap();
    house.expect(2, &["--home", "demo", "crawl"]).says("was made by `twindex demo`").says("--home DIR");
    assert!(site.log().is_empty());
    house.expect(0, &["crawl"]);
    let before = house.export();
    house.expect(2, &["--home", "state", "demo"]).says("did not make");
    assert_eq!(before, house.export());
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
