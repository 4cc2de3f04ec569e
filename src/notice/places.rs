//! From names to places: the role of each and which point on the map it is.
//!
//! Precision first: a name links in the country that its own words give it, within the regions and the city the notice
//! names; without a country only where nothing else can be meant. Refuses the country of another name, a nominative where
//! Czech inflects, and a common word that merely begins a sentence; such a name keeps its written form.

use std::sync::LazyLock;

use regex::Regex;

use super::document::{Document, Part};
use super::evidence::Ledger;
use super::grammar::{self, Says};
use super::marks::Word;
use super::nations::{HOST, Nation};
use super::seekers::Candidate;
use super::spelling::written;
use super::text::fold;
use crate::gazetteer::{self, Answer, Form, How, Query};
use crate::record::{Certainty, Kind, Place, PlaceRole, Where};

/// Countries whose regions a notice may name without naming the country.
const REGIONAL: [&str; 8] = ["UA", "PL", "SK", "DE", "FR", "IT", "HU", "RO"];

/// Adjective before the word for a region, or a name behind it.
static REGION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[a-z-]+(?:sk|ck)(?:a|e|eho|em|ou|y|ej|om) (?:oblast|regi[o]?n|kanton|kraj|zup|provinci|vojvodstv|departement|rajon|okres|guberni|prefektur|autonomn)[a-z]*|(?:oblasti|regionu?|regione|kantonu?|kantone|kraje|kraji|zupe|zupa|provincie|provincii|vojvodstvi|departementu?|rajonu|okresu?|okrese|county|province|region) (?:of )?[a-z'-]+(?: [a-z'-]+)?)")
        .expect("a fixed expression")
});

/// Rows whose words say that a town's name follows, besides those of `town`.
const TOWN_ROWS: [&str; 10] = ["town", "town-called", "town-twice", "towns", "part", "with-town", "partner-town", "office-town", "writes-from-town", "near-town"];
/// Rows in which Czech puts the name into another case.
const OBLIQUE_ROWS: [&str; 15] = [
    "office", "office-town", "with", "with-town", "between", "to-town", "located", "asked-in", "asked-with", "near", "near-town", "near-of", "writes-from", "sought-for",
    "partner-for",
];

/// What linking needs to know of the whole notice.
pub struct Setting<'a> {
    pub document: &'a Document<'a>,
    pub kind: Option<Kind>,
    pub names: &'a [Candidate],
    /// Numbers of the names that seek.
    pub seekers: &'a [usize],
    /// Countries from which a partner is wanted.
    pub wanted: &'a [String],
}

/// A place on the map with the step that found it.
type Found = (gazetteer::Place, How, Certainty);

/// Links the names and gives each its role; equal places are one.
pub fn read(setting: &Setting, ledger: &mut Ledger) -> Vec<Place> {
    let search = setting.kind == Some(Kind::PartnerSearch);
    let mut places: Vec<Place> = Vec::new();
    for (at, candidate) in setting.names.iter().enumerate() {
        let part = &setting.document.parts[candidate.part];
        let seeks = search && setting.seekers.contains(&at);
        if !seeks && (part.text.place == Where::Body || candidate.is_region) {
            continue;
        }
        let mut as_written = written(setting.document, part, candidate);
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
        } else if search && place.is_some_and(|place| place.country == HOST) && !candidate.is(Says::Near) {
            PlaceRole::Wanted
        } else {
            PlaceRole::Mentioned
        };
        let country = place.map(|place| place.country).or_else(|| own_country(setting, at, seeks));
        let place = record(as_written, place, country, role);
        if places.iter().any(|known| same(known, &place)) {
            continue;
        }
        let name = part.names[candidate.name];
        let rule = found.map_or_else(|| first_row(candidate), |(_, how, _)| linked_by(how).to_owned());
        let certainty = match found {
            Some((.., certainty)) if !seeks || candidate.probability() >= SURE => certainty,
            _ => Certainty::Likely,
        };
        ledger.note(format!("places[{}]", places.len()), &part.text, name.start..name.end, rule, certainty);
        places.push(place);
    }
    places
}

/// From here on a seeker is sure (see `kind.rs`).
const SURE: f64 = 0.85;

fn first_row(candidate: &Candidate) -> String {
    let row = candidate.says.iter().find(|(says, _)| *says == Says::Seeker).or(candidate.says.first());
    row.map_or_else(|| "places.named".to_owned(), |(_, row)| format!("grammar/{}", grammar::row(*row)))
}

fn has_row(candidate: &Candidate, rows: &[&str]) -> bool {
    candidate.says.iter().any(|(_, row)| rows.contains(&grammar::row(*row)))
}

