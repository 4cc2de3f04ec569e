//! An Atom feed (RFC 4287) of records: what a feed reader follows instead of a page.
//!
//! The entry's `id` is the record's identifier as a tag URI (RFC 4151), so that a moved notice stays one entry; `updated`
//! moves when the site says something else. What the site has removed is a deleted entry (RFC 6721).

use std::io::Write;

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use url::form_urlencoded::byte_serialize;

use crate::record::Record;

use super::{Error, Metadata};

const TAG: &str = "tag:twindex.invalid,2026:";

pub(super) fn write<E: std::error::Error>(
    records: impl Iterator<Item = Result<Record, E>>,
    metadata: &Metadata,
    out: &mut impl Write,
) -> Result<u64, Error<E>> {
    let records: Vec<Record> = records.collect::<Result<_, _>>().map_err(Error::Read)?;
    let query = metadata.query.as_deref().unwrap_or("all notices");
    let updated = records.iter().map(|record| record.gone_since.unwrap_or_else(|| changed(record))).max();
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.with_attribute(("xmlns:at", "http://purl.org/atompub/tombstones/1.0")).write_inner_content(|xml| {
        text(xml, "id", &format!("{TAG}{}", byte_serialize(query.as_bytes()).collect::<String>()))?;
        text(xml, "title", &format!("twindex: {query}"))?;
        text(xml, "updated", &updated.unwrap_or(Timestamp::UNIX_EPOCH).to_string())?;
        text(xml, "generator", "twindex")?;
        text(xml, "rights", &metadata.attribution.join(" "))?;
        if let Some(address) = &metadata.feed_url {
            let link = xml.create_element("link").with_attribute(("rel", "self")).with_attribute(("type", "application/atom+xml"));
            link.with_attribute(("href", address.as_str())).write_empty()?;
        }
        records.iter().try_for_each(|record| match record.gone_since {
            Some(since) => deleted(xml, record, since),
            None => entry(xml, record),
        })
    })?;
    out.write_all(b"\n")?;
    Ok(records.len() as u64)
}

/// When the site last said something else.
fn changed(record: &Record) -> Timestamp {
    record.changed_at.unwrap_or(record.first_seen)
}

fn deleted<W: Write>(xml: &mut Writer<W>, record: &Record, since: Timestamp) -> std::io::Result<()> {
    let element = xml.create_element("at:deleted-entry").with_attribute(("ref", format!("{TAG}{}", record.id).as_str()));
    element.with_attribute(("when", since.to_string().as_str())).write_inner_content(|xml| {
        text(xml, "at:comment", &format!("The site has removed it: {}", record.title))?;
        xml.create_element("link").with_attribute(("href", record.url.as_str())).write_empty().map(drop)
    })?;
    Ok(())
}

fn entry<W: Write>(xml: &mut Writer<W>, record: &Record) -> std::io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &format!("{TAG}{}", record.id))?;
        text(xml, "title", &record.title)?;
        text(xml, "updated", &changed(record).to_string())?;
        if let Some(published) = record.published {
            text(xml, "published", &format!("{published}T00:00:00Z"))?;
        }
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", &record.source))?;
        xml.create_element("link").with_attribute(("href", record.url.as_str())).write_empty()?;
        if let Some(summary) = &record.summary {
            text(xml, "summary", summary)?;
        }
        if let Some(body) = &record.body {
            let content = xml.create_element("content").with_attribute(("type", "text"));
            content.write_text_content(BytesText::new(&allowed(body)))?;
        }
        for country in &record.facts.countries {
            xml.create_element("category").with_attribute(("term", country.as_str())).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn text<W: Write>(xml: &mut Writer<W>, name: &'static str, value: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&allowed(value)))?;
    Ok(())
}

/// Characters that XML 1.0 forbids are dropped; the writer escapes the rest.
fn allowed(value: &str) -> String {
    value.chars().filter(|c| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))).collect()
}
