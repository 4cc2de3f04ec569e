//! First- and second-order divisions of a country, by any of their names, Czech ones included.
//!
//! A text may name a region by its name (`Molise`), by a Czech adjective in any case (`Charkovské
//! oblasti`) or by its capital (`regionu Charkov`): the generic word is dropped and what remains is
//! compared as it is, by the sound of its stem and, where another script is at work, by its
//! consonants; a step with two answers gives none. Czech names are in `data/regions-cs.tsv`.

use super::endings::base_forms;
use super::fold::{fold, is_apostrophe};
use super::pack::{Block, block, blocks};
use super::sound::{self, Ending};
use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

/// An administrative division.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub geonames_id: i64,
    /// GeoNames code with its country: `UA.07`, `FR.84.63`.
    pub code: &'static str,
    pub country: &'static str,
    /// Local name, or a Czech one where GeoNames gives codes only.
    pub name: &'static str,
    pub is_first_order: bool,
}

impl Region {
    /// Whether a place with this code (`07` or `84.63`, without the country) lies inside.
    pub(super) fn holds(&self, admin: &str) -> bool {
        let code = self.code.get(3..).unwrap_or_default();
        admin.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// Consonants that prove a name; fewer fit too many.
const CONSONANTS: usize = 3;

/// Numbers of rows by a key.
type Map = BTreeMap<String, Vec<usize>>;

/// The ways to find a division of one country; numbers are rows of `regions`. Divisions of the second
/// order are many and seldom asked for: their keys are made when a name of the first order is none.
struct Table {
    regions: Vec<Region>,
    names: Vec<Vec<String>>,
    plain: Map,
    stems: Map,
    consonants: Map,
    minor_plain: OnceLock<Map>,
    minor_stems: OnceLock<Map>,
}

/// The division a text means by `name`.
pub fn region(name: &str, country: &str) -> Option<Region> {
    static TABLES: OnceLock<BTreeMap<&str, OnceLock<Table>>> = OnceLock::new();
    let tables = TABLES.get_or_init(|| blocks().iter().map(|block| (block.country, OnceLock::new())).collect());
    let (&country, table) = tables.get_key_value(country)?;
    let table = table.get_or_init(|| Table::read(country));
    let own = core(name)?;
    let forms = std::iter::once(own.clone()).chain(base_forms(name).into_iter().filter_map(|form| core(&form)));
    let forms: Vec<String> = forms.map(|form| fold(&form)).collect();
    let stems = stems(&own);
    let minor_plain = || table.minor_plain.get_or_init(|| table.index(false, |core| vec![fold(core)]));
    let minor_stems = || table.minor_stems.get_or_init(|| table.index(false, self::stems));
    table
        .only(&table.plain, &forms[..1], Some(&minor_plain))
        .or_else(|| table.only(&table.plain, &forms, None))
        .or_else(|| table.only(&table.stems, &stems, None))
        .or_else(|| table.only(&table.plain, &forms, Some(&minor_plain)))
        .or_else(|| table.only(&table.stems, &stems, Some(&minor_stems)))
        .or_else(|| table.only(&table.consonants, &consonants(&stems, country), None))
}

/// The division with this code: `UA.07`.
pub fn region_of(code: &str) -> Option<Region> {
    let (country, _) = code.split_once('.')?;
    rows(block(country)?).map(|(region, _)| region).find(|region| region.code == code)
}

/// The divisions of a country with their names.
fn rows(block: &'static Block) -> impl Iterator<Item = (Region, Vec<&'static str>)> {
    block.region_lines().filter_map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [code, id, level, own] = cells[..] else { return None };
        let names: Vec<&'static str> = own.split('|').filter(|name| !name.is_empty()).chain(czech_names(code)).collect();
        let region = Region {
            geonames_id: id.parse().ok()?,
            code,
            country: block.country,
            name: names.first().copied()?,
            is_first_order: level == "1",
        };
        Some((region, names))
    })
}

impl Table {
    fn read(country: &'static str) -> Table {
        let rows = block(country).into_iter().flat_map(rows);
        let (regions, names) = rows.map(|(region, names)| (region, names.into_iter().filter_map(core).collect())).unzip();
        let mut table = Table {
            regions,
            names,
            plain: Map::new(),
            stems: Map::new(),
            consonants: Map::new(),
            minor_plain: OnceLock::new(),
            minor_stems: OnceLock::new(),
        };
        table.plain = table.index(true, |core| vec![fold(core)]);
        table.stems = table.index(true, stems);
        table.consonants = table.index(true, |core| consonants(&stems(core), country));
        table
    }

    /// The rows of one order by the keys of their names.
    fn index(&self, first_order: bool, keys: impl Fn(&str) -> Vec<String>) -> Map {
        let mut map = Map::new();
        for (number, names) in self.names.iter().enumerate().filter(|(number, _)| self.regions[*number].is_first_order == first_order) {
            for key in names.iter().flat_map(|name| keys(name)) {
                let rows: &mut Vec<usize> = map.entry(key).or_default();
                if rows.last() != Some(&number) {
                    rows.push(number);
                }
            }
        }
        map
    }

