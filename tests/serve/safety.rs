//! Nothing hostile gets through: not from a page that was archived, not from a client.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::{Served, demo};
use crate::house::{House, Notice, Site};

/// Words that would do something if they were not taken as words.
const CHAOS: [&str; 4] = [
    "<script>alert(1)</script> hledá partnera",
    "\"><img src=x onerror=alert(1)> partner",
    "</title></script><!-- partner -->",
    "&lt;b&gt; 'partner' \u{202e}partner",
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn chaos_in_titles_stays_words() {
    let site = Site::start();
    let house = House::of(&site, &["/seznam"]);
    let days = ["12. 3. 2021", "28. 2. 2021", "5. 11. 2020", "17. 9. 2020"];
    let notice = |(day, title): (&'static str, &str)| {
        let mut notice = Notice::new(day, "Lhota");
        notice.title = escaped(title);
        notice.path = format!("/clanek/{}", day.replace(['.', ' '], ""));
        notice
    };
    let notices: Vec<Notice> = days.into_iter().zip(CHAOS).map(notice).collect();
    site.publish("/seznam", &notices);
    house.expect(0, &["crawl"]);
    let titles = house.titles();
    assert!(titles.iter().any(|title| title.contains("<script>alert(1)")), "{titles:?}");
    let served = Served::of(&house, &[]);
    let mut pages =
        vec!["/".to_owned(), "/?view=table".to_owned(), "/en/changes".to_owned(), "/about".to_owned(), "/feed.atom?".to_owned()];
    for record in house.records() {
        let id = record["id"].as_str().unwrap();
        pages.extend([format!("/record/{id}"), format!("/record/{id}/versions"), format!("/record/{id}/archived")]);
    }
    for page in pages {
        let answer = served.get(&page);
        assert_eq!(answer.status, 200, "{page}");
        answer.lacks("<script>alert").lacks("<img src=x").lacks("</title></script>");
    }
    let asked = served.get("/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E&from=%3Cimg+src%3Dx%3E");
    asked.lacks("<script>alert").lacks("<img src=x").has("&lt;script&gt;");
}

#[test]
fn every_answer_keeps_browsers_strict() {
    let served = demo();
    for path in ["/", "/en/?view=map", "/nothing", "/api/search", "/suggest?q=a", "/opensearch.xml", "/download/csv?"] {
        let answer = served.get(path);
        let policy = answer.field("content-security-policy").unwrap_or_else(|| panic!("{path}: {}", answer.head));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.field("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.field("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.field("set-cookie"), None, "{path}");
        answer.lacks(" style=\"").lacks("<style").lacks(" onclick=");
    }
}

#[test]
fn nothing_outside_is_loaded() {
    let served = demo();
    let outside = regex::Regex::new(r#"(?:src|action|data-suggest)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//"#).unwrap();
    for path in ["/", "/places", "/about", "/en/help", "/changes"] {
        let page = served.get(path).body;
        assert!(outside.find(&page).is_none(), "{path}: {:?}", outside.find(&page));
    }
    let style = served.get("/").body.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let style = served.get(&style);
    assert!(style.field("cache-control").unwrap().contains("immutable"));
    style.lacks("url(").lacks("@import");
}

#[test]
fn paths_lead_to_no_file() {
    let served = demo();
    for path in [
        "/../../etc/passwd",
        "/assets/../../config.toml",
        "/assets/%2e%2e/%2e%2e/config.toml",
        "/record/..%2f..%2fetc/passwd",
        "/archived/../../../etc/passwd",
        "/archived/20200101000000/file:///etc/passwd",
        "/record/%00/%00",
        "/record/%ff/x",
    ] {
        let answer = served.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {answer:?}");
        answer.lacks("root:").lacks("[crawler]");
    }
}

#[test]
fn fields_cannot_be_injected() {
    let served = demo();
    for path in [
        "/?q=a%0d%0aX-Injected:%201",
        "/download/csv?q=a%0d%0aX-Injected:%201",
        "/archived/timegate/http://a/%0d%0aX-Injected:1",
        "/feed.atom?q=%0aX-Injected:1",
    ] {
        let answer = served.get(path);
        assert!(!answer.head.to_ascii_lowercase().contains("x-injected"), "{path}: {}", answer.head);
    }
    let answer = served.raw(&format!("GET /opensearch.xml HTTP/1.1\r\nHost: {}\"><x\r\nConnection: close\r\n\r\n", served.host));
    assert!(matches!(answer.status, 400 | 421), "{answer:?}");
}

#[test]
fn too_much_is_refused_and_said() {
    let served = demo();
    let long = served.get(&format!("/?q={}", "a".repeat(501)));
    assert_eq!(long.status, 400);
    long.has("nejvýše 500 znaků");
    for bytes in [10_000, 1 << 20] {
        let answer = served.raw(&format!("GET /?q={} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", "a".repeat(bytes), served.host));
        assert!(matches!(answer.status, 414 | 431 | 0), "{bytes}: {}", answer.status);
    }
    served.get(&format!("/en/?q={}", "a".repeat(10_000))).has("<html lang=\"en\">").has("The address is too long.");
    let fields = "X-Filler: ".to_owned() + &"a".repeat(1 << 20) + "\r\n";
    assert!(matches!(served.with("/", &fields).status, 431 | 0));
    assert_eq!(served.get("/?page=99999999999999").status, 400);
    let post = served.raw(&format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nq=a", served.host));
    assert_eq!((post.status, post.field("allow")), (405, Some("GET, HEAD")));
    // Words upon words, brackets upon brackets: answered soon, whatever they mean.
    let begun = Instant::now();
    for query in ["(".repeat(500), "a* ".repeat(160), "\"a b\"~9 ".repeat(60), "-a OR NOT ".repeat(49)] {
        let encoded: String = url::form_urlencoded::byte_serialize(query.trim().as_bytes()).collect();
        assert_eq!(served.get(&format!("/?q={encoded}")).status, 200, "{query}");
    }
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    assert_eq!(served.get("/health").status, 200);
}

#[test]
fn foreign_names_are_not_answered() {
    let served = demo();
    let ask = |host: &str| served.raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!((ask("evil.test"), ask("localhost:1"), ask("[::1]:80"), ask("127.0.0.1.evil.test")), (421, 200, 200, 421));
    let public = Served::of(&super::DEMO, &["--public-url", "https://archiv.test"]);
    let ask = |host: &str| public.raw(&format!("GET /opensearch.xml HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert_eq!((ask("archiv.test").status, ask("evil.test").status), (200, 421));
    ask("127.0.0.1").has("https://archiv.test/?q=");
}

#[test]
fn who_sends_slowly_does_not_hold_the_others_up() {
    let served = demo();
    let mut slow: Vec<_> = (0..40).map(|_| served.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    }
    assert_eq!(served.get("/health").status, 200);
    // In the end they are cut off.
    let mut first = slow.swap_remove(0);
    let mut rest = Vec::new();
    first.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    first.read_to_end(&mut rest).unwrap();
}
