//! The words of searching: who looks for whom, who is asked, what is over, what only says where.
//!
//! `data/seek.tsv` names the groups; of a call (`zve`) and of a bare verb (`hledá`) the rest of the sentence
//! says whether it is a partner that they are about. Every reader asks for them, so a text is searched once
//! and keeps its hits; a reader gets those that lie wholly within its range.

use std::ops::Range;
use std::sync::LazyLock;

use super::cues::{Cues, Hit};
use super::text::Text;

static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(include_str!("data/seek.tsv")));

/// The hits within a range, by position.
pub fn hits<'a>(text: &'a Text, range: Range<usize>) -> impl DoubleEndedIterator<Item = &'a Hit<'static>> {
    let all = text.seeking.get_or_init(|| {
        let mut hits = CUES.find(text, 0..text.shadow.len());
        let objects: Vec<usize> = hits.iter().filter(|hit| hit.cue.group == "object").map(|hit| hit.start).collect();
        hits.retain(|hit| match hit.cue.value {
            "call" => !calls_to_event(text, hit),
            "bare" => seeks_partner(text, hit, &objects),
            _ => true,
        });
        hits
    });
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

/// `hledá experta` is no search for a partner; a verb with which the text ends leaves it open.
fn seeks_partner(text: &Text, hit: &Hit, objects: &[usize]) -> bool {
    let sentence = text.sentence_at(hit.start);
    let rest = &text.shadow[hit.end..sentence.end.max(hit.end)];
    let ends = !rest.contains(|char: char| char.is_ascii_alphabetic());
    ends || text.shadow[sentence.clone()].contains("partner") || objects.iter().any(|&at| hit.end <= at && at < sentence.end)
}

/// `zveme obce na konferenci` calls to an event, `zve české obce` and `zve obce ke spolupráci` to a partnership.
fn calls_to_event(text: &Text, hit: &Hit) -> bool {
    let end = text.sentence_at(hit.start).end;
    [" na ", " do ", " k ucasti", " k navsteve", " to "].iter().any(|to| text.shadow[hit.end..end.max(hit.end)].contains(to))
}
