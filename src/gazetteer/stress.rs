//! Stress over the whole data: every place is found by its own names, and Cyrillic names written
//! the Czech way link inside their country. The floors are measured and only go up.

use super::entry::Entry;
use super::keys::{Spelling, keys};
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
                    assert!(block.candidates(Spelling::Folded, &key).any(|line| line.starts_with(&format!("{id}\t"))), "{id}");
                }
                assert_eq!(super::place(entry.place.geonames_id), Some(entry.place));
            }
        }
        block.region_lines().for_each(|line| assert_eq!(line.split('\t').count(), 4, "{line}"));
    }
    assert_eq!(places, 133_230);
}

/// How a Czech writes a Cyrillic name; `и` and `г` differ by language.
fn czech(name: &str, country: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        out.push_str(match (c, country) {
            ('и', "UA") => "y",
            ('г', "UA" | "BY") => "h",
            ('щ', "BG") => "št",
            ('ъ', "BG") => "a",
            ('а', _) => "a",
            ('б', _) => "b",
            ('в', _) => "v",
            ('г' | 'ґ', _) => "g",
            ('ѓ' | 'ђ', _) => "ď",
            ('д', _) => "d",
            ('е' | 'э', _) => "e",
            ('є', _) => "je",
            ('ё', _) => "jo",
            ('ж', _) => "ž",
            ('з', _) => "z",
            ('ѕ', _) => "dz",
            ('и' | 'і', _) => "i",
            ('ї', _) => "ji",
            ('й' | 'ј', _) => "j",
            ('к', _) => "k",
            ('ќ' | 'ћ', _) => "ć",
            ('л', _) => "l",
            ('љ', _) => "lj",
            ('м', _) => "m",
            ('н', _) => "n",
            ('њ', _) => "nj",
            ('о', _) => "o",
            ('п', _) => "p",
            ('р', _) => "r",
            ('с', _) => "s",
            ('т', _) => "t",
            ('у', _) => "u",
            ('ў', _) => "v",
            ('ф', _) => "f",
            ('х', _) => "ch",
            ('ц', _) => "c",
            ('ч', _) => "č",
            ('џ', _) => "dž",
            ('ш', _) => "š",
            ('щ', _) => "šč",
            ('ъ' | 'ь' | '’' | 'ʼ' | '\'', _) => "",
            ('ы', _) => "y",
            ('ю', _) => "ju",
            ('я', _) => "ja",
            (' ', _) => " ",
            ('-', _) => "-",
            _ => return None,
        });
    }
    Some(out)
}

/// A name in the country's own language: no letter of its neighbours'.
fn own_language(name: &str, country: &str) -> bool {
    let foreign: &[char] = match country {
        "UA" => &['ы', 'э', 'ё', 'ъ'],
        "RU" => &['і', 'ї', 'є', 'ґ', 'ў', 'ј'],
        "BY" => &['и', 'щ', 'ї', 'є'],
        "BG" => &['ы', 'э', 'ј', 'і'],
        _ => &['й', 'щ', 'ъ', 'ы', 'ь', 'э', 'ю', 'я', 'і'],
    };
    !name.to_lowercase().contains(foreign)
}

#[test]
fn czech_spellings_of_cyrillic_names_link() {
    for (country, right_floor, wrong_ceiling) in
        [("UA", 0.73, 0.09), ("RU", 0.84, 0.05), ("BY", 0.95, 0.02), ("BG", 0.96, 0.02), ("RS", 0.95, 0.02), ("MK", 0.94, 0.02)]
    {
        let step = if matches!(country, "UA" | "RU") { 5 } else { 1 };
        let (mut asked, mut right, mut wrong) = (0, 0, 0);
        for entry in entries(block(country).unwrap()).step_by(step) {
            let Some(name) = entry.names().filter(|name| own_language(name, country)).find_map(|name| czech(name, country)) else {
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
        eprintln!("{country}: of {asked} names {right:.3} right, {wrong:.3} wrong");
        assert!(right >= right_floor && wrong <= wrong_ceiling, "{country}: of {asked} names {right:.3} right, {wrong:.3} wrong");
    }
}
