//! From a written name to a place: country first, then ever looser spellings, then the guards.
//!
//! The order is measured: letters without marks, sound with its ending, sound without, nominative
//! candidates of an inflected name, one slip. A looser step is taken only where the stricter ones
//! know no such name in the country. Without a country only an unmistakable name links.

use super::endings::base_forms_in;
use super::entry::{Entry, with_identifier};
use super::fold::fold;
use super::guard::{Guard, Verdict};
use super::keys::{Key, Spelling};
use super::lands::Land;
use super::name::{Forms, Name};
use super::place::Place;
use super::query::{Answer, How, Query};
use super::{misspelled, world};

/// Links one name; a second spelling helps where the first is unknown or ambiguous.
pub fn link(query: &Query) -> Answer {
    let first = link_name(query, &Name::of(query.name));
    for form in query.written_forms {
        match (&first, link_name(query, &Name::of(form))) {
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
    let bears = |form: &String| {
        let form = Forms::new(vec![form.clone()]);
        [Spelling::Folded, Spelling::Sound].into_iter().any(|spelling| entries.iter().any(|entry| form.are_borne_by(entry, spelling)))
    };
    let bases = base_forms_in(written, Some(place.country));
    std::iter::once(written.to_owned()).chain(bases).find(bears)
}

fn link_name(query: &Query, name: &Name) -> Answer {
    let parent = match query.parent.map(|parent| link_name(&Query { parent: None, regions: &[], ..*query }, &Name::of(parent))) {
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
fn within(name: &Name, country: &str, query: &Query, guard: &Guard) -> Answer {
    let mut outside = Vec::new();
    let is_own = |entry: &Entry| main_names(&entry.place).any(|own| name.may_be(&fold(own), country));
    for spelling in [Spelling::Folded, Spelling::Sound, Spelling::Stem] {
        let mut entries = bearing(name, country, spelling, guard);
        if (query.is_oblique || spelling != Spelling::Folded) && !entries.is_empty() && !name.is_lookalike() {
            // `Horodnie` sounds like the village Horodnye and is a case form of the town Horodnia: both are weighed.
            entries.extend(name.bases(Some(country)).bearers(country, Spelling::Folded));
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
    if name.is_lookalike() {
        return Answer::Unknown;
    }
    for spelling in [Spelling::Folded, Spelling::Stem] {
        match guard.weigh(name.bases(Some(country)).bearers(country, spelling), is_own) {
            Verdict::None => {}
            Verdict::One(entry) => return Answer::Linked(entry.place, if entry.is_extra { How::Extra } else { How::Inflected }),
            Verdict::Several(places) => return Answer::Ambiguous(places),
            Verdict::Outside(places) => return Answer::OutsideRegion(places),
        }
    }
    if query.is_strict { Answer::Unknown } else { one_slip(name, country, guard) }
}

/// The rows that bear the name itself in this spelling.
fn bearing(name: &Name, country: &str, spelling: Spelling, guard: &Guard) -> Vec<Entry> {
    let written = name.written.as_str();
    let mut entries = name.own.bearers(country, spelling);
    entries.retain(|entry| entry.answers_to(written, guard.parent.map(|city| city.geonames_id)));
    let has_marks = spelling == Spelling::Folded && !written.is_ascii();
    if !entries.is_empty() && name.is_lookalike() || has_marks && entries.iter().any(|entry| is_spelled(entry, written)) {
        entries.retain(|entry| is_spelled(entry, written));
        return entries;
    }
    if has_marks && written.contains(['ř', 'ě', 'ů', 'Ř', 'Ě', 'Ů']) && !matches!(country, "CZ" | "SK") && !name.is_lookalike() {
        // No foreign letters: the name is a Czech one and may well be inflected (Říma is Řím,
        // not the hamlet Rima), so both readings are weighed together.
        entries.extend(name.bases(Some(country)).bearers(country, spelling));
    }
    entries
}

fn is_spelled(entry: &Entry, name: &str) -> bool {
    let lower = || name.chars().flat_map(char::to_lowercase);
    entry.names().any(|own| own.chars().flat_map(char::to_lowercase).eq(lower()))
}

fn how(entry: &Entry, name: &Name, spelling: Spelling) -> How {
    match spelling {
        _ if entry.is_extra => How::Extra,
        Spelling::Folded if is_spelled(entry, &name.written) => How::Exact,
        Spelling::Folded if name.own.are_borne_by(entry, spelling) => How::Folded,
        Spelling::Sound | Spelling::Stem if name.own.are_borne_by(entry, spelling) => How::Transliterated,
        _ => How::Inflected,
    }
}

/// One letter wrong: only where a single place, large or small, is that near, and by its main name.
fn one_slip(name: &Name, country: &str, guard: &Guard) -> Answer {
    let Some(land) = Land::of(country) else { return Answer::Unknown };
    let (mut near, mut entries) = (Vec::new(), Vec::new());
    misspelled::each_neighbour(name.folded(), |neighbour| {
        let before = entries.len();
        land.bearers(&Key::of(Spelling::Folded, neighbour), &mut entries);
        if entries.len() > before {
            near.push(neighbour.to_owned());
        }
    });
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
