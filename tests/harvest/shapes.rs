//! Lists of many shapes: shared links, no links, documents for links, loops, two lists, two sources on one host.

use crate::house::{Answer, House, Notice, Site, document, list_page, notices, source};

const LIST: &str = "/partneri";

fn pdf() -> Answer {
    let mut answer = Answer::new(200, "Content-Type: application/pdf\r\n", "");
    answer.body = include_bytes!("../../src/demo/site/profil-telavi.pdf").to_vec();
    answer
}

#[test]
fn entries_that_share_a_link_stay_apart_and_its_page_is_nobodys() {
    let site = Site::start();
    let mut all = notices(5);
    all[1].path = "/prihlaska".to_owned();
    all[3].path = "/prihlaska".to_owned();
    site.publish(LIST, &all);
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]).says("5 entries (5 new");
    assert_eq!(site.asked("/prihlaska"), 0);
    let (one, other) = (house.record(&all[1].title), house.record(&all[3].title));
    assert_ne!(one["url"], other["url"]);
    assert!(one["url"].as_str().unwrap().starts_with(&site.url("/partneri#")), "{one}");
    assert!(one["body"].is_null() && other["body"].is_null());
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    house.assert_rebuilds();
}

#[test]
fn entries_without_a_page_are_read_where_they_stand() {
    let site = Site::start();
    let items: String = notices(5)
        .iter()
        .map(|notice| {
            let text = notice.body.replace('\n', "</p><p>");
            format!("<article><h2>{}</h2><time>{}</time><p>{}</p><p>{text}</p></article>", notice.title, notice.date, notice.summary)
        })
        .collect();
    site.put(LIST, Answer::page(&document("Nabídky", &format!("<h1>Nabídky</h1>{items}"))));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]).says("5 entries (5 new, 0 changed, 0 gone); 1 request\n");
    for record in house.records() {
        assert!(record["body"].as_str().or(record["summary"].as_str()).unwrap().contains("má vlastní školu"), "{record}");
        assert!(record["url"].as_str().unwrap().contains("/partneri#"), "{record}");
    }
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    house.assert_rebuilds();
}

#[test]
fn a_link_to_a_document_makes_it_the_entrys_attachment() {
    let site = Site::start();
    let mut all = notices(4);
    all[1].path = "/soubory/nabidka.pdf".to_owned();
    site.publish(LIST, &all);
    site.put("/soubory/nabidka.pdf", pdf());
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]).says("4 entries");
    let record = house.record(&all[1].title);
    let attachments = record["attachments"].as_array().unwrap();
    assert_eq!(attachments.len(), 1, "{record}");
    assert_eq!(attachments[0]["media_type"], "application/pdf");
    assert!(attachments[0]["text"].as_str().unwrap().contains("Telavi"));
    assert_eq!(site.asked("/soubory/nabidka.pdf"), 1);
    house.assert_rebuilds();
}

#[test]
fn other_hosts_are_never_asked() {
    let (site, elsewhere) = (Site::start(), Site::start());
    let mut all = notices(4);
    all[2].path = elsewhere.url("/cizi").replace("127.0.0.1", "127.0.0.2");
    site.publish(LIST, &all);
    let abroad = elsewhere.url("/priloha.pdf").replace("127.0.0.1", "127.0.0.2");
    site.put(&all[0].path, Answer::page(&all[0].page().replace("</main>", &format!("<a href=\"{abroad}\">Příloha</a></main>"))));
    site.put(&all[1].path, Answer::moved(&elsewhere.url("/jinam").replace("127.0.0.1", "127.0.0.2")));
    let house = House::of(&site, &[LIST]);
    house.expect(3, &["crawl", "--all"]).says("out of scope");
    assert!(elsewhere.log().is_empty());
    let record = house.record(&all[2].title);
    assert_eq!(record["url"], all[2].path.as_str(), "the address is kept all the same");
    assert_eq!(house.record(&all[0].title)["attachments"][0]["url"], abroad.as_str());
    house.assert_rebuilds();
}

#[test]
fn pages_that_lead_in_a_circle_end() {
    let site = Site::start();
    let all = notices(9);
    let next = |to: &str| format!("<a rel=\"next\" href=\"{to}\">Další</a>");
    for notice in &all {
        site.put(&notice.path, Answer::page(&notice.page()));
    }
    site.put(LIST, Answer::page(&list_page(&all[..3], &next("/partneri?p=2"))));
    site.put("/partneri?p=2", Answer::page(&list_page(&all[3..6], &next("/partneri?p=3"))));
    site.put("/partneri?p=3", Answer::page(&list_page(&all[6..], &next("/partneri?p=2"))));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]).says("9 entries (9 new");
    assert_eq!(site.asked("/partneri?p=2"), 1);
    // The last page again and again under ever new addresses.
    site.put("/partneri?p=3", Answer::page(&list_page(&all[6..], &next("/partneri?p=4"))));
    site.put("/partneri?p=4", Answer::page(&list_page(&all[6..], &next("/partneri?p=5"))));
    house.expect(0, &["crawl", "--all"]).says("0 gone");
    assert_eq!(site.asked("/partneri?p=5"), 0);
    house.assert_rebuilds();
}

