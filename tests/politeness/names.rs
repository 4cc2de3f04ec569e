//! Names and the addresses behind them: every answer of every look-up is judged, at each hop, before anything is dialled.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use twindex::config::{Crawler, Source};
use twindex::crawl::{Client, Lookup};
use twindex::visit::{Outcome, Refusal};
use url::Url;

use super::site::{ALL, Site, ask, last, moved, page, why, with_robots};

fn crawler() -> Crawler {
    Crawler { contact: Some("me@univ.cz".into()), delay: Duration::ZERO, timeout: Duration::from_secs(2), retries: 0, ..Crawler::default() }
}

fn ips(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().expect("an address")).collect()
}

/// A client of these listings, whose names a function answers.
fn client(listing: &[String], answers: impl Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static) -> Client {
    let listing = listing.iter().map(|text| Url::parse(text).expect("an address")).collect();
    Client::with_lookup(&crawler(), &Source::new("town", listing), vec![], "9.9", Lookup::By(Arc::new(answers))).expect("a client")
}

#[tokio::test]
async fn a_public_name_with_an_inner_address_is_never_dialled() {
    let site = Site::start(|_, _| page("inner")).await;
    let port = site.at.port();
    for answer in [
        &["127.0.0.1"][..],
        &["::ffff:127.0.0.1"],
        &["::1", "10.0.0.1"],
        &["192.168.1.1"],
        &["169.254.169.254"],
        &["fe80::1"],
        &["fd00:ec2::254"],
        &["64:ff9b::7f00:1"],
        &["2002:7f00:1::"],
        &["0.0.0.0"],
        &["100.64.0.1", "172.16.5.5", "224.0.0.1"],
    ] {
        let answer = ips(answer);
        let shown = format!("{answer:?}");
        let client = client(&[format!("http://mesto.test:{port}/")], move |_| answer.clone());
        let visit = last(&client, Url::parse(&format!("http://mesto.test:{port}/a")).expect("an address")).await;
        assert!(matches!(visit.outcome, Outcome::Refused(Refusal::Address(_))), "{shown}: {}", why(&visit));
    }
    assert!(site.seen().is_empty(), "{:?}", site.paths());
}

#[tokio::test]
async fn of_several_answers_only_the_admitted_are_dialled() {
    let site = Site::start(with_robots(ALL, |_, _| page("x"))).await;
    let client = client(&[format!("http://localhost:{}/", site.at.port())], |_| ips(&["192.168.7.7", "127.0.0.1", "10.9.9.9"]));
    let visit = last(&client, Url::parse(&format!("http://localhost:{}/a", site.at.port())).expect("an address")).await;
    assert_eq!(visit.outcome, Outcome::Page);
    assert_eq!(visit.exchange.expect("an answer").ip, Some(site.at.ip()));
}

#[tokio::test]
async fn a_name_that_turns_between_two_lookups_is_refused_at_the_second() {
    let site = Site::start(with_robots(ALL, |_, _| page("x"))).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let client = client(&[format!("http://localhost:{}/", site.at.port())], move |_| {
        ips(if count.fetch_add(1, Ordering::SeqCst) < 2 { &["127.0.0.1"] } else { &["169.254.169.254"] })
    });
    let url = |path: &str| Url::parse(&format!("http://localhost:{}{path}", site.at.port())).expect("an address");
    assert_eq!(last(&client, url("/a")).await.outcome, Outcome::Page);
    let visit = last(&client, url("/b")).await;
    assert!(matches!(&visit.outcome, Outcome::Refused(Refusal::Address(why)) if why.contains("169.254.169.254")), "{}", why(&visit));
    assert_eq!(site.paths(), ["/robots.txt", "/a"]);
    assert_eq!(asked.load(Ordering::SeqCst), 3, "one look-up for each connection, and none that is kept");
}

#[tokio::test]
async fn each_hop_is_looked_up_and_judged() {
    let to = Arc::new(Mutex::new(String::new()));
    let target = Arc::clone(&to);
    let site =
        Site::start(with_robots(ALL, move |path, _| if path == "/a" { moved(&target.lock().expect("whole")) } else { page("x") })).await;
    let port = site.at.port();
    *to.lock().expect("whole") = format!("http://druhe.localhost:{port}/b");
    let listings = [format!("http://localhost:{port}/"), format!("http://druhe.localhost:{port}/")];
    let client = client(&listings, |name| ips(if name == "localhost" { &["127.0.0.1"] } else { &["172.16.0.9"] }));
    let visits = client.visit(ask(Url::parse(&format!("http://localhost:{port}/a")).expect("an address"))).await;
    assert!(matches!(visits[1].outcome, Outcome::Moved { .. }), "{}", why(&visits[1]));
    let last = visits.last().expect("a visit");
    assert!(matches!(last.outcome, Outcome::Refused(Refusal::Address(_))), "{}", why(last));
    assert_eq!(site.paths(), ["/robots.txt", "/a"]);
}

#[tokio::test]
async fn a_redirect_to_a_number_or_with_a_password_goes_nowhere() {
    let site = Site::start(with_robots(ALL, |path, _| match path {
        "/decimal" => moved("http://2130706433/"),
        "/octal" => moved("http://0177.0.0.1/"),
        "/hex" => moved("http://0x7f.1/"),
        "/mapped" => moved("http://[::ffff:a9fe:a9fe]/"),
        "/password" => moved("http://user:secret@localhost/"),
        _ => page("x"),
    }))
    .await;
    let client = client(&[format!("http://localhost:{}/", site.at.port())], |_| ips(&["127.0.0.1"]));
    for path in ["/decimal", "/octal", "/hex", "/mapped", "/password"] {
        let visit = last(&client, Url::parse(&format!("http://localhost:{}{path}", site.at.port())).expect("an address")).await;
        assert!(matches!(visit.outcome, Outcome::Refused(_)), "{path}: {}", why(&visit));
        assert!(!why(&visit).contains("secret"), "{}", why(&visit));
    }
    assert_eq!(site.seen().len(), 6, "robots.txt and the five that moved");
}
