//! Bytes of any kind: no panic, and time that grows with the size and not with its square.

use std::time::{Duration, Instant};

use jiff::civil::Date;
use proptest::prelude::*;
use twindex::config::Selectors;
use twindex::extract::{Entry, Page, ProblemKind, article, listing};
use url::Url;

use super::{SEEN, read};

/// What hangs takes hours; a busy machine with an unoptimised build may take a minute.
const HANG: Duration = Duration::from_mins(2);
const HERE: &str = "https://elm.example/l";

#[track_caller]
fn within(limit: Duration, html: &str) -> usize {
    let start = Instant::now();
    let found = read(HERE, html).entries.len();
    assert!(start.elapsed() < limit, "{:?} for {} bytes", start.elapsed(), html.len());
    found
}

/// `count` copies of a piece of markup, each with its number and a day of the month.
fn repeated(count: usize, piece: impl Fn(usize, usize) -> String) -> String {
    (0..count).map(|n| piece(n, n % 28 + 1)).collect::<Vec<_>>().concat()
}

#[test]
fn twenty_thousand_entries() {
    let items = repeated(20_000, |n, day| format!("<li><b>{day}. 3. 2019</b> <a href=/l/{n}>Letter number {n}</a> Short text.</li>"));
    assert_eq!(within(HANG, &format!("<h1>Letters</h1><ul>{items}</ul>")), 20_000);
    let flat = repeated(20_000, |n, day| format!("<p>{day}. 3. 2019</p><h3>Letter number {n}</h3>"));
    assert_eq!(within(HANG, &format!("<h1>Letters</h1>{flat}")), 20_000);
    let lines = repeated(20_000, |n, day| format!("{day}. 3. 2019 <a href=/l/{n}>Letter {n} came</a><br>"));
    assert_eq!(within(HANG, &format!("<h1>Letters</h1><div>{lines}</div>")), 20_000);
}

#[test]
fn a_cell_over_several_rows_that_holds_a_table() {
    let rows = "<tr><td><a href=/x/1>Elm writes</a></td></tr><tr><td><a href=/x/2>Oak writes</a></td></tr>";
    let inner = "<table><tr><td>2. 3. 2020</td></tr></table><ul><li>1. 3. 2020<ul><li>28. 2. 2020</li></ul></li></ul>";
    within(HANG, &format!("<table><tr><td rowspan=3>3. 3. 2020 {inner}</td></tr>{rows}</table>"));
    within(HANG, "<table><td rowspan=3>3. 3. 2020<ul><ul><ul>3. 3. 2020<ul><tr><td rowspan=3><a href=/x/1>");
}

#[test]
fn trees_of_odd_shapes() {
    let deep = format!("{}3. 3. 2019{}", "<div>".repeat(350), "</div>".repeat(350)).repeat(60);
    within(HANG, &deep);
    let nested = repeated(390, |n, day| format!("<div><span>{day}. 3. 2019</span><a href=/{n}>Title {n}</a>"));
    within(HANG, &nested);
    within(HANG, &"3. 3. 2019 ".repeat(40_000));
    let by_date =
        repeated(20_000, |n, day| format!("<li><a href=/d/{n}>{day}. 3. 2019</a><h3>Letter number {n}</h3><i>{day}. 4. 2019</i></li>"));
    within(HANG, &format!("<h1>Letters</h1><ul>{by_date}</ul>"));
    within(HANG, &"<b>3. 3. 2019</b>".repeat(20_000));
    within(HANG, &"<a href=?page=2>2</a>".repeat(20_000));
    within(HANG, &repeated(20_000, |n, _| format!("<a href='?p{n}x=2'>Elm</a>")));
    let list = repeated(5, |n, day| format!("<li><b>{}. 3. 2019</b> <a href=/l/{n}>Letter number {n}</a></li>", 28 - day));
    let beside = repeated(20_000, |n, _| format!("<p><a href=/l/x{n}>Another letter came</a></p>"));
    within(HANG, &format!("<h1>Letters</h1><ul>{list}</ul><div>{beside}</div>"));
    within(HANG, &"<h3>3. 3. 2019</h3><ul><li><a href=x>Title one</a></ul>".repeat(8_000));
    let cut = read(HERE, &"<div>".repeat(2000));
    assert!(cut.problems.iter().any(|problem| problem.kind == ProblemKind::Cut), "{:?}", cut.problems);
}

fn soup() -> impl Strategy<Value = String> {
    let parts = [
        "<ul>",
        "</ul>",
        "<li>",
        "<div>",
        "</div>",
        "<p>",
        "<br>",
        "<h1>",
        "<h3>",
        "</h3>",
        "<table>",
        "<tr>",
        "<td rowspan=3>",
        "</td>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<a href=/x/1>",
        "<a href='?page=2'>",
        "</a>",
        "<time datetime=2020-02-30>",
        "</time>",
        "3. 3. 2020",
        "5/13/2020",
        "31. 2. 2020",
        "–",
        "Title of it",
        " ",
        "\u{a0}",
        "další",
        "2",
        "<span hidden>",
        "<script>",
        "</script>",
        "&nbsp;",
        "<base href=//[>",
        "<article>",
        "<footer>",
        "<nav>",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_markup_panics(html in soup()) {
        let listing = read(HERE, &html);
        for entry in &listing.entries {
            prop_assert!(!entry.title.is_empty());
            prop_assert!(entry.published.is_none_or(|day| day <= SEEN.tomorrow().unwrap()));
        }
        prop_assert!(listing.next.is_none_or(|next| next.as_str() != HERE));
        let url = Url::parse(HERE).unwrap();
        let page = Page { url: &url, content_type: None, bytes: html.as_bytes(), seen: SEEN };
        let detail = article::read(&page, &Entry { title: "Title of it".to_owned(), ..Entry::default() }, &Selectors::default());
        prop_assert!(detail.published.is_none_or(|day| day <= SEEN.tomorrow().unwrap()));
        prop_assert!(detail.body.is_none_or(|body| !body.trim().is_empty()));
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in proptest::option::of("[a-z/;=-]{0,20}"), feed in any::<bool>()) {
        let url = Url::parse(HERE).unwrap();
        let bytes = if feed { [b"<rss><channel><item>".as_slice(), &bytes].concat() } else { bytes };
        listing::read(&Page { url: &url, content_type: kind.as_deref(), bytes: &bytes, seen: Date::MIN }, &Selectors::default());
        listing::read(&Page { url: &url, content_type: kind.as_deref(), bytes: &bytes, seen: Date::MAX }, &Selectors::default());
    }
}
