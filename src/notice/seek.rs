//! The words of searching: who looks for whom, who is asked, what is over, what only says where.
//!
//! `data/seek.tsv` names the groups. Every reader asks for them, so a text is searched once and keeps its
//! hits; a reader gets those that lie wholly within its range.

use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{Cues, Hit};
use super::text::Text;

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/seek.tsv")));

/// The hits within a range, by position.
pub fn hits<'a>(text: &'a Text, range: Range<usize>) -> impl DoubleEndedIterator<Item = &'a Hit<'static>> {
    let all = text.seeking.get_or_init(|| CUES.find(text, 0..text.shadow.len()));
    let from = all.partition_point(|hit| hit.start < range.start);
    let to = all.partition_point(|hit| hit.start < range.end);
    all[from.min(to)..to].iter().filter(move |hit| hit.end <= range.end)
}

/// The first hit of one group.
pub fn first<'a>(group: &str, text: &'a Text, range: Range<usize>) -> Option<&'a Hit<'static>> {
    hits(text, range).find(|hit| hit.cue.group == group)
}

pub fn has(group: &str, text: &Text, range: Range<usize>) -> bool {
    first(group, text, range).is_some()
}
