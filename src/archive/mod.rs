//! What is known, in SQLite: runs and visits, entries with every version, and what was read from them.
//!
//! History is append-only: an entry gains a version or an absence, nothing is overwritten. All times are
//! arguments. One writer holds `Lock`; readers never wait for it (WAL). Changes that belong together are one
//! transaction (`BEGIN IMMEDIATE`), which the caller holds. Everything here can be rebuilt from the pages.
//! Refuses: HTML, the search index, and to decide which entry is which (harvest does).

mod beside;
mod captures;
mod content;
mod difference;
mod entries;
mod fault;
mod frontier;
mod health;
mod history;
mod listings;
mod lock;
mod lookup;
mod migrations;
mod opening;
mod packed;
mod past;
mod query;
mod records;
mod renewal;
mod runs;
mod sights;
mod stats;
mod titles;
mod unlinked;

use std::cell::Cell;
use std::ops::Deref;
use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use sha1::{Digest, Sha1};

use crate::record::RecordId;
pub use beside::{Loss, open_old, replace};
pub use captures::{Gathered, NewCapture};
pub use content::Content;
pub use difference::{Difference, Edit, Span};
pub use entries::{Observation, Seen};
pub use frontier::{FoundRow, HeldRow, Identified, ListingTally, NewFound};
pub use health::Health;
pub use history::{Absence, Change, ChangeKey, ChangeKind, Version};
pub use listings::{KnownListingPage, ListingRead, ListingState, ReadPage};
pub use lock::{Holder, Lock};
pub use lookup::{DuePage, Found, Standing};
pub use opening::Durability;
pub use past::{Moment, Stand};
pub use records::{Filter, Records};
pub use renewal::KnownRun;
pub use runs::{KnownPage, NewRun, RecordedVisit};
pub use sights::Sight;
pub use stats::{Problem, ProblemCount, RunRow, SourceStats};
pub use unlinked::{SameWords, Unlinked};

/// The open database.
#[derive(Debug)]
pub struct Archive {
    sql: Connection,
    path: PathBuf,
    /// A record was touched since the transaction began.
    touched: Cell<bool>,
    /// Where durability is deferred: how many transactions wait to be committed together.
    waiting: Cell<Option<u32>>,
    /// One of these is at work.
    inside: Cell<bool>,
}

/// So many wait at most: their pages fit into the memory that SQLite has for them.
const TOGETHER: u32 = 64;

/// An archive inside a transaction: all reads of `Archive`, and the writes.
#[derive(Debug)]
pub struct Tx<'a> {
    archive: &'a Archive,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot use {path}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{}", fault::explained(.path, .source))]
    Sql { path: PathBuf, source: rusqlite::Error },
    #[error("there is no archive at {path} yet; `twindex crawl` makes one, `twindex rebuild` makes it again from the pages")]
    Missing { path: PathBuf },
    #[error(
        "{path} may be read, but its last changes lie in {path}-wal, which only a user who may write there can take over: `twindex stats` does"
    )]
    Pending { path: PathBuf },
    #[error("{path} is a database of something else")]
    Foreign { path: PathBuf },
    #[error("{path} was written by a newer twindex (schema {found}, this one knows {known}); upgrade twindex")]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("{} is in use by {holder}; wait for it, or end it", .path.display())]
    Busy { path: PathBuf, holder: Holder },
}

impl Error {
    /// The file itself is damaged, or none of SQLite's.
    pub fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        matches!(self, Self::Sql { source, .. } if matches!(source.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)))
    }
}

impl Archive {
    /// Does several writes or none. `Err` undoes them. May be nested: an inner failure undoes the inner part. Where durability is
    /// deferred, it undoes those that wait, too.
    pub fn transaction<T, E: From<Error>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let tx = Tx { archive: self };
        if let Some(waiting) = self.waiting.get().filter(|_| !self.inside.get()) {
            return self.wait_with(waiting, || work(&tx));
        }
        if !self.sql.is_autocommit() {
            self.ask(|sql| sql.execute_batch("SAVEPOINT inner_work"))?;
            let done = work(&tx);
            let end = if done.is_ok() { "RELEASE inner_work" } else { "ROLLBACK TO inner_work; RELEASE inner_work" };
            self.ask(|sql| sql.execute_batch(end))?;
            return done;
        }
        let whole = self.ask(|sql| Transaction::new_unchecked(sql, TransactionBehavior::Immediate))?;
        self.touched.set(false);
        let done = work(&tx)?;
        if self.touched.get() {
            self.ask(|sql| sql.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'", []))?;
        }
        self.ask(|_| whole.commit())?;
        Ok(done)
    }

    /// Adds writes to those that wait.
    fn wait_with<T, E: From<Error>>(&self, waiting: u32, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if self.sql.is_autocommit() {
            self.begin()?;
        }
        self.inside.set(true);
        let done = work();
        self.inside.set(false);
        if done.is_err() {
            self.ask(|sql| sql.execute_batch("ROLLBACK"))?;
            self.waiting.set(Some(0));
            return done;
        }
        self.waiting.set(Some(waiting + 1));
        if waiting + 1 >= TOGETHER {
            self.commit_waiting()?;
        }
        done
    }

