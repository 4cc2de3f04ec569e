//! RSS and Atom as listings.

use jiff::civil::date;
use twindex::extract::ProblemKind;

use super::read;

#[test]
fn rss_with_markup_in_its_descriptions() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Letters &amp; news</title><link>https://elm.example/l</link>\
        <item><title>Elm &amp; Oak</title><link>https://elm.example/l/1?utm_source=rss</link><pubDate>Tue, 12 Mar 2019 23:30:00 +0100</pubDate>\
        <description><![CDATA[<p>Two towns&nbsp;meet.</p><p>Bring cake.</p>]]></description></item>\
        <item><title><![CDATA[Ash writes]]></title><guid>https://elm.example/l/2</guid><pubDate>Tue, 32 Mar 2019</pubDate>\
        <description>&lt;b&gt;Short&lt;/b&gt; letter</description></item></channel></rss>";
    let listing = read("https://elm.example/rss.xml", feed);
    assert_eq!(listing.title.as_deref(), Some("Letters & news"));
    let [first, second] = &listing.entries[..] else { panic!("{listing:#?}") };
    assert_eq!((first.title.as_str(), first.published), ("Elm & Oak", Some(date(2019, 3, 12))));
    assert_eq!(first.summary.as_deref(), Some("Two towns meet. Bring cake."));
    assert_eq!(first.link.as_ref().unwrap().path(), "/l/1");
    assert_eq!((second.title.as_str(), second.published, second.summary.as_deref()), ("Ash writes", None, Some("Short letter")));
    assert_eq!(second.link.as_ref().unwrap().path(), "/l/2");
    assert_eq!(listing.problems[0].kind, ProblemKind::ImpossibleDate);
}

#[test]
fn atom_with_a_next_page() {
    let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>L</title><link rel=\"next\" href=\"/atom?page=2\"/><entry><title type=\"html\">A &amp;amp; B</title>\
        <link rel=\"alternate\" href=\"/l/1\"/><id>tag:elm,1</id><published>2019-03-12T08:00:00Z</published><updated>2020-01-01T00:00:00Z</updated>\
        <summary>Plain words.</summary></entry></feed>";
    let listing = read("https://elm.example/atom", feed);
    assert_eq!(listing.entries[0].title, "A & B");
    assert_eq!(listing.entries[0].published, Some(date(2019, 3, 12)));
    assert_eq!(listing.entries[0].link.as_ref().unwrap().as_str(), "https://elm.example/l/1");
    assert_eq!(listing.next.unwrap().as_str(), "https://elm.example/atom?page=2");
}

/// Entries as `title day link`, one a line.
fn told(at: &str, feed: &str) -> String {
    let line = |entry: &twindex::extract::Entry| {
        let day = entry.published.map_or("-".to_owned(), |day| day.to_string());
        let link = entry.link.as_ref().map_or("-", |url| url.as_str().strip_prefix("https://elm.example").unwrap_or(url.as_str()));
        format!("{}|{day}|{link}", entry.title)
    };
    read(at, feed).entries.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn atom(attributes: &str, entries: &str) -> String {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" {attributes}><title>Elm</title>{entries}</feed>")
}

fn rss(items: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Elm</title><link>/</link>{items}</channel></rss>"
    )
}

#[test]
fn references_are_resolved_once_and_links_are_no_html() {
    let entry = "<entry><title>A</title><link href=\"/show?id=1&amp;copy=2\"/><published>2019-03-12T08:00:00Z</published></entry>";
    assert_eq!(told("https://elm.example/atom", &atom("", entry)), "A|2019-03-12|/show?id=1&copy=2");
    let item =
        "<item><title><![CDATA[A &amp; B]]></title><link><![CDATA[/show?id=1&region=2]]></link><pubDate>12 Mar 2019</pubDate></item>";
    assert_eq!(told("https://elm.example/rss", &rss(item)), "A & B|2019-03-12|/show?id=1&region=2");
}

#[test]
fn bases_of_elements_count() {
    let entries = "<entry xml:base=\"2019/\"><title>A</title><link href=\"one\"/><updated>2019-03-12</updated></entry>\
        <entry><title>B</title><link href=\"two\" xml:base=\"https://oak.example/x/\"/><updated>2019-03-11</updated></entry>";
    let feed = atom("xml:base=\"/letters/\"", entries);
    assert_eq!(told("https://elm.example/atom", &feed), "A|2019-03-12|/letters/2019/one\nB|2019-03-11|https://oak.example/x/two");
}

#[test]
fn text_constructs_say_what_they_are() {
    let entry = |title: &str| format!("<entry>{title}<link href=\"/1\"/><updated>2019-03-12T08:00:00Z</updated></entry>");
    for (title, want) in [
        ("<title>Talk &lt;Elm&gt; 2019</title>", "Talk <Elm> 2019"),
        ("<title type=\"text\">If a&lt;b then</title>", "If a<b then"),
        ("<title type=\"html\">Day of &lt;em&gt;elms&lt;/em&gt;, A &amp;amp; B</title>", "Day of elms, A & B"),
        (
            "<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">Day of <em>el</em>ms &amp; oaks</div></title>",
            "Day of elms & oaks",
        ),
    ] {
        assert_eq!(told("https://elm.example/atom", &atom("", &entry(title))), format!("{want}|2019-03-12|/1"), "{title}");
    }
    for (title, want) in
        [("If a&lt;b then", "If a<b then"), ("&lt;b&gt;Elm&lt;/b&gt; &amp;amp; oak", "Elm & oak"), ("Elm&nbsp;& oak", "Elm & oak")]
    {
        let feed = rss(&format!("<item><title>{title}</title><link>/1</link><pubDate>12 Mar 2019</pubDate></item>"));
        assert_eq!(told("https://elm.example/rss", &feed), format!("{want}|2019-03-12|/1"), "{title}");
    }
}

