//! A folder for `OpenSearch`: a mapping and requests for `_bulk`.
//!
//! A document has the record's identifier and, as its external version, the number of the record's version, so that requests may be
//! sent again and in any order. A record that the site has removed is a `delete`. As a record may come back, or be read better,
//! without a new version, an equal version is taken, too (`external_gte`).

use std::path::Path;

use serde_json::{Map, Value, json};

use super::document::Documents;
use super::fields::{self, CZECH};
use super::manifest::{self, Filled};
use super::parts::Parts;
use super::target::Engine;
use crate::export::{Counts, Error, Exported, Metadata};

const INDEX: &str = "twindex";
const MAPPING: &str = "mapping.json";

pub fn write(folder: &Path, records: impl Iterator<Item = Result<Exported, Error>>, metadata: &Metadata) -> Result<Counts, Error> {
    let mut documents = Documents::of(Engine::Opensearch);
    let mut parts = Parts::new(folder.to_owned(), "bulk");
    let mut counts = Counts::default();
    for exported in records {
        let record = exported?.record;
        let action = json!({"_id": record.id, "version": record.version, "version_type": "external_gte"});
        if record.gone_since.is_some() {
            parts.add(&[&json!({"delete": action}).to_string()])?;
        } else {
            parts.add(&[&json!({"index": action}).to_string(), &documents.line(&record)?])?;
        }
        counts.records += 1;
    }
    counts.shortened = documents.shortened;
    let parts = parts.finish()?;
    let generation = manifest::generation(parts.iter());
    let filled = Filled {
        index: INDEX.to_owned(),
        configuration: MAPPING.to_owned(),
        configuration_sha256: manifest::write_file(folder, MAPPING, &mapping())?,
        documents: counts.records,
        parts,
    };
    manifest::write(folder, Engine::Opensearch, &generation, &[filled], (metadata, counts))?;
    Ok(counts)
}

/// Settings and mapping: the body of the request that makes the index.
fn mapping() -> Value {
    let properties: Map<String, Value> = fields::of(Engine::Opensearch).map(|field| (field.name.to_owned(), field.opensearch())).collect();
    let analysis = json!({
        "filter": {
            "czech_stop": {"type": "stop", "stopwords": "_czech_"},
            "czech_stemmer": {"type": "stemmer", "language": "czech"},
        },
        "analyzer": {
            CZECH: {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "czech_stop", "czech_stemmer", "asciifolding"]},
        },
    });
    json!({"settings": {"analysis": analysis}, "mappings": {"dynamic": "strict", "properties": properties}})
}
