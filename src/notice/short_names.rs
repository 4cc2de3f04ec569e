//! Names written short: `St. Pölten`, `Ústí n. L.`, `Frankfurt/Main`, and what they may stand for.
//!
//! A short name stays as written in the record; only the map is asked for what it may stand for (`data/short-names.tsv`).
//! Refuses a short form that no row has.

use std::sync::LazyLock;

use serde::Deserialize;

use super::cues::named;
use super::text::fold;
use crate::lang::rows;

/// Where in a name a short form stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    First,
    Between,
    Last,
    /// A stroke between two parts: `Frankfurt/Oder`.
    Stroke,
}

struct Short {
    stands: Stands,
    form: &'static str,
    means: Vec<&'static str>,
}

static SHORTS: LazyLock<Vec<Short>> = LazyLock::new(|| {
    let short = |row: Vec<&'static str>| Short { stands: named(row[0]), form: row[1], means: row[2].split('|').collect() };
    rows(include_str!("data/short-names.tsv")).map(short).collect()
});

fn means(stands: Stands, form: &str) -> Option<&'static [&'static str]> {
    SHORTS.iter().find(|short| short.stands == stands && short.form == form).map(|short| short.means.as_slice())
}

/// Whether a folded word, before its full stop, is short for a part of a name.
pub fn is_short(stands: Stands, form: &str) -> bool {
    means(stands, form).is_some()
}

/// What a name that is written short may stand for; none for a name written out.
pub fn expansions(name: &str) -> Vec<String> {
    if !name.contains(['.', '/']) {
        // `St-Flour`: French joins the short word by a hyphen.
        let joined = name.split_once('-').and_then(|(first, rest)| Some((means(Stands::First, &fold(first))?, rest)));
        return joined.map_or_else(Vec::new, |(meant, rest)| meant.iter().map(|word| format!("{word}-{rest}")).collect());
    }
    let spaced = name.replace('.', ". ").replace('/', " / ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut names = vec![String::new()];
    for (at, word) in words.iter().enumerate() {
        let short = if *word == "/" { Some((*word).to_owned()) } else { word.strip_suffix('.').map(fold) };
        let stands = match at {
            _ if *word == "/" => Stands::Stroke,
            0 => Stands::First,
            _ if at + 1 == words.len() => Stands::Last,
            _ => Stands::Between,
        };
        let meant = short.as_deref().and_then(|form| means(stands, form));
        let choices: &[&str] = meant.unwrap_or(std::slice::from_ref(word));
        names = names.iter().flat_map(|name| choices.iter().map(move |choice| format!("{name} {choice}").trim().to_owned())).collect();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::expansions;

    #[test]
    fn short_parts_are_written_out() {
        for (name, meant) in [
            ("St. Pölten", "Sankt Pölten"),
            ("Ústí n. L.", "Ústí nad Labem"),
            ("Ústí n.L.", "Ústí nad Labem"),
            ("Uh. Hradiště", "Uherské Hradiště"),
            ("Val. Meziříčí", "Valašské Meziříčí"),
            ("Frankfurt/Main", "Frankfurt am Main"),
            ("Frankfurt n. M.", "Frankfurt am Main"),
            ("Ste-Maxime", "Sainte-Maxime"),
        ] {
            assert!(expansions(name).iter().any(|expansion| expansion == meant), "{name}: {:?}", expansions(name));
        }
        assert!(expansions("Nové Město nad Metují").is_empty());
    }
}
