//! The schema's steps, each applied with its number in one transaction.
//!
//! A released step is never edited; a change is a new step. `PRAGMA user_version` counts the steps that
//! were applied, `application_id` says whose file it is (SQLite file format §1.3.14 and §1.3.17).

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Archive, Error, url_hash};

const STEPS: [&str; 9] = [
    include_str!("1_tables.sql"),
    include_str!("2_views.sql"),
    include_str!("3_walks.sql"),
    include_str!("4_past.sql"),
    include_str!("5_narrow.sql"),
    include_str!("6_views.sql"),
    include_str!("7_addresses.sql"),
    include_str!("8_counts.sql"),
    include_str!("9_small_changes.sql"),
];

/// The step whose new column SQL alone cannot fill.
const HASHED: u32 = 7;

/// "twix" in ASCII.
const APPLICATION: u32 = 0x7477_6978;

pub(super) fn apply(archive: &Archive) -> Result<(), Error> {
    // Looked at again inside the transaction: two programs may start at once.
    while outdated(archive)? {
        archive.ask(step)?;
    }
    Ok(())
}

/// Whether steps are missing; an error if the file is newer than this program, or none of ours.
pub(super) fn outdated(archive: &Archive) -> Result<bool, Error> {
    let (applied, owner, tables) = archive.ask(|sql| Ok((applied(sql)?, owner(sql)?, tables(sql)?)))?;
    let path = archive.path.clone();
    if owner != APPLICATION && (owner != 0 || tables > 0) {
        return Err(Error::Foreign { path });
    }
    let known = STEPS.len() as u32;
    if applied > known {
        return Err(Error::Newer { path, found: applied, known });
    }
    Ok(applied < known)
}

fn step(sql: &Connection) -> rusqlite::Result<()> {
    let whole = Transaction::new_unchecked(sql, TransactionBehavior::Immediate)?;
    let done = applied(&whole)?;
    if let Some(statements) = STEPS.get(done as usize) {
        whole.execute_batch(statements)?;
        if done + 1 == HASHED {
            hash_addresses(&whole)?;
        }
        whole.pragma_update(None, "user_version", done + 1)?;
        whole.pragma_update(None, "application_id", APPLICATION)?;
    }
    whole.commit()
}

fn hash_addresses(sql: &Connection) -> rusqlite::Result<()> {
    let mut entries = sql.prepare("SELECT entry, url FROM entries")?;
    let mut hashed = sql.prepare("UPDATE entries SET url_hash = ?2 WHERE entry = ?1")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        hashed.execute((row.get::<_, i64>(0)?, url_hash(&row.get::<_, String>(1)?)))?;
    }
    Ok(())
}

fn applied(sql: &Connection) -> rusqlite::Result<u32> {
    sql.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn owner(sql: &Connection) -> rusqlite::Result<u32> {
    sql.pragma_query_value(None, "application_id", |row| row.get(0))
}

fn tables(sql: &Connection) -> rusqlite::Result<u32> {
    sql.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::Home;

    #[test]
    fn a_file_of_the_first_version_gains_the_later_steps_and_keeps_its_rows() {
        let home = tempfile::tempdir().unwrap();
        let sql = Connection::open(home.path().join("archive.db")).unwrap();
        sql.execute_batch(STEPS[0]).unwrap();
        sql.execute_batch("INSERT INTO pauses VALUES ('mesto.test', '2026-01-01T00:00:00.000Z')").unwrap();
        sql.pragma_update(None, "user_version", 1).unwrap();
        sql.pragma_update(None, "application_id", APPLICATION).unwrap();
        drop(sql);
        // A reader brings it up to date as well.
        let archive = Archive::open_read_only(&Home::at(home.path())).unwrap();
        assert_eq!(archive.pauses().unwrap().len(), 1);
        assert_eq!(archive.sql.query_row("SELECT count(*) FROM notices", [], |row| row.get(0)), Ok(0));
    }

    #[test]
    fn a_newer_file_and_a_file_of_others_are_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let archive = Archive::open(&Home::at(home.path())).unwrap();
        archive.sql.pragma_update(None, "user_version", 99).unwrap();
        drop(archive);
        for error in [Archive::open(&Home::at(home.path())).unwrap_err(), Archive::open_read_only(&Home::at(home.path())).unwrap_err()] {
            assert!(error.to_string().contains("newer twindex (schema 99"), "{error}");
        }
        let home = tempfile::tempdir().unwrap();
        let sql = Connection::open(home.path().join("archive.db")).unwrap();
        sql.execute_batch("CREATE TABLE places (url)").unwrap();
        assert!(matches!(Archive::open(&Home::at(home.path())), Err(Error::Foreign { .. })));
    }
}
