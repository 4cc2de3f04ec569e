//! Regions inside countries: codes of GeoNames (`CZ.78`), each with those above it.

use crate::gazetteer;

/// Where a name of a region or place is looked for, in this order: the neighbours, then the rest of Europe.
pub const COUNTRIES: &[&str] = &[
    "CZ", "SK", "PL", "DE", "AT", "HU", "UA", "SI", "HR", "IT", "FR", "RO", "BG", "RS", "BA", "ME", "MK", "AL", "XK", "GR", "MD", "BY",
    "RU", "LT", "LV", "EE", "FI", "SE", "NO", "DK", "NL", "BE", "LU", "CH", "ES", "PT", "GB", "IE", "TR", "GE", "AM", "AZ", "IL", "PS",
];

/// The code of the division that a person means by this name, with GeoNames' own name of it.
pub fn named(name: &str) -> Option<(String, &'static str)> {
    let written = capitalised(name);
    let found = |name: &str| COUNTRIES.iter().find_map(|country| gazetteer::region(name, country));
    let region = found(name).or_else(|| found(&written))?;
    Some((region.code.to_owned(), region.name))
}

/// The code with those of the divisions that hold it: `FR.84.63`, `FR.84`.
pub fn above(code: &str) -> Vec<String> {
    let ends = code.match_indices('.').map(|(at, _)| at).skip(1).chain([code.len()]);
    ends.map(|end| code[..end].to_owned()).collect()
}

pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_named_in_czech() {
        for (name, code) in [("Bavorsko", "DE.02"), ("Jihomoravský kraj", "CZ.78"), ("Prešovský kraj", "SK.05"), ("toskánsko", "IT.16")]
        {
            assert_eq!(named(name).map(|(code, _)| code).as_deref(), Some(code), "{name}");
        }
        assert_eq!(named("Nikdesko"), None);
        assert_eq!(above("FR.84.63"), ["FR.84", "FR.84.63"]);
        assert_eq!(above("CZ.78"), ["CZ.78"]);
    }
}
