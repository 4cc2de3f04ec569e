//! Numerals in words, part by part: `pětadvacet`, `půl`, `tisíc`, `čtyřicetitisícové` (`data/numerals.tsv`).
//!
//! Small parts add, scales multiply, and all is reckoned in hundredths, so that a fraction without its scale is no
//! count. Knows folded words only; how a numeral runs through a text is the matter of `run.rs`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lang::fold::fold;
use crate::lang::rows::rows;

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
struct Numerals {
    parts: HashMap<String, Part>,
    /// Stems of adjectives that end a numeral, with what they multiply by.
    adjectives: Vec<(String, u64)>,
    /// What stands between units and tens in one word.
    bonds: Vec<String>,
}

static NUMERALS: LazyLock<Numerals> = LazyLock::new(|| {
    let mut numerals = Numerals { parts: HashMap::new(), adjectives: Vec::new(), bonds: Vec::new() };
    for row in rows(include_str!("../data/numerals.tsv")) {
        let value: u64 = row[2].parse().expect("numerals.tsv: the third column is a number");
        let words = row[3].split(' ').map(fold);
        let part = match row[0] {
            "adjective" => {
                numerals.adjectives.extend(words.map(|stem| (stem, value)));
                continue;
            }
            "bond" => {
                numerals.bonds.extend(words);
                continue;
            }
            "scale" => Part::Scale(value),
            "scales" => Part::Scales(value),
            "short" => Part::Short(value),
            "hundredths" => Part::Small(value),
            "share" => Part::Share(value),
            "small" => Part::Small(value * ONE),
            other => panic!("numerals.tsv has no class {other}"),
        };
        for word in words {
            numerals.parts.entry(word).or_insert(part);
        }
    }
    numerals
});

/// The parts of one word: `pětadvacet` and `dvacetipěti` have two.
pub fn parse(word: &str) -> Option<Vec<Part>> {
    if let Some(&part) = NUMERALS.parts.get(word) {
        return Some(vec![part]);
    }
    let word = word.strip_suffix('-').unwrap_or(word);
    for cut in (2..word.len().saturating_sub(1)).rev() {
        let Some(&part) = word.get(..cut).and_then(|head| NUMERALS.parts.get(head)) else { continue };
        let rest = &word[cut..];
        // `pět-a-dvacet` turns the tens and the units round, which a sum does not mind.
        let bond = NUMERALS.bonds.iter().find_map(|bond| rest.strip_prefix(bond.as_str())).filter(|_| matches!(part, Part::Small(..1_000)));
        let rest = bond.unwrap_or(rest);
        if let Some(mut parts) = parse(rest.trim_start_matches('-')) {
            parts.insert(0, part);
            return Some(parts);
        }
    }
    None
}

/// `čtyřicetitisícové`, `půlmilionového`, `stotisícové`, `osmisetové`.
pub fn adjective(word: &str) -> Option<u64> {
    if NUMERALS.parts.contains_key(word) {
        return None;
    }
    let found = NUMERALS.adjectives.iter().find_map(|(stem, scale)| word.find(stem.as_str()).map(|at| (&word[..at], *scale)));
    let (head, scale) = found?;
    if head.is_empty() {
        return (scale > 100).then_some(scale);
    }
    let mut parts = parse(head.trim_end_matches('-'))?;
    parts.push(Part::Scale(scale));
    sum(&parts)
}

/// `tisícové` alone, as it follows a figure.
pub fn scale_adjective(word: &str) -> Option<u64> {
    NUMERALS.adjectives.iter().find(|(stem, _)| word.starts_with(stem.as_str())).map(|&(_, scale)| scale)
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
