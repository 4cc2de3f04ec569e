//! Sound classes: the key that all transliterations of one Cyrillic or Greek-land name share.
//!
//! Czech, English, French, German and Polish writings and the Cyrillic one meet in one alphabet:
//! `C` = č ć ч, `S` = š ш щ, `Z` = ž ж, `c` = ц, `G` = g h ch kh х г, `i` = every front vowel and
//! glide. Two keys: with the ending, and without it (-iv/-ov/-ev, final vowels), asked in that
//! order since the second is looser. Refuses: keys of consonants only; measured, they add errors.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::is_apostrophe;
use crate::lang::fold::letters_of;

/// How much of the name the key keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Kept,
    Dropped,
}

/// Whether names of this country reach Czech through a transliteration: its own script is not Latin, or is Cyrillic as well.
#[rustfmt::skip]
pub fn is_transliterated(country: &str) -> bool {
    matches!(
        country,
        "UA" | "RU" | "BY" | "BG" | "MK" | "RS" | "BA" | "ME" | "XK" | "KZ" | "KG" | "UZ" | "TJ" | "TM" | "GE" | "AM" | "AZ" | "MD" | "GR"
            | "CY" | "IL" | "PS" | "LB" | "SY" | "JO" | "EG" | "MN"
    )
}

/// Letter groups of Latin transliterations, longest first. `ch` is added for each of its two readings.
const GROUPS: &[(&str, &str)] = &[
    ("schtschj", "S"),
    ("schtsch", "S"),
    ("shchj", "S"),
    ("chtch", "S"),
    ("stsch", "S"),
    ("shch", "S"),
    ("szcz", "S"),
    ("dsch", "Z"),
    ("tsch", "C"),
    ("dzh", "Z"),
    ("tch", "C"),
    ("tsj", "C"),
    ("sch", "S"),
    ("SC", "S"),
    ("dZ", "Z"),
    ("cz", "C"),
    ("sh", "S"),
    ("sz", "S"),
    ("sj", "S"),
    ("zh", "Z"),
    ("tz", "c"),
    ("ts", "c"),
    ("kh", "G"),
    ("ph", "f"),
    ("x", "ks"),
];

/// The letters with which groups begin.
const BEGIN: [char; 9] = ['s', 'c', 'd', 't', 'S', 'z', 'k', 'p', 'x'];

/// The keys of a name: one, or two where a Latin `ch` may be a Czech х or an English ч.
pub fn keys(name: &str, ending: Ending) -> Vec<String> {
    let lower = name.chars().filter(|&c| !is_apostrophe(c)).flat_map(char::to_lowercase);
    let mut latin = String::with_capacity(name.len());
    // Nothing below the combining marks can be composed (UAX 15).
    if name.chars().all(|c| c < '\u{300}') {
        lower.for_each(|c| push_latin(c, &mut latin));
    } else {
        let plain: String = lower.nfc().collect();
        if plain.chars().any(is_cyrillic) {
            for c in plain.chars() {
                latin.push_str(cyrillic(c).unwrap_or_else(|| if c.is_alphanumeric() { "?" } else { " " }));
            }
            return if latin.contains('?') { Vec::new() } else { vec![finish(&latin, ending)] };
        }
        plain.chars().for_each(|c| push_latin(c, &mut latin));
    }
    if !latin.is_ascii() {
        return Vec::new();
    }
    let czech = finish(&group(&latin, "G"), ending);
    if !latin.contains("ch") {
        return vec![czech];
    }
    let english = finish(&group(&latin, "C"), ending);
    if english == czech { vec![czech] } else { vec![czech, english] }
}

fn is_cyrillic(c: char) -> bool {
    ('а'..='џ').contains(&c) || c == 'ґ'
}

/// A Latin letter with its mark read as a sound class; other signs become a blank.
fn push_latin(c: char, latin: &mut String) {
    match c {
        'č' | 'ć' | 'ç' => latin.push('C'),
        'š' | 'ś' | 'ş' | 'ș' => latin.push('S'),
        'ž' | 'ź' | 'ż' => latin.push('Z'),
        'ŭ' => latin.push('v'),
        'a'..='z' | '0'..='9' => latin.push(c),
        _ if is_combining_mark(c) => {}
        _ => latin.extend(letters_of(c).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })),
    }
}

