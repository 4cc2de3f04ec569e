//! The file of a run while it is being written.
//!
//! A visit becomes up to three records: `metadata`, `request`, then `response` or `revisit`. The answer
//! comes last, so a visit whose answer can be read is whole, wherever a kill has cut the file. A 304 is a
//! `server-not-modified` revisit with an empty block; the same bytes again are an `identical-payload-digest`
//! revisit with the new head (WARC 1.1 §6.7). Failed writes are cut off again, never left half in the file.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use super::fields::Fields;
use super::packer::Packer;
use super::reader::Record;
use super::{BLOCK_CAP, Context, Error, Pages, RunInfo, SUFFIX, digest, metadata};
use crate::record::PageRef;
use crate::visit::{Exchange, Visit};

const CONFORMS_TO: &str = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";
const PROFILE: &str = "http://netpreserve.org/warc/1.1/revisit";

/// The open file of one run.
#[derive(Debug)]
pub struct Writer {
    pages: Pages,
    file: File,
    path: PathBuf,
    /// File name.
    name: String,
    begun: String,
    /// Record name of the `warcinfo`.
    info: String,
    offset: u64,
    packer: Packer,
}

impl Writer {
    pub(super) fn begin(pages: &Pages, info: &RunInfo) -> Result<Self, Error> {
        let (name, path, file) = create(pages, info)?;
        let begun = info.started.to_string();
        let id = digest::record_id(&name, &begun, 0, 0);
        let mut writer = Self { pages: pages.clone(), file, path, name, begun, info: id, offset: 0, packer: Packer::default() };
        let mut fields = Fields::default();
        fields.push("software", concat!("twindex/", env!("CARGO_PKG_VERSION")));
        fields.push("format", "WARC File Format 1.1");
        fields.push("conformsTo", CONFORMS_TO);
        fields.push("robots", "obey");
        fields.push_bytes("isPartOf", info.source.as_bytes());
        if let Some(contact) = &info.contact {
            fields.push_bytes("operator", contact.as_bytes());
        }
        if let Some(sequence) = info.sequence {
            fields.push("sequence", sequence.to_string());
        }
        if info.accepts_changes {
            fields.push("accepts-changes", "true");
        }
        if let Some(run) = &info.continues {
            fields.push_bytes("continues", run.as_bytes());
        }
        let mut header = Fields::default();
        header.push("WARC-Filename", writer.name.as_str());
        header.push("Content-Type", "application/warc-fields");
        let member = writer.member("warcinfo", 0, info.started, header, &[&fields.to_block()])?;
        writer.write(&member)?;
        writer.sync()?;
        // The name of a new file is durable once its folder is (fsync(2)).
        #[cfg(unix)]
        File::open(&writer.pages.dir).and_then(|dir| dir.sync_all()).map_err(|error| writer.failed(error))?;
        Ok(writer)
    }

    /// Name of the run: the file's name without its ending.
    pub fn run(&self) -> &str {
        self.name.strip_suffix(SUFFIX).unwrap_or(&self.name)
    }

    /// Adds a visit; durable after the next `sync`.
    pub fn append(&mut self, visit: &Visit, context: &Context<'_>) -> Result<PageRef, Error> {
        let answer = 2;
        let concurrent = digest::record_id(&self.name, &self.begun, self.offset, answer);
        let header = |kind: &str| {
            let mut fields = Fields::default();
            fields.push("WARC-Target-URI", visit.url.as_str());
            fields.push("Content-Type", kind);
            fields
        };
        let mut beside = header("application/warc-fields");
        let Some(exchange) = &visit.exchange else {
            let member = self.member("metadata", 0, visit.at, beside, &[&metadata::fields(visit, context, false).to_block()])?;
            let place = PageRef { warc: self.name.clone(), offset: self.offset, digest: String::new() };
            return self.write(&member).map(|()| place);
        };
        check(visit, exchange)?;
        let payload = digest::labelled(&[&exchange.body]);
        let revisit = context.refers_to.and_then(|earlier| self.revisit(exchange, &payload, earlier));
        let unmodified = revisit.is_some() && exchange.body.is_empty();

        beside.push("WARC-Concurrent-To", concurrent.as_str());
        let mut bytes = self.member("metadata", 0, visit.at, beside, &[&metadata::fields(visit, context, unmodified).to_block()])?;
        let mut asked = header("application/http;msgtype=request");
        asked.push("WARC-Concurrent-To", concurrent.as_str());
        bytes.extend(self.member("request", 1, visit.at, asked, &[&exchange.request])?);

        let mut answered = header("application/http;msgtype=response");
        if let Some(ip) = exchange.ip {
            answered.push("WARC-IP-Address", ip.to_string());
        }
        let offset = self.offset + bytes.len() as u64;
        let (kind, digest) = if let Some(fields) = revisit {
            let digest = fields.get("WARC-Payload-Digest").unwrap_or_default().to_owned();
            answered.0.extend(fields.0);
            ("revisit", digest)
        } else {
            answered.push("WARC-Payload-Digest", payload.as_str());
            if exchange.truncated {
                answered.push("WARC-Truncated", "unspecified");
            }
            ("response", payload)
        };
        let block: [&[u8]; 2] = match (kind, unmodified) {
            (_, true) => [b"", b""],
            ("revisit", _) => [&exchange.head, b""],
            _ => [&exchange.head, &exchange.body],
        };
        bytes.extend(self.member(kind, answer, visit.at, answered, &block)?);
        self.write(&bytes)?;
        Ok(PageRef { warc: self.name.clone(), offset, digest })
    }

