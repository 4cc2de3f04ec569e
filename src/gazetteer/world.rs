//! A name without a country: linked only where nothing else on the map could be meant.
//!
//! Capitalised, no common word, as spelled but for marks, the main (or Czech) name of one place and the name of no other
//! place in the world; or a case form of it, letter for letter. A well-known city needs no more than its name.

use super::entry::Entry;
use super::fold::fold;
use super::lookalike::is_lookalike;
use super::name::Name;
use super::pack::blocks;
use super::place::Place;
use super::query::{Answer, How};
use std::collections::HashMap;
use std::sync::OnceLock;

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

/// Inhabitants from which a city is known by its Czech or own name alone.
const WELL_KNOWN: u32 = 200_000;

/// A well-known city by its Czech or own name, letter for letter, or by a Czech case form of it: `Řím`, `Kodani`.
pub fn known_city(name: &str) -> Option<(Place, How)> {
    let name = Name::of(name);
    if !name.written.starts_with(char::is_uppercase) || name.is_lookalike() {
        return None;
    }
    let named = |name: &str| cities().get(&name.to_lowercase()).copied();
    if let Some(place) = named(&name.written) {
        return Some((place, How::Exact));
    }
    let mut found = name.bases(None).written.iter().filter_map(|base| named(base));
    let first = found.next()?;
    found.all(|other| other.geonames_id == first.geonames_id).then_some((first, How::Inflected))
}

/// Well-known cities by name in lower case; of two with one name the larger if it outnumbers the other tenfold, else none.
fn cities() -> &'static HashMap<String, Place> {
    /// How many times a city outnumbers those with which it shares a name.
    const MARGIN: u32 = 10;
    static CITIES: OnceLock<HashMap<String, Place>> = OnceLock::new();
    CITIES.get_or_init(|| {
        let is_large = |line: &str| Entry::population(line) * MARGIN >= WELL_KNOWN;
        let lines = blocks().iter().flat_map(|block| block.chosen_lines(is_large).map(|line| (block.country, line)));
        let mut large: Vec<Place> = lines.filter_map(|(country, line)| Some(Entry::parse(country, line)?.place)).collect();
        large.sort_by_key(|place| std::cmp::Reverse(place.population));
        let mut cities: HashMap<String, Place> = HashMap::new();
        let mut shared = Vec::new();
        for place in large {
            for name in std::iter::once(place.name).chain(place.name_cs).map(str::to_lowercase) {
                match cities.get(&name) {
                    Some(known) if known.geonames_id == place.geonames_id => {}
                    Some(known) if known.population >= MARGIN * place.population => {}
                    Some(_) => shared.push(name),
                    None => {
                        if place.population >= WELL_KNOWN {
                            cities.insert(name, place);
                        }
                    }
                }
            }
        }
        cities.retain(|name, _| !shared.contains(name));
        cities
    })
}
