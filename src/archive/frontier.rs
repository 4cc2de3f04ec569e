//! What a walk has found and not settled yet, in temporary tables: a million entries cost disk, not memory.
//!
//! Nothing of it outlives the connection: the frontier of an interrupted run is found again from its record.

use rusqlite::params;

use super::{Archive, Error, Tx, text};
use crate::record::RecordId;

/// An entry as a page of a listing names it.
#[derive(Clone, Copy, Debug)]
pub struct NewFound<'a> {
    /// Its first page.
    pub listing: &'a str,
    pub page: &'a str,
    /// Two entries of a listing with one mark are one.
    pub mark: &'a str,
    pub link: Option<&'a str>,
    pub anchor: Option<&'a str>,
    /// Date and title.
    pub twin: &'a str,
    /// For the walk, which knows how to read it.
    pub entry: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// From 1, in the order of the listings.
    pub seq: i64,
    pub listing: String,
    pub page: String,
    pub mark: String,
    pub link: Option<String>,
    pub anchor: Option<String>,
    pub twin: String,
    /// The address of its own page, unless others share it.
    pub own: Option<String>,
    pub address: Option<String>,
    pub key: String,
    pub id: Option<RecordId>,
    pub entry: String,
}

/// Who an entry found is.
#[derive(Clone, Copy, Debug)]
pub struct Identified<'a> {
    pub own: Option<&'a str>,
    pub address: &'a str,
    pub key: &'a str,
    pub id: Option<&'a RecordId>,
}

/// What a listing names, all its pages together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListingTally {
    pub named: u64,
    /// Of these, not known before.
    pub new: u64,
    /// Known of this listing and not named.
    pub missing: u64,
}

/// A doubtful change that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    pub seq: i64,
    pub id: RecordId,
    pub doubt: String,
    pub digest: String,
    pub change: String,
}

impl Archive {
    /// Empties the frontier for a walk.
    pub fn begin_frontier(&self) -> Result<(), Error> {
        self.ask(|sql| sql.execute_batch(include_str!("frontier.sql")))
    }

    /// Adds an entry; false if the listing has named it before.
    pub fn add_found(&self, new: &NewFound<'_>) -> Result<bool, Error> {
        self.execute(
            "INSERT OR IGNORE INTO found (listing, page, mark, link, anchor, twin, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![new.listing, new.page, new.mark, new.link, new.anchor, new.twin, new.entry],
        )
        .map(|added| added > 0)
    }

    /// The entry found after that one.
    pub fn found_after(&self, seq: i64) -> Result<Option<FoundRow>, Error> {
        self.first("SELECT * FROM found WHERE seq > ?1 ORDER BY seq LIMIT 1", [seq], |row| {
            Ok(FoundRow {
                seq: row.get("seq")?,
                listing: row.get("listing")?,
                page: row.get("page")?,
                mark: row.get("mark")?,
                link: row.get("link")?,
                anchor: row.get("anchor")?,
                twin: row.get("twin")?,
                own: row.get("own")?,
                address: row.get("address")?,
                key: row.get("key")?,
                id: row.get::<_, Option<String>>("id")?.map(RecordId),
                entry: row.get("entry")?,
            })
        })
    }

    pub fn found_number(&self) -> Result<u64, Error> {
        self.count("SELECT count(*) FROM found", [])
    }

    /// Several entries of one listing, of different date or title, have that link.
    pub fn link_is_shared(&self, link: &str) -> Result<bool, Error> {
        self.holds("SELECT 1 FROM found WHERE link = ?1 GROUP BY listing HAVING count(DISTINCT twin) > 1", [link])
    }

    /// One entry of the listing alone has that anchor.
    pub fn anchor_is_unique(&self, listing: &str, anchor: &str) -> Result<bool, Error> {
        Ok(self.count("SELECT count(*) FROM found WHERE listing = ?1 AND anchor = ?2", [listing, anchor])? == 1)
    }

    /// Which of the entries of that date and title without a page of their own it is, counted from the oldest, from 1.
    pub fn nth_from_the_end(&self, listing: &str, twin: &str, seq: i64) -> Result<u64, Error> {
        self.count(
            "SELECT count(*) FROM found WHERE twin = ?2 AND listing = ?1 AND seq >= ?3 AND link IS NULL",
            params![listing, twin, seq],
        )
    }

    /// Nothing is known of the entries found.
    pub fn forget_identities(&self) -> Result<(), Error> {
        self.execute("UPDATE found SET id = NULL WHERE id IS NOT NULL", [])?;
        Ok(())
    }

    pub fn identify(&self, seq: i64, who: &Identified<'_>) -> Result<(), Error> {
        self.execute(
            "UPDATE found SET own = ?2, address = ?3, key = ?4, id = ?5 WHERE seq = ?1",
            params![seq, who.own, who.address, who.key, who.id.map(|id| &id.0)],
        )?;
        Ok(())
    }

    /// The entry found is that known one.
    pub fn claim(&self, seq: i64, id: &RecordId) -> Result<(), Error> {
        self.execute("UPDATE found SET id = ?2 WHERE seq = ?1", params![seq, id.0])?;
        Ok(())
    }

    pub fn relink(&self, seq: i64, link: &str) -> Result<(), Error> {
        self.execute("UPDATE found SET link = ?2 WHERE seq = ?1", params![seq, link])?;
        Ok(())
    }

    pub fn found_with_key(&self, listing: &str, key: &str) -> Result<u64, Error> {
        self.count("SELECT count(*) FROM found WHERE key = ?2 AND listing = ?1", [listing, key])
    }

