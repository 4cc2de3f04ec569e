//! nouns
/// forms
pub fn forms(noun: &str) -> impl Iterator<Item = String> {
    std::iter::once(noun.to_owned())
}
