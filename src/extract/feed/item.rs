//! A feed and its items as its format says them.

use url::Url;

/// A feed, whatever its format.
pub struct Feed {
    pub title: Option<String>,
    pub next: Option<Url>,
    pub items: Vec<Item>,
}

pub struct Item {
    pub title: String,
    pub link: Option<Url>,
    /// Its date as written.
    pub written: Option<String>,
    pub summary: Option<String>,
    pub content: Option<String>,
    pub enclosures: Vec<Url>,
}
