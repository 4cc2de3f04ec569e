//! `GeoJSON` after RFC 7946 and Atom after RFC 4287, as a map and a feed reader need them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};
use twindex::export::Format;
use twindex::record::{Record, RecordId};

use super::{bare, exported, full, written};

#[test]
fn each_linked_place_is_a_point_on_the_map() {
    let map: Value = serde_json::from_str(&exported(&Format::Geojson, &[full(), bare("x")], Some("Tavira"))).expect("JSON");
    assert_eq!(map["type"], "FeatureCollection");
    assert_eq!(map["metadata"]["query"], "Tavira");
    assert_eq!(map["metadata"]["attribution"], json!(["Data: GeoNames"]));
    let features = map["features"].as_array().expect("features");
    assert_eq!(features.len(), 3, "two seekers, and a record without any");
    assert!(features[1..].iter().all(|feature| feature["geometry"].is_null()), "what is on no map has no geometry (§3.2)");
    assert_eq!((&features[1]["properties"]["place"], &features[2]["properties"]["place"]), (&json!("Nikde"), &Value::Null));
    let counts = written(&Format::Geojson, &[full(), bare("x"), bare("y")], None).1;
    assert_eq!((counts.records, counts.placed), (3, Some(1)));
    assert_eq!(features[0]["type"], "Feature");
    assert_eq!(features[0]["geometry"], json!({"type": "Point", "coordinates": [-8.451, 37.131]}), "longitude comes first (§3.1.1)");
    assert_eq!(features[0]["properties"]["id"], "zkouska/2026-03-01-tavira");
    assert_eq!(features[0]["properties"]["population"], 26000);
    let empty: Value = serde_json::from_str(&exported(&Format::Geojson, &[], None)).expect("JSON");
    assert_eq!(empty["features"], json!([]));
}

#[test]
fn a_feed_in_json_says_the_same() {
    let there = Record { gone_since: None, ..full() };
    let feed: Value = serde_json::from_str(&exported(&Format::Jsonfeed, &[there, full(), bare("x")], Some("\"vody\" {"))).expect("JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!((&feed["title"], &feed["feed_url"]), (&json!("twindex: \"vody\" {"), &json!("https://me.test/feed.xml")));
    let items = feed["items"].as_array().expect("items");
    assert_eq!(items.len(), 3);
    for item in items {
        assert!(item["id"].is_string() && item["content_text"].is_string(), "an item needs an id and a content");
        assert!(item["tags"].as_array().expect("tags").iter().all(Value::is_string));
    }
    assert_eq!(items[0]["date_published"], "2026-03-01T00:00:00Z");
    assert_eq!(items[0]["attachments"][0]["mime_type"], "application/pdf");
    assert_eq!(items[1]["_twindex"]["gone_since"], "2026-03-03T12:00:00Z");
}

/// Elements of a well-formed document, each with its path and text.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut path, mut found): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in\n{xml}")) {
            Event::Start(tag) => {
                path.push(tag.name().as_ref().to_owned());
                open.push(found.len());
                found.push((path.join("/"), String::new()));
            }
            Event::Empty(tag) => found.push((format!("{}/{}", path.join("/"), tag.name().as_ref()), String::new())),
            Event::Text(text) => {
                if let Some(last) = open.last() {
                    found[*last].1.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let text = match &*name {
                    "lt" => "<".to_owned(),
                    "gt" => ">".to_owned(),
                    "amp" => "&".to_owned(),
                    "quot" => "\"".to_owned(),
                    "apos" => "'".to_owned(),
                    _ => name.resolve_char_ref().expect("a reference").expect("a character").to_string(),
                };
                if let Some(last) = open.last() {
                    found[*last].1.push_str(&text);
                }
            }
            Event::End(_) => {
                path.pop();
                open.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty(), "{path:?} is not closed");
    found
}

fn texts<'a>(found: &'a [(String, String)], path: &'a str) -> Vec<&'a str> {
    found.iter().filter(|(at, _)| at == path).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn a_feed_has_what_the_rfc_requires() {
    let there = Record { gone_since: None, ..full() };
    let found = elements(&exported(&Format::Atom, &[there, bare("x")], Some("\"odpadní vody\" <>")));
    for path in ["feed/id", "feed/title", "feed/updated"] {
        assert_eq!(texts(&found, path).len(), 1, "{path} (§4.1.1)");
    }
    for path in ["feed/entry/id", "feed/entry/title", "feed/entry/updated", "feed/entry/author/name", "feed/entry/link"] {
        assert_eq!(texts(&found, path).len(), 2, "{path} (§4.1.2)");
    }
    let ids: BTreeSet<&str> = texts(&found, "feed/entry/id").into_iter().chain(texts(&found, "feed/id")).collect();
    assert_eq!(ids.len(), 3, "every id is another one");
    for id in ids {
        assert!(id.starts_with("tag:") && !id.contains([' ', '"', '<', '>']), "{id:?} is no IRI (§4.2.6)");
    }
    for time in texts(&found, "feed/updated").into_iter().chain(texts(&found, "feed/entry/updated")) {
        assert!(time.parse::<jiff::Timestamp>().is_ok(), "{time} (§3.3)");
    }
    assert_eq!(texts(&found, "feed/entry/published"), ["2026-03-01T00:00:00Z"]);
    assert_eq!(texts(&found, "feed/entry/updated"), ["2026-03-02T09:00:00Z", "2026-03-01T12:00:00Z"], "it moves with a change");
    assert_eq!(texts(&found, "feed/updated"), ["2026-03-02T09:00:00Z"]);
    assert_eq!(texts(&found, "feed/entry/content"), ["První odstavec.\n\nDruhý, s čárkou."]);
}

#[test]
fn a_feed_says_where_it_stands_and_what_was_removed() {
    let xml = exported(&Format::Atom, &[full(), bare("x")], None);
    assert!(xml.contains(r#"<link rel="self" type="application/atom+xml" href="https://me.test/feed.xml"/>"#), "{xml}");
    let deleted = r#"<at:deleted-entry ref="tag:twindex.invalid,2026:zkouska/2026-03-01-tavira" when="2026-03-03T12:00:00Z">"#;
    assert!(xml.contains(deleted) && xml.contains(r#"xmlns:at="http://purl.org/atompub/tombstones/1.0""#), "RFC 6721 §3: {xml}");
    let found = elements(&xml);
    assert_eq!(texts(&found, "feed/entry/id").len(), 1, "what is gone is no entry");
    assert_eq!(texts(&found, "feed/updated"), ["2026-03-03T12:00:00Z"]);
}

/// What XML 1.0 has of a text (§2.2); a carriage return is none of what our sample has.
fn in_xml(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_feed(title in "(<b>|&amp;|]]>|[\"'\u{0}\u{1b}\u{fffe}\n🙂]|\\PC){0,20}", url in "(https://a.test/)?(&|<|[\"'\u{1}\n]|\\PC){0,10}") {
        let there = Record { summary: Some(title.clone()), body: Some(title.clone()), url: url.clone(), ..bare(&title) };
        let gone = Record { url, id: RecordId(title.clone()), ..full() };
        let xml = exported(&Format::Atom, &[there, gone], Some(&title));
        prop_assert_eq!(&in_xml(&xml), &xml, "it holds characters that no XML has");
        let found = elements(&xml);
        for path in ["feed/entry/title", "feed/entry/summary", "feed/entry/content"] {
            prop_assert_eq!(texts(&found, path), [in_xml(&title)]);
        }
    }
}
