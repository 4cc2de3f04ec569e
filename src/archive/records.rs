//! Records put together from their tables, one at a time.
//!
//! The order is the archive's own: newest publication first, undated last, then by identifier; an export is
//! byte-identical whenever the archive says the same. Identifiers are read ahead, records are not, so memory
//! stays small; all of them come from one moment, whatever a writer does meanwhile.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::runs::page_ref;
use super::{Archive, Error, json, packed, parsed, parsed_or_null, text};
use crate::record::{Facts, Record, RecordId};

/// Which records to read; the default is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub source: Option<&'a str>,
    /// First seen at or after.
    pub since: Option<Timestamp>,
    /// Leave out what the site has removed.
    pub without_gone: bool,
}

/// Iterates over records.
#[derive(Debug)]
pub struct Records<'a> {
    archive: &'a Archive,
    ids: std::vec::IntoIter<RecordId>,
    /// Keeps the moment; ends with the iterator. Inside a transaction of the caller there is no need.
    _moment: Option<Transaction<'a>>,
}

impl Archive {
    /// Records in the archive's order.
    pub fn records(&self, filter: &Filter<'_>) -> Result<Records<'_>, Error> {
        let moment = self.ask(|sql| {
            let free = sql.is_autocommit();
            free.then(|| Transaction::new_unchecked(sql, TransactionBehavior::Deferred)).transpose()
        })?;
        let ids: Vec<_> = self.ask(|sql| {
            sql.prepare_cached(
                "SELECT id FROM entries e JOIN versions v ON v.entry = e.id AND v.number = e.current
                 WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR first_seen >= ?2)
                   AND NOT (?3 AND EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.id AND a.until IS NULL))
                 ORDER BY published DESC NULLS LAST, id",
            )?
            .query_map(params![filter.source, filter.since.map(text), filter.without_gone], |row| row.get(0).map(RecordId))?
            .collect()
        })?;
        Ok(Records { archive: self, ids: ids.into_iter(), _moment: moment })
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.ids.next()?;
        self.archive.current(&id).transpose()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

/// The newest version of one entry.
pub(super) fn one(sql: &Connection, id: &RecordId) -> rusqlite::Result<Option<Record>> {
    sql.prepare_cached(
        "SELECT e.*, v.*, f.facts, f.evidence,
                coalesce((SELECT max(p.seen) FROM sightings s JOIN listing_pages p ON p.listing = s.listing AND p.url = s.page
                           WHERE s.entry = e.id), '') AS page_seen,
                (SELECT since FROM absences a WHERE a.entry = e.id AND a.until IS NULL) AS gone_since,
                (SELECT json_group_array(url) FROM (SELECT url FROM aliases a WHERE a.entry = e.id ORDER BY url)) AS aliases
         FROM entries e JOIN versions v ON v.entry = e.id AND v.number = e.current LEFT JOIN facts f ON f.entry = e.id
         WHERE e.id = ?1",
    )?
    .query_row([&id.0], |row| {
        let read = row.get_ref("facts")?.as_str_or_null()?.is_some();
        Ok(Record {
            id: id.clone(),
            source: row.get("source")?,
            url: row.get("url")?,
            aliases: json(row, "aliases")?,
            listing: row.get("listing")?,
            published: parsed_or_null(row, "published")?,
            title: row.get("title")?,
            summary: row.get("summary")?,
            body: row.get("body")?,
            facts: if read { packed::together(json(row, "facts")?, row.get_ref("evidence")?.as_blob_or_null()?) } else { Facts::default() },
            attachments: json(row, "attachments")?,
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