    /// Forces everything appended so far onto the disk.
    pub fn sync(&mut self) -> Result<(), Error> {
        self.file.sync_data().map_err(|error| self.failed(error))
    }

    /// Notes that the run came to its own end, and how; a file without this note was interrupted.
    pub fn finish(mut self, at: Timestamp, outcome: &str) -> Result<(), Error> {
        let mut header = Fields::default();
        header.push("WARC-Refers-To", self.info.as_str());
        header.push("Content-Type", "application/warc-fields");
        let mut fields = Fields::default();
        fields.push_bytes("run-outcome", outcome.as_bytes());
        let member = self.member("metadata", 0, at, header, &[&fields.to_block()])?;
        self.write(&member)?;
        self.sync()
    }

    /// The fields of a revisit record, if the exchange is one. An earlier page that cannot be read any more
    /// (its file was taken away) is no reason to lose this visit: it is then stored whole.
    fn revisit(&self, exchange: &Exchange, payload: &str, earlier: &PageRef) -> Option<Fields> {
        let mut place = (earlier.warc.clone(), earlier.offset);
        let mut record = self.pages.record(&place.0, place.1).ok()?;
        // A revisit of a revisit refers to the page itself.
        if let Some(first) = record.refers_to() {
            record = self.pages.record(&first.0, first.1).ok()?;
            place = first;
        }
        let digest = record.header.get("WARC-Payload-Digest").filter(|_| record.kind() == "response")?;
        let profile = match exchange.body.is_empty() {
            true if exchange.status == 304 => "server-not-modified",
            false if digest == payload && exchange.status != 304 && !exchange.truncated && reads_alike(exchange, &record) => {
                "identical-payload-digest"
            }
            _ => return None,
        };
        let mut fields = Fields::default();
        fields.push("WARC-Profile", format!("{PROFILE}/{profile}"));
        for (name, value) in [
            ("WARC-Refers-To", record.id()),
            ("WARC-Refers-To-Target-URI", record.header.get("WARC-Target-URI")?),
            ("WARC-Refers-To-Date", record.header.get("WARC-Date")?),
            // As Heritrix names them: the place, so that no index is needed to find it.
            ("WARC-Refers-To-Filename", &place.0),
            ("WARC-Refers-To-File-Offset", &place.1.to_string()),
            ("WARC-Payload-Digest", digest),
        ] {
            fields.push(name, value);
        }
        Some(fields)
    }

    /// One record as a gzip member.
    fn member(&mut self, kind: &str, nth: usize, at: Timestamp, fields: Fields, block: &[&[u8]]) -> Result<Vec<u8>, Error> {
        let mut header = Fields::default();
        header.push("WARC-Type", kind);
        header.push("WARC-Record-ID", digest::record_id(&self.name, &self.begun, self.offset, nth));
        header.push("WARC-Date", at.to_string());
        if kind != "warcinfo" {
            header.push("WARC-Warcinfo-ID", self.info.as_str());
        }
        header.0.extend(fields.0);
        header.push("WARC-Block-Digest", digest::labelled(block));
        header.push("Content-Length", block.iter().map(|part| part.len()).sum::<usize>().to_string());
        let header = [b"WARC/1.1\r\n", &*header.to_block(), b"\r\n"].concat();
        let packed = self.packer.member(&[&[&header[..]], block, &[b"\r\n\r\n"]].concat());
        packed.map_err(|error| self.failed(error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if let Err(error) = self.file.write_all(bytes) {
            // Half a member would hide whatever is appended after it; if the cut fails too, replay finds the tear.
            let cut = self.file.set_len(self.offset);
            return Err(self.failed(cut.err().unwrap_or(error)));
        }
        self.offset += bytes.len() as u64;
        Ok(())
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Io { path: self.path.clone(), source }
    }
}

/// Bytes under another type, charset or coding are another page, and a revisit is read with the head of the first.
fn reads_alike(exchange: &Exchange, earlier: &Record) -> bool {
    metadata::exchange(earlier, Vec::new())
        .is_ok_and(|earlier| ["content-type", "content-encoding"].iter().all(|name| exchange.header(name) == earlier.header(name)))
}

/// Refuses what could not be read back as it was.
fn check(visit: &Visit, exchange: &Exchange) -> Result<(), Error> {
    let unfit = |why: &str| Err(Error::Unfit { url: visit.url.clone(), why: why.to_owned() });
    if (exchange.head.len() + exchange.body.len()) as u64 > BLOCK_CAP {
        return unfit("it is larger than a record may be");
    }
    if metadata::head_end(&exchange.head) != Some(exchange.head.len()) || !exchange.head.ends_with(b"\r\n\r\n") {
        return unfit("its head does not end in the first empty line");
    }
    if metadata::status(&exchange.head) != Some(exchange.status) {
        return unfit("its status is not the one of its status line");
    }
    Ok(())
}

/// A file that was not there before: `SOURCE-20261124T150405Z.warc.gz`, with `-2` and so on for a second one.
fn create(pages: &Pages, info: &RunInfo) -> Result<(String, PathBuf, File), Error> {
    let source: String = info.source.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let started = info.started.strftime("%Y%m%dT%H%M%SZ");
    for nth in 1_u32.. {
        let again = if nth == 1 { String::new() } else { format!("-{nth}") };
        let name = format!("{source}-{started}{again}{SUFFIX}");
        let path = pages.dir.join(&name);
        match OpenOptions::new().append(true).create_new(true).open(&path) {
            Ok(file) => return Ok((name, path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Error::Io { path, source }),
        }
    }
    unreachable!("four thousand million files of one second")
}
