//! Which point on the map a name is.
//!
//! Precision first: in the country that the name's own words give it, within the regions and the city the notice names;
//! without a country only where nothing else can be meant. Refuses the country of another name, a nominative where Czech
//! inflects, and a common word that merely begins a sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::document::{Document, Part};
use super::grammar::{Says, Stance};
use super::nations::{HOST, Nation};
use super::seekers::Candidate;
use super::short_names;
use super::sides::side;
use crate::gazetteer::{self, Answer, Form, How, Query};
use crate::record::{Certainty, Kind, Where};
use crate::search::czech;

/// Countries whose regions a notice may name without naming the country.
const REGIONAL: [&str; 8] = ["UA", "PL", "SK", "DE", "FR", "IT", "HU", "RO"];

/// Adjective before the word for a region, or a name behind it.
static REGION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[a-z-]+(?:sk|ck)(?:a|e|eho|em|ou|y|ej|om) (?:oblast|regi[o]?n|kanton|kraj|zup|provinci|vojvodstv|departement|rajon|okres|guberni|prefektur|autonomn)[a-z]*|(?:oblasti|regionu?|regione|kantonu?|kantone|kraje|kraji|zupe|zupa|provincie|provincii|vojvodstvi|departementu?|rajonu|okresu?|okrese|county|province|region) (?:of )?[a-z'-]+(?: [a-z'-]+)?)")
        .expect("a fixed expression")
});

/// From here on a seeker is sure (see `kind.rs`).
pub const SURE: f64 = 0.85;

/// What linking needs to know of the whole notice.
pub struct Setting<'a> {
    pub document: &'a Document<'a>,
    pub kind: Option<Kind>,
    /// Probability that the notice is a search.
    pub search: f64,
    pub names: &'a [Candidate],
    /// Numbers of the names that seek.
    pub seekers: &'a [usize],
    /// Countries from which a partner is wanted.
    pub wanted: &'a [String],
}

/// A place on the map with the step that found it.
pub type Found = (gazetteer::Place, How, Certainty);

/// The gazetteer's answer, country first; of a name written short, for the first of what it may stand for that the map has.
pub fn locate(setting: &Setting, candidate: &Candidate, name: &str, seeks: bool) -> Option<Found> {
    let meant = short_names::expansions(name);
    if meant.is_empty() {
        locate_name(setting, candidate, name, seeks)
    } else {
        meant.iter().find_map(|name| locate_name(setting, candidate, name, seeks))
    }
}

fn locate_name(setting: &Setting, candidate: &Candidate, name: &str, seeks: bool) -> Option<Found> {
    let part = &setting.document.parts[candidate.part];
    let whole = candidate.whole.map(|whole| part.words(whole));
    let regions = if seeks { regions(setting) } else { Vec::new() };
    let aliases = aliases(part, candidate);
    let is_oblique = candidate.stands(Stance::Oblique) || candidate.stands(Stance::Town) && !nominative_town(part, candidate);
    let ask = |country: &'static str| {
        let query = Query {
            name,
            country: Some(country),
            regions: &regions,
            parent: whole,
            written_forms: &aliases,
            is_oblique,
            is_strict: !seeks,
        };
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
        // Where a partner abroad is wanted, a seeker without a country is at home, whatever other countries are named.
        let at_home = || homes(setting).into_iter().find_map(ask);
        let found = answered(setting, candidate)
            .chain(own_side(setting, candidate))
            .find_map(ask)
            .or_else(at_home)
            .or_else(|| abroad.find_map(ask))
            .or_else(|| by_region(setting, name, &regions));
        return found.or_else(|| in_world(setting, candidate, name)).filter(|found| is_seekers(setting, candidate, found));
    }
    let home = setting.document.home;
    let here = || [home, HOST].into_iter().find_map(ask).filter(|_| candidate.stands(Stance::Town) || candidate.stands(Stance::Oblique));
    free_countries(setting, candidate)
        .find_map(ask)
        .or_else(here)
        .or_else(|| in_world(setting, candidate, name))
        .filter(|found| is_plausible(setting, candidate, found))
}

/// Where a seeker without a country of its own is at home: where its notice is written, if a partner abroad is wanted.
pub fn homes(setting: &Setting) -> Vec<&'static str> {
    let home = setting.document.home;
    let outbound = !setting.wanted.is_empty() && !setting.wanted.iter().any(|iso2| iso2 == home);
    let homes = [home, HOST].into_iter().filter(|_| outbound);
    homes.filter(|home| !setting.wanted.iter().any(|iso2| iso2 == home)).collect()
}

/// Where whoever seeks may be at home by the addresses under which it is answered: abroad, or under its own name.
pub fn answered<'a>(setting: &'a Setting, candidate: &'a Candidate) -> impl Iterator<Item = &'static str> + 'a {
    let countries = setting.document.addresses.countries.iter().copied();
    let is_wanted = |country: &str| setting.wanted.iter().any(|wanted| wanted == country);
    countries.filter(move |country| !is_wanted(country) && (candidate.is_answered() || ![HOST, setting.document.home].contains(country)))
}

/// Where whoever seeks lies, unless a partner is wanted there.
pub fn own_side(setting: &Setting, candidate: &Candidate) -> Option<&'static str> {
    side(setting.document, setting.names, candidate).filter(|side| !setting.wanted.iter().any(|wanted| wanted == side))
}

/// The country that a frame gives the name, here or where it occurs again.
pub fn own_nation(setting: &Setting, candidate: &Candidate) -> Option<&'static str> {
    let iso2 = |candidate: &Candidate| candidate.nation.and_then(|nation| nation.iso2);
    let again = || setting.names.iter().filter(|other| candidate.first == other.first).find_map(iso2);
    iso2(candidate).or_else(again)
}

