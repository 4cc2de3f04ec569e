//! Folded spellings one slip away: a letter missing, added, wrong, or two neighbours changed over
//! (Damerau-Levenshtein distance 1).
//!
//! The first letter is trusted, since slips there are rare and namesakes there are many.

/// Names shorter than this have too many neighbours.
const SHORTEST: usize = 6;

/// Hands every folded name at distance 1 from `folded`, but for its first letter, to `take`, some twice; none for short names.
pub(super) fn each_neighbour(folded: &str, mut take: impl FnMut(&str)) {
    if !folded.is_ascii() || folded.len() < SHORTEST {
        return;
    }
    let mut put = |near: &[u8]| take(std::str::from_utf8(near).unwrap_or_default());
    let whole = folded.as_bytes();
    for at in 1..=whole.len() {
        let (head, tail) = whole.split_at(at);
        let mut longer = [head, b" ", tail].concat();
        let mut other = whole.to_vec();
        for letter in b'a'..=b'z' {
            longer[at] = letter;
            put(&longer);
            if tail.first().is_some_and(|own| *own != letter) {
                other[at] = letter;
                put(&other);
            }
        }
        if let [_, rest @ ..] = tail {
            put(&[head, rest].concat());
        }
        if let &[first, second, ..] = tail
            && first != second
        {
            (other[at], other[at + 1]) = (second, first);
            put(&other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::each_neighbour;

    fn neighbours(folded: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_neighbour(folded, |near| found.push(near.to_owned()));
        found
    }

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
