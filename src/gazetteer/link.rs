//! From a written name to a place.

use super::place::Place;

/// A name as a notice writes it, with what the notice says about where it lies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    pub name: &'a str,
    /// ISO 3166-1 alpha-2 code. Without it only an exact, world-unique name links.
    pub country: Option<&'a str>,
    /// Regions the notice names, as written (`Charkovské oblasti`); the place must lie in one of them.
    pub regions: &'a [&'a str],
    /// The city of which the place is said to be a district, as written (`Sarajeva`).
    pub parent: Option<&'a str>,
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
    /// Several places of that name, none at least three times the next; largest first.
    Ambiguous(Vec<Place>),
    /// Places of that name, but none in the region or near the city that the notice names.
    OutsideRegion(Vec<Place>),
    Unknown,
}

/// Links one name.
pub fn link(_query: &Query) -> Answer {
    Answer::Unknown
}

/// Nominative candidates of an inflected name, most specific ending first (`Čuhujivu` gives `Čuhujiv`, …).
pub fn base_forms(_name: &str) -> Vec<String> {
    Vec::new()
}
