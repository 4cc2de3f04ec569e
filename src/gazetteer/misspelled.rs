//! Folded spellings one slip away: a letter missing, added, wrong, or two neighbours changed over
//! (Damerau-Levenshtein distance 1).
//!
//! The first letter is trusted, since slips there are rare and namesakes there are many.

/// Names shorter than this have too many neighbours.
const SHORTEST: usize = 6;

/// All folded names at distance 1 from `folded`, but for its first letter; none for short names.
pub(super) fn neighbours(folded: &str) -> Vec<String> {
    if !folded.is_ascii() || folded.len() < SHORTEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 1..=folded.len() {
        let (head, tail) = folded.split_at(at);
        for letter in 'a'..='z' {
            found.push(format!("{head}{letter}{tail}"));
            if !tail.is_empty() && !tail.starts_with(letter) {
                found.push(format!("{head}{letter}{}", &tail[1..]));
            }
        }
        if !tail.is_empty() {
            found.push(format!("{head}{}", &tail[1..]));
        }
        if let &[first, second, ..] = tail.as_bytes()
            && first != second
        {
            found.push(format!("{head}{}{}{}", char::from(second), char::from(first), &tail[2..]));
        }
    }
    found.sort();
    found.dedup();
    found.retain(|name| name != folded);
    found
}

#[cfg(test)]
mod tests {
    use super::neighbours;

    #[test]
    fn one_slip_behind_the_first_letter_is_covered() {
        let found = neighbours("poltava");
        for slip in ["poltva", "polltava", "poltaba", "potlava", "poltav", "poltavaa"] {
            assert!(found.contains(&slip.to_owned()), "{slip}");
        }
        for far in ["poltava", "oltava", "boltava", "plotaav"] {
            assert!(!found.contains(&far.to_owned()), "{far}");
        }
    }

    #[test]
    fn short_and_non_latin_names_have_none() {
        assert!(neighbours("chust").is_empty());
        assert!(neighbours("полтава").is_empty());
    }
}
