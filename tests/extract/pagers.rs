//! The page that follows, and the links that look like it.

use super::{read, read_with};
use twindex::config::Selectors;
use twindex::extract::ProblemKind;

/// The next page of a list with this pager.
fn next(address: &str, pager: &str) -> Option<String> {
    let list = "<h1>Letters</h1><ul><li><b>3. 3. 2020</b> <a href=/l/a/1>Elm writes</a><p>Long ago.</p></li><li><b>2. 3. 2020</b> <a href=/l/a/2>Oak writes</a></li></ul>";
    let html = format!("<html><head><title>Letters</title></head><body><main>{list}{pager}</main></body></html>");
    read(address, &html).next.map(|url| url.as_str().trim_start_matches("https://elm.example").to_owned())
}

#[test]
fn pagers_of_many_kinds() {
    let table = [
        ("/l", "<a rel=next href='?page=2'>2</a>", Some("/l?page=2")),
        ("/l?p=1", "<p><a href='?p=0'>1</a> <span>2</span> <a href='?p=2'>3</a></p>", Some("/l?p=2")),
        ("/l/strana/2", "<a href=/l/strana/1>« předchozí</a> <a href=/l/strana/3>další »</a>", Some("/l/strana/3")),
        (
            "/l",
            "<ul><li><strong>1</strong></li><li><a href='/l/page/2/'>2</a></li><li><a href='/l/page/3/'>3</a></li></ul>",
            Some("/l/page/2/"),
        ),
        ("/l", "<div><a href='?start=20'>Load more</a></div>", Some("/l?start=20")),
        ("/l", "<button data-url='/l?offset=10'>Načíst další</button>", Some("/l?offset=10")),
        ("/l", "<a href='?page=2'>Starší zprávy</a>", Some("/l?page=2")),
        ("/l", "<a href='?strona=2'><span>Następna strona</span> ›</a>", Some("/l?strona=2")),
        ("/l", "<a aria-label='Next page' href='?page=2'><i></i></a>", Some("/l?page=2")),
        ("/l", "1-5 <a href='?from=6'>6-7</a>", Some("/l?from=6")),
        ("/l", "<a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=3'>3</a>", Some("/l?page=2")),
        ("/l?page=2", "<a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=3'>3</a>", Some("/l?page=3")),
        ("/l?page=3", "<a href='?page=1'>1</a> <a href='?page=2'>2</a> <b>3</b>", None),
        ("/l?page=3", "<a href='?page=2'>»</a>", None),
        ("/l", "<a href='?month=5'>další</a> <a href='?sort=asc'>next</a> <a rel=nofollow href='?page=2'>další</a>", None),
        ("/l", "<a href='/other/list?page=2'>next</a> <a href='https://oak.example/l?page=2'>next</a>", None),
        ("/l", "<a href='/l/a/9'>Další</a>", None),
        ("/l", "<p><b>1</b> <a href='/l/strana=2'>2</a></p>", Some("/l/strana=2")),
        ("/l", "<ul><li><a>1</a></li><li><a href='/l,2'>2</a></li></ul>", Some("/l,2")),
        ("/l/p1=1010", "<a href='/l/p1=1010?stranka=2'>další</a>", Some("/l/p1=1010?stranka=2")),
        ("/l.html", "<a href='/l/2019.html'>2019</a> <a href='/l/2018.html'>2018</a>", None),
        ("/l", "<b>1</b> <a href='/l;strona-2'>następna</a>", Some("/l;strona-2")),
        ("/l.html", "<a href='/l/seite-2.html'>Nächste</a>", Some("/l/seite-2.html")),
        ("/l.html", "<a href='l_2.html'>Régebbi hírek</a>", Some("/l_2.html")),
        ("/l", "<strong>0</strong> | <a href='/l?debut_articles=10#here'>10</a>", Some("/l?debut_articles=10")),
        ("/l", "", None),
    ];
    for (address, pager, want) in table {
        assert_eq!(next(&format!("https://elm.example{address}"), pager).as_deref(), want, "{address} {pager}");
    }
}

#[test]
fn a_link_that_looks_like_a_pager_and_is_not_followed_is_told() {
    let list = "<h1>Letters</h1><ul><li><b>3. 3. 2020</b> <a href=/l/a/1>Elm writes</a></li><li><b>2. 3. 2020</b> <a href=/l/a/2>Oak writes</a></li></ul>";
    for (pager, told) in [
        ("<p><b>1</b> <a href='/elsewhere/x'>2</a></p>", true),
        ("<a href='/elsewhere/x'>Older posts</a>", true),
        ("<table><tr><td>1</td><td><a href='/day/x'>2</a></td></tr></table>", false),
        ("<p><a href='/elsewhere/x'>Elsewhere</a></p>", false),
    ] {
        let listing = read("https://elm.example/l", &format!("<html><body><main>{list}{pager}</main></body></html>"));
        let problem = listing.problems.iter().any(|problem| problem.kind == ProblemKind::NotFollowed);
        assert_eq!((listing.next, problem, listing.whole), (None, told, !told), "{pager}");
    }
}

#[test]
fn a_configured_pager_wins() {
    let html = "<h1>L</h1><ul><li>3. 3. 2020 <a href=/l/1>Elm writes home</a></li></ul><a rel=next href='?page=2'>n</a><i><a href='?weird=2'>go on</a></i>";
    let selectors = Selectors { next: scraper::Selector::parse("i").ok(), ..Selectors::default() };
    assert_eq!(read_with("https://elm.example/l", html, &selectors).next.unwrap().query(), Some("weird=2"));
}
