//! A feed of records in JSON (JSON Feed 1.1, jsonfeed.org).
//!
//! Identifiers are those of the Atom feed. The format knows no deletion: what the site has removed keeps its item, whose tag
//! `gone` and `_twindex.gone_since` (an extension, as the format allows) say so.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::atom::changed;
use super::{Counts, Exported, Metadata, RecordWriter, name, tag};
use crate::record::{Attachment, Record};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

pub(super) struct Jsonfeed<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Jsonfeed<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, count: 0 }
    }
}

impl RecordWriter for Jsonfeed<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let about =
            json!({"about": "https://www.jsonfeed.org/version/1.1/#extensions-a-name-extensions-a", "rights": self.metadata.attribution});
        let mut head = json!({"version": VERSION, "title": self.metadata.title(), "_twindex": about});
        if let Some(address) = &self.metadata.feed_url {
            head["feed_url"] = json!(address);
        }
        let head = head.to_string();
        // The object stays open for its items.
        write!(self.out, "{},\"items\":[", head.strip_suffix('}').unwrap_or(&head))
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let separator = if self.count == 0 { "\n" } else { ",\n" };
        self.count += 1;
        self.out.write_all(separator.as_bytes())?;
        let record = &exported.record;
        Ok(serde_json::to_writer(&mut *self.out, &item(record, &self.metadata.publisher(record)))?)
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.out.write_all(b"\n]}\n")?;
        Ok(Counts::of(self.count))
    }
}

fn item(record: &Record, publisher: &str) -> Value {
    let facts = &record.facts;
    let themes = facts.themes.iter().map(name);
    let mut tags: Vec<String> = facts.kind.map(name).into_iter().chain(facts.countries.iter().cloned()).chain(themes).collect();
    tags.extend(record.gone_since.map(|_| "gone".to_owned()));
    let text = record.body.as_ref().or(record.summary.as_ref()).unwrap_or(&record.title);
    let mut item = json!({
        "id": tag(&record.id.0), "url": record.url, "title": record.title, "content_text": text,
        "date_modified": changed(record).to_string(), "authors": [{"name": publisher}], "tags": tags,
        "_twindex": {"id": record.id, "version": record.version, "gone_since": record.gone_since},
    });
    if let Some(summary) = &record.summary {
        item["summary"] = json!(summary);
    }
    if let Some(published) = record.published {
        item["date_published"] = json!(format!("{published}T00:00:00Z"));
    }
    if let Some(language) = &facts.lang {
        item["language"] = json!(language);
    }
    let documents: Vec<Value> = record.attachments.iter().filter_map(document).collect();
    if !documents.is_empty() {
        item["attachments"] = json!(documents);
    }
    item
}

/// The format wants the media type, which only a fetched document has.
fn document(attachment: &Attachment) -> Option<Value> {
    let mut document = json!({"url": attachment.url, "mime_type": attachment.media_type.as_ref()?, "title": attachment.title});
    if let Some(bytes) = attachment.bytes {
        document["size_in_bytes"] = json!(bytes);
    }
    Some(document)
}
