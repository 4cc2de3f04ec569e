//! Which listing names which entry, on which of its pages: the evidence for "gone", and for "nothing has changed".
//!
//! An entry is missing only if every listing that ever named it was read whole in this run and none of them
//! names it any more. A failed, cut or half-read listing proves nothing, nor does one that has let the entry go.

use jiff::Timestamp;
use rusqlite::params;

use super::frontier::MISSING_OF;
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
    /// Read to its end, and beyond doubt.
    pub whole: bool,
    /// How many entries it named.
    pub entries: u32,
}

/// The last reading of a listing to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingState {
    pub run: String,
    pub at: Timestamp,
    pub whole: bool,
    pub entries: u32,
}

/// A page of a listing as a walk had it.
#[derive(Clone, Copy, Debug)]
pub struct ReadPage<'a> {
    pub url: &'a str,
    pub listing: &'a str,
    pub digest: &'a str,
    /// The page that follows.
    pub next: Option<&'a str>,
    pub seen: Timestamp,
    /// It is known and the same as before, so it was not read.
    pub unchanged: bool,
}

/// A page of a listing that was read whole before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownListingPage {
    pub digest: String,
    pub reader: String,
    pub next: Option<String>,
}

impl Tx<'_> {
    pub fn record_listing(&self, read: &ListingRead<'_>) -> Result<(), Error> {
        self.execute(
            "INSERT INTO listings (url, source, run, at, whole, entries) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET source = ?2, run = ?3, at = ?4, whole = ?5, before = entries, entries = ?6",
            params![read.url, read.source, read.run, text(read.at), read.whole, read.entries],
        )?;
        Ok(())
    }

    /// A page of the listing names the entry; whether it had been gone is for the caller to mend (`mark_returned`).
    pub fn sighted(&self, run: &str, listing: &str, page: &str, id: &RecordId, at: Timestamp) -> Result<(), Error> {
        self.execute(
            "INSERT OR REPLACE INTO sightings (listing, entry, run, last_seen, page, missed) 
             VALUES (?1, (SELECT entry FROM entries WHERE id = ?2), (SELECT number FROM runs WHERE run = ?3), ?4, ?5, NULL)",
            params![listing, id.0, run, text(at), page],
        )?;
        self.saw(id, at)
    }

    /// No listing bears witness of the entry any more.
    pub fn let_go_everywhere(&self, id: &RecordId) -> Result<(), Error> {
        self.execute("DELETE FROM sightings WHERE entry = (SELECT entry FROM entries WHERE id = ?1)", [&id.0])?;
        Ok(())
    }

    /// The listing bears witness no more of what it does not name now.
    pub fn let_go_missing(&self, listing: &str) -> Result<(), Error> {
        self.ask(|sql| sql.execute(&format!("DELETE FROM sightings WHERE listing = ?1 AND entry IN ({MISSING_OF})"), [listing]))?;
        Ok(())
    }

    /// A whole reading of its listings did not name the entry for the first time.
    pub fn missed(&self, id: &RecordId, at: Timestamp) -> Result<(), Error> {
        self.execute(
            "UPDATE sightings SET missed = ?2 WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND missed IS NULL",
            params![id.0, text(at)],
        )?;
        Ok(())
    }

    /// Keeps the pages of a listing that a walk has read, to know them again.
    pub fn keep_listing_pages(&self, listing: &str, reader: &str, run: &str) -> Result<(), Error> {
        let keep = "INSERT OR REPLACE INTO listing_pages (url, listing, digest, reader, next, seen, run)
                    SELECT url, listing, digest, ?2, next, seen, ?3 FROM pages_read WHERE listing = ?1";
        if !self.holds("SELECT 1 FROM pages_read WHERE listing = ?1 AND NOT unchanged", [listing])? {
            // All stands as it was: nothing but that it was seen.
            self.execute(keep, [listing, reader, run])?;
            return Ok(());
        }
        self.fold_seen("listing = ?1 AND url IN (SELECT url FROM pages_read r WHERE r.listing = ?1 AND NOT unchanged)", listing)?;
        self.ask(|sql| {
            sql.prepare_cached(keep)?.execute([listing, reader, run])?;
            // What such a page named and names no more stands on a page that was not read, or nowhere.
            sql.prepare_cached(
                "UPDATE sightings SET page = NULL WHERE listing = ?1 AND run IS NOT (SELECT number FROM runs WHERE run = ?2)
                AND page IN (SELECT url FROM pages_read r WHERE r.listing = ?1 AND NOT r.unchanged)",
            )?
            .execute([listing, run])
        })?;
        Ok(())
    }

    /// Forgets the pages of a listing that a walk has not met: they are no part of it any more.
    pub fn forget_unread_listing_pages(&self, listing: &str) -> Result<(), Error> {
        self.forget_pages("listing = ?1 AND url NOT IN (SELECT url FROM pages_read r WHERE r.listing = ?1)", listing)
    }

    /// Forgets all pages of a listing: the next walk reads them anew.
    pub fn forget_listing_pages(&self, listing: &str) -> Result<(), Error> {
        self.forget_pages("listing = ?1", listing)
    }

    fn forget_pages(&self, which: &str, listing: &str) -> Result<(), Error> {
        if !self.holds(&format!("SELECT 1 FROM listing_pages WHERE {which}"), [listing])? {
            return Ok(());
        }
        self.fold_seen(which, listing)?;
        self.execute(&format!("DELETE FROM listing_pages WHERE {which}"), [listing])?;
        Ok(())
    }

    /// What pages were last seen with was last seen with them: kept with the entries before the pages are forgotten.
    fn fold_seen(&self, which: &str, listing: &str) -> Result<(), Error> {
        self.ask(|sql| {
            sql.prepare_cached(&format!(
                "WITH seen AS (SELECT s.entry AS entry, max(p.seen) AS at FROM sightings s JOIN listing_pages p
                                 ON p.listing = s.listing AND p.url = s.page
                               WHERE p.url IN (SELECT url FROM listing_pages WHERE {which}) AND p.listing = ?1 GROUP BY s.entry)
                 UPDATE entries SET last_seen = seen.at FROM seen WHERE entries.entry = seen.entry AND entries.last_seen < seen.at"
            ))?
            .execute([listing])?;
            sql.prepare_cached(&format!(
                "UPDATE sightings SET last_seen = p.seen FROM listing_pages p
                  WHERE p.listing = sightings.listing AND p.url = sightings.page AND sightings.listing = ?1 AND sightings.last_seen < p.seen
                    AND p.url IN (SELECT url FROM listing_pages WHERE {which})"
            ))?
            .execute([listing])
        })?;
        Ok(())
    }

    /// Moves `last_seen` forward, never back.
    pub(super) fn saw(&self, id: &RecordId, at: Timestamp) -> Result<(), Error> {
        self.execute("UPDATE entries SET last_seen = ?2 WHERE id = ?1 AND last_seen < ?2", params![id.0, text(at)])?;
        Ok(())
    }
}

