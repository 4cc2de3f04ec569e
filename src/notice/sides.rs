//! Where whoever seeks is at home, before it is known whence a partner is wanted.
//!
//! The words around a name say so, else the addresses under which it is answered, else the map: a name that lies at home and in no other
//! country of the notice is at home. Refuses to choose where both have it.

use super::document::Document;
use super::gazetteer_cache;
use super::nations::HOST;
use super::seekers::Candidate;
use crate::gazetteer::{Answer, How};

/// How surely the map has a name in a country.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lies {
    /// As it is written, or several that are.
    Exactly,
    Inflected,
}

fn lies(name: &str, country: &'static str) -> Option<Lies> {
    match gazetteer_cache::link(name, Some(country)) {
        Answer::Linked(_, How::Exact | How::Folded | How::Extra) | Answer::Ambiguous(_) => Some(Lies::Exactly),
        Answer::Linked(_, How::Transliterated | How::Inflected) => Some(Lies::Inflected),
        _ => None,
    }
}

/// The country in which a name that seeks lies.
pub fn side(document: &Document, candidates: &[Candidate], candidate: &Candidate) -> Option<&'static str> {
    let mentions = || candidates.iter().filter(|other| other.first == candidate.first);
    let own = mentions().find_map(|mention| mention.nation.and_then(|nation| nation.iso2));
    own.or_else(|| by_address(document, candidate)).or_else(|| mentions().find_map(|mention| by_map(document, mention)))
}

/// An address abroad, or one that bears its name, is where it is answered.
fn by_address(document: &Document, candidate: &Candidate) -> Option<&'static str> {
    let name = document.parts[candidate.part].words(candidate.name);
    let is_home = |country: &str| [HOST, document.home].contains(&country);
    let mut countries = document.addresses.countries.iter().copied().filter(|country| candidate.is_answered() || !is_home(country));
    countries.find(|country| lies(name, country).is_some())
}

fn by_map(document: &Document, candidate: &Candidate) -> Option<&'static str> {
    let name = document.parts[candidate.part].words(candidate.name);
    let best = |countries: &mut dyn Iterator<Item = &'static str>| {
        countries.filter_map(|country| lies(name, country).map(|lies| (lies, country))).min_by_key(|(lies, _)| *lies)
    };
    let home = best(&mut [document.home, HOST].into_iter());
    let abroad = best(&mut document.countries.iter().copied().filter(|country| ![document.home, HOST].contains(country)));
    match (home, abroad) {
        (Some((home, country)), Some((abroad, _))) if home < abroad => Some(country),
        (Some((home, _)), Some((abroad, country))) if abroad < home => Some(country),
        (Some((_, country)), None) | (None, Some((_, country))) => Some(country),
        _ => None,
    }
}
