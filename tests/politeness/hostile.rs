//! Sites that mean harm: they steer inwards, never end, swell, or talk nonsense. Each costs one failed visit.

use std::io::Write as _;
use std::time::{Duration, Instant};

use twindex::config::{Crawler, Source};
use twindex::crawl::Client;
use twindex::visit::{Outcome, Refusal};
use url::Url;

use super::site::{ALL, Reply, Site, last, moved, page, reply, why, with_robots};

#[tokio::test]
async fn redirects_stay_in_scope_and_end() {
    let other = Site::start(|_, _| page("inner")).await;
    let inner = other.url("/x");
    let site = Site::start(with_robots(ALL, move |path, _| match path {
        "/out" => moved("https://jinde.cz/x"),
        "/inner" => moved(inner.as_str()),
        "/meta" => moved("http://169.254.169.254/latest"),
        "/file" => moved("file:///etc/passwd"),
        "/self" => moved("/self#again"),
        "/ping" => moved("/pong"),
        "/pong" => moved("/ping"),
        "/nowhere" => reply("302 Found", "", ""),
        "/bad" => moved("http://[::bad"),
        "/5" => moved("/4"),
        "/4" => moved("/3"),
        "/3" => moved("/2"),
        "/2" => moved("/1"),
        "/1" => moved("/ok"),
        "/6" => moved("/5"),
        _ => page("x"),
    }))
    .await;
    let client = site.client_with(vec![], |crawler| crawler.delay = Duration::ZERO);
    for path in ["/out", "/inner", "/meta", "/file"] {
        let visit = last(&client, site.url(path)).await;
        assert!(matches!(visit.outcome, Outcome::Refused(Refusal::Scope(_))), "{path}: {}", why(&visit));
    }
    assert!(other.seen().is_empty(), "a page steered us to another local service");
    for (path, told) in [("/self", "circle"), ("/ping", "circle"), ("/nowhere", "Location"), ("/bad", "Location"), ("/6", "more than 5")] {
        let visit = last(&client, site.url(path)).await;
        assert!(why(&visit).contains(told), "{path}: {}", why(&visit));
    }
    assert_eq!(last(&client, site.url("/5")).await.outcome, Outcome::Page);
}

#[tokio::test]
async fn a_page_that_sends_its_reader_on_is_a_redirect_through_the_same_gate() {
    let site = Site::start(with_robots("User-agent: *\nDisallow: /shut\n", |path, _| match path {
        "/old" => page("<meta http-equiv=refresh content='0; url=/new'><p>We have moved."),
        "/away" => page("<meta http-equiv=refresh content='0; url=https://jinde.cz/'>"),
        "/closed" => page("<meta http-equiv=refresh content='0; url=/shut/x'>"),
        "/round" => page("<meta http-equiv=refresh content='0; url=/back'>"),
        "/back" => page("<meta http-equiv=refresh content='0; url=/round'>"),
        _ => page("<meta http-equiv=refresh content='600'><p>The new page."),
    }))
    .await;
    let client = site.client_with(vec![], |crawler| crawler.delay = Duration::ZERO);
    let visit = last(&client, site.url("/old")).await;
    assert_eq!((visit.outcome, visit.url.path()), (Outcome::Page, "/new"));
    assert!(matches!(last(&client, site.url("/away")).await.outcome, Outcome::Refused(Refusal::Scope(_))));
    assert!(matches!(last(&client, site.url("/closed")).await.outcome, Outcome::Refused(Refusal::Robots(_))));
    assert!(why(&last(&client, site.url("/round")).await).contains("circle"));
}

#[tokio::test]
async fn names_that_resolve_inwards_are_refused_before_anything_is_sent() {
    let site = Site::start(|_, _| page("x")).await;
    // A second listing elsewhere makes this a source of the open net, to which this machine is closed.
    let listing = vec![
        Url::parse(&format!("http://localhost:{}/", site.at.port())).expect("an address"),
        Url::parse("https://mesto.cz/").expect("an address"),
    ];
    let crawler = Crawler { contact: Some("me@univ.cz".into()), ..Crawler::default() };
    let client = Client::new(&crawler, &Source::new("town", listing.clone()), vec![], "9.9").expect("a client");
    let visit = last(&client, listing[0].clone()).await;
    assert!(matches!(visit.outcome, Outcome::Refused(Refusal::Address(_))), "{}", why(&visit));
    assert!(site.seen().is_empty());
}

