//! What happens to a Czech stem before an ending: palatalisation (Praha, Praze), shortening (dům, domu), the fleeting `e`
//! (Korec, Korce) and the genitive plural without an ending (Litoměřice, Litoměřic).
//!
//! Rules of spelling, not of etymology: where two outcomes are possible, both are given.

pub(super) fn is_vowel(c: char) -> bool {
    "aeiouyáéěíóúůý".contains(c)
}

/// The word without its last character, and that character.
pub(super) fn split_last(word: &str) -> Option<(&str, char)> {
    let last = word.chars().next_back()?;
    Some((&word[..word.len() - last.len_utf8()], last))
}

/// The first replacement whose left side ends the stem; `None` if none does.
fn replace(stem: &str, pairs: &[(&str, &str)]) -> Option<String> {
    pairs.iter().find_map(|(from, to)| stem.strip_suffix(from).map(|head| format!("{head}{to}")))
}

/// Stem with the `-e`, `-ě` of the locative.
pub(super) fn with_e(stem: &str) -> String {
    replace(stem, &[("ch", "še"), ("k", "ce"), ("h", "ze"), ("g", "ze"), ("r", "ře")])
        .unwrap_or_else(|| format!("{stem}{}", if stem.ends_with(['d', 't', 'n', 'b', 'p', 'v', 'm', 'f']) { 'ě' } else { 'e' }))
}

/// Stem with the `-i` of the nominative plural.
pub(super) fn with_i(stem: &str) -> String {
    replace(stem, &[("ch", "ši"), ("k", "ci"), ("h", "zi"), ("g", "zi"), ("r", "ři")]).unwrap_or_else(|| format!("{stem}i"))
}

/// Stem with the endings of the locative plural.
pub(super) fn in_plural(stem: &str) -> Vec<String> {
    match replace(stem, &[("ch", "ších"), ("k", "cích"), ("h", "zích"), ("g", "zích")]) {
        Some(soft) if stem.ends_with("ch") => vec![soft],
        Some(soft) => vec![soft, format!("{stem}ách")],
        None => vec![format!("{stem}ech")],
    }
}

/// Soft stem before `-e`: ň, ť, ď lose their mark to it.
pub(super) fn soft_e(stem: &str) -> String {
    replace(stem, &[("ň", "ně"), ("ť", "tě"), ("ď", "dě")]).unwrap_or_else(|| format!("{stem}e"))
}

/// Soft stem before `-i`, `-í`.
pub(super) fn soft_i(stem: &str, ending: &str) -> String {
    replace(stem, &[("ň", "n"), ("ť", "t"), ("ď", "d")]).unwrap_or_else(|| stem.to_owned()) + ending
}

/// The stem with its last vowel shortened, in every way it may be; empty if that vowel is short.
pub(super) fn shorten(stem: &str) -> Vec<String> {
    let Some((at, vowel)) = stem.char_indices().rev().find(|&(_, c)| is_vowel(c)) else { return Vec::new() };
    let (head, tail) = (&stem[..at], &stem[at + vowel.len_utf8()..]);
    let short: &[&str] = match vowel {
        'á' => &["a"],
        'í' => &["i", "ě", "e"],
        'ý' => &["y"],
        'ů' => &["o"],
        'ú' => &["u"],
        'é' => &["e"],
        'u' if head.ends_with('o') => return vec![format!("{}u{tail}", &head[..head.len() - 1])],
        _ => &[],
    };
    short.iter().map(|vowel| format!("{head}{vowel}{tail}")).collect()
}

/// The stem without the `e` before its last consonant (Korec, Korc-), if it can flee.
pub(super) fn without_fleeting_e(stem: &str) -> Option<String> {
    let (head, last) = split_last(stem)?;
    let (head, e) = split_last(head)?;
    let (_, before) = split_last(head)?;
    match e {
        'e' if !is_vowel(before) && "kclmnrtvšňbď".contains(last) => Some(format!("{head}{last}")),
        'ě' if "kcnť".contains(last) && head.chars().nth(1).is_some() => {
            Some(format!("{}{last}", replace(head, &[("n", "ň"), ("t", "ť"), ("d", "ď")]).unwrap_or_else(|| head.to_owned())))
        }
        _ => None,
    }
}

/// The genitive plural without an ending, in every way it may be.
pub(super) fn bare_plural(stem: &str) -> Vec<String> {
    let mut found = vec![stem.to_owned()];
    if let Some((head, last)) = split_last(stem)
        && "kbnmlrvc".contains(last)
        && head.chars().next_back().is_some_and(|c| !is_vowel(c))
    {
        found.push(soft_e(head) + last.encode_utf8(&mut [0; 4]));
    }
    found.extend(shorten(stem));
    found
}
