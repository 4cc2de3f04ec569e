//! How a mention is shown: not shouted, and in the nominative where another text of the notice has it.
//!
//! Refuses to correct: what no text of the notice has is not written.

use super::mentions::{Mention, Slot};
use super::names::name_at;
use super::text::{Text, fold};
use crate::gazetteer;
use crate::record::Where;

/// The written form: not shouted, and in the nominative where another text has it.
pub fn written(texts: &[&Text], text: &Text, mention: &Mention) -> String {
    let raw = text.words(mention.span.clone());
    let shouted = raw.chars().filter(|char| char.is_alphabetic()).count() >= 3 && raw.chars().all(|char| !char.is_lowercase());
    if shouted {
        return calm(texts, raw);
    }
    if matches!(mention.slot, Slot::Country | Slot::Subject | Slot::Initial) {
        return raw.to_owned();
    }
    let bases = gazetteer::base_forms(raw);
    let nominative = |text: &&Text| {
        let names = (0..text.tokens.len()).filter(|&at| text.tokens[at].capital).filter_map(|at| {
            let end = name_at(text, &[], at)?;
            Some(text.words(text.tokens[at].start..text.tokens[end - 1].end))
        });
        names.into_iter().find(|name| *name != raw && bases.iter().any(|base| base == name)).map(str::to_owned)
    };
    texts.iter().filter(|text| !matches!(text.place, Where::Attachment(_))).find_map(nominative).unwrap_or_else(|| raw.to_owned())
}

/// `ŠTIP` as another text spells it, or with one capital a word.
fn calm(texts: &[&Text], raw: &str) -> String {
    let folded = fold(raw);
    for text in texts.iter().filter(|text| !matches!(text.place, Where::Attachment(_))) {
        for (at, _) in text.shadow.match_indices(&folded) {
            let other = text.words(at..at + folded.len());
            if other != raw && other.chars().any(char::is_lowercase) && other.starts_with(char::is_uppercase) {
                return other.to_owned();
            }
        }
    }
    let mut start = true;
    raw.chars()
        .flat_map(|char| {
            let letter: Vec<char> = if start { vec![char] } else { char.to_lowercase().collect() };
            start = !char.is_alphabetic();
            letter
        })
        .collect()
}
