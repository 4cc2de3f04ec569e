//! What an entry said before, when it was away, and what happened lately.

use jiff::Timestamp;
use rusqlite::params;

use super::content::Content;
use super::{Archive, Error, parsed, parsed_or_null, text, to_json};
pub use crate::record::ChangeKind;
use crate::record::RecordId;

/// An entry as the site gave it from `seen_at` on.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    pub seen_at: Timestamp,
    pub run: String,
    pub content: Content,
}

/// A time in which the site did not have the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    pub since: Timestamp,
    /// `None`: still gone.
    pub until: Option<Timestamp>,
    /// How we know.
    pub evidence: String,
}

/// One thing that happened to one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub at: Timestamp,
    pub id: RecordId,
    pub kind: ChangeKind,
    /// The version that came of it, or that stood at its end.
    pub version: u32,
    pub title: String,
}

/// Where a change stands in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeKey {
    pub at: Timestamp,
    pub id: RecordId,
    pub version: u32,
    pub kind: ChangeKind,
}

impl Change {
    pub fn key(&self) -> ChangeKey {
        ChangeKey { at: self.at, id: self.id.clone(), version: self.version, kind: self.kind }
    }
}

/// Changes since `?1` that meet a condition, at most `?2`, in their order. Each table is read in the order of time, so that no
/// more is read than is told.
fn changes(condition: &str) -> String {
    format!("SELECT * FROM changes WHERE at >= ?1 AND {condition} ORDER BY at DESC, id, version DESC, change LIMIT ?2")
}

/// They follow one in their order.
const AFTER: &str = "at <= ?3 AND (at < ?3 OR id > ?4 OR (id = ?4 AND (version < ?5 OR (version = ?5 AND change > ?6))))";

/// Versions and absences of an entry.
const VERSIONS: &str =
    "SELECT v.*, coalesce(summary_raw, summary) AS raw, r.run AS run_name FROM versions v JOIN runs r ON r.number = v.run
                     WHERE entry = (SELECT entry FROM entries WHERE id = ?1)";
const ABSENCES: &str = "SELECT * FROM absences WHERE entry = (SELECT entry FROM entries WHERE id = ?1)";

impl Archive {
    /// All versions of an entry, oldest first.
    pub fn history(&self, id: &RecordId) -> Result<Vec<Version>, Error> {
        self.all(&format!("{VERSIONS} ORDER BY number"), [&id.0], version)
    }

    /// When an entry was away, oldest first.
    pub fn absences(&self, id: &RecordId) -> Result<Vec<Absence>, Error> {
        self.all(&format!("{ABSENCES} ORDER BY since"), [&id.0], absence)
    }

    /// The absence that has not ended.
    pub fn absence(&self, id: &RecordId) -> Result<Option<Absence>, Error> {
        self.ask(|sql| {
            let mut open = sql.prepare_cached(&format!("{ABSENCES} AND until IS NULL"))?;
            open.query_map([&id.0], absence)?.next().transpose()
        })
    }

    /// What happened at or after `since`, newest first; at most `most` changes, those that follow one where it is told.
    pub fn changes(&self, since: Timestamp, after: Option<&ChangeKey>, most: usize) -> Result<Vec<Change>, Error> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        match after {
            None => self.all(&changes("true"), params![text(since), most], change),
            Some(after) => {
                self.all(&changes(AFTER), params![text(since), most, text(after.at), after.id.0, after.version, after.kind.name()], change)
            }
        }
    }

    /// What these runs found to have happened, newest first.
    pub fn changes_of(&self, runs: &[String]) -> Result<Vec<Change>, Error> {
        self.all(
            "SELECT * FROM changes WHERE run IN (SELECT value FROM json_each(?1)) ORDER BY at DESC, id, version DESC, change",
            [to_json(&runs)],
            change,
        )
    }

    /// The newest run of each source, with the interrupted ones that it carried on.
    pub fn newest_runs(&self) -> Result<Vec<String>, Error> {
        self.all(
            "WITH RECURSIVE part (run) AS (
               SELECT run FROM (SELECT run, max(sequence) FROM runs GROUP BY source)
               UNION SELECT r.continues FROM runs r JOIN part p ON p.run = r.run WHERE r.continues IS NOT NULL)
             SELECT run FROM part",
            [],
            |row| row.get(0),
        )
    }

    /// That run and those of its source after it; none if there is no such run.
    pub fn runs_from(&self, run: &str) -> Result<Vec<String>, Error> {
        self.all(
            "SELECT o.run FROM runs o JOIN runs r ON r.source = o.source AND o.sequence >= r.sequence WHERE r.run = ?1",
            [run],
            |row| row.get(0),
        )
    }
}

fn change(row: &rusqlite::Row<'_>) -> rusqlite::Result<Change> {
    let name: String = row.get("change")?;
    let kind = ChangeKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(ChangeKind::Changed);
    Ok(Change { at: parsed(row, "at")?, id: RecordId(row.get("id")?), kind, version: row.get("version")?, title: row.get("title")? })
}

fn absence(row: &rusqlite::Row<'_>) -> rusqlite::Result<Absence> {
    let (since, until) = (parsed(row, "since")?, parsed_or_null(row, "until")?);
    Ok(Absence { since, until, evidence: row.get("evidence")? })
}

fn version(row: &rusqlite::Row<'_>) -> rusqlite::Result<Version> {
    let (number, seen_at, run) = (row.get("number")?, parsed(row, "seen_at")?, row.get("run_name")?);
    Ok(Version { number, seen_at, run, content: Content::of(row)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::Home;

    #[test]
    fn a_page_of_changes_is_found_without_sorting_all_of_them() {
        let home = tempfile::tempdir().unwrap();
        let archive = Archive::open(&Home::at(home.path())).unwrap();
        for condition in ["true", AFTER] {
            let question = format!("EXPLAIN QUERY PLAN {}", changes(condition));
            let mut asked = archive.sql.prepare(&question).unwrap();
            let plan: Vec<String> = asked.raw_query().mapped(|row| row.get(3)).map(Result::unwrap).collect();
            assert!(plan.iter().any(|step| step.contains("versions_by_time (seen_at>")), "{plan:?}");
            assert!(!plan.iter().any(|step| step.contains("SCAN") || step.ends_with("TEMP B-TREE FOR ORDER BY")), "{plan:?}");
        }
    }
}
