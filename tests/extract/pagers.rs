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
        ("/l", "<a href='?month=5'>další</a> <a href='?sort=asc'>next</a> <a rel=nofollow href='?page=2'>další</a>", Some("/l?page=2")),
        ("/l", "<a href='/other/list?page=2'>next</a> <a href='https://oak.example/l?page=2'>next</a>", None),
        ("/l", "<a href='/l/a/9'>Další</a>", None),
        ("/l", "<p><b>1</b> <a href='/l/strana=2'>2</a></p>", Some("/l/strana=2")),
        ("/l", "<ul><li><a>1</a></li><li><a href='/l,2'>2</a></li></ul>", Some("/l,2")),
        ("/l/p1=1010", "<a href='/l/p1=1010?stranka=2'>další</a>", Some("/l/p1=1010?stranka=2")),
        ("/l.html", "<a href='/l/2019.html'>2019</a> <a href='/l/2018.html'>2018</a>", Some("/l/2019.html")),
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

/// What is to become of a pager.
#[derive(Debug, PartialEq)]
enum Outcome {
    Next(&'static str),
    Told,
    /// One is followed, and another told.
    Both(&'static str),
    /// No pager at all: nothing follows, nothing is told.
    Whole,
}
use Outcome::{Both, Next, Told, Whole};

/// Pagers in the manner of content systems, in languages whose words are known and others: address, pager, outcome.
const MANNERS: [(&str, &str, Outcome); 64] = [
    (
        "/l/",
        "<nav aria-label='Stránkování'><h2>Stránkování příspěvků</h2><span aria-current=page>1</span> <a href='/l/page/2/'>2</a> … <a href='/l/page/9/'>9</a> <a href='/l/page/2/'>Následující</a></nav>",
        Next("/l/page/2/"),
    ),
    ("/l/page/2/", "<div><a href='/l/page/3/'>← Staršie články</a></div><div><a href='/l/'>Novšie články →</a></div>", Next("/l/page/3/")),
    ("/l/", "<div><a href='/l/page/2/'><span>&larr;</span> Starsze wpisy</a></div>", Next("/l/page/2/")),
    ("/l/", "<nav><div><a href='/l/page/2/'>Frühere Beiträge</a></div></nav>", Next("/l/page/2/")),
    (
        "/l/page/4/",
        "<div><a href='/l/page/5/'>← Раніші записи</a></div><div><a href='/l/page/3/'>Свіжіші записи →</a></div>",
        Next("/l/page/5/"),
    ),
    (
        "/l",
        "<ul><li><a href='?page=0' aria-current=page title='Aktuální stránka'><span>Aktuální stránka</span> 1</a></li><li><a href='?page=1' title='Přejít na stránku 2'>2</a></li><li><a href='?page=1' title='Na další'><i>››</i></a></li></ul>",
        Next("/l?page=1"),
    ),
    (
        "/l?page=3",
        "<ul><li><a href='?page=2' title='Takaisin'>‹‹</a></li><li>4</li><li><a href='?page=4' title='Eteenpäin'>››</a></li></ul>",
        Next("/l?page=4"),
    ),
    (
        "/l?start=10",
        "<ul><li><a href='/l'>1</a></li><li><span>2</span></li><li><a href='/l?start=20' aria-label='Přejít na stránku 3'>3</a></li><li><a href='/l?start=30'>4</a></li></ul>",
        Next("/l?start=20"),
    ),
    (
        "/l",
        "<ul><li>1</li><li><a href='/l?tx_news%5BcurrentPage%5D=2&amp;cHash=5f0c1a'>2</a></li><li><a href='/l?tx_news%5BcurrentPage%5D=2&amp;cHash=5f0c1a'>Vor</a></li></ul>",
        Next("/l?tx_news%5BcurrentPage%5D=2&cHash=5f0c1a"),
    ),
    (
        "/vypis.asp?id_org=7&p1=52",
        "<p><strong>1</strong> <a href='vypis.asp?id_org=7&amp;p1=52&amp;stranka=2'>2</a> <a title='dále' href='vypis.asp?id_org=7&amp;p1=52&amp;stranka=2'>&gt;</a></p>",
        Next("/vypis.asp?id_org=7&p1=52&stranka=2"),
    ),
    (
        "/l-1/",
        "<div>Strana: <b>1</b> | <a href='/l-1/?list-paginator-page=2&amp;do=list-changePage'>2</a></div>",
        Next("/l-1/?list-paginator-page=2&do=list-changePage"),
    ),
    (
        "/l/",
        "<div>1 | <a href='/l/cbm_310774/10/'>2</a> | <a href='/l/cbm_310774/20/'>3</a> <a href='/l/cbm_310774/10/'>&gt;</a></div>",
        Next("/l/cbm_310774/10/"),
    ),
    (
        "/",
        "<a href='/search?updated-max=2020-03-02T08:00:00%2B01:00&amp;max-results=7'>Äldre inlägg</a>",
        Next("/search?updated-max=2020-03-02T08:00:00%2B01:00&max-results=7"),
    ),
    ("/l.aspx", "<table><tr><td>1</td><td><a href=\"javascript:__doPostBack('grid','Page$2')\">2</a></td></tr></table>", Told),
    ("/l", "<div><button type=button>Načíst další</button></div>", Told),
    ("/l", "<div><div role=button tabindex=0><span>Načíst další</span></div></div>", Told),
    ("/l", "<form method=post><input type=submit value='Zobrazit další'></form>", Told),
    ("/l", "<form><input type=text name=q value='načíst další'> <input type=submit value='Hledat'></form>", Whole),
    ("/l", "<div role=button>Sdílet</div>", Whole),
    ("/l", "<div><a href='#' role=button>Zobrazit starší</a></div>", Told),
    ("/l,1", "<p><b>1</b> <a href='/l,2'>2</a> <a href='/l,3'>3</a></p>", Next("/l,2")),
    ("/l.html", "<p><b>1</b> <a href='/l-2.html'>2</a> <a href='/l-3.html'>3</a></p>", Next("/l-2.html")),
    (
        "/l?sivunro=3",
        "<a href='?sivunro=2'><img src=a.png alt='Edelliset'></a> <a href='?sivunro=4'><img src=b.png alt='Vanhemmat'></a>",
        Next("/l?sivunro=4"),
    ),
    (
        "/l",
        "<a aria-label='Orrialdea 2' href='?orrialdea=2'><i></i></a> <a aria-label='Orrialdea 3' href='?orrialdea=3'><i></i></a>",
        Next("/l?orrialdea=2"),
    ),
    ("/l/20", "<p><a href='/l/0'>Uusimmat</a> <a href='/l/10'>Uudemmat</a> <a href='/l/30'>Vanhemmat</a></p>", Next("/l/30")),
    ("/l?sida=2", "<p><a title='Föregående' href='?sida=1'>&lt;</a> <a title='Nästa' href='?sida=3'>&gt;</a></p>", Next("/l?sida=3")),
    ("/l/blad/2/", "<p><a href='/l/blad/1/'>Nyere</a> <a href='/l/blad/3/'>Eldre</a></p>", Next("/l/blad/3/")),
    ("/l", "<p><a href='/l?tudalen=2'>Tudalen nesaf</a></p>", Told),
    ("/l/ds-7/p1=31", "<p>1 <a href='/l/ds-7/p1=31&amp;pn=2'>2</a> <a href='/l/ds-7/p1=31&amp;pn=3'>3</a></p>", Next("/l/ds-7/p1=31&pn=2")),
    ("/l", "<p><a href='/l?offset=40'>Olaf</a></p>", Told),
    ("/l", "<p><a href='/l?from=6'>Eldre</a> <a href='/l?from=36'>Eldst</a></p>", Next("/l?from=6")),
    ("/l", "<p><a href='/l?offset=5'>Eldre</a> <a href='/l?offset=40'>Eldst</a></p>", Next("/l?offset=5")),
    (
        "/l?offset=10",
        "<p><a href='/l?offset=0'>Nyast</a> <a href='/l?offset=5'>Nyare</a> <a href='/l?offset=15'>Eldre</a></p>",
        Next("/l?offset=15"),
    ),
    ("/l?sida=4", "<p><a title='Föregående' href='?sida=3'>&lt;</a></p>", Whole),
    ("/l/", "<p><a href='/l/2020/'>2020</a> <a href='/l/2019/'>2019</a> <a href='/l/2018/'>2018</a></p>", Next("/l/2020/")),
    ("/l/2019/", "<p><a href='/l/2020/'>2020</a> <a href='/l/2018/'>2018</a></p>", Next("/l/2018/")),
    ("/l/2018/", "<p><a href='/l/2020/'>2020</a> <a href='/l/2019/'>2019</a></p>", Whole),
    ("/l", "<p>Year: <a href='/l?rok=2021'>2021</a> <a href='/l?rok=2019'>2019</a></p>", Next("/l?rok=2019")),
    ("/l?page=3", "<p><a href='/l?page=2'>2</a> <b>3</b></p><p><a href='/l?rok=2020'>2020</a> <a href='/l?rok=2019'>2019</a></p>", Whole),
    ("/l/2020?page=3", "<p><a href='/l/2020?page=2'>2</a> <b>3</b></p><p><a href='/l/2019'>2019</a></p>", Next("/l/2019")),
    ("/l", "<p><b>1</b> <a href='/l?page=2'>2</a></p><p><a href='/l/2020'>2020</a> <a href='/l/2019'>2019</a></p>", Next("/l?page=2")),
    ("/l", "<p><a href='/minutes/2020'>2020</a> <a href='/minutes/2019'>2019</a></p>", Whole),
    ("/l", "<noscript><a href='/l?page=2'>Older letters</a></noscript>", Next("/l?page=2")),
    ("/l", "<p><a href='?kategori=1'>Kultur</a> <a href='?kategori=2'>Idrott</a> <a href='?kategori=3'>Skola</a></p>", Whole),
    ("/l?kategori=2", "<p><a href='?kategori=1'>Kultur</a> <a href='?kategori=3'>Skola</a> <a href='?kategori=4'>Vård</a></p>", Whole),
    ("/l?kategori=2", "<p><a href='?kategori=1'>Kultur</a> <b>Idrott</b> <a href='?kategori=3'>Skola</a></p>", Whole),
    ("/l?kategori=2", "<p><a href='?kategori=1'>Kultur</a> <a href='?kategori=2'>Idrott</a> <a href='?kategori=3'>Skola</a></p>", Whole),
    ("/l", "<p><a href='?kontrast=1'>Hög kontrast</a> <a href='?print=1'>Skriv ut</a></p>", Whole),
    ("/l", "<p><a href='?mesic=1'>1</a> <a href='?mesic=2'>2</a> <a href='?mesic=3'>3</a></p>", Whole),
    (
        "/l/3",
        "<p><a href='/l/1'>Fredrik Ek is chosen</a> <a href='/l/4'>A new bridge for the village</a> <a href='/l/7'>Old school sold</a></p>",
        Whole,
    ),
    // A menu whose open item is left out looks like a pager in words of an unknown language.
    ("/l?kategori=2", "<p><a href='?kategori=1'>Kultur</a> <a href='?kategori=3'>Skola</a></p>", Told),
    ("/l?kategori=5", "<p><a href='?kategori=4'>Kultur</a> <a href='?kategori=6'>Skola</a> <a href='?kategori=7'>Bad</a></p>", Whole),
    ("/l", "<p><a href='?tudalen=2'>Nesaf</a> <a href='?tudalen=9'>Olaf</a></p>", Told),
    ("/l", "<p><a href='?tudalen=1'>Cyntaf</a> <a href='?tudalen=2'>Nesaf</a> <a href='?tudalen=9'>Olaf</a></p>", Told),
    ("/l?tudalen=2", "<p><a href='/l'>Mwy newydd</a> <a href='?tudalen=3'>Hŷn</a></p>", Told),
    ("/l", "<ul><li><a>1</a></li><li><a>2</a></li><li><a>3</a></li></ul>", Told),
    ("/l", "<p><a href='#'>1</a> <a href='#'>2</a></p>", Told),
    ("/l", "<p><button>1</button> <button>2</button></p>", Told),
    ("/l", "<div id=slides><img src=1.jpg><a href='#slides'>Další</a></div>", Whole),
    ("/l", "<p><a rel=nofollow href='?page=2'>Další</a></p>", Next("/l?page=2")),
    ("/l", "<p><a href='/l/10'>Další</a></p>", Next("/l/10")),
    ("/l", "<p><a href='?x%5Bpage%5D=2'>Eldre</a></p>", Next("/l?x%5Bpage%5D=2")),
    ("/l/index.html", "<p><a href='/l/2.html'>Hŷn</a> <a href='/l/2.html'><b>2</b></a></p>", Told),
    ("/l", "<p>1 <a href='?list1-page=2'>2</a></p><h2>Others</h2><p>1 <a href='?list2-page=2'>2</a></p>", Both("/l?list1-page=2")),
];

#[test]
fn pagers_in_the_manner_of_content_systems() {
    let list = "<h1>Letters</h1><ul><li><b>3. 3. 2020</b> <a href=/n/a/1>Elm writes</a><p>Long ago.</p></li><li><b>2. 3. 2020</b> <a href=/n/a/2>Oak writes</a></li></ul>";
    let wrong: Vec<String> = MANNERS
        .iter()
        .filter_map(|(address, pager, want)| {
            let listing = read(&format!("https://elm.example{address}"), &format!("<html><body><main>{list}{pager}</main></body></html>"));
            let next = listing.next.as_ref().map(|url| url.as_str().trim_start_matches("https://elm.example"));
            let right = match want {
                Next(href) => next == Some(href) && listing.whole,
                Both(href) => next == Some(href) && !listing.whole,
                Told => next.is_none() && !listing.whole,
                Whole => next.is_none() && listing.whole,
            };
            (!right).then(|| format!("{address} {pager}\n  wanted {want:?}, read {next:?}, whole {}", listing.whole))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), MANNERS.len(), wrong.join("\n"));
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

/// The entry names the year before in its title and its address, as the list of that year would.
#[test]
fn the_page_of_an_entry_is_no_page_of_the_list() {
    let post = |n: u32, slug: &str, title: &str| format!("<li><h3><a href=/board/{n}-{slug}>{title}</a></h3><p>{n}. 6. 2020</p></li>");
    let list =
        post(9, "toll", "The toll for boats") + &post(8, "tides", "Tide tables") + &post(3, "account-2019", "The account of the year 2019");
    let html = format!("<title>Board</title><main><h1>Board</h1><ul>{list}</ul></main>");
    assert_eq!(read("https://elm.example/board", &html).next, None);
}
