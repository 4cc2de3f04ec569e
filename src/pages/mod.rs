//! The page archive: every exchange of every run as WARC 1.1, the one folder that cannot be rebuilt.
//!
//! A run is a file, begun with a `warcinfo` record, appended to, never overwritten or reopened for
//! writing. Each record is a gzip member of its own (ISO 28500:2017, annex D), so a `PageRef` is a
//! seek. A kill leaves at most one torn member at the tail; what stands before it is read.
//! Refuses: what the bytes mean, and the clock.

mod captures;
pub mod cdx;
mod digest;
mod fields;
mod foreign;
mod group;
mod import;
mod members;
mod merge;
mod parcel;
mod reader;
mod replay;
mod story;
mod writer;

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::record::PageRef;
use crate::visit::Exchange;
pub use captures::{Capture, CaptureEvent, Captures, Original};
pub use import::Taken;
pub use members::Member;
pub use merge::Merged;
pub use parcel::{Packed, Parcel, Piece};
pub use replay::{Event, Replay, replay_file};
pub use writer::Writer;

/// Largest block of a record, in bytes: nothing larger is written, nothing larger is unpacked.
pub const BLOCK_CAP: u64 = 256 << 20;

/// What a page archive's file name ends in.
const SUFFIX: &str = ".warc.gz";

/// A folder of WARC files.
#[derive(Clone, Debug)]
pub struct Pages {
    dir: PathBuf,
}

/// What the `warcinfo` record tells of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunInfo {
    /// Name of the source, the collection in the terms of WARC; empty in files others wrote.
    pub source: String,
    pub started: Timestamp,
    /// Its place in the order of runs, from 1; untold in files of older versions and of others.
    pub sequence: Option<u64>,
    /// The interrupted run that this one resumes.
    pub continues: Option<String>,
    /// Who answers for the crawl.
    pub contact: Option<String>,
    /// Changes that look like a fault of the site were to be taken for true.
    pub accepts_changes: bool,
}

impl RunInfo {
    /// What the name of a run tells, for a file whose first record cannot be read.
    pub fn from_name(run: &str) -> Self {
        let name = run.rsplit_once('-').filter(|(_, nth)| nth.len() < 4).map_or(run, |(name, _)| name);
        let (source, begun) = name.rsplit_once('-').unwrap_or((name, ""));
        let begun = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", begun).ok().and_then(|time| time.to_zoned(TimeZone::UTC).ok());
        let started = begun.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
        Self { source: source.to_owned(), started, sequence: None, continues: None, contact: None, accepts_changes: false }
    }
}

/// What is known of a visit beside the visit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The page that named the address.
    pub via: Option<&'a Url>,
    /// Where the page lies whose validators were sent, or that had the same bytes.
    pub refers_to: Option<&'a PageRef>,
}

/// A page as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub url: Url,
    /// When the bytes were fetched: for a revisit, the older visit that it refers to.
    pub at: Timestamp,
    pub exchange: Exchange,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot use the page archive at {path}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{path} at byte {offset}: {why}; other copies of the file, if any, are worth a look")]
    Damaged { path: PathBuf, offset: u64, why: String },
    #[error("{one} and {other} are two runs of one name: they began in the same second on two machines; keep one of them")]
    Clash { one: PathBuf, other: PathBuf },
    #[error("{path} holds no pages: name the state folder of another twindex, the one with `pages` in it")]
    NoPages { path: PathBuf },
    #[error("the exchange with {url} cannot be stored: {why}")]
    Unfit { url: Url, why: String },
}

impl Pages {
    /// Opens the folder, which is made if it is not there.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(|source| Error::Io { path: dir.to_owned(), source })?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Of these files those that are not there.
    pub fn lost(&self, files: Vec<String>) -> Vec<String> {
        files.into_iter().filter(|file| !self.dir.join(file).is_file()).collect()
    }

    /// Starts the file of a run; its `warcinfo` record is on disk when this returns.
    pub fn begin(&self, info: &RunInfo) -> Result<Writer, Error> {
        Writer::begin(self, info)
    }

    /// The page at a place; a revisit gives the page that it refers to.
    pub fn read(&self, place: &PageRef) -> Result<Stored, Error> {
        let mut at = (place.warc.clone(), place.offset);
        // A revisit never refers to a revisit in our files; two hops allow for files of others.
        for _ in 0..3 {
            let record = self.record(&at.0, at.1)?;
            match record.refers_to() {
                Some(earlier) => at = earlier,
                None if import::is_import(&at.0) => return foreign::stored(&record).map_err(|why| self.damaged(&at.0, at.1, why)),
                None => return story::stored(&record).map_err(|why| self.damaged(&at.0, at.1, why)),
            }
        }
        Err(self.damaged(&place.warc, place.offset, "revisits refer to one another".to_owned()))
    }

    /// Everything that was ever stored, in the order of runs.
    pub fn replay(&self) -> Result<Replay, Error> {
        Ok(Replay::of(self, replay::files(&self.dir)?.into_iter().map(|(path, _)| path).collect()))
    }

    /// Names of all runs, in order.
    pub fn runs(&self) -> Result<Vec<String>, Error> {
        Ok(self.begun_runs()?.into_iter().map(|(run, _)| run).collect())
    }

    /// All runs with what their first records tell, in order.
    pub fn begun_runs(&self) -> Result<Vec<(String, RunInfo)>, Error> {
        let named = |(path, info): (PathBuf, RunInfo)| Some((path.file_name()?.to_str()?.strip_suffix(SUFFIX)?.to_owned(), info));
        Ok(replay::files(&self.dir)?.into_iter().filter_map(named).collect())
    }

    /// One run, for whoever has to catch up after a kill.
    pub fn replay_run(&self, run: &str) -> Result<Replay, Error> {
        Ok(Replay::of(self, vec![self.dir.join(format!("{run}{SUFFIX}"))]))
    }

    fn record(&self, warc: &str, offset: u64) -> Result<reader::Record, Error> {
        let path = self.dir.join(warc);
        // A name from a database or a file of others never leads out of the folder.
        if Path::new(warc).file_name() != Some(warc.as_ref()) {
            return Err(self.damaged(warc, offset, "not a plain file name".to_owned()));
        }
        let at = |source| Error::Io { path: path.clone(), source };
        let mut file = File::open(&path).map_err(at)?;
        file.seek(SeekFrom::Start(offset)).map_err(at)?;
        match reader::Reader::new(BufReader::new(file), offset).next() {
            Ok(Some(record)) => match record.altered() {
                Some(why) => Err(self.damaged(warc, offset, why)),
                None => Ok(record),
            },
            Ok(None) => Err(self.damaged(warc, offset, "the file ends here".to_owned())),
            Err(broken) => Err(self.damaged(warc, offset, broken.why)),
        }
    }

    fn damaged(&self, warc: &str, offset: u64, why: String) -> Error {
        Error::Damaged { path: self.dir.join(warc), offset, why }
    }
}
