//! Packs the tables that `build.py` writes into the maps that the analyzer embeds.
//!
//!     cargo run --example czech-pack -- TABLES src/search/czech/data
//!
//! A table line is `key TAB value,value`. Values of word lists are lemmas, turned here into edits of the key; values of rules
//! are edits already (`drop:add`), and their keys are suffixes, stored reversed. A map's value is the number of
//! its edit set; the most used come first, which keeps the maps small. The same tables give the same bytes.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

type Edit = (u8, String);
type Table = BTreeMap<String, Vec<Edit>>;

/// Table, map, and whether the table holds suffix rules.
const MAPS: [(&str, &str, bool); 5] = [
    ("lexicon.tsv", "lexicon", false),
    ("rules.tsv", "rules", true),
    ("flexicon.tsv", "folded", false),
    ("frules.tsv", "folded-rules", true),
    ("families.tsv", "families", false),
];

fn main() -> Result<(), Box<dyn Error>> {
    let [from, to] = std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "usage: czech-pack TABLES TARGET")?;
    let (from, to) = (Path::new(&from), Path::new(&to));
    for (source, target, rules) in MAPS {
        let table = read(&fs::read_to_string(from.join(source))?, rules)?;
        let sets = by_use(&table);
        let numbers: HashMap<&[Edit], u64> = sets.iter().copied().zip(0..).collect();
        let mut map = fst::MapBuilder::memory();
        for (key, edits) in &table {
            map.insert(key, numbers[edits.as_slice()])?;
        }
        fs::write(to.join(target).with_extension("fst"), map.into_inner()?)?;
        fs::write(to.join(target).with_extension("edits"), edit_table(&sets)?)?;
    }
    Ok(())
}

/// The distinct edit sets of a table, the most used first.
fn by_use(table: &Table) -> Vec<&[Edit]> {
    let mut uses: HashMap<&[Edit], usize> = HashMap::new();
    for edits in table.values() {
        *uses.entry(edits).or_default() += 1;
    }
    let mut sets: Vec<_> = uses.into_iter().collect();
    sets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    sets.into_iter().map(|(set, _)| set).collect()
}

fn read(text: &str, rules: bool) -> Result<Table, Box<dyn Error>> {
    let mut table = Table::new();
    for line in text.lines() {
        let (key, values) = line.split_once('\t').ok_or_else(|| format!("no tab in {line:?}"))?;
        let values = values.split(',').filter(|value| !value.is_empty());
        if rules {
            let edits = values.map(|edit| edit.split_once(':').and_then(|(drop, add)| Some((drop.parse().ok()?, add.to_owned()))));
            let edits = edits.collect::<Option<_>>().ok_or_else(|| format!("not edits: {line:?}"))?;
            table.insert(key.chars().rev().collect(), edits);
        } else {
            table.insert(key.to_owned(), values.map(|lemma| edit(key, lemma)).collect());
        }
    }
    Ok(table)
}

/// What of the word's end goes, in characters, and what comes.
fn edit(word: &str, lemma: &str) -> Edit {
    let shared: usize = word.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (word[shared..].chars().count() as u8, lemma[shared..].to_owned())
}

/// Where the sets begin and the last one ends, as u32 (little endian); then the sets. An edit is what to drop, the length of
/// the text to add, and that text.
fn edit_table(sets: &[&[Edit]]) -> Result<Vec<u8>, Box<dyn Error>> {
    let head = (sets.len() + 1) * 4;
    let (mut offsets, mut bodies) = (Vec::new(), Vec::new());
    for set in sets {
        offsets.extend(u32::try_from(head + bodies.len())?.to_le_bytes());
        for (drop, add) in *set {
            bodies.extend([*drop, u8::try_from(add.len())?]);
            bodies.extend(add.as_bytes());
        }
    }
    offsets.extend(u32::try_from(head + bodies.len())?.to_le_bytes());
    offsets.extend(bodies);
    Ok(offsets)
}
