//! What an answer shows: marks, passages, explanations, facets, order and pages.

use serde_json::json;
use twindex::search::{At, Index, MatchKind, Options, SavedSearches, SortKey};

use super::{ask, indexed, notices, record, synced, titles};

fn marked(index: &Index, query: &str) -> Vec<String> {
    let answer = ask(index, query);
    let snippets = answer.hits.iter().flat_map(|hit| &hit.snippets);
    snippets.flat_map(|snippet| snippet.marks.iter().map(|(start, end)| snippet.text[*start..*end].to_owned())).collect()
}

#[test]
fn marks_stand_on_the_very_words_also_when_they_met_by_lemma() {
    let (_home, index) = indexed(vec![record(&json!({"title": "Žďárské obce", "summary": "O obcích a hřištích – „obecní\u{301}“ řeč."}))]);
    assert_eq!(marked(&index, "obec"), ["obce", "obcích", "obecní\u{301}"]);
    assert_eq!(marked(&index, "hřiště"), ["hřištích"]);
    assert_eq!(marked(&index, "\"o obcich\""), ["O", "obcích"]);
    assert_eq!(marked(&index, "hris*"), ["hřištích"]);
}

#[test]
fn the_passage_with_most_words_is_shown_and_cut_between_words() {
    let filler = "Šťastné příští léto v údolí řeky. ".repeat(40);
    let body = format!("{filler}Kouzelná knihovna stojí u mlýna. {filler}Knihovna sama. {filler}");
    let (_home, index) = indexed(vec![record(&json!({"title": "Zpráva", "body": body}))]);
    let answer = ask(&index, "knihovna mlýn");
    let snippet = &answer.hits[0].snippets[0];
    assert_eq!(snippet.field, "body");
    assert_eq!(marked(&index, "knihovna mlýn"), ["knihovna", "mlýna"]);
    assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
    assert!(snippet.text.chars().count() < 320, "{}", snippet.text);
    assert!(body.contains(snippet.text.trim_matches('…')));
}

/// What is cut must not be inside a word or a grapheme: the passage's ends are ends of the given pieces.
#[test]
fn passages_of_any_text_are_cut_between_words_and_graphemes() {
    let family = "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}";
    let accented = "pr\u{30c}i\u{301}lis\u{30c}";
    for (piece, between) in [
        ("nejneobhospodařovávatelnějšími", " "),
        (family, ""),
        (family, " "),
        (accented, " "),
        (accented, "-"),
        ("שלום", " "),
        ("السلام", "، "),
        ("一", "。"),
        ("a/b/c", "/"),
        ("\u{1f1e8}\u{1f1ff}", ""),
    ] {
        let filler = format!("{piece}{between}").repeat(300);
        let body = format!("{filler} hasiči {filler}");
        let (_home, index) = indexed(vec![record(&json!({"title": "Zpráva", "body": body}))]);
        let answer = ask(&index, "hasič");
        let snippet = answer.hits[0].snippets.iter().find(|snippet| snippet.field == "body").unwrap();
        let (start, end) = snippet.marks[0];
        assert_eq!(&snippet.text[start..end], "hasiči", "{piece}");
        assert!(snippet.text.chars().count() <= 400, "{}", snippet.text);
        let left = snippet.text[..start].trim_matches(['…', ' ']);
        let right = snippet.text[end..].trim_matches(['…', ' ']);
        for side in [left, right] {
            let rest = side.replace(piece, "");
            assert!(rest.chars().all(|letter| between.contains(letter) || letter == ' '), "{piece} is cut: {side}");
        }
    }
}

