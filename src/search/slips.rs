//! Slips of the finger between two words: letters missing, added, wrong or changed over (Damerau-Levenshtein distance,
//! optimal string alignment). Refuses to know words: which of them are worth comparing is for `suggest.rs`.

/// Number of slips between the words, if there are no more than `most`.
pub fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before = vec![0; b.len() + 1];
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = replaced.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        if next.iter().all(|slips| *slips > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    Some(row[b.len()]).filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(a: &str, b: &str) -> Option<usize> {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2)
    }

    #[test]
    fn neighbours_that_changed_places_are_one_slip() {
        assert_eq!(slips("tursitika", "turistika"), Some(1));
        assert_eq!(slips("turstika", "turistika"), Some(1));
        assert_eq!(slips("turistika", "turistika"), Some(0));
        assert_eq!(slips("tur", "turistika"), None);
        assert_eq!(slips("abcdef", "fedcba"), None);
    }
}
