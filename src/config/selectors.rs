//! Optional CSS selectors of a source: where they are given, they win over what structure suggests.

use scraper::Selector;

/// Compiled once, when the configuration is read.
#[derive(Clone, Debug, Default)]
pub struct Selectors {
    /// The repeated element that holds one entry.
    pub entry: Option<Selector>,
    /// Inside the entry.
    pub date: Option<Selector>,
    /// Inside the entry; its own or its first link's address is the entry's page.
    pub title: Option<Selector>,
    /// Inside the entry.
    pub summary: Option<Selector>,
    /// Link to the next page of the listing.
    pub next: Option<Selector>,
    /// Main text of an entry's own page.
    pub body: Option<Selector>,
}
