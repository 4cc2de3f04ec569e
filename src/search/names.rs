//! Other names of what a record names: of its places and of its countries.
//!
//! The seam to the gazetteer. Czech sorting lives here too: `ch` after `h`, letters with a caron after those without.

use crate::record::Place;

use super::analysis::fold;

/// Every name under which the place may be asked for.
pub fn of_place(place: &Place) -> Vec<String> {
    vec![place.as_written.clone(), place.name.clone()]
}

/// Names and adjective of a country.
pub fn of_country(_code: &str) -> Vec<String> {
    Vec::new()
}

/// ISO 3166-1 alpha-2 code of a country given by code, name or adjective.
pub fn country(text: &str) -> Option<String> {
    let code = text.trim();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())).then(|| code.to_ascii_uppercase())
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
}