impl Archive {
    pub fn listing(&self, url: &str) -> Result<Option<ListingState>, Error> {
        self.first("SELECT run, at, whole, entries FROM listings WHERE url = ?1", [url], |row| {
            Ok(ListingState { run: row.get(0)?, at: parsed(row, "at")?, whole: row.get(2)?, entries: row.get(3)? })
        })
    }

    /// How many entries the listing has named, and when it last named one.
    pub fn last_named(&self, url: &str) -> Result<(u64, Option<Timestamp>), Error> {
        self.one(
            "SELECT count(*), max(at) AS at FROM (SELECT max(s.last_seen, coalesce(p.seen, '')) AS at FROM sightings s
               LEFT JOIN listing_pages p ON p.listing = s.listing AND p.url = s.page WHERE s.listing = ?1)",
            [url],
            |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), super::parsed_or_null(row, "at")?)),
        )
    }

    pub fn listing_page(&self, listing: &str, url: &str) -> Result<Option<KnownListingPage>, Error> {
        self.first("SELECT digest, reader, next FROM listing_pages WHERE listing = ?1 AND url = ?2", [listing, url], |row| {
            Ok(KnownListingPage { digest: row.get(0)?, reader: row.get(1)?, next: row.get(2)? })
        })
    }

    /// Addresses of the known pages of a listing.
    pub fn listing_pages(&self, listing: &str) -> Result<Vec<String>, Error> {
        self.all("SELECT url FROM listing_pages WHERE listing = ?1 ORDER BY url", [listing], |row| row.get(0))
    }

    /// Notes, for this walk, a page that was had.
    pub fn page_was_read(&self, page: &ReadPage<'_>) -> Result<(), Error> {
        self.execute(
            "INSERT OR REPLACE INTO pages_read (url, listing, digest, next, seen, unchanged) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![page.url, page.listing, page.digest, page.next, text(page.seen), page.unchanged],
        )?;
        Ok(())
    }

    /// The listing is known to name the entry at that address.
    pub fn names(&self, listing: &str, source: &str, url: &str) -> Result<bool, Error> {
        match self.by_url(source, url)? {
            Some(id) => self.holds(
                "SELECT 1 FROM sightings WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND listing = ?2 AND missed IS NULL",
                [&*id.0, listing],
            ),
            None => Ok(false),
        }
    }

    /// The listing names the entry, or it was not read whole in this run and may name it.
    pub fn may_name(&self, run: &str, listing: &str, id: &RecordId) -> Result<bool, Error> {
        if !self.listing(listing)?.is_some_and(|state| state.whole && state.run == run) {
            return Ok(true);
        }
        self.holds(
            "SELECT 1 FROM found WHERE id = ?2 AND listing = ?1
             UNION ALL
             SELECT 1 FROM sightings s JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
              WHERE s.entry = (SELECT entry FROM entries WHERE id = ?2) AND s.listing = ?1 AND p.unchanged",
            [listing, &*id.0],
        )
    }

    /// Entries that their listings, all read whole in this run, no longer name; those marked gone are left out.
    pub fn missing(&self, run: &str, source: &str) -> Result<Vec<RecordId>, Error> {
        self.all("SELECT id FROM entries e WHERE source = ?2
                   AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = e.entry AND a.until IS NULL)
                   AND EXISTS (SELECT 1 FROM sightings s WHERE s.entry = e.entry)
                   AND NOT EXISTS (SELECT 1 FROM sightings s LEFT JOIN listings l ON l.url = s.listing
                                     LEFT JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
                                   WHERE s.entry = e.entry AND (s.run = (SELECT number FROM runs WHERE run = ?1) OR p.unchanged OR l.run IS NOT ?1 OR NOT l.whole))
                 ORDER BY id", params![run, source], |row| row.get(0).map(RecordId))
    }

    /// Since when whole readings miss the entry.
    pub fn missed_since(&self, id: &RecordId) -> Result<Option<Timestamp>, Error> {
        self.one(
            "SELECT max(missed) AS since FROM sightings WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND missed IS NOT NULL",
            [&id.0],
            |row| super::parsed_or_null(row, "since"),
        )
    }

    /// The entry is no younger than the oldest that a listing still names, and that names no fewer than before: a list of
    /// the latest N lets its oldest go.
    pub fn has_only_fallen(&self, id: &RecordId) -> Result<bool, Error> {
        self.holds(
            "SELECT 1 FROM sightings s JOIN listings l ON l.url = s.listing
               JOIN entries e ON e.entry = s.entry JOIN versions v ON v.entry = e.entry AND v.number = e.current
              WHERE e.id = ?1 AND s.missed IS NULL AND l.entries >= l.before
                AND v.published <= (SELECT min(ov.published) FROM sightings o
                      JOIN entries oe ON oe.entry = o.entry JOIN versions ov ON ov.entry = oe.entry AND ov.number = oe.current
                     WHERE o.listing = s.listing AND o.run = (SELECT number FROM runs WHERE run = l.run))",
            [&id.0],
        )
    }

    /// Entries of a source that listings name, each once. `early`: listings whose last pages were not read.
    pub fn named_number(&self, source: &str, run: &str, early: &[&str]) -> Result<u64, Error> {
        if let [listing] = *early
            && self.listings_of(source)? == [listing]
        {
            // What it named is what it names: nothing is missed by a reading that was not whole.
            return self.count("SELECT count(*) FROM sightings WHERE listing = ?1 AND missed IS NULL", [listing]);
        }
        self.count(
            "SELECT count(DISTINCT s.entry) FROM sightings s JOIN entries e ON e.entry = s.entry
               LEFT JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
              WHERE e.source = ?1 AND s.missed IS NULL
                AND (s.run = (SELECT number FROM runs WHERE run = ?2) OR p.unchanged OR (p.url IS NULL AND s.listing IN (SELECT value FROM json_each(?3))))",
            params![source, run, super::to_json(&early)],
        )
    }
}
