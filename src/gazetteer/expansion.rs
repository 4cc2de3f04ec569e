//! Every form in which a text may name a country, from the tables of countries, and the map of them that is built in.
//!
//! Names in six cases, adjectives in all endings of Czech and Slovak, plurals of demonyms, acronyms. Singular demonyms are left
//! out; they are as often surnames (Němec, Turek, Slovák). Asked by `data/terms.rs`, which writes the map, and by the test that finds a
//! stale one; the program reads the map alone (`terms`).

use std::collections::BTreeMap;

use super::country::{is_adjective, rows};
use super::fold::fold;
use super::terms::{Form, Term};

/// Terms by their folded words, in the order of the tables.
struct Terms(BTreeMap<String, Vec<Term>>);

/// Czech endings first, then the Slovak ones, long and short.
const ADJECTIVE_ENDINGS: &[&str] =
    &["ý", "á", "é", "ého", "ému", "ém", "ým", "ou", "ých", "ými", "í", "ej", "ú", "om", "y", "a", "e", "eho", "emu", "ych", "ym", "ymi"];
const CZECH_ENDINGS: usize = 11;

/// The map of all terms in the form of the fst crate, as `terms` reads it.
///
/// A key is the folded words, a tab, and the term as written; its value, from the lowest place: the number of the country's code, whether it is an
/// adjective, its form, and its place among the terms of the same folded words.
pub fn packed() -> Result<Vec<u8>, fst::Error> {
    let mut terms = Terms(BTreeMap::new());
    add_czech(&mut terms);
    add_english_and_slovak(&mut terms);
    let mut entries = BTreeMap::new();
    for (key, terms) in &terms.0 {
        for (place, term) in terms.iter().enumerate() {
            entries.insert(format!("{key}\t{}", term.written), term.value(place));
        }
    }
    let mut map = fst::MapBuilder::memory();
    map.extend_iter(entries)?;
    map.into_inner()
}

impl Terms {
    fn add(&mut self, written: &str, iso2: Option<&'static str>, form: Form, is_adjective: bool) {
        // A dash of CLDR ("Kongo – Brazzaville") folds to nothing like any other sign.
        let key = fold(written);
        let written = if form == Form::Acronym { written.to_owned() } else { written.to_lowercase() };
        let terms = self.0.entry(key).or_default();
        if !terms.iter().any(|term| term.written == written) {
            terms.push(Term { written, iso2, form, is_adjective });
        }
    }

    fn add_name(&mut self, name: &str, iso2: Option<&'static str>, form: Form) {
        let is_acronym = name.chars().count() < 6 && name.chars().filter(|c| c.is_uppercase()).count() > 1 && !name.contains(' ');
        self.add(name, iso2, if is_acronym { Form::Acronym } else { form }, false);
    }

    fn add_adjective(&mut self, adjective: &str, iso2: Option<&'static str>, form: Form, endings: &[&str]) {
        let stem = adjective.trim_end_matches(['ý', 'y']);
        for ending in endings {
            self.add(&format!("{stem}{ending}"), iso2, form, true);
        }
        for (hard, soft) in [("sk", "št"), ("ck", "čt")] {
            if let Some(stem) = stem.strip_suffix(hard) {
                self.add(&format!("{stem}{soft}í"), iso2, form, true);
            }
        }
    }
}

fn add_czech(terms: &mut Terms) {
    for row in rows() {
        // Macedonia is a former name, not a former state.
        let iso2 = Some(row.iso2).filter(|iso2| row.kind != "hist" || *iso2 == "MK");
        let (name, adjective) = if row.kind == "part" { (Form::Entity, Form::Entity) } else { (Form::Name, Form::Adjective) };
        for form in row.cases.iter().chain(&row.other).filter(|form| !form.is_empty()) {
            if is_adjective(form) {
                terms.add_adjective(form, iso2, adjective, &ADJECTIVE_ENDINGS[..CZECH_ENDINGS]);
            } else {
                terms.add_name(form, iso2, name);
            }
        }
        if let Some(form) = row.adjective {
            terms.add_adjective(form, iso2, adjective, &ADJECTIVE_ENDINGS[..CZECH_ENDINGS]);
        }
        if let Some((one, many)) = row.demonym {
            for form in plurals(one, many) {
                terms.add(&form, iso2, Form::Demonym, false);
            }
        }
        if !row.english.is_empty() {
            terms.add_name(row.english, iso2, name);
        }
    }
}

fn add_english_and_slovak(terms: &mut Terms) {
    for line in include_str!("data/countries-en-sk.tsv").lines().skip(1) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [iso2, english_adjective, english, slovak, adjective] = cells[..] else { continue };
        for name in english_adjective.split(';') {
            // With a capital, as English writes it: `polish` is a verb.
            terms.add_name(name, Some(iso2), Form::Adjective);
        }
        for name in english.split(';').filter(|name| !name.is_empty()) {
            terms.add_name(name, Some(iso2), Form::Name);
        }
        for name in slovak.split(';') {
            terms.add_name(name, Some(iso2), Form::Name);
            if let Some(stem) = name.strip_suffix('o') {
                for ending in ["a", "u", "om"] {
                    terms.add_name(&format!("{stem}{ending}"), Some(iso2), Form::Name);
                }
            }
        }
        terms.add_adjective(adjective, Some(iso2), Form::Adjective, ADJECTIVE_ENDINGS);
    }
}

/// Plural forms of a demonym: `Rakušané` gives Rakušanů, Rakušanům, Rakušany, Rakušanech.
fn plurals(one: &str, many: &str) -> Vec<String> {
    let mut forms = vec![many.to_owned()];
    let vowel_goes =
        one.strip_suffix("ec").map(|stem| format!("{stem}c")).or_else(|| one.strip_suffix("ek").map(|stem| format!("{stem}k")));
    let stem = vowel_goes.unwrap_or_else(|| one.to_owned());
    let instrumental = if stem.ends_with('c') { "e" } else { "y" };
    forms.extend(["ů", "ům", instrumental].map(|ending| format!("{stem}{ending}")));
    forms.push(match many.strip_suffix('i').filter(|soft| soft.ends_with(['c', 'š'])) {
        Some(soft) => format!("{soft}ích"),
        None => format!("{stem}ech"),
    });
    forms
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_map_is_that_of_the_tables() {
        let built_in = include_bytes!("data/terms.fst").as_slice();
        assert!(super::packed().unwrap() == built_in, "the tables of countries were changed and `terms.fst` was not made again");
    }
}
