//! A WARC file of captures that we make ourselves: of pages that lie elsewhere, as an archive or a browser has kept them.
//!
//! Each has the address and the time at which it was captured, not ours. The file is taken in by `Pages::take` like any other
//! of that kind once it is complete; until then it lies beside them, and whoever was cut short goes on where it ends.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use url::Url;

use super::fields::Fields;
use super::packer::Packer;
use super::reader::{Reader, Record};
use super::{Error, Pages, digest, import, metadata};
use crate::record::PageRef;

const SAME_BYTES: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// What one record says.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// An answer over HTTP: its status line and fields, and its body without coding.
    Response { head: &'a str, body: &'a [u8] },
    /// A page without the answer that brought it.
    Resource { media_type: &'a str, body: &'a [u8] },
    /// The bytes of an earlier capture, of this address and moment.
    Revisit { of: (&'a Url, Timestamp) },
    /// No capture: what a server said of them.
    Index { answer: &'a [u8] },
}

/// A record that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub url: Url,
    pub at: Timestamp,
    pub place: PageRef,
    /// It is an index.
    pub index: bool,
}

impl Pages {
    /// The parcel that is being filled from this place; `take` hears what is in it.
    pub fn parcel(&self, from: &str, take: impl FnMut(Packed)) -> Result<Parcel, Error> {
        Parcel::open(&self.parcel_path(from), take)
    }

    /// Where it lies.
    pub fn parcel_path(&self, from: &str) -> PathBuf {
        self.dir.join(import::unfinished(from))
    }

    /// There are captures in it, not only what is said of some.
    pub fn parcel_holds_captures(&self, from: &str) -> Result<bool, Error> {
        let mut captures = false;
        Parcel::open(&self.parcel_path(from), |packed| captures |= !packed.index)?;
        Ok(captures)
    }

    /// What a server said of captures.
    pub fn index_answer(&self, place: &PageRef) -> Result<Vec<u8>, Error> {
        Ok(self.record(&place.warc, place.offset)?.block)
    }
}

/// The open file.
#[derive(Debug)]
pub struct Parcel {
    path: PathBuf,
    name: String,
    file: File,
    end: u64,
    packer: Packer,
}

impl Parcel {
    /// Opens a file, or makes it; `take` hears what is in it. A torn record at its end is cut off.
    fn open(path: &Path, mut take: impl FnMut(Packed)) -> Result<Self, Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let file = OpenOptions::new().create(true).append(true).read(true).open(path).map_err(failed)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut reader = Reader::new(BufReader::new(File::open(path).map_err(failed)?), 0);
        let mut end = 0;
        while let Ok(Some(record)) = reader.next() {
            end = reader.position();
            packed(&name, &record).into_iter().for_each(&mut take);
        }
        file.set_len(end).map_err(failed)?;
        Ok(Self { path: path.to_owned(), name, file, end, packer: Packer::default() })
    }

    /// Adds a record, which is durable when this returns.
    pub fn add(&mut self, url: &Url, at: Timestamp, piece: Piece<'_>) -> Result<PageRef, Error> {
        let mut fields = Fields::default();
        let (kind, media_type, block): (_, _, [&[u8]; 2]) = match piece {
            Piece::Response { head, body } => ("response", "application/http;msgtype=response", [head.as_bytes(), body]),
            Piece::Resource { media_type, body } => ("resource", media_type, [b"", body]),
            Piece::Revisit { .. } => ("revisit", "application/http;msgtype=response", [b"", b""]),
            Piece::Index { answer } => ("metadata", "application/octet-stream", [b"", answer]),
        };
        fields.push("WARC-Type", kind);
        fields.push("WARC-Record-ID", digest::record_id(&self.name, &format!("{url} {at}"), self.end, 0));
        fields.push("WARC-Date", at.to_string());
        fields.push("WARC-Target-URI", url.as_str());
        fields.push("Content-Type", media_type);
        if let Piece::Revisit { of } = piece {
            fields.push("WARC-Profile", SAME_BYTES);
            fields.push("WARC-Refers-To-Target-URI", of.0.as_str());
            fields.push("WARC-Refers-To-Date", of.1.to_string());
        }
        let payload = digest::labelled(&[block[1]]);
        if matches!(piece, Piece::Response { .. } | Piece::Resource { .. }) {
            fields.push("WARC-Payload-Digest", payload.as_str());
        }
        fields.push("WARC-Block-Digest", digest::labelled(&block));
        fields.push("Content-Length", (block[0].len() + block[1].len()).to_string());
        let header = [b"WARC/1.1\r\n", &*fields.to_block(), b"\r\n"].concat();
        let member = self.packer.member(&[&header, block[0], block[1], b"\r\n\r\n"]).and_then(|member| {
            self.file.write_all(&member)?;
            self.file.sync_data()?;
            Ok(member.len() as u64)
        });
        let length = member.map_err(|source| Error::Io { path: self.path.clone(), source })?;
        let place = PageRef { warc: self.name.clone(), offset: self.end, digest: payload };
        self.end += length;
        Ok(place)
    }
}

fn packed(name: &str, record: &Record) -> Option<Packed> {
    let place = PageRef { warc: name.to_owned(), offset: record.offset, digest: String::new() };
    Some(Packed { url: metadata::target(record).ok()?, at: metadata::date(record).ok()?, place, index: record.kind() == "metadata" })
}
