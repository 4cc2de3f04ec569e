//! Saved searches: a question with a name, and the state in which its records were when it was last looked at.
//!
//! One small JSON file in the state folder, written beside and renamed. The index does not know it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use super::ask::QueryError;
use crate::record::{ChangeKind, Record, RecordId};

#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{path} does not hold saved searches ({source}); mend or remove it")]
    Content { path: PathBuf, source: serde_json::Error },
    #[error("there is no saved search `{0}`; `twindex watch --list` lists them")]
    Unknown(String),
    #[error("`{name}` is kept for `{query}`; take another name, or forget it with `twindex watch {name} --remove`")]
    Taken { name: String, query: String },
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// A question with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub name: String,
    pub query: String,
    /// Records that were there at the last look.
    #[serde(deserialize_with = "seen")]
    seen: BTreeMap<RecordId, Seen>,
}

/// A record at the last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    /// Number of the version; 0 where an older file did not say.
    version: u32,
    gone: bool,
}

/// What happened to a record since the last look.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    pub change: ChangeKind,
    pub record: Record,
}

/// A record that a question finds.
type Found = Result<Record, QueryError>;

/// All saved searches of a state folder.
#[derive(Debug)]
pub struct SavedSearches {
    path: PathBuf,
    searches: Vec<Saved>,
}

impl Seen {
    fn of(record: &Record) -> Self {
        Self { version: record.version, gone: record.gone_since.is_some() }
    }

    /// What happened between then and now; being gone or back outweighs a change of words.
    fn change(self, now: Self) -> Option<ChangeKind> {
        match (self.gone, now.gone) {
            _ if self.version == 0 => None,
            (false, true) => Some(ChangeKind::Gone),
            (true, false) => Some(ChangeKind::Returned),
            _ => (self.version != now.version).then_some(ChangeKind::Changed),
        }
    }
}

impl SavedSearches {
    /// Opens the file; where there is none, nothing is saved.
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

    /// Keeps a question under a name that is free; the records that it finds now count as seen. One that is kept already stays
    /// as it is.
    pub fn save(&mut self, name: &str, query: &str, found: impl IntoIterator<Item = Found>) -> Result<(), SavedError> {
        if let Some(saved) = self.searches.iter().find(|saved| saved.name == name) {
            let taken = || SavedError::Taken { name: name.to_owned(), query: saved.query.clone() };
            return if saved.query == query { Ok(()) } else { Err(taken()) };
        }
        let state = |record: Found| record.map(|record| (record.id.clone(), Seen::of(&record)));
        let seen = found.into_iter().map(state).collect::<Result<_, _>>()?;
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

    /// What is otherwise than at the last look among the records that the named search finds now, in their order.
    pub fn news(&self, name: &str, found: impl IntoIterator<Item = Found>) -> Result<Vec<News>, SavedError> {
        let saved = self.searches.iter().find(|saved| saved.name == name).ok_or_else(|| SavedError::Unknown(name.to_owned()))?;
        let mut news = Vec::new();
        for record in found {
            let record = record?;
            let change = match saved.seen.get(&record.id) {
                None => Some(ChangeKind::New),
                Some(seen) => seen.change(Seen::of(&record)),
            };
            news.extend(change.map(|change| News { change, record }));
        }
        Ok(news)
    }

    /// Counts these news of the named search as seen.
    pub fn look(&mut self, name: &str, news: &[News]) -> Result<(), SavedError> {
        let saved = self.searches.iter_mut().find(|saved| saved.name == name).ok_or_else(|| SavedError::Unknown(name.to_owned()))?;
        saved.seen.extend(news.iter().map(|news| (news.record.id.clone(), Seen::of(&news.record))));
        if news.is_empty() { Ok(()) } else { self.write() }
    }

    fn write(&self) -> Result<(), SavedError> {
        let text = serde_json::to_vec_pretty(&self.searches).map_err(|source| SavedError::Content { path: self.path.clone(), source })?;
        let beside = self.path.with_extension("new");
        std::fs::write(&beside, text)
            .and_then(|()| std::fs::rename(&beside, &self.path))
            .map_err(|source| SavedError::File { path: self.path.clone(), source })
    }
}

/// As written today, or the bare identifiers of an older file.
fn seen<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<RecordId, Seen>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        States(BTreeMap<RecordId, Seen>),
        Ids(BTreeSet<RecordId>),
    }
    Ok(match Written::deserialize(from)? {
        Written::States(states) => states,
        Written::Ids(ids) => ids.into_iter().map(|id| (id, Seen { version: 0, gone: false })).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn being_gone_or_back_outweighs_a_change_and_old_files_tell_none() {
        let at = |version, gone| Seen { version, gone };
        for (before, now, change) in [
            (at(1, false), at(1, false), None),
            (at(1, false), at(2, false), Some(ChangeKind::Changed)),
            (at(1, false), at(2, true), Some(ChangeKind::Gone)),
            (at(1, true), at(2, false), Some(ChangeKind::Returned)),
            (at(1, true), at(1, true), None),
            (at(0, false), at(3, true), None),
        ] {
            assert_eq!(before.change(now), change, "{before:?} {now:?}");
        }
        let old: Saved = serde_json::from_str(r#"{"name": "a", "query": "b", "seen": ["town/x"]}"#).unwrap();
        assert_eq!(old.seen.values().collect::<Vec<_>>(), [&at(0, false)]);
        let again: Saved = serde_json::from_str(&serde_json::to_string(&old).unwrap()).unwrap();
        assert_eq!(again, old);
    }
}
