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
    let mut near = String::with_capacity(folded.len() + 1);
    for at in 1..=folded.len() {
        let (head, tail) = folded.split_at(at);
        let mut put = |middle: &[char], tail: &str| {
            near.clear();
            near.push_str(head);
            near.extend(middle);
            near.push_str(tail);
            take(&near);
        };
        for letter in 'a'..='z' {
            put(&[letter], tail);
            if !tail.is_empty() && !tail.starts_with(letter) {
                put(&[letter], &tail[1..]);
            }
        }
        if !tail.is_empty() {
            put(&[], &tail[1..]);
        }
        if let &[first, second, ..] = tail.as_bytes()
            && first != second
        {
            put(&[char::from(second), char::from(first)], &tail[2..]);
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
