//! From a written name to a place: country first, then ever looser spellings, then the guards.
//!
//! The order is measured: letters without marks, sound with its ending, sound without, nominative
//! candidates of an inflected name, one slip. A looser step is taken only where the stricter ones
//! know no such name in the country. Without a country only an unmistakable name links.

use super::endings::base_forms_in;
use super::entry::{Entry, bearers, with_identifier};
use super::fold::fold;
use super::guard::{Guard, Verdict};
use super::keys::{Spelling, keys};
use super::place::Place;
use super::query::{Answer, How, Query};
use super::{lookalike, misspelled, world};
use std::cell::LazyCell;
use std::collections::HashSet;

/// Links one name; a second spelling helps where the first is unknown or ambiguous.
pub fn link(query: &Query) -> Answer {
    let first = link_name(query, query.name);
    for form in query.written_forms {
        match (&first, link_name(query, form)) {
            (Answer::Unknown, Answer::Linked(place, how)) => return Answer::Linked(place, how),
            (Answer::Ambiguous(places), Answer::Linked(place, how)) if places.contains(&place) => return Answer::Linked(place, how),
            // Two spellings that name different places: neither may be believed.
            (Answer::Linked(one, _), Answer::Linked(other, _)) if one.geonames_id != other.geonames_id => {
                return Answer::Ambiguous(vec![*one, other]);
            }
            _ => {}
        }
    }
    first
}

/// The nominative of a written name, once the place is known: the first candidate that is one of its names.
pub fn nominative(written: &str, place: &Place) -> Option<String> {
    let entries = with_identifier(place.geonames_id);
    let bears = |name: &str| {
        [Spelling::Folded, Spelling::Sound].into_iter().any(|spelling| {
            let keys = keys(name, place.country, spelling);
            keys.iter().any(|key| entries.iter().any(|entry| entry.bears(spelling, key)))
        })
    };
    let bases = base_forms_in(written, Some(place.country));
    std::iter::once(written.to_owned()).chain(bases).find(|name| bears(name))
}

fn link_name(query: &Query, name: &str) -> Answer {
    let parent = match query.parent.map(|parent| link_name(&Query { parent: None, regions: &[], ..*query }, parent)) {
        None => None,
        Some(Answer::Linked(city, _)) => Some(city),
        // A district of an unknown city could be anywhere.
        Some(_) => return Answer::Unknown,
    };
    let Some(country) = query.country.or(parent.map(|city| city.country)) else { return world::link(name, query.is_strict) };
    let answer = within(name, country, query, &Guard::new(country, query.regions, parent));
    match (answer, parent) {
        (Answer::Unknown | Answer::OutsideRegion(_), Some(city)) => Answer::Linked(city, How::Parent),
        (answer, _) => answer,
    }
}

/// The steps inside one country.
fn within(name: &str, country: &str, query: &Query, guard: &Guard) -> Answer {
    let mut outside = Vec::new();
    let bases = LazyCell::new(|| base_forms_in(name, Some(country)));
    let written: LazyCell<HashSet<String>, _> =
        LazyCell::new(|| std::iter::once(name).chain(bases.iter().map(String::as_str)).map(fold).collect());
    let is_own = |entry: &Entry| main_names(&entry.place).any(|own| written.contains(&fold(own)));
    for spelling in [Spelling::Folded, Spelling::Sound, Spelling::Stem] {
        let mut entries = bearing(name, country, spelling, guard);
        if (query.is_oblique || spelling != Spelling::Folded) && !entries.is_empty() && !lookalike::is_lookalike(name) {
            // `Horodnie` sounds like the village Horodnye and is a case form of the town Horodnia: both are weighed.
            entries.extend(bearing_any(&bases, country, Spelling::Folded));
        }
        match guard.weigh(entries, is_own) {
            Verdict::None => {}
            Verdict::One(entry) => return Answer::Linked(entry.place, how(&entry, name, spelling)),
            Verdict::Several(places) => return Answer::Ambiguous(places),
            // The next spelling may know one inside.
            Verdict::Outside(places) => outside.extend(places),
        }
    }
    if !outside.is_empty() {
        return Answer::OutsideRegion(outside);
    }
    if lookalike::is_lookalike(name) {
        return Answer::Unknown;
    }
    for spelling in [Spelling::Folded, Spelling::Stem] {
        let entries = bearing_any(&bases, country, spelling);
        match guard.weigh(entries, is_own) {
            Verdict::None => {}
            Verdict::One(entry) => return Answer::Linked(entry.place, if entry.is_extra { How::Extra } else { How::Inflected }),
            Verdict::Several(places) => return Answer::Ambiguous(places),
            Verdict::Outside(places) => return Answer::OutsideRegion(places),
        }
    }
    if query.is_strict { Answer::Unknown } else { one_slip(name, country, guard) }
}

