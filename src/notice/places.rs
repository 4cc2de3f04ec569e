//! From proposed names to places: which are the seekers, and which point on the map each is.
//!
//! The first text that names a seeker decides; what later texts name is merely mentioned. A name is linked
//! in its own country first, within the regions and the parent city the notice gives; a name the map does
//! not hold, or holds twice, stays unlinked with its written form.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::countries::{HOST, Nation};
use super::evidence::Ledger;
use super::mentions::{Mention, Slot};
use super::names::{Genus, adjectival, genus};
use super::seek;
use super::spelling::written;
use super::text::{Text, fold};
use crate::gazetteer::{self, Answer, Form, How, Query};
use crate::record::{Kind, Place, PlaceRole, Where};

/// Sentences of a body that may still introduce the seeker.
const OPENING: usize = 8;

/// Countries whose regions a notice may name without naming the country.
const REGIONAL: [&str; 8] = ["UA", "PL", "SK", "DE", "FR", "IT", "HU", "RO"];

/// Adjective before the word for a region, or a name behind it.
static REGION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[a-z-]+(?:sk|ck)(?:a|e|eho|em|ou|y|ej|om) (?:oblast|regi[o]?n|kanton|kraj|zup|provinci|vojvodstv|departement|rajon|okres|guberni|prefektur|autonomn)[a-z]*|(?:oblasti|regionu?|regione|kantonu?|kantone|kraje|kraji|zupe|zupa|provincie|provincii|vojvodstvi|departementu?|rajonu|okresu?|okrese|county|province|region) (?:of )?[a-z'-]+(?: [a-z'-]+)?)")
        .expect("a fixed expression")
});

/// The indexes of the mentions that are seekers, best first text only.
pub fn seekers(texts: &[&Text], nations: &[Vec<Nation>], mentions: &[Mention]) -> Vec<usize> {
    let mut countries: Vec<&str> = nations.iter().flatten().filter_map(|nation| nation.iso2).filter(|iso2| *iso2 != HOST).collect();
    countries.sort_unstable();
    countries.dedup();
    let mut unsure = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let here = |at: &usize| mentions[*at].text == index;
        let all: Vec<usize> = (0..mentions.len()).filter(here).filter(|&at| stands_as_seeker(text, &mentions[at], &countries)).collect();
        let chosen = match text.place {
            Where::Title => all,
            Where::Summary | Where::Body => opening(text, mentions, &all),
            Where::Attachment(_) => Vec::new(),
        };
        let best = chosen.iter().map(|&at| rank(mentions[at].slot)).min();
        let chosen: Vec<usize> = chosen.into_iter().filter(|&at| Some(rank(mentions[at].slot)) == best).collect();
        // `Vinaři hledají vinaře`: a first word that neither map nor country bears out may be any word.
        let mut sure = chosen.iter().filter(|&&at| mentions[at].slot != Slot::Subject || borne_out(texts, &mentions[at], &countries));
        if sure.next().is_some() {
            return chosen;
        }
        if unsure.is_empty() && !(chosen.len() == 1 && many_search(text, &mentions[chosen[0]])) {
            unsure = chosen;
        }
    }
    unsure
}

/// Whether a mention has a country, or is on the map in one that the notice names.
fn borne_out(texts: &[&Text], mention: &Mention, countries: &[&str]) -> bool {
    let name = texts[mention.text].words(mention.span.clone());
    let known = |country: Option<&str>| gazetteer::link(&Query { name, country, ..Query::default() }) != Answer::Unknown;
    mention.nation.is_some() || countries.iter().any(|country| known(Some(*country))) || known(None)
}

/// `Studenti hledají`: one name with a verb of many.
fn many_search(text: &Text, mention: &Mention) -> bool {
    text.tokens.iter().find(|token| token.start >= mention.span.end).is_some_and(|next| text.fold(*next).ends_with("ji"))
}

/// How surely a slot holds the seeker.
fn rank(slot: Slot) -> u8 {
    match slot {
        Slot::Country | Slot::Genus | Slot::Subject => 0,
        Slot::Adjective => 1,
        Slot::Initial | Slot::Office => 2,
        Slot::Asked | Slot::Located => 3,
    }
}

