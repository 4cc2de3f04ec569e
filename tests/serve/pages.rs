//! What each kind of page says, in both languages.

use serde_json::Value;

use super::{DEMO, demo, first};
use crate::house::json_lines;

#[test]
fn a_search_shows_what_it_counts_and_every_state_is_an_address() {
    let served = demo();
    let all = served.get("/");
    let total = served.get("/api/stats").json()["total"].as_u64().unwrap();
    assert_eq!(all.status, 200);
    all.has(&format!("{total}\u{a0}oznámení")).has("<html lang=\"cs\">").has("rel=\"search\"");
    let english = served.get("/en/?q=partner&country=PL");
    english.has("<html lang=\"en\">").has("Poland").has("remove").has("hreflang=\"cs\"");
    let narrowed = served.get("/api/stats?q=partner&country=PL").json()["total"].as_u64().unwrap();
    english.has(&format!("{narrowed}\u{a0}notice"));
    // The group in force still counts what it would be without it.
    let without = served.get("/api/stats?q=partner").json();
    let other = without["facets"]["country"].as_object().unwrap().keys().find(|code| *code != "PL").unwrap().clone();
    english.has(&format!("country=PL&amp;country={other}"));
}

#[test]
fn facets_add_up_with_the_answer_they_lead_to() {
    let served = demo();
    let facets = served.get("/api/stats").json()["facets"].clone();
    for (group, parameter) in [("country", "country"), ("kind", "kind"), ("theme", "theme"), ("wanted_country", "wanted")] {
        for (value, count) in facets[group].as_object().unwrap() {
            let narrowed = served.get(&format!("/api/stats?{parameter}={value}")).json();
            assert_eq!(&narrowed["total"], count, "{parameter}={value}");
        }
    }
    for (year, count) in facets["year"].as_object().unwrap() {
        assert_eq!(&served.get(&format!("/api/stats?from={year}&to={year}")).json()["total"], count, "{year}");
    }
}

#[test]
fn every_place_leads_to_its_notices() {
    let served = demo();
    let places = served.get("/api/places").json();
    let places = places.as_array().unwrap();
    assert!(places.len() > 5);
    for place in places.iter().filter(|place| place["geonames_id"].is_i64()).take(8) {
        let (id, count) = (&place["geonames_id"], &place["records"]);
        assert_eq!(&served.get(&format!("/api/stats?place={id}")).json()["total"], count, "{place}");
        served.get(&format!("/place/{id}")).has(&format!("{count}\u{a0}oznámení")).has("class=\"map\"");
    }
    served.get("/places").has("class=\"map\"").has("Natural Earth");
    served.get("/en/country/PL").has("<h1>Poland</h1>");
    assert_eq!(served.get("/place/1").status, 404);
    assert_eq!(served.get("/country/QQ").status, 404);
}

#[test]
fn views_of_one_question_agree() {
    let served = demo();
    let total = served.get("/api/stats?q=partner").json()["total"].as_u64().unwrap();
    for view in ["", "&view=table", "&view=timeline", "&view=map"] {
        served.get(&format!("/?q=partner{view}")).has(&format!("{total}\u{a0}oznámení"));
    }
    served.get("/?q=partner&view=table&column=date&column=title&sort=date").has("aria-sort").lacks("Obyvatel ↓");
    served.get("/?view=timeline").has("Oznámení podle let").has("<th scope=\"row\"><a");
    served.get("/?view=map").has("<circle").has("<table>");
}

