//! The table of countries and their Czech forms (`data/countries-cs.tsv`).

use std::collections::HashMap;
use std::sync::OnceLock;

/// A country or territory with an ISO 3166-1 code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code (`XK` for Kosovo).
    pub iso2: &'static str,
    pub name_cs: &'static str,
    /// Masculine nominative: `ukrajinský`.
    pub adjective_cs: Option<&'static str>,
    pub name_en: &'static str,
    /// Every name, case form and other name of the country itself (not of its parts), Czech ones first.
    pub names: Vec<&'static str>,
}

/// A row of the table: a country, another name of it, a part, or a former state.
pub(super) struct Row {
    pub iso2: &'static str,
    pub kind: &'static str,
    /// Nominative, genitive, dative, accusative, locative, instrumental.
    pub cases: [&'static str; 6],
    pub adjective: Option<&'static str>,
    /// Singular and plural of the inhabitants' name.
    pub demonym: Option<(&'static str, &'static str)>,
    /// Other names and case forms; adjectives end in -ý.
    pub other: Vec<&'static str>,
    pub english: &'static str,
}

/// The country with this ISO code.
pub fn country(iso2: &str) -> Option<&'static Country> {
    static COUNTRIES: OnceLock<Vec<Country>> = OnceLock::new();
    COUNTRIES.get_or_init(read_countries).iter().find(|country| country.iso2 == iso2)
}

fn read_countries() -> Vec<Country> {
    let rows: Vec<Row> = rows().collect();
    let mut by_code: HashMap<&str, Vec<&Row>> = HashMap::new();
    for row in rows.iter().filter(|row| matches!(row.kind, "country" | "alt" | "hist")) {
        by_code.entry(row.iso2).or_default().push(row);
    }
    let main = rows.iter().filter(|row| row.kind == "country");
    main.map(|row| {
        let own = by_code.get(row.iso2).into_iter().flatten();
        let forms = own.flat_map(|row| row.cases.iter().chain(&row.other).copied()).filter(|form| !is_adjective(form));
        let mut names: Vec<&str> = Vec::new();
        for form in forms.chain([row.english]) {
            if !form.is_empty() && !names.contains(&form) {
                names.push(form);
            }
        }
        Country { iso2: row.iso2, name_cs: row.cases[0], adjective_cs: row.adjective, name_en: row.english, names }
    })
    .collect()
}

/// The rows of the table.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    include_str!("data/countries-cs.tsv").lines().skip(1).filter_map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [iso2, kind, nom, genitive, dat, acc, loc, ins, adjective, demonym, demonyms, other, english] = cells[..] else { return None };
        Some(Row {
            iso2,
            kind,
            cases: [nom, genitive, dat, acc, loc, ins],
            adjective: Some(adjective).filter(|adjective| !adjective.is_empty()),
            demonym: Some((demonym, demonyms)).filter(|(one, many)| !one.is_empty() && !many.is_empty()),
            other: other.split(';').filter(|form| !form.is_empty()).collect(),
            english,
        })
    })
}

/// Other names that are adjectives: `bosensko-hercegovský`.
pub(super) fn is_adjective(form: &str) -> bool {
    form.ends_with('ý') && form.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{country, rows};

    #[test]
    fn every_row_is_read_and_every_country_has_its_names() {
        assert_eq!(rows().count() + 1, include_str!("data/countries-cs.tsv").lines().count());
        let norway = country("NO").unwrap();
        assert_eq!((norway.name_cs, norway.adjective_cs, norway.name_en), ("Norsko", Some("norský"), "Norway"));
        assert!(["Norska", "Norsku", "Norskem"].iter().all(|form| norway.names.contains(form)));
        assert!(!country("GB").unwrap().names.contains(&"Skotsko"));
        assert_eq!(country("YU"), None);
        assert_eq!(country(""), None);
    }
}
