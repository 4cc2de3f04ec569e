//! Files of others taken into the page archive: whole, under a name that says what is in them.
//!
//! The name is a digest of the file as it was given, so the same file is taken once, wherever it lay. A file whose records
//! are gzip members of their own is copied byte for byte. One that is packed as a whole, or not at all, is packed again
//! record by record: nobody could seek in it. Beside it lies `import.….json`: where it came from and when.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha1::{Digest, Sha1};

use super::folder::{Error, Pages, SUFFIX};
use super::reader::{Reader, Record};

/// What the names of these files begin with; runs have a hyphen there.
const PREFIX: &str = "import.";
/// What the name of the note beside such a file ends in.
pub(super) const NOTE: &str = ".json";
/// Hexadecimal digits of the digest in a name.
const DIGITS: usize = 20;

/// What taking a file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Name in the folder.
    pub file: String,
    /// It was not there before.
    pub new: bool,
    /// Where it could not be read on, for a file that had to be packed again: byte and reason.
    pub broken: Option<(u64, String)>,
}

/// How the records of a file are packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// A gzip member each.
    Members,
    /// One gzip member, or none.
    Whole,
}

/// Name of a file that is being made of what lies at that place.
pub(super) fn unfinished(from: &str) -> String {
    format!("{PREFIX}{}.part", &HEXLOWER.encode(&Sha1::digest(from.as_bytes()))[..DIGITS])
}

/// The file was written by others.
pub(super) fn is_import(file: &str) -> bool {
    file.starts_with(PREFIX)
}

impl Pages {
    /// Takes a WARC file of another program; a file that is no WARC is refused.
    ///
    /// `from`: where what is in it comes from, if not from the file.
    pub fn take(&self, path: &Path, from: Option<&str>, now: Timestamp) -> Result<Taken, Error> {
        let failed = |source| Error::Io { path: path.to_owned(), source };
        let digest = digest(path).map_err(failed)?;
        let file = format!("{PREFIX}{}{SUFFIX}", &digest[..DIGITS]);
        let target = self.dir.join(&file);
        if target.is_file() {
            return Ok(Taken { file, new: false, broken: None });
        }
        let packing = packing(path)?;
        let part = self.dir.join(format!("{file}.part"));
        let mut broken = None;
        let copied = copy(path, &part, packing, &mut broken);
        copied.map_err(|source| Error::Io { path: part.clone(), source })?;
        let lay = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let from = from.map_or_else(|| lay.to_string_lossy().into_owned(), str::to_owned);
        let note = serde_json::json!({"from": from, "sha1": digest, "imported": now, "packed_again": packing == Packing::Whole});
        let beside = self.dir.join(format!("{PREFIX}{}{NOTE}", &digest[..DIGITS]));
        std::fs::write(&beside, format!("{note:#}\n")).map_err(|source| Error::Io { path: beside, source })?;
        std::fs::rename(&part, &target).map_err(|source| Error::Io { path: target, source })?;
        Ok(Taken { file, new: true, broken })
    }

    /// Takes a file out again that was just taken in.
    pub fn leave_out(&self, file: &str) -> Result<(), Error> {
        let beside = file.strip_suffix(SUFFIX).filter(|_| is_import(file)).map(|stem| format!("{stem}{NOTE}"));
        for name in beside.iter().map(String::as_str).chain([file]) {
            let path = self.dir.join(name);
            std::fs::remove_file(&path).map_err(|source| Error::Io { path, source })?;
        }
        Ok(())
    }

    /// Names of the files that others wrote, sorted.
    pub fn imports(&self) -> Result<Vec<String>, Error> {
        let failed = |source| Error::Io { path: self.dir.clone(), source };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.dir).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if is_import(&name) && name.ends_with(SUFFIX) {
                files.push(name);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Where a file of others is kept.
    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.join(file)
    }
}

/// SHA-1 of a file, hexadecimal.
fn digest(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(path)?, Sha1::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(HEXLOWER.encode(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// Judged by its first two records; an error if there is not one.
fn packing(path: &Path) -> Result<Packing, Error> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let mut magic = [0; 1];
    let packed = file.read(&mut magic).map_err(failed)? == 1 && magic[0] == 0x1f;
    file.rewind().map_err(failed)?;
    let mut reader = Reader::new(BufReader::new(file), 0);
    let first = match reader.next() {
        Ok(Some(record)) => record.offset,
        Ok(None) => return Err(Error::Damaged { path: path.to_owned(), offset: 0, why: "the file is empty".to_owned() }),
        Err(broken) => return Err(Error::Damaged { path: path.to_owned(), offset: broken.offset, why: broken.why }),
    };
    let second = reader.next().ok().flatten().map(|record| record.offset);
    Ok(if packed && second != Some(first) { Packing::Members } else { Packing::Whole })
}

fn copy(from: &Path, to: &Path, packing: Packing, broken: &mut Option<(u64, String)>) -> io::Result<()> {
    let mut source = BufReader::new(File::open(from)?);
    let mut target = BufWriter::new(File::create(to)?);
    if packing == Packing::Members {
        io::copy(&mut source, &mut target)?;
    } else {
        let mut reader = Reader::new(source, 0);
        loop {
            match reader.next() {
                Ok(Some(record)) => pack(&record, &mut target)?,
                Ok(None) => break,
                Err(torn) => {
                    *broken = Some((torn.offset, torn.why));
                    break;
                }
            }
        }
    }
    target.flush()?;
    target.get_ref().sync_all()
}

/// The record as it was, as a gzip member of its own.
fn pack(record: &Record, out: &mut impl Write) -> io::Result<()> {
    let mut gzip = GzEncoder::new(out, Compression::default());
    for part in [&*record.head, &*record.block, b"\r\n\r\n"] {
        gzip.write_all(part)?;
    }
    gzip.finish().map(drop)
}
