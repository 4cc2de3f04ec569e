//! Counts for `stats`: what a source holds, what the runs did, what could not be read.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Archive, Error, parsed, parsed_or_null};

/// What is known of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceStats {
    pub source: String,
    pub entries: u32,
    /// Of these, removed by the site.
    pub gone: u32,
    /// Of these, without a publication date.
    pub undated: u32,
    /// Of these, with their own page still unread.
    pub incomplete: u32,
    pub versions: u32,
    /// Publication dates, first and last.
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    /// When an entry was last seen on the site.
    pub last_seen: Option<Timestamp>,
}

/// One run with what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    pub run: String,
    pub source: String,
    pub started: Timestamp,
    /// `None`: interrupted, or going on.
    pub finished: Option<Timestamp>,
    pub outcome: Option<String>,
    /// Exchanges with an answer.
    pub requests: u32,
    /// Visits that failed, were put off or refused.
    pub failures: u32,
    pub new: u32,
    pub changed: u32,
    pub problems: u32,
}

/// How often a run met one kind of problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemCount {
    pub source: String,
    pub kind: String,
    pub count: u32,
    /// One of them: address and words.
    pub url: String,
    pub what: String,
}

/// Something that a run could not read as it stands, or that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub source: String,
    pub at: Timestamp,
    pub kind: String,
    pub url: String,
    pub what: String,
    /// When the same was first told of the address.
    pub since: Timestamp,
}

impl Archive {
    /// By name of the source.
    pub fn source_stats(&self) -> Result<Vec<SourceStats>, Error> {
        self.all(
            "SELECT source, sum(entries) AS entries, sum(versions) AS versions, sum(iif(published = '', entries, 0)) AS undated,
                    sum(incomplete) AS incomplete, sum(gone) AS gone, min(nullif(published, '')) AS earliest,
                    max(nullif(published, '')) AS latest, last_seen
             FROM day_counts JOIN sources USING (source) WHERE entries > 0 GROUP BY source ORDER BY source",
            [],
            |row| {
                Ok(SourceStats {
                    source: row.get("source")?,
                    entries: row.get("entries")?,
                    gone: row.get("gone")?,
                    undated: row.get("undated")?,
                    incomplete: row.get("incomplete")?,
                    versions: row.get("versions")?,
                    earliest: parsed_or_null(row, "earliest")?,
                    latest: parsed_or_null(row, "latest")?,
                    last_seen: parsed_or_null(row, "last_seen")?,
                })
            },
        )
    }

    /// The newest runs, at most `limit`, newest first.
    pub fn runs(&self, limit: u32) -> Result<Vec<RunRow>, Error> {
        self.all("SELECT * FROM runs ORDER BY sequence DESC LIMIT ?1", [limit], |row| {
            Ok(RunRow {
                run: row.get("run")?,
                source: row.get("source")?,
                started: parsed(row, "started")?,
                finished: parsed_or_null(row, "finished")?,
                outcome: row.get("outcome")?,
                requests: row.get("requests")?,
                failures: row.get("failures")?,
                new: row.get("new")?,
                changed: row.get("changed")?,
                problems: row.get("problems")?,
            })
        })
    }

    /// Problems of each source's newest run that was not interrupted, the most frequent first.
    pub fn problem_counts(&self) -> Result<Vec<ProblemCount>, Error> {
        self.all(
            "WITH newest AS (SELECT source, run, max(sequence) FROM runs WHERE finished IS NOT NULL GROUP BY source)
             SELECT source, kind, count(*) AS count, url, what, min(id) FROM problems JOIN newest USING (run)
             GROUP BY source, kind ORDER BY source, count DESC, kind",
            [],
            |row| {
                Ok(ProblemCount {
                    source: row.get("source")?,
                    kind: row.get("kind")?,
                    count: row.get("count")?,
                    url: row.get("url")?,
                    what: row.get("what")?,
                })
            },
        )
    }

    /// What the newest run of each source that came to its end met, in order: with address and reason.
    pub fn problems(&self) -> Result<Vec<Problem>, Error> {
        self.all(
            "WITH newest AS (SELECT source, run, max(sequence) FROM runs WHERE finished IS NOT NULL GROUP BY source)
             SELECT source, at, kind, url, what, (SELECT min(at) FROM problems q WHERE q.url = p.url AND q.kind = p.kind) AS since
             FROM problems p JOIN newest USING (run) ORDER BY source, id",
            [],
            |row| {
                Ok(Problem {
                    source: row.get("source")?,
                    at: parsed(row, "at")?,
                    kind: row.get("kind")?,
                    url: row.get("url")?,
                    what: row.get("what")?,
                    since: parsed(row, "since")?,
                })
            },
        )
    }

    /// The files of pages that visits and versions lie in.
    pub fn page_files(&self) -> Result<Vec<String>, Error> {
        self.ask(|sql| {
            sql.prepare("SELECT warc FROM visits UNION SELECT warc FROM versions ORDER BY warc")?.query_map([], |row| row.get(0))?.collect()
        })
    }

    pub fn record_number(&self) -> Result<u64, Error> {
        self.count("SELECT count(*) FROM entries", [])
    }

    /// What SQLite itself finds wrong with the file: damaged pages, rows that refer to nothing. Empty: nothing.
    pub fn faults(&self) -> Result<Vec<String>, Error> {
        self.ask(|sql| {
            let damage = "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
            let orphans = r#"SELECT "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check"#;
            sql.prepare(&format!("{damage} UNION ALL {orphans}"))?.query_map([], |row| row.get(0))?.collect()
        })
    }
}
