//! A name without a country: linked only where nothing else on the map could be meant.
//!
//! Capitalised, no common word, as spelled but for marks, the main (or Czech) name of one place
//! and the name of no other place in the world.

use super::entry::{Entry, bearers_anywhere};
use super::fold::fold;
use super::keys::Spelling;
use super::lookalike::is_lookalike;
use super::place::Place;
use super::query::{Answer, How};

/// Letters below which a word is as likely something else.
const SHORTEST: usize = 4;

pub(super) fn link(name: &str) -> Answer {
    let folded = fold(name);
    if folded.chars().count() < SHORTEST || is_lookalike(name) || !name.starts_with(char::is_uppercase) {
        return Answer::Unknown;
    }
    let mut entries: Vec<Entry> = bearers_anywhere(Spelling::Folded, &folded);
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.place.population), entry.place.geonames_id));
    entries.dedup_by_key(|entry| entry.place.geonames_id);
    entries.retain(|entry| entry.answers_to(name, None));
    match &entries[..] {
        [] => Answer::Unknown,
        [only] => match is_main_name(&only.place, &folded) {
            Some(how) => Answer::Linked(only.place, how),
            None => Answer::Unknown,
        },
        several => Answer::Ambiguous(several.iter().map(|entry| entry.place).collect()),
    }
}

fn is_main_name(place: &Place, folded: &str) -> Option<How> {
    let own = std::iter::once(place.name).chain(place.name_cs).find(|own| fold(own) == folded)?;
    Some(if own.to_lowercase() == *folded { How::Exact } else { How::Folded })
}