/// The gazetteer's answer, country first.
fn locate(setting: &Setting, candidate: &Candidate, name: &str, seeks: bool) -> Option<Found> {
    let part = &setting.document.parts[candidate.part];
    let whole = candidate.whole.map(|whole| part.words(whole));
    let regions = if seeks { regions(setting) } else { Vec::new() };
    let aliases = aliases(part, candidate);
    let is_oblique = has_row(candidate, &OBLIQUE_ROWS) || has_row(candidate, &TOWN_ROWS) && !nominative_town(part, candidate);
    let ask = |country: &'static str| {
        let query = Query { name, country: Some(country), regions: &regions, parent: whole, written_forms: &aliases, is_oblique };
        match gazetteer::link(&query) {
            Answer::Linked(_, How::Misspelled) if !seeks => None,
            Answer::Linked(place, How::Misspelled) => Some((place, How::Misspelled, Certainty::Likely)),
            Answer::Linked(place, how) => Some((place, how, Certainty::Sure)),
            // A region that contradicts lowers what is alone of its name in the country.
            Answer::OutsideRegion(places) if places.len() == 1 => Some((places[0], How::Exact, Certainty::Likely)),
            _ => None,
        }
    };
    if let Some(own) = own_nation(setting, candidate) {
        return ask(own);
    }
    if candidate.is(Says::Asked) || candidate.is(Says::Located) && !seeks {
        let mut found = std::iter::once(HOST).chain(setting.document.countries.iter().copied()).filter_map(ask);
        let first = found.next();
        // `v Hofu` is a town at home and abroad: without more words neither may be believed.
        let first = if found.next().is_some() { None } else { first };
        return first.or_else(|| known_city(name)).filter(|found| is_plausible(setting, candidate, found));
    }
    if seeks {
        let mut abroad = free_countries(setting, candidate).filter(|country| !setting.wanted.iter().any(|wanted| wanted == country));
        let outbound = !setting.wanted.is_empty() && !setting.wanted.iter().any(|iso2| iso2 == HOST);
        let found = abroad.find_map(ask).or_else(|| by_region(setting, name, &regions));
        let at_home = || if outbound || setting.document.countries.is_empty() { None } else { None::<Found> };
        return found.or_else(|| if outbound { ask(HOST) } else { at_home() }).or_else(|| in_world(setting, candidate, name));
    }
    let here = || ask(HOST).filter(|_| has_row(candidate, &TOWN_ROWS) || has_row(candidate, &OBLIQUE_ROWS));
    free_countries(setting, candidate)
        .find_map(ask)
        .or_else(here)
        .or_else(|| in_world(setting, candidate, name))
        .filter(|found| is_plausible(setting, candidate, found))
}

/// The country that a frame gives the name, here or where it occurs again.
fn own_nation(setting: &Setting, candidate: &Candidate) -> Option<&'static str> {
    let iso2 = |candidate: &Candidate| candidate.nation.and_then(|nation| nation.iso2);
    let again = || setting.names.iter().filter(|other| same_name(setting, candidate, other)).find_map(iso2);
    iso2(candidate).or_else(again)
}

/// Letters by which two forms of a name agree at least, and those of an ending.
const STEM: usize = 4;
const ENDING: usize = 2;

fn same_name(setting: &Setting, one: &Candidate, other: &Candidate) -> bool {
    let shadow = |candidate: &Candidate| {
        let part = &setting.document.parts[candidate.part];
        part.text.shadow[part.names[candidate.name].start..part.names[candidate.name].end].to_owned()
    };
    let (one, other) = (shadow(one), shadow(other));
    let stem = one.len().saturating_sub(ENDING).max(STEM);
    one.get(..stem).is_some_and(|stem| other.starts_with(stem) && other.len() <= one.len() + ENDING)
}

/// Countries that the notice names and that are no other name's.
fn free_countries<'a>(setting: &'a Setting, candidate: &'a Candidate) -> impl Iterator<Item = &'static str> + 'a {
    setting.document.countries.iter().copied().filter(move |country| {
        let free = |part: usize, nation: &Nation| {
            nation.iso2 == Some(country)
                && !setting.names.iter().any(|other| other.part == part && other.nation == Some(*nation) && !same_name(setting, candidate, other))
        };
        setting.document.spoken().any(|(index, part)| part.nations.iter().any(|nation| free(index, nation)))
    })
}

/// Without a country: a well-known city, or a name that only one place in the world bears.
fn in_world(setting: &Setting, candidate: &Candidate, name: &str) -> Option<Found> {
    if let Some(found) = known_city(name) {
        return Some(found);
    }
    match setting.document.atlas.link(name, None) {
        Answer::Linked(place, how) => Some((place, how, Certainty::Likely)).filter(|_| has_row(candidate, &TOWN_ROWS) || candidate.score > 0.0),
        _ => None,
    }
}

fn known_city(name: &str) -> Option<Found> {
    gazetteer::known_city(name).map(|(place, how)| (place, how, Certainty::Sure))
}

