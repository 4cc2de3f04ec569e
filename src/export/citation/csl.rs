//! Citations as CSL-JSON (Citation Style Language 1.0.2), an array of items: for Zotero, pandoc and citeproc.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Citation;
use crate::export::{Counts, Exported, Metadata, RecordWriter};

pub(in crate::export) struct CslJson<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> CslJson<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, count: 0 }
    }
}

impl RecordWriter for CslJson<'_> {
    fn begin(&mut self) -> io::Result<()> {
        self.out.write_all(b"[")
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let separator = if self.count == 0 { "\n" } else { ",\n" };
        self.count += 1;
        self.out.write_all(separator.as_bytes())?;
        Ok(serde_json::to_writer(&mut *self.out, &item(&Citation::of(exported, self.metadata)))?)
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.out.write_all(b"\n]\n")?;
        Ok(Counts::of(self.count))
    }
}

fn item(citation: &Citation<'_>) -> Value {
    let date = |day: Date| json!({"date-parts": [[day.year(), day.month(), day.day()]]});
    let mut item = json!({
        "id": citation.id, "type": "webpage", "title": citation.title, "author": [{"literal": citation.publisher}],
        "URL": citation.url, "accessed": date(citation.accessed_on()), "note": citation.archived(),
    });
    for (name, value) in [
        ("issued", citation.published.map(date)),
        ("language", citation.language.map(|language| json!(language))),
        ("abstract", citation.summary.map(|summary| json!(summary))),
    ] {
        if let Some(value) = value {
            item[name] = value;
        }
    }
    item
}
