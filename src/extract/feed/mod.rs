//! Feeds as listings: RSS 0.9 to 2.0, Atom (RFC 4287) and JSON Feed; their items are entries too.
//!
//! XML is read as XML: references once, CDATA as it stands, namespaces, `xml:base`. An item without a title bears the first
//! sentence of its text; without either it is told. Of an item with a page of its own the content is not believed as its text.

mod atom;
mod item;
mod json;
mod rss;
mod words;
mod xml;

use url::Url;

use super::page::{decode, is_document};
use super::text::normalise;
use super::{Entry, Link, Listing, Page, Problem, ProblemKind, dates};
use crate::lang::text::sentences;

use self::item::{Feed, Item};
use self::xml::Tree;

/// Items beyond this are left unread.
const MOST: usize = 5000;
/// Characters of a sentence that stands for a title.
const LONGEST_TITLE: usize = 160;

/// The feed, if the page is one.
pub fn read(page: &Page) -> Option<Listing> {
    let decoded = decode(page.bytes, page.content_type);
    let mut problems = Vec::new();
    let feed = match json::read(&decoded.text, page.url) {
        Some(feed) => feed,
        None => xml_feed(&decoded.text, page.url, &mut problems)?,
    };
    problems.extend(decoded.fault.map(|what| Problem { kind: ProblemKind::Charset, what }));
    let mut listing = Listing {
        title: feed.title.filter(|title| !title.is_empty()),
        next: feed.next.filter(|url| url != page.url),
        layout: "feed".to_owned(),
        problems,
        ..Listing::default()
    };
    if feed.items.len() > MOST {
        listing
            .problems
            .push(Problem { kind: ProblemKind::Cut, what: format!("the items behind the first {MOST} of {}", feed.items.len()) });
    }
    for item in feed.items.into_iter().take(MOST) {
        take(item, page, &mut listing);
    }
    let lossy = |problem: &Problem| matches!(problem.kind, ProblemKind::Unreadable | ProblemKind::Cut | ProblemKind::NoText);
    listing.whole = !listing.problems.iter().any(lossy);
    if listing.entries.is_empty() {
        listing.problems.push(Problem { kind: ProblemKind::NoEntries, what: page.url.path().to_owned() });
    }
    Some(listing)
}

/// RSS or Atom by the root element.
fn xml_feed(text: &str, address: &Url, problems: &mut Vec<Problem>) -> Option<Feed> {
    let root = root(text)?;
    let name = root.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(name.as_str(), "rss" | "feed" | "rdf") {
        return None;
    }
    let tree = Tree::read(text.trim_start(), address);
    let at = tree.children(None).next()?;
    problems.extend(tree.fault.as_ref().map(|what| Problem { kind: ProblemKind::Unreadable, what: what.clone() }));
    Some(if name == "feed" { atom::read(&tree, at) } else { rss::read(&tree, at) })
}

/// Name of the root element, with its prefix; comments, declarations and a document type may stand before it.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let behind = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with("<?") {
            rest.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            rest.split_once('>')?.1
        } else {
            break;
        };
        rest = behind.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()
}

fn take(item: Item, page: &Page, listing: &mut Listing) {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (summary, content) = (said(&item.summary), said(&item.content));
    let words = summary.as_ref().or(content.as_ref());
    let title = if item.title.is_empty() { words.and_then(|words| first_sentence(words)) } else { Some(item.title) };
    let Some(title) = title else {
        let what = item.link.map_or_else(|| "an item without title and text".to_owned(), |url| format!("without title and text: {url}"));
        listing.problems.push(Problem { kind: ProblemKind::NoText, what });
        return;
    };
    let written = item.written.as_deref().map(normalise).filter(|written| !written.is_empty());
    let day = written
        .as_deref()
        .and_then(|written| dates::iso(written).or_else(|| dates::whole(written, page.seen).and_then(|found| found.date.ok())));
    let known = day.filter(|date| *date <= page.seen.saturating_add(jiff::Span::new().days(1)));
    if known.is_none() {
        let kind = if written.is_some() { ProblemKind::ImpossibleDate } else { ProblemKind::Undated };
        listing.problems.push(Problem { kind, what: title.clone() });
    }
    let documents = item.enclosures.into_iter().filter(is_document).map(|url| Link { title: file_name(&url), url });
    listing.entries.push(Entry {
        published: known,
        date_text: written,
        title,
        body: content.clone().filter(|_| item.link.is_none()),
        link: item.link,
        summary_raw: summary.clone().or_else(|| content.clone()),
        summary: summary.or(content),
        documents: documents.collect(),
        ..Entry::default()
    });
}

fn first_sentence(text: &str) -> Option<String> {
    let sentence = &text[sentences(text).into_iter().next()?];
    let end = sentence.char_indices().nth(LONGEST_TITLE).map_or(sentence.len(), |(at, _)| at);
    Some(sentence[..end].to_owned())
}

fn file_name(url: &Url) -> String {
    url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn the_root_element_tells_a_feed() {
        for (text, name) in [
            ("<rss version='2.0'>", Some("rss")),
            ("\u{feff}\n<?xml version='1.0'?>\n<!-- <html> -->\n<a:feed xmlns:a='x'>", Some("a:feed")),
            ("<!DOCTYPE html><html><rss>", Some("html")),
            ("<!-- <rss>", None),
            ("rss", None),
            ("", None),
        ] {
            assert_eq!(root(text), name, "{text}");
        }
    }
}
