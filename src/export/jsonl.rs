//! JSON Lines (jsonlines.org): a record a line, as the JSON Schema of `schema.rs` describes it.
//!
//! Refuses: a head or a foot: lines of two files can be put together.

use std::io::{self, Write};

use super::{Counts, Exported, RecordWriter};

pub(super) struct Jsonl<'a> {
    out: &'a mut dyn Write,
    count: u64,
}

impl<'a> Jsonl<'a> {
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out, count: 0 }
    }
}

impl RecordWriter for Jsonl<'_> {
    fn begin(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, &exported.record)?;
        self.count += 1;
        self.out.write_all(b"\n")
    }

    fn end(&mut self) -> io::Result<Counts> {
        Ok(Counts::of(self.count))
    }
}