#[test]
fn max_pages_ends_a_list_and_says_so() {
    let site = Site::start();
    let all = notices(9);
    site.publish(LIST, &all);
    site.put(LIST, Answer::page(&list_page(&all[..3], "<a rel=\"next\" href=\"/partneri?p=2\">Další</a>")));
    site.put("/partneri?p=2", Answer::page(&list_page(&all[3..6], "<a rel=\"next\" href=\"/partneri?p=3\">Další</a>")));
    site.put("/partneri?p=3", Answer::page(&list_page(&all[6..], "")));
    let house = House::with(&site, &[LIST], "max_pages = 2");
    house.expect(3, &["crawl", "--all"]).says("6 entries").says("max_pages = 2 is reached");
    assert_eq!(site.asked("/partneri?p=3"), 0);
    house.assert_rebuilds();
}

#[test]
fn a_list_that_has_moved_is_followed() {
    let site = Site::start();
    let all = notices(6);
    site.publish("/novy/seznam", &all);
    site.put("/novy/seznam", Answer::page(&list_page(&all[..3], "<a rel=\"next\" href=\"?p=2\">Další</a>")));
    site.put("/novy/seznam?p=2", Answer::page(&list_page(&all[3..], "")));
    site.put(LIST, Answer::moved("/novy/seznam"));
    let house = House::of(&site, &[LIST]);
    house.expect(0, &["crawl", "--all"]).says("6 entries (6 new");
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    house.assert_rebuilds();
}

#[test]
fn a_notice_in_two_lists_is_one_record_with_an_alias() {
    let site = Site::start();
    let all = notices(5);
    let old: Vec<Notice> = all
        .iter()
        .map(|notice| Notice { path: format!("{}.aspx?utm_source=stare", notice.path.replace("/clanek/", "/stare/")), ..notice.clone() })
        .collect();
    site.publish(LIST, &all);
    site.publish("/stare", &old[2..]);
    let house = House::of(&site, &[LIST, "/stare"]);
    house.expect(0, &["crawl", "--all"]).says("5 entries (5 new");
    let record = house.record(&all[3].title);
    assert_eq!(record["url"], site.url(&all[3].path));
    assert_eq!(record["aliases"].as_array().unwrap().len(), 1, "{record}");
    assert!(site.log().iter().all(|request| !request.path.starts_with("/stare/")), "fetched once");
    house.expect(0, &["crawl", "--all"]).says("(0 new, 0 changed, 0 gone)");
    // It is gone only when both lists have dropped it.
    site.publish("/stare", &old[3..]);
    house.expect(0, &["crawl", "--all"]).says("0 gone");
    site.put(LIST, Answer::page(&list_page(&[all[0].clone(), all[1].clone(), all[3].clone(), all[4].clone()], "")));
    site.take(&all[2].path);
    house.expect(0, &["crawl", "--all"]).says("1 gone");
    house.assert_rebuilds();
}

#[test]
fn two_sources_on_one_host_keep_their_notices_apart() {
    let site = Site::start();
    let all = notices(8);
    site.publish("/partneri", &all[..4]);
    site.publish("/projekty", &all[4..]);
    let house = House::empty();
    let sources = source("partneri", &site.base(), &["/partneri"], "") + &source("projekty", &site.base(), &["/projekty"], "");
    house.configure(&sources);
    let ran = house.expect(0, &["crawl", "--all"]);
    ran.says("partneri: 4 entries").says("projekty: 4 entries");
    assert_eq!(house.records().iter().filter(|record| record["source"] == "projekty").count(), 4);
    house.expect(0, &["crawl", "projekty"]).says("projekty: 4 entries (0 new");
    house.assert_rebuilds();
}

#[test]
fn the_pause_holds_for_the_host_over_sources_and_processes() {
    let site = Site::start();
    let all = notices(6);
    site.publish("/partneri", &all[..3]);
    site.publish("/projekty", &all[3..]);
    let house = House::empty();
    let sources = source("partneri", &site.base(), &["/partneri"], "") + &source("projekty", &site.base(), &["/projekty"], "");
    std::fs::write(house.path("config.toml"), format!("home = \"state\"\n[crawler]\ndelay = \"60ms\"\n{sources}")).unwrap();
    house.expect(0, &["crawl", "--all"]);
    house.expect(0, &["crawl", "--all"]);
    let log = site.log();
    assert!(log.len() >= 18);
    for pair in log.windows(2) {
        let gap = pair[1].came - pair[0].came;
        assert!(gap.as_millis() >= 60, "{} came {gap:?} after {}", pair[1].path, pair[0].path);
    }
}

#[test]
fn details_and_attachments_can_be_left_out() {
    let site = Site::start();
    let all = notices(4);
    site.publish(LIST, &all);
    let house = House::with(&site, &[LIST], "details = false");
    house.expect(0, &["crawl", "--all"]).says("4 entries (4 new, 0 changed, 0 gone); 1 request\n");
    assert_eq!(house.record(&all[0].title)["url"], site.url(&all[0].path));
    house.assert_rebuilds();
}
