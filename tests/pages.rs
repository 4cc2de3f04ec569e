//! The page archive: what is written is read back, by us and by others, whatever happened in between.
#![expect(clippy::unwrap_used, reason = "a test says by its panic what went wrong")]

mod foreign;

use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use proptest::prelude::*;
use twindex::pages::{Context, Event, Pages, RunInfo, replay_file};
use twindex::record::PageRef;
use twindex::visit::{Exchange, Outcome, Purpose, Refusal, Visit};
use url::Url;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn url(path: &str) -> Url {
    Url::parse("http://mesto.test/").unwrap().join(path).unwrap()
}

fn run(started: &str) -> RunInfo {
    RunInfo {
        source: "mesto".into(),
        started: at(started),
        sequence: Some(7),
        continues: None,
        contact: Some("správce@mesto.test".into()),
        accepts_changes: true,
    }
}

fn exchange(status: u16, fields: &str, body: &[u8]) -> Exchange {
    Exchange {
        request: b"GET / HTTP/1.1\r\nHost: mesto.test\r\n\r\n".to_vec(),
        status,
        head: format!("HTTP/1.1 {status} X\r\n{fields}\r\n").into_bytes(),
        body: body.to_vec(),
        ip: Some("192.0.2.7".parse().unwrap()),
        truncated: false,
    }
}

fn visit(path: &str, when: &str, exchange: Exchange, outcome: Outcome) -> Visit {
    Visit { url: url(path), purpose: Purpose::Listing, at: at(when), exchange: Some(exchange), outcome }
}

fn page(path: &str, when: &str, body: &[u8]) -> Visit {
    visit(path, when, exchange(200, "Content-Type: text/html\r\nETag: \"a\"\r\n", body), Outcome::Page)
}

fn told(event: &Event) -> String {
    format!("{event:?}")
}

fn events(pages: &Pages) -> Vec<Event> {
    pages.replay().unwrap().map(Result::unwrap).collect()
}

/// A run with one visit of every sort; returns what a replay has to tell.
fn busy_run(pages: &Pages) -> Vec<String> {
    let info = run("2026-03-01T10:00:00.25Z");
    let mut writer = pages.begin(&info).unwrap();
    let mut expected = vec![told(&Event::RunBegins { run: writer.run().to_owned(), info })];
    let mut add = |writer: &mut twindex::pages::Writer, visit: &Visit, via: Option<&Url>, refers_to: Option<&PageRef>| {
        let place = writer.append(visit, &Context { via, refers_to }).unwrap();
        expected.push(told(&Event::Visit { visit: visit.clone(), place: place.clone(), via: via.cloned() }));
        place
    };
    let listing = add(&mut writer, &page("/", "2026-03-01T10:00:01.123456789Z", "žluťoučký".as_bytes()), None, None);
    let unmodified = exchange(304, "ETag: \"a\"\r\nX-Odd:  100 % \u{e9} \r\n", b"");
    let again = add(&mut writer, &visit("/", "2026-03-01T10:00:02Z", unmodified, Outcome::NotModified), None, Some(&listing));
    // A revisit of a revisit, and the same bytes once more.
    let unmodified = exchange(304, "", b"");
    add(&mut writer, &visit("/", "2026-03-01T10:00:03Z", unmodified, Outcome::NotModified), None, Some(&again));
    add(&mut writer, &page("/", "2026-03-01T10:00:04Z", "žluťoučký".as_bytes()), None, Some(&listing));
    let moved = Outcome::Moved { to: url("/nova?x=%C4%8D"), permanent: true };
    add(&mut writer, &visit("/stara", "2026-03-01T10:00:05Z", exchange(301, "Location: /nova\r\n", b""), moved), Some(&url("/")), None);
    let busy = Outcome::Busy { until: at("2026-03-01T11:00:00.5Z") };
    add(&mut writer, &visit("/a", "2026-03-01T10:00:06Z", exchange(503, "", b"later"), busy), None, None);
    add(&mut writer, &visit("/b", "2026-03-01T10:00:07Z", exchange(410, "", b""), Outcome::Gone), None, None);
    let mut cut = page("/c", "2026-03-01T10:00:08Z", b"half");
    cut.exchange.as_mut().unwrap().truncated = true;
    cut.outcome = Outcome::Failed { why: "uříznuto\r\npo 4 bytech".into(), again: true };
    add(&mut writer, &cut, None, None);
    let nothing_sent = [
        Outcome::Refused(Refusal::Robots("Disallow: /d  ".into())),
        Outcome::Refused(Refusal::Scope("jinde.test".into())),
        Outcome::Refused(Refusal::Address("10.0.0.1".into())),
        Outcome::Refused(Refusal::Pause(at("2026-03-02T00:00:00Z"))),
        Outcome::Failed { why: "no route".into(), again: false },
    ];
    for outcome in nothing_sent {
        let silent = Visit { url: url("/d"), purpose: Purpose::Attachment, at: at("2026-03-01T10:00:09Z"), exchange: None, outcome };
        add(&mut writer, &silent, Some(&url("/")), None);
    }
    writer.finish(at("2026-03-01T10:00:10Z"), "whole").unwrap();
    expected.push(told(&Event::RunEnds { at: at("2026-03-01T10:00:10Z"), outcome: "whole".into() }));
    expected
}

