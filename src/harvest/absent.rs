//! Which entries are gone: what listings no longer name, and on what evidence that is a removal.
//!
//! A listing that was read whole and no longer names an entry is evidence. A list of the latest N is none: it lets its
//! oldest go as it gains others. So an entry no younger than the oldest that its listing still names, while that listing
//! names no fewer than before, is asked for once more; its own page decides.

use jiff::civil::Date;
use url::Url;

use super::Error;
use super::walk::{Found, Walk};
use crate::record::RecordId;
use crate::visit::{Outcome, Purpose};

/// Evidence of an absence: its listings, read whole, do not name the entry.
pub(super) const UNLISTED: &str = "no listing names it";
/// Evidence of an absence: the server's own word.
pub(super) const PAGE_GONE: &str = "its page answered 404 or 410";

impl Walk<'_> {
    /// Marks what has been removed; lets go what has only fallen off the end of a list.
    pub(super) async fn absent(&mut self, found: &[Found]) -> Result<(), Error> {
        for listing in std::mem::take(&mut self.full) {
            let Some(oldest) = oldest(found, &listing) else { continue };
            for id in self.archive.fallen(self.run, listing.as_str(), oldest)? {
                self.fallen(&id, &listing).await?;
            }
        }
        let Some(at) = found.iter().map(|found| found.at).max() else { return Ok(()) };
        let missing = self.archive.missing(self.run, &self.source.name)?;
        self.counts.gone += missing.len() as u64;
        self.archive.transaction(|tx| missing.iter().try_for_each(|id| tx.mark_gone(id, at, UNLISTED)))?;
        Ok(())
    }

    /// Asks the page of an entry that fell off the end of a list whether it is still there; no answer settles nothing.
    async fn fallen(&mut self, id: &RecordId, listing: &Url) -> Result<(), Error> {
        let Some(record) = self.archive.current(id)? else { return Ok(()) };
        let own = Url::parse(&record.url).ok().filter(|url| self.source.details && url.fragment().is_none() && self.source.in_scope(url));
        let Some(own) = own else {
            return Ok(self.archive.transaction(|tx| tx.let_go(listing.as_str(), id))?);
        };
        let Some(answer) = self.put(&own, Purpose::Detail, Some(listing)).await? else { return Ok(()) };
        match answer.outcome {
            Outcome::Gone => {
                self.counts.gone += 1;
                self.archive.transaction(|tx| tx.mark_gone(id, answer.at, PAGE_GONE))?;
            }
            Outcome::Page | Outcome::NotModified => self.archive.transaction(|tx| tx.let_go(listing.as_str(), id))?,
            Outcome::Moved { .. } | Outcome::Busy { .. } | Outcome::Refused(_) | Outcome::Failed { .. } => {}
        }
        Ok(())
    }
}

/// The oldest day that a listing names.
fn oldest(found: &[Found], listing: &Url) -> Option<Date> {
    found.iter().filter(|found| found.listing == *listing).filter_map(|found| found.entry.published).min()
}