/// Replaces letter groups, the longest at each letter, and `ch` by `reading`.
fn group(latin: &str, reading: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut rest = latin;
    while let Some(first) = rest.chars().next() {
        let known = if BEGIN.contains(&first) { GROUPS.iter().find(|(group, _)| rest.starts_with(group)) } else { None };
        if let Some((group, class)) = known {
            out.push_str(class);
            rest = &rest[group.len()..];
        } else if let Some(after) = rest.strip_prefix("ch") {
            out.push_str(reading);
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// Merges letters into classes, words parted by single blanks; the last step of both scripts.
fn finish(classes: &str, ending: Ending) -> String {
    let mut words = classes.split_whitespace().peekable();
    let mut merged = String::with_capacity(classes.len());
    while let Some(word) = words.next() {
        let is_last = words.peek().is_none();
        let word = merge(word, is_last);
        merged.push_str(&if ending == Ending::Dropped { drop_ending(&word) } else { word });
        merged.push_str(if is_last { "" } else { " " });
    }
    merged
}

fn merge(word: &str, is_last: bool) -> String {
    let letters: Vec<u8> = word
        .bytes()
        .map(|b| match b {
            b'w' => b'v',
            b'g' | b'h' => b'G',
            b'q' => b'k',
            b'e' | b'y' | b'j' => b'i',
            other => other,
        })
        .collect();
    let mut out: Vec<u8> = Vec::with_capacity(letters.len());
    for (at, &b) in letters.iter().enumerate() {
        let next = letters[at + 1..].iter().copied().find(|&n| n != b'i' || b != b'i');
        // French `ou`; a glide before a back vowel (ja, ya, ia); doubled letters.
        let is_french = b == b'o' && letters.get(at + 1) == Some(&b'u') && !(is_last && at + 2 == letters.len());
        let is_glide = b == b'i' && matches!(next, Some(b'a' | b'o' | b'u'));
        if !is_french && !is_glide && out.last() != Some(&b) {
            out.push(b);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Drops -iv, -ov, -ev (but for the v) and final vowels, leaving at least two letters.
pub(super) fn drop_ending(word: &str) -> String {
    let is_vowel = |c: char| matches!(c, 'a' | 'i' | 'o' | 'u');
    if let Some(stem) = word.strip_suffix('v') {
        let bare = stem.trim_end_matches(['i', 'o', 'u']);
        let kept = bare.len().max(stem.len().min(2));
        if kept < stem.len() {
            return format!("{}v", &stem[..kept]);
        }
    }
    let bare = word.trim_end_matches(is_vowel);
    word[..bare.len().max(word.len().min(2))].to_owned()
}

/// A Cyrillic letter (Ukrainian, Russian, Belarusian, Bulgarian, Serbian, Macedonian) as a sound class.
fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' | 'ў' => "v",
        'г' | 'ґ' | 'ѓ' | 'х' => "G",
        'д' | 'ђ' => "d",
        'е' | 'є' | 'и' | 'і' | 'ї' | 'й' | 'ј' | 'ы' | 'э' => "i",
        'ё' | 'о' => "o",
        'ж' | 'џ' => "Z",
        'з' | 'ѕ' => "z",
        'к' | 'ќ' => "k",
        'л' => "l",
        'љ' => "li",
        'м' => "m",
        'н' => "n",
        'њ' => "ni",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' | 'ч' => "C",
        'у' => "u",
        'ф' => "f",
        'ц' => "c",
        'ш' | 'щ' => "S",
        'ъ' | 'ь' => "",
        'ю' => "iu",
        'я' => "ia",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, Ending, GROUPS, keys};

    fn share(one: &str, other: &str, ending: Ending) -> bool {
        keys(one, ending).iter().any(|key| keys(other, ending).contains(key))
    }

    #[test]
    fn spellings_of_five_languages_meet() {
        for name in ["Чернівці", "Chernivtsi", "Tcherniwtsi", "Czerniwci", "Tschernivtsi"] {
            assert!(share(name, "Černivci", Ending::Kept), "{name}");
        }
        for (one, other) in [
            ("Żytomierz", "Žytomierz"),
            ("Хмельницький", "Khmelnytskyi"),
            ("Хмельницький", "Chmelnyckyj"),
            ("Šumen", "Шумен"),
            ("Ćuprija", "Ћуприја"),
            ("Щастя", "Shchastia"),
            ("Щастя", "Ščasťa"),
            ("Yalta", "Jalta"),
            ("Kirdzhali", "Кърджали"),
            ("Nadwórna", "Nadvirna"),
        ] {
            assert_eq!(share(one, other, Ending::Kept), one != "Kirdzhali" && one != "Nadwórna", "{one} {other}");
        }
    }

    #[test]
    fn dropped_endings_join_russian_and_ukrainian_names() {
        assert!(share("Nikolajev", "Nikolajiv", Ending::Dropped));
        assert!(share("Chernigov", "Černihiv", Ending::Dropped));
        assert!(share("Чернігів", "Чернигов", Ending::Dropped));
        assert!(!share("Chernigov", "Černihiv", Ending::Kept));
    }

    #[test]
    fn every_group_begins_with_one_of_the_letters() {
        assert!(GROUPS.iter().all(|(group, _)| group.starts_with(BEGIN)));
    }

    #[test]
    fn other_scripts_have_no_key() {
        for name in ["დმანისი", "Ηράκλειο", "תל אביב"] {
            assert_eq!(keys(name, Ending::Kept), Vec::<String>::new());
        }
        assert_eq!(keys("", Ending::Kept), [""]);
    }
}
