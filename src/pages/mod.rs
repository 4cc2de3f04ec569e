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
mod folder;
mod foreign;
mod group;
mod import;
mod members;
mod merge;
mod metadata;
mod packer;
mod parcel;
mod reader;
mod replay;
mod writer;

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::record::PageRef;
pub use captures::{Capture, CaptureEvent, Captures, Original};
use folder::SUFFIX;
pub use folder::{BLOCK_CAP, Context, Error, Pages, RunInfo, Stored};
pub use group::Event;
pub use import::Taken;
pub use members::Member;
pub use merge::Merged;
pub use parcel::{Packed, Parcel, Piece};
pub use replay::{Replay, replay_file};
pub use writer::Writer;

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
                None => return metadata::stored(&record).map_err(|why| self.damaged(&at.0, at.1, why)),
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
