//! A name without a country: linked only where nothing else on the map could be meant.
//!
//! Capitalised, no common word, as spelled but for marks, the main (or Czech) name of one place and the name of no other
//! place in the world; or a case form of it, letter for letter. A well-known city needs no more than its name.

use super::fold::fold;
use super::lookalike::is_lookalike;
use super::name::Name;
use super::pack;
use super::place::Place;
use super::query::{Answer, How};

/// Letters below which a word is as likely something else.
const SHORTEST: usize = 4;

pub(super) fn link(name: &Name, is_strict: bool) -> Answer {
    let folded = name.folded();
    if folded.chars().count() < SHORTEST || !name.written.starts_with(char::is_uppercase) || name.is_lookalike() {
        return Answer::Unknown;
    }
    let mut entries = name.own.bearers_anywhere();
    if entries.is_empty() {
        return if is_strict { Answer::Unknown } else { inflected(name) };
    }
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.place.population), entry.place.geonames_id));
    entries.dedup_by_key(|entry| entry.place.geonames_id);
    entries.retain(|entry| entry.answers_to(&name.written, None));
    match &entries[..] {
        [] => Answer::Unknown,
        [only] => match is_main_name(&only.place, folded) {
            Some(how) => Answer::Linked(only.place, how),
            None => Answer::Unknown,
        },
        several => Answer::Ambiguous(several.iter().map(|entry| entry.place).collect()),
    }
}

/// Letters of a case form of a name that is known nowhere itself.
const SHORTEST_FORM: usize = 6;
/// Inhabitants of the place that such a form may mean.
const TOWN: u32 = 2_000;

/// `Kędzierzyna-Koźle`, `Piešťanech`: a case form of the main name of one place, letter for letter, and of no other's.
fn inflected(name: &Name) -> Answer {
    if name.written.chars().count() < SHORTEST_FORM {
        return Answer::Unknown;
    }
    let bases = name.bases(None);
    let is_own = |place: &Place| {
        let mut own = std::iter::once(place.name).chain(place.name_cs).map(str::to_lowercase);
        own.any(|own| bases.written.iter().any(|base| base.to_lowercase() == own && !is_lookalike(base)))
    };
    let mut places: Vec<Place> = bases.bearers_anywhere().iter().map(|entry| entry.place).filter(is_own).collect();
    places.sort_by_key(|place| (std::cmp::Reverse(place.population), place.geonames_id));
    places.dedup_by_key(|place| place.geonames_id);
    match places[..] {
        [only] if only.population >= TOWN => Answer::Linked(only, How::Inflected),
        [] | [_] => Answer::Unknown,
        _ => Answer::Ambiguous(places),
    }
}

fn is_main_name(place: &Place, folded: &str) -> Option<How> {
    let own = std::iter::once(place.name).chain(place.name_cs).find(|own| fold(own) == folded)?;
    Some(if own.to_lowercase() == *folded { How::Exact } else { How::Folded })
}

/// A well-known city by its Czech or own name, letter for letter, or by a Czech case form of it: `Řím`, `Kodani`.
pub fn known_city(name: &str) -> Option<(Place, How)> {
    let name = Name::of(name);
    if !name.written.starts_with(char::is_uppercase) || name.is_lookalike() {
        return None;
    }
    let named = |name: &str| super::place(pack::well_known(&name.to_lowercase())?);
    if let Some(place) = named(&name.written) {
        return Some((place, How::Exact));
    }
    let mut found = name.bases(None).written.iter().filter_map(|base| named(base));
    let first = found.next()?;
    found.all(|other| other.geonames_id == first.geonames_id).then_some((first, How::Inflected))
}
