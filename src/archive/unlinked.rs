//! Entries without a page of their own, known again by what their listing says of them: date, title, words and documents.
//!
//! A listing is read from its beginning, and often not to its end. What it says word for word as before is what was known, wherever
//! it stands; what it says otherwise is something known or something new, and as long as a known one of that date and title may
//! stand further down, nobody can tell which.

use rusqlite::params;

use super::{Archive, Error, to_json};
use crate::record::RecordId;

/// An entry without a page of its own, as a page of a listing names it.
#[derive(Clone, Copy, Debug)]
pub struct Unlinked<'a> {
    pub source: &'a str,
    /// Its first page.
    pub listing: &'a str,
    /// Digest of date and title, and of no slug.
    pub key: &'a str,
    /// Date and title.
    pub twin: &'a str,
}

/// The known entry that a listing named with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameWords {
    pub id: RecordId,
    pub url: String,
    /// The page that named it last; `None` where it stands on a page that was not read since, or nowhere.
    pub page: Option<String>,
    /// No whole reading has missed it.
    pub named: bool,
}

/// The mark of a version `v` of an entry, `?4` being its date and title.
const MARK: &str = "?4 || '|' || coalesce(v.summary, '') || '|' || coalesce(v.body, '') || '|' ||
     (SELECT coalesce(group_concat(value ->> '$.url', ' '), '') FROM json_each(v.attachments))";

/// Entries `e` that the listing `?1` named, of the source `?2`, with the key `?3`.
const KNOWN: &str = "FROM entries e JOIN sightings s ON s.entry = e.entry AND s.listing = ?1
       JOIN versions v ON v.entry = e.entry AND v.number = e.current";

impl Archive {
    /// The known entry with that mark; the oldest of several.
    pub fn with_same_words(&self, entry: &Unlinked<'_>, mark: &str) -> Result<Option<SameWords>, Error> {
        self.first(
            &format!(
                "SELECT e.id, e.url, s.page, s.missed IS NULL AS named {KNOWN}
                  WHERE e.source = ?2 AND e.key = ?3 AND {MARK} = ?5 ORDER BY e.entry LIMIT 1"
            ),
            params![entry.listing, entry.source, entry.key, entry.twin, mark],
            |row| Ok(SameWords { id: RecordId(row.get("id")?), url: row.get("url")?, page: row.get("page")?, named: row.get("named")? }),
        )
    }

    /// A known entry of that date and title, which this walk has not met, may stand on a page that it has not read. `last`: the pages
    /// on which the entries of the page read last stood before; what stood on earlier ones would have been met.
    pub fn may_follow(&self, entry: &Unlinked<'_>, last: &[&str]) -> Result<bool, Error> {
        self.holds(
            &format!(
                "SELECT 1 {KNOWN} LEFT JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
                  WHERE e.source = ?2 AND e.key = ?3 AND s.missed IS NULL AND p.unchanged IS NOT 1
                    AND NOT EXISTS (SELECT 1 FROM found f WHERE f.listing = ?1 AND f.mark = {MARK})
                    AND (p.rowid < (SELECT min(o.rowid) FROM pages_read o WHERE o.listing = ?1
                                      AND o.url IN (SELECT value FROM json_each(?5)))) IS NOT 1"
            ),
            params![entry.listing, entry.source, entry.key, entry.twin, to_json(&last)],
        )
    }

    /// There are entries of that date and title.
    pub fn has_twins(&self, entry: &Unlinked<'_>) -> Result<bool, Error> {
        self.holds("SELECT 1 FROM entries WHERE source = ?1 AND key = ?2", [entry.source, entry.key])
    }

    /// An entry that the listing names now is that one, or it stands on a page that was not read because it is known, or, where the
    /// listing was not read to its end (`unfinished`), on one that may follow.
    pub fn is_met(&self, listing: &str, id: &RecordId, unfinished: bool) -> Result<bool, Error> {
        self.holds(
            "SELECT 1 FROM found WHERE id = ?2 AND listing = ?1
             UNION ALL
             SELECT 1 FROM sightings s LEFT JOIN pages_read p ON p.listing = s.listing AND p.url = s.page
              WHERE s.entry = (SELECT entry FROM entries WHERE id = ?2) AND s.listing = ?1 AND s.missed IS NULL
                AND (p.unchanged = 1 OR (p.url IS NULL AND ?3))",
            params![listing, id.0, unfinished],
        )
    }
}
