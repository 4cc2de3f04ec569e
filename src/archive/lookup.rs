//! Which entries there are: by address, by key, by what a person types.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{ToSql, params};
use url::Url;

use super::records::Which;
use super::sights::alike;
use super::{Archive, Error, parsed, parsed_or_null, records, text, url_hash};
use crate::record::{Record, RecordId};

/// What a person's words for an entry led to.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    One(Box<Record>),
    /// Several have it, in order.
    Many(Vec<RecordId>),
    None,
}

/// How an entry stands between two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub url: String,
    pub listing: String,
    pub key: String,
    pub last_seen: Timestamp,
    /// When its own page is to be asked for again; `None`: it has none.
    pub due: Option<Timestamp>,
    /// Digest of the bytes that were read of its own page.
    pub page_read: Option<String>,
    /// Number of the newest version.
    pub number: u32,
    pub published: Option<Date>,
    /// When the newest version was first seen.
    pub changed: Timestamp,
    /// The evidence, where it is gone.
    pub gone: Option<String>,
    /// A listing names it.
    pub named: bool,
}

/// An entry that is looked at again some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuePage {
    pub id: RecordId,
    pub url: String,
    pub due: Timestamp,
    /// Since when it has said the same.
    pub since: Timestamp,
}

impl Archive {
    /// The entry at that address, its own or an alias.
    pub fn by_url(&self, source: &str, url: &str) -> Result<Option<RecordId>, Error> {
        self.first(
            "SELECT id FROM entries WHERE url_hash = ?3 AND source = ?1 AND url = ?2
             UNION ALL SELECT id FROM aliases a JOIN entries e USING (entry) WHERE a.source = ?1 AND a.url = ?2 LIMIT 1",
            params![source, url, url_hash(url)],
            |row| row.get(0).map(RecordId),
        )
    }

    /// Entries that were last observed with that key.
    pub fn by_key(&self, source: &str, key: &str) -> Result<Vec<RecordId>, Error> {
        self.ids("SELECT id FROM entries WHERE source = ?1 AND key = ?2 ORDER BY id", &[&source, &key])
    }

