//! The index on disk: opened when it is current, brought up to date or built anew from records.
//!
//! Disposable: whatever is missing, outdated or broken is made anew beside the old one and takes its place (`beside`). Every
//! commit says in its payload which schema, which analyzer, which lexicon and gazetteer and which revision of the archive
//! it holds. Only I/O errors and a busy lock are reported; they are never "healed" by wiping.

use std::path::Path;

use serde::Serialize;
use tantivy::{ReloadPolicy, Searcher};

use super::beside::{Beside, lock};
use super::error::{Error, at};
use super::folder::{Folder, Reading};
use super::payload::Payload;
use super::schema::{self, Fields};
use super::write;
use crate::record::Record;

/// What bringing the index up to date came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    Unchanged,
    Updated { written: usize },
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
        Self::beside(&dir, revision, records)?.take_place()?;
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
        Ok(Report::Updated { written })
    }

    /// Makes an index of all records of the archive beside the one of the folder, which goes on answering.
    pub fn beside(dir: &Path, revision: u64, records: impl IntoIterator<Item = Record>) -> Result<Beside, Error> {
        Beside::build(dir, revision, records)
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
