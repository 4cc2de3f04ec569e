//! An archive brought up to new pages in part: a copy of it, in which the sources concerned are forgotten or walked on.

use rusqlite::backup::Backup;
use rusqlite::{OpenFlags, params};

use super::{Archive, Error, Tx, beside};
use crate::home::Home;
use crate::record::RecordId;

/// A run that the archive knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRun {
    pub run: String,
    pub source: String,
    /// It came to its own end.
    pub finished: bool,
    /// Its pages are captures of others.
    pub imported: bool,
    /// What is recorded of it.
    pub visits: u64,
}

impl Archive {
    /// A copy that lies where a rebuild makes its archive; it counts only once it is put in place.
    pub fn copy_beside(&self, home: &Home) -> Result<Self, Error> {
        let path = home.rebuilt();
        beside::remove(&path)?;
        let mut copy = Self::connect(path.clone(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let copied = Backup::new(&self.sql, &mut copy.sql).and_then(|backup| backup.step(-1));
        copied.map_err(|source| Error::Sql { path, source })?;
        copy.ask(|sql| sql.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;"))?;
        Ok(copy)
    }

    /// Removes an archive that lies beside another one.
    pub fn discard(self) -> Result<(), Error> {
        let path = self.path.clone();
        drop(self);
        beside::remove(&path)
    }

    /// All runs in their order.
    pub fn known_runs(&self) -> Result<Vec<KnownRun>, Error> {
        self.ask(|sql| {
            sql.prepare(
                "SELECT run, source, finished, outcome IS 'imported' AS imported,
                        (SELECT count(*) FROM visits v WHERE v.run = r.run) AS visits
                   FROM runs r ORDER BY sequence",
            )?
            .query_map([], |row| {
                Ok(KnownRun {
                    run: row.get("run")?,
                    source: row.get("source")?,
                    finished: row.get::<_, Option<String>>("finished")?.is_some(),
                    imported: row.get("imported")?,
                    visits: row.get::<_, i64>("visits")?.cast_unsigned(),
                })
            })?
            .collect()
        })
    }

    /// The listings of a source as its runs have read them.
    pub fn listings_of(&self, source: &str) -> Result<Vec<String>, Error> {
        self.all("SELECT url FROM listings WHERE source = ?1", [source], |row| row.get(0))
    }

    /// The captures that were gathered for a run are those that it is known to have.
    pub fn knows_captures(&self, run: &str) -> Result<bool, Error> {
        let (gathered, known) = ("SELECT warc, offset, url FROM temp.captures", "SELECT warc, offset, url FROM visits");
        self.one(
            &format!(
                "SELECT NOT EXISTS ({gathered} WHERE run = ?1 EXCEPT {known} WHERE run = ?1)
                AND NOT EXISTS ({known} WHERE run = ?1 EXCEPT {gathered} WHERE run = ?1)"
            ),
            [run],
            |row| row.get(0),
        )
    }

    /// Forgets all that is known of a source, its runs among it; the pauses of its hosts stay, and what was read from its
    /// notices is kept aside for `recall_facts`.
    pub fn forget_source(&self, source: &str) -> Result<(), Error> {
        let (entries, runs) = ("(SELECT entry FROM entries WHERE source = ?1)", "(SELECT run FROM runs WHERE source = ?1)");
        self.begin_frontier()?;
        self.transaction(|tx| {
            self.ask(|sql| {
                sql.execute(
                    "INSERT OR REPLACE INTO temp.facts_before
                     SELECT e.id, f.reader, f.facts, f.evidence, v.published, v.title, v.summary, v.body, v.attachments
                       FROM entries e JOIN facts f USING (entry) JOIN versions v ON v.entry = e.entry AND v.number = e.current
                      WHERE e.source = ?1",
                    [source],
                )
            })?;
            for (table, of) in [
                ("facts", format!("entry IN {entries}")),
                ("absences", format!("entry IN {entries}")),
                ("sightings", format!("entry IN {entries}")),
                ("unconfirmed", format!("entry IN {entries}")),
                ("aliases", "source = ?1".to_owned()),
                ("versions", format!("entry IN {entries}")),
                ("entries", "source = ?1".to_owned()),
                ("day_counts", "source = ?1".to_owned()),
                ("sources", "source = ?1".to_owned()),
                ("listing_pages", "listing IN (SELECT url FROM listings WHERE source = ?1)".to_owned()),
                ("listings", "source = ?1".to_owned()),
                ("volatile_parameters", "source = ?1".to_owned()),
                ("problems", format!("run IN {runs}")),
                ("visits", format!("run IN {runs}")),
                ("runs", "source = ?1".to_owned()),
            ] {
                self.ask(|sql| sql.execute(&format!("DELETE FROM {table} WHERE {of}"), [source]))?;
            }
            tx.changes_are_told_from_now()
        })
    }

    /// Gives the runs their places in the order in which they are told here: the one that each tells, or the next free one.
    pub fn number_runs<'a>(&self, runs: impl Iterator<Item = (&'a str, Option<u64>)>) -> Result<(), Error> {
        self.transaction(|_| {
            // No two may have one number, not even in between.
            self.ask(|sql| sql.execute("UPDATE runs SET sequence = -sequence", []))?;
            let mut last = 0;
            for (run, sequence) in runs {
                last = sequence.unwrap_or(0).max(last + 1);
                self.ask(|sql| sql.execute("UPDATE runs SET sequence = ?2 WHERE run = ?1", params![run, last.cast_signed()]))?;
            }
            Ok(())
        })
    }
}

impl Tx<'_> {
    /// Takes what was read from the entry before its source was forgotten, if that was read by these rules, in this language and
    /// from what its newest version says.
    pub fn recall_facts(&self, id: &RecordId, reader: u32, lang: Option<&str>) -> Result<bool, Error> {
        let recalled = self.execute(
            "INSERT INTO facts (entry, reader, facts, evidence)
             SELECT e.entry, b.reader, b.facts, b.evidence
               FROM temp.facts_before b JOIN entries e USING (id) JOIN versions v ON v.entry = e.entry AND v.number = e.current
              WHERE b.id = ?1 AND b.reader = ?2 AND (?3 IS NULL OR b.facts ->> '$.lang' = ?3) AND v.published IS b.published
                AND v.title = b.title AND v.summary IS b.summary AND v.body IS b.body AND v.attachments = b.attachments
             ON CONFLICT DO UPDATE SET reader = excluded.reader, facts = excluded.facts, evidence = excluded.evidence",
            params![id.0, reader, lang],
        )?;
        if recalled > 0 {
            self.touch(id)?;
        }
        Ok(recalled > 0)
    }
}
