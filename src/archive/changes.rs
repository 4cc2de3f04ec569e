//! What happened to entries: new, changed, gone, returned; over all of them, newest first.

use jiff::Timestamp;
use rusqlite::params;

use super::{Archive, Error, parsed, text};
use crate::record::RecordId;

/// One thing that happened to one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub at: Timestamp,
    pub id: RecordId,
    pub kind: ChangeKind,
    /// The version that came of it, or that stood at its end.
    pub version: u32,
    pub title: String,
    /// Of the entry, today.
    pub url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    New,
    Changed,
    Gone,
    Returned,
}

/// From when on changes are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Since {
    #[default]
    Ever,
    Moment(Timestamp),
    /// This run and those that began after it.
    Run(String),
    /// The newest run of each source that came to its end.
    LastRuns,
}

/// Which changes to tell; the default is all of them.
#[derive(Clone, Debug, Default)]
pub struct ChangeFilter {
    pub since: Since,
    pub source: Option<String>,
    /// Kind of the notice, as the records have it.
    pub kind: Option<String>,
}

impl ChangeKind {
    /// As in the view `changes`.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Returned => "returned",
        }
    }
}

impl Archive {
    /// What happened, newest first.
    pub fn changes(&self, filter: &ChangeFilter) -> Result<Vec<Change>, Error> {
        let (from, run, last) = match &filter.since {
            Since::Ever => (None, None, false),
            Since::Moment(at) => (Some(text(*at)), None, false),
            Since::Run(run) => (None, Some(run), false),
            Since::LastRuns => (None, None, true),
        };
        self.ask(|sql| {
            sql.prepare_cached(
                "WITH newest AS (SELECT run, max(sequence) FROM runs WHERE finished IS NOT NULL GROUP BY source)
                 SELECT c.*, e.url FROM changes c JOIN entries e ON e.id = c.id
                   LEFT JOIN runs r ON r.run = c.run LEFT JOIN facts f ON f.entry = c.id
                  WHERE (?1 IS NULL OR c.at >= ?1)
                    AND (?2 IS NULL OR r.sequence >= (SELECT sequence FROM runs WHERE run = ?2))
                    AND (NOT ?3 OR c.run IN (SELECT run FROM newest))
                    AND (?4 IS NULL OR e.source = ?4)
                    AND (?5 IS NULL OR f.facts ->> '$.kind' = ?5)
                  ORDER BY c.at DESC, c.id, c.version DESC",
            )?
            .query_map(params![from, run, last, filter.source, filter.kind], |row| {
                let kind = match row.get_ref("change")?.as_str()? {
                    "new" => ChangeKind::New,
                    "changed" => ChangeKind::Changed,
                    "gone" => ChangeKind::Gone,
                    _ => ChangeKind::Returned,
                };
                let (id, url) = (RecordId(row.get("id")?), row.get("url")?);
                Ok(Change { at: parsed(row, "at")?, id, kind, version: row.get("version")?, title: row.get("title")?, url })
            })?
            .collect()
        })
    }
}
