//! Adjectives before a proposed name: which are part of it.
//!
//! `Alsaské X` is an adjective and X, `Český Dub` a name; the map knows, and so does a capital in the middle
//! of a sentence, where Czech writes no adjective with one unless it is a name's.

use std::ops::Range;

use super::countries::{HOST, Nation};
use super::mentions::{Mention, Slot};
use super::names::adjectival;
use super::text::Text;
use crate::gazetteer::{self, Answer, Form, How, Query};

/// `Alsaské X`: an adjective that the map does not know as part of a name is none.
pub fn strip(texts: &[&Text], mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|mention| matches!(mention.slot, Slot::Initial | Slot::Subject | Slot::Country)) {
        let text = texts[mention.text];
        let Some(blank) = text.shadow[mention.span.clone()].find(' ') else { continue };
        let rest = mention.span.start + blank + 1..mention.span.end;
        if !adjectival(&text.shadow[mention.span.start..mention.span.start + blank]) {
            continue;
        }
        let country = mention.nation.and_then(|nation| nation.iso2);
        let known = |span: &Range<usize>| {
            let query = Query { name: text.words(span.clone()), country, ..Query::default() };
            matches!(gazetteer::link(&query), Answer::Linked(_, How::Exact | How::Folded | How::Extra) | Answer::Ambiguous(_))
        };
        if !known(&mention.span) && known(&rest) {
            mention.span = rest;
        }
    }
}

/// `Český Dub`, `Ruski Krstur`: a country's adjective that is part of the name is no country's.
pub fn join(texts: &[&Text], nations: &[Vec<Nation>], mentions: &mut [Mention]) {
    for mention in mentions.iter_mut() {
        let before = |nation: &Nation| nation.form == Form::Adjective && nation.end + 1 == mention.span.start;
        let Some(nation) = mention.nation.filter(before) else { continue };
        let text = texts[mention.text];
        if !text.is_capital(nation.start) || text.shouts {
            continue;
        }
        let sentence = text.sentence_at(nation.start).start;
        let inside = text.shadow[sentence.min(nation.start)..nation.start].trim_end().ends_with(|last: char| last.is_ascii_alphabetic());
        let is_name = inside && CASES.iter().any(|case| text.shadow[..nation.end].ends_with(case));
        let span = nation.start..mention.span.end;
        let mut countries: Vec<&str> = nations.iter().flatten().filter_map(|nation| nation.iso2).chain([HOST]).collect();
        countries.sort_unstable();
        countries.dedup();
        let place = countries.into_iter().find_map(|country| {
            match gazetteer::link(&Query { name: text.words(span.clone()), country: Some(country), ..Query::default() }) {
                Answer::Linked(place, How::Exact | How::Folded) => Some(place),
                Answer::Linked(place, How::Inflected | How::Transliterated) if is_name => Some(place),
                _ => None,
            }
        });
        if let Some(place) = place {
            mention.nation = Some(Nation { iso2: Some(place.country), ..nation });
        } else if is_name {
            mention.nation = None;
        } else {
            continue;
        }
        mention.span = span;
    }
}

/// Ends of a Czech adjective in any case, folded.
const CASES: [&str; 8] = ["sky", "ska", "ske", "skeho", "skemu", "skem", "skym", "skou"];
