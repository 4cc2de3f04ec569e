//! Lines in files that an engine takes in one request each, written one after another.
//!
//! Refuses: lines that are longer than a file may be, which `document` does not make.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::document::LONGEST;
use crate::export::Hashed;

/// Bytes of a file; the longest document and a line before it fit in.
const LARGEST: u64 = LONGEST as u64 + 10_000;

/// A file that is written.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub file: String,
    pub documents: u64,
    pub bytes: u64,
    pub sha256: String,
}

/// Files of one name and a number, each begun when the one before is full.
pub struct Parts {
    folder: PathBuf,
    name: &'static str,
    open: Option<Open>,
    done: Vec<Part>,
}

struct Open {
    file: String,
    out: Hashed<BufWriter<File>>,
    documents: u64,
    bytes: u64,
}

impl Parts {
    /// Nothing is written before the first line.
    pub fn new(folder: PathBuf, name: &'static str) -> Self {
        Self { folder, name, open: None, done: Vec::new() }
    }

    /// Lines that stay together, which count as a document.
    pub fn add(&mut self, lines: &[&str]) -> io::Result<()> {
        let bytes = lines.iter().map(|line| line.len() as u64 + 1).sum::<u64>();
        if self.open.as_ref().is_some_and(|open| open.bytes + bytes > LARGEST) {
            self.close()?;
        }
        if self.open.is_none() {
            let file = format!("{}-{:04}.ndjson", self.name, self.done.len() + 1);
            let out = Hashed::new(BufWriter::new(File::create_new(self.folder.join(&file))?));
            self.open = Some(Open { file, out, documents: 0, bytes: 0 });
        }
        if let Some(open) = &mut self.open {
            for line in lines {
                open.out.write_all(line.as_bytes())?;
                open.out.write_all(b"\n")?;
            }
            open.documents += 1;
            open.bytes += bytes;
        }
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        if let Some(mut open) = self.open.take() {
            open.out.flush()?;
            let (sha256, bytes) = open.out.finish();
            self.done.push(Part { file: open.file, documents: open.documents, bytes, sha256 });
        }
        Ok(())
    }

    /// The files, in order.
    pub fn finish(mut self) -> io::Result<Vec<Part>> {
        self.close()?;
        Ok(self.done)
    }
}