#[test]
fn a_replay_tells_what_the_run_saw() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let expected = busy_run(&pages);
    assert_eq!(events(&pages).iter().map(told).collect::<Vec<_>>(), expected);
}

#[test]
fn runs_are_told_in_the_order_of_time_and_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut names = Vec::new();
    for started in ["2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"] {
        names.push(pages.begin(&run(started)).unwrap().run().to_owned());
    }
    assert_eq!(names, ["mesto-20260302T000000Z", "mesto-20260301T000000Z", "mesto-20260302T000000Z-2"]);
    let told: Vec<_> = events(&pages)
        .into_iter()
        .map(|event| match event {
            Event::RunBegins { run, .. } => run,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [&*names[1], &*names[0], &*names[2]]);
}

#[test]
fn a_revisit_reads_as_the_page_it_refers_to_also_over_files() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let first = page("/", "2026-03-01T00:00:01Z", b"first");
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let original = writer.append(&first, &Context::default()).unwrap();
    let mut writer = pages.begin(&run("2026-03-02T00:00:00Z")).unwrap();
    let unmodified = visit("/", "2026-03-02T00:00:01Z", exchange(304, "", b""), Outcome::NotModified);
    let revisit = writer.append(&unmodified, &Context { via: None, refers_to: Some(&original) }).unwrap();
    assert_eq!(revisit.digest, original.digest);
    let mut stored = pages.read(&revisit).unwrap();
    assert_eq!(stored.at, first.at);
    stored.exchange.request = first.exchange.as_ref().unwrap().request.clone();
    assert_eq!(Some(stored.exchange), first.exchange);
}

/// Replay tools serve the older page only if the block of a 304 is empty.
#[test]
fn a_revisit_holds_no_bytes_that_are_held_already() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let original = writer.append(&page("/", "2026-03-01T00:00:01Z", b"the payload"), &Context::default()).unwrap();
    let unmodified = visit("/", "2026-03-02T00:00:01Z", exchange(304, "ETag: \"a\"\r\n", b""), Outcome::NotModified);
    for again in [unmodified, page("/", "2026-03-03T00:00:01Z", b"the payload")] {
        writer.append(&again, &Context { via: None, refers_to: Some(&original) }).unwrap();
    }
    let mut told = String::new();
    let file = std::fs::File::open(dir.path().join(&original.warc)).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut told).unwrap();
    assert_eq!(told.matches("the payload").count(), 1);
    let blocks: Vec<_> = told.split("WARC-Type: revisit").skip(1).map(|record| record.split("\r\n\r\n").nth(1).unwrap()).collect();
    assert_eq!(blocks, ["", "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nETag: \"a\""]);
}

