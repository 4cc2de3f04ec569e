//! Records for a search engine that runs on several machines: folders that Quickwit and `OpenSearch` take in as they are.
//!
//! `fields` is the one table of what a document has, for both; `document` fills it, `parts` writes lines in files that the engines
//! accept, `manifest` says what lies there. `ask` puts a question to a Quickwit that holds them, in the words of `query`. Quickwit
//! knows no Czech, so it is given terms of our own analysis (`search::Holdings`); `OpenSearch` brings an analysis of its own. Refuses:
//! the network, and to run an engine.

mod ask;
mod document;
mod fields;
mod manifest;
mod opensearch;
mod parts;
mod query;
mod quickwit;
mod target;

use std::path::Path;

pub use ask::{Send, ask};
pub use target::Engine;

use crate::export::{Counts, Error, Exported, Fault, Metadata};

/// Writes the records into a folder that is there and empty.
pub fn write<E: Into<Fault>>(
    engine: Engine,
    folder: &Path,
    records: impl Iterator<Item = Result<Exported, E>>,
    metadata: &Metadata,
) -> Result<Counts, Error> {
    let records = records.map(|record| record.map_err(|error| Error::Read(error.into())));
    match engine {
        Engine::Quickwit => quickwit::write(folder, records, metadata),
        Engine::Opensearch => opensearch::write(folder, records, metadata),
    }
}
