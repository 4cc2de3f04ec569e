//! Captures that another archive serves: a small one of our own, with the ways of the Wayback Machine and of pywb.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;
use url::Url;

use super::{LIST, LONG, house, site, without_pages};
use crate::house::{Answer, House, Site, assert_same, interrupt, shared};

/// An archive on this machine.
struct Other {
    site: Site,
    /// By address: moment, status, content.
    captures: BTreeMap<String, Vec<(String, u16, Vec<u8>)>>,
}

impl Other {
    fn new() -> Self {
        Self { site: Site::start(), captures: BTreeMap::new() }
    }

    fn cdx(&self) -> String {
        self.site.url("/cdx/search/cdx")
    }

    fn capture(&mut self, at: &str, url: &str, status: u16, body: &[u8]) {
        self.captures.entry(url.to_owned()).or_default().push((at.to_owned(), status, body.to_vec()));
    }

    /// The whole site on a day.
    fn day(&mut self, day: &str, notices: &[(&str, &str)]) {
        for page in site(notices) {
            self.capture(&format!("{day}100000"), &page.url, 200, &page.body);
        }
    }

    fn open(&self, more: &str) {
        for (url, captures) in &self.captures {
            let mut rows = vec![json!(["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"])];
            for (at, status, body) in captures {
                let digest = format!("{:x}", body.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31) ^ u64::from(*byte)));
                rows.push(json!(["key", at, url, "text/html", status.to_string(), digest, "1"]));
                let page = if *status == 200 {
                    Answer::new(
                        200,
                        "Content-Type: text/html; charset=utf-8\r\nX-Archive-Orig-ETag: \"old\"\r\n",
                        &String::from_utf8_lossy(body),
                    )
                } else {
                    Answer::new(*status, &format!("Location: /web/{at}id_/http://mesto.test/alfa\r\n"), "")
                };
                self.site.put(&format!("/web/{at}id_/{url}"), page);
            }
            self.site.put(&asked(url, more), Answer::new(200, "Content-Type: application/json\r\n", &json!(rows).to_string()));
        }
    }

    /// How many captures were asked for.
    fn fetched(&self) -> usize {
        self.site.log().iter().filter(|request| request.path.starts_with("/web/")).count()
    }
}

/// The question about an address.
fn asked(url: &str, more: &str) -> String {
    let mut question = Url::parse("http://x.test/cdx/search/cdx").unwrap();
    question.query_pairs_mut().append_pair("url", url).append_pair("output", "json");
    format!("{}{more}", &question[url::Position::BeforePath..])
}

/// Three days: beta goes, alfa is written anew, gama comes and is listed though not served.
fn other() -> Other {
    let mut other = Other::new();
    let newer = format!("{LONG} Nově nabízí i pobyt pro žáky.");
    other.day("20200301", &[("alfa", LONG), ("beta", LONG)]);
    other.day("20210301", &[("alfa", LONG), ("beta", LONG)]);
    other.day("20220301", &[("alfa", &newer), ("gama", LONG)]);
    other.capture("20220301100000", "http://mesto.test/beta", 404, b"");
    other.open("");
    other.site.take("/web/20220301100000id_/http://mesto.test/gama");
    other
}

#[test]
fn what_another_archive_serves_becomes_history() {
    let (house, other) = (house(), other());
    let ran = house.expect(0, &["import", "--cdx", &other.cdx()]);
    // Two listings, two of alfa, one of beta; the same bytes and the page that is gone cost nothing, gama is not served.
    ran.says("5 captures fetched, 4 told by the index alone, 1 listed and not served").says("3 records");
    assert_eq!(other.fetched(), 6);
    let shown = house.expect(0, &["history", "alfa"]).stdout;
    assert!(shown.contains("2020-03-01 10:00 UTC  version 1") && shown.contains("2022-03-01 10:00 UTC  version 2"), "{shown}");
    assert_eq!(house.record("Obec beta hledá partnera")["gone_since"], "2022-03-01T10:00:00Z");
    assert_eq!(house.record("Obec alfa hledá partnera")["url"], "http://mesto.test/alfa");
    let before = house.export();
    other.site.take_log();
    house.expect(0, &["import", "--cdx", &other.cdx()]).says("Nothing new");
    assert_eq!(other.fetched(), 1, "only what was not served is asked for again");
    assert_same(&before, &house.export(), "the same again");
    house.assert_rebuilds();
}