#[test]
fn the_same_bytes_under_another_charset_are_another_page() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let original = writer.append(&page("/", "2026-03-01T00:00:01Z", b"the payload"), &Context::default()).unwrap();
    for fields in ["Content-Type: text/html; charset=utf-8\r\n", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"] {
        let mended = visit("/", "2026-03-02T00:00:01Z", exchange(200, fields, b"the payload"), Outcome::Page);
        let place = writer.append(&mended, &Context { via: None, refers_to: Some(&original) }).unwrap();
        assert_eq!(pages.read(&place).unwrap().exchange.head, mended.exchange.unwrap().head);
    }
}

#[test]
fn a_304_whose_page_was_taken_away_is_stored_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let lost = PageRef { warc: "lost.warc.gz".into(), offset: 0, digest: "sha1:X".into() };
    let unmodified = visit("/", "2026-03-02T00:00:01Z", exchange(304, "", b""), Outcome::NotModified);
    let place = writer.append(&unmodified, &Context { via: None, refers_to: Some(&lost) }).unwrap();
    assert_eq!(pages.read(&place).unwrap().exchange.status, 304);
}

#[test]
fn wherever_a_kill_cuts_the_file_what_was_whole_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let path = dir.path().join(format!("{}.warc.gz", writer.run()));
    let mut ends = vec![std::fs::metadata(&path).unwrap().len()];
    for day in 1..4 {
        writer.append(&page("/", &format!("2026-03-0{day}T00:00:01Z"), b"some bytes"), &Context::default()).unwrap();
        ends.push(std::fs::metadata(&path).unwrap().len());
    }
    drop(writer);
    let whole = std::fs::read(&path).unwrap();
    for cut in 0..whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let events = events(&pages);
        let visits = events.iter().filter(|event| matches!(event, Event::Visit { .. })).count();
        let expected = ends.iter().filter(|end| **end <= cut as u64).count().saturating_sub(1);
        assert_eq!(visits, expected, "cut at {cut}");
        let torn = events.iter().filter(|event| matches!(event, Event::Damaged { .. })).count();
        assert!(torn <= 1, "cut at {cut}: {events:?}");
        if !ends.contains(&(cut as u64)) && cut > 0 && torn == 0 {
            // Only a cut between the members of one visit leaves no torn member.
            assert!(visits < 3, "cut at {cut}");
        }
    }
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(events(&pages).len(), 4);
}

#[test]
fn a_bad_sector_costs_one_visit() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let path = dir.path().join(format!("{}.warc.gz", writer.run()));
    let places: Vec<_> = (1..4)
        .map(|day| writer.append(&page("/", &format!("2026-03-0{day}T00:00:01Z"), b"some bytes"), &Context::default()).unwrap())
        .collect();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[places[1].offset as usize + 40] ^= 0xff;
    std::fs::write(&path, bytes).unwrap();
    let events = events(&pages);
    let read: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Visit { place, .. } => Some(place.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(read, [places[0].clone(), places[2].clone()]);
    assert!(events.iter().any(|event| matches!(event, Event::Damaged { offset, .. } if *offset == places[1].offset)));
    let error = pages.read(&places[1]).unwrap_err().to_string();
    assert!(error.contains("mesto-20260301T000000Z.warc.gz"), "{error}");
}

#[test]
fn a_page_that_somebody_altered_is_not_believed() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let path = dir.path().join(format!("{}.warc.gz", writer.run()));
    let place = writer.append(&page("/", "2026-03-01T00:00:01Z", b"four thousand"), &Context::default()).unwrap();
    // The last member, packed anew with other words of the same length: its checksum is right.
    let mut bytes = std::fs::read(&path).unwrap();
    let mut member = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[place.offset as usize..]), &mut member).unwrap();
    bytes.truncate(place.offset as usize);
    bytes.extend(gzip(member.replace("four", "nine").as_bytes()));
    std::fs::write(&path, bytes).unwrap();
    assert!(pages.read(&place).unwrap_err().to_string().contains("digest"));
    assert!(matches!(&events(&pages)[..], [Event::RunBegins { .. }, Event::Damaged { why, .. }] if why.contains("digest")));
}