#[tokio::test]
async fn bodies_end_at_the_caps_of_length_and_time() {
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let site = Site::start(with_robots(ALL, move |path, _| match path {
        "/endless" => Reply::Endless(chunked.clone(), [b"1000\r\n".as_slice(), &[b'a'; 0x1000], b"\r\n"].concat()),
        "/liar" => Reply::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nabc".to_vec()),
        "/drip" => Reply::Drip([b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".as_slice(), &[b'a'; 900]].concat()),
        "/torn" => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".to_vec()),
        "/torn-chunk" => Reply::Bytes([chunked.as_slice(), b"9\r\nabc"].concat()),
        "/hang" => Reply::Stall(Vec::new()),
        "/exact" => page(&"a".repeat(1 << 20)),
        _ => page("x"),
    }))
    .await;
    let client = site.client();
    for (path, length, again) in [
        ("/endless", Some(1 << 20), false),
        ("/liar", Some(3), true),
        ("/drip", None, true),
        ("/torn", Some(3), true),
        ("/torn-chunk", Some(3), true),
    ] {
        let begun = Instant::now();
        let visit = last(&client, site.url(path)).await;
        assert!(matches!(visit.outcome, Outcome::Failed { again: found, .. } if found == again), "{path}: {}", why(&visit));
        let kept = visit.exchange.as_ref().unwrap_or_else(|| panic!("{path}: {}", why(&visit)));
        assert!(kept.truncated && length.is_none_or(|length| kept.body.len() == length), "{path}: {} bytes", kept.body.len());
        assert!(begun.elapsed() < Duration::from_secs(5), "{path} took {:?}", begun.elapsed());
    }
    let hang = last(&client, site.url("/hang")).await;
    assert!(hang.exchange.is_none() && why(&hang).contains("in time"), "{}", why(&hang));
    assert_eq!(last(&client, site.url("/exact")).await.outcome, Outcome::Page);
}

#[tokio::test]
async fn heads_that_never_end_are_refused_without_harm() {
    let site = Site::start(with_robots(ALL, |path, _| match path {
        "/many" => Reply::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"A: b\r\n".to_vec()),
        "/long" => Reply::Endless(b"HTTP/1.1 200 OK\r\nA: ".to_vec(), vec![b'a'; 4096]),
        "/cookies" => reply("200 OK", &"Set-Cookie: a=b\r\n".repeat(150), "x"),
        "/big" => reply("200 OK", &format!("A: {}\r\n", "a".repeat(70_000)), "x"),
        "/continue" => Reply::Endless(Vec::new(), b"HTTP/1.1 100 Continue\r\n\r\n".to_vec()),
        "/escape" => Reply::Bytes(b"HTTP/1.1 200 \x1b[31mred\r\nA: \x1b]0;x\x07\r\n\r\n".to_vec()),
        "/nul" => Reply::Bytes(b"\0\xff\x80HTTP\r\n\r\n".to_vec()),
        "/status" => Reply::Bytes(b"HTTP/1.1 99999 X\r\n\r\n".to_vec()),
        "/lengths" => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd".to_vec()),
        _ => page("x"),
    }))
    .await;
    let client = site.client_with(vec![], |crawler| crawler.delay = Duration::ZERO);
    assert_eq!(last(&client, site.url("/cookies")).await.outcome, Outcome::Page, "many fields are no crime");
    for path in ["/many", "/long", "/big", "/continue", "/escape", "/nul", "/status", "/lengths"] {
        let begun = Instant::now();
        let visit = last(&client, site.url(path)).await;
        assert!(matches!(visit.outcome, Outcome::Failed { .. }), "{path}: {}", why(&visit));
        assert!(!why(&visit).contains(|c: char| c.is_control()), "{path}: {:?}", why(&visit));
        assert!(begun.elapsed() < Duration::from_secs(5), "{path} took {:?}", begun.elapsed());
        assert_eq!(last(&client, site.url("/fine")).await.outcome, Outcome::Page, "after {path}");
    }
}

#[tokio::test]
async fn a_small_body_that_inflates_is_kept_small_and_capped_on_reading() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![0; 20 << 20]).expect("in memory");
    let bomb = bomb.finish().expect("in memory");
    let length = bomb.len();
    let site = Site::start(with_robots(ALL, move |_, _| {
        Reply::Bytes([format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n").as_bytes(), &bomb].concat())
    }))
    .await;
    let visit = last(&site.client(), site.url("/a")).await;
    let kept = visit.exchange.expect("an answer");
    assert_eq!(kept.body.len(), length, "the body is kept as sent");
    assert!(kept.content(1 << 20).expect_err("too much").contains("1048576"));
    assert_eq!(kept.content(32 << 20).expect("whole").len(), 20 << 20);
}