/// The rows that bear the name itself in this spelling.
fn bearing(name: &str, country: &str, spelling: Spelling, guard: &Guard) -> Vec<Entry> {
    let mut entries = bearing_any(&[name.to_owned()], country, spelling);
    entries.retain(|entry| entry.answers_to(name, guard.parent.map(|city| city.geonames_id)));
    let spelled: Vec<Entry> = entries.iter().filter(|entry| is_spelled(entry, name)).copied().collect();
    if lookalike::is_lookalike(name) {
        return spelled;
    }
    if spelling == Spelling::Folded {
        if !spelled.is_empty() && !name.is_ascii() {
            return spelled;
        }
        if name.contains(['ř', 'ě', 'ů', 'Ř', 'Ě', 'Ů']) && !matches!(country, "CZ" | "SK") {
            // No foreign letters: the name is a Czech one and may well be inflected (Říma is Řím,
            // not the hamlet Rima), so both readings are weighed together.
            entries.extend(bearing_any(&base_forms_in(name, Some(country)), country, spelling));
        }
    }
    entries
}

fn bearing_any(names: &[String], country: &str, spelling: Spelling) -> Vec<Entry> {
    let all = names.iter().flat_map(|name| keys(name, country, spelling));
    all.flat_map(|key| bearers(country, spelling, &key)).collect()
}

fn is_spelled(entry: &Entry, name: &str) -> bool {
    let lower = || name.chars().flat_map(char::to_lowercase);
    entry.names().any(|own| own.chars().flat_map(char::to_lowercase).eq(lower()))
}

fn how(entry: &Entry, name: &str, spelling: Spelling) -> How {
    let bears = || keys(name, entry.place.country, spelling).iter().any(|key| entry.bears(spelling, key));
    match spelling {
        _ if entry.is_extra => How::Extra,
        Spelling::Folded if is_spelled(entry, name) => How::Exact,
        Spelling::Folded if bears() => How::Folded,
        Spelling::Sound | Spelling::Stem if bears() => How::Transliterated,
        _ => How::Inflected,
    }
}

/// One letter wrong: only where a single place, large or small, is that near, and by its main name.
fn one_slip(name: &str, country: &str, guard: &Guard) -> Answer {
    let near = misspelled::neighbours(&fold(name));
    let mut entries: Vec<Entry> = near.iter().flat_map(|near| bearers(country, Spelling::Folded, near)).collect();
    entries.sort_by_key(|entry| entry.place.geonames_id);
    entries.dedup_by_key(|entry| entry.place.geonames_id);
    match (entries.len(), guard.weigh(entries, |_| true)) {
        (1, Verdict::One(entry)) if main_names(&entry.place).any(|own| near.contains(&fold(own))) => {
            Answer::Linked(entry.place, How::Misspelled)
        }
        _ => Answer::Unknown,
    }
}

fn main_names(place: &Place) -> impl Iterator<Item = &'static str> {
    std::iter::once(place.name).chain(place.name_cs)
}
