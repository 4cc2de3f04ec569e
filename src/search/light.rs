//! Light stems for texts that are not Czech.
//!
//! Slovak: case endings of nouns and adjectives, after the light stemmer of Dolamic and Savoy for Czech (2009). English:
//! the S-stemmer of Harman (1991). Both work on folded words and mark their stems with the language.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Slovak,
    English,
}

/// Longest first; what remains has at least three letters.
const SLOVAK: &[&str] = &[
    "ejsimi", "ejsich", "encami", "iami", "iach", "eho", "emu", "ami", "ach", "och", "ovi", "ych", "ymi", "imi", "ich", "iou", "iam", "mi",
    "om", "ou", "ym", "im", "am", "ov", "ej", "ia", "iu", "ie", "a", "e", "i", "o", "u", "y",
];

impl Language {
    pub const ALL: [Self; 2] = [Self::Slovak, Self::English];

    /// The language with a chain of its own behind an ISO 639-1 code.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "sk" => Some(Self::Slovak),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Stem of a folded word, marked with the language.
    pub fn stem(self, folded: &str) -> String {
        match self {
            Self::Slovak => format!("sk~{}", slovak(folded)),
            Self::English => format!("en~{}", english(folded)),
        }
    }
}

fn slovak(word: &str) -> &str {
    SLOVAK.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3)).unwrap_or(word)
}

fn english(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match word {
        _ if word.len() < 4 || !word.ends_with('s') || ends(&["us", "ss"]) => word.to_owned(),
        _ if word.ends_with("ies") && !ends(&["eies", "aies"]) => format!("{}y", &word[..word.len() - 3]),
        _ => word[..word.len() - 1].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_a_slovak_noun_meet() {
        for form in ["mesto", "mesta", "mestom", "mestach", "mestami", "mestu"] {
            assert_eq!(Language::Slovak.stem(form), "sk~mest", "{form}");
        }
    }

    #[test]
    fn plurals_of_an_english_noun_meet() {
        for (plural, singular) in [("towns", "town"), ("municipalities", "municipality"), ("services", "service")] {
            assert_eq!(Language::English.stem(plural), Language::English.stem(singular));
        }
        assert_eq!(Language::English.stem("campus"), "en~campus");
    }
}
