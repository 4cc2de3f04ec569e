//! The static copy: whole, closed in itself, counted truly, and searched from a disk in a real browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::json;

use super::DEMO;
use super::chromium::Chromium;
use crate::house::House;

/// Written once for all tests that only read, with what the program said.
static COPY: LazyLock<(PathBuf, String)> = LazyLock::new(|| {
    let said = DEMO.expect(0, &["--home", "state", "export", "--format", "site", "copy"]).stderr;
    (DEMO.path("copy"), said)
});

fn files(folder: &Path) -> Vec<PathBuf> {
    let inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    inside.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn records() -> Vec<serde_json::Value> {
    let lines = DEMO.expect(0, &["--home", "state", "--quiet", "export"]).stdout;
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The values of attributes that lead somewhere.
fn links(page: &str) -> Vec<String> {
    let link = regex::Regex::new(r#" (?:href|src|action)="([^"]*)""#).unwrap();
    link.captures_iter(page).map(|found| found[1].replace("&amp;", "&")).collect()
}

#[test]
fn every_link_leads_to_a_file_of_the_copy_or_out() {
    let (copy, _) = &*COPY;
    let pages: Vec<PathBuf> = files(copy).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")).collect();
    let mut reached = BTreeSet::new();
    for page in &pages {
        for link in links(&fs::read_to_string(page).unwrap()) {
            if ["https:", "http:", "mailto:", "tel:", "#"].iter().any(|beginning| link.starts_with(beginning)) {
                continue;
            }
            let file = page.parent().unwrap().join(link.split(['?', '#']).next().unwrap());
            let file = file.canonicalize().unwrap_or_else(|error| panic!("{}: {link}: {error}", page.display()));
            assert!(file.starts_with(copy.canonicalize().unwrap()), "{link} leads out of the copy");
            reached.insert(file);
        }
    }
    // By links alone every page is reached, so that nothing needs a script.
    let lost: Vec<&PathBuf> = pages.iter().filter(|page| !reached.contains(&page.canonicalize().unwrap())).collect();
    assert_eq!(lost, Vec::<&PathBuf>::new());
}

#[test]
fn what_is_told_is_what_is_there() {
    let (copy, said) = &*COPY;
    let pages = files(copy).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")).count();
    let records = records();
    assert!(said.contains(&format!("{} records written on {pages} pages.", records.len())), "{said}");
    for record in &records {
        for language in ["", "en/"] {
            let page = fs::read_to_string(copy.join(format!("{language}record/{}.html", record["id"].as_str().unwrap()))).unwrap();
            assert!(page.contains(&format!("<code>{}</code>", record["id"].as_str().unwrap())));
        }
    }
    assert_eq!(fs::read_to_string(copy.join("download/notices.jsonl")).unwrap().lines().count(), records.len());
    assert!(fs::read_to_string(copy.join("feed.atom")).unwrap().contains("<entry>"));
}

#[test]
fn a_copy_is_whole_or_not_there() {
    let house = House::empty();
    house.expect(0, &["--home", "state", "--quiet", "demo"]);
    fs::create_dir(house.path("other")).unwrap();
    fs::write(house.path("other/mine"), "").unwrap();
    let site = ["--home", "state", "export", "--format", "site"];
    let refused = |more: &[&str], why: &str| {
        let said = house.expect(2, &[&site[..], more].concat()).stderr;
        assert!(said.contains(why), "{said}");
    };
    refused(&["other"], "not empty");
    assert_eq!(files(&house.path("other")).len(), 1);
    refused(&[], "name the folder");
    refused(&["new", "--query", "voda"], "whole archive");
    refused(&["new", "--as-of", "2020"], "whole archive");
    refused(&["nowhere/new"], "cannot write");
    assert!(house.expect(2, &["--home", "state", "export", "new"]).stderr.contains("--format site"));
    assert!(!house.path("new").exists());
    fs::create_dir(house.path("new")).unwrap();
    house.expect(0, &[&site[..], &["new"]].concat());
    let left = fs::read_dir(house.path(""))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".twindex-"));
    assert_eq!(left.count(), 0);
}

#[test]
fn a_copy_is_searched_from_the_disk() {
    let Some(browser) = Chromium::start() else { return };
    let start = format!("file://{}", COPY.0.join("index.html").canonicalize().unwrap().display());
    let titles = "[...document.querySelectorAll('.hits h2 a')].map(link => link.textContent)";
    let done = "document.querySelector('.results').hasAttribute('aria-busy') === false";
    browser.open(&start);
    browser.click("#q");
    browser.type_text("lazne v estonsku");
    browser.and_load(|| browser.click(".box button"));
    browser.until(done);
    browser.until("document.querySelectorAll('.hits mark').length > 1");
    assert_eq!(browser.eval(&format!("{titles}.length")), 1);
    assert!(browser.text("document.querySelector('.hits').textContent").contains("Kuressaare"));
    browser.and_load(|| browser.click(".hits h2 a"));
    assert!(browser.text("document.querySelector('h1').textContent").contains("Kuressaare"));
    // Narrowing counts as it says, in the other language, and what is left out is out.
    browser.open(&start.replace("index.html", "en/index.html?q=partner&kind=partner_search"));
    browser.until("document.querySelectorAll('.facets section').length > 2");
    let told = browser.text("document.querySelector('.facets section a .n').textContent");
    browser.and_load(|| browser.click(".facets section a"));
    browser.until("document.querySelectorAll('.chips li').length === 2");
    assert_eq!(browser.text("document.querySelector('#count').firstChild.textContent").split('\u{a0}').next(), Some(told.as_str()));
    browser.open(&format!("{start}?q=ukraj*"));
    browser.until("document.querySelectorAll('.hits li').length > 0");
    let all = browser.eval(&format!("{titles}.length")).as_u64().unwrap();
    browser.open(&format!("{start}?q=ukraj*+-hledá"));
    browser.until("document.querySelectorAll('.chips, .hits li, .nothing').length > 0");
    assert!(browser.eval(&format!("{titles}.length")).as_u64().unwrap() < all);
    browser.open(&format!("{start}?q=xyzzyqux"));
    browser.until("document.querySelector('.nothing') !== null && document.querySelector('.understood em') !== null");
    assert_eq!(browser.take_complaints(), Vec::<String>::new());
}

#[test]
fn pages_of_a_copy_fit_narrow_and_dark_and_are_read_without_scripts() {
    let Some(browser) = Chromium::start() else { return };
    let root = format!("file://{}", COPY.0.canonicalize().unwrap().display());
    let record = records()[0]["id"].as_str().unwrap().to_owned();
    browser.size(390, 844);
    browser.ask("Emulation.setEmulatedMedia", &json!({"media": "screen", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}));
    let pages = [
        "index.html?q=partner",
        "list/kind-partner_search.html",
        "map.html",
        "timeline.html",
        "places.html",
        "about.html",
        "help.html",
        "changes.html",
    ];
    for page in pages.into_iter().map(str::to_owned).chain([format!("record/{record}.html"), format!("en/record/{record}.html")]) {
        browser.open(&format!("{root}/{page}"));
        assert!(browser.eval("document.documentElement.scrollWidth").as_u64().unwrap() <= 390, "{page}");
        let dark = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 60)";
        assert_eq!(browser.eval(dark), true, "{page}");
    }
    browser.size(1280, 900);
    browser.ask("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.open(&format!("{root}/index.html"));
    browser.and_load(|| browser.click(".facets section a"));
    assert!(browser.text("location.pathname").contains("/list/country-"));
    browser.and_load(|| browser.click(".hits h2 a"));
    assert!(browser.text("location.pathname").contains("/record/"));
}
