//! Runs, the visits they made, what went wrong in them, and the hosts that asked for a pause.

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use rusqlite::params;

use super::{Archive, Error, Tx, parsed, parsed_or_null, text};
use crate::record::PageRef;
use crate::visit::{Outcome, Purpose, Visit};

/// What is known of a run when it begins.
#[derive(Clone, Copy, Debug)]
pub struct NewRun<'a> {
    /// Name of its file under `pages/`, without the ending.
    pub run: &'a str,
    pub source: &'a str,
    /// The place in the order of runs that its record tells; the next free one if that is taken or untold.
    pub sequence: Option<u64>,
    pub started: Timestamp,
    pub continues: Option<&'a str>,
}

/// What the record of a run says to an address.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedVisit {
    pub run: String,
    pub at: Timestamp,
    pub outcome: Outcome,
    pub page: PageRef,
    /// The same bytes as in the visit before.
    pub unchanged: bool,
}

/// The newest whole page of an address, and what to ask for a newer one with (RFC 9110 §13.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPage {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub page: PageRef,
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Nothing happens if the run is known: whoever catches up after a kill need not ask.
    pub fn begin_run(&self, new: &NewRun<'_>) -> Result<(), Error> {
        self.execute("INSERT INTO runs (run, source, started, continues, number, sequence)
                 SELECT ?1, ?2, ?3, ?4, coalesce((SELECT max(number) FROM runs), 0) + 1, max(coalesce(?5, 0), coalesce((SELECT max(sequence) FROM runs), 0) + 1) WHERE true
                 ON CONFLICT (run) DO NOTHING", params![new.run, new.source, text(new.started), new.continues, new.sequence.map(u64::cast_signed)])?;
        Ok(())
    }

    pub fn finish_run(&self, run: &str, at: Timestamp, outcome: &str) -> Result<(), Error> {
        self.execute("UPDATE runs SET finished = ?2, outcome = ?3 WHERE run = ?1", params![run, text(at), outcome])?;
        Ok(())
    }

    pub fn record_visit(&self, run: &str, visit: &Visit, page: &PageRef, via: Option<&str>) -> Result<(), Error> {
        let (outcome, detail) = outcome(&visit.outcome);
        let exchange = visit.exchange.as_ref();
        self.execute(
            "INSERT INTO visits (run, url, purpose, at, status, outcome, detail, etag, last_modified, via, warc, offset, digest, again)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![
                run,
                visit.url.as_str(),
                visit.purpose.name(),
                text(visit.at),
                exchange.map(|exchange| exchange.status),
                outcome,
                detail,
                exchange.and_then(|exchange| exchange.header("etag")),
                exchange.and_then(|exchange| exchange.header("last-modified")),
                via,
                page.warc,
                page.offset.cast_signed(),
                page.digest,
                matches!(visit.outcome, Outcome::Failed { again: true, .. })
            ],
        )?;
        Ok(())
    }

    pub fn record_problem(&self, run: &str, at: Timestamp, url: &str, kind: &str, what: &str) -> Result<(), Error> {
        self.execute(
            "INSERT INTO problems (run, at, url, kind, what) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![run, text(at), url, kind, what],
        )?;
        Ok(())
    }

    /// Nobody asks `host` before `until`, which is kept to the next millisecond: never a moment early.
    pub fn set_pause(&self, host: &str, until: Timestamp) -> Result<(), Error> {
        let until = until.round(TimestampRound::new().smallest(Unit::Millisecond).mode(RoundMode::Ceil)).unwrap_or(until);
        self.execute("INSERT OR REPLACE INTO pauses (host, until) VALUES (?1, ?2)", params![host, text(until)])?;
        Ok(())
    }
}

impl Archive {
    /// When a run began, and the run that it carries on.
    pub fn run_start(&self, run: &str) -> Result<Option<(Timestamp, Option<String>)>, Error> {
        self.first("SELECT started, continues FROM runs WHERE run = ?1", [run], |row| Ok((parsed(row, "started")?, row.get(1)?)))
    }

    /// The newest run of a source, if it never came to its end.
    pub fn unfinished_run(&self, source: &str) -> Result<Option<String>, Error> {
        self.first("SELECT run, finished FROM runs WHERE source = ?1 ORDER BY sequence DESC LIMIT 1", [source], |row| {
            Ok(row.get::<_, Option<String>>(1)?.is_none().then_some(row.get(0)?))
        })
        .map(Option::flatten)
    }

    /// Whether the visit at that place is recorded: a kill may fall between the page and the record.
    pub fn knows_visit(&self, page: &PageRef) -> Result<bool, Error> {
        self.holds("SELECT 1 FROM visits WHERE warc = ?1 AND offset = ?2", params![page.warc, page.offset.cast_signed()])
    }

