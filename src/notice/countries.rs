//! The countries of the seeking side, or of what the notice tells.
//!
//! A seeker's country comes from the words around its name, else from the notice: the title before the summary. Refuses a
//! country that is asked of the partner, that belongs to an office, that borders or that is an aggressor's.

use super::document::{Document, Part};
use super::evidence::Ledger;
use super::marks::Seek;
use super::nations::{HOST, Nation};
use super::seekers::Candidate;
use crate::gazetteer::Form;
use crate::record::{Certainty, Place, PlaceRole, Where};

/// Code points before a country within which words say that it only borders.
const NEAR_REACH: usize = 30;
const NEAR_GAP: usize = 12;
/// Stems of what an aggressor has, folded.
const AGGRESSION: [&str; 7] = [" agres", " invaz", " okupa", " ozbroj", " vojsk", " armad", " jazy"];

/// A country with the text and the words that name it.
type Found = (&'static str, usize, Nation);

/// The countries of the record, with their evidence.
pub fn read(document: &Document, names: &[Candidate], seekers: &[usize], places: &[Place], wanted: &[String], search: bool, ledger: &mut Ledger) -> Vec<String> {
    let candidates = candidates(document, names, seekers, wanted, search);
    let mut countries: Vec<String> = Vec::new();
    let of_places: Vec<&str> =
        places.iter().filter(|place| place.role == PlaceRole::Seeker).filter_map(|place| place.country.as_deref()).collect();
    for (iso2, index, nation) in &candidates {
        if search && !of_places.is_empty() && !of_places.contains(iso2) {
            continue;
        }
        let text = &document.parts[*index].text;
        ledger.note(format!("countries[{}]", countries.len()), text, nation.start..nation.end, "countries.named", Certainty::Sure);
        countries.push((*iso2).to_owned());
    }
    for (at, place) in places.iter().enumerate() {
        // What is told of a foreign town is told of its country.
        let counts = place.role == PlaceRole::Seeker || !search && place.role == PlaceRole::Mentioned && place.country.as_deref() != Some(HOST);
        if let Some(country) = place.country.as_ref().filter(|country| counts && !countries.contains(country)) {
            ledger.borrow(format!("countries[{}]", countries.len()), &format!("places[{at}]"), "countries.of-place");
            countries.push(country.clone());
        }
    }
    countries
}

/// The notice's own countries, surest first.
fn candidates(document: &Document, names: &[Candidate], seekers: &[usize], wanted: &[String], search: bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    if search {
        for &at in seekers {
            if let Some(nation) = names[at].nation {
                add(&mut found, names[at].part, nation);
            }
        }
    }
    for (index, part) in document.spoken() {
        for nation in &part.nations {
            let asked = nation.iso2.is_some_and(|iso2| wanted.iter().any(|known| known == iso2));
            if !asked && !is_foreign(part, nation) {
                add(&mut found, index, *nation);
            }
        }
        // The first text that names a country decides for a search; others gather title and summary.
        let enough = search || part.text.place != Where::Title;
        if enough && !found.is_empty() || part.text.place == Where::Body {
            break;
        }
    }
    found
}

fn add(found: &mut Vec<Found>, index: usize, nation: Nation) {
    if let Some(iso2) = nation.iso2
        && iso2 != HOST
        && !found.iter().any(|(known, ..)| *known == iso2)
    {
        found.push((iso2, index, nation));
    }
}

/// A country that the words before make a border's, those behind an aggressor's.
fn is_foreign(part: &Part, nation: &Nation) -> bool {
    let sentence = part.text.sentence_at(nation.start);
    let from = nation.start.saturating_sub(NEAR_REACH).max(sentence.start);
    let behind = &part.text.shadow[nation.end..sentence.end.max(nation.end)];
    let aggressor = nation.form == Form::Adjective && AGGRESSION.iter().any(|word| behind.starts_with(word));
    let near = |(seek, hit): (Seek, &super::patterns::Hit)| seek == Seek::Near && hit.end + NEAR_GAP >= nation.start;
    aggressor || part.marks.seeking(from..nation.start).any(near)
}
