//! The seeking side: how a notice is built around it, and which countries are its.
//!
//! A seeker's country comes from the words around its name, else from the notice: the title before the
//! summary, never a country that is asked of the partner, that belongs to an office or that borders.

use super::countries::{HOST, Nation};
use super::evidence::Ledger;
use super::kind::{self, Build};
use super::mentions::{Mention, Slot};
use super::names::{Genus, genus};
use super::seek;
use super::text::Text;
use crate::gazetteer::Form;
use crate::record::{Kind, Place, PlaceRole, Wanted, Where};

/// A country with the text and the words that name it.
pub type Candidate = (&'static str, usize, Nation);

pub fn searches(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::PartnerSearch))
}

/// How the notice is built, for the reader of kinds.
pub fn build(texts: &[&Text], mentions: &[Mention], seekers: &[usize]) -> Build {
    let mut build = Build::default();
    for (index, text) in texts.iter().enumerate() {
        let whole = 0..if text.place == Where::Body { kind::opening(text) } else { text.shadow.len() };
        let hits = seek::hits(text, whole).collect::<Vec<_>>();
        // `Máte zájem o partnerství?` asks the reader; nobody is said to search.
        let asks = |at: usize| hits.iter().any(|hit| hit.cue.group == "invite" && text.sentence_at(hit.start) == text.sentence_at(at));
        if build.seeks.is_none()
            && let Some(hit) = hits.iter().find(|hit| hit.cue.group == "seek" && !asks(hit.start))
        {
            build.seeks = Some((index, hit.start..hit.end));
            build.seeks_in_title = text.place == Where::Title;
        }
        build.invites |= hits.iter().any(|hit| hit.cue.group == "invite");
        build.done |= text.place == Where::Title && hits.iter().any(|hit| hit.cue.group == "done");
        if build.plural.is_none() && text.place != Where::Body {
            let many = text.tokens.iter().find(|token| genus(text.fold(**token)) == Some(Genus::Many));
            build.plural = many.map(|token| (index, token.start..token.end));
        }
    }
    build.named = seekers.first().map(|&at| (mentions[at].text, mentions[at].span.clone()));
    build.bare_title = seekers.first().is_some_and(|&at| {
        let mention = &mentions[at];
        texts[mention.text].place == Where::Title && mention.span.start == 0 && mention.slot == Slot::Country
    });
    build
}

/// The notice's own countries, surest first.
pub fn countries(
    texts: &[&Text],
    nations: &[Vec<Nation>],
    mentions: &[Mention],
    seekers: &[usize],
    wanted: &Wanted,
    kind: Option<Kind>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    if searches(kind) {
        for &at in seekers {
            if let Some(nation) = mentions[at].nation {
                add(&mut found, mentions[at].text, nation);
            }
        }
    }
    for (index, text) in texts.iter().enumerate() {
        for nation in &nations[index] {
            // `Slovenská Bistrica` is not in Slovakia.
            let part = mentions.iter().any(|mention| {
                mention.text == index && mention.span.start <= nation.start && nation.end <= mention.span.end && mention.region.is_none()
            });
            if part {
                continue;
            }
            let asked = nation.iso2.is_some_and(|iso2| wanted.countries.iter().any(|known| known == iso2));
            if !asked && !foreign(text, nation) {
                add(&mut found, index, *nation);
            }
        }
        // The first text that names a country decides for a search; others gather title and summary.
        let enough = searches(kind) || text.place != Where::Title;
        if enough && !found.is_empty() || text.place == Where::Body {
            break;
        }
    }
    found
}

fn add(found: &mut Vec<Candidate>, index: usize, nation: Nation) {
    if let Some(iso2) = nation.iso2
        && iso2 != HOST
        && !found.iter().any(|(known, ..)| *known == iso2)
    {
        found.push((iso2, index, nation));
    }
}

/// A country that the words before make an office's, a border's or an aggressor's.
fn foreign(text: &Text, nation: &Nation) -> bool {
    let sentence = text.sentence_at(nation.start);
    let from = nation.start.saturating_sub(30).max(sentence.start);
    let after = &text.shadow[nation.end..sentence.end.max(nation.end)];
    let aggressor = nation.form == Form::Adjective
        && [" agres", " invaz", " okupa", " ozbroj", " vojsk", " armad", " jazy"].iter().any(|word| after.starts_with(word));
    aggressor || seek::hits(text, from..nation.start).any(|hit| hit.cue.group == "near" && hit.end + 12 >= nation.start)
}

/// The countries of the record, with their evidence.
pub fn settle(texts: &[&Text], places: &[Place], candidates: &[Candidate], kind: Option<Kind>, ledger: &mut Ledger) -> Vec<String> {
    let mut countries: Vec<String> = Vec::new();
    let seekers = places.iter().filter(|place| place.role == PlaceRole::Seeker);
    let of_places: Vec<&str> = seekers.filter_map(|place| place.country.as_deref()).collect();
    for (iso2, index, nation) in candidates {
        if searches(kind) && !of_places.is_empty() && !of_places.contains(iso2) {
            continue;
        }
        ledger.note(format!("countries[{}]", countries.len()), texts[*index], nation.start..nation.end, "countries.named");
        countries.push((*iso2).to_owned());
    }
    for (at, place) in places.iter().enumerate().filter(|(_, place)| place.role == PlaceRole::Seeker) {
        if let Some(country) = place.country.as_ref().filter(|country| !countries.contains(country)) {
            ledger.borrow(format!("countries[{}]", countries.len()), &format!("places[{at}]"), "countries.of-place");
            countries.push(country.clone());
        }
    }
    countries
}
