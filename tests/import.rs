//! Archives of others: what GNU Wget, warcio, Browsertrix and Heritrix write, read as if we had been there.
#![expect(clippy::unwrap_used, reason = "a test says by its panic what went wrong")]

mod maker;
mod saved;
mod served;

use std::io::Write;

use proptest::prelude::*;

use crate::house::{House, assert_same, source};
use maker::{Kind, Maker, Page, maker};

const LIST: &str = "http://mesto.test/seznam";

fn house() -> House {
    let house = House::empty();
    house.configure(&source("town", "http://mesto.test", &["/seznam"], "delay = \"1s\""));
    house
}

/// A listing of these notices, and their pages.
fn site(notices: &[(&str, &str)]) -> Vec<Page> {
    let items: String = notices
        .iter()
        .enumerate()
        .map(|(at, (slug, _))| format!("<li><a href=\"/{slug}\">Obec {slug} hledá partnera</a> <time datetime=\"2020-01-{:02}\">{}. 1. 2020</time><p>Krátce o obci {slug}.</p></li>", at + 1, at + 1))
        .collect();
    let mut pages = vec![Page::html(LIST, &format!("<html><body><main><h1>Partnerství</h1><ul>{items}</ul></main></body></html>"))];
    pages.extend(notices.iter().map(|(slug, text)| {
        let body = format!("<html><body><main><h1>Obec {slug} hledá partnera</h1><p>{text}</p></main></body></html>");
        Page::html(&format!("http://mesto.test/{slug}"), &body)
    }));
    pages
}

const LONG: &str = "Obec leží v údolí řeky a má vlastní školu, knihovnu a hasičský sbor, který se rád setká s partnery z Čech.";

fn file(house: &House, name: &str, bytes: &[u8]) -> String {
    std::fs::File::create(house.path(name)).unwrap().write_all(bytes).unwrap();
    name.to_owned()
}

/// The records without the places of their pages: the same capture may lie in two files.
fn without_pages(house: &House) -> Vec<serde_json::Value> {
    let mut records = house.records();
    for record in &mut records {
        record.as_object_mut().unwrap().remove("page");
    }
    records
}

#[test]
fn each_writer_gives_the_same_records() {
    let pages = site(&[("alfa", LONG), ("beta", LONG), ("gama", LONG)]);
    let mut exports = Vec::new();
    for kind in Kind::ALL {
        let house = house();
        let name = file(&house, "foreign.warc.gz", &maker(kind).at("2020-02-01T10:00:00Z").write(&pages));
        let ran = house.expect(0, &["import", &name]);
        ran.says("3 records");
        let told: Vec<_> = house
            .records()
            .iter()
            .map(|record| (record["title"].clone(), record["body"].clone(), record["first_seen"].as_str().unwrap()[..19].to_owned()))
            .collect();
        assert!(
            told.iter().all(|(_, body, seen)| body.as_str().unwrap().contains("údolí") && seen.starts_with("2020-02-01")),
            "{kind:?} {told:?}"
        );
        exports.push(told);
        house.assert_rebuilds();
        assert_eq!(house.expect(0, &["import", &name]).stdout, "");
    }
    assert!(exports.windows(2).all(|two| two[0] == two[1]), "{exports:#?}");
}

#[test]
fn history_grows_backwards_and_says_what_stood_when() {
    let house = house();
    let of_day =
        |day: &str, text: &str| maker(Kind::Warcio).at(&format!("{day}T10:00:00Z")).write(&site(&[("alfa", text), ("beta", LONG)]));
    let newer = format!("{LONG} Nově nabízí i pobyt pro žáky.");
    let late = file(&house, "late.warc.gz", &of_day("2021-05-01", &newer));
    let early = file(&house, "early.warc.gz", &of_day("2020-05-01", LONG));
    house.expect(0, &["import", &late]);
    house.expect(0, &["import", &early]).says("2 records");
    let shown = house.expect(0, &["history", "alfa"]).stdout;
    assert!(shown.contains("2020-05-01 10:00 UTC  version 1") && shown.contains("2021-05-01 10:00 UTC  version 2"), "{shown}");
    assert!(shown.contains("{+") && shown.contains("pobyt"), "{shown}");
    let body = |args: &[&str]| house.expect(0, args).stdout;
    assert!(!body(&["show", "alfa", "--at", "2021-04"]).contains("pobyt"));
    assert!(body(&["show", "alfa", "--at", "2021-05"]).contains("pobyt"));
    assert!(!body(&["show", "alfa", "--version", "1"]).contains("pobyt"));
    house.expect(1, &["show", "alfa", "--at", "2019"]).says("there from 2020-05-01");
    house.expect(2, &["show", "alfa", "--version", "3"]).says("2 versions");
    house.expect(1, &["search", "pobyt", "--as-of", "2020-12"]);
    house.expect(0, &["search", "pobyt", "--as-of", "2021-12"]);
    let all = house.expect(0, &["search", "údolí", "--all-versions"]).stdout;
    assert!(all.contains("version 1: 2020-05-01 10:00 UTC to 2021-05-01"), "{all}");
    assert_eq!(house.expect(1, &["export", "--as-of", "2019"]).stdout, "");
    assert_eq!(house.expect(0, &["export", "--all-versions"]).stdout.lines().count(), 3);
}

