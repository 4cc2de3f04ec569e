//! The index on disk: opened when it is current, brought up to date or built anew from records.
//!
//! Disposable: whatever is missing, outdated or broken is rebuilt beside the old one and renamed into its place. Every
//! commit says in its payload which schema, which analyzer, which lexicon and gazetteer and which revision of the archive
//! it holds. Only I/O errors and a busy lock are reported; they are never "healed" by wiping.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::{ReloadPolicy, Searcher};

use super::folder::{Folder, Reading};
use super::payload::Payload;
use super::schema::{self, Fields};
use super::write;
use crate::record::Record;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no search index at {0}; `twindex rebuild` makes one")]
    Missing(PathBuf),
    #[error("the search index at {0} was made by another version of twindex; `twindex rebuild` makes a new one")]
    Outdated(PathBuf),
    #[error("the search index at {path} is broken ({source}); `twindex rebuild` makes a new one")]
    Broken { path: PathBuf, source: tantivy::TantivyError },
    #[error("another process is writing the search index at {0}; try again when it is done")]
    Busy(PathBuf),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
}

impl Error {
    /// Nothing may be written where the index lies.
    pub fn is_read_only(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        matches!(self, Self::Io { source, .. } if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem))
    }
}

/// What bringing the index up to date came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    Unchanged,
    Updated { written: usize, removed: usize },
    Rebuilt { written: usize },
}

/// An index open for questions, as of the moment it was opened.
pub struct Index {
    fields: Fields,
    searcher: Searcher,
    revision: u64,
    /// Where an index lies that goes with this value.
    _folder: Option<tempfile::TempDir>,
}

impl Index {
    /// Opens a current index.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let (index, payload) = load(dir, Reading::Mapped)?;
        let broken = |source| Error::Broken { path: dir.to_owned(), source };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(broken)?;
        Ok(Self { fields: Fields::new().1, searcher: reader.searcher(), revision: payload.revision, _folder: None })
    }

    /// An index of these records that is gone with this value: for an archive in whose folder nothing may be written.
    pub fn passing(revision: u64, records: impl IntoIterator<Item = Record>) -> Result<Self, Error> {
        let folder = tempfile::tempdir().map_err(at(Path::new("a temporary folder")))?;
        let dir = folder.path().join("search");
        rebuild(&dir, revision, records)?;
        Ok(Self { _folder: Some(folder), ..Self::open(&dir)? })
    }

    /// The revision of the archive that it holds.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Number of records.
    pub fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Makes the index hold exactly these records, all of the archive's: writes what changed, removes what is no longer
    /// there, and rebuilds an index that cannot be used.
    pub fn sync(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> Result<Report, Error> {
        let lock = lock(dir)?;
        let report = match load(dir, Reading::Windowed) {
            Ok((_, payload)) if payload.revision == revision => Ok(Report::Unchanged),
            Ok((index, _)) => match write::update(&index, revision, records) {
                Ok((written, removed)) => Ok(Report::Updated { written, removed }),
                Err(source) => {
                    // The records are spent: the next call finds nothing here and rebuilds.
                    remove(dir)?;
                    Err(Error::Broken { path: dir.to_owned(), source })
                }
            },
            Err(Error::Missing(_) | Error::Outdated(_) | Error::Broken { .. }) => rebuild(dir, revision, records),
            Err(error) => Err(error),
        };
        drop(lock);
        report
    }

    /// The revision of the archive that the index of a folder holds; none if there is none that can be used.
    pub fn held(dir: &Path) -> Option<u64> {
        load(dir, Reading::Mapped).ok().map(|(_, payload)| payload.revision)
    }

    /// Brings an index that holds the revision `from` to another, by the records that changed between the two.
    pub fn catch_up(dir: &Path, from: u64, revision: u64, changed: impl IntoIterator<Item = Record>) -> Result<Report, Error> {
        let lock = lock(dir)?;
        let (index, payload) = load(dir, Reading::Windowed)?;
        if payload.revision != from {
            // Somebody else was quicker.
            return Err(Error::Busy(dir.to_owned()));
        }
        if from == revision {
            return Ok(Report::Unchanged);
        }
        let written = write::catch_up(&index, revision, changed).map_err(|source| Error::Broken { path: dir.to_owned(), source })?;
        drop(lock);
        Ok(Report::Updated { written, removed: 0 })
    }

    /// Builds the index anew from the records of the archive.
    pub fn rebuild(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> Result<Report, Error> {
        let lock = lock(dir)?;
        let report = rebuild(dir, revision, records);
        drop(lock);
        report
    }
}

/// The index of a folder: mapped to be asked, through windows to be written, for a merge reads all of it.
fn load(dir: &Path, reading: Reading) -> Result<(tantivy::Index, Payload), Error> {
    if !dir.join("meta.json").exists() {
        return Err(Error::Missing(dir.to_owned()));
    }
    let broken = |source| Error::Broken { path: dir.to_owned(), source };
    let folder = Folder::open(dir, reading).map_err(|error| broken(error.into()))?;
    let index = tantivy::Index::open(folder).map_err(broken)?;
    let payload = index.load_metas().map_err(broken)?.payload.and_then(|text| serde_json::from_str::<Payload>(&text).ok());
    let payload = payload.filter(|payload| *payload == Payload::now(payload.revision)).ok_or(Error::Outdated(dir.to_owned()))?;
    if schema::fingerprint(&index.schema()) != payload.schema {
        return Err(Error::Outdated(dir.to_owned()));
    }
    Ok((index, payload))
}

fn rebuild(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> Result<Report, Error> {
    let (beside, old) = (sibling(dir, "new"), sibling(dir, "old"));
    remove(&beside)?;
    remove(&old)?;
    fs::create_dir_all(&beside).map_err(at(&beside))?;
    let written = write::build(&beside, revision, records).map_err(|source| Error::Broken { path: beside.clone(), source })?;
    if dir.exists() {
        fs::rename(dir, &old).map_err(at(dir))?;
    }
    fs::rename(&beside, dir).map_err(at(dir))?;
    remove(&old)?;
    Ok(Report::Rebuilt { written })
}

/// Held while the index is written; freed when the process ends, however it ends.
fn lock(dir: &Path) -> Result<File, Error> {
    let path = sibling(dir, "lock");
    if let Some(home) = dir.parent() {
        fs::create_dir_all(home).map_err(at(home))?;
    }
    let file = File::create(&path).map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::Io { path, source }),
    }
}

/// `search` → `search.new`.
fn sibling(dir: &Path, suffix: &str) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    dir.with_file_name(name)
}

fn remove(dir: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::Io { path: dir.to_owned(), source: error }),
        _ => Ok(()),
    }
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    |source| Error::Io { path, source }
}
