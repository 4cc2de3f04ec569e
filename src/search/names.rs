//! Other names of what a record names, from the gazetteer, and the alphabetical order of Czech.
//!
//! Names of places are looked up once, when the record is indexed, and kept beside it: a question never pays for the map.

use crate::gazetteer;
use crate::record::{Place, Record};

use super::analysis::fold;
use super::czech::{self, Lang};
use super::edit_distance;
use super::regions;

/// For each place of the record every name under which it may be asked for, the written one first.
pub fn of_places(record: &Record) -> Vec<Vec<String>> {
    record.facts.places.iter().map(of_place).collect()
}

fn of_place(place: &Place) -> Vec<String> {
    let mut names = vec![place.as_written.clone(), place.name.clone()];
    names.extend(place.geonames_id.map(gazetteer::names).unwrap_or_default());
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Other names of the place that a word may mean in one of these countries: `Cugujev` is Čuhujiv, `Zaporoží` Zaporizhzhia.
pub fn others<'c>(word: &str, countries: impl IntoIterator<Item = &'c str>) -> Vec<String> {
    let linked = countries.into_iter().flat_map(|country| candidates(word, Some(country)));
    linked.flat_map(|place| gazetteer::names_of(&place)).collect()
}

/// The place that a word means in this country, or where no other is of that name; the largest of several.
pub fn linked(word: &str, country: Option<&str>) -> Option<gazetteer::Place> {
    candidates(word, country).into_iter().next()
}

fn candidates(word: &str, country: Option<&str>) -> Vec<gazetteer::Place> {
    let name = regions::capitalised(word);
    // One letter wrong is for the words of the index to mend; without a country strictness would refuse case forms, too.
    let query = gazetteer::Query { name: &name, country, is_strict: country.is_some(), ..gazetteer::Query::default() };
    match gazetteer::link(&query) {
        gazetteer::Answer::Linked(place, _) => vec![place],
        gazetteer::Answer::Ambiguous(places) => places,
        _ => Vec::new(),
    }
}

/// Czech name, adjective and English name of a country.
pub fn of_country(code: &str) -> Vec<&'static str> {
    let Some(country) = gazetteer::country(code) else { return Vec::new() };
    std::iter::once(country.name_cs).chain(country.adjective_cs).chain([country.name_en]).collect()
}

/// ISO 3166-1 alpha-2 code of a country given by code, name or adjective, in any case form, with or without marks.
pub fn country(text: &str) -> Option<String> {
    let text = text.trim();
    let code = text.to_ascii_uppercase();
    if text.len() == 2 && gazetteer::country(&code).is_some() {
        return Some(code);
    }
    let named = gazetteer::countries_in(text).into_iter().find_map(|mention| mention.iso2);
    named.or_else(|| without_marks(text)).map(str::to_owned)
}

/// The country whose Czech or English name is the nearest to what was written, with that name.
pub fn nearest_country(text: &str) -> Option<(&'static str, &'static str)> {
    let folded: Vec<_> = folded().collect();
    let names = folded.iter().filter_map(|(name, code)| Some(((*code, gazetteer::country(code)?.name_cs), name.as_str())));
    edit_distance::nearest(&fold(text), names)
}

/// Folded names of all countries in all cases, and their folded adjectives, with the code.
fn folded() -> impl Iterator<Item = (String, &'static str)> {
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}")));
    codes.filter_map(|code| gazetteer::country(&code)).flat_map(|country| {
        let own = country.names.iter().copied().chain([country.name_cs, country.name_en]).chain(country.adjective_cs);
        own.map(|name| (fold(name), country.iso2))
    })
}

fn without_marks(text: &str) -> Option<&'static str> {
    let derivations = || czech::analyze_query(text, Lang::Cs).into_iter().flat_map(|token| token.derivations);
    gazetteer::country_of_term(text).or_else(|| derivations().find_map(|link| gazetteer::country_of_term(&link)))
}

/// A key whose byte order is Czech alphabetical order, near enough for a list of places.
pub fn order(name: &str) -> String {
    let mut key = String::new();
    let lower = name.to_lowercase();
    let mut letters = lower.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'c' if letters.next_if_eq(&'h').is_some() => key.push_str("h~"),
            'č' | 'ř' | 'š' | 'ž' => {
                key.push_str(&fold(&letter.to_string()));
                key.push('~');
            }
            other => key.push_str(&fold(&other.to_string())),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn czech_order_puts_ch_after_h_and_carons_last() {
        let mut names = ["Chust", "Cuneo", "Ivano", "Čuhujiv", "Halič", "Zadar", "Žilina"];
        names.sort_by_key(|name| order(name));
        assert_eq!(names, ["Cuneo", "Čuhujiv", "Halič", "Chust", "Ivano", "Zadar", "Žilina"]);
    }

    #[test]
    fn a_country_is_known_by_code_name_and_adjective() {
        for text in ["ua", "UA", "Ukrajina", "na Ukrajině", "ukrajinské", "ukrajinske", "Ukrajine", "Ukraine"] {
            assert_eq!(country(text).as_deref(), Some("UA"), "{text}");
        }
        assert_eq!(country("recko").as_deref(), Some("GR"));
        assert_eq!(country("zq"), None);
        assert_eq!(country("Nikdeland"), None);
    }
}
