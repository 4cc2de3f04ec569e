//! The countries of the seeking side, or of what the notice tells.
//!
//! A seeker's country comes from the words around its name, else from the notice: the title before the summary. Refuses a
//! country that is asked of the partner, that belongs to an office, that borders or that is an aggressor's.

use super::cues::Seek;
use super::document::{Document, Part};
use super::evidence::Ledger;
use super::nations::{HOST, Nation};
use super::seekers::Candidate;
use super::small_words::{Small, words};
use crate::gazetteer::Form;
use crate::record::{Certainty, Place, PlaceRole, Where};

/// Code points before a country within which words say that it only borders.
const NEAR_REACH: usize = 30;
const NEAR_GAP: usize = 12;

/// A country with the text and the words that name it.
type Found = (&'static str, usize, Nation);

/// What is known of the notice when its countries are read.
pub struct Setting<'a> {
    pub document: &'a Document<'a>,
    pub names: &'a [Candidate],
    pub seekers: &'a [usize],
    pub wanted: &'a [String],
    pub search: bool,
}

/// The countries of the record, with their evidence.
pub fn read(setting: &Setting, places: &[Place], ledger: &mut Ledger) -> Vec<String> {
    let mut countries: Vec<String> = Vec::new();
    let of_places: Vec<&str> =
        places.iter().filter(|place| place.role == PlaceRole::Seeker).filter_map(|place| place.country.as_deref()).collect();
    for (iso2, index, nation) in candidates(setting) {
        if setting.search && !of_places.is_empty() && !of_places.contains(&iso2) {
            continue;
        }
        let text = &setting.document.parts[index].text;
        ledger.note(format!("countries[{}]", countries.len()), text, nation.start..nation.end, "countries.named", Certainty::Sure);
        countries.push(iso2.to_owned());
    }
    for (at, place) in places.iter().enumerate() {
        // What is told of a foreign town is told of its country.
        let is_reported = !setting.search && place.role == PlaceRole::Mentioned && place.country.as_deref() != Some(setting.document.home);
        let counts = place.role == PlaceRole::Seeker || is_reported;
        if let Some(country) = place.country.as_ref().filter(|country| counts && !countries.contains(country)) {
            ledger.borrow(format!("countries[{}]", countries.len()), &format!("places[{at}]"), "countries.of-place");
            countries.push(country.clone());
        }
    }
    countries
}

/// The notice's own countries, surest first.
fn candidates(setting: &Setting) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let home = if setting.search { HOST } else { setting.document.home };
    if setting.search {
        for &at in setting.seekers {
            if let Some(nation) = setting.names[at].nation {
                add(&mut found, setting.names[at].part, nation, home);
            }
        }
    }
    for (index, part) in setting.document.spoken() {
        for nation in &part.nations {
            let asked = nation.iso2.is_some_and(|iso2| setting.wanted.iter().any(|known| known == iso2));
            if !(is_foreign(setting, part, nation) || setting.search && asked) {
                add(&mut found, index, *nation, home);
            }
        }
        // The first text that names a country decides for a search; others gather title and summary.
        let enough = setting.search || part.text.place != Where::Title;
        if enough && !found.is_empty() || part.text.place == Where::Body {
            break;
        }
    }
    found
}

fn add(found: &mut Vec<Found>, index: usize, nation: Nation, home: &str) {
    if let Some(iso2) = nation.iso2
        && iso2 != home
        && !found.iter().any(|(known, ..)| *known == iso2)
    {
        found.push((iso2, index, nation));
    }
}

/// A country that the words before make a border's, those behind an aggressor's.
fn is_foreign(setting: &Setting, part: &Part, nation: &Nation) -> bool {
    let sentence = part.text.sentence_at(nation.start);
    let from = nation.start.saturating_sub(NEAR_REACH).max(sentence.start);
    let behind = &part.text.shadow[nation.end..sentence.end.max(nation.end)];
    let next = behind.strip_prefix(' ').unwrap_or_default();
    let aggressor = nation.form == Form::Adjective && words(Small::Aggression).iter().any(|stem| next.starts_with(stem));
    let near = |(seek, hit): (Seek, &super::patterns::Hit)| seek == Seek::Near && hit.end + NEAR_GAP >= nation.start;
    // `partnery má ve Finsku a ve Francii`: whose an old partner is, is no seeker's.
    let old = setting.search && part.cues.has(Seek::Existing, sentence);
    // In another language the host country is abroad, but a site of its own names it for many reasons.
    let hosts = !setting.search && nation.iso2 == Some(HOST) && part.text.place != Where::Title;
    aggressor || old || hosts || part.cues.seeking(from..nation.start).any(near)
}
