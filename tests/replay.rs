//! Archived pages in a browser: what was stored, led to this server, with the fields that Memento names.
#![expect(clippy::unwrap_used, reason = "a test says by its panic what went wrong")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::house::{House, source};

const LIST: &str = "http://mesto.test/seznam";
const PAGE: &str = "<html><head><base href=\"/x/\"><meta http-equiv=refresh content=\"0;url=http://evil.test/\"></head><body onload=\"go()\">\
    <script src=\"http://evil.test/a.js\"></script><a href=\"http://jinde.test/b?c=1\">jinde</a><img src=\"obr.png\" srcset=\"http://evil.test/b.png\">\
    <a href=\"javascript:go()\">klik</a><a href=\"#dole\">dole</a><p>Původní věta.</p></body></html>";

struct Served {
    child: Child,
    base: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

impl Served {
    fn of(house: &House) -> Self {
        let mut child = house.command(&["replay", "--addr", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, base: line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned() }
    }

    /// The whole answer, head and body.
    fn ask(&self, path: &str, fields: &str) -> String {
        self.ask_as(&self.base, path, fields)
    }

    fn ask_as(&self, host: &str, path: &str, fields: &str) -> String {
        let mut stream = TcpStream::connect(&self.base).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{fields}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// Two captures of one page, a year apart.
fn archive() -> House {
    let house = House::empty();
    house.configure(&source("town", "http://mesto.test", &["/seznam"], "delay = \"1s\""));
    let capture = |at: &str, page: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let head =
            format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{at}>\r\nWARC-Date: {at}\r\nWARC-Target-URI: {LIST}");
        format!("{head}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
    };
    let file = capture("2020-05-01T10:00:00Z", PAGE) + &capture("2021-05-01T10:00:00Z", &PAGE.replace("Původní", "Nová"));
    std::fs::write(house.path("old.warc"), file).unwrap();
    house.expect(0, &["import", "old.warc"]);
    house
}

#[test]
fn a_page_is_shown_with_its_time_and_nothing_acts_or_leads_outside() {
    let house = archive();
    let served = Served::of(&house);
    let shown = served.ask(&format!("/20200501100000/{LIST}"), "");
    for part in [
        "200 OK",
        "default-src 'none'",
        "memento-datetime: Fri, 01 May 2020 10:00:00 GMT",
        "rel=\"next memento\"",
        "fetched 2020-05-01 10:00:00 UTC (1 of 2)",
        "Původní věta.",
        "/20200501100000/http://jinde.test/b?c=1",
        "/20200501100000/http://mesto.test/x/obr.png",
        "href=\"#dole\"",
    ] {
        assert!(shown.contains(part), "no {part:?} in {shown}");
    }
    for part in ["evil.test", "onload", "javascript:", "<script", "srcset"] {
        assert!(!shown.contains(part), "{part:?} in {shown}");
    }
    let raw = served.ask(&format!("/20200501100000id_/{LIST}"), "");
    assert!(raw.ends_with(PAGE) && raw.contains("sandbox"), "{raw}");
    assert!(served.ask_as("evil.test", "/", "").contains("403"));
    assert!(served.ask("/", "").contains(LIST));
    assert!(served.ask("/2020/http://nikde.test/", "").contains("404"));
}

#[test]
fn memento_leads_to_the_capture_of_a_time() {
    let house = archive();
    let served = Served::of(&house);
    let gate = |fields: &str| served.ask(&format!("/timegate/{LIST}"), fields);
    assert!(gate("").contains("/20210501100000/"), "the newest");
    let early = gate("Accept-Datetime: Wed, 01 Jan 2020 00:00:00 GMT\r\n");
    assert!(early.contains("/20200501100000/") && early.contains("vary: accept-datetime"), "{early}");
    assert!(gate("Accept-Datetime: yesterday\r\n").contains("400"));
    let map = served.ask(&format!("/timemap/link/{LIST}"), "");
    assert!(
        map.contains("application/link-format") && map.contains("rel=\"first memento\"; datetime=\"Fri, 01 May 2020 10:00:00 GMT\""),
        "{map}"
    );
    assert!(served.ask(&format!("/2020/{LIST}"), "").contains("location: "), "a time between is led to the nearest");
}

#[test]
fn captures_are_indexed_and_packed() {
    let house = archive();
    let index = house.expect(0, &["export", "--format", "cdxj"]).stdout;
    let lines: Vec<&str> = index.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("test,mesto)/seznam 20200501100000 {\"url\":\"http://mesto.test/seznam\""), "{index}");
    house.expect(0, &["export", "--format", "wacz", "-o", "all.wacz"]).says("2 captures packed");
    let bytes = std::fs::read(house.path("all.wacz")).unwrap();
    for name in ["archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl", "datapackage.json", "datapackage-digest.json"] {
        assert!(bytes.windows(name.len()).any(|part| part == name.as_bytes()), "{name}");
    }
    house.expect(2, &["export", "--format", "wacz"]).says("-o FILE.wacz");
}
