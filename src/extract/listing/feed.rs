//! RSS 2.0, RSS 1.0 and Atom as listings: their items are entries too.
//!
//! Markup inside titles and descriptions is taken off; a feed names no next page unless it declares
//! one (`rel=next`, RFC 5005).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use scraper::Html;

use crate::extract::page::charset::decode;
use crate::extract::text::normalise;
use crate::extract::{Entry, Listing, Page, Problem, ProblemKind, dates};

/// Items beyond this are left unread.
const MOST: usize = 5000;

/// The feed, if the page is one.
pub fn read(page: &Page) -> Option<Listing> {
    let text = decode(page.bytes, page.content_type);
    let head = text.get(..text.floor_char_boundary(1000))?.to_ascii_lowercase();
    if !["<rss", "<feed", "<rdf:rdf"].iter().any(|root| head.contains(root)) || head.contains("<html") {
        return None;
    }
    let mut listing = Listing { layout: "feed".to_owned(), whole: true, ..Listing::default() };
    let mut fields = Fields::default();
    let mut inside = false;
    let mut field = String::new();
    let mut words = String::new();
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = local(&tag);
                if matches!(name.as_str(), "item" | "entry") {
                    (inside, fields) = (true, Fields::default());
                }
                link(&tag, &name, page, inside, &mut fields, &mut listing);
                (field, words) = (name, String::new());
            }
            Ok(Event::Empty(tag)) => link(&tag, &local(&tag), page, inside, &mut fields, &mut listing),
            Ok(Event::Text(text)) => words.push_str(&text),
            Ok(Event::CData(text)) => words.push_str(&text),
            Ok(Event::GeneralRef(name)) => words.extend(["&", &*name, ";"]),
            Ok(Event::End(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                if inside && matches!(name.as_str(), "item" | "entry") {
                    inside = false;
                    take(&fields, page, &mut listing);
                } else if name == field {
                    let value = std::mem::take(&mut words);
                    if inside {
                        fields.set(&name, value);
                    } else if name == "title" && listing.title.is_none() {
                        listing.title = Some(strip(&value));
                    }
                }
                field.clear();
            }
            Ok(Event::Eof) => break,
            Err(error) => {
                listing.whole = false;
                listing.problems.push(Problem { kind: ProblemKind::Unreadable, what: error.to_string() });
                break;
            }
            Ok(_) => {}
        }
        if listing.entries.len() >= MOST {
            break;
        }
    }
    if listing.entries.is_empty() {
        listing.problems.push(Problem { kind: ProblemKind::NoEntries, what: page.url.path().to_owned() });
    }
    Some(listing)
}

#[derive(Default)]
struct Fields {
    title: String,
    link: Option<String>,
    summary: String,
    published: Option<String>,
    updated: Option<String>,
    guid: Option<String>,
}

impl Fields {
    fn set(&mut self, name: &str, value: String) {
        match name {
            "title" => self.title = value,
            "link" if !value.trim().is_empty() => self.link = Some(value),
            "guid" | "id" => self.guid = Some(value),
            "description" | "summary" => self.summary = value,
            "pubdate" | "published" | "issued" => self.published = Some(value),
            "date" | "updated" => self.updated = Some(value),
            _ => {}
        }
    }
}

fn local(tag: &BytesStart) -> String {
    tag.local_name().as_ref().to_ascii_lowercase()
}

/// Atom's `<link href rel>`, of an entry or of the feed.
fn link(tag: &BytesStart, name: &str, page: &Page, inside: bool, fields: &mut Fields, listing: &mut Listing) {
    if name != "link" {
        return;
    }
    let attribute = |wanted: &str| {
        let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == wanted)?;
        Some(unescape(&found.value))
    };
    let rel = attribute("rel").unwrap_or_else(|| "alternate".to_owned());
    let Some(href) = attribute("href") else { return };
    if inside && rel == "alternate" {
        fields.link.get_or_insert(href);
    } else if !inside && rel == "next" {
        listing.next = page.url.join(href.trim()).ok().filter(|url| url != page.url);
    }
}

fn take(fields: &Fields, page: &Page, listing: &mut Listing) {
    let title = strip(&fields.title);
    if title.is_empty() {
        return;
    }
    let address = fields.link.as_deref().or(fields.guid.as_deref().filter(|guid| guid.trim().starts_with("http")));
    let written = fields.published.as_ref().or(fields.updated.as_ref());
    let date = written.and_then(|text| dates::iso(text));
    let known = date.filter(|date| *date <= page.seen.saturating_add(jiff::Span::new().days(1)));
    if known.is_none() {
        let kind = if written.is_some() { ProblemKind::ImpossibleDate } else { ProblemKind::Undated };
        listing.problems.push(Problem { kind, what: title.clone() });
    }
    let summary = strip(&fields.summary);
    listing.entries.push(Entry {
        published: known,
        date_text: written.map(|text| normalise(text)),
        title,
        link: address.and_then(|href| page.url.join(&unescape(href.trim())).ok()),
        summary_raw: Some(summary.clone()).filter(|text| !text.is_empty()),
        summary: Some(summary).filter(|text| !text.is_empty()),
        ..Entry::default()
    });
}

/// Text of a value that may hold markup, escaped once or not at all.
fn strip(value: &str) -> String {
    let once = unescape(value);
    let markup = once.contains('<') && once.len() < 100_000 && once.matches('<').count() < 2000;
    if !markup {
        return normalise(&unescape(&once));
    }
    let fragment = Html::parse_fragment(&once);
    normalise(&fragment.root_element().text().collect::<Vec<_>>().join(" "))
}

/// The five entities of XML, numeric references and `&nbsp;`.
fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    Html::parse_fragment(&value.replace('<', "&lt;")).root_element().text().collect()
}
