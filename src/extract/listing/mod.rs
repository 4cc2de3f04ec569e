//! A listing page read as entries, whatever its markup: HTML by structure, RSS and Atom by their tags.
//!
//! Stamps (dates that stand apart) repeat in the same surroundings; each such cluster is a candidate,
//! is cut into items and read, and the best candidate is the list. Nothing is taken from any other.
//! Configured selectors replace the steps they name.

mod choice;
mod chosen;
mod clusters;
mod evidence;
mod feed;
mod ground;
mod heading;
mod item;
mod lines;
mod links;
mod outline;
mod pager;
mod segments;
mod shared;
mod stamps;
mod title;

use super::{Listing, Page, Problem, ProblemKind, page::parse};
use crate::config::Selectors;
use ground::Ground;
use links::Links;
use outline::Outline;

/// Entries of a listing page, and the page that follows.
pub fn read(page: &Page, selectors: &Selectors) -> Listing {
    if let Some(listing) = feed::read(page) {
        return listing;
    }
    let html = match parse(page) {
        Ok(html) => html,
        Err(problem) => return Listing { problems: vec![problem], ..Listing::default() },
    };
    let outline = Outline::of(&html);
    let links = Links { base: evidence::base(&html, page.url), page: page.url };
    let heading = heading::find(&outline, &html, &links);
    let mut stamps = stamps::find(&outline, page.seen);
    let mut clusters = clusters::gather(&outline, &mut stamps);
    let mut ground = Ground::of(&outline, &links, &stamps, heading);
    let mut best = choice::best(&ground, &clusters);
    let mut labelled;
    if best.is_none() && selectors.entry.is_none() {
        // No date stands alone: perhaps each has a label that no word list knows.
        labelled = stamps::with_labels(&outline, page.seen);
        clusters = clusters::gather(&outline, &mut labelled);
        ground = Ground::of(&outline, &links, &labelled, heading);
        best = choice::best(&ground, &clusters);
    }
    let mut reading = match &selectors.entry {
        Some(_) => chosen::read(&ground, &html, selectors),
        None => best.unwrap_or_default(),
    };
    chosen::refine(&ground, &html, page.seen, selectors, &mut reading);
    let mut listing = reading.listing;
    evidence::compare(&html, &links, page.seen, &mut listing);
    listing.title = heading.map(|at| super::text::normalise(&outline.text(at)));
    listing.next = pager::next(&ground, &html, selectors.next.as_ref());
    if listing.entries.is_empty() {
        listing.problems.push(Problem { kind: ProblemKind::NoEntries, what: page.url.path().to_owned() });
    }
    listing
}