#[test]
fn the_way_is_taken_up_where_it_was_cut() {
    let (whole, cut, other) = (house(), house(), other());
    whole.expect(0, &["import", "--cdx", &other.cdx()]);
    for requests in [3, 6] {
        other.site.take_log();
        other.site.slow(Duration::from_millis(60));
        let mut child = cut.spawn(&["import", "--cdx", &other.cdx()]);
        other.site.await_requests(requests);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    other.site.slow(Duration::ZERO);
    other.site.take_log();
    cut.expect(0, &["import", "--cdx", &other.cdx()]);
    assert!(other.fetched() < 6, "what was had is not asked for again: {:?}", other.site.log());
    // The file of pages is named after its bytes, which tell when the index was asked.
    assert_eq!(without_pages(&whole), without_pages(&cut));
}

#[test]
fn ctrl_c_says_so_keeps_what_was_fetched_and_the_same_command_goes_on() {
    let (house, other) = (house(), other());
    other.site.slow(Duration::from_millis(20));
    let child = house.spawn(&["import", "--cdx", &other.cdx()]);
    other.site.await_requests(4);
    // The answer it waits for will not come in time.
    other.site.slow(Duration::from_secs(20));
    other.site.await_requests(5);
    let (ran, took) = interrupt("-INT", child);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(took < Duration::from_secs(10), "it took {took:?}");
    ran.says("Stopped. What was fetched is kept");
    assert_eq!(house.export(), "", "nothing is walked before all is there");
    let before: Vec<String> = other.site.take_log().into_iter().map(|request| request.path).collect();
    other.site.slow(Duration::ZERO);
    house.expect(0, &["import", "--cdx", &other.cdx()]).says("3 records");
    let had = before[..4].iter().filter(|path| *path != "/robots.txt");
    had.for_each(|path| assert_eq!(other.site.asked(path), 0, "{path} is asked for again: {before:?}"));
    assert!(other.site.asked(&before[4]) > 0, "it is not had yet");
    house.assert_rebuilds();
}

#[test]
fn a_span_is_asked_for() {
    let (house, mut other) = (house(), Other::new());
    other.day("20200301", &[("alfa", LONG)]);
    other.open("&from=2019&to=202006");
    house.expect(0, &["import", "--cdx", &other.cdx(), "--from", "2019", "--to", "2020-06"]).says("1 record");
    house.expect(2, &["import", "--cdx", &other.cdx(), "--from", "May"]).says("write 2015");
    house.expect(2, &["import", "a.warc.gz", "--to", "2020"]).says("--to");
}

#[test]
fn a_capture_that_led_elsewhere_leads_to_the_page_there() {
    let (house, mut other) = (house(), Other::new());
    other.day("20200301", &[("stara", LONG)]);
    let moved = "http://mesto.test/stara";
    other.captures.remove(moved);
    other.capture("20200301100000", moved, 302, b"");
    other.capture("20200301100001", "http://mesto.test/alfa", 200, &site(&[("alfa", LONG)])[1].body);
    other.open("");
    house.expect(0, &["import", "--cdx", &other.cdx()]);
    let body = house.record("Obec stara hledá partnera")["body"].to_string();
    assert!(body.contains("údolí"), "{body}");
}

#[test]
fn an_empty_list_is_asked_for_once() {
    let (house, mut other) = (house(), Other::new());
    let config = std::fs::read_to_string(house.path("config.toml")).unwrap().replace("retries = 0", "retries = 2");
    std::fs::write(house.path("config.toml"), config).unwrap();
    other.day("20200301", &[("alfa", LONG), ("beta", LONG)]);
    other.open("");
    let beta = asked("http://mesto.test/beta", "");
    // As pywb says that it has nothing.
    other.site.put(&beta, Answer::new(200, "Content-Type: text/x-ndjson\r\n", ""));
    house.expect(0, &["import", "--cdx", &other.cdx()]).says("2 captures fetched").says("2 records");
    assert_eq!(other.site.asked(&beta), 1);
}

#[test]
fn a_server_that_says_no_is_told_and_nothing_is_lost() {
    let (house, other) = (house(), other());
    house.expect(2, &["import", "--cdx", "http://127.0.0.1:1/search"]).says("CDX server");
    house.expect(2, &["import", "--cdx", "ftp://127.0.0.1/cdx"]).says("CDX server");
    other.site.put(&asked(LIST, ""), Answer::page("<h1>Bad gateway</h1>"));
    house.expect(3, &["import", "--cdx", &other.cdx()]).says("no list of captures");
    let refusing = self::other();
    refusing.site.put("/robots.txt", Answer::new(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /\n"));
    house.expect(3, &["import", "--cdx", &refusing.cdx()]).says("robots.txt");
    assert_eq!(refusing.site.log().len(), 1, "nothing but robots.txt is asked for");
    house.expect(2, &["import", "--cdx", "http://mesto.test/cdx"]).says("contact");
    assert_eq!(house.run(&["export"]).stdout, "");
}

/// A server of others, where there is one: `pywb` with a collection named `town` at `TWINDEX_PYWB`.
#[test]
fn pywb_is_understood() {
    let (Some(_), Ok(base)) = (shared(), std::env::var("TWINDEX_PYWB")) else {
        eprintln!("skipped: TWINDEX_PYWB names no pywb with a collection of captures of http://mesto.test");
        return;
    };
    let house: House = house();
    house.expect(0, &["import", "--cdx", &format!("{base}/town/cdx")]).says("2 records");
}
