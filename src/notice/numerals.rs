//! Numerals in words, part by part: `pětadvacet`, `půl`, `tisíc`, `čtyřicetitisícové` (`data/numerals.tsv`).
//!
//! Small parts add, scales multiply, and all is reckoned in hundredths, so that a fraction without its scale is no
//! count. Knows words only; how a numeral runs through a text is the matter of `numbers.rs`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::rows::rows;

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

static NUMERALS: LazyLock<HashMap<&'static str, Part>> = LazyLock::new(|| {
    let mut numerals = HashMap::new();
    for row in rows(include_str!("data/numerals.tsv")) {
        let value: u64 = row[1].parse().expect("numerals.tsv: the second column is a number");
        let part = match row[0] {
            "scale" => Part::Scale(value),
            "scales" => Part::Scales(value),
            "short" => Part::Short(value),
            "hundredths" => Part::Small(value),
            "share" => Part::Share(value),
            _ => Part::Small(value * ONE),
        };
        numerals.extend(row[2].split(' ').map(|word| (word, part)));
    }
    numerals
});

/// The parts of one word: `pětadvacet` and `dvacetipěti` have two.
pub fn parse(word: &str) -> Option<Vec<Part>> {
    if let Some(&part) = NUMERALS.get(word) {
        return Some(vec![part]);
    }
    let word = word.strip_suffix('-').unwrap_or(word);
    for cut in (2..word.len().saturating_sub(1)).rev() {
        let Some(&part) = word.get(..cut).and_then(|head| NUMERALS.get(head)) else { continue };
        let rest = &word[cut..];
        // `pět-a-dvacet` turns the tens and the units round, which a sum does not mind.
        let rest = if matches!(part, Part::Small(..1_000)) { rest.strip_prefix('a').unwrap_or(rest) } else { rest };
        if let Some(mut parts) = parse(rest.trim_start_matches('-')) {
            parts.insert(0, part);
            return Some(parts);
        }
    }
    None
}

/// Stems of adjectives that end a numeral, with what they multiply by.
const ADJECTIVES: [(&str, u64); 6] =
    [("tisicov", 1_000), ("tisicihlav", 1_000), ("tisicn", 1_000), ("milionov", 1_000_000), ("milionn", 1_000_000), ("setov", 100)];

/// `čtyřicetitisícové`, `půlmilionového`, `stotisícové`, `osmisetové`.
pub fn adjective(word: &str) -> Option<u64> {
    if NUMERALS.contains_key(word) {
        return None;
    }
    // Nearly every word of a text is asked and has none of the stems.
    let at = (0..word.len().saturating_sub(4)).find(|&at| matches!(&word.as_bytes()[at..at + 5], b"tisic" | b"milio" | b"setov"))?;
    let (head, scale) = ADJECTIVES.iter().find(|(stem, _)| word[at..].starts_with(stem)).map(|&(_, scale)| (&word[..at], scale))?;
    if head.is_empty() {
        return (scale > 100).then_some(scale);
    }
    let mut parts = parse(head.trim_end_matches('-'))?;
    parts.push(Part::Scale(scale));
    sum(&parts)
}

/// `tisícové` alone, as it follows a figure.
pub fn scale_adjective(word: &str) -> Option<u64> {
    ADJECTIVES.iter().find(|(stem, _)| word.starts_with(stem)).map(|&(_, scale)| scale)
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
