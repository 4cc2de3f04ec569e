//! Records out of a stream: WARC 1.0 and 1.1, a gzip member each, one for all, or none.
//!
//! Any bytes are an input. Lengths are claims: memory follows what arrives, at most `BLOCK_CAP`.
//! Reading to the end of a member checks its CRC-32 (RFC 1952), so a record is whole or an error.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use super::fields::Fields;
use super::{BLOCK_CAP, digest};

/// Bytes that a record's header may have: room for the longest address that a redirect can name.
const HEADER_CAP: u64 = 4 << 20;

#[derive(Debug)]
pub(super) struct Record {
    /// The version line and the fields as they came, with the empty line that ends them.
    pub head: Vec<u8>,
    pub header: Fields,
    pub block: Vec<u8>,
    /// Where its gzip member (or, unpacked, the record) begins.
    pub offset: u64,
}

/// A stream that cannot be read on.
#[derive(Debug)]
pub(super) struct Broken {
    pub offset: u64,
    pub why: String,
}

#[derive(Debug)]
pub(super) struct Reader<R: BufRead> {
    input: Input<R>,
    /// Of the member or record being read.
    offset: u64,
}

#[derive(Debug)]
enum Input<R: BufRead> {
    Between(Counted<R>),
    Member(Box<BufReader<GzDecoder<Counted<R>>>>),
    Plain(Counted<R>),
    Ended,
}

#[derive(Debug)]
struct Counted<R> {
    inner: R,
    at: u64,
}

impl Record {
    pub(super) fn kind(&self) -> &str {
        self.header.get("WARC-Type").unwrap_or_default()
    }

    pub(super) fn id(&self) -> &str {
        self.header.get("WARC-Record-ID").unwrap_or_default()
    }

    /// What is wrong with the block, if it is not the one that was written. Claims in other digests are not judged.
    pub(super) fn altered(&self) -> Option<String> {
        let claim = self.header.get("WARC-Block-Digest").filter(|claim| claim.starts_with("sha1:"))?;
        let found = digest::labelled(&[&self.block]);
        (claim != found).then(|| format!("the block has the digest {found}, not {claim}"))
    }

    /// File and offset of the record that a revisit refers to.
    pub(super) fn refers_to(&self) -> Option<(String, u64)> {
        let file = self.header.get("WARC-Refers-To-Filename").filter(|_| self.kind() == "revisit")?;
        Some((file.to_owned(), self.header.get("WARC-Refers-To-File-Offset")?.parse().ok()?))
    }
}

impl<R: BufRead> Reader<R> {
    /// `offset`: where in its file the stream begins.
    pub(super) fn new(inner: R, offset: u64) -> Self {
        Self { input: Input::Between(Counted { inner, at: offset }), offset }
    }

    /// The next record; `None` at the end. After an error there is nothing more.
    pub(super) fn next(&mut self) -> Result<Option<Record>, Broken> {
        match self.advance() {
            Ok(record) => Ok(record),
            Err(error) => {
                self.input = Input::Ended;
                let torn = error.kind() == ErrorKind::UnexpectedEof;
                let why = if torn { "the record is torn: the file ends inside it".to_owned() } else { error.to_string() };
                Err(Broken { offset: self.offset, why })
            }
        }
    }

    /// Where the next record begins, if the last one was a gzip member of its own.
    pub(super) fn position(&self) -> u64 {
        match &self.input {
            Input::Between(raw) | Input::Plain(raw) => raw.at,
            Input::Member(member) => member.get_ref().get_ref().at,
            Input::Ended => self.offset,
        }
    }

    fn advance(&mut self) -> io::Result<Option<Record>> {
        loop {
            match std::mem::replace(&mut self.input, Input::Ended) {
                Input::Ended => return Ok(None),
                Input::Between(mut raw) => {
                    self.offset = raw.at;
                    let start = raw.fill_buf()?;
                    if start.is_empty() {
                        return Ok(None);
                    }
                    self.input =
                        if start[0] == 0x1f { Input::Member(Box::new(BufReader::new(GzDecoder::new(raw)))) } else { Input::Plain(raw) };
                }
                Input::Member(mut member) => {
                    if skip_blank_lines(&mut member)? {
                        self.input = Input::Between(member.into_inner().into_inner());
                        continue;
                    }
                    let record = read_record(&mut member, self.offset)?;
                    // A member that is at its end has its checksum looked at now, before the record is believed.
                    skip_blank_lines(&mut member)?;
                    self.input = Input::Member(member);
                    return Ok(Some(record));
                }
                Input::Plain(mut raw) => {
                    if skip_blank_lines(&mut raw)? {
                        return Ok(None);
                    }
                    self.offset = raw.at;
                    let record = read_record(&mut raw, self.offset)?;
                    self.input = Input::Plain(raw);
                    return Ok(Some(record));
                }
            }
        }
    }
}

/// Skips line breaks between records; whether the stream is at its end.
fn skip_blank_lines(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(true);
        }
        let blank = buffer.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if blank == 0 {
            return Ok(false);
        }
        input.consume(blank);
    }
}

fn read_record(input: &mut impl BufRead, offset: u64) -> io::Result<Record> {
    let mut header = Vec::new();
    let mut limited = input.by_ref().take(HEADER_CAP);
    // The version line and the fields, up to the empty line.
    while !header.ends_with(b"\r\n\r\n") && !header.ends_with(b"\n\n") {
        if limited.read_until(b'\n', &mut header)? == 0 {
            let torn = header.len() < HEADER_CAP as usize;
            return Err(if torn { ErrorKind::UnexpectedEof.into() } else { io::Error::other("the header of the record has no end") });
        }
        if !b"WARC/1.".starts_with(&header[..header.len().min(7)]) {
            return Err(io::Error::other("this is no record of WARC 1.0 or 1.1"));
        }
    }
    let fields = header.iter().position(|byte| *byte == b'\n').map_or(&[][..], |end| &header[end + 1..]);
    let parsed = Fields::parse(fields);
    let length = parsed.get("Content-Length").and_then(|length| length.parse::<u64>().ok());
    let length = length.ok_or_else(|| io::Error::other("the record does not say how long it is"))?;
    if length > BLOCK_CAP {
        return Err(io::Error::other(format!("the record claims {length} bytes, more than {BLOCK_CAP}")));
    }
    let mut block = Vec::new();
    if input.take(length).read_to_end(&mut block)? < length as usize {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Record { head: header, header: parsed, block, offset })
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.at += count as u64;
        self.inner.consume(count);
    }
}
