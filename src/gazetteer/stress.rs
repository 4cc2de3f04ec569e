//! Stress over the whole data: every place is found by its own names, and Cyrillic names written
//! the Czech way link inside their country. The floors are measured and only go up.

use super::czech_spelling::{czech, is_own_language};
use super::entry::Entry;
use super::keys::{Spelling, fingerprint, keys};
use super::link::{Answer, Query, link};
use super::pack::{Block, block, blocks};

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
                for key in keys(entry.place.name, block.country, Spelling::Folded) {
                    assert!(block.candidates(fingerprint(Spelling::Folded, &key)).any(|line| line.starts_with(&format!("{id}\t"))), "{id}");
                }
                assert_eq!(super::place(entry.place.geonames_id), Some(entry.place));
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
