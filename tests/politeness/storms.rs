//! Whole crawls through sites in trouble or of ill will: each page costs one outcome that is counted, and nothing else.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::house::{Answer, House, Site, notices};

const LIST: &str = "/partneri";
const PACKED: &str = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn answer(fields: &str, body: Vec<u8>) -> Answer {
    Answer { body, ..Answer::new(200, fields, "") }
}

fn newest_run(house: &House) -> Value {
    let stats: Value = serde_json::from_str(&house.run(&["--json", "stats"]).stdout).unwrap();
    stats["runs"][0].clone()
}

#[test]
fn every_kind_of_hostile_page_is_an_outcome_and_the_rest_is_read() {
    let site = Site::start();
    let all = notices(12);
    site.publish(LIST, &all);
    let noise: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let page = all[9].page().into_bytes();
    let hostile = [
        answer(PACKED, bomb.clone()),
        answer("Content-Type: text/html\r\nContent-Encoding: gzip, gzip\r\n", gzip(&bomb)),
        answer("Content-Type: text/html\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip\r\n", gzip(&page)),
        answer(PACKED, gzip(&page)[..60].to_vec()),
        answer("Content-Type: text/html\r\nContent-Encoding: br\r\n", noise.clone()),
        answer("Content-Type: text/html\r\n", noise.clone()),
        Answer::new(304, "", ""),
        Answer::new(200, &format!("Content-Type: text/html\r\nX: {}\r\n", "a".repeat(70_000)), "x"),
        Answer::new(200, "Content-Type: text/html\r\n", ""),
    ];
    let failed = hostile.len() as u64;
    for (notice, answer) in all.iter().zip(hostile) {
        site.put(&notice.path, answer);
    }
    // Labels that are not so, over pages that are: no reason to lose them.
    site.put(&all[9].path, answer("Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n", page));
    site.put(&all[10].path, answer("Content-Type: text/html; charset=utf-8\r\nContent-Encoding: none\r\n", all[10].page().into_bytes()));
    site.put(
        &all[11].path,
        answer("Content-Type: text/html; charset=utf-8\r\nContent-Encoding: deflate\r\n", gzip(all[11].page().as_bytes())),
    );
    let house = House::of(&site, &[LIST]);
    house.expect(3, &["crawl"]).says("12 entries (12 new");
    let run = newest_run(&house);
    assert_eq!(run["failures"].as_u64(), Some(failed), "{run}");
    for (at, notice) in all.iter().enumerate() {
        assert_eq!(house.record(&notice.title)["body"].is_string(), at as u64 >= failed, "{at}");
    }
    house.assert_rebuilds();
}

#[test]
fn a_storm_of_pleas_ends_the_visits_to_the_host_and_loses_nothing() {
    let site = Site::start();
    let all: Vec<_> = (0..4).flat_map(|_| notices(12)).enumerate().collect();
    let all: Vec<_> = all
        .into_iter()
        .map(|(at, mut notice)| {
            notice.title = format!("{} ({at})", notice.title);
            notice.path = format!("{}-{at}", notice.path);
            notice
        })
        .collect();
    site.publish(LIST, &all);
    for notice in &all {
        site.put(&notice.path, Answer::new(429, "Retry-After: 0\r\n", "slow down"));
    }
    let house = House::of(&site, &[LIST]);
    house.expect(3, &["crawl"]).says("48 entries (48 new");
    let asked = all.iter().filter(|notice| site.asked(&notice.path) > 0).count();
    assert_eq!(asked, 10, "after ten pleas in a row the host is left alone");
    assert_eq!(newest_run(&house)["failures"].as_u64().map(|count| count >= 10), Some(true));
    for notice in &all {
        site.put(&notice.path, Answer::page(&notice.page()));
    }
    house.expect(0, &["crawl"]);
    assert!(house.records().iter().all(|record| record["body"].is_string()));
}
