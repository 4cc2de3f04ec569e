//! How the crawler treats a site, measured at the site.

mod hostile;
mod names;
mod robots;
mod site;
mod storms;
mod tls;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use site::{ALL, DELAY, Reply, Site, ask, assert_gaps, last, moved, page, reply, why, with_robots};
use twindex::config::{Crawler, Source};
use twindex::crawl::{Ask, Client, Conditional, Error};
use twindex::visit::{Outcome, Purpose, Refusal};
use url::Url;

#[tokio::test]
async fn robots_comes_first_and_every_request_waits() {
    let site =
        Site::start(with_robots(
            ALL,
            |path, _| {
                if path == "/slow" { Reply::Drip(b"HTTP/1.0 200 OK\r\n\r\nx".to_vec()) } else { page("hello") }
            },
        ))
        .await;
    let client = site.client();
    let client = Arc::new(client);
    let visits = ["/a", "/slow", "/c"].map(|path| {
        let (client, url) = (Arc::clone(&client), site.url(path));
        tokio::spawn(async move { last(&client, url).await.outcome })
    });
    for visit in visits {
        assert_eq!(visit.await.expect("no panic"), Outcome::Page);
    }
    let seen = site.seen();
    assert_eq!(seen[0].path, "/robots.txt");
    assert_eq!(seen.len(), 4, "robots.txt is asked for once");
    assert_gaps(&seen, DELAY);
}

#[tokio::test]
async fn a_request_says_who_asks_and_the_archive_keeps_it_as_sent() {
    let site = Site::start(with_robots(ALL, |_, _| {
        Reply::Bytes(
            b"HTTP/1.1 200 Fine\r\nX-One: 1\r\nSet-Cookie: a=b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".to_vec(),
        )
    }))
    .await;
    let client = site.client();
    let conditional = Some(Conditional { etag: Some("W/\"1\"".into()), last_modified: Some("Sun, 01 Mar 2026 12:02:00 GMT".into()) });
    let visits = client.visit(Ask { conditional, ..ask(site.url("/a?b=1#c")) }).await;
    assert_eq!(visits.iter().map(|visit| visit.purpose).collect::<Vec<_>>(), [Purpose::Robots, Purpose::Detail]);
    let kept = visits[1].exchange.as_ref().expect("an answer");
    let sent = &site.seen()[1].head;
    assert_eq!(String::from_utf8_lossy(&kept.request), *sent, "the archived head is the one sent");
    for line in [
        "GET /a?b=1 HTTP/1.1",
        "User-Agent: twindex/9.9 (+me@univ.cz)",
        "From: me@univ.cz",
        "Accept-Encoding: gzip",
        "If-None-Match: W/\"1\"",
        "If-Modified-Since: Sun, 01 Mar 2026 12:02:00 GMT",
    ] {
        assert!(sent.lines().any(|sent| sent == line), "{line} is missing from\n{sent}");
    }
    assert_eq!(
        String::from_utf8_lossy(&kept.head),
        "HTTP/1.1 200 OK\r\nX-One: 1\r\nSet-Cookie: a=b\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n"
    );
    assert_eq!((kept.body.as_slice(), kept.truncated, kept.ip), (&b"abc"[..], false, Some(site.at.ip())));
    client.visit(ask(site.url("/b"))).await;
    assert!(!site.seen()[2].head.to_ascii_lowercase().contains("cookie"), "cookies were kept");
}

