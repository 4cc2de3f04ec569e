//! Forms of which the word frequencies that the lexicon is made from tell the wrong lemma: plural nouns (`stanovy` is no tent's),
//! months that look like adjectives, verbs that begin with `ne` by nature. The rows stand in `data/certain.tsv`, by hand.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::fold;
use super::token::Spelling;

struct Rows {
    /// Form to lemma.
    accented: HashMap<&'static str, &'static str>,
    /// Folded form to folded lemma.
    folded: HashMap<String, String>,
    /// Folded lemma to the folded adjectives of its family.
    derivations: HashMap<String, Vec<String>>,
}

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let mut rows = Rows { accented: HashMap::new(), folded: HashMap::new(), derivations: HashMap::new() };
    for line in include_str!("data/certain.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(lemma), Some(adjectives), Some(forms)) = (cells.next(), cells.next(), cells.next()) else { continue };
        for form in forms.split(' ') {
            rows.accented.insert(form, lemma);
            rows.folded.insert(fold(form), fold(lemma));
        }
        rows.derivations.insert(fold(lemma), adjectives.split('|').filter(|adjective| !adjective.is_empty()).map(fold).collect());
    }
    rows
});

/// The lemma of a form.
pub(super) fn lemma(form: &str, spelling: Spelling) -> Option<&'static str> {
    match spelling {
        Spelling::Accented => ROWS.accented.get(form).copied(),
        Spelling::Folded => ROWS.folded.get(form).map(String::as_str),
    }
}

/// The adjectives of the family of a folded lemma.
pub(super) fn derivations(lemma: &str) -> Option<&'static [String]> {
    ROWS.derivations.get(lemma).map(Vec::as_slice)
}