    pub fn found_with_twin(&self, listing: &str, twin: &str) -> Result<u64, Error> {
        self.count("SELECT count(*) FROM found WHERE twin = ?2 AND listing = ?1", [listing, twin])
    }

    /// An entry found is that one, or a page that was not read, or not read again, names it. `early`: listings whose last
    /// pages were not read.
    pub fn is_named(&self, id: &RecordId, early: &[&str]) -> Result<bool, Error> {
        let early = super::to_json(&early);
        self.holds(
            "SELECT 1 FROM found WHERE id = ?1
             UNION ALL
             SELECT 1 FROM sightings s LEFT JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
              WHERE s.entry = (SELECT entry FROM entries WHERE id = ?1) AND s.missed IS NULL
                AND (p.unchanged = 1 OR (p.url IS NULL AND s.listing IN (SELECT value FROM json_each(?2))))",
            params![id.0, early],
        )
    }

    /// What a listing names, once its entries are identified.
    pub fn tally(&self, listing: &str) -> Result<ListingTally, Error> {
        let there = "SELECT count(*) FROM sightings s JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
                      WHERE s.listing = ?1 AND s.missed IS NULL AND p.unchanged = 1
                        AND NOT EXISTS (SELECT 1 FROM found f WHERE f.id = (SELECT id FROM entries e WHERE e.entry = s.entry) AND f.listing = ?1)";
        Ok(ListingTally {
            named: self.count("SELECT count(*) FROM found WHERE listing = ?1", [listing])? + self.count(there, [listing])?,
            new: self.count("SELECT count(*) FROM found WHERE listing = ?1 AND id IS NULL", [listing])?,
            missing: self.count(&format!("SELECT count(*) FROM ({MISSING_OF})"), [listing])?,
        })
    }

    /// The entry was settled in this walk.
    pub fn is_settled(&self, id: &RecordId) -> Result<bool, Error> {
        self.holds("SELECT 1 FROM settled WHERE id = ?1", [&id.0])
    }

    /// Puts a change aside.
    pub fn hold(&self, id: &RecordId, doubt: &str, digest: &str, change: &str) -> Result<(), Error> {
        self.execute("INSERT INTO held (id, doubt, digest, change) VALUES (?1, ?2, ?3, ?4)", params![id.0, doubt, digest, change])?;
        Ok(())
    }

    pub fn held_after(&self, seq: i64) -> Result<Option<HeldRow>, Error> {
        self.first("SELECT * FROM held WHERE seq > ?1 ORDER BY seq LIMIT 1", [seq], |row| {
            Ok(HeldRow {
                seq: row.get("seq")?,
                id: RecordId(row.get("id")?),
                doubt: row.get("doubt")?,
                digest: row.get("digest")?,
                change: row.get("change")?,
            })
        })
    }

    /// Digests of texts that several of those put aside have.
    pub fn held_alike(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT digest FROM held WHERE doubt IN ('changed', 'shrunk') GROUP BY digest HAVING count(DISTINCT id) > 1", [], |row| {
            row.get(0)
        })
    }
}

/// Entries that a listing has named and names no more, in a walk that has read it.
pub(super) const MISSING_OF: &str = "SELECT s.entry FROM sightings s LEFT JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
      WHERE s.listing = ?1 AND p.unchanged IS NOT 1
        AND NOT EXISTS (SELECT 1 FROM found f WHERE f.id = (SELECT id FROM entries e WHERE e.entry = s.entry) AND f.listing = ?1)
        AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.entry = s.entry AND a.until IS NULL)";

impl Tx<'_> {
    /// The entry is settled for this walk.
    pub fn settle(&self, id: &RecordId) -> Result<(), Error> {
        self.execute("INSERT OR IGNORE INTO settled (id) VALUES (?1)", [&id.0])?;
        Ok(())
    }

    /// A doubtful change that a second reading may confirm.
    pub fn set_unconfirmed(&self, id: &RecordId, digest: &str, since: jiff::Timestamp) -> Result<(), Error> {
        self.execute(
            "INSERT OR REPLACE INTO unconfirmed (entry, digest, since) VALUES ((SELECT entry FROM entries WHERE id = ?1), ?2, ?3)",
            params![id.0, digest, text(since)],
        )?;
        Ok(())
    }

    pub fn forget_unconfirmed(&self, id: &RecordId) -> Result<(), Error> {
        self.execute("DELETE FROM unconfirmed WHERE entry = (SELECT entry FROM entries WHERE id = ?1)", [&id.0])?;
        Ok(())
    }

    /// A parameter that the site changes on every visit.
    pub fn add_volatile_parameter(&self, source: &str, name: &str) -> Result<(), Error> {
        self.execute("INSERT OR IGNORE INTO volatile_parameters VALUES (?1, ?2)", [source, name])?;
        Ok(())
    }
}

impl Archive {
    /// Since when that text waits for a second reading; `None` if it is another, or none.
    pub fn unconfirmed(&self, id: &RecordId, digest: &str) -> Result<Option<jiff::Timestamp>, Error> {
        self.first(
            "SELECT since FROM unconfirmed WHERE entry = (SELECT entry FROM entries WHERE id = ?1) AND digest = ?2",
            [&id.0, digest],
            |row| super::parsed(row, "since"),
        )
    }

    pub fn volatile_parameters(&self, source: &str) -> Result<Vec<String>, Error> {
        self.all("SELECT name FROM volatile_parameters WHERE source = ?1", [source], |row| row.get(0))
    }
}