#[test]
fn imported_pages_are_verified_as_ours_are() {
    let house = house();
    let pages = site(&[("alfa", LONG), ("beta", LONG)]);
    let name = file(&house, "f.warc.gz", &maker(Kind::Warcio).at("2020-02-01T10:00:00Z").write(&pages));
    house.expect(0, &["import", &name]);
    assert!(house.expect(0, &["verify"]).stdout.contains("3 imported captures read"));
    let folder = std::fs::read_dir(house.path("state/pages")).unwrap();
    let kept = folder.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|ending| ending == "gz")).unwrap();
    let mut bytes = std::fs::read(&kept).unwrap();
    // In the checksum of the last gzip member (RFC 1952 §2.3.1): no byte that a reader passes over.
    let checksum = bytes.len() - 8;
    bytes[checksum] ^= 0xff;
    std::fs::write(&kept, bytes).unwrap();
    house.expect(3, &["verify"]).says("at byte");
}

#[test]
fn what_is_of_no_source_is_counted_and_left() {
    let house = house();
    let mut pages = site(&[("alfa", LONG)]);
    pages.push(Page::html("http://jinde.test/", "<p>Cizí</p>"));
    let name = file(&house, "f.warc.gz", &maker(Kind::Wget).at("2020-02-01T10:00:00Z").write(&pages));
    house.expect(0, &["import", &name]).says("1 of other sites left");
    let nothing = file(&house, "no.warc.gz", b"<html>this is no WARC</html>");
    house.expect(2, &["import", &nothing]).says("no record of WARC");
    house.expect(2, &["import", "missing.warc.gz"]).says("missing.warc.gz");
    assert_eq!(house.records().len(), 1, "nothing is lost by a file that cannot be read");
}

#[test]
fn a_revisit_finds_its_bytes_in_another_file() {
    let pages = site(&[("alfa", LONG), ("beta", LONG)]);
    let first = maker(Kind::Heritrix).at("2020-02-01T10:00:00Z").write(&pages);
    for told in [Maker::telling_origin, Maker::telling_digest] {
        let house = house();
        let one = file(&house, "one.warc.gz", &first);
        let two = file(&house, "two.warc.gz", &told(maker(Kind::Heritrix)).at("2021-02-01T10:00:00Z").revisits(&pages));
        // Alone, revisits have no bytes.
        house.expect(0, &["import", &two]).says("import the other files");
        house.expect(0, &["import", &one]);
        let records = house.records();
        assert_eq!(records.len(), 2, "{records:?}");
        for record in records {
            assert_eq!(record["version"], 1, "the same bytes are the same version");
            assert!(record["last_seen"].as_str().unwrap().starts_with("2021-02-01"), "{record}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_repetition_matters(order in Just(vec![0, 1, 2, 3]).prop_shuffle(), again in 0..4_usize) {
        let texts = [LONG.to_owned(), format!("{LONG} Nově."), LONG.to_owned(), format!("{LONG} Uzavřeno.")];
        let files: Vec<Vec<u8>> = texts.iter().enumerate().map(|(at, text)| {
            let kind = Kind::ALL[at % Kind::ALL.len()];
            maker(kind).at(&format!("202{at}-03-01T10:00:00Z")).write(&site(&[("alfa", text), ("beta", LONG)]))
        }).collect();
        let import = |order: &[usize]| {
            let house = house();
            for at in order {
                let name = file(&house, &format!("{at}.warc.gz"), &files[*at]);
                house.expect(0, &["import", &name]);
            }
            house.export()
        };
        let mut shuffled = order.clone();
        shuffled.push(again);
        assert_same(&import(&[0, 1, 2, 3]), &import(&shuffled), "the order of import");
    }
}
