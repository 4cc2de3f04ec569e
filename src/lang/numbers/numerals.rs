//! Numerals in words, part by part: `pětadvacet`, `půl`, `tisíc`, `čtyřicetitisícové` (`data/numerals.tsv`).
//!
//! Small parts add, scales multiply, and all is reckoned in hundredths, so that a fraction without its scale is no
//! count. Knows folded words only; how a numeral runs through a text is the matter of `run.rs`.

use std::sync::LazyLock;

use crate::lang::fold::fold;
use crate::lang::rows::rows;
use crate::lang::trie::Trie;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// So many hundredths, to be added: `pět` is 500, `půl` is 50.
    Small(u64),
    /// `tři čtvrtě`: so many hundredths for each of what stands before.
    Share(u64),
    /// `sto`, `tisíc`, `milion`: multiplies.
    Scale(u64),
    /// `tisíců`, `tisíci`: a scale that alone counts nobody.
    Scales(u64),
    /// `tis.`, `mil.`: a scale only after a figure.
    Short(u64),
}

/// Hundredths of one.
pub const ONE: u64 = 100;

/// The classes of `numerals.tsv`, folded.
#[derive(Default)]
struct Numerals {
    /// Spellings by their number: bytes and meaning.
    spellings: Vec<(usize, Meaning)>,
    beginnings: Trie,
    /// What stands between units and tens in one word.
    bonds: Vec<String>,
}

#[derive(Clone, Copy)]
enum Meaning {
    Part(Part),
    /// The stem of an adjective that ends a numeral, with what it multiplies by.
    Stem(u64),
}

static NUMERALS: LazyLock<Numerals> = LazyLock::new(|| {
    let mut numerals = Numerals::default();
    for row in rows(include_str!("../data/numerals.tsv")) {
        let value: u64 = row[2].parse().expect("numerals.tsv: the third column is a number");
        let words = row[3].split(' ').map(fold);
        let meaning = match row[0] {
            "bond" => {
                numerals.bonds.extend(words);
                continue;
            }
            "adjective" => Meaning::Stem(value),
            "scale" => Meaning::Part(Part::Scale(value)),
            "scales" => Meaning::Part(Part::Scales(value)),
            "short" => Meaning::Part(Part::Short(value)),
            "hundredths" => Meaning::Part(Part::Small(value)),
            "share" => Meaning::Part(Part::Share(value)),
            "small" => Meaning::Part(Part::Small(value * ONE)),
            other => panic!("numerals.tsv has no class {other}"),
        };
        for word in words {
            numerals.beginnings.add(word.as_bytes(), numerals.spellings.len());
            numerals.spellings.push((word.len(), meaning));
        }
    }
    numerals
});

impl Numerals {
    /// What a word begins with: bytes and meaning, the longest first; of equal spellings the first of the table.
    fn beginning(&self, word: &str) -> Vec<(usize, Meaning)> {
        let mut found = Vec::new();
        self.beginnings.walk(word.as_bytes(), |spelling| found.push(self.spellings[spelling]));
        found.sort_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
        found
    }
}

/// The parts of one word up to its end, or to the stem of an adjective and with what that multiplies by.
fn compound(word: &str) -> Option<(Vec<Part>, Option<u64>)> {
    for (bytes, meaning) in NUMERALS.beginning(word) {
        let rest = &word[bytes..];
        let part = match meaning {
            Meaning::Stem(scale) => return Some((Vec::new(), Some(scale))),
            Meaning::Part(part) => part,
        };
        if rest.is_empty() {
            return Some((vec![part], None));
        }
        // `pět-a-dvacet` turns the tens and the units round, which a sum does not mind.
        let bond = NUMERALS.bonds.iter().find_map(|bond| rest.strip_prefix(bond.as_str())).filter(|_| matches!(part, Part::Small(..1_000)));
        let rest = bond.unwrap_or(rest).trim_start_matches('-');
        if let Some((mut parts, stem)) = Some(rest).filter(|rest| rest.len() > 1).and_then(compound) {
            parts.insert(0, part);
            return Some((parts, stem));
        }
    }
    None
}

/// Whether a word begins as a numeral does: most words are told by that.
pub fn begins(word: &str) -> bool {
    let mut any = false;
    NUMERALS.beginnings.walk(word.as_bytes(), |_| any = true);
    any
}

/// The parts of one word: `pětadvacet` and `dvacetipěti` have two.
pub fn parse(word: &str) -> Option<Vec<Part>> {
    compound(word).filter(|(_, stem)| stem.is_none()).map(|(parts, _)| parts)
}

/// `čtyřicetitisícové`, `půlmilionového`, `stotisícové`, `osmisetové`.
pub fn adjective(word: &str) -> Option<u64> {
    let (mut parts, stem) = compound(word)?;
    let scale = stem?;
    if parts.is_empty() {
        return (scale > 100).then_some(scale);
    }
    parts.push(Part::Scale(scale));
    sum(&parts)
}

/// `tisícové` alone, as it follows a figure.
pub fn scale_adjective(word: &str) -> Option<u64> {
    compound(word).filter(|(parts, _)| parts.is_empty()).and_then(|(_, stem)| stem)
}

/// The value of numeral parts: small ones add up, a scale multiplies what stands before it.
pub fn sum(parts: &[Part]) -> Option<u64> {
    let (mut total, mut current) = (0_u64, 0_u64);
    for &part in parts {
        match part {
            Part::Small(value) => current = current.checked_add(value)?,
            Part::Share(value) => current = current.max(ONE) / ONE * value,
            Part::Scale(100) => current = if current == 0 { ONE } else { current }.checked_mul(100)?,
            Part::Scale(scale) | Part::Scales(scale) | Part::Short(scale) => {
                total = total.checked_add(if current == 0 { ONE } else { current }.checked_mul(scale)?)?;
                current = 0;
            }
        }
    }
    let hundredths = total.checked_add(current)?;
    (!parts.is_empty() && hundredths.is_multiple_of(ONE)).then_some(hundredths / ONE)
}
