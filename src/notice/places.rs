//! From names to places: the role of each and which point on the map it is.
//!
//! Seekers are shown whether the map holds them or not (`linking.rs`); what else is named only where it does. Refuses to show
//! a place twice.

use super::cues::Word;
use super::document::Part;
use super::evidence::Ledger;
use super::gazetteer_cache;
use super::grammar::{self, Says};
use super::linking::{SURE, Setting, answered, free_countries, homes, locate, own_nation, own_side};
use super::nations::HOST;
use super::seekers::Candidate;
use super::surface_form::surface_form;
use super::text::fold;
use crate::gazetteer::{self, Answer, How};
use crate::record::{Certainty, Kind, Place, PlaceRole, Where};

/// How likely a name must seek, in what must be likely a search, to be put on the map.
const PLACED: f64 = 0.8;
/// Odds that whoever seeks is none of the names.
const UNNAMED: f64 = 0.25;

/// Links the names and gives each its role; equal places are one.
pub fn read(setting: &Setting, ledger: &mut Ledger) -> Vec<Place> {
    let search = setting.kind == Some(Kind::PartnerSearch);
    let mut places: Vec<Place> = Vec::new();
    for (at, candidate) in setting.names.iter().enumerate() {
        let part = &setting.document.parts[candidate.part];
        let seeks = search && setting.seekers.contains(&at);
        let again = || setting.seekers.contains(&candidate.first);
        if !seeks && (part.text.place == Where::Body || candidate.is_region || search && again()) {
            continue;
        }
        let mut as_written = surface_form(setting.document, part, candidate);
        let mut found = locate(setting, candidate, &as_written, seeks);
        if found.is_none()
            && seeks
            && let Some(noun) = of_adjective(setting, part, candidate)
        {
            found = locate(setting, candidate, &noun, seeks);
            as_written = noun;
        }
        if found.is_none() && !seeks {
            continue;
        }
        let place = found.map(|(place, ..)| place);
        let role = if seeks {
            PlaceRole::Seeker
        } else if search && place.is_some_and(|place| place.country == HOST) && (candidate.is(Says::Asked) || !candidate.is(Says::Near)) {
            PlaceRole::Wanted
        } else {
            PlaceRole::Mentioned
        };
        let country = place.map(|place| place.country).or_else(|| own_country(setting, at, seeks));
        let mut place = record(as_written, place, country, role);
        // A wrong place is worse than none: who may seek nothing is told by name and country alone.
        if seeks && setting.search * likely(setting, candidate) < PLACED {
            (place.geonames_id, place.lat, place.lon) = (None, None, None);
        }
        if places.iter().any(|known| same(known, &place)) {
            continue;
        }
        let name = part.names[candidate.name];
        let row = found.map_or_else(|| first_row(candidate), |(_, how, _)| linked_by(how).to_owned());
        let certainty = match found {
            Some((.., certainty)) if !seeks || candidate.probability() >= SURE => certainty,
            _ => Certainty::Likely,
        };
        ledger.note(format!("places[{}]", places.len()), &part.text, name.start..name.end, row, certainty);
        places.push(place);
    }
    places
}

/// How likely a name seeks in a search, where somebody does: by itself, or as the likeliest of all that are named.
fn likely(setting: &Setting, candidate: &Candidate) -> f64 {
    let first = |at: usize| setting.names[at].first == at;
    let others = (0..setting.names.len()).filter(|&at| first(at)).map(|at| setting.names[at].score.exp()).sum::<f64>();
    candidate.probability().max(candidate.score.exp() / (UNNAMED + others))
}

fn first_row(candidate: &Candidate) -> String {
    let row = candidate.says.iter().find(|(says, _)| *says == Says::Seeker).or(candidate.says.first());
    row.map_or_else(|| "places.named".to_owned(), |(_, row)| format!("grammar/{}", grammar::row(*row)))
}

