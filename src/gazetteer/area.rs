//! Areas named after Czech towns: `Kolínsko`, `na Jindřichohradecku`, `táborský okres`.
//!
//! No list: the adjective's stem is made of each town's name by the rules of Czech word formation
//! (Liberec: `libereck`, Karlovy Vary: `karlovarsk`, Hradec Králové: `královéhradeck`), folded. Where a
//! rule leaves a choice both stems are kept; one that is no word meets no text. Small villages are left
//! out, since areas take the names of towns, and so are a town's own names in `-sko` (Blansko).

use super::entry::Entry;
use super::fold::fold;
use super::pack::block;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Inhabitants from which a town gives its name to an area.
const TOWN: u32 = 2_000;

/// Case endings of the area and of the adjective, folded.
const ENDINGS: &[&str] = &["em", "om", "ej", "eho", "emu", "ych", "ymi", "ym", "ou", "o", "a", "u", "y", "e"];

/// Words behind which a town's name says where it lies.
const PREPOSITIONS: &[&str] = &["nad", "pod", "u", "v", "na", "pri", "za"];

/// Whether a word is such an area, or such an adjective, in any case form.
pub fn is_czech_area(word: &str) -> bool {
    static STEMS: OnceLock<HashSet<String>> = OnceLock::new();
    let folded = fold(word).replace(' ', "");
    let stem = ENDINGS.iter().filter_map(|ending| folded.strip_suffix(ending)).find(|stem| stem.ends_with("sk") || stem.ends_with("ck"));
    stem.is_some_and(|stem| STEMS.get_or_init(all_stems).contains(stem))
}

fn all_stems() -> HashSet<String> {
    let entries = block("CZ").into_iter().flat_map(|block| block.place_lines().filter_map(|line| Entry::parse("CZ", line)));
    entries.filter(|entry| entry.place.population >= TOWN).flat_map(|entry| stems(entry.place.name)).collect()
}

/// The stems of the adjectives that a town's name may have.
fn stems(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('ů', "o");
    // `Frýdek-Místek` and `Brandýs nad Labem-Stará Boleslav`: each part, and both as one word.
    if let Some((first, second)) = name.split_once('-') {
        let (first, second) = (stems(first), stems(second));
        let both = first.iter().flat_map(|one| second.iter().map(move |other| format!("{one}o{other}")));
        return both.chain(first.iter().cloned()).chain(second.iter().cloned()).collect();
    }
    let folded = fold(&name);
    let words: Vec<&str> = folded.split(' ').take_while(|word| !PREPOSITIONS.contains(word)).collect();
    match words[..] {
        [one] => suffixed(one),
        // `Hradec Králové`, `Dvůr Králové`: the genitive comes first.
        [first, "kralove"] => suffixed(first).into_iter().map(|stem| format!("kralove{stem}")).collect(),
        [first, second] => suffixed(second).into_iter().map(|stem| joined(first) + &stem).collect(),
        _ => Vec::new(),
    }
}

/// An adjective as the first half of a compound: `Karlovy` gives `karlo`, `Jindřichův` (with its `o`) `jindricho`.
fn joined(first: &str) -> String {
    let bare = first.trim_end_matches(['y', 'e', 'a', 'i']);
    let bare = bare.strip_suffix("ov").filter(|owner| owner.len() > 2).unwrap_or(bare);
    format!("{bare}o")
}

/// The ways to put `-ský` or `-cký` behind one folded word.
fn suffixed(word: &str) -> Vec<String> {
    let bare = word.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    let Some(last) = bare.chars().last() else { return Vec::new() };
    let head = &bare[..bare.len() - last.len_utf8()];
    let mut found = match last {
        // `Liberec`, `Boskovice`, `Olomouc`; `Telč` and `Přelouč` keep their letter.
        'c' => vec![format!("{head}ck"), format!("{head}csk")],
        // `Písek`, `Rakovník`; `Vimperk`; `Polička`, `Sobotka`.
        'k' if bare == word => vec![format!("{head}ck"), format!("{head}sk")],
        'k' => vec![format!("{head}csk"), format!("{head}eck")],
        // `Praha`, `Zábřeh`, `Lysá`.
        'h' if bare.ends_with("ch") => vec![format!("{}ssk", &bare[..bare.len() - 2])],
        'h' | 'g' => vec![format!("{head}zsk")],
        's' => vec![format!("{head}sk"), format!("{head}ssk")],
        // `Most`, `Ústí`; `Hradiště`.
        't' => vec![format!("{bare}eck"), format!("{bare}sk"), format!("{head}eck")],
        _ => vec![format!("{bare}sk")],
    };
    // `Znojmo`, `Kladno`, `Lázně`, and `Brno` behind both: a vowel between the consonants.
    let crowded = !head.ends_with(['a', 'e', 'i', 'o', 'u', 'y']);
    if bare != word && crowded && matches!(last, 'n' | 'm' | 'l' | 'r') {
        found.extend([format!("{head}e{last}sk"), format!("{bare}ensk")]);
    }
    // `Blansko`, `Hlinsko`: the area of a town that is itself named like one.
    if let Some(own) = word.strip_suffix("nsko") {
        return vec![format!("{own}nensk"), format!("{own}neck")];
    }
    if word.ends_with("sko") || word.ends_with("cko") { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::is_czech_area;

    #[test]
    fn areas_take_the_names_of_towns_by_rule() {
        for area in [
            "Kolínsko",
            "Táborsku",
            "Strakonicka",
            "Vimpersku",
            "Šumperskem",
            "Nymbursko",
            "Liberecko",
            "Písecku",
            "Rakovnicko",
            "Jindřichohradecku",
            "Havlíčkobrodsko",
            "Karlovarska",
            "Královéhradecko",
            "Královédvorsku",
            "Českolipsko",
            "Kutnohorsku",
            "Mladoboleslavsko",
            "Uherskohradišťsku",
            "Novojičínsko",
            "Znojemsku",
            "Brněnsko",
            "Kladenska",
            "Mostecku",
            "Pražském",
            "Žďársku",
            "Rychnovsku",
            "Blanenska",
            "Hlinecko",
            "Poličsko",
            "Telčsku",
            "Třebíčska",
            "Kroměřížsku",
            "Frýdecko-Místecku",
            "Mariánskolázeňsku",
            "Litomyšlsko",
            "Lanškrounsku",
            "Ústecku",
            "Olomoucku",
            "olomouckém",
            "ZLÍNSKO",
            "Zábřežska",
        ] {
            assert!(is_czech_area(area), "{area}");
        }
    }

    #[test]
    fn other_countries_and_their_areas_are_none() {
        for other in [
            "Slovensku",
            "Polska",
            "Rusko",
            "Chorvatsku",
            "Turecku",
            "Německo",
            "Řecku",
            "Lublinsku",
            "Krakovsku",
            "Lvovsko",
            "Žilinsku",
            "Prešovském",
            "Trnavsku",
            "Nitranský",
            "Košicku",
            "Bavorsku",
            "Sasku",
            "Slezsko",
            "Toskánsku",
            "Kladsku",
            "Opolsku",
            "Drážďansku",
            "Žitavsku",
            "Lipsko",
            "Blansko",
            "Hlinsku",
            "Lesko",
            "Radomsko",
            "Oravsku",
            "Spišsku",
            "sk",
            "",
        ] {
            assert!(!is_czech_area(other), "{other}");
        }
    }
}
