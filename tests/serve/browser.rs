//! In a real browser: searching, narrowing, the keyboard alone, scripts off, narrow, dark, printed, enlarged, both languages.

use serde_json::json;

use super::chromium::Chromium;
use super::{Served, demo, first};

/// A browser and the server that it looks at; `None` where there is no browser.
fn look() -> Option<(Chromium, Served)> {
    Chromium::start().map(|browser| (browser, demo()))
}

/// An address of every kind of page.
fn kinds(served: &Served) -> Vec<String> {
    let id = first(served, "kind:partner_search");
    let mut pages: Vec<String> = [
        "/",
        "/?q=partner+2011&country=PL",
        "/?q=xyzzyqux",
        "/?view=table",
        "/?view=timeline",
        "/?view=map",
        "/places",
        "/country/PL",
        "/changes?since=2000",
        "/about",
        "/help",
        "/nothing",
    ]
    .map(str::to_owned)
    .into();
    pages.extend(["", "/versions", "/archived"].map(|leaf| format!("/record/{id}{leaf}")));
    pages
}

#[test]
fn a_reader_searches_and_narrows_by_mouse() {
    let Some((browser, served)) = look() else { return };
    browser.open(&format!("http://{}/", served.host));
    browser.click("#q");
    browser.type_text("hledá partnera");
    browser.and_load(|| browser.click(".box button"));
    assert_eq!(browser.text("document.querySelector('#q').value"), "hledá partnera");
    let count = browser.text("document.querySelector('.facets section a .n').textContent");
    browser.and_load(|| browser.click(".facets section a"));
    assert!(browser.text("document.querySelector('#count').textContent").starts_with(&count));
    assert!(browser.text("location.search").contains("country="));
    browser.and_load(|| browser.click(".chips a"));
    assert!(!browser.text("location.search").contains("country="));
    // A dot of the map, a bar of the time line, a drag over two bars.
    browser.and_load(|| browser.click(".views a:nth-of-type(4)"));
    browser.and_load(|| browser.click("svg.map a:last-of-type"));
    assert!(browser.text("location.search").contains("place="));
    browser.open(&format!("http://{}/?view=timeline", served.host));
    browser.and_load(|| browser.click(".chart a:last-of-type"));
    assert!(browser.text("location.search").contains("from="));
    browser.open(&format!("http://{}/?view=timeline", served.host));
    let (from, to) = (browser.middle(".chart a:nth-of-type(1)"), browser.middle(".chart a:nth-of-type(3)"));
    browser.and_load(|| {
        browser.mouse("mouseMoved", from);
        browser.mouse("mousePressed", from);
        browser.mouse("mouseMoved", to);
        browser.mouse("mouseReleased", to);
    });
    let span = browser.text("new URLSearchParams(location.search).get('from') + ' ' + new URLSearchParams(location.search).get('to')");
    let (from, to) = span.split_once(' ').unwrap();
    assert_eq!(to.parse::<i32>().unwrap() - from.parse::<i32>().unwrap(), 2, "{span}");
    assert_eq!(browser.take_complaints(), Vec::<String>::new());
}

#[test]
fn the_keyboard_alone_is_enough() {
    let Some((browser, served)) = look() else { return };
    browser.open(&format!("http://{}/", served.host));
    browser.key("Tab");
    assert_eq!(browser.text("document.activeElement.className"), "skip");
    browser.key("Enter");
    browser.until("document.activeElement.id === 'main'");
    browser.key("Tab");
    assert_eq!(browser.text("document.activeElement.id"), "q");
    let place = served.get("/api/places").json()[0]["name"].as_str().unwrap().to_owned();
    browser.type_text(&place.chars().take(4).collect::<String>());
    browser.until("document.querySelectorAll('#suggestions li').length > 0");
    browser.key("ArrowDown");
    assert_eq!(browser.text("document.querySelector('#q').getAttribute('aria-activedescendant')"), "suggestion-0");
    browser.key("Escape");
    browser.until("document.querySelector('#suggestions').hidden");
    browser.and_load(|| browser.key("Enter"));
    assert!(browser.text("location.search").starts_with("?q="));
    // Evidence is reached by Tab and then says what it is for.
    browser.open(&format!("http://{}/record/{}", served.host, first(&served, "kind:partner_search")));
    browser.eval("document.querySelector('main').focus()");
    for _ in 0..3 {
        browser.key("Tab");
        if browser.text("document.activeElement.className").starts_with("evidence") {
            break;
        }
    }
    assert_eq!(browser.text("getComputedStyle(document.activeElement.querySelector('.tip')).display"), "block");
}

#[test]
fn without_scripts_nothing_is_missing() {
    let Some((browser, served)) = look() else { return };
    browser.ask("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.open(&format!("http://{}/en/", served.host));
    browser.click("#q");
    browser.type_text("partner");
    browser.and_load(|| browser.key("Enter"));
    assert!(browser.text("document.querySelector('#count').textContent").contains("notices"));
    browser.and_load(|| browser.click(".facets section a"));
    browser.and_load(|| browser.click(".hits h2 a"));
    assert_eq!(browser.eval("document.querySelectorAll('button:not([hidden])').length"), 0);
    assert!(browser.eval("document.querySelectorAll('.cite pre').length").as_u64().unwrap() >= 4);
}

#[test]
fn every_page_fits_narrow_enlarged_dark_and_printed() {
    let Some((browser, served)) = look() else { return };
    let channel =
        "getComputedStyle(document.documentElement).backgroundColor.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)";
    for page in kinds(&served) {
        for prefix in ["", "/en"] {
            browser.size(390, 844);
            browser.open(&format!("http://{}{prefix}{page}", served.host));
            let wide = "[document.documentElement.scrollWidth, [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.wide, .skip, svg, .tip, iframe, pre')).map(e => e.outerHTML.slice(0, 80)).slice(0, 3)]";
            let seen = browser.eval(wide);
            assert!(seen[0].as_u64().unwrap() <= 390, "{prefix}{page}: {seen}");
            // 1280 pixels at 200 % are 640.
            browser.size(640, 480);
            assert!(browser.eval("document.documentElement.scrollWidth").as_u64().unwrap() <= 640, "{prefix}{page}");
        }
        let media = |media: &str, scheme: &str| {
            browser.ask(
                "Emulation.setEmulatedMedia",
                &json!({"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]}),
            );
        };
        media("screen", "dark");
        assert!(browser.eval(channel).as_f64().unwrap() < 150.0, "{page} is not dark");
        media("print", "light");
        assert!(browser.eval(channel).as_f64().unwrap() > 700.0, "{page} is not white on paper");
        assert_eq!(browser.text("getComputedStyle(document.querySelector('.top nav')).display"), "none", "{page}");
        media("screen", "light");
    }
    let complaints: Vec<String> = browser.take_complaints().into_iter().filter(|told| !told.contains("404")).collect();
    assert_eq!(complaints, Vec::<String>::new());
}