    /// When an entry was last seen on the site. An index knows it only as of the last change.
    pub fn last_seen(&self, id: &RecordId) -> Result<Option<Timestamp>, Error> {
        self.first(
            "SELECT max(e.last_seen, coalesce((SELECT max(p.seen) FROM sightings s JOIN listing_pages p
                      ON p.listing = s.listing AND p.url = s.page WHERE s.entry = e.entry), '')) AS seen
             FROM entries e WHERE e.id = ?1",
            [&id.0],
            |row| parsed(row, "seen"),
        )
    }

    /// Entries that were last observed with that date and title, by their digest.
    pub fn by_twin(&self, source: &str, twin: &str) -> Result<Vec<RecordId>, Error> {
        // Keys continue with `|`, which `}` follows.
        let (from, to) = (format!("{twin}|"), format!("{twin}}}"));
        self.ids("SELECT id FROM entries WHERE source = ?1 AND key >= ?2 AND key < ?3 ORDER BY id", &[&source, &from, &to])
    }

    /// How an entry stands.
    pub fn standing(&self, id: &RecordId) -> Result<Option<Standing>, Error> {
        self.first(
            "SELECT e.url, e.listing, e.key, e.last_seen, e.due, e.page_read, v.number, v.published, v.seen_at,
                    (SELECT evidence FROM absences a WHERE a.entry = e.entry AND a.until IS NULL) AS gone,
                    EXISTS (SELECT 1 FROM sightings s WHERE s.entry = e.entry AND s.missed IS NULL) AS named
             FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current WHERE e.id = ?1",
            [&id.0],
            |row| {
                Ok(Standing {
                    url: row.get("url")?,
                    listing: row.get("listing")?,
                    key: row.get("key")?,
                    last_seen: parsed(row, "last_seen")?,
                    due: parsed_or_null(row, "due")?,
                    page_read: row.get("page_read")?,
                    number: row.get("number")?,
                    published: parsed_or_null(row, "published")?,
                    changed: parsed(row, "seen_at")?,
                    gone: row.get("gone")?,
                    named: row.get("named")?,
                })
            },
        )
    }

    /// Addresses of entries that are to be looked at again by `now` (`None`: of all that can be), the longest due first.
    pub fn due(&self, source: &str, now: Option<Timestamp>) -> Result<Vec<String>, Error> {
        self.all(
            "SELECT url FROM entries WHERE source = ?1 AND due IS NOT NULL AND (?2 IS NULL OR due <= ?2) ORDER BY due, id",
            params![source, now.map(text)],
            |row| row.get(0),
        )
    }

    /// When the entries of a source are to be looked at again.
    pub fn due_pages(&self, source: &str) -> Result<Vec<DuePage>, Error> {
        self.all(
            "SELECT id, url, due, coalesce(iif(v.number = 1, v.published || 'T00:00:00.000Z', NULL), v.seen_at) AS since
             FROM entries e JOIN versions v ON v.entry = e.entry AND v.number = e.current
             WHERE source = ?1 AND due IS NOT NULL ORDER BY due, id",
            [source],
            |row| {
                Ok(DuePage { id: RecordId(row.get("id")?), url: row.get("url")?, due: parsed(row, "due")?, since: parsed(row, "since")? })
            },
        )
    }

    /// Whether facts were read from the entry.
    pub fn has_facts(&self, id: &RecordId) -> Result<bool, Error> {
        self.holds("SELECT 1 FROM facts WHERE entry = (SELECT entry FROM entries WHERE id = ?1)", [&id.0])
    }

    /// The language that facts were read in.
    pub fn language(&self, id: &RecordId) -> Result<Option<String>, Error> {
        self.first("SELECT facts ->> '$.lang' FROM facts WHERE entry = (SELECT entry FROM entries WHERE id = ?1)", [&id.0], |row| {
            row.get(0)
        })
        .map(Option::flatten)
    }

    /// The newest version of an entry.
    pub fn current(&self, id: &RecordId) -> Result<Option<Record>, Error> {
        self.ask(|sql| records::one(sql, Which::Id(id), None))
    }

    /// By the whole identifier, else by its beginning (with or without the source), else by its end, else by any part of it.
    pub fn find(&self, words: &str) -> Result<Found, Error> {
        if let Some(record) = self.current(&RecordId(words.to_owned()))? {
            return Ok(Found::One(Box::new(record)));
        }
        if words.is_empty() {
            return Ok(Found::None);
        }
        for alike in [
            "substr(id, 1, length(?1)) = ?1 OR substr(id, length(source) + 2, length(?1)) = ?1",
            "substr(id, -length(?1)) = ?1",
            "instr(id, ?1) > 0",
        ] {
            let mut ids = self.ids(&format!("SELECT id FROM entries WHERE {alike} ORDER BY id"), &[&words])?;
            match ids.len() {
                0 => {}
                1 => {
                    let record = self.current(&ids.remove(0))?;
                    return Ok(record.map_or(Found::None, |record| Found::One(Box::new(record))));
                }
                _ => return Ok(Found::Many(ids)),
            }
        }
        Ok(Found::None)
    }

    /// By an address of the entry, its own or an alias, of any source.
    pub fn find_address(&self, url: &Url) -> Result<Found, Error> {
        for url in alike(url) {
            let question = "SELECT id FROM entries WHERE url_hash = ?2 AND url = ?1
                            UNION SELECT id FROM aliases a JOIN entries USING (entry) WHERE a.url = ?1 ORDER BY 1";
            let mut ids = self.ids(question, &[&url.as_str(), &url_hash(url.as_str())])?;
            match ids.len() {
                0 => {}
                1 => return Ok(self.current(&ids.remove(0))?.map_or(Found::None, |record| Found::One(Box::new(record)))),
                _ => return Ok(Found::Many(ids)),
            }
        }
        Ok(Found::None)
    }

    fn ids(&self, question: &str, words: &[&dyn ToSql]) -> Result<Vec<RecordId>, Error> {
        self.all(question, words, |row| row.get(0).map(RecordId))
    }
}
