//! The folder of WARC files, what is told of a run and of a page in it, and what may be wrong with it.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::record::PageRef;
use crate::visit::Exchange;

/// Largest block of a record, in bytes: nothing larger is written, nothing larger is unpacked.
pub const BLOCK_CAP: u64 = 256 << 20;

/// What a page archive's file name ends in.
pub(super) const SUFFIX: &str = ".warc.gz";

/// A folder of WARC files.
#[derive(Clone, Debug)]
pub struct Pages {
    pub(super) dir: PathBuf,
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
