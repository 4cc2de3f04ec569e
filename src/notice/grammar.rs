//! The grammar: how names, countries and words of searching stand together (`data/grammar.tsv`).
//!
//! A row is a pattern over what was annotated; where it holds it makes a frame, and a frame says one thing of the names
//! and countries in its slots. Refuses to choose: of frames that disagree the resolver's weights decide.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::annotation::Cues;
use super::cues::{Cue, File, Seek, Word, cue_of, named};
use super::patterns::{Hit, Layers, Memo, Patterns, Slot};
use super::text::Text;
use crate::lang::rows;

/// What a frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// The first name is, or is not, one that seeks: evidence for or against.
    Seeker,
    /// The first name lies in the country.
    Country,
    /// The first name is a part of the second.
    Part,
    /// The first name is of what holds many municipalities.
    Region,
    /// The name is only where something is near.
    Near,
    /// The name is asked as a partner, or near which one is.
    Asked,
    /// The name says where something is.
    Located,
}

/// How the first name of a row stands, whatever the row says of it; the data file tells what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Town,
    Oblique,
    Nominative,
    Person,
    Placed,
    Bare,
}

/// A row of the grammar found in a text.
#[derive(Clone, Debug)]
pub struct Frame {
    pub row: usize,
    pub says: Says,
    /// Numbers of the names (or lists of names) in its slots.
    pub names: Vec<usize>,
    pub nation: Option<usize>,
}

static GRAMMAR: LazyLock<Patterns<Says>> = LazyLock::new(|| {
    let rows = rows(include_str!("data/grammar.tsv"));
    Patterns::new(rows.map(|row| (row[0].to_owned(), named(row[1]), row[2])), slot)
});

/// What each row says of its name's seeking before anything is learned, in logits.
static PRIORS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let prior = |row: Vec<&str>| row[3].parse().unwrap_or_else(|_| panic!("{}: the fourth column is a number", row[0]));
    rows(include_str!("data/grammar.tsv")).map(prior).collect()
});
static STANCES: LazyLock<Vec<Vec<Stance>>> = LazyLock::new(|| {
    let stances = |row: Vec<&str>| row[4].split(',').filter(|stance| *stance != "-").map(named).collect();
    rows(include_str!("data/grammar.tsv")).map(stances).collect()
});

/// From here on a row tells by itself that its name seeks, or that it does not.
const TELLING: f64 = 2.0;
const AGAINST: f64 = -1.5;

/// Groups of the vocabulary that the grammar may name.
const GROUPS: [(&str, Group); 17] = [
    ("SEEK", Group::Seek(Seek::Active)),
    ("INVITE", Group::Seek(Seek::Invite)),
    ("OBJECT", Group::Seek(Seek::Object)),
    ("EXISTING", Group::Seek(Seek::Existing)),
    ("DONE", Group::Seek(Seek::Done)),
    ("NEAR", Group::Seek(Seek::Near)),
    ("INSTITUTION", Group::Seek(Seek::Institution)),
    ("TOWN", Group::Word(Word::Town)),
    ("TOWNS", Group::Word(Word::Towns)),
    ("PART", Group::Word(Word::Part)),
    ("REGION", Group::Word(Word::Region)),
    ("EPITHET", Group::Word(Word::Epithet)),
    ("LIGHT", Group::Word(Word::Light)),
    ("OFFICE", Group::Word(Word::Office)),
    ("WRITES", Group::Word(Word::Writes)),
    ("TELLS", Group::Word(Word::Tells)),
    ("CALLED", Group::Word(Word::Called)),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Seek(Seek),
    Word(Word),
}

fn slot(name: &str) -> Option<Slot> {
    match name {
        "NAME" => Some(Slot::Name),
        "NATION" => Some(Slot::Nation),
        "COUNTRY" => Some(Slot::Country),
        "ADJECTIVE" => Some(Slot::Adjective),
        _ => GROUPS.iter().position(|(group, _)| *group == name).map(Slot::Group),
    }
}

/// Rows of the grammar, by number: what weights and evidence call them.
pub fn row(number: usize) -> &'static str {
    &GRAMMAR.rows[number].id
}

/// Whether a row by itself says that its name seeks.
pub fn tells_seeker(number: usize) -> bool {
    PRIORS[number] >= TELLING
}

/// Whether a row by itself says that its name is another's partner.
pub fn tells_partner(number: usize) -> bool {
    PRIORS[number] <= AGAINST
}

/// Whether a row puts its name so.
pub fn puts(number: usize, stance: Stance) -> bool {
    STANCES[number].contains(&stance)
}

pub fn number_of_rows() -> usize {
    GRAMMAR.rows.len()
}

/// Sentences of a body that may still introduce who seeks.
pub const OPENING: usize = 14;

/// Every frame in these sentences of a text.
pub fn frames(text: &Text, sentences: &[Range<usize>], layers: &impl Layers) -> Vec<Frame> {
    thread_local! { static WORDS: RefCell<Memo> = RefCell::default(); }
    WORDS.with_borrow_mut(|words| GRAMMAR.find(text, sentences, layers, words)).iter().map(frame).collect()
}

fn frame(hit: &Hit) -> Frame {
    let names = hit.slots.iter().filter(|(slot, _)| *slot == Slot::Name).map(|(_, number)| *number).collect();
    let is_nation = |(slot, _): &&(Slot, usize)| matches!(slot, Slot::Nation | Slot::Country | Slot::Adjective);
    let nation = hit.slots.iter().find(is_nation).map(|(_, number)| *number);
    Frame { row: hit.row, says: GRAMMAR.rows[hit.row].meaning, names, nation }
}

/// Where the words of a group that begin at an offset end.
pub fn ends(cues: &Cues, group: usize, start: usize) -> Vec<(usize, usize)> {
    match GROUPS[group].1 {
        Group::Seek(seek) => {
            let here = cues.seeking(start..usize::MAX).take_while(|(_, hit)| hit.start == start);
            here.filter(|(other, _)| *other == seek).map(|(_, hit)| (hit.end, 0)).collect()
        }
        Group::Word(word) => cues.word(word, start).map(|end| (end, 0)).into_iter().collect(),
    }
}

/// The groups whose words begin within a range.
pub fn groups(cues: &Cues, range: &Range<usize>) -> impl Iterator<Item = Slot> {
    let begun = |file: File| cues.hits(file, range.start..usize::MAX).take_while(|hit| hit.start < range.end);
    let group = |hit: &Hit| match cue_of(hit) {
        Cue::Seek(Seek::IfNoEvent | Seek::IfPartner) => Some(Group::Seek(Seek::Active)),
        Cue::Seek(seek) => Some(Group::Seek(seek)),
        Cue::Word(word) => Some(Group::Word(word)),
        _ => None,
    };
    let groups = begun(File::Seek).chain(begun(File::Word)).filter_map(group);
    groups.filter_map(|group| GROUPS.iter().position(|(_, known)| *known == group).map(Slot::Group))
}

/// Where the words of a group begin within a range.
pub fn starts(cues: &Cues, group: usize, range: &Range<usize>) -> Vec<usize> {
    let mut starts: Vec<usize> = match GROUPS[group].1 {
        Group::Seek(seek) => cues.seeking(range.clone()).filter(|(other, _)| *other == seek).map(|(_, hit)| hit.start).collect(),
        Group::Word(word) => {
            let cue = Cue::Word(word);
            cues.hits(File::Word, range.clone()).filter(|hit| cue_of(hit) == cue).map(|hit| hit.start).collect()
        }
    };
    starts.dedup();
    starts
}
