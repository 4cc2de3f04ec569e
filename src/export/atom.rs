//! An Atom feed (RFC 4287) of records: what a feed reader follows instead of a page.
//!
//! The entry's `id` is the record's identifier as a tag URI (RFC 4151), so that a moved notice stays one entry; `updated`
//! moves when the site says something else. What the site has removed is a deleted entry (RFC 6721). The feed's own
//! `updated` comes last, where it is known (§4.1.1: the order of elements says nothing).

use std::io::{self, Write};

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use url::form_urlencoded::byte_serialize;

use super::metadata::GENERATOR;
use super::{Counts, Exported, Metadata, RecordWriter, tag};
use crate::record::Record;

pub(super) struct Atom<'a> {
    metadata: &'a Metadata,
    xml: Writer<&'a mut dyn Write>,
    count: u64,
    updated: Timestamp,
}

impl<'a> Atom<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, xml: Writer::new_with_indent(out, b' ', 1), count: 0, updated: Timestamp::UNIX_EPOCH }
    }
}

impl RecordWriter for Atom<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let (xml, metadata) = (&mut self.xml, self.metadata);
        let query = metadata.query.as_deref().unwrap_or("all notices");
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        xml.write_event(Event::Start(
            BytesStart::new("feed")
                .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xmlns:at", "http://purl.org/atompub/tombstones/1.0")]),
        ))?;
        text(xml, "id", &tag(&byte_serialize(query.as_bytes()).collect::<String>()))?;
        text(xml, "title", &metadata.title())?;
        text(xml, "generator", GENERATOR)?;
        text(xml, "rights", &metadata.attribution.join(" "))?;
        if let Some(address) = &metadata.feed_url {
            let link = xml.create_element("link").with_attribute(("rel", "self")).with_attribute(("type", "application/atom+xml"));
            link.with_attribute(("href", allowed(address).as_str())).write_empty()?;
        }
        Ok(())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let record = &exported.record;
        self.updated = self.updated.max(record.gone_since.unwrap_or_else(|| changed(record)));
        self.count += 1;
        match record.gone_since {
            Some(since) => deleted(&mut self.xml, record, since),
            None => entry(&mut self.xml, record, &self.metadata.publisher(record)),
        }
    }

    fn end(&mut self) -> io::Result<Counts> {
        text(&mut self.xml, "updated", &self.updated.to_string())?;
        self.xml.write_event(Event::End(BytesEnd::new("feed")))?;
        self.xml.get_mut().write_all(b"\n")?;
        Ok(Counts::of(self.count))
    }
}

/// When the site last said something else.
pub(super) fn changed(record: &Record) -> Timestamp {
    record.changed_at.unwrap_or(record.first_seen)
}

fn deleted<W: Write>(xml: &mut Writer<W>, record: &Record, since: Timestamp) -> io::Result<()> {
    let element = xml.create_element("at:deleted-entry").with_attribute(("ref", allowed(&tag(&record.id.0)).as_str()));
    element.with_attribute(("when", since.to_string().as_str())).write_inner_content(|xml| {
        text(xml, "at:comment", &format!("The site has removed it: {}", record.title))?;
        link(xml, &record.url)
    })?;
    Ok(())
}

fn entry<W: Write>(xml: &mut Writer<W>, record: &Record, publisher: &str) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &tag(&record.id.0))?;
        text(xml, "title", &record.title)?;
        text(xml, "updated", &changed(record).to_string())?;
        if let Some(published) = record.published {
            text(xml, "published", &format!("{published}T00:00:00Z"))?;
        }
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", publisher))?;
        link(xml, &record.url)?;
        if let Some(summary) = &record.summary {
            text(xml, "summary", summary)?;
        }
        if let Some(body) = &record.body {
            let content = xml.create_element("content").with_attribute(("type", "text"));
            content.write_text_content(BytesText::new(&allowed(body)))?;
        }
        for country in &record.facts.countries {
            xml.create_element("category").with_attribute(("term", allowed(country).as_str())).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

pub(super) fn text<W: Write>(xml: &mut Writer<W>, name: &'static str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&allowed(value)))?;
    Ok(())
}

pub(super) fn link<W: Write>(xml: &mut Writer<W>, address: &str) -> io::Result<()> {
    xml.create_element("link").with_attribute(("href", allowed(address).as_str())).write_empty().map(drop)
}

/// Characters that XML 1.0 forbids are dropped; the writer escapes the rest.
fn allowed(value: &str) -> String {
    value.chars().filter(|c| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))).collect()
}
