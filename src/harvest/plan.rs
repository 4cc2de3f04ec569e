//! What a crawl would ask for, and why, as far as the archive knows. Nothing is fetched.

use url::Url;

use crate::archive::{self, Archive};
use crate::config::Source;
use crate::visit::Purpose;

use super::Error;

/// One address of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub url: String,
    pub purpose: Purpose,
    pub why: &'static str,
}

/// Listings first, then the pages of known entries, newest first, then their documents.
pub fn plan(archive: &Archive, source: &Source) -> Result<Vec<Planned>, Error> {
    let mut out = Vec::new();
    for listing in &source.listing {
        out.push(planned(archive, listing.as_str(), Purpose::Listing)?);
    }
    let filter = archive::Filter { source: Some(&source.name), without_gone: true, ..archive::Filter::default() };
    let mut documents = Vec::new();
    for record in archive.records(&filter)? {
        let record = record?;
        let in_scope = |address: &str| Url::parse(address).is_ok_and(|url| source.in_scope(&url) && url.fragment().is_none());
        if source.details && in_scope(&record.url) {
            out.push(planned(archive, &record.url, Purpose::Detail)?);
        }
        for attachment in record.attachments.iter().filter(|a| source.attachments && in_scope(&a.url)) {
            if !documents.iter().any(|known: &Planned| known.url == attachment.url) {
                documents.push(planned(archive, &attachment.url, Purpose::Attachment)?);
            }
        }
    }
    out.extend(documents);
    Ok(out)
}

fn planned(archive: &Archive, url: &str, purpose: Purpose) -> Result<Planned, Error> {
    let why = match archive.last_page(url)? {
        None => "not in the archive yet",
        Some(page) if page.etag.is_some() || page.last_modified.is_some() => "has it changed? (conditional)",
        Some(_) => "has it changed? (the server gave no validator)",
    };
    Ok(Planned { url: url.to_owned(), purpose, why })
}
