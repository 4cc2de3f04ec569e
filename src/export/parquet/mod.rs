//! Apache Parquet for data frames: records as they are, lists as lists, days and times as such (UTC).
//!
//! The columns are those of the JSON Schema of a record, and `captured`. Records are turned into columns a group at a time, so
//! memory does not depend on their number. Only with the cargo feature `parquet`: its libraries are a tenth of a build.

mod columns;

use std::fs::File;
use std::io::{self, Seek, Write};
use std::sync::Arc;

use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::{Counts, Exported, Metadata, RecordWriter};
use crate::record::Record;

/// Bytes of text gathered before they are turned into columns, and bytes of columns that make a group of rows.
const GATHERED: usize = 4 << 20;
const GROUP: usize = 32 << 20;

pub(super) struct Parquet<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    open: Option<Open>,
    counts: Counts,
}

/// What is there between the beginning and the end of a file.
struct Open {
    schema: Arc<Schema>,
    decoder: Decoder,
    writer: ArrowWriter<File>,
    file: File,
    /// Bytes of text that wait in the decoder.
    gathered: usize,
}

impl<'a> Parquet<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, open: None, counts: Counts::default() }
    }

    /// Licences and query, as a reader of Parquet shows them.
    fn properties(&self) -> WriterProperties {
        let about = [("title", self.metadata.title()), ("attribution", self.metadata.attribution.join(" "))];
        let about = about.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value)).collect();
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_key_value_metadata(Some(about)).build()
    }
}

impl RecordWriter for Parquet<'_> {
    fn begin(&mut self) -> io::Result<()> {
        let schema = Arc::new(columns::schema());
        let decoder = ReaderBuilder::new(schema.clone()).build_decoder().map_err(arrow)?;
        let file = tempfile::tempfile()?;
        let writer = ArrowWriter::try_new(file.try_clone()?, schema.clone(), Some(self.properties())).map_err(fault)?;
        self.open = Some(Open { schema, decoder, writer, file, gathered: 0 });
        Ok(())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let open = self.open.as_mut().ok_or_else(unopened)?;
        let mut row = serde_json::to_value(&exported.record)?;
        row[columns::CAPTURED] = serde_json::to_value(exported.captured)?;
        columns::fit(&mut row, open.schema.fields());
        open.decoder.serialize(&[row]).map_err(arrow)?;
        open.gathered += text_bytes(&exported.record);
        if open.gathered >= GATHERED {
            open.flush()?;
        }
        self.counts.records += 1;
        Ok(())
    }

    fn end(&mut self) -> io::Result<Counts> {
        let mut open = self.open.take().ok_or_else(unopened)?;
        open.flush()?;
        open.writer.close().map_err(fault)?;
        open.file.rewind()?;
        io::copy(&mut open.file, self.out)?;
        Ok(self.counts)
    }
}

impl Open {
    fn flush(&mut self) -> io::Result<()> {
        self.gathered = 0;
        if let Some(batch) = self.decoder.flush().map_err(arrow)? {
            self.writer.write(&batch).map_err(fault)?;
        }
        if self.writer.in_progress_size() >= GROUP {
            self.writer.flush().map_err(fault)?;
        }
        Ok(())
    }
}

/// What a record weighs: its long texts, and about a kilobyte of the rest.
fn text_bytes(record: &Record) -> usize {
    let attached = record.attachments.iter().filter_map(|attachment| attachment.text.as_ref());
    1_024 + record.body.iter().chain(attached).map(String::len).sum::<usize>()
}

fn unopened() -> io::Error {
    io::Error::other("a file of Parquet that was not begun")
}

fn arrow(error: ArrowError) -> io::Error {
    io::Error::other(error)
}

fn fault(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
