//! The archive as it stood on a day: which version of an entry the site had, and when it had none.
//!
//! One definition, the view `as_of`: the newest version seen up to that moment, unless the entry was away then. Facts of
//! versions that are no longer the newest are not kept; whoever wants them reads them again from the texts.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::{Archive, Error, parsed, parsed_or_null, text};
use crate::record::RecordId;

/// Of which time records are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The newest version of every entry, gone or not.
    #[default]
    Newest,
    /// What the site had at that time.
    At(Timestamp),
    /// Every version of every entry.
    Every,
}

/// A span of time in which the site had one version of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub version: u32,
    pub since: Timestamp,
    /// When it was seen changed or gone; `None`: it stands.
    pub until: Option<Timestamp>,
}

/// Who stood when, newest publication first; `?1` is the moment, `?2` a source, `?3` the earliest first sight.
pub(super) const STOOD_AT: &str = "SELECT a.entry, a.version FROM as_of a
       JOIN entries e ON e.entry = a.entry JOIN versions v ON v.entry = a.entry AND v.number = a.version
      WHERE a.since <= ?1 AND (a.until IS NULL OR a.until > ?1)
        AND (?2 IS NULL OR e.source = ?2) AND (?3 IS NULL OR e.first_seen >= ?3)
      ORDER BY v.published DESC NULLS LAST, a.id";

impl Archive {
    /// The spans in which the site had an entry, in order.
    pub fn stands(&self, id: &RecordId) -> Result<Vec<Stand>, Error> {
        self.all(
            "SELECT version, since, until FROM as_of WHERE entry = (SELECT entry FROM entries WHERE id = ?1) ORDER BY since",
            [&id.0],
            stand,
        )
    }

    /// The version of an entry that the site had at a time.
    pub fn stood(&self, id: &RecordId, at: Timestamp) -> Result<Option<Stand>, Error> {
        self.first("SELECT version, since, until FROM as_of WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND since <= ?2 AND (until IS NULL OR until > ?2)", params![id.0, text(at)], stand)
    }
}

fn stand(row: &Row<'_>) -> rusqlite::Result<Stand> {
    Ok(Stand { version: row.get("version")?, since: parsed(row, "since")?, until: parsed_or_null(row, "until")? })
}
