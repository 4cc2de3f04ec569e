//! Folding: the spelling that two writings of one name share when only marks and case differ.
//!
//! Letters are folded as everywhere (`lang::fold`); apostrophes and quotes go, hyphens and other signs become blanks.
//! Refuses: transliteration, which is `sound`'s matter.

use crate::lang::fold::letters_of;
use crate::lang::text::is_letter;

/// Lower case without marks, words parted by single blanks: `Trezzo sull´Adda` gives `trezzo sulladda`.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_onto(name, &mut folded);
    folded
}

/// Appends the folded name.
pub(super) fn fold_onto(name: &str, folded: &mut String) {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.extend(name.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    each_folded(name, |c| {
        folded.push(c);
        true
    });
}

/// Whether a name folds to this, told at the first letter that differs: most names of a candidate do not.
pub(super) fn folds_to(name: &str, folded: &str) -> bool {
    let mut rest = folded.chars();
    each_folded(name, |c| rest.next() == Some(c)) && rest.next().is_none()
}

/// Signs that stand inside a word and carry no letter: every kind of apostrophe, prime and quote.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(&*letters_of(c), "'" | "\"")
}

/// Hands on the letters and blanks of the folded name until one is not wanted; whether all were.
fn each_folded(name: &str, mut wants: impl FnMut(char) -> bool) -> bool {
    let (mut begun, mut gap) = (false, false);
    for c in name.chars() {
        if c.is_ascii_alphanumeric() && !gap {
            begun = true;
            if !wants(c.to_ascii_lowercase()) {
                return false;
            }
            continue;
        }
        for letter in letters_of(c).chars() {
            if is_letter(letter) || letter.is_numeric() {
                begun = true;
                if std::mem::take(&mut gap) && !wants(' ') || !wants(letter) {
                    return false;
                }
            } else if !matches!(letter, '\'' | '"') {
                gap = begun;
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn marks_apostrophes_hyphens_and_case_do_not_count() {
        for (written, folded) in [
            ("Győr", "gyor"),
            ("ŽĎÁR nad Sázavou", "zdar nad sazavou"),
            ("Bourg-en-Bresse", "bourg en bresse"),
            ("L´Aquila", "laquila"),
            ("L’Aquila", "laquila"),
            ("Łódź", "lodz"),
            ("Søborg", "soborg"),
            ("İzmir", "izmir"),
            ("Diyarbakır", "diyarbakir"),
            (" –Ålesund. ", "alesund"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }
}
