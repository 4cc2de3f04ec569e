//! Pages in the manner of the content systems of European and American institutions, by authors who had not seen the reader.
//! First tries: 22 of the first forty (5 wrong in silence), 12 of the next twelve, 16 of twenty-four (10 of 12 and 6 of 12, 3 wrong
//! in silence), 16 of twenty-four (8 of 12 twice, 1 wrong in silence), 10 of twelve (1 wrong in silence), 16 of twenty-six
//! (municipalities; 2 wrong in silence, next page of 20), 9 of thirteen (none in silence, next page of 12), 22 of twenty-six (2 in
//! silence, next page of 25), 19 of twenty-six (1 in silence, next page of 25), 21 of twenty-six (2 in silence, next page of 24), 13 of the
//! last eighteen (5 and 8 of 9, 1 in silence, next page of 15). All but the last eighteen have been looked at since, so what they score now is
//! in sample; nothing was done for those, but that an entry of one of them was followed as its next page.
//!
//! A page is right if F1 of day and title is at least .95; wrong in silence if it is not and no problem is told.

use std::path::Path;

use jiff::civil::{Date, date};
use serde::Deserialize;
use twindex::config::Selectors;
use twindex::extract::{self, Listing, Page, listing};
use url::Url;

const RIGHT: f64 = 0.95;

/// The day on which the author of a page saw it.
fn seen(number: u32) -> Date {
    date(2026, 11, if number <= 112 { 29 } else { 30 })
}

/// What the page says.
#[derive(Deserialize)]
struct Truth {
    url: String,
    entries: Vec<Entry>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    date: Date,
    title: String,
    url: Option<String>,
}

fn plain(title: &str) -> String {
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

fn agrees(read: &extract::Entry, entry: &Entry) -> bool {
    read.published == Some(entry.date) && plain(&read.title) == plain(&entry.title)
}

/// F1 of day and title.
fn f1(listing: &Listing, truth: &Truth) -> f64 {
    let mut read: Vec<(Option<Date>, String)> = listing.entries.iter().map(|entry| (entry.published, plain(&entry.title))).collect();
    let count = read.len() + truth.entries.len();
    let found = truth.entries.iter().filter(|entry| {
        let at = read.iter().position(|(day, title)| *day == Some(entry.date) && *title == plain(&entry.title));
        at.map(|at| read.swap_remove(at)).is_some()
    });
    2.0 * found.count() as f64 / count as f64
}

/// Addresses of entries that were read and lead elsewhere; of entries of one title and day one may lead there.
fn misled(listing: &Listing, truth: &Truth) -> usize {
    let misled = |entry: &&Entry| {
        let titled = listing.entries.iter().filter(|read| plain(&read.title) == plain(&entry.title));
        let (on_day, others): (Vec<_>, Vec<_>) = titled.partition(|read| read.published == Some(entry.date));
        let same = if on_day.is_empty() { others } else { on_day };
        let leads = |read: &extract::Entry| {
            !read.documents.is_empty() || read.link.as_ref().map(|link| asked(link.as_str())) == entry.url.as_deref().map(asked)
        };
        entry.url.is_some() && !same.is_empty() && !same.into_iter().any(leads)
    };
    truth.entries.iter().filter(misled).inspect(|entry| eprintln!("misled: {:?} {:?}", entry.title, entry.url)).count()
}

/// The part of an address that is asked for: a fragment is a place on the page.
fn asked(address: &str) -> &str {
    address.split_once('#').map_or(address, |(asked, _)| asked)
}

/// What was read of some pages, by their numbers.
#[derive(Default)]
struct Outcome {
    pages: usize,
    wrong: Vec<u32>,
    /// Of these, those of which nothing was told.
    silent: Vec<u32>,
    /// Pages of which an entry leads elsewhere.
    misled: Vec<u32>,
    next: usize,
}

fn outcome(numbers: std::ops::RangeInclusive<u32>) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract/portals");
    let mut outcome = Outcome::default();
    for number in numbers {
        let path = folder.join(format!("{number:02}.html"));
        let truth: Truth = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let url = Url::parse(&truth.url).unwrap();
        let listing =
            listing::read(&Page { url: &url, content_type: Some("text/html"), bytes: &bytes, seen: seen(number) }, &Selectors::default());
        outcome.pages += 1;
        let follows = listing.next.as_ref().map(Url::as_str) == truth.next.as_deref().map(asked);
        outcome.next += usize::from(follows);
        if !follows {
            eprintln!("{number}: leads to {:?}, not to {:?}", listing.next.as_ref().map(Url::as_str), truth.next);
        }
        if misled(&listing, &truth) > 0 {
            outcome.misled.push(number);
        }
        if f1(&listing, &truth) < RIGHT {
            if listing.problems.is_empty() && listing.whole {
                outcome.silent.push(number);
            }
            outcome.wrong.push(number);
            let lost = truth.entries.iter().filter(|entry| !listing.entries.iter().any(|read| agrees(read, entry)));
            let extra = listing.entries.iter().filter(|read| !truth.entries.iter().any(|entry| agrees(read, entry)));
            let show = |day: Option<Date>, title: &str| format!("{} {title}", day.map_or_else(String::new, |day| day.to_string()));
            eprintln!("{number}: lost {:?}", lost.map(|entry| show(Some(entry.date), &entry.title)).collect::<Vec<_>>());
            eprintln!("{number}: extra {:?}", extra.map(|read| show(read.published, &read.title)).collect::<Vec<_>>());
        }
    }
    let Outcome { pages, wrong, silent, misled, next } = &outcome;
    eprintln!("{} of {pages} right, wrong {wrong:?}, in silence {silent:?}, misled {misled:?}, next page {next}", pages - wrong.len());
    outcome
}

