//! Records into other people's tools: JSON Lines, CSV (RFC 4180), `GeoJSON` (RFC 7946),
//! Atom (RFC 4287), JSON Schema.
//!
//! Handed an iterator of records, writes as it goes in constant memory and counts what it wrote, so that
//! an export holds exactly the hits of its query. Refuses: SQL, tantivy, the network.

mod atom;
mod cdxj;
mod csv;
mod feed;
mod geojson;
mod metadata;
mod schema;
mod wacz;

use std::io::Write;

use crate::record::Record;

pub use cdxj::{CdxLine, write_cdxj};
pub use csv::COLUMNS;
pub use feed::{FeedFormat, Item, write_feed};
pub use metadata::Metadata;
pub use schema::schema;
pub use wacz::{DATA, EntryPage, Package, WaczError, write_wacz};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One record a line, as `schema` describes it.
    Jsonl,
    /// A header and a row a record, comma, CRLF, UTF-8.
    Csv,
    /// CSV as Excel in Czech opens it: byte order mark and semicolons.
    CsvExcel,
    /// One feature a linked place, WGS 84.
    Geojson,
    /// A feed (RFC 4287), in the order given.
    Atom,
}

#[derive(Debug, thiserror::Error)]
pub enum Error<E: std::error::Error + 'static> {
    #[error("cannot write the export")]
    Write(#[from] std::io::Error),
    #[error("cannot read the archive")]
    Read(#[source] E),
}

/// Writes every record; the number written.
pub fn write<E: std::error::Error>(
    format: Format,
    records: impl Iterator<Item = Result<Record, E>>,
    metadata: &Metadata,
    out: &mut impl Write,
) -> Result<u64, Error<E>> {
    match format {
        Format::Jsonl => jsonl(records, out),
        Format::Csv => csv::write(records, b',', out),
        Format::CsvExcel => {
            out.write_all("\u{feff}".as_bytes())?;
            csv::write(records, b';', out)
        }
        Format::Geojson => geojson::write(records, metadata, out),
        Format::Atom => atom::write(records, metadata, out),
    }
}

fn jsonl<E: std::error::Error>(records: impl Iterator<Item = Result<Record, E>>, out: &mut impl Write) -> Result<u64, Error<E>> {
    let mut count = 0;
    for record in records {
        serde_json::to_writer(&mut *out, &record.map_err(Error::Read)?).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    Ok(count)
}