#[test]
fn a_place_from_elsewhere_never_leads_out_of_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(&dir.path().join("pages")).unwrap();
    std::fs::write(dir.path().join("secret"), "WARC/1.1").unwrap();
    let out = PageRef { warc: "../secret".into(), offset: 0, digest: String::new() };
    assert!(pages.read(&out).unwrap_err().to_string().contains("not a plain file name"));
}

#[test]
fn the_longest_address_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path()).unwrap();
    let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let long = page(&"%C4%8D".repeat(100_000), "2026-03-01T00:00:01Z", b"x");
    let place = writer.append(&long, &Context::default()).unwrap();
    assert_eq!(pages.read(&place).unwrap().url, long.url);
}

#[test]
fn what_could_not_be_read_back_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Pages::open(dir.path()).unwrap().begin(&run("2026-03-01T00:00:00Z")).unwrap();
    let mut odd = page("/", "2026-03-01T00:00:01Z", b"");
    odd.exchange.as_mut().unwrap().head = b"HTTP/1.1 200 OK\r\n".to_vec();
    assert!(writer.append(&odd, &Context::default()).is_err());
    odd.exchange.as_mut().unwrap().head = b"HTTP/1.1 404 X\r\n\r\n".to_vec();
    assert!(writer.append(&odd, &Context::default()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_exchange_is_read_back_byte_for_byte(
        status in 100_u16..600,
        fields in proptest::collection::vec(("[A-Za-z-]{1,12}", proptest::collection::vec(0x20_u8..=0xff, 0..40)), 0..6),
        request in proptest::collection::vec(any::<u8>(), 0..200),
        body in proptest::collection::vec(any::<u8>(), 0..3000),
        nanos in 0_i64..4_000_000_000_000_000_000,
        truncated: bool,
    ) {
        let mut head = format!("HTTP/1.1 {status} \r\n").into_bytes();
        for (name, value) in fields {
            head.extend([name.as_bytes(), b": ", &value, b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        let exchange = Exchange { request, status, head, body, ip: None, truncated };
        let at = Timestamp::from_nanosecond(i128::from(nanos)).unwrap();
        let visit = Visit { url: url("/"), purpose: Purpose::Detail, at, exchange: Some(exchange), outcome: Outcome::Page };
        let dir = tempfile::tempdir().unwrap();
        let pages = Pages::open(dir.path()).unwrap();
        let mut writer = pages.begin(&run("2026-03-01T00:00:00Z")).unwrap();
        let place = writer.append(&visit, &Context::default()).unwrap();
        let stored = pages.read(&place).unwrap();
        prop_assert_eq!(stored.at, at);
        prop_assert_eq!(&stored.exchange.body, &visit.exchange.as_ref().unwrap().body);
        let last = events(&pages).pop().unwrap();
        prop_assert_eq!(told(&last), told(&Event::Visit { visit, place, via: None }));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), packed: bool) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("odd.warc.gz");
        let bytes = [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n".to_vec(), bytes].concat();
        std::fs::write(&path, if packed { gzip(&bytes) } else { bytes }).unwrap();
        for event in replay_file(&path).unwrap() {
            event.unwrap();
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut out, bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn warcio_finds_nothing_amiss() {
    let dir = tempfile::tempdir().unwrap();
    busy_run(&Pages::open(dir.path()).unwrap());
    let Some(file) = warc_in(dir.path()) else { panic!("no file was written") };
    let Ok(answer) = Command::new("warcio").args(["check", "-v"]).arg(&file).output() else {
        eprintln!("skipped: no `warcio` on PATH");
        return;
    };
    let said = String::from_utf8_lossy(&answer.stdout);
    assert!(answer.status.success() && said.contains("digest pass") && !said.contains("fail"), "{said}");
    let index = Command::new("warcio").args(["index", "-f", "offset,warc-type"]).arg(&file).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&index.stdout).lines().count(), 1 + 3 * 8 + 5 + 1);
}

fn warc_in(dir: &Path) -> Option<std::path::PathBuf> {
    std::fs::read_dir(dir).ok()?.filter_map(Result::ok).map(|entry| entry.path()).next()
}