/// In running text the sentence that searches names the seeker, or the first one that names anyone.
fn opening(text: &Text, mentions: &[Mention], all: &[usize]) -> Vec<usize> {
    let sentences = if text.place == Where::Body { &text.sentences[..text.sentences.len().min(OPENING)] } else { &text.sentences[..] };
    let in_sentence =
        |sentence: &Range<usize>| -> Vec<usize> { all.iter().copied().filter(|&at| sentence.contains(&mentions[at].span.start)).collect() };
    let searching =
        sentences.iter().filter(|sentence| seek::has("seek", text, (*sentence).clone())).map(in_sentence).find(|found| !found.is_empty());
    searching.or_else(|| sentences.iter().map(in_sentence).find(|found| !found.is_empty())).unwrap_or_default()
}

fn stands_as_seeker(text: &Text, mention: &Mention, countries: &[&str]) -> bool {
    let sentence = text.sentence_at(mention.span.start);
    // A town of the host country is asked, unless it is the one that asks: `české město X hledá partnera ve Francii`.
    let asks = || {
        let first = seek::first("seek", text, sentence.clone());
        mention.span.start >= sentence.start && first.is_some_and(|hit| mention.span.end <= hit.start)
    };
    let host = mention.nation.is_some_and(|nation| nation.iso2 == Some(HOST));
    if mention.near || matches!(mention.slot, Slot::Asked | Slot::Located) || (host && !asks()) {
        return false;
    }
    // `městská část Bratislavy`: a whole whose part stays unnamed.
    let before = text.tokens[..text.tokens.partition_point(|token| token.end <= mention.span.start)].last();
    let of_part = mention.slot == Slot::Genus && before.is_some_and(|token| genus(text.fold(*token)) == Some(Genus::Part));
    if of_part && mention.parent.is_none() {
        let query = Query { name: text.words(mention.span.clone()), country: countries.first().copied(), ..Query::default() };
        if matches!(gazetteer::link(&query), Answer::Linked(_, How::Inflected)) {
            return false;
        }
    }
    // A bare first word needs the map on its side.
    if matches!(mention.slot, Slot::Initial | Slot::Adjective | Slot::Office) {
        let own = mention.nation.and_then(|nation| nation.iso2);
        let name = text.words(mention.span.clone());
        let holds = |country: Option<&str>| {
            let answer = gazetteer::link(&Query { name, country, ..Query::default() });
            matches!(answer, Answer::Linked(..) | Answer::Ambiguous(_) | Answer::OutsideRegion(_))
        };
        // Without a country of its own a name may be inflected, and lie in a country that the notice names.
        // One at home may ask for a partner abroad.
        let at_home = || mention.slot == Slot::Office && asks() && holds(Some(HOST));
        let known = match own {
            Some(_) => holds(own),
            None => countries.iter().any(|country| holds(Some(*country))) || at_home() || holds(None),
        };
        if !(known || mention.slot == Slot::Initial && mention.nation.is_some()) {
            return false;
        }
    }
    // `partnerství s městem X trvá`: an old partner is no seeker.
    let from = mention.span.start.saturating_sub(60).max(sentence.start);
    !seek::has("existing", text, from..mention.span.start)
}

/// What linking needs to know of the whole notice.
pub struct Setting<'a> {
    pub texts: &'a [&'a Text<'a>],
    pub nations: &'a [Vec<Nation>],
    /// Countries of the notice, surest first.
    pub countries: &'a [&'static str],
    /// A partner abroad is asked for, so that a seeker without a country may be at home.
    pub is_outbound: bool,
    pub kind: Option<Kind>,
}

