//! Captures of others on their way into the archive: gathered from all files, put in the order of time, cut into runs.
//!
//! They lie in temporary tables, on disk when they grow. A capture that stands in two files is one; a revisit has the bytes
//! of the newest capture before it that it names, by digest or by address and date. Nothing depends on the order in which
//! files are read.

use jiff::Timestamp;
use rusqlite::params;

use super::{Archive, Error, parsed, text};
use crate::record::PageRef;
use crate::visit::{Purpose, Visit};

const TABLES: &str = include_str!("captures.sql");
const INDEXES: &str = include_str!("captures_indexes.sql");

/// A capture to be gathered.
#[derive(Clone, Copy, Debug)]
pub struct NewCapture<'a> {
    pub visit: &'a Visit,
    /// As the file has it, before it was led to the addresses of the source.
    pub target: &'a str,
    pub place: &'a PageRef,
    /// The source that it belongs to; none: its bytes may be needed all the same, by a revisit.
    pub source: Option<&'a str>,
    /// Payload digest as its tool reckons it.
    pub claimed: Option<&'a str>,
    /// It is a revisit, of a capture with this address and date where they are told.
    pub revisits: Option<(Option<&'a str>, Option<Timestamp>)>,
}

/// A capture in the order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    pub id: i64,
    pub url: String,
    pub at: Timestamp,
    pub digest: String,
    /// It answered with a page.
    pub page: bool,
}

impl Archive {
    /// Empties what was gathered before.
    pub fn begin_captures(&self) -> Result<(), Error> {
        self.ask(|sql| sql.execute_batch(TABLES))
    }

    pub fn gather(&self, new: &NewCapture<'_>) -> Result<(), Error> {
        let (outcome, detail) = super::runs::outcome(&new.visit.outcome);
        let exchange = new.visit.exchange.as_ref();
        let (original, original_at) = new.revisits.unwrap_or_default();
        self.execute(
            "INSERT INTO captures (source, url, target, purpose, at, status, outcome, detail, etag, last_modified,
                                   warc, offset, digest, claimed, revisit, original, original_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                new.source,
                new.visit.url.as_str(),
                new.target,
                new.visit.purpose.name(),
                text(new.visit.at),
                exchange.map(|exchange| exchange.status),
                outcome,
                detail,
                exchange.and_then(|exchange| exchange.header("etag")),
                exchange.and_then(|exchange| exchange.header("last-modified")),
                new.place.warc,
                new.place.offset.cast_signed(),
                new.place.digest,
                new.claimed,
                new.revisits.is_some(),
                original,
                original_at.map(text),
            ],
        )?;
        Ok(())
    }

    /// Gives revisits the bytes that they speak of; how many speak of bytes that no file has.
    pub fn resolve_revisits(&self) -> Result<u64, Error> {
        self.ask(|sql| {
            sql.execute_batch(INDEXES)?;
            sql.execute_batch(
                "UPDATE temp.captures AS r SET (warc, offset, digest) =
                   (SELECT o.warc, o.offset, o.digest FROM temp.captures o
                     WHERE NOT o.revisit AND o.outcome = 'page'
                       AND ((r.claimed IS NOT NULL AND o.claimed = r.claimed)
                            OR (o.target = coalesce(r.original, r.target) AND substr(o.at, 1, 19) = substr(r.original_at, 1, 19)))
                     ORDER BY o.target = r.target DESC, o.at > r.at, abs(julianday(o.at) - julianday(r.at)), o.warc, o.offset LIMIT 1)
                 WHERE r.revisit AND r.source IS NOT NULL",
            )?;
            let lost = sql.execute("DELETE FROM temp.captures WHERE revisit AND source IS NOT NULL AND warc IS NULL", [])?;
            Ok(lost as u64)
        })
    }

    /// The captures of a source in the order of time, each once.
    pub fn gathered(&self, source: &str, mut take: impl FnMut(Gathered)) -> Result<(), Error> {
        self.ask(|sql| {
            let mut all = sql.prepare_cached(
                "SELECT min(id) AS id, url, at, digest, outcome = 'page' AS page FROM
                   (SELECT row_number() OVER (ORDER BY at, url, warc, offset) AS nth, * FROM temp.captures WHERE source = ?1)
                 GROUP BY at, url, digest ORDER BY at, url, min(nth)",
            )?;
            let mut rows = all.query([source])?;
            while let Some(row) = rows.next()? {
                take(Gathered {
                    id: row.get("id")?,
                    url: row.get("url")?,
                    at: parsed(row, "at")?,
                    digest: row.get("digest")?,
                    page: row.get("page")?,
                });
            }
            Ok(())
        })
    }

    /// Puts a capture into a run.
    pub fn assign_capture(&self, id: i64, run: &str, purpose: Option<Purpose>) -> Result<(), Error> {
        self.execute(
            "UPDATE temp.captures SET run = ?2, purpose = coalesce(?3, purpose) WHERE id = ?1",
            params![id, run, purpose.map(Purpose::name)],
        )?;
        Ok(())
    }

    /// Notes the captures of a run as its visits; when the last was made.
    pub fn record_captures(&self, run: &str) -> Result<Option<Timestamp>, Error> {
        self.ask(|sql| {
            sql.prepare_cached(
                "INSERT OR IGNORE INTO visits (run, url, purpose, at, status, outcome, detail, etag, last_modified, warc, offset, digest)
                 SELECT run, url, purpose, at, status, outcome, detail, etag, last_modified, warc, offset, digest
                   FROM temp.captures WHERE run = ?1 ORDER BY at, url, warc, offset",
            )?
            .execute([run])?;
            sql.prepare_cached("SELECT max(at) AS at FROM visits WHERE run = ?1")?.query_row([run], |row| super::parsed_or_null(row, "at"))
        })
    }
}
