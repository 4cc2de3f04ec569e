//! Saved searches: a question with a name and the records it had found when it was last looked at.
//!
//! One small JSON file in the state folder, written beside and renamed. The index does not know it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::answer::{Options, Sort, SortKey};
use super::ask::QueryError;
use super::index::Index;
use crate::record::{Record, RecordId};

#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{path} does not hold saved searches ({source}); mend or remove it")]
    Content { path: PathBuf, source: serde_json::Error },
    #[error("there is no saved search `{0}`; `twindex watch --list` lists them")]
    Unknown(String),
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// A question with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub name: String,
    pub query: String,
    /// Records that were there at the last look.
    seen: BTreeSet<RecordId>,
}

/// All saved searches of a state folder.
#[derive(Debug)]
pub struct SavedSearches {
    path: PathBuf,
    searches: Vec<Saved>,
}

impl SavedSearches {
    /// Opens the file; one that is not there holds none.
    pub fn open(path: &Path) -> Result<Self, SavedError> {
        let searches = match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|source| SavedError::Content { path: path.to_owned(), source })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(source) => return Err(SavedError::File { path: path.to_owned(), source }),
        };
        Ok(Self { path: path.to_owned(), searches })
    }

    /// In order of their names.
    pub fn searches(&self) -> &[Saved] {
        &self.searches
    }

    /// Keeps a question under a name, in place of one that had it; what it finds now counts as seen.
    pub fn save(&mut self, name: &str, query: &str, index: &Index) -> Result<(), SavedError> {
        let seen = found(index, query)?.into_iter().map(|record| record.id).collect();
        self.searches.retain(|saved| saved.name != name);
        self.searches.push(Saved { name: name.to_owned(), query: query.to_owned(), seen });
        self.searches.sort_by(|a, b| a.name.cmp(&b.name));
        self.write()
    }

    pub fn remove(&mut self, name: &str) -> Result<(), SavedError> {
        let before = self.searches.len();
        self.searches.retain(|saved| saved.name != name);
        if self.searches.len() == before {
            return Err(SavedError::Unknown(name.to_owned()));
        }
        self.write()
    }

    /// Records of the named search that were not there at the last look, newest first.
    pub fn news(&self, name: &str, index: &Index) -> Result<Vec<Record>, SavedError> {
        let saved = self.searches.iter().find(|saved| saved.name == name).ok_or_else(|| SavedError::Unknown(name.to_owned()))?;
        let mut records = found(index, &saved.query)?;
        records.retain(|record| !saved.seen.contains(&record.id));
        Ok(records)
    }

    /// Counts these records of the named search as seen.
    pub fn look(&mut self, name: &str, records: &[Record]) -> Result<(), SavedError> {
        let saved = self.searches.iter_mut().find(|saved| saved.name == name).ok_or_else(|| SavedError::Unknown(name.to_owned()))?;
        saved.seen.extend(records.iter().map(|record| record.id.clone()));
        self.write()
    }

    fn write(&self) -> Result<(), SavedError> {
        let text = serde_json::to_vec_pretty(&self.searches).map_err(|source| SavedError::Content { path: self.path.clone(), source })?;
        let beside = self.path.with_extension("new");
        std::fs::write(&beside, text)
            .and_then(|()| std::fs::rename(&beside, &self.path))
            .map_err(|source| SavedError::File { path: self.path.clone(), source })
    }
}

fn found(index: &Index, query: &str) -> Result<Vec<Record>, QueryError> {
    let newest = Options { sort: Sort { by: SortKey::Date, reversed: false }, ..Options::default() };
    index.matching(query, &newest)?.collect()
}
