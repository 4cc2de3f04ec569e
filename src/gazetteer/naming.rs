//! The place behind an identifier, and all the names by which it is searched.
//!
//! Refuses to find a place by a name: that is `link.rs`.

use super::czech_spelling::{czech, is_own_language};
use super::entry::{Entry, of_place, with_identifier};
use super::fold::fold;
use super::place::Place;
use std::collections::BTreeSet;

/// Names given at most; the largest cities have hundreds.
const MOST_NAMES: usize = 30;
/// Of these, names in another script, with their Czech spellings.
const MOST_NATIVE: usize = 12;

/// The place with this identifier.
pub fn place(geonames_id: i64) -> Option<Place> {
    with_identifier(geonames_id).first().map(|entry| entry.place)
}

/// The administrative division that it lies in, of the lowest order known, with its country: `FR.84.63`.
pub fn division(geonames_id: i64) -> Option<String> {
    let entries = with_identifier(geonames_id);
    let entry = entries.first().filter(|entry| !entry.admin.is_empty())?;
    Some(format!("{}.{}", entry.place.country, entry.admin))
}

/// Its names for a search index: own, Czech, local script with its Czech spelling, other ones; at
/// most 30, none twice but for marks and case.
pub fn names(geonames_id: i64) -> Vec<String> {
    named(&with_identifier(geonames_id))
}

/// The same of a place that was found: its country is known, and no other need be looked through.
pub fn names_of(place: &Place) -> Vec<String> {
    named(&of_place(place))
}

fn named(entries: &[Entry]) -> Vec<String> {
    let Some(country) = entries.first().map(|entry| entry.place.country) else { return Vec::new() };
    let own = entries.iter().flat_map(|entry| std::iter::once(entry.place.name).chain(entry.place.name_cs)).map(str::to_owned);
    let is_native = |name: &&str| name.chars().any(|c| c.is_alphabetic() && c > LAST_LATIN);
    let (mut native, latin): (Vec<&str>, Vec<&str>) = entries.iter().flat_map(Entry::names).partition(is_native);
    // The country's own language first: the cap must not cost it.
    native.sort_by_key(|name| !is_own_language(name, country));
    let spelled = native.iter().flat_map(|&name| {
        let czech = czech(name, country).filter(|_| is_own_language(name, country));
        std::iter::once(name.to_owned()).chain(czech.map(|lower| capitalised(&lower)))
    });
    let mut seen = BTreeSet::new();
    let all = own.chain(spelled.take(MOST_NATIVE)).chain(latin.iter().map(|&name| name.to_owned()));
    all.filter(|name| seen.insert(fold(name))).take(MOST_NAMES).collect()
}

/// The name in the country's own script, where that is not Latin.
pub fn local_name(geonames_id: i64) -> Option<&'static str> {
    let entry = *with_identifier(geonames_id).first()?;
    let is_native = |name: &&str| name.chars().any(|c| c.is_alphabetic() && c > LAST_LATIN) && is_own_language(name, entry.place.country);
    entry.names().find(is_native)
}

/// End of Latin Extended-B.
const LAST_LATIN: char = '\u{24f}';

fn capitalised(lower: &str) -> String {
    let mut starts = true;
    lower
        .chars()
        .map(|c| if std::mem::replace(&mut starts, !c.is_alphabetic()) { c.to_uppercase().next().unwrap_or(c) } else { c })
        .collect()
}
