//! Full texts of entries: the replica's every page against its key, and layouts it does not have.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::date;
use serde_json::Value;
use twindex::config::Selectors;
use twindex::extract::text::normalise;
use twindex::extract::{Detail, Entry, Page, article, attachment};
use url::Url;

mod doubtful;
mod framed;
mod makers;
mod outside;
mod sections;

use crate::attachment::Chance;

const BASE: &str = "http://127.0.0.1:8000";

/// The replica built into a temporary folder, or `None` where its sources are not at hand.
fn replica() -> Option<tempfile::TempDir> {
    let shared = std::env::var("TWINDEX_SHARED").map_or_else(|_| PathBuf::from("../shared"), PathBuf::from);
    let build = shared.join("site/build.py");
    if !build.is_file() {
        eprintln!("skipped: no replica (set TWINDEX_SHARED)");
        return None;
    }
    let out = tempfile::tempdir().unwrap();
    let done = Command::new("python3").arg(build).arg(out.path()).args(["--base", BASE]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(out)
}

fn key(out: &Path) -> Vec<Value> {
    let lines = std::fs::read_to_string(out.join("expected/entries.jsonl")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every stored address with its file and type.
fn routes(out: &Path) -> BTreeMap<String, (PathBuf, String)> {
    let routes: Value = serde_json::from_slice(&std::fs::read(out.join("routes.json")).unwrap()).unwrap();
    let all = routes["routes"].as_object().unwrap();
    let file = |route: &Value| Some((out.join(route["file"].as_str()?), route["type"].as_str()?.to_owned()));
    all.iter().filter_map(|(address, route)| Some((address.clone(), file(route)?))).collect()
}

fn entry(key: &Value) -> Entry {
    let text = |name: &str| key[name].as_str().unwrap().to_owned();
    Entry { title: normalise(&text("title")), summary: Some(text("summary")), summary_raw: Some(text("perex")), ..Entry::default() }
}

fn read(address: &str, kind: &str, bytes: &[u8], entry: &Entry) -> Detail {
    let url = Url::parse(BASE).unwrap().join(address).unwrap();
    let page = Page { url: &url, content_type: Some(kind), bytes, seen: date(2024, 6, 1) };
    article::read(&page, entry, &Selectors::default())
}

/// Class and id attributes renamed or dropped; both spellings of attributes in old pages included.
fn disguise(bytes: &[u8], with: Option<&str>) -> Vec<u8> {
    let pattern = regex::bytes::Regex::new(r#"(?i)\s(class|id)=("[^"]*"|[a-z0-9_-]+)"#).unwrap();
    let with = with.unwrap_or_default().as_bytes().to_vec();
    pattern.replace_all(bytes, with.as_slice()).into_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn expected_body(key: &Value) -> String {
    one_line(&key["body"].as_array().unwrap().iter().map(|text| normalise(text.as_str().unwrap())).collect::<Vec<_>>().join(" "))
}

/// Both texts from their first difference on, cut.
fn difference(want: &str, have: &str) -> String {
    let same = want.chars().zip(have.chars()).take_while(|(left, right)| left == right).count();
    let rest = |text: &str| text.chars().skip(same.saturating_sub(10)).take(150).collect::<String>();
    format!("  want …{}\n  have …{}", rest(want), rest(have))
}

/// Every address of every entry: the page itself, its aliases, their print pages.
fn addresses(key: &Value, routes: &BTreeMap<String, (PathBuf, String)>) -> Vec<String> {
    let mut all = vec![key["url"].as_str().unwrap().to_owned()];
    all.extend(key["aliases"].as_array().unwrap().iter().map(|alias| alias.as_str().unwrap().to_owned()));
    let prints: Vec<String> =
        all.iter().map(|address| format!("{address}?print=1")).filter(|address| routes.contains_key(address)).collect();
    all.extend(prints);
    all
}

#[test]
fn every_address_of_every_entry_gives_the_body_of_the_key() {
    let Some(out) = replica() else { return };
    let (key, routes) = (key(out.path()), routes(out.path()));
    assert_eq!(key.len(), 63);
    let mut wrong = Vec::new();
    let mut pages = 0;
    for item in &key {
        for address in addresses(item, &routes) {
            let (file, kind) = &routes[&address];
            let bytes = std::fs::read(file).unwrap();
            for (name, bytes) in [
                ("as it is", bytes.clone()),
                ("renamed", disguise(&bytes, Some(" class=\"zz\" id='qq'"))),
                ("dropped", disguise(&bytes, None)),
            ] {
                pages += 1;
                let detail = read(&address, kind, &bytes, &entry(item));
                let body = one_line(detail.body.as_deref().unwrap_or_default());
                if body != expected_body(item) {
                    wrong.push(format!("{address} {name}\n{}", difference(&expected_body(item), &body)));
                }
                if detail.published.map(|day| day.to_string()).as_deref() != item["date"].as_str() {
                    wrong.push(format!("{address} {name}: published {:?}", detail.published));
                }
            }
        }
    }
    eprintln!("{pages} readings of 63 entries, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn documents_are_those_of_the_key() {
    let Some(out) = replica() else { return };
    let (key, routes) = (key(out.path()), routes(out.path()));
    let mut count = 0;
    for item in &key {
        let address = item["url"].as_str().unwrap();
        let (file, kind) = &routes[address];
        let detail = read(address, kind, &std::fs::read(file).unwrap(), &entry(item));
        let want: Vec<(String, String)> = item["attachments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| {
                let url = Url::parse(BASE).unwrap().join(file["url"].as_str().unwrap()).unwrap();
                (url.to_string(), normalise(file["label"].as_str().unwrap()))
            })
            .collect();
        let have: Vec<(String, String)> = detail.documents.iter().map(|link| (link.url.to_string(), link.title.clone())).collect();
        assert_eq!(have, want, "{address}");
        count += have.len();
        assert_eq!(detail.lang.as_deref(), Some("cs"));
        assert!(detail.canonical.is_some());
    }
    assert!(count > 20);
}

#[test]
fn attachments_hold_the_words_of_the_key() {
    let Some(out) = replica() else { return };
    let (key, routes) = (key(out.path()), routes(out.path()));
    let mut whole = 0;
    for file in key.iter().flat_map(|item| item["attachments"].as_array().unwrap()) {
        let address = file["url"].as_str().unwrap();
        let decoded: String = url::form_urlencoded::parse(address.as_bytes()).map(|(name, _)| name.into_owned()).collect();
        let (path, kind) = &routes[&decoded];
        let read = attachment::read(Some(kind), address, &std::fs::read(path).unwrap());
        let text = one_line(&read.text.unwrap_or_default());
        // The files open with a heading, and questionnaires end with a table, which the key leaves out.
        let want = one_line(&normalise(file["text"].as_str().unwrap()));
        assert!(text.contains(&want), "{address}\n{}", difference(&want, &text));
        assert!(read.problems.is_empty());
        whole += 1;
    }
    eprintln!("{whole} attachments hold their text of the key");
    assert!(whole > 20);
}

/// A page of a layout that the replica does not have, read for an entry of this title and summary.
fn layout(html: &str, title: &str, summary: &str) -> Detail {
    let entry = Entry { title: title.to_owned(), summary: (!summary.is_empty()).then(|| summary.to_owned()), ..Entry::default() };
    read("/zpravy/clanek-12", "text/html; charset=utf-8", html.as_bytes(), &entry)
}

/// The text is nearly this: by words in common, as often as they stand in each (Dice), at least so much.
///
/// These small layouts were written for another mechanism, whose every line they fit. The weights are fitted on real pages,
/// where they read more than it did; here each has the floor that it holds.
#[track_caller]
fn near(have: Option<&str>, want: &str, least: f64) {
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let have = have.unwrap_or_default();
    let (ours, mut theirs) = (words(have), words(want));
    let total = ours.len() + theirs.len();
    let before = theirs.len();
    for word in &ours {
        if let Ok(at) = theirs.binary_search(word) {
            theirs.remove(at);
        }
    }
    let like = 2.0 * (before - theirs.len()) as f64 / total.max(1) as f64;
    assert!(like >= least, "{like:.2} of\n{want}\nis in\n{have}");
}

fn titles(detail: &Detail) -> Vec<&str> {
    detail.documents.iter().map(|link| link.title.as_str()).collect()
}

#[test]
fn article_with_figure_share_bar_and_related_posts() {
    let html = r#"<html lang="cs-CZ"><head><title>Dolní Lhota | Zpravodaj</title><script type="application/ld+json">{"@context":"https://schema.org",
        "@graph":[{"@type":"NewsArticle","headline":"Dolní Lhota zve hosty","datePublished":"2021-05-04T08:00:00+02:00","author":{"name":"Eva Malá"}}]}</script></head>
        <body><header><a href="/">Zpravodaj</a><nav><ul><li><a href="/a">Domů</a><li><a href="/b">Obce</a></ul></nav></header>
        <main><article><header><h1>Dolní Lhota zve hosty z Bavorska</h1><p><time datetime="2021-05-04">4. května 2021</time> | <a href="/autor/eva">Eva Malá</a></p></header>
        <figure><img src="x.jpg"><figcaption>Náves v Dolní Lhotě (foto archiv)</figcaption></figure>
        <div><p>Obec letos přivítá dvacet hostů z Bavorska.</p><h2>Co se chystá</h2><p>V sobotu bude pouť, v neděli výlet do skal.</p>
        <ul><li>sobota: pouť a tanec</li><li>neděle: výlet</li></ul>
        <blockquote><p>Těšíme se na staré známé, řekl starosta.</p></blockquote></div>
        <div><a href="https://fb.example/sharer?u=https%3A%2F%2Fzpravodaj.example%2Fx">Facebook</a> <a href="https://x.example/i?url=https://z.example">X</a> <a href="mailto:?subject=x">Poslat</a></div>
        <div><a href="/tag/bavorsko">Bavorsko</a> <a href="/tag/hoste">hosté</a></div>
        <section><h3>Mohlo by vás zajímat</h3><div><a href="/p/1"><img src=1.jpg><h4>Horní Lhota staví školku pro děti</h4></a><p>Stavba začne na jaře a potrvá rok, uvedl místostarosta.</p></div>
        <div><a href="/p/2"><h4>Sousedé opravili kapličku</h4></a><p>Kaplička z roku 1820 má novou střechu a zvon.</p></div></section></article>
        <section><h3>2 komentáře</h3><p>Jana: moc hezké pozvání, určitě přijedeme i s dětmi.</p></section></main>
        <footer><p>Zpravodaj obcí, všechna práva vyhrazena.</p></footer></body></html>"#;
    let detail = layout(html, "Dolní Lhota zve hosty z Bavorska", "");
    let want = "Obec letos přivítá dvacet hostů z Bavorska.\n\nCo se chystá\n\nV sobotu bude pouť, v neděli výlet do skal.\n\n\
                sobota: pouť a tanec\nneděle: výlet\n\nTěšíme se na staré známé, řekl starosta.";
    near(detail.body.as_deref(), want, 0.7);
    assert_eq!(detail.published, Some(date(2021, 5, 4)));
    assert_eq!(detail.lang.as_deref(), Some("cs"));
    assert!(detail.problems.is_empty(), "{:?}", detail.problems);
}

#[test]
fn layout_tables_of_the_first_decade() {
    let html = "<html><body><form action='default.aspx'><input type=hidden name=__VIEWSTATE value=x>\
        <table width=100%><tr><td colspan=3><a href=/>Mesto Nova</a> <a href=/kontakt>Kontakt</a></td></tr>\
        <tr><td width=150><a href=/1>Úrad</a><br><a href=/2>Mesto</a><br><a href=/3>Šport</a></td>\
        <td><table><tr><td><font size=4><b>Hľadáme partnerské mesto v Poľsku</b></font></td></tr><tr><td>Zverejnené: 7.9.2006</td></tr>\
        <tr><td>Mesto Nova má 6 500 obyvateľov a leží pri rieke.<br><br>Zaujíma nás výmena žiakov a spoločné preteky na vode.<br>Jazyk: poľština</td></tr>\
        <tr><td><table border=1><tr><td>Rozloha</td><td>41 km2</td></tr><tr><td>Nadmorská výška</td><td>320 m</td></tr></table></td></tr>\
        <tr><td>Na stiahnutie:<br><a href='/files/profil mesta.doc'>Profil mesta</a> (DOC, 40 kB)</td></tr>\
        <tr><td><a href='javascript:history.back()'>späť</a> <a href='javascript:print()'>tlačiť</a></td></tr></table></td>\
        <td width=150><b>Počasie</b><br>Zajtra bude polojasno až oblačno.<br><br><b>Podujatia</b><br>12. - 14. 9. 2006 Jarmok na námestí</td></tr></table></form></body></html>";
    let detail = layout(html, "Hľadáme partnerské mesto v Poľsku", "");
    let want = "Mesto Nova má 6 500 obyvateľov a leží pri rieke.\n\nZaujíma nás výmena žiakov a spoločné preteky na vode.\nJazyk: poľština\n\n\
                Rozloha 41 km2\nNadmorská výška 320 m";
    near(detail.body.as_deref(), want, 0.75);
    assert_eq!(detail.published, Some(date(2006, 9, 7)));
    assert_eq!(titles(&detail), ["Profil mesta"]);
}

#[test]
fn label_blocks_in_a_definition_list() {
    let html = r#"<body><div><div><h2>Gmina Zielona szuka partnera</h2><span>Data publikacji: 2019-02-11</span></div>
        <div><dl><dt>Kraj</dt><dd>Polska</dd><dt>Liczba mieszkańców</dt><dd>4 200</dd><dt>Opis</dt><dd>Gmina rolnicza nad jeziorem, z trzema szkołami.</dd></dl>
        <p>Prosimy o kontakt do 30 kwietnia.</p></div>
        <div><h3>Załączniki</h3><ul><li><a href="/download.php?id=7">List intencyjny</a> [PDF 80 kB]</li></ul></div>
        <div><h3>Zobacz także</h3><ul><li><a href="/n/1">Dożynki gminne</a></li><li><a href="/n/2">Nowy rozkład jazdy</a></li></ul></div></div></body>"#;
    let detail = layout(html, "Gmina Zielona szuka partnera", "");
    let want = "Kraj\nPolska\nLiczba mieszkańców\n4 200\nOpis\nGmina rolnicza nad jeziorem, z trzema szkołami.\n\nProsimy o kontakt do 30 kwietnia.";
    near(detail.body.as_deref(), want, 0.9);
    assert_eq!(titles(&detail), ["List intencyjny"]);
    assert_eq!(detail.published, Some(date(2019, 2, 11)));
}

#[test]
fn divisions_without_paragraphs_and_a_heading_apart() {
    let html = r#"<body><div><div><div><h1>Rakvice hledají partnera</h1></div><div>Vloženo: 3. 4. 2018</div></div>
        <div><div>Obec nabízí výměnné pobyty dětí a společné koštování vína.</div><div>Ubytování je v rodinách nebo v ubytovně u hřiště.</div>
        <div>Více v <a href="/dok/dopis.pdf">dopise starosty</a>.</div><div>Ing. Karel Vrba, odbor kultury</div></div></div>
        <div><div>Novinky e-mailem</div><div>Zadejte adresu a my vám pošleme každý týden přehled zpráv.</div></div></body>"#;
    let detail = layout(html, "Rakvice hledají partnera", "Obec nabízí výměnné pobyty dětí i společné koštování vína.");
    near(detail.body.as_deref(), "Ubytování je v rodinách nebo v ubytovně u hřiště.\n\nVíce v dopise starosty.", 0.7);
    assert_eq!(titles(&detail), ["dopise starosty"]);
    assert_eq!(detail.published, Some(date(2018, 4, 3)));
}

#[test]
fn one_sentence_beside_a_long_column() {
    let html = r"<body><div><h1>Lipová uvítá zprávy z Litvy</h1><p>12. 1. 2020</p><p>Napište prosím na obecní úřad do konce ledna.</p></div>
        <div><h2>Aktuality</h2><p>Rada schválila rozpočet na příští rok a vyhlásila soutěž na opravu mostu přes mlýnský náhon u školy.</p>
        <p>Knihovna bude od pondělí zavřená, protože se v ní mění podlaha a přidává se dětský koutek s pohádkami.</p></div></body>";
    let detail = layout(html, "Lipová uvítá zprávy z Litvy", "");
    near(detail.body.as_deref(), "Napište prosím na obecní úřad do konce ledna.", 0.25);
}

#[test]
fn a_page_without_a_text_says_so() {
    let html = r#"<body><ul><li><a href="/">Domů</a></ul><h1>Osek hledá partnera</h1><p>1. 2. 2020</p><p>Osek se ozval přes velvyslanectví.</p>
        <p><a href="/zpet">Zpět na seznam</a></p></body>"#;
    let detail = layout(html, "Osek hledá partnera", "Osek se ozval přes velvyslanectví.");
    assert_eq!(detail.body, None);
    assert_eq!(detail.problems.len(), 1);
    assert_eq!(detail.problems[0].kind.name(), "no_text");
}

#[test]
fn a_page_whose_heading_is_missing() {
    let html = r#"<body><div><a href="/">Start</a> <a href="/n">News</a> <a href="/c">Contact us here</a></div>
        <div><p>The parish of Little Marrow has nine hundred people and a choir that likes to travel.</p>
        <p>We would be glad to hear from a village with a choir of its own.</p></div><div>Call the office at any time.</div></body>"#;
    let detail = layout(html, "A choir looks for friends", "");
    let want = "The parish of Little Marrow has nine hundred people and a choir that likes to travel.\n\n\
                We would be glad to hear from a village with a choir of its own.";
    assert_eq!(detail.body.as_deref(), Some(want));
}

#[test]
fn a_cut_summary_is_no_repetition_and_dates_may_differ() {
    let html = r#"<head><script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2015-06-02"}</script></head>
        <body><article><h1>Die Gemeinde Aubach sucht Freunde</h1><p>1. Juni 2015</p>
        <p>Aubach hat 2.100 Einwohner und liegt am Rand eines großen Waldes, in dem man wandern kann.</p></article></body>"#;
    let detail =
        layout(html, "Die Gemeinde Aubach sucht Freunde", "Aubach hat 2.100 Einwohner und liegt am Rand eines großen Waldes, in dem man …");
    assert!(detail.body.unwrap().starts_with("Aubach hat 2.100"));
    assert_eq!(detail.published, Some(date(2015, 6, 1)));
    assert_eq!(detail.problems[0].kind.name(), "dates_differ");
}

#[test]
fn a_configured_selector_wins() {
    let html = r#"<body><article><h1>Title of it</h1><p>Some prose that structure would take for the text.</p></article><div class="real"><p>The true one.</p></div></body>"#;
    let url = Url::parse("http://a.example/x").unwrap();
    let page = Page { url: &url, content_type: Some("text/html"), bytes: html.as_bytes(), seen: date(2024, 6, 1) };
    let mut selectors = Selectors { body: Some(scraper::Selector::parse(".real").unwrap()), ..Selectors::default() };
    let entry = Entry { title: "Title of it".to_owned(), ..Entry::default() };
    assert_eq!(article::read(&page, &entry, &selectors).body.as_deref(), Some("The true one."));
    selectors.body = Some(scraper::Selector::parse(".gone").unwrap());
    let names: Vec<_> = article::read(&page, &entry, &selectors).problems.iter().map(|problem| problem.kind.name()).collect();
    assert!(names.contains(&"selector"));
}

#[test]
fn any_page_is_read_without_a_panic() {
    let pieces = [
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<a href=x.pdf>",
        "<a href='#'>",
        "</a>",
        "<h1>",
        "<h2>Související</h2>",
        "<ul><li>",
        "<br><br>",
        "Ke stažení",
        "12. 3. 2020",
        "Město hledá partnera",
        " dlouhá věta o ničem, která nekončí ",
        "<p>",
        "</p>",
        "<form>",
        "<time datetime=2020>",
        "\u{a0}",
        "\u{301}",
        "<b></x>",
        "<!--",
        "<svg><p>",
        "&#0;",
        "…",
    ];
    let mut chance = Chance::new(77);
    for _ in 0..400 {
        let html: String = (0..chance.below(60)).map(|_| pieces[chance.below(pieces.len())]).collect();
        layout(&html, "Město hledá partnera", "dlouhá věta o ničem");
        layout(&html, "", "");
    }
}

#[test]
fn lists_that_the_text_announces_and_headings_that_only_sound_alike_stay() {
    let html = r#"<body><main><h1>Přehled nabídek</h1><p>Související s ním je i výzva kraje.</p><h2>Podobné zkušenosti odjinud</h2>
        <p>V Tyrolsku se sousedé setkávají každý rok.</p><p>Nabídky došly od těchto obcí:</p><ul><li><a href="/n/1">Bor u Dravy</a></li><li><a href="/n/2">Lom</a></li></ul></main></body>"#;
    let want = "Související s ním je i výzva kraje.\n\nPodobné zkušenosti odjinud\n\nV Tyrolsku se sousedé setkávají každý rok.\n\n\
                Nabídky došly od těchto obcí:\n\nBor u Dravy\nLom";
    near(layout(html, "Přehled nabídek", "").body.as_deref(), want, 0.75);
}

#[test]
fn a_lead_beside_the_heading_and_a_text_only_told_to_machines() {
    let html = r"<body><div><h1>Hrabová jede do Itálie</h1><h2>Padesát zpěváků se chystá na jarní festival sborů do hor.</h2><p>Cestu hradí z poloviny kraj, zbytek si sbor vydělal na vánočních koncertech.</p></div>
        <div><p>Autobus odjíždí ve čtvrtek ráno od školy a vrací se v neděli v noci, proto si vezměte svačinu a teplé oblečení.</p>
        <p>Kdo by chtěl jet jako doprovod, ať se přihlásí u sbormistryně, volná jsou ještě čtyři místa vzadu.</p></div></body>";
    let body = layout(html, "Hrabová jede do Itálie", "Padesát zpěváků se chystá na jarní festival sborů do hor.").body.unwrap();
    assert!(body.starts_with("Cestu hradí") && body.ends_with("místa vzadu."), "{body}");
    let html = r#"<head><script type="application/ld+json">{"@type":"Article","articleBody":"First.\n\nSecond."}</script></head><body><div></div></body>"#;
    assert_eq!(layout(html, "T", "").body.as_deref(), Some("First.\n\nSecond."));
}