/// `Drohobyčská hromada`: the town whose adjective the name is, where the notice writes it or its country has it.
fn of_adjective(setting: &Setting, part: &Part, candidate: &Candidate) -> Option<String> {
    let name = part.names[candidate.name];
    let folded = &part.text.shadow[name.start..name.end];
    let next = part.text.tokens.iter().find(|token| token.start > name.end)?;
    let follows = [Word::Town, Word::Towns].iter().any(|&word| part.cues.word(word, next.start).is_some());
    let adjectival = ["sky", "ska", "ske", "cky", "cka", "cke"].iter().any(|ending| folded.ends_with(ending));
    if !adjectival || folded.contains(' ') || !follows {
        return None;
    }
    // `-ská` and `-cká` are three letters; the `c` may be the town's own.
    let stem = part.text.words(name.start..name.end.checked_sub(3).filter(|cut| *cut > name.start)?);
    let own = if folded.as_bytes()[folded.len() - 3] == b'c' { format!("{stem}c") } else { stem.to_owned() };
    let candidates: Vec<String> = std::iter::once(own).chain(["a", "o", "y", "e"].map(|vowel| format!("{stem}{vowel}"))).collect();
    let folds: Vec<String> = candidates.iter().map(|name| fold(name)).collect();
    for (_, part) in setting.document.spoken() {
        let named = part.text.tokens.iter().find(|token| token.capital && folds.iter().any(|fold| fold == part.text.fold(**token)));
        if let Some(token) = named {
            return Some(part.text.words(token.start..token.end).to_owned());
        }
    }
    let country = candidate.nation.and_then(|nation| nation.iso2).or_else(|| setting.document.countries.first().copied())?;
    let is_place = |name: &String| {
        matches!(gazetteer_cache::link(name, Some(country)), Answer::Linked(_, How::Exact | How::Folded | How::Extra | How::Transliterated))
    };
    candidates.into_iter().find(is_place)
}

fn record(as_written: String, answer: Option<gazetteer::Place>, country: Option<&'static str>, role: PlaceRole) -> Place {
    Place {
        name: answer.map_or_else(|| as_written.clone(), |place| place.name.to_owned()),
        name_cs: answer.and_then(|place| place.name_cs).map(str::to_owned),
        name_local: answer.and_then(|place| gazetteer::local_name(place.geonames_id)).map(str::to_owned),
        as_written,
        country: country.map(str::to_owned),
        role,
        // Hand-kept rows have negative ids of our own, which are no GeoNames ids.
        geonames_id: answer.map(|place| place.geonames_id).filter(|id| *id > 0),
        lat: answer.map(|place| place.lat),
        lon: answer.map(|place| place.lon),
    }
}

fn same(known: &Place, place: &Place) -> bool {
    let linked = known.geonames_id.is_some() && known.geonames_id == place.geonames_id;
    linked || (known.country == place.country || place.country.is_none()) && fold(&known.as_written) == fold(&place.as_written)
}

fn linked_by(how: How) -> &'static str {
    match how {
        How::Exact => "places.linked-exact",
        How::Folded => "places.linked-folded",
        How::Transliterated => "places.linked-transliterated",
        How::Inflected => "places.linked-inflected",
        How::Misspelled => "places.linked-misspelled",
        How::Extra => "places.linked-extra",
        How::Parent => "places.linked-parent",
    }
}

fn own_country(setting: &Setting, at: usize, seeks: bool) -> Option<&'static str> {
    let candidate = &setting.names[at];
    let free = || free_countries(setting, candidate).find(|country| seeks && !setting.wanted.iter().any(|wanted| wanted == country));
    let answered = || answered(setting, candidate).next().filter(|_| seeks);
    let side = || own_side(setting, candidate).filter(|_| seeks);
    let home = || homes(setting).into_iter().next().filter(|_| seeks);
    own_nation(setting, candidate).or_else(answered).or_else(side).or_else(home).or_else(free)
}
