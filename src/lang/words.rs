//! What one word can mean beside a date: a month, a weekday, a label, a link between the parts.
//!
//! Read from `months`, `weekdays` (these two also by CLDR), `ordinals`, `date-words` and `labels` in `data`; words are folded. A word may
//! mean several things (`maj` is a month and "updated"), and a month's name may be two months (`listopad`).

use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::Language;
use super::fnv::FnvMap;
use super::fold::fold_onto;
use super::rows::rows;

/// A class of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Weekday,
    Published,
    Updated,
    Remark,
    Until,
    And,
    Since,
    Link,
    OrdinalEnding,
    Year,
    MonthWord,
    DayWord,
    BeforeTime,
    AfterTime,
    Forenoon,
    Afternoon,
    Zone,
}

const CLASSES: [(&str, Role); 16] = [
    ("published", Role::Published),
    ("updated", Role::Updated),
    ("remark", Role::Remark),
    ("until", Role::Until),
    ("and", Role::And),
    ("since", Role::Since),
    ("link", Role::Link),
    ("ordinal", Role::OrdinalEnding),
    ("year", Role::Year),
    ("month", Role::MonthWord),
    ("day", Role::DayWord),
    ("before-time", Role::BeforeTime),
    ("after-time", Role::AfterTime),
    ("forenoon", Role::Forenoon),
    ("afternoon", Role::Afternoon),
    ("zone", Role::Zone),
];

/// How a month's name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Full,
    Abbreviated,
    Roman,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthName {
    pub month: i8,
    pub language: Option<Language>,
    pub spelling: Spelling,
}

/// All that a word can mean.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    months: Vec<MonthName>,
    /// Day of the month that an ordinal names.
    pub ordinal: Option<i8>,
    roles: u32,
}

impl Meaning {
    pub fn plays(&self, role: Role) -> bool {
        self.roles & (1 << role as u32) != 0
    }

    /// Whether the word names a month in one of these languages (ISO 639-1).
    pub fn names_month_in(&self, languages: &[&str]) -> bool {
        self.months.iter().filter_map(|name| name.language).any(|language| languages.contains(&language.code()))
    }

    /// Every month that it names.
    pub fn months(&self) -> impl Iterator<Item = &MonthName> {
        self.months.iter()
    }

    /// The month that the word names: in one of these languages if it does, else in the first that has it.
    pub fn month(&self, languages: &[Language]) -> Option<MonthName> {
        let preferred = languages.iter().find_map(|language| self.months.iter().find(|name| name.language == Some(*language)));
        preferred.or(self.months.first()).copied()
    }
}

/// Room for the words of all tables.
const SPELLINGS: usize = 4096;

static LEXICON: LazyLock<FnvMap<String, Meaning>> = LazyLock::new(|| {
    let mut lexicon = FnvMap::with_capacity_and_hasher(SPELLINGS, BuildHasherDefault::default());
    months(&mut lexicon);
    for row in rows(include_str!("data/ordinals.tsv")) {
        let day = row[1].parse().expect("ordinals.tsv: the second column is a day");
        each(row[2], &mut lexicon, |meaning| meaning.ordinal = Some(day));
    }
    for row in rows(include_str!("data/weekdays.tsv")).chain(rows(include_str!("data/weekdays-cldr.tsv"))) {
        each(row[1], &mut lexicon, |meaning| meaning.roles |= 1 << Role::Weekday as u32);
    }
    for row in rows(include_str!("data/date-words.tsv")).chain(rows(include_str!("data/labels.tsv"))) {
        let (_, role) = CLASSES.iter().find(|(class, _)| *class == row[0]).expect("a class of words");
        each(row[2], &mut lexicon, |meaning| meaning.roles |= 1 << *role as u32);
    }
    lexicon
});

fn months(lexicon: &mut FnvMap<String, Meaning>) {
    for row in rows(include_str!("data/months.tsv")).chain(rows(include_str!("data/months-cldr.tsv"))) {
        let month = row[1].parse().expect("months.tsv: the second column is a month");
        let language = Language::of_tag(row[0]);
        let short = if language.is_some() { Spelling::Abbreviated } else { Spelling::Roman };
        for (names, spelling) in [(row[2], Spelling::Full), (row.get(3).copied().unwrap_or_default(), short)] {
            each(names, lexicon, |meaning| meaning.months.push(MonthName { month, language, spelling }));
        }
    }
}

fn each(words: &str, lexicon: &mut FnvMap<String, Meaning>, mut add: impl FnMut(&mut Meaning)) {
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let mut folded = String::new();
        fold_onto(word, &mut folded);
        add(lexicon.entry(folded).or_default());
    }
}

/// What a word means, whatever its case and marks; `None` for a word that stands beside no date.
pub fn meaning(word: &str) -> Option<&'static Meaning> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return LEXICON.get(word);
    }
    let mut folded = String::with_capacity(word.len());
    fold_onto(word, &mut folded);
    LEXICON.get(&folded)
}

/// Whether a word is one of a class.
pub fn plays(word: &str, role: Role) -> bool {
    meaning(word).is_some_and(|meaning| meaning.plays(role))
}
