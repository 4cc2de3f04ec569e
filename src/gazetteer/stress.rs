//! Stress over the whole data: every place is found by its own names, Cyrillic names written the
//! Czech way link inside their country, and so do towns in the genitive. The floors are measured and
//! only go up.

use super::czech_spelling::{czech, is_own_language};
use super::entry::Entry;
use super::keys::{Key, Spelling, keys};
use super::link::link;
use super::name::Name;
use super::pack::{Block, block, blocks};
use super::query::{Answer, Query};

fn entries(block: &'static Block) -> impl Iterator<Item = Entry> {
    block.place_lines().map(|line| Entry::parse(block.country, line).unwrap())
}

#[test]
fn the_index_leads_from_every_own_name_to_its_place() {
    let mut places = 0;
    for block in blocks() {
        for (number, entry) in entries(block).enumerate() {
            places += 1;
            if number % 16 == 0 {
                let id = entry.place.geonames_id.to_string();
                for key in keys(entry.place.name, Spelling::Folded) {
                    assert!(
                        block.candidates(Key::of(Spelling::Folded, key).print).any(|line| line.starts_with(&format!("{id}\t"))),
                        "{id}"
                    );
                }
                assert_eq!(super::place(entry.place.geonames_id), Some(entry.place));
                // And in the world, where small countries are asked together.
                let anywhere = Name::of(entry.place.name).own.bearers_anywhere();
                assert!(anywhere.iter().any(|found| found.place == entry.place), "{id}");
            }
        }
        block.region_lines().for_each(|line| assert_eq!(line.split('\t').count(), 4, "{line}"));
    }
    assert_eq!(places, 133_230);
}

#[test]
fn czech_spellings_of_cyrillic_names_link() {
    for (country, right_floor, wrong_ceiling) in
        [("UA", 0.73, 0.09), ("RU", 0.84, 0.05), ("BY", 0.95, 0.02), ("BG", 0.96, 0.02), ("RS", 0.95, 0.02), ("MK", 0.94, 0.02)]
    {
        let step = if matches!(country, "UA" | "RU") { 5 } else { 1 };
        let (mut asked, mut right, mut wrong) = (0, 0, 0);
        for entry in entries(block(country).unwrap()).step_by(step) {
            let Some(name) = entry.names().filter(|name| is_own_language(name, country)).find_map(|name| czech(name, country)) else {
                continue;
            };
            asked += 1;
            match link(&Query { name: &name, country: Some(country), ..Query::default() }) {
                Answer::Linked(place, _) if place.geonames_id == entry.place.geonames_id => right += 1,
                Answer::Linked(..) => wrong += 1,
                _ => {}
            }
        }
        let (right, wrong) = (f64::from(right) / f64::from(asked), f64::from(wrong) / f64::from(asked));
        assert!(right >= right_floor && wrong <= wrong_ceiling, "{country}: of {asked} names {right:.3} right, {wrong:.3} wrong");
    }
}

/// The Czech genitive of a name of one word, for the endings that leave no choice.
fn genitive(name: &str) -> Option<String> {
    let stem = |cut: usize| name.get(..name.len() - cut);
    let is_word = name.chars().all(char::is_alphabetic) && name.len() > 4;
    match name {
        _ if !is_word => None,
        _ if name.ends_with("ice") => Some(stem(1)?.to_owned()),
        _ if name.ends_with("ka") || name.ends_with("na") || name.ends_with("va") || name.ends_with("la") => {
            Some(stem(1)?.to_owned() + "y")
        }
        _ if name.ends_with("ec") => Some(stem(2)?.to_owned() + "ce"),
        _ if name.ends_with("ov") || name.ends_with("in") => Some(name.to_owned() + "a"),
        _ if name.ends_with("vo") || name.ends_with("no") => Some(stem(1)?.to_owned() + "a"),
        _ if name.ends_with(['k', 'd', 'r', 't']) => Some(name.to_owned() + "u"),
        _ => None,
    }
}

#[test]
fn towns_in_the_genitive_link() {
    let (mut asked, mut right, mut wrong) = (0, 0, 0);
    for country in ["PL", "SK", "HR", "SI", "RS", "BG", "IT", "RO", "HU", "LT", "AT", "SE"] {
        for entry in entries(block(country).unwrap()).filter(|entry| entry.place.population >= 3_000).step_by(3) {
            let Some(name) = genitive(entry.place.name) else { continue };
            asked += 1;
            match link(&Query { name: &name, country: Some(country), is_oblique: true, ..Query::default() }) {
                Answer::Linked(place, _) if place.geonames_id == entry.place.geonames_id => right += 1,
                Answer::Linked(..) => wrong += 1,
                _ => {}
            }
        }
    }
    let (right, wrong) = (f64::from(right) / f64::from(asked), f64::from(wrong) / f64::from(asked));
    assert!(right >= 0.96 && wrong <= 0.002, "of {asked} names {right:.4} right, {wrong:.4} wrong");
}
