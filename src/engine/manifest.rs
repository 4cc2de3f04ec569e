//! `MANIFEST.json`: what a folder for an engine holds, for the one who loads it and checks that nothing is missing.
//!
//! A generation is a digest of the documents: the same archive written twice is one generation, and indexes of two never mix.

use std::fs;
use std::io;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::parts::Part;
use super::target::Engine;
use crate::export::{Counts, Metadata};
use crate::search::ANALYZER_VERSION;

/// Moves whenever a field of the documents means something else.
const SCHEMA: u32 = 1;
/// Letters of a generation.
const SHORT: usize = 12;
const NAME: &str = "MANIFEST.json";

/// An index, and the files that fill it.
#[derive(Debug, Serialize)]
pub struct Filled {
    pub index: String,
    /// The file that makes the index.
    pub configuration: String,
    pub configuration_sha256: String,
    pub documents: u64,
    pub parts: Vec<Part>,
}

/// By whom the documents can be asked, and the digest of all parts, short.
pub fn generation<'p>(parts: impl Iterator<Item = &'p Part>) -> String {
    let mut hash = Sha256::new();
    parts.for_each(|part| hash.update(format!("{}  {}\n", part.sha256, part.file)));
    format!("{}{}", made_by(), &HEXLOWER.encode(&hash.finalize())[..SHORT])
}

/// How a generation begins: only documents and questions of one schema and one analysis understand each other.
fn made_by() -> String {
    format!("{SCHEMA}-{ANALYZER_VERSION}-")
}

/// Whether this program can ask documents of that generation.
pub fn is_ours(generation: &str) -> bool {
    generation.starts_with(&made_by())
}

/// The identifier of an index.
pub fn index_id(purpose: &str, generation: &str) -> String {
    format!("twindex-{purpose}-{generation}")
}

/// Writes a file of the folder; its digest.
pub fn write_file(folder: &Path, name: &str, value: &serde_json::Value) -> io::Result<String> {
    let text = format!("{value:#}\n");
    fs::write(folder.join(name), &text)?;
    Ok(HEXLOWER.encode(&Sha256::digest(&text)))
}

/// Writes the manifest.
pub fn write(
    folder: &Path,
    engine: Engine,
    generation: &str,
    indexes: &[Filled],
    (metadata, counts): (&Metadata, Counts),
) -> io::Result<()> {
    let mut manifest = json!({
        "engine": engine.key(), "schema_version": SCHEMA, "analyzer_version": ANALYZER_VERSION, "generation": generation,
        "records": counts.records, "texts_shortened": counts.shortened, "indexes": indexes,
    });
    if let (Some(manifest), serde_json::Value::Object(said)) = (manifest.as_object_mut(), metadata.json()) {
        manifest.extend(said);
    }
    write_file(folder, NAME, &manifest).map(drop)
}