#[test]
fn a_record_has_its_words_its_facts_and_where_they_were_read() {
    let served = demo();
    let id = first(&served, "kind:partner_search");
    let record = served.get(&format!("/api/records/{id}")).json();
    let page = served.get(&format!("/record/{id}"));
    let linked = page.body.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(linked).unwrap().to_string().contains(record["title"].as_str().unwrap()));
    page.has("class=\"evidence").has("role=\"tooltip\"").has("facts-table").has(record["source"].as_str().unwrap());
    assert!(record["evidence"].as_array().unwrap().len() > 1);
    served.get(&format!("/en/record/{id}/versions")).has("first seen").has("Version");
    let archived = served.get(&format!("/record/{id}/archived"));
    archived.has("<iframe class=\"archived\"").has("sandbox").has("HTTP 200");
    let frame = archived.body.split("<iframe class=\"archived\" src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let stored = served.get(&frame);
    assert_eq!(stored.status, 200, "{stored:?}");
    assert!(stored.field("content-security-policy").unwrap().starts_with("default-src 'none'"));
    stored.has("Archived page").lacks("<script");
    assert_eq!(served.get("/record/demo/nothing").status, 404);
    assert_eq!(served.get(&format!("/record/{id}?version=newest")).status, 404);
}

#[test]
fn a_past_day_is_searched_as_the_site_stood() {
    let served = demo();
    served.get("/?as-of=2001").has("Nic nenalezeno").has("Stav webu ke dni");
    let today = served.get("/api/stats?as-of=2099-12-31").json();
    let gone = served.get("/api/stats?q=gone:yes").json()["total"].as_u64().unwrap();
    assert_eq!(today["total"].as_u64().unwrap() + gone, served.get("/api/stats").json()["total"].as_u64().unwrap());
}

#[test]
fn the_rest_of_the_pages_are_there_in_both_languages() {
    let served = demo();
    for (path, czech, english) in [
        ("/changes?since=2000", "Změny", "Changes"),
        ("/about", "Poslední úplný průchod", "Last complete crawl"),
        ("/help", "lázně a senioři", "Fields"),
        ("/places", "Místa", "Places"),
    ] {
        served.get(path).has(czech).has("lang=\"cs\"");
        served.get(&format!("/en{path}")).has(english).has("lang=\"en\"");
    }
    served.get("/opensearch.xml").has(&format!("http://{}/?q={{searchTerms}}", served.host));
    served.get("/robots.txt").has("Disallow: /*?");
}

#[test]
fn the_changes_that_follow_one_are_on_its_next_page() {
    let served = demo();
    let changes = json_lines(&DEMO.expect(0, &["--home", "state", "changes", "--json"]).stdout);
    let word = |change: &Value, name: &str| change[name].as_str().unwrap().to_owned();
    let marked = |change: &Value| format!("/record/{}", word(change, "id"));
    let [one, two] = [3, 4].map(|at| &changes[at]);
    let after = format!("{},{},{},{}", word(one, "at"), word(one, "change"), one["version"], word(one, "id"));
    let page = served.get(&format!("/changes?since=2000&after={after}"));
    let listed = page.body.find(&marked(two)).expect("what follows");
    assert_eq!(page.body[..listed].matches("class=\"change ").count(), 1, "nothing comes before it");
    assert_eq!(served.get("/changes?after=yesterday").status, 404);
}

#[test]
fn what_cannot_be_used_is_told_and_the_rest_holds() {
    let served = demo();
    served.get("/?q=partner&kind=feast&from=yesterday").has("feast").has("yesterday").has("class=\"hits\"");
    served.get("/?q=xyzzyqux").has("Nic nenalezeno").has("xyzzyqux");
    served.get("/changes?since=zitra").has("není den");
}

#[test]
fn suggestions_are_places_and_titles() {
    let served = demo();
    let places = served.get("/api/places").json();
    let name = places[0]["name"].as_str().unwrap().to_owned();
    let typed: String = name.chars().take(3).collect();
    let answer = served.get(&format!("/suggest?q={}", url::form_urlencoded::byte_serialize(typed.as_bytes()).collect::<String>())).json();
    assert!(answer[1].as_array().unwrap().iter().any(|value| value == name.as_str()), "{answer}");
    // A later word of a name.
    served.get("/suggest?q=karlovci").has("\"Sremski Karlovci\"");
    assert_eq!(served.get("/suggest?q=").json()[1].as_array().unwrap().len(), 0);
}
