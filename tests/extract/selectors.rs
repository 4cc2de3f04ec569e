//! Configured selectors win over structure, and say so when they match nothing.

use jiff::civil::date;
use scraper::Selector;
use twindex::config::Selectors;
use twindex::extract::ProblemKind;

use super::read_with;

const HTML: &str = "<h1>Letters</h1><div class=x><i>3. 3. 2020</i><u>4. 4. 2019</u><h3><a href=/a/1>Wrong title</a></h3><b><a href=/b/1>Elm writes</a></b><p>Lead.</p><em>Chosen.</em></div>\
    <div class=x><i>2. 3. 2020</i><u>3. 4. 2019</u><h3><a href=/a/2>Wrong again</a></h3><b><a href=/b/2>Oak writes</a></b><p>Lead.</p><em>Chosen too.</em></div>\
    <ul><li>1. 1. 2020 <a href=/c/1>Other list</a></li><li>2. 1. 2020 <a href=/c/2>Other list</a></li></ul>";

fn compiled(css: &str) -> Option<Selector> {
    Selector::parse(css).ok()
}

#[test]
fn every_field_can_be_chosen() {
    let selectors =
        Selectors { entry: compiled("div.x"), date: compiled("u"), title: compiled("b"), summary: compiled("em"), ..Selectors::default() };
    let listing = read_with("https://elm.example/l", HTML, &selectors);
    assert_eq!(listing.entries.len(), 2);
    let first = &listing.entries[0];
    assert_eq!((first.published, first.title.as_str(), first.summary.as_deref()), (Some(date(2019, 4, 4)), "Elm writes", Some("Chosen.")));
    assert_eq!(first.link.as_ref().unwrap().path(), "/b/1");
    assert_eq!(listing.problems, []);
}

#[test]
fn the_entry_selector_picks_the_list() {
    let selectors = Selectors { entry: compiled("li"), ..Selectors::default() };
    let listing = read_with("https://elm.example/l", HTML, &selectors);
    assert_eq!(listing.entries.iter().map(|entry| entry.published).collect::<Vec<_>>(), [Some(date(2020, 1, 1)), Some(date(2020, 1, 2))]);
}

#[test]
fn a_selector_without_a_match_is_a_problem() {
    let selectors = Selectors { entry: compiled("article"), date: compiled("time"), ..Selectors::default() };
    let kinds: Vec<_> = read_with("https://elm.example/l", HTML, &selectors).problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::Selector, ProblemKind::Selector, ProblemKind::NoEntries]);
}