/// Countries that the notice names and that are no other name's.
pub fn free_countries<'a>(setting: &'a Setting, candidate: &'a Candidate) -> impl Iterator<Item = &'static str> + 'a {
    setting.document.countries.iter().copied().filter(move |country| {
        let free = |part: usize, nation: &Nation| {
            nation.iso2 == Some(country)
                && !setting.names.iter().any(|other| other.part == part && other.nation == Some(*nation) && candidate.first != other.first)
        };
        setting.document.spoken().any(|(index, part)| part.nations.iter().any(|nation| free(index, nation)))
    })
}

/// Without a country: a well-known city, or a name that only one place in the world bears.
fn in_world(setting: &Setting, candidate: &Candidate, name: &str) -> Option<Found> {
    if let Some(found) = known_city(name) {
        return Some(found);
    }
    let part = &setting.document.parts[candidate.part];
    let listed = || part.lists.iter().any(|list| (list.first..=list.last).contains(&candidate.name));
    let placed = || candidate.stands(Stance::Town) || candidate.stands(Stance::Placed);
    let seeks = setting.kind == Some(Kind::PartnerSearch) && candidate.score > 0.0;
    if !(seeks || placed() || listed()) {
        return None;
    }
    match gazetteer::link(&Query { name, ..Query::default() }) {
        Answer::Linked(place, how) => Some((place, how, Certainty::Likely)),
        _ => None,
    }
}

fn known_city(name: &str) -> Option<Found> {
    gazetteer::known_city(name).map(|(place, how)| (place, how, Certainty::Sure))
}

/// Whether a seeker without a country of its own may be this place: a word that begins a sentence and is in the lexicon
/// must be a town's very name, said to seek.
fn is_seekers(setting: &Setting, candidate: &Candidate, (place, how, _): &Found) -> bool {
    let part = &setting.document.parts[candidate.part];
    let is_town = || setting.names.iter().any(|other| candidate.first == other.first && other.stands(Stance::Town));
    let common = part.text.opens_sentence(part.names[candidate.name].start) && !is_town() && czech::is_known(part.words(candidate.name));
    !common || *how == How::Exact && place.population >= TOWN && candidate.probability() >= LIKELY
}

/// From here on a seeker is likely enough to bear a common word's name.
const LIKELY: f64 = 0.6;
/// Inhabitants of a town whose name may be a common word's.
const TOWN: u32 = 2_000;

/// Whether a link without a country of its own may be believed.
fn is_plausible(setting: &Setting, candidate: &Candidate, (place, how, _): &Found) -> bool {
    let part = &setting.document.parts[candidate.part];
    let town = candidate.stands(Stance::Town);
    let again = setting.names.iter().any(|other| {
        let own = setting.document.parts[other.part].text.sentence_at(setting.document.parts[other.part].names[other.name].start);
        candidate.first == other.first && setting.document.parts[other.part].names[other.name].start > own.start + 1
    });
    // `Rozdíl`, `Celý`: a word that begins a sentence has its capital from there.
    let word = part.words(candidate.name);
    let city = matches!(gazetteer::known_city(word), Some((_, How::Exact)));
    if part.text.opens_sentence(part.names[candidate.name].start)
        && !town
        && !again
        && !city
        && czech::is_known(word.split(' ').next().unwrap_or(word))
    {
        return false;
    }
    // `starosta Novák`, `předseda Beneš`: where Czech inflects, a nominative is someone's surname.
    let nominative = matches!(how, How::Exact | How::Folded);
    let unbending = word.ends_with(['í', 'i', 'o', 'é']) || place.country != HOST;
    let person = candidate.stands(Stance::Person);
    !person || !nominative || town || unbending
}

/// Whether the word for a municipality before the name stands in the nominative: `město X`, `obec X`.
fn nominative_town(part: &Part, candidate: &Candidate) -> bool {
    const NOMINATIVE: [&str; 14] = [
        "",
        "mesto",
        "obec",
        "komuna",
        "gmina",
        "opstina",
        "hromada",
        "mestecko",
        "town",
        "city",
        "mestys",
        "vesnice",
        "komunita",
        "samosprava",
    ];
    let name = part.names[candidate.name];
    let sentence = part.text.sentence_at(name.start).start;
    let before = part.text.shadow[sentence.min(name.start)..name.start].trim_end();
    before.ends_with(|last: char| !last.is_ascii_alphabetic()) || NOMINATIVE.contains(&before.rsplit(' ').next().unwrap_or_default())
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
            Answer::Linked(place, how @ (How::Exact | How::Folded | How::Transliterated | How::Extra)) => {
                Some((place, how, Certainty::Likely))
            }
            _ => None,
        }
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// `Řezna (Regensburg)`: another spelling in brackets right behind the name; `Halle (Saale)`: or with it the name itself.
fn aliases<'a>(part: &Part<'a>, candidate: &Candidate) -> Vec<&'a str> {
    /// Words of a name in brackets.
    const WORDS: usize = 3;
    let end = part.names[candidate.name].end;
    let Some(inner) = part.text.shadow[end..].strip_prefix(" (").and_then(|rest| rest.find(')')) else { return Vec::new() };
    let alias = part.text.words(end + 2..end + 2 + inner);
    let plain = alias.split_whitespace().count() <= WORDS
        && alias.chars().all(|char| char.is_alphabetic() || " -'’".contains(char))
        && part.text.is_capital(end + 2);
    if plain && gazetteer::countries_in(alias).is_empty() {
        vec![part.text.words(part.names[candidate.name].start..end + 3 + inner), alias]
    } else {
        Vec::new()
    }
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
