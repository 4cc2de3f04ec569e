//! Stored records as an index of captures and other programs see them: what they are, how long they are, their bytes.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

use jiff::Timestamp;
use url::Url;

use super::reader::Reader;
use super::{Error, Pages, digest, foreign, import, metadata};
use crate::record::PageRef;

/// A record of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub url: Url,
    pub at: Timestamp,
    /// Media type without parameters; `None` for a revisit.
    pub mime: Option<String>,
    /// Status of HTTP; `None` for a revisit without a head.
    pub status: Option<u16>,
    /// Of the payload; of a revisit, of that which it repeats.
    pub digest: String,
    /// Bytes of its gzip member.
    pub length: u64,
    /// Where the bytes of a revisit lie.
    pub refers_to: Option<PageRef>,
}

impl Pages {
    /// What lies at a place.
    pub fn member(&self, place: &PageRef) -> Result<Member, Error> {
        let damaged = |why| self.damaged(&place.warc, place.offset, why);
        let (record, end) = self.record_and_end(&place.warc, place.offset)?;
        let revisit = record.kind() == "revisit";
        let exchange = if import::is_import(&place.warc) { foreign::exchange(&record) } else { metadata::exchange(&record, Vec::new()) };
        let exchange = if revisit { exchange.ok() } else { Some(exchange.map_err(damaged)?) };
        let claimed = record.header.get("WARC-Payload-Digest").map(str::to_owned);
        let digest = claimed.unwrap_or_else(|| digest::labelled(&[exchange.as_ref().map_or(&[][..], |exchange| &exchange.body)]));
        let mime = exchange.as_ref().and_then(|exchange| exchange.header("content-type"));
        let mime =
            mime.map_or_else(|| "application/octet-stream".to_owned(), |mime| mime.split(';').next().unwrap_or_default().trim().to_owned());
        Ok(Member {
            url: metadata::target(&record).map_err(damaged)?,
            at: metadata::date(&record).map_err(damaged)?,
            mime: (!revisit).then_some(mime),
            status: exchange.map(|exchange| exchange.status),
            digest,
            length: end - place.offset,
            refers_to: record.refers_to().map(|(warc, offset)| PageRef { warc, offset, digest: String::new() }),
        })
    }

    /// Copies a record as it lies there.
    pub fn copy_member(&self, place: &PageRef, length: u64, out: &mut impl Write) -> io::Result<()> {
        let mut file = File::open(self.path(&place.warc))?;
        file.seek(SeekFrom::Start(place.offset))?;
        io::copy(&mut file.take(length), out).map(drop)
    }

    /// A record, and where its gzip member ends.
    fn record_and_end(&self, warc: &str, offset: u64) -> Result<(super::reader::Record, u64), Error> {
        let path = self.path(warc);
        let failed = |source| Error::Io { path: path.clone(), source };
        let mut file = File::open(&path).map_err(failed)?;
        file.seek(SeekFrom::Start(offset)).map_err(failed)?;
        let mut reader = Reader::new(BufReader::new(file), offset);
        match reader.next() {
            Ok(Some(record)) => Ok((record, reader.position())),
            Ok(None) => Err(self.damaged(warc, offset, "the file ends here".to_owned())),
            Err(broken) => Err(self.damaged(warc, offset, broken.why)),
        }
    }
}
