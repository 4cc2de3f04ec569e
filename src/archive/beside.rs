//! An archive made beside another one, compared with it, and put in its place.
//!
//! Its place is taken in one transaction of SQLite (the backup interface), so that readers see the one or the other and a
//! kill leaves the old one. Only a file that cannot be read is moved out of the way instead.

use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::{Archive, Error, migrations};
use crate::home::Home;

/// What one archive has and another lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Loss {
    /// Records that are not there under any of their addresses.
    pub records: u64,
    /// Records that are there under another identifier.
    pub renamed: u64,
    /// Older and newer versions of records that are there.
    pub versions: u64,
    /// Records that have no full text any more.
    pub texts: u64,
    /// Runs of which nothing is known any more.
    pub runs: u64,
}

impl Loss {
    pub fn any(&self) -> bool {
        *self != Self::default()
    }
}

/// The archive of a state folder, if there is one that can be read.
pub fn open_old(home: &Home) -> Result<Option<Archive>, Error> {
    if !home.archive().exists() {
        return Ok(None);
    }
    let opened = Archive::open(home).and_then(|archive| Ok((archive.faults()?.is_empty(), archive)));
    match opened {
        Ok((true, archive)) => Ok(Some(archive)),
        Ok((false, _)) => Ok(None),
        Err(error) if error.is_damage() => Ok(None),
        Err(error) => Err(error),
    }
}

impl Archive {
    /// An empty archive beside that of the state folder, with the pauses that hosts asked for.
    pub fn build(home: &Home, old: Option<&Self>) -> Result<Self, Error> {
        let path = home.rebuilt();
        remove(&path)?;
        let new = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        // It counts only once it is whole, and is made durable then.
        new.ask(|sql| sql.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;"))?;
        migrations::apply(&new)?;
        if let Some(old) = old {
            let pauses = old.pauses()?;
            new.set_revision(old.revision()?)?;
            new.transaction(|tx| {
                tx.changes_are_told_from_now()?;
                pauses.iter().try_for_each(|(host, until)| tx.set_pause(host, *until))
            })?;
        }
        Ok(new)
    }

    fn set_revision(&self, revision: u64) -> Result<(), Error> {
        self.ask(|sql| sql.execute("UPDATE meta SET value = ?1 WHERE name = 'revision'", [revision.to_string()]))?;
        Ok(())
    }

    /// What the old archive has and this one lacks.
    pub fn loss_against(&self, old: &Self) -> Result<Loss, Error> {
        self.ask(|sql| sql.execute("ATTACH ?1 AS old", [old.path.to_string_lossy()]))?;
        let count = |statement: &str| self.count(statement, []);
        let there = "(EXISTS (SELECT 1 FROM main.entries n WHERE n.url_hash = o.url_hash AND n.source = o.source AND n.url = o.url)
                   OR EXISTS (SELECT 1 FROM main.aliases n WHERE n.source = o.source AND n.url = o.url))";
        let without = "FROM old.entries o WHERE NOT EXISTS (SELECT 1 FROM main.entries n WHERE n.id = o.id)";
        let loss = Loss {
            records: count(&format!("SELECT count(*) {without} AND NOT {there}"))?,
            renamed: count(&format!("SELECT count(*) {without} AND {there}"))?,
            versions: count(
                "SELECT coalesce(sum(max(0, o.current - n.current)), 0) FROM old.entries o JOIN main.entries n ON n.id = o.id",
            )?,
            texts: count(
                "SELECT count(*) FROM old.entries o JOIN old.versions ov ON ov.entry = o.entry AND ov.number = o.current
                   JOIN main.entries n ON n.id = o.id JOIN main.versions nv ON nv.entry = n.entry AND nv.number = n.current
                  WHERE ov.body <> '' AND coalesce(nv.body, '') = ''",
            )?,
            runs: count(
                // Where runs of others begin depends on which files were imported.
                "SELECT count(*) FROM old.runs o WHERE outcome IS NOT 'imported' AND NOT EXISTS (SELECT 1 FROM main.runs n WHERE n.run = o.run)",
            )?,
        };
        self.ask(|sql| sql.execute_batch("DETACH old"))?;
        Ok(loss)
    }
}

/// Puts a new archive in the place of the old one; `keep`: the old one stays as `Home::before`, whose path is given then.
pub fn replace(home: &Home, old: Option<Archive>, new: Archive, keep: bool) -> Result<Option<PathBuf>, Error> {
    let before = home.before();
    let kept = match &old {
        Some(old) if keep => {
            remove(&before)?;
            old.ask(|sql| sql.execute("VACUUM INTO ?1", [before.to_string_lossy()]))?;
            Some(before)
        }
        Some(_) => None,
        None => move_away(home)?,
    };
    // Whoever holds an index of the old one must see that it is behind.
    if let Some(old) = &old {
        new.set_revision(new.revision()?.max(old.revision()? + 1))?;
    }
    drop(old);
    let target = Archive::open(home)?;
    let Archive { sql: mut place, path, .. } = target;
    let done = copy(&new.sql, &mut place);
    done.map_err(|source| Error::Sql { path, source })?;
    let rebuilt = new.path.clone();
    drop(new);
    remove(&rebuilt)?;
    Ok(kept)
}

fn copy(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let backup = Backup::new(from, to)?;
    // All pages in one step: one transaction of the target.
    backup.step(-1).map(drop)
}

/// Moves a file that cannot be read out of the way, with what belongs to it.
fn move_away(home: &Home) -> Result<Option<PathBuf>, Error> {
    let mut kept = None;
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (with(&home.archive(), suffix), with(&home.before(), suffix));
        if from.exists() {
            std::fs::rename(&from, &to).map_err(|source| Error::Io { path: from, source })?;
            kept = Some(home.before());
        }
    }
    Ok(kept)
}

pub(super) fn remove(path: &Path) -> Result<(), Error> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let path = with(path, suffix);
        if path.exists() {
            std::fs::remove_file(&path).map_err(|source| Error::Io { path, source })?;
        }
    }
    Ok(())
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