/// Whether a link without a country of its own may be believed.
fn is_plausible(setting: &Setting, candidate: &Candidate, (place, how, _): &Found) -> bool {
    let part = &setting.document.parts[candidate.part];
    let name = part.names[candidate.name];
    let sentence = part.text.sentence_at(name.start);
    let opens = !part.text.shadow[sentence.start..name.start.max(sentence.start)].bytes().any(|byte| byte.is_ascii_alphanumeric());
    let town = has_row(candidate, &TOWN_ROWS);
    let again = setting.names.iter().any(|other| {
        let own = setting.document.parts[other.part].text.sentence_at(setting.document.parts[other.part].names[other.name].start);
        same_name(setting, candidate, other) && setting.document.parts[other.part].names[other.name].start > own.start + 1
    });
    // `Rozdíl`, `Celý`: a word that begins a sentence has its capital from there.
    if opens && !town && !again && gazetteer::known_city(part.words(candidate.name)).is_none() && crate::search::czech::is_known(part.words(candidate.name)) {
        return false;
    }
    // `starosta Novák`, `předseda Beneš`: where Czech inflects, a nominative is someone's surname.
    let nominative = matches!(how, How::Exact | How::Folded);
    let unbending = part.words(candidate.name).ends_with(['í', 'i', 'o', 'é']) || place.country != HOST;
    !(has_row(candidate, &["office", "with", "located", "between"]) && nominative && !town && !unbending)
}

/// Whether the word for a municipality before the name stands in the nominative: `město X`, `obec X`.
fn nominative_town(part: &Part, candidate: &Candidate) -> bool {
    const NOMINATIVE: [&str; 14] =
        ["", "mesto", "obec", "komuna", "gmina", "opstina", "hromada", "mestecko", "town", "city", "mestys", "vesnice", "komunita", "samosprava"];
    let name = part.names[candidate.name];
    let sentence = part.text.sentence_at(name.start).start;
    let before = part.text.shadow[sentence.min(name.start)..name.start].trim_end();
    before.ends_with(|last: char| !last.is_ascii_alphabetic()) || NOMINATIVE.contains(&before.rsplit(' ').next().unwrap_or_default())
}

/// `Drohobyčská hromada`: the town whose adjective the name is, where the notice writes it or its country has it.
fn of_adjective(setting: &Setting, part: &Part, candidate: &Candidate) -> Option<String> {
    let name = part.names[candidate.name];
    let folded = &part.text.shadow[name.start..name.end];
    let next = part.text.tokens.iter().find(|token| token.start > name.end)?;
    let follows = [Word::Town, Word::Towns].iter().any(|&word| part.marks.word(word, next.start).is_some());
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
    let is_place = |name: &String| matches!(setting.document.atlas.link(name, Some(country)), Answer::Linked(_, How::Exact | How::Folded | How::Extra | How::Transliterated));
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

/// `Drohobyč ve Lvovské oblasti`: no country is named, but only one has such a region with such a place in it.
fn by_region(setting: &Setting, name: &str, regions: &[&str]) -> Option<Found> {
    if !setting.document.countries.is_empty() || regions.is_empty() {
        return None;
    }
    let mut found = REGIONAL.iter().filter_map(|country| {
        let inside: Vec<&str> = regions.iter().copied().filter(|name| gazetteer::region(name, country).is_some()).collect();
        if inside.is_empty() {
            return None;
        }
        match gazetteer::link(&Query { name, country: Some(country), regions: &inside, ..Query::default() }) {
            Answer::Linked(place, how @ (How::Exact | How::Folded | How::Transliterated | How::Extra)) => Some((place, how, Certainty::Likely)),
            _ => None,
        }
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
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
    own_nation(setting, candidate).or_else(free)
}

/// `Řezna (Regensburg)`: another spelling in brackets right behind the name.
fn aliases<'a>(part: &Part<'a>, candidate: &Candidate) -> Vec<&'a str> {
    /// Words of a name in brackets.
    const WORDS: usize = 3;
    let end = part.names[candidate.name].end;
    let Some(inner) = part.text.shadow[end..].strip_prefix(" (").and_then(|rest| rest.find(')')) else { return Vec::new() };
    let alias = part.text.words(end + 2..end + 2 + inner);
    let plain = alias.split_whitespace().count() <= WORDS
        && alias.chars().all(|char| char.is_alphabetic() || " -'’".contains(char))
        && part.text.is_capital(end + 2);
    if plain && gazetteer::countries_in(alias).is_empty() { vec![alias] } else { Vec::new() }
}

/// The regions that the notice names, as written.
fn regions<'a>(setting: &Setting<'a>) -> Vec<&'a str> {
    let mut regions = Vec::new();
    for (_, part) in setting.document.spoken().filter(|(_, part)| part.text.place != Where::Body) {
        // `v Dolních Rakousích`, `Republika srbská`: a part that the country table knows.
        let entities = part.nations.iter().filter(|nation| nation.form == Form::Entity);
        regions.extend(entities.map(|nation| part.text.words(nation.start..nation.end)));
        for found in REGION.find_iter(&part.text.shadow) {
            let words = part.text.words(found.range());
            if part.text.is_capital(found.start()) || words.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase)) {
                regions.push(words);
            }
        }
    }
    regions
}