#[test]
fn a_passage_is_found_far_inside_a_long_text_without_blanks() {
    let filler = "mostecká/".repeat(60_000);
    let (_home, index) = indexed(vec![record(&json!({"title": "Zpráva", "body": format!("{filler}hasiči/{filler}")}))]);
    assert_eq!(marked(&index, "hasič"), ["hasiči"]);
    // One word, longer than any passage.
    let endless = "ž".repeat(500_000);
    let (_home, index) = indexed(vec![record(&json!({"title": "Zpráva", "body": format!("{endless} hasiči")}))]);
    assert_eq!(marked(&index, "hasič"), ["hasiči"]);
    let text = ask(&index, "hasič").hits.remove(0).snippets.remove(0).text;
    assert!(text.chars().count() < 400, "{}", text.len());
}

#[test]
fn a_passage_is_not_shown_twice() {
    let text = "Obec Krásná pořádá každý podzim setkání včelařů z celého kraje. ".repeat(12);
    let attachment =
        json!({"url": "https://union.test/f.pdf", "title": "Zápis", "media_type": "application/pdf", "bytes": 1, "text": text});
    let (_home, index) = indexed(vec![record(&json!({"title": "Zpráva", "body": text, "attachments": [attachment]}))]);
    assert_eq!(ask(&index, "včelař").hits[0].snippets.len(), 1);
}

#[test]
fn exact_spelling_ranks_above_folded() {
    let town = |key: &str, title: &str| record(&json!({"key": key, "title": title, "published": "2010-01-01"}));
    let (_home, index) = indexed(vec![town("a", "Šala hledá partnera"), town("b", "Sala hledá partnera"), town("c", "Šala zve partnera")]);
    assert_eq!(ask(&index, "Sala").hits[0].record.title, "Sala hledá partnera");
    assert_eq!(titles(&ask(&index, "Šala"))[2], "Sala hledá partnera");
    assert_eq!(ask(&index, "\"Šala\"").total, 2);
}

#[test]
fn an_explanation_names_the_words_of_the_record() {
    let (_home, index) = indexed(vec![record(&json!({
        "title": "Litevské město zve přátele", "summary": "Radnice v Kaunasu pořádá veletrhy.", "countries": ["LT"], "themes": ["tourism"],
        "places": [{"as_written": "Kaunas", "geonames_id": 598_316}],
    }))]);
    let told = |query: &str, kind: MatchKind, at: At| {
        let answer = index.search(query, &Options { explain: true, ..Options::default() }).unwrap();
        let met = answer.hits[0].explanation.clone().unwrap();
        met.iter().find(|met| met.kind == kind && met.at == at).map_or_else(|| panic!("{query}: {met:?}"), |met| met.by.join(" "))
    };
    assert_eq!(told("veletrh", MatchKind::Lemma, At::Head), "veletrhy");
    assert_eq!(told("Litva", MatchKind::Derivation, At::Head), "Litevské");
    assert_eq!(told("Litva", MatchKind::Country, At::Facts), "Litva");
    assert_eq!(told("Kovno", MatchKind::Place, At::Facts), "Kaunas");
    assert_eq!(told("turistika", MatchKind::Topic, At::Facts), "tourism");
    assert_eq!(told("veletryh", MatchKind::Typo, At::Head), "veletrhy");
    assert_eq!(told("pořádá veletrhy", MatchKind::Proximity, At::Text), "");
}

#[test]
fn facets_count_all_hits_not_the_page() {
    let (_home, index) = indexed(notices());
    let answer = index.search("", &Options { limit: 1, ..Options::default() }).unwrap();
    assert_eq!(answer.total, notices().len());
    let sum = |counts: &[(String, u64)]| counts.iter().map(|(_, count)| count).sum::<u64>();
    assert_eq!(sum(&answer.facets.year), sum(&answer.facets.month));
    assert_eq!(sum(&answer.facets.kind), answer.total as u64);
    let (country, count) = &answer.facets.country[0];
    assert_eq!(ask(&index, &format!("country:{country}")).total as u64, *count);
    assert!(serde_json::to_value(&answer).unwrap()["facets"]["country"][country].is_u64());
}

