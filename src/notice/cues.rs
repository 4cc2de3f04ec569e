//! Cues: what the words of the data files mean.
//!
//! Every file has its groups as an enum, checked at load. Refuses to decide: a cue says what a word means, not what the
//! notice is.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::patterns::{Hit, Patterns, Row};
use super::text::fold;
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
    /// What somebody would do or like.
    Conditional,
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
    /// The event will not be.
    Cancelled,
    /// The day stands for another that was given up.
    Moved,
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
    /// Takes the following words back unless it begins the sentence.
    Except,
    /// What a municipality has or is known for.
    Describes,
    /// A part of an office, which bears the name of what it sees to.
    Office,
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

pub const FILES: [(File, &str); 9] = [
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

pub static VOCABULARY: LazyLock<Patterns<Cue>> = LazyLock::new(|| {
    let mut ids = HashMap::new();
    let all = FILES.iter().flat_map(|(file, data)| rows(data).map(move |row| (*file, row)));
    let all: Vec<(String, Cue, &str)> = all.map(|(file, row)| (identifier(&row, file, &mut ids), cue(file, &row), row[2])).collect();
    Patterns::new(all.into_iter(), |_| None)
});

/// The languages whose words for themes are for texts in them alone: folded, these stems are too often others' (`хор` and
/// `z hor`). Words for what happened are longer, and Slovak and Polish share them.
const APART: [&str; 3] = ["pl", "de", "uk"];

/// The language of each row that is for texts in it alone, by number; the note of a row tells.
static LANGUAGES: LazyLock<Vec<Option<&'static str>>> = LazyLock::new(|| {
    let all = FILES.iter().flat_map(|(file, data)| rows(data).map(move |row| (*file, row)));
    let is_theme = |file: &File| matches!(file, File::Area | File::Theme);
    all.map(|(file, row)| row.get(3).copied().filter(|note| is_theme(&file) && APART.contains(note))).collect()
});

/// Whether a cue is meant for texts in this language; where the language is unknown, all are.
pub fn is_spoken(hit: &Hit, lang: Option<&str>) -> bool {
    lang.is_none() || LANGUAGES[hit.row].is_none_or(|own| lang == Some(own))
}

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
        .split(" || ")
        .next()
        .unwrap_or_default()
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