#[tokio::test]
async fn status_of_robots_decides_what_is_allowed() {
    let drip = || Reply::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *\n".to_vec());
    for (robots, good) in [
        (reply("404 Not Found", "", "Disallow: /"), true),
        (reply("401 Unauthorized", "", ""), true),
        (reply("410 Gone", "", ""), true),
        (reply("500 Oops", "", ""), false),
        (reply("304 Not Modified", "", ""), false),
        (reply("429 Too Many", "Retry-After: 0\r\n", ""), false),
        (reply("503 Busy", "Retry-After: 0\r\n", ""), false),
        (Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *\n".to_vec()), false),
        (Reply::Bytes(b"nonsense\r\n\r\n".to_vec()), false),
        (Reply::Bytes(Vec::new()), false),
        (drip(), false),
        (reply("200 OK", "Content-Encoding: br\r\n", "x"), false),
        (page("<html>no rules</html>"), true),
    ] {
        let shown = match &robots {
            Reply::Bytes(bytes) | Reply::Stall(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let site = Site::start(move |path, _| if path == "/robots.txt" { robots.clone() } else { page("x") }).await;
        let client = site.client_with(vec![], |crawler| crawler.delay = Duration::ZERO);
        let visit = last(&client, site.url("/a")).await;
        if good {
            assert_eq!(visit.outcome, Outcome::Page, "{shown}");
        } else {
            assert!(matches!(&visit.outcome, Outcome::Refused(Refusal::Robots(_))), "{shown}: {}", why(&visit));
            assert_eq!(site.paths(), ["/robots.txt"], "{shown}");
            last(&client, site.url("/b")).await;
            assert_eq!(site.paths(), ["/robots.txt"], "the doubt holds for a while");
        }
    }
}

#[tokio::test]
async fn robots_may_move_five_times_within_the_source() {
    for (hops, good) in [(5, false), (6, true)] {
        let site = Site::start(move |path, _| {
            let hop: usize = if path == "/robots.txt" { 0 } else { path.strip_prefix("/r").and_then(|hop| hop.parse().ok()).unwrap_or(99) };
            match hop {
                99 => page("x"),
                hop if hop < hops => moved(&format!("/r{}", hop + 1)),
                _ => page("User-agent: *\nDisallow: /"),
            }
        })
        .await;
        let visits = site.client().visit(ask(site.url("/a"))).await;
        let last = visits.last().expect("a visit");
        // Five are followed, so the rules are found; after more the file counts as absent.
        assert_eq!(last.outcome == Outcome::Page, good, "{hops}: {}", why(last));
        assert_eq!(visits.iter().filter(|visit| visit.purpose == Purpose::Robots).count(), 6);
        assert_gaps(&site.seen(), DELAY);
    }
    let site = Site::start(|path, _| if path == "/robots.txt" { moved("http://jinde.cz/robots.txt") } else { page("x") }).await;
    assert!(why(&last(&site.client(), site.url("/a")).await).contains("jinde.cz"));
}

#[tokio::test]
async fn what_robots_forbids_is_not_asked_for_by_redirect_either() {
    let site = Site::start(with_robots(
        "User-agent: *\nDisallow: /\nUser-agent: TwIndex/1\nDisallow: /secret\nAllow: /secret/notice\n",
        |path, _| {
            if path == "/a" { moved("/secret?x") } else { page("x") }
        },
    ))
    .await;
    let client = site.client();
    let visits = client.visit(ask(site.url("/a"))).await;
    assert!(matches!(&visits[1].outcome, Outcome::Moved { to, permanent: false } if *to == site.url("/secret?x")));
    assert_eq!(visits[2].outcome, Outcome::Refused(Refusal::Robots("Disallow: /secret".into())));
    assert_eq!(last(&client, site.url("/secret/notice")).await.outcome, Outcome::Page);
    assert_eq!(site.paths(), ["/robots.txt", "/a", "/secret/notice"]);
}

#[tokio::test]
async fn crawl_delay_is_kept_from_the_first_page_on() {
    let site = Site::start(with_robots("User-agent: *\nCrawl-delay: 0.3\n", |_, _| page("x"))).await;
    let client = site.client();
    last(&client, site.url("/a")).await;
    last(&client, site.url("/b")).await;
    assert_gaps(&site.seen(), Duration::from_millis(300));

    let site = Site::start(with_robots("User-agent: *\nCrawl-delay: 0.01\n", |_, _| page("x"))).await;
    last(&site.client(), site.url("/a")).await;
    assert_gaps(&site.seen(), DELAY);

    let site = Site::start(with_robots("User-agent: *\nCrawl-delay: 3600\n", |_, _| page("x"))).await;
    assert!(why(&last(&site.client(), site.url("/a")).await).contains("Crawl-delay"));
    assert_eq!(site.paths(), ["/robots.txt"]);
}

#[tokio::test]
async fn a_retry_after_holds_the_whole_host_and_survives_a_restart() {
    let date = Timestamp::now() + Duration::from_mins(50);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&date).expect("a date");
    for after in ["3000".to_owned(), date] {
        let fields = format!("Retry-After: {after}\r\n");
        let site =
            Site::start(with_robots(ALL, move |path, _| if path == "/busy" { reply("429 Slow down", &fields, "") } else { page("x") }))
                .await;
        let client = site.client_with(vec![], |crawler| crawler.retries = 2);
        let visit = last(&client, site.url("/busy")).await;
        let Outcome::Busy { until } = visit.outcome else { panic!("{}", why(&visit)) };
        let left = until.duration_since(Timestamp::now()).as_secs();
        assert!((2900..=3000).contains(&left), "{left} s left of {after}");
        assert_eq!(last(&client, site.url("/other")).await.outcome, Outcome::Refused(Refusal::Pause(until)));
        let kept = client.deadlines();
        assert_eq!(kept, [(site.at.to_string(), until)]);
        let next = site.client_with(kept, |_| {});
        assert_eq!(last(&next, site.url("/other")).await.outcome, Outcome::Refused(Refusal::Pause(until)));
        assert_eq!(site.paths(), ["/robots.txt", "/busy"], "nothing was asked in the pause");
    }
}

#[tokio::test]
async fn a_short_retry_after_is_waited_for() {
    let site =
        Site::start(with_robots(ALL, |_, times| if times == 0 { reply("503 Busy", "Retry-After: 1\r\n", "") } else { page("x") })).await;
    let visits = site.client_with(vec![], |crawler| crawler.retries = 1).visit(ask(site.url("/a"))).await;
    assert!(matches!(visits[1].outcome, Outcome::Busy { .. }));
    assert_eq!(visits[2].outcome, Outcome::Page);
    assert_gaps(&site.seen()[1..], Duration::from_millis(990));
}

#[tokio::test]
async fn the_pause_after_the_last_answer_outlives_the_client() {
    let site = Site::start(with_robots(ALL, |_, _| page("x"))).await;
    let slow = |crawler: &mut Crawler| crawler.delay = Duration::from_millis(300);
    let first = site.client_with(vec![], slow);
    last(&first, site.url("/a")).await;
    last(&site.client_with(first.deadlines(), slow), site.url("/a")).await;
    assert_gaps(&site.seen(), Duration::from_millis(290));
}

#[tokio::test]
async fn attempts_are_bounded_spaced_and_all_told() {
    for (status, attempts) in [("500 Oops", 3), ("502 Bad", 3), ("404 None", 1), ("403 No", 1), ("204 Empty", 1)] {
        let site =
            Site::start(with_robots(ALL, move |_, _| Reply::Bytes(format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n").into_bytes())))
                .await;
        let visits = site.client_with(vec![], |crawler| crawler.retries = 2).visit(ask(site.url("/a"))).await;
        assert_eq!((site.seen().len(), visits.len()), (1 + attempts, 1 + attempts), "{status}");
        assert_gaps(&site.seen(), DELAY);
        if attempts == 3 {
            assert_gaps(&site.seen()[2..], DELAY * 4);
        }
    }
    let site = Site::start(with_robots(ALL, |_, times| if times == 0 { Reply::Bytes(Vec::new()) } else { page("x") })).await;
    assert_eq!(last(&site.client_with(vec![], |crawler| crawler.retries = 1), site.url("/a")).await.outcome, Outcome::Page);
}

#[tokio::test]
async fn an_unasked_304_matches_nothing() {
    let site = Site::start(with_robots(ALL, |_, _| reply("304 Not Modified", "", ""))).await;
    let client = site.client();
    let conditional = Some(Conditional { etag: Some("\"1\"".into()), last_modified: None });
    let visit = client.visit(Ask { conditional, ..ask(site.url("/a")) }).await.pop().expect("a visit");
    assert_eq!(visit.outcome, Outcome::NotModified);
    assert!(matches!(last(&client, site.url("/a")).await.outcome, Outcome::Failed { .. }));
    // A validator that no header field can hold makes the request unconditional.
    let conditional = Some(Conditional { etag: Some("\"a\nb\"".into()), last_modified: None });
    let visit = client.visit(Ask { conditional, ..ask(site.url("/a")) }).await.pop().expect("a visit");
    assert!(matches!(visit.outcome, Outcome::Failed { .. }), "{}", why(&visit));
}

#[tokio::test]
async fn validators_do_not_follow_a_redirect() {
    let site = Site::start(with_robots(ALL, |path, _| if path == "/a" { moved("/b") } else { page("x") })).await;
    let conditional = Some(Conditional { etag: Some("\"1\"".into()), last_modified: None });
    site.client().visit(Ask { conditional, ..ask(site.url("/a")) }).await;
    let seen = site.seen();
    assert!(seen[1].head.contains("If-None-Match") && !seen[2].head.contains("If-None-Match"));
}

#[tokio::test]
async fn a_dropped_visit_leaves_the_client_whole() {
    let site = Site::start(with_robots(ALL, |path, _| if path == "/hang" { Reply::Stall(Vec::new()) } else { page("x") })).await;
    let client = site.client_with(vec![], |crawler| crawler.timeout = Duration::from_secs(5));
    last(&client, site.url("/a")).await;
    let arrived = async {
        while site.seen().len() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = client.visit(ask(site.url("/hang"))) => panic!("a hanging page was answered"),
        () = arrived => {}
    }
    let dropped = Instant::now();
    assert_eq!(last(&client, site.url("/b")).await.outcome, Outcome::Page);
    assert!(site.seen()[3].came - dropped + Duration::from_millis(5) >= DELAY, "no pause after a dropped visit");
}

#[test]
fn a_crawl_of_others_without_a_contact_is_refused_with_the_cure() {
    let source = Source::new("town", vec![Url::parse("https://mesto.cz/zpravy").expect("an address")]);
    for contact in [None, Some(" ".to_owned())] {
        let error = Client::new(&Crawler { contact, ..Crawler::default() }, &source, vec![], "9.9").expect_err("no contact");
        assert!(matches!(error, Error::NoContact { .. }));
        let text = error.to_string();
        assert!(text.contains("contact = \"you@your-institution.cz\"") && !text.contains('\n'), "{text}");
    }
    let forged = Crawler { contact: Some("a@b.cz\r\nX: y".into()), ..Crawler::default() };
    assert!(matches!(Client::new(&forged, &source, vec![], "9.9"), Err(Error::BadContact(_))));
    let local = Source::new("town", vec![Url::parse("http://127.0.0.1:1/").expect("an address")]);
    assert!(Client::new(&Crawler::default(), &local, vec![], "9.9").is_ok());
}
