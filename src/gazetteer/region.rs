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
    is_first_order: bool,
}

impl Region {
    /// Whether a place with this code (`07` or `84.63`, without the country) lies inside.
    pub(super) fn holds(&self, admin: &str) -> bool {
        let code = self.code.get(3..).unwrap_or_default();
        admin.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// Folded words that do not tell one division from another.
const GENERIC: &str = "oblast oblasti region regionu regionem regionalni kraj kraje kraji krajem kanton kantonu kantone kantonem \
provincie provincii provincia provinz zupa zupy zupe zupu zupou zupanija zupanije vojvodstvi vojvodstvim wojewodztwo voivodeship \
voivodship departement departementu departementem department okres okresu okrese okresem okrug raion raionu rajon rajonu rajonem rayon \
raionul judetul spolkova spolkove zeme zemi land state free freistaat autonomni autonomous province county district \
districte municipality municipiul opstina komuna regione lan canton kantons of de du des di la le область раион раионы округ город місто misto city \
општина кантон области області регион";

/// Consonants that prove a name; fewer fit too many.
const CONSONANTS: usize = 3;

/// The ways to find a division of one country; numbers are rows of `regions`.
#[derive(Default)]
struct Table {
    regions: Vec<Region>,
    plain: BTreeMap<String, Vec<usize>>,
    stems: BTreeMap<String, Vec<usize>>,
    consonants: BTreeMap<String, Vec<usize>>,
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
    [(&table.plain, &forms[..1], ANY), (&table.plain, &forms[..], FIRST), (&table.stems, &stems[..], FIRST)]
        .into_iter()
        .chain([
            (&table.plain, &forms[..], ANY),
            (&table.stems, &stems[..], ANY),
            (&table.consonants, &consonants(&stems, country)[..], FIRST),
        ])
        .find_map(|(map, keys, orders)| table.only(map, keys, orders))
}

/// Whether divisions of the second order are asked for as well.
const FIRST: bool = false;
const ANY: bool = true;

impl Table {
    fn read(country: &'static str) -> Table {
        let mut table = Table::default();
        for line in block(country).into_iter().flat_map(Block::region_lines) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [code, id, level, names] = cells[..] else { continue };
            let Ok(geonames_id) = id.parse() else { continue };
            let names: Vec<&'static str> = names.split('|').filter(|name| !name.is_empty()).chain(czech_names(code)).collect();
            let Some(&name) = names.first() else { continue };
            let number = table.regions.len();
            table.regions.push(Region { geonames_id, code, country, name, is_first_order: level == "1" });
            for core in names.iter().filter_map(|name| core(name)) {
                let stems = stems(&core);
                let consonants = if level == "1" { consonants(&stems, country) } else { Vec::new() };
                for (map, keys) in [(&mut table.plain, vec![fold(&core)]), (&mut table.stems, stems), (&mut table.consonants, consonants)] {
                    for key in keys {
                        let rows = map.entry(key).or_default();
                        if rows.last() != Some(&number) {
                            rows.push(number);
                        }
                    }
                }
            }
        }
        table
    }

    /// The one division found under the keys; first-order ones go before second-order ones.
    fn only(&self, map: &BTreeMap<String, Vec<usize>>, keys: &[String], any_order: bool) -> Option<Region> {
        let mut rows: Vec<usize> = keys.iter().filter_map(|key| map.get(key)).flatten().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        let (first, second): (Vec<Region>, Vec<Region>) =
            rows.iter().map(|&row| self.regions[row]).partition(|region| region.is_first_order);
        match (&first[..], &second[..]) {
            (&[only], _) => Some(only),
            ([], &[only]) if any_order => Some(only),
            _ => None,
        }
    }
}

fn czech_names(code: &str) -> impl Iterator<Item = &'static str> {
    static NAMES: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| include_str!("data/regions-cs.tsv").lines().filter_map(|row| row.split_once('\t')).collect());
    names.get(code).into_iter().flat_map(|names| names.split('|'))
}

/// The name without generic words, unless it has no others.
fn core(name: &str) -> Option<String> {
    static WORDS: OnceLock<HashSet<&str>> = OnceLock::new();
    let generic = WORDS.get_or_init(|| GENERIC.split(' ').collect());
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
