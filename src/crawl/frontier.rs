//! What to visit next, and when to stop: a queue that knows each address once per run.
//!
//! Pure: no clock, no network; links come in as targets, the next one goes out. Listings come first, for they
//! tell what is new; then the newest entries, so that a run cut short has read what matters most. There is no
//! queue file: the archive and the listings rebuild it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use url::Url;

use crate::visit::Purpose;

/// Why an address is asked for; `crawl --plan` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Named in the configuration.
    Configured,
    /// The next page of a listing.
    Next,
    /// An entry or attachment that the archive lacks.
    New,
    /// The listing says otherwise than the archive.
    Changed,
    /// Kept already; is it still the same?
    Again,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub url: Url,
    pub purpose: Purpose,
    pub why: Why,
    /// Date of the entry; the undated come last.
    pub date: Option<Date>,
}

/// What became of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Queued,
    /// Queued or visited before in this run.
    Known,
    /// The source's `max_pages` is used up.
    OverCap,
}

#[derive(Debug)]
pub struct Frontier {
    queue: BTreeMap<Rank, Target>,
    seen: HashSet<String>,
    listings_left: u32,
    added: u64,
}

/// Listing, detail, attachment; newest first; then in the order they were added.
type Rank = (u8, Reverse<Option<Date>>, u64);

impl Frontier {
    /// `max_pages`: listing pages that this run may read.
    pub fn new(max_pages: u32) -> Self {
        Self { queue: BTreeMap::new(), seen: HashSet::new(), listings_left: max_pages, added: 0 }
    }

    /// `key` is the canonical form of the address, as the caller defines identity.
    pub fn add(&mut self, key: &str, target: Target) -> Added {
        if self.seen.contains(key) {
            return Added::Known;
        }
        if target.purpose == Purpose::Listing {
            match self.listings_left.checked_sub(1) {
                Some(left) => self.listings_left = left,
                None => return Added::OverCap,
            }
        }
        self.seen.insert(key.to_owned());
        self.added += 1;
        self.queue.insert((rank(target.purpose), Reverse(target.date), self.added), target);
        Added::Queued
    }

    /// An address reached another way, such as by a redirect, need not be asked again.
    pub fn visited(&mut self, key: &str) {
        self.seen.insert(key.to_owned());
    }

    /// The next address to ask for.
    pub fn take(&mut self) -> Option<Target> {
        self.queue.pop_first().map(|(_, target)| target)
    }

    /// What waits, in the order of the visits.
    pub fn waiting(&self) -> impl Iterator<Item = &Target> {
        self.queue.values()
    }
}

fn rank(purpose: Purpose) -> u8 {
    match purpose {
        Purpose::Robots | Purpose::Listing => 0,
        Purpose::Detail => 1,
        Purpose::Attachment => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(path: &str, purpose: Purpose, date: Option<&str>) -> Target {
        let url = Url::parse("http://mesto.cz/").and_then(|base| base.join(path)).expect("an address");
        Target { url, purpose, why: Why::New, date: date.map(|text| text.parse().expect("a date")) }
    }

    #[test]
    fn listings_first_then_the_newest_each_once() {
        let mut frontier = Frontier::new(2);
        let mut add = |path: &str, purpose, date| frontier.add(path, target(path, purpose, date));
        assert_eq!(add("old", Purpose::Detail, Some("2011-01-01")), Added::Queued);
        add("undated", Purpose::Detail, None);
        add("file", Purpose::Attachment, Some("2026-01-01"));
        add("new", Purpose::Detail, Some("2025-05-05"));
        add("same day", Purpose::Detail, Some("2025-05-05"));
        add("list", Purpose::Listing, None);
        assert_eq!(add("new", Purpose::Detail, Some("2026-05-05")), Added::Known);
        let waiting: Vec<String> = frontier.waiting().map(|target| target.url.path().to_owned()).collect();
        let taken: Vec<String> = std::iter::from_fn(|| frontier.take()).map(|target| target.url.path().to_owned()).collect();
        assert_eq!(taken, ["/list", "/new", "/same%20day", "/old", "/undated", "/file"]);
        assert_eq!(waiting, taken);
        assert_eq!(frontier.add("new", target("new", Purpose::Detail, None)), Added::Known, "visited already");
    }

    #[test]
    fn the_cap_counts_listing_pages_and_a_refused_one_stays_unknown() {
        let mut frontier = Frontier::new(1);
        assert_eq!(frontier.add("1", target("1", Purpose::Listing, None)), Added::Queued);
        assert_eq!(frontier.add("1", target("1", Purpose::Listing, None)), Added::Known);
        assert_eq!(frontier.add("2", target("2", Purpose::Listing, None)), Added::OverCap);
        assert_eq!(frontier.add("3", target("3", Purpose::Detail, None)), Added::Queued);
        frontier.visited("4");
        assert_eq!(frontier.add("4", target("4", Purpose::Detail, None)), Added::Known);
    }
}
