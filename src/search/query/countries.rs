//! What plain words say of countries: `Ukrajina`, `ukrajinská`, `Bosna a Hercegovina`, in any case, with or without marks.
//!
//! Parts of countries (`Bavorsko`) and peoples (`Ukrajinci`) are not read: a text that names them says more than the country.

use crate::gazetteer::{Form, countries_in};
use crate::search::names;

/// Words in a row that are looked at.
const LONGEST: usize = 5;
/// Letters below which a word without its marks is as likely another word.
const SHORTEST: usize = 5;

/// So many of the first words name this country, by its ISO 3166-1 alpha-2 code.
pub fn meaning(words: &[&str]) -> Option<(usize, String)> {
    let first = words.first()?;
    let said = words[..words.len().min(LONGEST)].join(" ");
    let mention = countries_in(&said).into_iter().next().filter(|mention| mention.start == 0);
    let Some(mention) = mention else {
        let bare = first.is_ascii() && first.chars().count() >= SHORTEST && first.chars().all(char::is_alphabetic);
        // Of a name of several words none stands for itself.
        return if bare && said.is_ascii() { names::country(first).map(|code| (1, code)) } else { None };
    };
    if !matches!(mention.form, Form::Name | Form::Adjective | Form::Acronym) {
        return None;
    }
    let rest = said[mention.end..].trim_start_matches(|letter: char| !letter.is_alphanumeric() && !letter.is_whitespace());
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    // `České Budějovice`: a town.
    let next = rest.trim_start();
    let named = mention.form == Form::Adjective && first.starts_with(char::is_uppercase) && next.starts_with(char::is_uppercase);
    if named && next.chars().any(char::is_lowercase) {
        return None;
    }
    Some((said[..mention.end].split(' ').count(), mention.iso2?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn a_country_is_read_from_its_name_and_adjective() {
        for (text, read) in [
            ("ukrajinská města", "1 UA"),
            ("ukrajinska mesta", "1 UA"),
            ("Itálie, víno", "1 IT"),
            ("italie", "1 IT"),
            ("recko more", "1 GR"),
            ("Bosna a Hercegovina", "3 BA"),
            ("bosna a hercegovina", "3 BA"),
            ("Černá Hora", "2 ME"),
            ("Severní Makedonie partner", "2 MK"),
            ("České Budějovice", ""),
            ("Bavorsko", ""),
            ("anglickém jazyce", ""),
            ("hora", ""),
            ("man", ""),
            ("lazne", ""),
            ("", ""),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            let found = meaning(&words).map_or_else(String::new, |(count, code)| format!("{count} {code}"));
            assert_eq!(found, read, "{text}");
        }
    }
}
