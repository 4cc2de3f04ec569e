//! The archive opened: to write, which makes it or brings its schema up to date, or to read, also where nothing may be written.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{Archive, Error, fault, migrations};
use crate::home::Home;

/// How long a writer waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// When a commit is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Before it returns: a power cut undoes nothing.
    Full,
    /// With the next full one, and together with others. A kill or a power cut undoes the last: for what the pages, synced before, tell again.
    Deferred,
}

/// Who else may have the file open while it is read.
#[derive(Clone, Copy)]
enum Sharing {
    WithWriters,
    /// Nobody writes, so nothing is locked and no journal is looked for.
    Alone,
}

impl Archive {
    /// Opens the archive of a state folder for writing; makes it or brings its schema up to date.
    pub fn open(home: &Home) -> Result<Self, Error> {
        std::fs::create_dir_all(home.dir()).map_err(|source| Error::Io { path: home.dir().to_owned(), source })?;
        let archive = Self::connect(home.archive(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        archive.ask(|sql| {
            // WAL lets readers read on while a run writes.
            sql.execute_batch("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;")
        })?;
        archive.set_durability(Durability::Full)?;
        migrations::apply(&archive)?;
        Ok(archive)
    }

    /// How the commits that follow are kept; between transactions only. In WAL mode both leave a consistent file.
    pub fn set_durability(&self, durability: Durability) -> Result<(), Error> {
        self.commit_waiting()?;
        self.waiting.set((durability == Durability::Deferred).then_some(0));
        self.ask(|sql| {
            sql.execute_batch(match durability {
                Durability::Full => "PRAGMA synchronous = FULL",
                Durability::Deferred => "PRAGMA synchronous = NORMAL",
            })
        })
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

    pub(super) fn connect(path: PathBuf, flags: OpenFlags) -> Result<Self, Error> {
        let opened = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let sql = opened.map_err(|source| Error::Sql { path: path.clone(), source })?;
        let archive = Self { sql, path, touched: Cell::new(false), waiting: Cell::new(None), inside: Cell::new(false) };
        archive.ask(|sql| {
            sql.set_prepared_statement_cache_capacity(128);
            // A plan must not depend on the values bound to it, or SQLite prepares the statement anew for every value.
            sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            sql.busy_timeout(PATIENCE)
        })?;
        Ok(archive)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use crate::archive::Archive;
    use crate::home::Home;

    #[test]
    fn another_value_is_no_reason_to_prepare_a_statement_anew() {
        let home = tempfile::tempdir().unwrap();
        let archive = Archive::open(&Home::at(home.path())).unwrap();
        archive.sql.execute_batch("CREATE TABLE visits_of (n, until); CREATE INDEX open_visits ON visits_of (n) WHERE until = 1").unwrap();
        let mut statement = archive.sql.prepare("SELECT n FROM visits_of WHERE n = ?1 AND until = ?2").unwrap();
        for value in 0..3 {
            assert!(!statement.exists([value, value]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
