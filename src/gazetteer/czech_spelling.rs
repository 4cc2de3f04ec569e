//! Cyrillic names in Czech letters (ČSN 01 0185 in its everyday form), so that a town is found by
//! the spelling a Czech would type even where GeoNames lists only English ones.
//!
//! `и`, `г`, `щ` and `ъ` differ by language, which is told by the country. Refuses: other scripts.

/// A Cyrillic name as a Czech writes it, in lower case; none for another script.
pub(super) fn czech(name: &str, country: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        out.push_str(match (c, country) {
            ('и', "UA") | ('ы', _) => "y",
            ('г', "UA" | "BY") => "h",
            ('щ', "BG") => "št",
            ('ъ', "BG") | ('а', _) => "a",
            ('б', _) => "b",
            ('в' | 'ў', _) => "v",
            ('г' | 'ґ', _) => "g",
            ('ѓ' | 'ђ', _) => "ď",
            ('д', _) => "d",
            ('е' | 'э', _) => "e",
            ('є', _) => "je",
            ('ё', _) => "jo",
            ('ж', _) => "ž",
            ('з', _) => "z",
            ('ѕ', _) => "dz",
            ('и' | 'і', _) => "i",
            ('ї', _) => "ji",
            ('й' | 'ј', _) => "j",
            ('к', _) => "k",
            ('ќ' | 'ћ', _) => "ć",
            ('л', _) => "l",
            ('љ', _) => "lj",
            ('м', _) => "m",
            ('н', _) => "n",
            ('њ', _) => "nj",
            ('о', _) => "o",
            ('п', _) => "p",
            ('р', _) => "r",
            ('с', _) => "s",
            ('т', _) => "t",
            ('у', _) => "u",
            ('ф', _) => "f",
            ('х', _) => "ch",
            ('ц', _) => "c",
            ('ч', _) => "č",
            ('џ', _) => "dž",
            ('ш', _) => "š",
            ('щ', _) => "šč",
            ('ъ' | 'ь' | '’' | 'ʼ' | '\'', _) => "",
            ('ю', _) => "ju",
            ('я', _) => "ja",
            (' ', _) => " ",
            ('-', _) => "-",
            _ => return None,
        });
    }
    Some(out)
}

/// A name in the country's own language: no letter of its neighbours'.
pub(super) fn is_own_language(name: &str, country: &str) -> bool {
    let foreign: &[char] = match country {
        "UA" => &['ы', 'э', 'ё', 'ъ'],
        "RU" => &['і', 'ї', 'є', 'ґ', 'ў', 'ј'],
        "BY" => &['и', 'щ', 'ї', 'є'],
        "BG" => &['ы', 'э', 'ј', 'і'],
        _ => &['й', 'щ', 'ъ', 'ы', 'ь', 'э', 'ю', 'я', 'і'],
    };
    !name.to_lowercase().contains(foreign)
}

#[cfg(test)]
mod tests {
    use super::{czech, is_own_language};

    #[test]
    fn letters_follow_the_language_of_the_country() {
        for (name, country, expected) in [
            ("Ужгород", "UA", "užhorod"),
            ("Житомир", "UA", "žytomyr"),
            ("Нижний Тагил", "RU", "nižnij tagil"),
            ("Търговище", "BG", "targovište"),
            ("Чачак", "RS", "čačak"),
            ("Гродна", "BY", "hrodna"),
        ] {
            assert_eq!(czech(name, country).as_deref(), Some(expected));
        }
        assert_eq!(czech("Brno", "UA"), None);
        assert!(is_own_language("Їжакове", "UA") && !is_own_language("Выборг", "UA"));
    }
}
