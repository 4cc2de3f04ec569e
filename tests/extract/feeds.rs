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
