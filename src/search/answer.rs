//! What a question may ask for besides its words, and what it gets: plain data.
//!
//! `Answer` serialises to the JSON of `search --json`. Marks are byte offsets into the snippet's UTF-8 text.

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::component::{At, MatchKind};
use crate::record::Record;

#[derive(Clone, Debug)]
pub struct Options {
    /// First and last day of publication, beside what the query says.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Filters that hits meet beside the query, in its own language; they add nothing to a score.
    pub within: String,
    pub sort: Sort,
    /// Hits of one page.
    pub limit: usize,
    /// Hits before the page.
    pub offset: usize,
    /// Refuse what cannot be read as meant.
    pub strict: bool,
    /// Count the facets.
    pub facets: bool,
    /// Say how each hit was met.
    pub explain: bool,
    pub count: Count,
    pub reading: Reading,
}

/// Which records a question counts: in totals, facets and exports alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// Those that meet the whole question.
    #[default]
    Full,
    /// Those that meet any of it.
    Any,
}

/// What plain words of a question may stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Dates, sizes and countries that words name are filters.
    #[default]
    Facts,
    /// Words are words.
    Literal,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            within: String::new(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            strict: false,
            facets: true,
            explain: false,
            count: Count::default(),
            reading: Reading::default(),
        }
    }
}

/// By what to sort; records without the value come last, ties go to the newest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub by: SortKey,
    /// Turn the key's own direction round.
    pub reversed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first.
    Date,
    /// In Czech alphabetical order.
    Place,
    /// Largest first.
    Population,
}

impl std::str::FromStr for Sort {
    type Err = String;

    /// `relevance`, `date`, `place`, `population`; a leading `-` turns the direction.
    fn from_str(text: &str) -> Result<Self, String> {
        let (reversed, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let by = match name {
            "relevance" => SortKey::Relevance,
            "date" => SortKey::Date,
            "place" => SortKey::Place,
            "population" => SortKey::Population,
            _ => {
                return Err(format!(
                    "cannot sort by `{text}`; write relevance, date, place or population, with `-` for the other direction"
                ));
            }
        };
        Ok(Self { by, reversed })
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    pub query: String,
    /// Records that meet the whole question: those that are counted.
    pub total: usize,
    /// Records that meet only a part of it; they follow the others.
    pub partial: usize,
    /// Words that were taken for facts, and for which.
    pub read_as: Vec<ReadAs>,
    pub hits: Vec<Hit>,
    /// Counts over the `total` records.
    pub facets: Facets,
    /// Words that met nothing.
    pub unmet: Vec<String>,
    /// What was taken, or may be meant, instead of them.
    pub suggestions: Vec<Suggestion>,
    /// How the query was read where it could not be read as written, and what a filter leaves out unsaid.
    pub hints: Vec<String>,
}

/// Words of the question that were understood as a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadAs {
    /// As the question has them.
    pub words: String,
    /// The fact as it would be typed.
    pub filter: String,
    /// The question that keeps these words as words.
    pub without: String,
}

/// How much of the question a hit meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Full,
    Partial,
}

#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    pub score: f32,
    pub level: Level,
    /// What of the question it does not meet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    pub record: Record,
    pub snippets: Vec<Snippet>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<Met>>,
}

/// A passage of the record with the words that were met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// `title`, `summary`, `body` or `attachment`.
    pub field: &'static str,
    /// The document that it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Source>,
    pub text: String,
    /// Start and end of each marked word in `text`, in bytes.
    pub marks: Vec<(usize, usize)>,
}

/// A document of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    pub title: String,
    pub url: String,
}

/// A word matched in one way, and what it gave to the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Met {
    /// As the question has it.
    pub word: String,
    pub kind: MatchKind,
    pub at: At,
    /// Words or facts of the record that it met, as they stand there.
    pub by: Vec<String>,
    pub gave: f32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The word as asked, lowercased.
    pub word: String,
    /// Words of the index, likeliest first.
    pub instead: Vec<String>,
}

/// How many of the counted records have which value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// In order of time.
    #[serde(serialize_with = "as_map")]
    pub year: Vec<(String, u64)>,
    /// `2011-03`, in order of time.
    #[serde(serialize_with = "as_map")]
    pub month: Vec<(String, u64)>,
    /// Most frequent first, as all below.
    #[serde(serialize_with = "as_map")]
    pub kind: Vec<(String, u64)>,
    #[serde(serialize_with = "as_map")]
    pub country: Vec<(String, u64)>,
    #[serde(serialize_with = "as_map")]
    pub theme: Vec<(String, u64)>,
    /// Countries in which a partner is sought.
    #[serde(serialize_with = "as_map")]
    pub wanted_country: Vec<(String, u64)>,
}

fn as_map<S: Serializer>(counts: &[(String, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(counts.len()))?;
    for (value, count) in counts {
        map.serialize_entry(value, count)?;
    }
    map.end()
}
