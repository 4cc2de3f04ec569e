//! What is asked of the gazetteer, and what it may answer.
//!
//! Plain data, so that those who look up and those who guard need not know each other. Refuses to look anything up.

use super::place::Place;

/// A name as a notice writes it, with what the notice says about where it lies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    pub name: &'a str,
    /// ISO 3166-1 alpha-2 code. Without it only a name that is unique in the world links, and only as spelled.
    pub country: Option<&'a str>,
    /// Regions the notice names, as written (`Charkovské oblasti`); the place must lie in one of them.
    pub regions: &'a [&'a str],
    /// The city of which the place is said to be a district, as written (`Sarajeva`).
    pub parent: Option<&'a str>,
    /// The name stands where Czech inflects (`starosta X`): a place of that very name and one of which it is a case
    /// form are then weighed together.
    pub is_oblique: bool,
    /// Refuses a wrong letter and, without a country, case forms: for asking of many names whether they may be places at all.
    pub is_strict: bool,
    /// Other spellings the notice gives for the same place: `Řezna (Regensburg)`.
    pub written_forms: &'a [&'a str],
}

/// By which step the name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// Letter for letter, but for case.
    Exact,
    /// Without diacritics, apostrophes, hyphens.
    Folded,
    /// By the sound classes that transliterations share.
    Transliterated,
    /// After taking off a Czech (or Nordic) case ending.
    Inflected,
    /// One letter wrong, and only one place it can be.
    Misspelled,
    /// By a row of the hand-kept table.
    Extra,
    /// The district is not in the data; this is the city it belongs to.
    Parent,
}

/// What a name turned out to be. Only `Linked` carries an id that may be shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Linked(Place, How),
    /// Several places of that name, none of which is told from the others (`guard.rs` says how); largest first.
    Ambiguous(Vec<Place>),
    /// Places of that name, but none in the region or near the city that the notice names.
    OutsideRegion(Vec<Place>),
    Unknown,
}
