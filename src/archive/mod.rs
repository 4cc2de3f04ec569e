//! What is known, in SQLite: runs and visits, entries with every version, and what was read from them.
//!
//! History is append-only: an entry gains a version or an absence, nothing is overwritten. All times are
//! arguments. One writer holds `Lock`; readers never wait for it (WAL). Changes that belong together are one
//! transaction (`BEGIN IMMEDIATE`), which the caller holds. Everything here can be rebuilt from the pages.
//! Refuses: HTML, the search index, and to decide which entry is which (harvest does).

mod beside;
mod captures;
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
mod packed;
mod past;
mod query;
mod records;
mod renewal;
mod runs;
mod sights;
mod stats;
mod titles;

use std::cell::Cell;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::home::Home;
use crate::record::RecordId;
pub use beside::{Loss, open_old, replace};
pub use captures::{Gathered, NewCapture};
pub use difference::{Difference, Edit, Span};
pub use entries::{Observation, Seen};
pub use frontier::{FoundRow, HeldRow, Identified, ListingTally, NewFound};
pub use health::Health;
pub use history::{Absence, Change, ChangeKind, Version};
pub use listings::{KnownListingPage, ListingRead, ListingState, ReadPage};
pub use lock::{Holder, Lock};
pub use lookup::{DuePage, Found, Standing};
pub use past::{Moment, Stand};
pub use records::{Filter, Records};
pub use renewal::KnownRun;
pub use runs::{KnownPage, NewRun, RecordedVisit};
pub use sights::Sight;
pub use stats::{Problem, ProblemCount, RunRow, SourceStats};

/// How long a writer waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The open database.
#[derive(Debug)]
pub struct Archive {
    sql: Connection,
    path: PathBuf,
    /// A record was touched since the transaction began.
    touched: Cell<bool>,
}

/// Who else may have the file open while it is read.
#[derive(Clone, Copy)]
enum Sharing {
    WithWriters,
    /// Nobody writes, so nothing is locked and no journal is looked for.
    Alone,
}

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
    /// Opens the archive of a state folder for writing; makes it or brings its schema up to date.
    pub fn open(home: &Home) -> Result<Self, Error> {
        std::fs::create_dir_all(home.dir()).map_err(|source| Error::Io { path: home.dir().to_owned(), source })?;
        let archive = Self::connect(home.archive(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        archive.ask(|sql| {
            // WAL lets readers read on while a run writes; FULL makes a commit survive a power cut.
            sql.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        })?;
        migrations::apply(&archive)?;
        Ok(archive)
    }

    /// Opens the archive for reading only; an older schema is brought up to date first.
    ///
    /// The journal needs a file beside the archive, even to read. Where none may be made and none is needed, for no
    /// change waits in the journal, the file is read as one that nobody writes.
    pub fn open_read_only(home: &Home) -> Result<Self, Error> {
        let path = home.archive();
        if !path.exists() {
            return Err(Error::Missing { path });
        }
        let archive = match Self::readable(&path, Sharing::WithWriters) {
            Err(Error::Sql { source, .. }) if fault::is_closed_to_us(&source) && std::fs::File::open(&path).is_ok() => {
                if std::fs::metadata(home.journal()).is_ok_and(|found| found.len() > 0) {
                    return Err(Error::Pending { path });
                }
                Self::readable(&path, Sharing::Alone)?
            }
            found => found?,
        };
        if migrations::outdated(&archive)? {
            drop(Self::open(home)?);
        }
        Ok(archive)
    }

    /// Opens and reads once, for SQLite opens nothing before it is asked.
    fn readable(path: &Path, sharing: Sharing) -> Result<Self, Error> {
        let uri = url::Url::from_file_path(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let archive = match (sharing, uri) {
            (Sharing::Alone, Ok(mut uri)) => {
                uri.set_query(Some("immutable=1"));
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Self { path: path.to_owned(), ..Self::connect(uri.as_str().into(), flags)? }
            }
            _ => Self::connect(path.to_owned(), OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        archive.ask(|sql| sql.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())))?;
        Ok(archive)
    }

    fn connect(path: PathBuf, flags: OpenFlags) -> Result<Self, Error> {
        let opened = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let sql = opened.map_err(|source| Error::Sql { path: path.clone(), source })?;
        let archive = Self { sql, path, touched: Cell::new(false) };
        archive.ask(|sql| {
            sql.set_prepared_statement_cache_capacity(128);
            sql.busy_timeout(PATIENCE)
        })?;
        Ok(archive)
    }

    /// Does several writes or none. `Err` undoes them. May be nested: an inner failure undoes the inner part.
    pub fn transaction<T, E: From<Error>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let tx = Tx { archive: self };
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