    /// Commits the transactions that wait, for others to see.
    pub fn commit_waiting(&self) -> Result<(), Error> {
        if self.waiting.get().is_some_and(|waiting| waiting > 0) {
            self.commit()?;
            self.waiting.set(Some(0));
        }
        Ok(())
    }

    /// Begins one transaction around all that follow, up to `commit`: readers see the state of before, a kill leaves it.
    pub fn begin(&self) -> Result<(), Error> {
        self.touched.set(false);
        self.ask(|sql| sql.execute_batch("BEGIN IMMEDIATE"))
    }

    /// Ends what `begin` began.
    pub fn commit(&self) -> Result<(), Error> {
        if self.touched.get() {
            self.ask(|sql| sql.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'", []))?;
        }
        self.ask(|sql| sql.execute_batch("COMMIT"))
    }

    /// Number that grows with every commit that changed a record; that it was seen again is no change.
    pub fn revision(&self) -> Result<u64, Error> {
        self.ask(|sql| sql.query_row("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'revision'", [], |row| row.get::<_, i64>(0)))
            .map(i64::cast_unsigned)
    }

    /// Another number once another connection has committed anything; of this connection only.
    pub fn commits(&self) -> Result<i64, Error> {
        self.ask(|sql| sql.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    /// What `Tx::set_made_with` was told last.
    pub fn made_with(&self) -> Result<Option<String>, Error> {
        use rusqlite::OptionalExtension;
        self.ask(|sql| sql.query_row("SELECT value FROM meta WHERE name = 'made_with'", [], |row| row.get(0)).optional())
    }

    /// Runs statements and names the file if one fails.
    fn ask<'s, T>(&'s self, work: impl FnOnce(&'s Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        work(&self.sql).map_err(|source| Error::Sql { path: self.path.clone(), source })
    }
}

impl Tx<'_> {
    /// Notes the versions of whatever made the texts; a difference later is a reason to rebuild.
    pub fn set_made_with(&self, versions: &str) -> Result<(), Error> {
        self.ask(|sql| sql.execute("INSERT OR REPLACE INTO meta VALUES ('made_with', ?1)", [versions]))?;
        Ok(())
    }

    /// Records are gone, or are those of another archive: nobody who holds an index of before can be told what has changed since.
    fn changes_are_told_from_now(&self) -> Result<(), Error> {
        self.archive.touched.set(true);
        self.execute("UPDATE meta SET value = (SELECT value + 1 FROM meta WHERE name = 'revision') WHERE name = 'changes_from'", [])?;
        Ok(())
    }

    /// The record has changed: the revision that this transaction makes is that of the record.
    fn touch(&self, id: &RecordId) -> Result<(), Error> {
        self.archive.touched.set(true);
        self.execute("UPDATE entries SET revision = (SELECT value + 1 FROM meta WHERE name = 'revision') WHERE id = ?1", [&id.0])?;
        Ok(())
    }
}

impl Deref for Tx<'_> {
    type Target = Archive;

    fn deref(&self) -> &Archive {
        self.archive
    }
}

/// The hash by which an address is found: the first four bytes of its SHA-1, as a number. Several addresses may have one.
fn url_hash(url: &str) -> i64 {
    Sha1::digest(url).iter().take(4).fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// A time as every column has it: 24 characters, so that text sorts as time does.
fn text(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// A column that holds a value in text form: a time, a day.
fn parsed<T>(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error| unreadable(row, column, error))
}

/// The same, for a column that may be NULL.
fn parsed_or_null<T>(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|error| unreadable(row, column, error))).transpose()
}

/// A column that holds JSON.
fn json<T: serde::de::DeserializeOwned>(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| unreadable(row, column, error))
}

fn unreadable(row: &rusqlite::Row<'_>, column: &str, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or(0);
    rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, Box::new(error))
}

fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("records have text keys and no fallible serializers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::Home;

    #[test]
    fn deferred_transactions_are_committed_together() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        let archive = Archive::open(&home).unwrap();
        let write = |n: u32| archive.transaction(|tx| tx.set_pause(&format!("{n}.example"), Timestamp::UNIX_EPOCH));
        let seen = || Archive::open_read_only(&home).unwrap().pauses().unwrap().len() as u32;
        write(0).unwrap();
        assert_eq!(seen(), 1);
        archive.set_durability(Durability::Deferred).unwrap();
        for n in 1..TOGETHER {
            write(n).unwrap();
        }
        assert_eq!((seen(), archive.pauses().unwrap().len() as u32), (1, TOGETHER));
        write(TOGETHER).unwrap();
        assert_eq!(seen(), TOGETHER + 1, "no more wait");
        write(TOGETHER + 1).unwrap();
        archive.commit_waiting().unwrap();
        archive.commit_waiting().unwrap();
        assert_eq!(seen(), TOGETHER + 2);
        write(TOGETHER + 2).unwrap();
        let failed: Result<(), Error> = archive.transaction(|tx| {
            tx.set_pause("failed.example", Timestamp::UNIX_EPOCH)?;
            Err(Error::Missing { path: PathBuf::new() })
        });
        assert!(failed.is_err() && archive.pauses().unwrap().len() as u32 == TOGETHER + 2, "an error undoes those that wait");
        write(TOGETHER + 3).unwrap();
        archive.set_durability(Durability::Full).unwrap();
        assert_eq!(seen(), TOGETHER + 3);
    }
}
