//! Words that look like place names and are not: they link only where a place is spelled just so.
//!
//! The words of notices about municipalities (`data/common-words.txt`), and adjectives made of
//! countries (`Ukrajinské` is not the town Ukrajinsk).

use super::fold::fold;
use super::mention::countries_in;
use super::terms::{Form, may_begin};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Whether the whole name is such a word.
pub(super) fn is_lookalike(name: &str) -> bool {
    static WORDS: OnceLock<HashSet<&str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| include_str!("data/common-words.txt").lines().filter(|line| !line.starts_with('#')).collect());
    let folded = fold(name);
    words.contains(&*folded)
        || may_begin(&folded)
            && matches!(countries_in(name)[..], [one] if one.form == Form::Adjective && one.start == 0 && one.end == name.len())
}