/// Links the mentions and gives each its role; equal places are one.
pub fn read(setting: &Setting, mentions: &[Mention], seekers: &[usize], ledger: &mut Ledger) -> Vec<Place> {
    let search = matches!(setting.kind, Some(Kind::PartnerSearch));
    let mut places: Vec<Place> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let text = setting.texts[mention.text];
        let seeks = search && seekers.contains(&at);
        if !seeks
            && (matches!(text.place, Where::Body | Where::Attachment(_))
                || (search && mention.slot > Slot::Adjective && mention.slot != Slot::Asked))
        {
            continue;
        }
        let mut as_written = written(setting.texts, text, mention);
        let (mut answer, mut step) = locate(setting, mention, &as_written, seeks);
        if answer.is_none()
            && seeks
            && let Some(noun) = of_adjective(setting, text, mention)
        {
            (answer, step) = locate(setting, mention, &noun, seeks);
            as_written = noun;
        }
        let role = if seeks {
            PlaceRole::Seeker
        } else if search && answer.is_some_and(|place| place.country == HOST) && !mention.near {
            PlaceRole::Wanted
        } else {
            PlaceRole::Mentioned
        };
        if answer.is_none() && !seeks {
            continue;
        }
        let country = answer.map(|place| place.country).or_else(|| own_country(setting, mention, seeks));
        let place = record(as_written, answer, country, role);
        if places.iter().any(|known| same(known, &place)) {
            continue;
        }
        ledger.note(
            format!("places[{}]", places.len()),
            text,
            mention.span.clone(),
            if answer.is_some() { step } else { slot_rule(mention.slot) },
        );
        places.push(place);
    }
    places
}

/// `Drohobyčská hromada`: the town whose adjective the name is, where the notice writes it or its country has it.
fn of_adjective(setting: &Setting, text: &Text, mention: &Mention) -> Option<String> {
    let folded = &text.shadow[mention.span.clone()];
    let follows = text.tokens.iter().find(|token| token.start > mention.span.end).is_some_and(|next| genus(text.fold(*next)).is_some());
    if !adjectival(folded) || folded.contains(' ') || !follows {
        return None;
    }
    // `-ská` and `-cká` are three letters; the `c` may be the town's own.
    let cut = mention.span.end.checked_sub(3).filter(|cut| *cut > mention.span.start)?;
    let stem = text.words(mention.span.start..cut);
    let own =
        if folded.ends_with("cka") || folded.ends_with("cke") || folded.ends_with("cky") { format!("{stem}c") } else { stem.to_owned() };
    let candidates: Vec<String> = std::iter::once(own).chain(["a", "o", "y", "e"].map(|vowel| format!("{stem}{vowel}"))).collect();
    let folds: Vec<String> = candidates.iter().map(|name| fold(name)).collect();
    for text in setting.texts.iter().filter(|text| !matches!(text.place, Where::Attachment(_))) {
        let named = text.tokens.iter().find(|token| token.capital && folds.iter().any(|fold| fold == text.fold(**token)));
        if let Some(token) = named {
            return Some(text.words(token.start..token.end).to_owned());
        }
    }
    let country = mention.nation.and_then(|nation| nation.iso2).or_else(|| setting.countries.first().copied())?;
    candidates.into_iter().find(|name| {
        let query = Query { name, country: Some(country), ..Query::default() };
        matches!(gazetteer::link(&query), Answer::Linked(_, How::Exact | How::Folded | How::Extra | How::Transliterated))
    })
}

