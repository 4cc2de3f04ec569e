//! The cues of one text: where it has the words of the data files, by file and position.
//!
//! All files are looked for in one walk. Refuses calls to an event and verbs that seek something else than a partner.

use std::cell::RefCell;
use std::ops::Range;

use super::cues::{Cue, FILES, File, Seek, VOCABULARY, Word, cue_of, is_spoken};
use super::patterns::{Hit, Layers, Memo, Slot, Slots};
use super::text::Text;

/// Code points between an act of seeking, or a country, and the relation that it belongs to.
pub const REACH: usize = 30;

/// The cues of one text, by file and position.
pub struct Cues {
    by_file: [Vec<Hit>; FILES.len()],
}

/// Words stand alone: nothing was annotated before them.
struct Nothing;

impl Layers for Nothing {
    fn fillers(&self, _: Slot, _: usize) -> Vec<(usize, usize)> {
        Vec::new()
    }

    fn slots(&self, _: &Range<usize>) -> Slots {
        Slots::default()
    }

    fn starts(&self, _: Slot, _: &Range<usize>) -> Vec<usize> {
        Vec::new()
    }

    fn is_plain(&self, _: usize) -> bool {
        true
    }
}

impl Cues {
    pub fn of(text: &Text, lang: Option<&str>) -> Self {
        thread_local! { static WORDS: RefCell<Memo> = RefCell::default(); }
        let mut by_file: [Vec<Hit>; FILES.len()] = Default::default();
        let found = WORDS.with_borrow_mut(|words| VOCABULARY.find(text, &text.sentences, &Nothing, words));
        for hit in found.into_iter().filter(|hit| is_spoken(hit, lang)) {
            by_file[file_of(cue_of(&hit)) as usize].push(hit);
        }
        let mut cues = Self { by_file };
        let seeks = cues.sought(text);
        cues.by_file[File::Seek as usize] = seeks;
        cues
    }

    /// The words of searching, without calls to an event and verbs that seek something else.
    fn sought(&self, text: &Text) -> Vec<Hit> {
        let all = &self.by_file[File::Seek as usize];
        let is = |hit: &Hit, seek: Seek| cue_of(hit) == Cue::Seek(seek);
        let objects: Vec<usize> = all.iter().filter(|hit| is(hit, Seek::Object)).map(|hit| hit.start).collect();
        let at = |wanted: Seek| -> Vec<usize> { all.iter().filter(|hit| is(hit, wanted)).map(|hit| hit.start).collect() };
        let (others, relations) = (at(Seek::Other), at(Seek::Relation));
        // `hledá ředitele pro partnerskou kancelář`: what stands first behind the verb is sought.
        let seeks_other = |hit: &Hit| {
            let first = |all: &[usize]| all.iter().copied().find(|&at| hit.start < at && at < hit.start + REACH);
            first(&others).is_some_and(|other| first(&relations).is_none_or(|relation| other < relation))
        };
        let acts = |hit: &Hit| matches!(cue_of(hit), Cue::Seek(Seek::Active | Seek::IfPartner | Seek::IfNoEvent));
        let kept = all.iter().filter(|hit| !(acts(hit) && seeks_other(hit))).filter(|hit| match cue_of(hit) {
            Cue::Seek(Seek::IfNoEvent) => !calls_to_event(text, hit),
            Cue::Seek(Seek::IfPartner) => seeks_partner(text, hit, &objects),
            _ => true,
        });
        kept.cloned().collect()
    }

    /// The hits of a file that lie wholly within a range, by position.
    pub fn hits(&self, file: File, range: Range<usize>) -> impl DoubleEndedIterator<Item = &Hit> {
        let all = &self.by_file[file as usize];
        let from = all.partition_point(|hit| hit.start < range.start);
        let to = all.partition_point(|hit| hit.start < range.end);
        all[from.min(to)..to].iter().filter(move |hit| hit.end <= range.end)
    }

    /// The words of searching within a range, with what they mean.
    pub fn seeking(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = (Seek, &Hit)> {
        self.hits(File::Seek, range).map(|hit| match cue_of(hit) {
            Cue::Seek(Seek::IfNoEvent | Seek::IfPartner) => (Seek::Active, hit),
            Cue::Seek(seek) => (seek, hit),
            _ => unreachable!("the file holds nothing else"),
        })
    }

    /// The first words of one meaning.
    pub fn first(&self, seek: Seek, range: Range<usize>) -> Option<&Hit> {
        self.seeking(range).find(|(other, _)| *other == seek).map(|(_, hit)| hit)
    }

    pub fn has(&self, seek: Seek, range: Range<usize>) -> bool {
        self.first(seek, range).is_some()
    }

    /// Whether a sentence within a range seeks a relation by name: `hledá partnera`, not `hledá ředitele`.
    pub fn seeks_relation(&self, range: Range<usize>) -> bool {
        let mut relations = self.seeking(range.clone()).filter(|(seek, _)| *seek == Seek::Relation).map(|(_, hit)| hit);
        let acts = || self.seeking(range.clone()).filter(|(seek, _)| *seek == Seek::Active).map(|(_, hit)| hit);
        relations.any(|relation| acts().any(|act| act.start <= relation.end + REACH && relation.start <= act.end + REACH))
    }

    /// The first hit of one cue.
    pub fn cue(&self, cue: Cue, range: Range<usize>) -> Option<&Hit> {
        self.hits(file_of(cue), range).find(|hit| cue_of(hit) == cue)
    }

    /// Whether a word of this group begins there; where it ends.
    pub fn word(&self, word: Word, start: usize) -> Option<usize> {
        let all = &self.by_file[File::Word as usize];
        let from = all.partition_point(|hit| hit.start < start);
        all[from..].iter().take_while(|hit| hit.start == start).find(|hit| cue_of(hit) == Cue::Word(word)).map(|hit| hit.end)
    }
}

fn file_of(cue: Cue) -> File {
    match cue {
        Cue::Seek(_) => File::Seek,
        Cue::Sign(..) => File::Sign,
        Cue::Limit(_) => File::Limit,
        Cue::People(_) => File::People,
        Cue::Day(..) => File::Day,
        Cue::Area(_) => File::Area,
        Cue::Theme(_) | Cue::Thing(_) => File::Theme,
        Cue::Nation(..) => File::Nation,
        Cue::Word(_) => File::Word,
    }
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
