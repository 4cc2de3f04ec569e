//! The model of small pages: text, visibility, sums, addresses, metadata.

use jiff::civil::date;
use url::Url;

use super::{Model, headings, parse, same_site};
use crate::extract::Page;

fn with<T>(html: &str, look: impl FnOnce(&Model) -> T) -> T {
    let url = Url::parse("https://www.obec.example/zpravy/seznam?strana=2").expect("an address");
    let page = Page { url: &url, content_type: Some("text/html; charset=utf-8"), bytes: html.as_bytes(), seen: date(2024, 5, 1) };
    let tree = parse(&page).html;
    look(&Model::of(&tree, &page))
}

#[test]
fn text_is_normal_and_broken_where_blocks_are() {
    for (html, want) in [
        ("<p>a  b<p>c", "a b\nc"),
        ("<p>pře<b>dě</b>l <i>slov</i>", "předěl slov"),
        ("<span>21</span><span>led</span>", "21 led"),
        ("<td>x</td>", "x"),
        ("<table><tr><td>a<td>b</table>", "a\nb"),
        ("a<br>b<hr>c", "a\nb\nc"),
        ("<pre>a  b\n c</pre>d", "a b\nc\nd"),
        ("<p>so\u{ad}ft Pr\u{30c}i", "soft Ři".replace('Ř', "Př").as_str()),
        (
            "<h3><button aria-controls=a>A</button></h3><div id=a hidden>b</div><button aria-controls=m>M</button><p id=m hidden>n",
            "A\nb\nM",
        ),
        (
            "<h3>A</h3><div style='display:none'>b</div><div hidden>c</div><div role=tabpanel hidden>d</div><p>e</p><p hidden>f",
            "A\nb\nd\ne",
        ),
        ("<script>if (a<b) x</script><p hidden>x</p><p style='display : none'>y</p><select><option>z</select>t", "t"),
    ] {
        with(html, |model| assert_eq!(model.dom.text, want, "{html}"));
    }
}

#[test]
fn ranges_hold_their_own_text_only() {
    with("<div><h2> A <a href=/x>b c</a></h2>\n<p>d</p></div><p>e", |model| {
        let dom = &model.dom;
        let text = |tag: &str| dom.of_tag(tag).map(|at| dom.text_of(at).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            (text("div"), text("h2"), text("a"), text("p")),
            (vec!["A b c\nd".into()], vec!["A b c".into()], vec!["b c".into()], vec!["d".into(), "e".into()])
        );
        let div = dom.of_tag("div").next().expect("a div");
        let sum = dom.sum(div);
        assert_eq!((sum.chars, sum.linked, sum.headings, sum.links), (4, 2, 1, 1));
        assert_eq!(dom.children(div).filter(|at| dom.is_element(*at)).count(), 2);
        let (h2, p) = (dom.of_tag("h2").next().expect("a heading"), dom.of_tag("p").next().expect("a paragraph"));
        assert_eq!(dom.common(h2, p), div);
        assert_eq!(dom.text_between(h2, dom.nodes[div].end), "A b c\nd");
    });
}

#[test]
fn addresses_and_sites() {
    with(
        "<base href='javascript:void(0)'><a href=../d.pdf>d</a><a href=/n/1#x>n</a><a href='?strana=2'>h</a><a rel=tag href=/t>t</a>",
        |model| {
            let links: Vec<usize> = model.dom.of_tag("a").collect();
            assert_eq!(model.links.resolve(&model.dom, links[0]).expect("an address").as_str(), "https://www.obec.example/d.pdf");
            let pages: Vec<String> = links.iter().filter_map(|at| model.links.target(&model.dom, *at).page).map(String::from).collect();
            assert_eq!(pages, ["https://www.obec.example/n/1"]);
        },
    );
    let url = |text: &str| Url::parse(text).expect("an address");
    assert!(same_site(&url("https://www.a.example/"), &url("http://a.example/x")));
    assert!(!same_site(&url("https://a.example/"), &url("https://b.a.example/")));
    assert!(!same_site(&url("http://127.0.0.1:81/"), &url("http://127.0.0.1:82/")));
}

#[test]
fn metadata_of_every_kind() {
    let html = r#"<html lang=en-US><head><title> Zprávy | Obec </title><link rel=canonical href=/zpravy><link rel=next href="?strana=3">
        <meta property="article:published_time" content="2024-03-01T10:00:00+01:00"><script type="application/LD+json">{broken</script>
        <script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","datePublished":"2024-03-01"}]}</script></head>
        <body><h1><a href="/">Obec</a></h1><h2>Zprávy</h2><p itemprop=datePublished content=2024-03-02>2. března</p></body>"#;
    with(html, |model| {
        let data = &model.metadata;
        assert_eq!(
            (data.lang.as_deref(), data.locale.as_deref(), data.window_title.as_deref()),
            (Some("en"), Some("en-us"), Some("Zprávy | Obec"))
        );
        assert_eq!(data.canonical.as_ref().map(Url::path), Some("/zpravy"));
        assert_eq!(data.next.as_ref().and_then(Url::query), Some("strana=3"));
        assert_eq!(data.named(&["date", "article:published_time"]), Some("2024-03-01T10:00:00+01:00"));
        assert_eq!(data.objects.iter().filter(|object| object.contains_key("datePublished")).count(), 1);
        assert_eq!(
            data.properties.iter().map(|(_, name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(),
            [("datePublished", "2024-03-02")]
        );
        let found: Vec<&str> = headings(&model.dom, &model.links, data).into_iter().map(|at| model.dom.text_of(at)).collect();
        assert_eq!(found, ["Zprávy"]);
    });
}

#[test]
fn deep_pages_need_no_stack() {
    let html = format!("{}x{}", "<div>".repeat(390), "</div>".repeat(390));
    with(&html, |model| assert_eq!(model.dom.nodes.iter().map(|node| node.depth).max(), Some(392)));
}