fn record(as_written: String, answer: Option<gazetteer::Place>, country: Option<&'static str>, role: PlaceRole) -> Place {
    Place {
        name: answer.map_or_else(|| as_written.clone(), |place| place.name.to_owned()),
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

/// The gazetteer's answer, country first.
fn locate(setting: &Setting, mention: &Mention, written: &str, seeks: bool) -> (Option<gazetteer::Place>, &'static str) {
    let text = setting.texts[mention.text];
    let own = mention.nation.and_then(|nation| nation.iso2);
    let countries: Vec<Option<&str>> = match (own, mention.slot) {
        (Some(own), _) => vec![Some(own)],
        (None, Slot::Asked | Slot::Located) => std::iter::once(HOST).chain(setting.countries.iter().copied()).map(Some).collect(),
        (None, _) if setting.countries.is_empty() && setting.is_outbound => vec![Some(HOST)],
        (None, _) if setting.countries.is_empty() => vec![None],
        (None, _) => setting.countries.iter().map(|country| Some(*country)).chain((!seeks).then_some(Some(HOST))).collect(),
    };
    let parent = mention.parent.clone().map(|span| text.words(span));
    let regions = if seeks { regions(setting) } else { Vec::new() };
    let aliases = aliases(text, mention);
    let is_oblique = inflects(text, mention);
    let mut linked = countries.into_iter().filter_map(|country| {
        let query = Query { name: written, country, regions: &regions, parent, written_forms: &aliases, is_oblique };
        match gazetteer::link(&query) {
            Answer::Linked(_, How::Misspelled) if !seeks => None,
            Answer::Linked(place, how) => Some((Some(place), linked_by(how))),
            _ => None,
        }
    });
    let first = linked.next().or_else(|| by_region(setting, written, &regions).map(|(place, how)| (Some(place), linked_by(how))));
    // `v Hofu` is a town at home and abroad: without more words neither may be believed.
    if matches!(mention.slot, Slot::Asked | Slot::Located) && linked.next().is_some() {
        return (None, "");
    }
    first.unwrap_or((None, ""))
}

/// Whether the name stands in a slot that Czech puts into another case: `starosta X`, `radnice města X`.
fn inflects(text: &Text, mention: &Mention) -> bool {
    let sentence = text.sentence_at(mention.span.start).start;
    let before = &text.shadow[sentence.min(mention.span.start)..mention.span.start];
    let before = before.trim_end().rsplit(' ').next().unwrap_or_default();
    let nominative = before.ends_with(|last: char| !last.is_ascii_alphabetic())
        || matches!(before, "" | "mesto" | "obec" | "komuna" | "gmina" | "opstina" | "hromada" | "mestecko" | "town" | "city" | "mestys");
    match mention.slot {
        Slot::Office | Slot::Asked | Slot::Located => true,
        Slot::Genus | Slot::Country => !nominative,
        Slot::Subject | Slot::Adjective | Slot::Initial => false,
    }
}

/// `Drohobyč ve Lvovské oblasti`: no country is named, but only one has such a region with such a place in it.
fn by_region(setting: &Setting, name: &str, regions: &[&str]) -> Option<(gazetteer::Place, How)> {
    if !setting.countries.is_empty() || regions.is_empty() {
        return None;
    }
    let mut found = REGIONAL.iter().filter_map(|country| {
        let inside: Vec<&str> = regions.iter().copied().filter(|name| gazetteer::region(name, country).is_some()).collect();
        if inside.is_empty() {
            return None;
        }
        match gazetteer::link(&Query { name, country: Some(country), regions: &inside, ..Query::default() }) {
            Answer::Linked(place, how @ (How::Exact | How::Folded | How::Transliterated | How::Extra)) => Some((place, how)),
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

fn slot_rule(slot: Slot) -> &'static str {
    match slot {
        Slot::Country => "places.before-country",
        Slot::Genus => "places.after-municipality",
        Slot::Subject => "places.subject",
        Slot::Adjective => "places.after-adjective",
        Slot::Initial => "places.initial",
        Slot::Office => "places.after-office",
        Slot::Asked => "places.asked",
        Slot::Located => "places.located",
    }
}

fn own_country(setting: &Setting, mention: &Mention, seeks: bool) -> Option<&'static str> {
    mention.nation.and_then(|nation| nation.iso2).or_else(|| setting.countries.first().copied().filter(|_| seeks))
}

/// `Řezna (Regensburg)`: another spelling in brackets right behind the name.
fn aliases<'a>(text: &Text<'a>, mention: &Mention) -> Vec<&'a str> {
    let rest = &text.shadow[mention.span.end..];
    let Some(inner) = rest.strip_prefix(" (").and_then(|rest| rest.find(')')) else { return Vec::new() };
    let start = mention.span.end + 2;
    let alias = text.words(start..start + inner);
    let plain = alias.split_whitespace().count() <= 3
        && alias.chars().all(|char| char.is_alphabetic() || " -'’".contains(char))
        && text.is_capital(start);
    if plain && gazetteer::countries_in(alias).is_empty() { vec![alias] } else { Vec::new() }
}

/// The regions that the notice names, as written.
fn regions<'a>(setting: &Setting<'a>) -> Vec<&'a str> {
    let spoken = setting.texts.iter().zip(setting.nations).filter(|(text, _)| matches!(text.place, Where::Title | Where::Summary));
    let mut regions = Vec::new();
    for (text, nations) in spoken {
        // `v Dolních Rakousích`, `Republika srbská`: a part that the country table knows.
        regions.extend(nations.iter().filter(|nation| nation.form == Form::Entity).map(|nation| text.words(nation.start..nation.end)));
        for found in REGION.find_iter(&text.shadow) {
            if text.is_capital(found.start())
                || text.words(found.range()).split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase))
            {
                regions.push(text.words(found.range()));
            }
        }
    }
    regions
}
