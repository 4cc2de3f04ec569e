//! Records put together from their tables, one at a time.
//!
//! The order is the archive's own: newest publication first, undated last, then by identifier; an export is
//! byte-identical whenever the archive says the same. Numbers of rows are read ahead, records are not, so memory
//! stays small; all of them come from one moment, whatever a writer does meanwhile.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, TransactionBehavior, params};

use super::packed::{self, Texts};
use super::past::STOOD_AT;
use super::runs::page_ref;
use super::{Archive, Error, Moment, json, parsed, parsed_or_null, text, unreadable};
use crate::record::{Attachment, Facts, Record, RecordId};

/// Which records to read; the default is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub source: Option<&'a str>,
    /// First seen at or after.
    pub since: Option<Timestamp>,
    /// Leave out what the site has removed; at a past moment nothing else is there.
    pub without_gone: bool,
    pub moment: Moment,
}

/// Iterates over records.
#[derive(Debug)]
pub struct Records<'a> {
    archive: &'a Archive,
    /// Rows of the entries, and numbers of the versions.
    rows: std::vec::IntoIter<(i64, u32)>,
    moment: Moment,
    /// Keeps the moment; ends with the iterator. Inside a transaction of the caller there is no need.
    _moment: Option<Transaction<'a>>,
}

impl Archive {
    /// Records in the archive's order.
    pub fn records(&self, filter: &Filter<'_>) -> Result<Records<'_>, Error> {
        let Filter { source, since, without_gone, moment } = *filter;
        let since = since.map(text);
        match moment {
            Moment::At(at) => self.rows(STOOD_AT, params![text(at), source, since], moment),
            Moment::Newest | Moment::Every => self.rows(
                "SELECT e.entry, number FROM entries e JOIN versions v ON v.entry = e.entry AND (?4 OR v.number = e.current)
                 WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR first_seen >= ?2)
                   AND NOT (?3 AND EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.entry AND a.until IS NULL))
                 ORDER BY published DESC NULLS LAST, id, number DESC",
                params![source, since, without_gone, moment == Moment::Every],
                moment,
            ),
        }
    }

    /// The records of these rows of entries and numbers of versions.
    fn rows(&self, which: &str, with: impl Params, moment: Moment) -> Result<Records<'_>, Error> {
        let kept = self.ask(|sql| {
            let free = sql.is_autocommit();
            free.then(|| Transaction::new_unchecked(sql, TransactionBehavior::Deferred)).transpose()
        })?;
        let rows: Vec<_> = self.all(which, with, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Records { archive: self, rows: rows.into_iter(), moment, _moment: kept })
    }

    /// One version of an entry as a record; facts other than the language only if it is the newest.
    pub fn version(&self, id: &RecordId, number: u32) -> Result<Option<Record>, Error> {
        self.ask(|sql| one(sql, Which::Id(id), Some(number)))
    }

    /// Records that changed after a revision; `None` where that cannot be told: of another archive, or of before it was made.
    pub fn changed_since(&self, revision: u64) -> Result<Option<Records<'_>>, Error> {
        let from = self.count("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'changes_from'", [])?;
        if !(from..=self.revision()?).contains(&revision) {
            return Ok(None);
        }
        self.rows(
            "SELECT e.entry, number FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current
             WHERE revision > ?1 ORDER BY published DESC NULLS LAST, id",
            [revision.cast_signed()],
            Moment::Newest,
        )
        .map(Some)
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (row, number) = self.rows.next()?;
        let record = self.archive.ask(|sql| one(sql, Which::Row(row), Some(number))).transpose()?;
        Some(record.map(|record| match self.moment {
            // What was learned later is not told.
            Moment::At(at) => Record { gone_since: None, last_seen: record.last_seen.min(at), ..record },
            Moment::Newest | Moment::Every => record,
        }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for Records<'_> {}

/// How an entry is named.
#[derive(Clone, Copy)]
pub(super) enum Which<'a> {
    Row(i64),
    Id(&'a RecordId),
}

/// A version of one entry, the newest if no number is given.
pub(super) fn one(sql: &Connection, which: Which<'_>, number: Option<u32>) -> rusqlite::Result<Option<Record>> {
    let which = match which {
        Which::Row(row) => Some(row),
        Which::Id(id) => sql.prepare_cached("SELECT entry FROM entries WHERE id = ?1")?.query_row([&id.0], |row| row.get(0)).optional()?,
    };
    let Some(entry) = which else { return Ok(None) };
    sql.prepare_cached(
        "SELECT e.*, v.*, f.facts, f.evidence, v.number = e.current AS newest,
                coalesce((SELECT max(p.seen) FROM sightings s JOIN listing_pages p ON p.listing = s.listing AND p.url = s.page
                           WHERE s.entry = e.entry), '') AS page_seen,
                (SELECT since FROM absences a WHERE a.entry = e.entry AND a.until IS NULL) AS gone_since,
                (SELECT json_group_array(url) FROM (SELECT url FROM aliases a WHERE a.entry = e.entry ORDER BY url)) AS aliases
         FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = coalesce(?2, e.current) LEFT JOIN facts f ON f.entry = e.entry
         WHERE e.entry = ?1",
    )?
    .query_row(params![entry, number], |row| {
        let (title, summary, body): (String, Option<String>, Option<String>) = (row.get("title")?, row.get("summary")?, row.get("body")?);
        let attachments: Vec<Attachment> = json(row, "attachments")?;
        let texts = Texts { title: &title, summary: summary.as_deref(), body: body.as_deref(), attachments: &attachments };
        let facts = facts(sql, row, &texts)?;
        Ok(Record {
            id: RecordId(row.get("id")?),
            source: row.get("source")?,
            url: row.get("url")?,
            aliases: json(row, "aliases")?,
            listing: row.get("listing")?,
            published: parsed_or_null(row, "published")?,
            title,
            summary,
            body,
            facts,
            attachments,
            version: row.get("number")?,
            changed_at: Some(parsed(row, "seen_at")?),
            first_seen: parsed(row, "first_seen")?,
            // Of an entry on a page that has not changed nothing was written but that the page was seen.
            last_seen: match row.get_ref("page_seen")?.as_str()? {
                "" => parsed(row, "last_seen")?,
                _ => parsed::<Timestamp>(row, "last_seen")?.max(parsed(row, "page_seen")?),
            },
            gone_since: parsed_or_null(row, "gone_since")?,
            page: page_ref(row)?,
        })
    })
    .optional()
}

/// The facts of a version; those of older ones are not kept, but the language holds for them as well.
fn facts(sql: &Connection, row: &Row<'_>, texts: &Texts<'_>) -> rusqlite::Result<Facts> {
    let Some(stored) = row.get_ref("facts")?.as_str_or_null()? else { return Ok(Facts::default()) };
    let mut facts = packed::facts_from_json(stored).map_err(|error| unreadable(row, "facts", error))?;
    if !row.get::<_, bool>("newest")? {
        return Ok(Facts { lang: facts.lang, ..Facts::default() });
    }
    if let Some(packed) = row.get_ref("evidence")?.as_blob_or_null()? {
        let mut named = sql.prepare_cached("SELECT name FROM names WHERE number = ?1")?;
        let name = |number: u64| named.query_row([number.cast_signed()], |row| row.get(0)).ok();
        facts.evidence = packed::unpack(packed, texts, name).unwrap_or_default();
    }
    Ok(facts)
}
