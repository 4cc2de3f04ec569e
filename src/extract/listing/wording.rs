//! Whether a leaf says something of its own, in words.

use super::column::Table;
use super::context::Context;
use super::phrases::Class;
use super::text::has_words;

/// Says something of its own: letters that are no label and no phrase.
pub fn is_lettered(context: &Context, table: &Table, leaf: usize) -> bool {
    let text = context.texts.whole(leaf);
    text.contains(char::is_alphabetic) && context.classes[leaf] == Class::None && !table.is_label(text)
}

/// The same in words, not in a number or a code.
pub fn is_worded(context: &Context, table: &Table, leaf: usize) -> bool {
    is_lettered(context, table, leaf) && has_words(context.texts.whole(leaf))
}

pub fn words_in(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