#[test]
fn pages_of_many_systems_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(1..=52);
    assert!(
        wrong.len() <= 4 && silent.len() <= 1 && misled.is_empty() && next >= 51,
        "wrong {wrong:?}, in silence {silent:?}, next {next}"
    );
}

#[test]
fn pages_of_institutions_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(53..=112);
    assert!(
        wrong.len() <= 1 && silent.is_empty() && misled.len() <= 1 && next >= 57,
        "wrong {wrong:?}, in silence {silent:?}, next {next}"
    );
}

#[test]
fn pages_of_municipalities_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(113..=138);
    assert!(
        wrong.is_empty() && silent.is_empty() && misled.is_empty() && next >= 25,
        "wrong {wrong:?}, in silence {silent:?}, next {next}"
    );
}

#[test]
fn pages_of_more_municipalities_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(139..=177);
    assert!(
        wrong.is_empty() && silent.is_empty() && misled.len() <= 1 && next >= 38,
        "wrong {wrong:?}, in silence {silent:?}, next {next}"
    );
}

/// In silence: a title in bold before two files, of which the first is taken for it.
#[test]
fn pages_of_the_last_municipalities_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(178..=203);
    assert!(
        wrong.len() <= 2 && silent.len() <= 1 && misled.len() <= 2 && next >= 26,
        "wrong {wrong:?}, in silence {silent:?}, misled {misled:?}, next {next}"
    );
}

/// The wrong one leaves out that a title says in brackets what its file is; what is missed of an entry is a picture.
#[test]
fn pages_of_associations_and_municipalities_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(204..=229);
    assert!(
        wrong.len() <= 1 && silent.is_empty() && misled.len() <= 1 && next >= 24,
        "wrong {wrong:?}, in silence {silent:?}, misled {misled:?}, next {next}"
    );
}

/// Out of sample but for one next page: what is wrong with them has been seen, and nothing was done for it.
#[test]
fn pages_that_nothing_was_done_for_keep_their_quality() {
    let Outcome { wrong, silent, misled, next, .. } = outcome(230..=247);
    assert!(
        wrong.len() <= 5 && silent.len() <= 1 && misled.len() <= 1 && next >= 15,
        "wrong {wrong:?}, in silence {silent:?}, misled {misled:?}, next {next}"
    );
}