    /// The one division found under the keys; one of the second order (`minor`) only where none of the first is.
    fn only(&self, major: &Map, keys: &[String], minor: Option<&dyn Fn() -> &'static Map>) -> Option<Region> {
        let rows = |map: &Map| {
            let mut rows: Vec<usize> = keys.iter().filter_map(|key| map.get(key)).flatten().copied().collect();
            rows.sort_unstable();
            rows.dedup();
            rows
        };
        match (&rows(major)[..], minor) {
            (&[only], _) => Some(self.regions[only]),
            ([], Some(minor)) => match rows(minor())[..] {
                [only] => Some(self.regions[only]),
                _ => None,
            },
            _ => None,
        }
    }
}

fn czech_names(code: &str) -> impl Iterator<Item = &'static str> {
    static NAMES: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| include_str!("data/regions-cs.tsv").lines().filter_map(|row| row.split_once('\t')).collect());
    names.get(code).into_iter().flat_map(|names| names.split('|'))
}

/// The name without words that do not tell one division from another (folded, in `data/region-words.txt`), unless it has no others.
fn core(name: &str) -> Option<String> {
    static WORDS: OnceLock<HashSet<&str>> = OnceLock::new();
    let generic = WORDS.get_or_init(|| include_str!("data/region-words.txt").split_ascii_whitespace().collect());
    let words = name.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c));
    let own: Vec<&str> = words.filter(|word| !generic.contains(&*fold(word))).collect();
    Some(own.join(" ").trim().to_owned()).filter(|core| !core.is_empty())
}

/// Case endings of an adjective, folded, longest first.
const ADJECTIVE: &[&str] = &["eho", "emu", "ymi", "aja", "aya", "em", "ou", "ych", "ym", "yi", "a", "e", "i", "y", "u"];

/// The sound without endings: `Charkovské`, `Kharkivska` and `Харьковская` share one.
fn stems(core: &str) -> Vec<String> {
    let folded = fold(core);
    let is_ending = |ending: &&&str| folded.strip_suffix(**ending).is_some_and(|stem| stem.ends_with("sk") || stem.ends_with("ck"));
    let cut = ADJECTIVE.iter().find(is_ending).map_or(0, |ending| ending.len());
    let bare: String = core.chars().take(core.chars().count().saturating_sub(cut)).collect();
    let mut found: Vec<String> = Vec::new();
    for key in sound::keys(&bare, Ending::Dropped) {
        let stem = key.strip_suffix("sk").filter(|stem| stem.len() >= CONSONANTS).unwrap_or(&key);
        found.push(sound::drop_ending(stem));
    }
    found.retain(|stem| stem.len() >= CONSONANTS);
    found
}

/// What is left of stems without vowels, where another script is at work.
fn consonants(stems: &[String], country: &str) -> Vec<String> {
    if !sound::is_transliterated(country) {
        return Vec::new();
    }
    let bare = stems.iter().map(|stem| stem.replace(['a', 'i', 'o', 'u'], ""));
    bare.filter(|bare| bare.len() >= CONSONANTS).collect()
}

#[cfg(test)]
mod tests {
    use super::region;

    fn code(name: &str, country: &str) -> Option<&'static str> {
        region(name, country).map(|region| region.code)
    }

    #[test]
    fn czech_adjectives_in_any_case_name_the_region() {
        for (name, country, expected) in [
            ("Lvovské oblasti", "UA", "UA.15"),
            ("Lvovská oblast", "UA", "UA.15"),
            ("Poltavského regionu", "UA", "UA.18"),
            ("Chersonské", "UA", "UA.08"),
            ("Zakarpatské oblasti", "UA", "UA.25"),
            ("Ternopilskou oblastí", "UA", "UA.22"),
            ("Ivanofrankivské oblasti", "UA", "UA.06"),
            ("Kyjevské oblasti", "UA", "UA.13"),
            ("Černihivské oblasti", "UA", "UA.02"),
            ("Chmelnické oblasti", "UA", "UA.09"),
            ("Vinnycké oblasti", "UA", "UA.23"),
            ("Doněcké oblasti", "UA", "UA.05"),
            ("Plovdivské oblasti", "BG", "BG.51"),
            ("Prešovského kraje", "SK", "SK.05"),
            ("Malopolského vojvodství", "PL", "PL.77"),
            ("Lublinském vojvodství", "PL", "PL.75"),
            ("župa Cluj", "RO", "RO.13"),
            ("kantonu Vaud", "CH", "CH.VD"),
        ] {
            assert_eq!(code(name, country), Some(expected), "{name}");
        }
    }

    #[test]
    fn czech_and_local_names_name_the_region() {
        for (name, country, expected) in [
            ("Toskánsku", "IT", "IT.16"),
            ("Toscana", "IT", "IT.16"),
            ("provincie Lecce", "IT", "IT.13.LE"),
            ("Bavorska", "DE", "DE.02"),
            ("Dolním Sasku", "DE", "DE.06"),
            ("Podněstří", "MD", "MD.58"),
            ("Republice srbské", "BA", "BA.02"),
            ("departement Gard", "FR", "FR.76.30"),
            ("Krétě", "GR", "GR.ESYE43"),
            ("Skåne", "SE", "SE.27"),
        ] {
            assert_eq!(code(name, country), Some(expected), "{name}");
        }
    }

    #[test]
    fn other_countries_and_unknown_regions_have_none() {
        assert_eq!(code("Lvovské oblasti", "IT"), None);
        assert_eq!(code("oblasti", "UA"), None);
        assert_eq!(code("", "UA"), None);
        assert_eq!(code("Lvovské oblasti", "??"), None);
        assert_eq!(code("severu", "UA"), None);
    }
}