#[test]
fn prefixes_and_other_vocabularies() {
    let prefixed = "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>Elm</a:title><a:entry><a:title>A</a:title>\
        <a:link rel=\"alternate\" type=\"application/pdf\" href=\"/1.pdf\"/><a:link type=\"text/html\" href=\"/1\"/><a:updated>2019-03-12</a:updated></a:entry></a:feed>";
    assert_eq!(told("https://elm.example/atom", prefixed), "A|2019-03-12|/1");
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
        <channel><title>Elm</title></channel><item rdf:about=\"x\"><title>A</title><link>https://elm.example/1</link><dc:date>2019-03-12T01:00+01:00</dc:date></item></rdf:RDF>";
    assert_eq!(told("https://elm.example/rdf", rdf), "A|2019-03-12|/1");
    let media = rss(
        "<item xmlns:m=\"http://search.yahoo.com/mrss/\"><title>A</title><m:title>photo.jpg</m:title><link>/1</link><dc:date>2019-03-12</dc:date></item>",
    );
    assert_eq!(told("https://elm.example/rss", &media), "A|2019-03-12|/1");
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Elm\", \"items\": [{\"id\": \"1\", \"url\": \"/1\", \"title\": \"A\", \"date_published\": \"2019-03-12T08:00:00Z\", \"content_html\": \"<p>Hello</p>\"}]}";
    assert_eq!(told("https://elm.example/feed.json", json), "A|2019-03-12|/1");
}

#[test]
fn dates_of_many_writers() {
    for written in
        ["Tue, 12 Mar 19 10:00:00 +0100", "12 Mar 2019 10:00 GMT", "Mar 12, 2019", "2019-03-12 10:00", "Út, 12 bře 2019 10:00:00 +0100"]
    {
        let feed = rss(&format!("<item><title>A</title><link>/1</link><pubDate>{written}</pubDate></item>"));
        assert_eq!(told("https://elm.example/rss", &feed), "A|2019-03-12|/1", "{written}");
    }
}

#[test]
fn what_is_broken_or_missing_is_told() {
    let broken = "<rss><channel><item><title>A</title><link>/1</link><pubDate>12 Mar 2019</pubDate></item><item><title>B</title><link>/2";
    let listing = read("https://elm.example/rss", broken);
    assert_eq!(listing.entries.len(), 2, "{listing:#?}");
    let nothing = rss(
        "<item><link>/1</link></item><item><description>&lt;p&gt;Two towns meet. And dance.&lt;/p&gt;</description><link>/2</link><pubDate>12 Mar 2019</pubDate></item>",
    );
    let listing = read("https://elm.example/rss", &nothing);
    assert_eq!(listing.entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["Two towns meet."]);
    assert!(
        listing.problems.iter().any(|problem| problem.kind == ProblemKind::NoText && problem.what.contains("/1")),
        "{:?}",
        listing.problems
    );
    let latin =
        b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><rss><channel><item><title>\xB9koly</title><link>/1</link></item></channel></rss>";
    let address = url::Url::parse("https://elm.example/rss").unwrap();
    let page = twindex::extract::Page { url: &address, content_type: Some("application/xml"), bytes: latin, seen: date(2024, 5, 1) };
    assert_eq!(twindex::extract::listing::read(&page, &twindex::config::Selectors::default()).entries[0].title, "školy");
}

/// Every kind of feed in every charset that lies: read rightly, and the lie is told.
#[test]
fn kinds_of_feeds_crossed_with_charsets() {
    let title = "Příliš žluťoučký kůň: město hledá partnera";
    let feeds = [
        rss(&format!("<item><title><![CDATA[{title}]]></title><link>/1</link><pubDate>12 Mar 19 10:00 GMT</pubDate></item>")),
        atom("xml:base=\"/x/\"", &format!("<entry><title>{title}</title><link href=\"../1\"/><updated>2019-03-12</updated></entry>")),
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{{\"url\": \"/1\", \"title\": \"{title}\", \"date_published\": \"2019-03-12\"}}]}}"
        ),
    ];
    let url = url::Url::parse("https://elm.example/feed").unwrap();
    for feed in &feeds {
        let little: Vec<u8> = feed.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = feed.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let central = encoding_rs::WINDOWS_1250.encode(feed).0.into_owned();
        for (bytes, lies) in [(feed.as_bytes().to_vec(), false), (little, true), (big, true), (central, true)] {
            let page =
                twindex::extract::Page { url: &url, content_type: Some("text/xml; charset=utf-8"), bytes: &bytes, seen: super::SEEN };
            let listing = twindex::extract::listing::read(&page, &twindex::config::Selectors::default());
            let [entry] = &listing.entries[..] else { panic!("{:?} {:.60}", listing.problems, String::from_utf8_lossy(&bytes)) };
            assert_eq!((entry.title.as_str(), entry.published), (title, Some(date(2019, 3, 12))));
            assert_eq!(entry.link.as_ref().map(url::Url::path), Some("/1"));
            assert_eq!(listing.problems.iter().any(|problem| problem.kind == ProblemKind::Charset), lies, "{:?}", listing.problems);
        }
    }
}
