//! Cues: what the words of the data files mean, and where a text has them.
//!
//! Every file has its groups as an enum, checked at load; all files are looked for in one walk over a text, and its
//! cues are kept by file. Refuses to decide: a cue says what a word means, not what the notice is.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::patterns::{Hit, Layers, Memo, Patterns, Row, Slot};
use super::text::{Text, fold};
use crate::gazetteer::Form;
use crate::lang::rows;
use crate::record::{Qualifier, Theme};

/// The words of searching (`data/seek.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seek {
    /// A party looks for a partner or offers itself.
    #[serde(rename = "seek")]
    Active,
    /// A verb that seeks a partner only if one is its object: `hledá`.
    IfPartner,
    /// A verb of calling, unless it calls to an event: `zve`.
    IfNoEvent,
    Invite,
    Object,
    Existing,
    Done,
    Near,
    Institution,
    Here,
    Lacks,
    /// Who or what is sought and is no partner: `hledá ředitele`.
    Other,
    /// What binds two municipalities: a partner, a friendship, a cooperation.
    Relation,
}

/// Signs of what a notice is (`data/kind.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    Guide,
    Funding,
    Invitation,
    Planned,
    Gathering,
    Project,
    Signed,
    Visited,
    Celebrated,
    Held,
    Reported,
    Done,
    List,
    /// A verb of the past by its ending.
    Past,
}

/// What is asked of the partner (`data/wanted.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    Max,
    Min,
    Range,
    After,
    Similar,
    Wish,
}

/// Words around numbers of people (`data/population.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    Unit,
    /// Counts people, who may be anyone.
    #[serde(rename = "people")]
    Heads,
    Lives,
    Label,
    TownOf,
    #[serde(skip)]
    Blur(Qualifier),
    /// Blurs only right before the number.
    #[serde(skip)]
    Beside(Qualifier),
    /// Blurs from behind.
    #[serde(skip)]
    After(Qualifier),
    Past,
    Region,
    Seat,
    Other,
    Part,
    Together,
    Now,
}

/// What a sentence says of its days (`data/dates.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    Event,
    Deadline,
    Not,
    Decision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tense {
    Past,
    Future,
    #[serde(rename = "-")]
    Untold,
}

/// What opens a statement of what a cooperation is about (`data/areas.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    #[serde(rename = "area")]
    Opens,
    Weak,
    Topic,
    Fund,
    Denied,
    DeniedWord,
}

/// Words that a reader of names needs (`data/words.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    Town,
    Towns,
    Part,
    OfTown,
    Region,
    Common,
    Epithet,
    Joins,
    Shouted,
    Polite,
    Light,
    Office,
    Writes,
    Tells,
    Called,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    Seek(Seek),
    /// A sign and its strength.
    Sign(Sign, u8),
    Limit(Limit),
    People(People),
    Day(Day, Tense),
    Area(Area),
    /// A word of a theme, or of none: longer words that own those of one.
    Theme(Option<Theme>),
    /// A thing of an area: it states a theme where the words around say what the cooperation is about.
    Thing(Theme),
    /// A country by words that the gazetteer lacks.
    Nation(&'static str, Form),
    Word(Word),
}

/// Files whose cues are asked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    Seek,
    Sign,
    Limit,
    People,
    Day,
    Area,
    Theme,
    Nation,
    Word,
}

const FILES: [(File, &str); 9] = [
    (File::Seek, include_str!("data/seek.tsv")),
    (File::Sign, include_str!("data/kind.tsv")),
    (File::Limit, include_str!("data/wanted.tsv")),
    (File::People, include_str!("data/population.tsv")),
    (File::Day, include_str!("data/dates.tsv")),
    (File::Area, include_str!("data/areas.tsv")),
    (File::Theme, include_str!("data/themes.tsv")),
    (File::Nation, concat!(include_str!("data/nations.tsv"), include_str!("data/lands.tsv"))),
    (File::Word, include_str!("data/words.tsv")),
];

static VOCABULARY: LazyLock<Patterns<Cue>> = LazyLock::new(|| {
    let mut ids = HashMap::new();
    let all = FILES.iter().flat_map(|(file, data)| rows(data).map(move |row| (*file, row)));
    let all: Vec<(String, Cue, &str)> = all.map(|(file, row)| (identifier(&row, file, &mut ids), cue(file, &row), row[2])).collect();
    Patterns::new(all.into_iter(), |_| None)
});

/// The row behind a hit.
pub fn row(hit: &Hit) -> &'static Row<Cue> {
    &VOCABULARY.rows[hit.row]
}

pub fn cue_of(hit: &Hit) -> Cue {
    row(hit).meaning
}

/// `kind.signed/podepsal`: the file, the group, the first words; a second row of these is told apart by a number.
fn identifier(row: &[&str], file: File, known: &mut HashMap<String, usize>) -> String {
    let plain = |word: &&str| !word.starts_with(['~', '_', '{']);
    let first = |word: &str| fold(word).chars().filter(|char| char.is_ascii_alphanumeric() || *char == '|').collect::<String>();
    let words: Vec<String> = row[2]
        .split(' ')
        .filter(plain)
        .map(|word| first(word.trim_start_matches('?')).split('|').next().unwrap_or_default().to_owned())
        .collect();
    let file = format!("{file:?}").to_lowercase();
    let id = format!("{file}.{}/{}", row[0], words[..words.len().min(3)].join("-"));
    let count = known.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 { id } else { format!("{id}-{count}") }
}

fn cue(file: File, row: &[&'static str]) -> Cue {
    let (group, value) = (row[0], row[1]);
    match file {
        File::Seek => Cue::Seek(match value {
            "bare" => Seek::IfPartner,
            "call" => Seek::IfNoEvent,
            _ => named(group),
        }),
        File::Sign => Cue::Sign(named(group), value.parse().expect("kind.tsv: the second column is a strength")),
        File::Limit => Cue::Limit(named(group)),
        File::People => Cue::People(match group {
            "qualifier" => People::Blur(named(value)),
            "beside" => People::Beside(named(value)),
            "after" => People::After(named(value)),
            _ => named(group),
        }),
        File::Day => Cue::Day(named(group), named(value)),
        File::Area => Cue::Area(named(group)),
        File::Theme if value == "thing" => Cue::Thing(named(group)),
        File::Theme => Cue::Theme((group != "none").then(|| named(group))),
        File::Nation => Cue::Nation(group, if value == "name" { Form::Name } else { Form::Adjective }),
        File::Word => Cue::Word(named(group)),
    }
}

/// The variant of a group's name.
pub fn named<T: DeserializeOwned>(name: &str) -> T {
    T::deserialize(StrDeserializer::<Error>::new(name)).unwrap_or_else(|error| panic!("a data file names a group: {error}"))
}

/// Code points between an act of seeking and the relation that it seeks.
const REACH: usize = 30;

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

    fn starts(&self, _: Slot, _: &Range<usize>) -> Vec<usize> {
        Vec::new()
    }

    fn is_plain(&self, _: usize) -> bool {
        true
    }
}

impl Cues {
    pub fn of<'t>(text: &'t Text, memo: &mut Memo<'t>) -> Self {
        let mut by_file: [Vec<Hit>; FILES.len()] = Default::default();
        for hit in VOCABULARY.find(text, &text.sentences, &Nothing, memo) {
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
