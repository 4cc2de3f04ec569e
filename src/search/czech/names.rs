//! Names of towns, which no lexicon holds: the index itself says which there are.
//!
//! A query word is expanded to the capitalised words of the index of which it is a case form, or which are case forms of it.
//! That is exact where a suffix rule must guess (`Bučou` is `Buča`, not a verb). Without diacritics in the query word, forms
//! are compared folded.

use super::fold::{fold, has_diacritics};
use super::nouns::forms;

/// The lowercase surfaces, out of `surfaces`, that share a noun with the lowercase `token`, in the order given.
pub fn expand<'s>(token: &str, surfaces: impl IntoIterator<Item = &'s str>) -> Vec<&'s str> {
    let bare = !has_diacritics(token);
    let shape = |word: &str| if bare { fold(word) } else { word.to_owned() };
    let own: std::collections::HashSet<String> = forms(token).map(|form| shape(&form)).collect();
    surfaces.into_iter().filter(|surface| own.contains(&shape(surface)) || forms(surface).any(|form| shape(&form) == token)).collect()
}
