//! What a crawl would ask for, and why, as far as the archive knows. Nothing is fetched, nothing is written.

use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

use crate::archive::{self, Archive, DuePage};
use crate::config::Source;
use crate::visit::Purpose;

use super::{Error, schedule};

/// What a crawl asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// What is new, and what is due to be looked at again.
    #[default]
    Due,
    /// Every known page: has it changed?
    All,
    /// Every known page anew, without asking whether it changed.
    Anew,
}

/// What a crawl would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub asked: Vec<Planned>,
    /// Known pages that are not due yet.
    pub later: u64,
    /// When the next of them is due.
    pub next: Option<Timestamp>,
}

/// One address of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub url: String,
    pub purpose: Purpose,
    pub why: String,
}

/// Listings first, then the pages of known entries that are due at `now`, then their documents.
pub fn plan(archive: Option<&Archive>, source: &Source, extent: Extent, now: Timestamp) -> Result<Plan, Error> {
    let mut out = Plan::default();
    let Some(archive) = archive else {
        let planned = |url: &Url| Planned { url: url.to_string(), purpose: Purpose::Listing, why: "not in the archive yet".to_owned() };
        out.asked = source.listing.iter().map(planned).collect();
        return Ok(out);
    };
    for listing in &source.listing {
        listing_pages(archive, listing, extent, now, &mut out)?;
    }
    let mut documents = Vec::new();
    let mut counted = HashSet::new();
    for page in archive.due_pages(&source.name)? {
        let DuePage { id, url, due, since } = page;
        if extent == Extent::Due && due > now {
            out.later += 1;
            out.next = out.next.map_or(Some(due), |next| Some(next.min(due)));
            continue;
        }
        let Ok(address) = Url::parse(&url) else { continue };
        if source.details && address.fragment().is_none() && source.in_scope(&address) {
            let days = now.duration_since(since).as_hours() / 24;
            let why = format!("has it changed? It has said the same for {days} days");
            out.asked.push(Planned { url, purpose: Purpose::Detail, why });
        }
        let Some(record) = archive.current(&id)? else { continue };
        for attachment in record.attachments.iter().filter(|_| source.attachments) {
            let ours = Url::parse(&attachment.url).is_ok_and(|url| source.in_scope(&url));
            if ours && counted.insert(attachment.url.clone()) {
                let why = "has it changed?".to_owned();
                documents.push(Planned { url: attachment.url.clone(), purpose: Purpose::Attachment, why });
            }
        }
    }
    out.asked.extend(documents);
    Ok(out)
}

fn listing_pages(archive: &Archive, listing: &Url, extent: Extent, now: Timestamp, out: &mut Plan) -> Result<(), Error> {
    let known = archive.listing_pages(listing.as_str())?;
    let why = if known.is_empty() { "not read whole yet" } else { "has it changed?" };
    out.asked.push(Planned { url: listing.to_string(), purpose: Purpose::Listing, why: why.to_owned() });
    let whole = archive.listing(listing.as_str())?.filter(|state| state.whole);
    let full = whole.map(|archive::ListingState { at, .. }| schedule::full_walk(at));
    for page in known.into_iter().filter(|page| page != listing.as_str()) {
        if let Some(full) = full.filter(|full| extent == Extent::Due && *full > now) {
            out.later += 1;
            out.next = out.next.map_or(Some(full), |next| Some(next.min(full)));
        } else {
            let why = "all pages are read again once a week".to_owned();
            out.asked.push(Planned { url: page, purpose: Purpose::Listing, why });
        }
    }
    Ok(())
}
