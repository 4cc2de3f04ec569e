//! A folder for Quickwit 0.9: three index configurations and their documents.
//!
//! `current` has the newest version of each record that is dated, by its day; `undated` those without a day, which an index with a
//! timestamp would reject; `history` every version, by the moment it was observed. Quickwit has no identifiers of documents, so what
//! is loaded twice is there twice: each generation has indexes of its own, and the older ones are dropped whole.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::document::Documents;
use super::fields::{self, FOLDED};
use super::manifest::{self, Filled};
use super::parts::{Part, Parts};
use super::target::Engine;
use crate::export::{Counts, Error, Exported, Metadata};

/// Format of the index configuration.
const VERSION: &str = "0.9";
/// Fields by whose values whole splits are passed over.
const TAGS: [&str; 2] = ["country", "kind"];

/// What an index holds, and the field by which it is cut in time.
struct Purpose {
    name: &'static str,
    timestamp: Option<&'static str>,
}

const CURRENT: Purpose = Purpose { name: "current", timestamp: Some("published") };
const UNDATED: Purpose = Purpose { name: "undated", timestamp: None };
const HISTORY: Purpose = Purpose { name: "history", timestamp: Some("observed_at") };

pub fn write(folder: &Path, records: impl Iterator<Item = Result<Exported, Error>>, metadata: &Metadata) -> Result<Counts, Error> {
    let mut documents = Documents::of(Engine::Quickwit);
    let [mut current, mut undated, mut history] = [CURRENT, UNDATED, HISTORY].map(|of| Parts::new(folder.to_owned(), of.name));
    let mut counts = Counts::default();
    for exported in records {
        let Exported { record, versions, .. } = exported?;
        let line = documents.line(&record)?;
        if record.published.is_some() { &mut current } else { &mut undated }.add(&[&line])?;
        for version in versions.iter().filter(|version| version.version != record.version) {
            history.add(&[&documents.line(version)?])?;
        }
        history.add(&[&line])?;
        counts.records += 1;
    }
    counts.shortened = documents.shortened;
    let filled = [(CURRENT, current.finish()?), (UNDATED, undated.finish()?), (HISTORY, history.finish()?)];
    let generation = manifest::generation(filled.iter().flat_map(|(_, parts)| parts));
    let configured = |(purpose, parts)| configured(folder, &purpose, parts, &generation);
    let indexes = filled.into_iter().map(configured).collect::<io::Result<Vec<_>>>()?;
    manifest::write(folder, Engine::Quickwit, &generation, &indexes, (metadata, counts))?;
    Ok(counts)
}

fn configured(folder: &Path, purpose: &Purpose, parts: Vec<Part>, generation: &str) -> io::Result<Filled> {
    let index = manifest::index_id(purpose.name, generation);
    let configuration = format!("{}.index.json", purpose.name);
    let configuration_sha256 = manifest::write_file(folder, &configuration, &index_configuration(&index, purpose))?;
    Ok(Filled { index, configuration, configuration_sha256, documents: parts.iter().map(|part| part.documents).sum(), parts })
}

fn index_configuration(index: &str, purpose: &Purpose) -> Value {
    let mappings: Vec<Value> = fields::of(Engine::Quickwit).map(fields::Field::quickwit).collect();
    let mut mapping = json!({
        "mode": "strict",
        "field_mappings": mappings,
        "tag_fields": TAGS,
        "tokenizers": [{"name": FOLDED, "type": "simple", "filters": ["remove_long", "lower_caser", "ascii_folding"]}],
    });
    if let Some(timestamp) = purpose.timestamp {
        mapping["timestamp_field"] = timestamp.into();
    }
    json!({
        "version": VERSION, "index_id": index, "doc_mapping": mapping,
        "search_settings": {"default_search_fields": ["title", "summary", "body"]},
    })
}
