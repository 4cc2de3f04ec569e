//! Serving for long: while a crawl writes, in a folder that may only be read, until it is asked to stop.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::{DEMO, Served, demo};
use crate::house::{House, Site, notices};

#[test]
fn what_a_crawl_brings_is_shown_without_a_restart() {
    let site = Site::start();
    let house = House::of(&site, &["/seznam"]);
    let all = notices(6);
    site.publish("/seznam", &all[1..]);
    house.expect(0, &["crawl"]);
    let served = Served::of(&house, &[]);
    let total = || served.get("/api/stats").json()["total"].as_u64().unwrap();
    assert_eq!(total(), 5);
    site.publish("/seznam", &all);
    house.expect(0, &["crawl", "--full"]);
    let until = Instant::now() + Duration::from_secs(20);
    while total() != 6 {
        assert!(Instant::now() < until, "still {}", total());
        std::thread::sleep(Duration::from_millis(200));
    }
    served.get("/changes").has("Horní Lípa");
    // A rebuild puts another file in the place of the archive.
    house.expect(0, &["rebuild"]);
    std::thread::sleep(Duration::from_millis(1500));
    let health = served.get("/health").json();
    assert_eq!((health["status"].as_str(), health["records"].as_u64()), (Some("ok"), Some(6)), "{health}");
}

#[test]
fn browsers_ask_again_and_are_told_that_nothing_changed() {
    let served = demo();
    let page = served.get("/about");
    let tag = page.field("etag").unwrap();
    assert!(tag.starts_with("W/\""));
    let again = served.with("/about", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(served.with("/about", "If-None-Match: \"other\"\r\n").status, 200);
    let head = served.raw(&format!("HEAD / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.host));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn pages_are_packed_for_who_takes_them() {
    let served = demo();
    for coding in ["gzip", "br"] {
        let packed = served.with("/", &format!("Accept-Encoding: {coding}\r\n"));
        assert_eq!(packed.field("content-encoding"), Some(coding));
        assert!(packed.field("vary").unwrap().to_ascii_lowercase().contains("accept-encoding"));
    }
    assert_eq!(served.get("/").field("content-encoding"), None);
}

#[test]
fn what_is_written_while_it_is_sent_comes_to_its_end_packed_or_not() {
    let served = demo();
    for path in ["/download/csv?", "/download/jsonl?q=partner", "/feed.atom?", "/feed.json?"] {
        for coding in ["gzip", "br", "identity"] {
            let mut stream = served.connect();
            let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Encoding: {coding}\r\n\r\n", served.host);
            stream.write_all(head.as_bytes()).unwrap();
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).unwrap();
            // The last chunk is empty (RFC 9112 §7.1).
            assert!(bytes.ends_with(b"\r\n0\r\n\r\n"), "{path} as {coding}: {} bytes", bytes.len());
        }
    }
}

#[test]
fn a_folder_that_may_only_be_read_is_served() {
    // Root may write anywhere; the mode is for those who may not.
    use std::os::unix::fs::PermissionsExt;
    let house = House::empty();
    let copied = std::process::Command::new("cp").arg("-r").arg(DEMO.state()).arg(house.state()).status().unwrap();
    assert!(copied.success());
    std::fs::remove_dir_all(house.path("state/search")).unwrap();
    house.configure("");
    std::fs::set_permissions(house.state(), std::fs::Permissions::from_mode(0o555)).unwrap();
    let served = Served::of(&house, &[]);
    assert_eq!(served.get("/?q=partner").status, 200);
    assert_eq!(served.get("/").status, 200);
    std::fs::set_permissions(house.state(), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn it_stops_when_it_is_asked_to() {
    let served = demo();
    served.get("/");
    let begun = Instant::now();
    assert_eq!(served.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[test]
fn the_access_log_has_a_line_a_request() {
    let house = House::empty();
    let log = house.path("access.jsonl");
    let served = Served::of(&DEMO, &["--access-log", log.to_str().unwrap()]);
    served.get("/?q=a%22b");
    served.get("/nothing");
    let until = Instant::now() + Duration::from_secs(10);
    let lines = loop {
        let text = std::fs::read_to_string(&log).unwrap();
        if text.lines().count() >= 2 || Instant::now() > until {
            break text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<serde_json::Value>>();
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!((lines[0]["status"].as_u64(), lines[0]["address"].as_str()), (Some(200), Some("/?q=a%22b")));
    assert_eq!((lines[1]["status"].as_u64(), lines[1]["method"].as_str()), (Some(404), Some("GET")));
}

#[test]
fn other_machines_are_let_in_only_when_that_is_said() {
    let house = House::empty();
    house.configure("");
    DEMO.expect(2, &["--home", "state", "serve", "--addr", "0.0.0.0:0"]).says("--allow-remote");
    DEMO.expect(2, &["--home", "state", "serve", "--public-url", "https://a.test/b"]).says("scheme and host alone");
    house.expect(2, &["--home", "none", "serve"]).says("twindex crawl");
}

#[test]
fn a_hundred_readers_are_all_answered() {
    let served = demo();
    let paths = ["/", "/?q=partner", "/?view=map", "/places", "/api/stats?q=partner"];
    std::thread::scope(|scope| {
        let served = &served;
        let answers: Vec<_> = (0..100).map(|number| scope.spawn(move || served.get(paths[number % paths.len()]).status)).collect();
        for answer in answers {
            assert_eq!(answer.join().unwrap(), 200);
        }
    });
}
