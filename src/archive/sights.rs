//! When an address was had: what a replay shows, and what an index of captures lists.

use jiff::Timestamp;
use rusqlite::{Row, params};
use url::Url;

use super::runs::page_ref;
use super::{Archive, Error, parsed};
use crate::record::PageRef;

/// One answer of an address: a page, or a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub url: String,
    pub at: Timestamp,
    /// Status of HTTP.
    pub status: u16,
    pub page: PageRef,
    /// Where the answer led to.
    pub moved: Option<String>,
}

impl Archive {
    /// The answers of an address in order of time; under the other of http and https, or with or without a slash at the end,
    /// if there are none under this one.
    pub fn sights(&self, url: &Url) -> Result<Vec<Sight>, Error> {
        for url in alike(url) {
            let found: Vec<Sight> = self.all(
                "SELECT url, at, status, warc, offset, digest, iif(outcome = 'moved', detail, NULL) AS moved FROM visits
                 WHERE url = ?1 AND outcome IN ('page', 'not_modified', 'moved') AND purpose <> 'robots' GROUP BY at ORDER BY at",
                [url.as_str()],
                sight,
            )?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// Every answer of pages and redirects, robots.txt among them, in order of address and time.
    pub fn all_sights(&self, mut take: impl FnMut(Sight)) -> Result<(), Error> {
        self.ask(|sql| {
            let mut all = sql.prepare(
                "SELECT url, at, status, warc, offset, digest, iif(outcome = 'moved', detail, NULL) AS moved FROM visits
                 WHERE status IS NOT NULL ORDER BY url, at, id",
            )?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                take(sight(row)?);
            }
            Ok(())
        })
    }

    /// First pages of all listings that were ever read.
    pub fn listing_urls(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT url FROM listings ORDER BY source, url", [], |row| row.get(0))
    }

    /// When the answer was had whose bytes lie there.
    pub fn captured(&self, page: &PageRef) -> Result<Option<Timestamp>, Error> {
        self.first(
            "SELECT at FROM visits WHERE warc = ?1 AND offset = ?2 ORDER BY at LIMIT 1",
            params![page.warc, page.offset.cast_signed()],
            |row| parsed(row, "at"),
        )
    }
}

fn sight(row: &Row<'_>) -> rusqlite::Result<Sight> {
    Ok(Sight { url: row.get("url")?, at: parsed(row, "at")?, status: row.get("status")?, page: page_ref(row)?, moved: row.get("moved")? })
}

/// The address under both schemes, with and without a slash at the end.
pub(super) fn alike(url: &Url) -> Vec<Url> {
    let other = |url: &Url| {
        let mut other = url.clone();
        let scheme = if url.scheme() == "http" { "https" } else { "http" };
        other.set_scheme(scheme).ok().map(|()| other)
    };
    let mut slashed = url.clone();
    let path = url.path().strip_suffix('/').filter(|path| !path.is_empty()).map_or_else(|| format!("{}/", url.path()), str::to_owned);
    slashed.set_path(&path);
    [Some(url.clone()), other(url), Some(slashed.clone()), other(&slashed)].into_iter().flatten().collect()
}
