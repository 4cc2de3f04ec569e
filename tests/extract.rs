//! Listings of any markup: the replica with its names taken away, other towns' layouts, hostile bytes.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own fixture fails")]

mod boards;
mod columns;
mod dating;
mod feeds;
mod hostile;
mod layouts;
mod mutants;
mod pagers;
mod portals;
mod records;
mod replica;
mod sections;
mod selectors;
mod sites;
mod systems;
mod tables;
mod unseen;

use jiff::civil::{Date, date};
use twindex::config::Selectors;
use twindex::extract::{Listing, Page, listing};
use url::Url;

/// Day of the fetch in all tests.
pub const SEEN: Date = date(2024, 5, 1);

/// Reads `html` as if it had come from `address`.
pub fn read(address: &str, html: &str) -> Listing {
    read_with(address, html, &Selectors::default())
}

pub fn read_with(address: &str, html: &str, selectors: &Selectors) -> Listing {
    let url = Url::parse(address).unwrap();
    listing::read(&Page { url: &url, content_type: Some("text/html; charset=utf-8"), bytes: html.as_bytes(), seen: SEEN }, selectors)
}

/// A line for each entry: day, title, path of its page, summary; a dash for what it does not have.
pub fn rows(listing: &Listing) -> Vec<String> {
    let row = |entry: &twindex::extract::Entry| {
        let day = entry.published.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let path = entry.link.as_ref().map_or("", |url| url.path());
        format!("{day} | {} | {path} | {}", entry.title, entry.summary.as_deref().unwrap_or("-"))
    };
    listing.entries.iter().map(row).collect()
}