#[test]
fn pages_put_together_are_the_whole_list() {
    let (_home, index) = indexed(notices());
    for by in [SortKey::Relevance, SortKey::Date, SortKey::Place, SortKey::Population] {
        for reversed in [false, true] {
            let options = |offset, limit| Options { sort: twindex::search::Sort { by, reversed }, offset, limit, ..Options::default() };
            let ids =
                |options| index.search("město OR obec", &options).unwrap().hits.into_iter().map(|hit| hit.record.id).collect::<Vec<_>>();
            let whole = ids(options(0, usize::MAX));
            let pages: Vec<_> = (0..whole.len()).step_by(7).flat_map(|offset| ids(options(offset, 7))).collect();
            assert!(whole.len() > 20);
            assert_eq!(whole, pages, "{by:?}");
            let all: Vec<_> = index.matching("město OR obec", &options(3, 1)).unwrap().map(|record| record.unwrap().id).collect();
            assert_eq!(whole, all);
        }
    }
}

#[test]
fn sorting_puts_missing_values_last_both_ways() {
    let town = |key: &str, place: Option<&str>, people: Option<u32>| {
        let places: Vec<_> = place.iter().map(|name| json!({"as_written": name})).collect();
        record(
            &json!({"key": key, "title": key, "places": places, "population": people.map(|value| json!({"value": value, "qualifier": "exact"}))}),
        )
    };
    let (_home, index) = indexed(vec![
        town("čas", Some("Čas"), Some(5)),
        town("nic", None, None),
        town("chlum", Some("Chlum"), Some(500)),
        town("cvikov", Some("Cvikov"), Some(50)),
    ]);
    for (sort, order) in [
        ("place", ["cvikov", "čas", "chlum", "nic"]),
        ("-place", ["chlum", "čas", "cvikov", "nic"]),
        ("population", ["chlum", "cvikov", "čas", "nic"]),
        ("-population", ["čas", "cvikov", "chlum", "nic"]),
    ] {
        let answer = index.search("", &Options { sort: sort.parse().unwrap(), ..Options::default() }).unwrap();
        assert_eq!(titles(&answer), order, "{sort}");
    }
}

#[test]
fn more_like_this_shares_words_and_facts() {
    let (_home, index) = indexed(notices());
    let spa = ask(&index, "lázeňské město").hits[0].record.clone();
    let similar = index.similar(&spa.id, 5).unwrap();
    assert_eq!(similar.len(), 5);
    assert!(similar.iter().all(|hit| hit.record.id != spa.id));
    assert!(similar.iter().take(3).any(|hit| hit.record.facts.themes.contains(&twindex::record::Theme::Tourism)));
}

#[test]
fn a_saved_search_tells_only_what_is_new() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("search");
    let town = |key: &str| record(&json!({"key": key, "title": format!("Obec {key}")}));
    let path = home.path().join("searches.json");
    let found = |index: &Index| index.matching("obec", &Options::default()).unwrap().collect::<Vec<_>>();
    let index = synced(&dir, 1, [town("a")]);
    let mut saved = SavedSearches::open(&path).unwrap();
    saved.save("obce", "obec", found(&index)).unwrap();
    assert!(saved.news("obce", found(&index)).unwrap().is_empty());
    let index = synced(&dir, 2, [town("a"), town("b")]);
    let mut saved = SavedSearches::open(&path).unwrap();
    // The same again keeps what was seen; another question does not take the name.
    saved.save("obce", "obec", found(&index)).unwrap();
    assert!(saved.save("obce", "město", found(&index)).unwrap_err().to_string().contains("`obec`"));
    let news = saved.news("obce", found(&index)).unwrap();
    assert_eq!(news.iter().map(|news| news.record.title.as_str()).collect::<Vec<_>>(), ["Obec b"]);
    saved.look("obce", &news).unwrap();
    assert!(SavedSearches::open(&path).unwrap().news("obce", found(&index)).unwrap().is_empty());
    saved.remove("obce").unwrap();
    assert!(saved.news("obce", found(&index)).is_err());
}