    /// The newest whole page of that address. A 304 after it renews the validators that it names (RFC 9111 §4.3.4).
    pub fn last_page(&self, url: &str) -> Result<Option<KnownPage>, Error> {
        let newest = |column: &str| {
            format!(
                "(SELECT v.{column} FROM visits v WHERE v.url = ?1 AND v.outcome IN ('page', 'not_modified') AND v.{column} <> ''
                  AND (v.at, v.id) >= (p.at, p.id) ORDER BY v.at DESC, v.id DESC LIMIT 1)"
            )
        };
        let question = format!(
            "SELECT {}, {}, warc, offset, digest, at FROM visits p
             WHERE url = ?1 AND outcome = 'page' ORDER BY at DESC, id DESC LIMIT 1",
            newest("etag"),
            newest("last_modified")
        );
        self.first(&question, [url], |row| {
            Ok(KnownPage { etag: row.get(0)?, last_modified: row.get(1)?, page: page_ref(row)?, at: parsed(row, "at")? })
        })
    }

    /// The place in the order of runs that the next one has.
    pub fn next_sequence(&self) -> Result<u64, Error> {
        self.count("SELECT coalesce(max(sequence), 0) + 1 FROM runs", [])
    }

    /// When the newest run of a source began, if that came to its own end.
    pub fn last_run(&self, source: &str) -> Result<Option<Timestamp>, Error> {
        self.first("SELECT started FROM runs WHERE source = ?1 AND finished IS NOT NULL AND sequence = (SELECT max(sequence) FROM runs WHERE source = ?1)", [source], |row| parsed(row, "started"))
    }

    /// When the newest visit was made, or the newest run began.
    pub fn newest_visit(&self) -> Result<Option<Timestamp>, Error> {
        self.one(
            "SELECT max(at) AS newest FROM (SELECT started AS at FROM runs UNION ALL SELECT max(at) FROM visits WHERE run IN
               (SELECT run FROM runs ORDER BY sequence DESC LIMIT 8))",
            [],
            |row| parsed_or_null(row, "newest"),
        )
    }

    /// What the newest of these runs to ask for an address recorded of it; nothing of robots.txt.
    pub fn recorded(&self, runs: &[String], url: &str) -> Result<Option<RecordedVisit>, Error> {
        self.first(
            "SELECT *, (SELECT b.digest FROM visits b WHERE b.url = v.url AND b.outcome = 'page' AND b.id < v.id
                        ORDER BY b.id DESC LIMIT 1) = v.digest AS unchanged
             FROM visits v WHERE url = ?1 AND purpose <> 'robots' AND run IN (SELECT value FROM json_each(?2))
             ORDER BY id DESC LIMIT 1",
            params![url, super::to_json(&runs)],
            |row| {
                let unchanged = row.get::<_, Option<bool>>("unchanged")?.unwrap_or(false);
                Ok(RecordedVisit {
                    run: row.get("run")?,
                    at: parsed(row, "at")?,
                    outcome: recorded_outcome(row)?,
                    page: page_ref(row)?,
                    unchanged,
                })
            },
        )
    }

    /// Addresses of entries' pages that these runs asked for though no page had named them, in order.
    pub fn unprompted(&self, runs: &[String]) -> Result<Vec<String>, Error> {
        self.begun(runs, Purpose::Detail)
    }

    /// Addresses of the listings that these runs began with, in order.
    pub fn begun_with(&self, runs: &[String]) -> Result<Vec<String>, Error> {
        self.begun(runs, Purpose::Listing)
    }

    fn begun(&self, runs: &[String], purpose: Purpose) -> Result<Vec<String>, Error> {
        self.all(
            "SELECT url FROM visits WHERE run IN (SELECT value FROM json_each(?1)) AND purpose = ?2 AND via IS NULL
             GROUP BY url ORDER BY min(id)",
            [&super::to_json(&runs), purpose.name()],
            |row| row.get(0),
        )
    }

    /// Hosts that asked for a pause, and until when; past ones too.
    pub fn pauses(&self) -> Result<Vec<(String, Timestamp)>, Error> {
        self.all("SELECT host, until FROM pauses ORDER BY host", [], |row| Ok((row.get(0)?, parsed(row, "until")?)))
    }
}

/// The three columns of a place.
pub(super) fn page_ref(row: &rusqlite::Row<'_>) -> rusqlite::Result<PageRef> {
    Ok(PageRef { warc: row.get("warc")?, offset: row.get::<_, i64>("offset")?.cast_unsigned(), digest: row.get("digest")? })
}

/// A word to count by, and the rest for people.
pub(super) fn outcome(outcome: &Outcome) -> (&'static str, Option<String>) {
    match outcome {
        Outcome::Page => ("page", None),
        Outcome::NotModified => ("not_modified", None),
        Outcome::Moved { to, .. } => ("moved", Some(to.to_string())),
        Outcome::Gone => ("gone", None),
        Outcome::Busy { until } => ("busy", Some(text(*until))),
        Outcome::Refused(refusal) => ("refused", Some(refusal.to_string())),
        Outcome::Failed { why, .. } => ("failed", Some(why.clone())),
    }
}

/// What `outcome` wrote, as far as it matters after the run.
fn recorded_outcome(row: &rusqlite::Row<'_>) -> rusqlite::Result<Outcome> {
    let detail = row.get::<_, Option<String>>("detail")?.unwrap_or_default();
    Ok(match row.get_ref("outcome")?.as_str()? {
        "page" => Outcome::Page,
        "not_modified" => Outcome::NotModified,
        "gone" => Outcome::Gone,
        "moved" => match detail.parse() {
            Ok(to) => Outcome::Moved { to, permanent: false },
            Err(_) => Outcome::Failed { why: format!("redirected to {detail}"), again: false },
        },
        "busy" => Outcome::Busy { until: parsed(row, "detail")? },
        // Why does not matter any more, and another run asks again.
        "refused" => Outcome::Failed { why: detail, again: true },
        _ => Outcome::Failed { why: detail, again: row.get("again")? },
    })
}
