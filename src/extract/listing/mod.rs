//! A listing page read as entries, whatever its markup: candidates, columns, scores, doubts.
//!
//! Dates in the same local shape make a candidate; its records are cut by repetition, their leaves aligned into columns,
//! and title, link and summary chosen for the whole list. The best score is the list; what speaks against it is told.
//! Configured selectors replace the steps they name. Feeds are read by their own standard.

mod address;
mod anchor;
mod beside;
mod candidate;
mod cell;
mod column;
mod context;
mod dated_leaf;
mod doubt;
mod entry;
mod explain;
mod features;
mod frequency;
mod headed;
mod leaf;
mod leaf_measures;
mod leaf_texts;
mod link;
mod order;
mod outlier;
mod pager;
mod phrases;
mod reading;
mod row;
mod score;
mod segment;
mod selected;
mod structured;
mod text;
mod unread;
mod wording;

use super::dates::Year;
use super::page::{Model, Parsed, parse};
use super::{Listing, Page, ProblemKind, feed};
use crate::config::Selectors;
use context::Context;
pub use explain::{Candidate, ColumnOf, Explanation, Feature};
use reading::Reading;

/// Entries of a listing page, and the page that follows.
pub fn read(page: &Page, selectors: &Selectors) -> Listing {
    explain(page, selectors).0
}

/// The same, with the candidates, columns, features and scores that led to it.
pub fn explain(page: &Page, selectors: &Selectors) -> (Listing, Explanation) {
    if let Some(listing) = feed::read(page) {
        return (listing, Explanation::default());
    }
    let Parsed { html, problems } = parse(page);
    let model = Model::of(&html, page);
    let stated = Context::of(&model, page.seen, Year::Stated);
    let mut readings = all(&stated, selectors);
    // Years are assumed only where no day with a year dates the page's own list.
    let assumed = (!readings.first().is_some_and(Reading::is_own_list)).then(|| Context::of(&model, page.seen, Year::Assumed));
    let mut context = &stated;
    if let Some(assumed) = &assumed {
        let others = all(assumed, selectors);
        if better(&others, &readings) {
            (context, readings) = (assumed, others);
        }
    }
    let explanation = Explanation::of(context, &readings);
    let mut listing = listing(context, &readings, selectors);
    if selectors.entry.is_none() {
        unread::tell(context, readings.first().filter(|best| best.is_list()), &mut listing);
    }
    structured::compare(context, &mut listing);
    listing.title = context.heading_text().map(|text| text.replace('\n', " "));
    pager::find(context, &readings, selectors.next.as_ref(), &mut listing);
    if listing.entries.is_empty() {
        listing.doubt(ProblemKind::NoEntries, page.url.path().to_owned());
    }
    // Behind a cut an entry may have gone unread.
    listing.whole &= problems.iter().all(|problem| problem.kind != ProblemKind::Cut);
    listing.problems.extend(problems);
    (listing, explanation)
}

/// The configured records, or all that the page may be read as, the best first.
fn all<'c>(context: &'c Context, selectors: &Selectors) -> Vec<Reading<'c>> {
    match &selectors.entry {
        Some(selector) => vec![selected::read(context, selector)],
        None => reading::all(context),
    }
}

/// The best of one is a list, and better than the best of the others, if that is one at all.
fn better(ones: &[Reading], others: &[Reading]) -> bool {
    let score = |readings: &[Reading]| readings.first().filter(|best| best.is_list()).map(|best| best.score);
    score(ones) > score(others)
}

/// The best reading as a listing, with its doubts.
fn listing(context: &Context, readings: &[Reading], selectors: &Selectors) -> Listing {
    let mut listing = Listing { whole: true, ..Listing::default() };
    let Some(best) = readings.first().filter(|best| selectors.entry.is_some() || best.is_list()) else { return listing };
    for row in 0..best.records.len() {
        let Some(mut entry) = entry::read(context, best, row) else { continue };
        entry::date(context, best.records[row].dated, best.order, &mut entry, &mut listing.problems);
        selected::refine(context, &best.records[row], selectors, &mut entry);
        listing.entries.push(entry);
    }
    listing.layout = explain::layout(context, best);
    doubt::tell(context, readings, &mut listing);
    beside::take(context, readings, &mut listing);
    if selectors.entry.is_none() {
        outlier::tell(context, readings, &mut listing);
    }
    selected::check(context, selectors, &mut listing);
    listing
}
