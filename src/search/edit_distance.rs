//! How far two words are apart: letters missing, added, wrong or changed over (Damerau-Levenshtein distance, optimal string
//! alignment). Refuses to know words: which of them are worth comparing is for `suggest.rs` and the query's fields.

/// Edits between the words, if there are no more than `most`.
pub fn within(a: &str, b: &str, most: usize) -> Option<usize> {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    distance(&letters(a), &letters(b), most)
}

/// What stands beside the name that is nearest to a word, if one is near enough: a third of its letters wrong at most, or two
/// thirds of them right from the first on.
pub fn nearest<'n, T>(word: &str, names: impl IntoIterator<Item = (T, &'n str)>) -> Option<T> {
    let most = (word.chars().count() / 3).clamp(1, 3);
    let begun = |name: &str| {
        let shared = word.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        (3 * shared >= 2 * word.chars().count()).then_some(most + 1)
    };
    let near = names.into_iter().filter_map(|(of, name)| Some((within(word, name, most).or_else(|| begun(name))?, of)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, of)| of)
}

/// Edits between the words, if there are no more than `most`.
pub fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // The row before last, the last, and the one that is made.
    let (mut before, mut next) = (vec![0; b.len() + 1], vec![0; b.len() + 1]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        next[0] = i;
        for j in 1..=b.len() {
            let replaced = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = replaced.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        if next.iter().all(|edits| *edits > most) {
            return None;
        }
        std::mem::swap(&mut before, &mut row);
        std::mem::swap(&mut row, &mut next);
    }
    Some(row[b.len()]).filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_changed_places_are_one_edit() {
        assert_eq!(within("tursitika", "turistika", 2), Some(1));
        assert_eq!(within("turstika", "turistika", 2), Some(1));
        assert_eq!(within("turistika", "turistika", 2), Some(0));
        assert_eq!(within("tur", "turistika", 2), None);
        assert_eq!(within("abcdef", "fedcba", 2), None);
    }

    #[test]
    fn the_nearest_name_is_found_or_none() {
        let names = [(1, "kind"), (2, "country"), (3, "population")];
        assert_eq!(nearest("kinds", names), Some(1));
        assert_eq!(nearest("contrys", names), Some(2));
        assert_eq!(nearest("populace", names), Some(3));
        assert_eq!(nearest("foo", names), None);
    }
}
