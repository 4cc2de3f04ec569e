//! Happenings as a feed: Atom (RFC 4287) or JSON Feed 1.1 (jsonfeed.org), for whoever follows changes instead of pages.

use std::io::Write;

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use serde_json::json;

use super::atom::{link, text};
use super::tag;

/// One entry of a feed.
#[derive(Clone, Debug)]
pub struct FeedItem {
    /// Unique among all items, the same whenever it is written.
    pub id: String,
    pub at: Timestamp,
    pub title: String,
    pub url: String,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    Atom,
    Json,
}

/// Writes the items in the order given; the newest gives the feed its time.
pub fn write_feed(format: FeedFormat, title: &str, items: &[FeedItem], out: &mut impl Write) -> std::io::Result<()> {
    match format {
        FeedFormat::Atom => atom(title, items, out)?,
        FeedFormat::Json => {
            let items = items.iter().map(|item| {
                json!({"id": tag(&item.id), "url": item.url, "title": item.title, "content_text": item.text,
                       "date_published": item.at.to_string()})
            });
            let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items.collect::<Vec<_>>()});
            serde_json::to_writer_pretty(&mut *out, &feed)?;
        }
    }
    out.write_all(b"\n")
}

fn atom(title: &str, items: &[FeedItem], out: &mut impl Write) -> std::io::Result<()> {
    let updated = items.iter().map(|item| item.at).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(|xml| {
        text(xml, "id", &tag("changes"))?;
        text(xml, "title", title)?;
        text(xml, "updated", &updated.to_string())?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", "twindex"))?;
        items.iter().try_for_each(|item| {
            xml.create_element("entry").write_inner_content(|xml| {
                text(xml, "id", &tag(&item.id))?;
                text(xml, "title", &item.title)?;
                text(xml, "updated", &item.at.to_string())?;
                link(xml, &item.url)?;
                text(xml, "summary", &item.text)
            })?;
            Ok(())
        })
    })?;
    Ok(())
}
