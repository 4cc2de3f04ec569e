//! Which listing names which entry: the evidence for "gone".
//!
//! An entry is missing only if every listing that ever named it was read whole in this run and none of them
//! names it any more. A failed, cut or half-read listing proves nothing, nor does one that has let the entry go (`let_go`).

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use super::{Archive, Error, Tx, parsed, text};
use crate::record::RecordId;

/// The outcome of reading a listing in a run, all its pages together.
#[derive(Clone, Copy, Debug)]
pub struct ListingRead<'a> {
    pub run: &'a str,
    pub source: &'a str,
    /// Its first page, as configured.
    pub url: &'a str,
    pub at: Timestamp,
    /// Read to its end, and sane.
    pub whole: bool,
    /// How many entries it named.
    pub entries: u32,
}

/// The last reading of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingState {
    pub run: String,
    pub at: Timestamp,
    pub whole: bool,
    pub entries: u32,
}

impl Tx<'_> {
    pub fn record_listing(&self, read: &ListingRead<'_>) -> Result<(), Error> {
        self.ask(|sql| {
            sql.prepare_cached("INSERT OR REPLACE INTO listings (url, source, run, at, whole, entries) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![read.url, read.source, read.run, text(read.at), read.whole, read.entries])
        })?;
        Ok(())
    }

    /// The listing names the entry; whether it had been gone is for the caller to mend (`mark_returned`).
    pub fn sighted(&self, run: &str, listing: &str, id: &RecordId, at: Timestamp) -> Result<(), Error> {
        self.ask(|sql| {
            sql.prepare_cached("INSERT OR REPLACE INTO sightings (listing, entry, run, last_seen) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![listing, id.0, run, text(at)])
        })?;
        self.saw(id, at)
    }

    /// The listing bears witness of the entry no more.
    pub fn let_go(&self, listing: &str, id: &RecordId) -> Result<(), Error> {
        self.ask(|sql| sql.prepare_cached("DELETE FROM sightings WHERE listing = ?1 AND entry = ?2")?.execute(params![listing, id.0]))?;
        Ok(())
    }

    /// Moves `last_seen` forward, never back.
    pub(super) fn saw(&self, id: &RecordId, at: Timestamp) -> Result<(), Error> {
        let moved = self.ask(|sql| {
            sql.prepare_cached("UPDATE entries SET last_seen = ?2 WHERE id = ?1 AND last_seen < ?2")?.execute(params![id.0, text(at)])
        })?;
        if moved > 0 {
            self.touch();
        }
        Ok(())
    }
}

impl Archive {
    pub fn listing(&self, url: &str) -> Result<Option<ListingState>, Error> {
        self.ask(|sql| {
            sql.prepare_cached("SELECT run, at, whole, entries FROM listings WHERE url = ?1")?
                .query_row([url], |row| {
                    Ok(ListingState { run: row.get(0)?, at: parsed(row, "at")?, whole: row.get(2)?, entries: row.get(3)? })
                })
                .optional()
        })
    }

    /// Entries that a listing named in a run before, not in this one, published on that day or before; those marked gone are left out.
    pub fn fallen(&self, run: &str, listing: &str, until: Date) -> Result<Vec<RecordId>, Error> {
        self.ask(|sql| {
            sql.prepare_cached(
                "SELECT s.entry FROM sightings s
                   JOIN entries e ON e.id = s.entry
                   JOIN versions v ON v.entry = e.id AND v.number = e.current
                 WHERE s.listing = ?2 AND s.run <> ?1 AND v.published <= ?3
                   AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = s.entry AND a.until IS NULL)
                 ORDER BY s.entry",
            )?
            .query_map(params![run, listing, until.to_string()], |row| row.get(0).map(RecordId))?
            .collect()
        })
    }

    /// Entries that their listings, all read whole in this run, no longer name; those marked gone are left out.
    pub fn missing(&self, run: &str, source: &str) -> Result<Vec<RecordId>, Error> {
        self.ask(|sql| {
            sql.prepare_cached(
                "SELECT id FROM entries e WHERE source = ?2
                   AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.id AND a.until IS NULL)
                   AND EXISTS (SELECT 1 FROM sightings s WHERE s.entry = e.id)
                   AND NOT EXISTS (SELECT 1 FROM sightings s LEFT JOIN listings l ON l.url = s.listing
                                   WHERE s.entry = e.id AND (s.run = ?1 OR l.run IS NOT ?1 OR NOT l.whole))
                 ORDER BY id",
            )?
            .query_map(params![run, source], |row| row.get(0).map(RecordId))?
            .collect()
        })
    }
}
