//! Records into other people's tools: tables, maps, feeds, citations, linked data, databases.
//!
//! One trait, [`RecordWriter`]: it begins, takes records one after another in constant memory, ends, and counts truly. A format
//! is a file that implements it and a row in `format.rs`. Refuses: the archive and its SQL, tantivy, the network; what it
//! writes comes from the records and the [`Metadata`] it is handed.

mod atom;
mod cdxj;
mod citation;
mod deposit;
mod feed;
mod format;
mod geojson;
mod hashed;
mod jsonfeed;
mod jsonl;
mod jsonld;
mod metadata;
#[cfg(feature = "parquet")]
mod parquet;
mod schema;
mod sqlite;
mod table;
mod wacz;
mod xlsx;

use std::io::{self, Write};

use jiff::Timestamp;

use crate::record::Record;

pub use cdxj::{CdxLine, write_cdxj};
pub use deposit::Deposit;
pub use feed::{FeedFormat, FeedItem, write_feed};
pub use format::Format;
pub use hashed::Hashed;
pub use metadata::{Counts, Metadata};
pub use schema::schema;
pub use table::{COLUMNS, Column, Dialect, Table};
pub use wacz::{DATA, EntryPage, Package, WaczError, write_wacz};

/// A record on its way out, with what the archive knows beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    pub record: Record,
    /// When the page was fetched from which the record was read.
    pub captured: Option<Timestamp>,
    /// All versions up to this one, oldest first; empty unless the format asks ([`Format::wants_versions`]).
    pub versions: Vec<Record>,
}

impl From<Record> for Exported {
    fn from(record: Record) -> Self {
        Self { record, captured: None, versions: Vec::new() }
    }
}

/// Writes records in one format: `begin` once, `record` for each, `end` once.
pub trait RecordWriter {
    fn begin(&mut self) -> io::Result<()>;
    fn record(&mut self, exported: &Exported) -> io::Result<()>;
    /// Finishes the file; what was written.
    fn end(&mut self) -> io::Result<Counts>;
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot write the export")]
    Write(#[from] io::Error),
    #[error("cannot read the archive")]
    Read(#[source] Fault),
}

/// Why a record could not be read.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Writes every record; what was written.
pub fn write<E: Into<Fault>>(
    format: &Format,
    records: impl Iterator<Item = Result<Exported, E>>,
    metadata: &Metadata,
    out: &mut dyn Write,
) -> Result<Counts, Error> {
    let mut writer = format.writer(metadata, out);
    writer.begin()?;
    for record in records {
        writer.record(&record.map_err(|error| Error::Read(error.into()))?)?;
    }
    Ok(writer.end()?)
}

/// The tag URI (RFC 4151) of an identifier: one name for a notice in feeds and in linked data, wherever it moves.
fn tag(id: &str) -> String {
    format!("tag:twindex.invalid,2026:{id}")
}

/// The name that an enum of records has in JSON.
fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
