//! The nouns of the archive: what one dated notice is once it has been read.
//!
//! Plain data with serde and JSON Schema. Refuses: files, network, SQL, HTML. Every field that a
//! text does not support is `null` or empty; nothing here is ever guessed.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One notice as the archive keeps it: the newest version with its facts and its origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Stable identifier, `source/…`; see `RecordId`.
    pub id: RecordId,
    /// Name of the source in the configuration.
    pub source: String,
    /// Canonical address of the notice (of its listing, with a fragment, if it has no page of its own).
    pub url: String,
    /// Other addresses under which the same notice was seen, sorted.
    pub aliases: Vec<String>,
    /// Address of the listing that named the notice first.
    pub listing: String,
    /// Publication date as the site states it.
    pub published: Option<Date>,
    pub title: String,
    /// Short text of the listing, blanks normalised.
    pub summary: Option<String>,
    /// Full text: paragraphs separated by an empty line, list items by a line break.
    pub body: Option<String>,
    #[serde(flatten)]
    pub facts: Facts,
    pub attachments: Vec<Attachment>,
    /// Number of this version of the notice, from 1.
    pub version: u32,
    /// When the site first said what this version says; `null` where an older file did not tell.
    #[serde(default)]
    pub changed_at: Option<jiff::Timestamp>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// When the site was first seen to have removed the notice.
    pub gone_since: Option<Timestamp>,
    /// Where the bytes lie from which the record was read.
    pub page: PageRef,
}

/// `source/slug` or `source/date-hash`: stable over runs, rebuilds and hosts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RecordId(pub String);

impl std::fmt::Display for RecordId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the notice says, read by rules; each fact has its words in `evidence`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facts {
    /// ISO 639-1 code of the text's language.
    pub lang: Option<String>,
    pub kind: Option<Kind>,
    pub places: Vec<Place>,
    /// ISO 3166-1 alpha-2 codes (`XK` for Kosovo) of the seeking side.
    pub countries: Vec<String>,
    /// Inhabitants of the seeking municipality, now.
    pub population: Option<Population>,
    /// What is asked of the partner.
    pub wanted: Wanted,
    pub themes: Vec<Theme>,
    pub dates: Vec<NoticeDate>,
    pub contacts: Contacts,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One or several named municipalities look for a partner or offer one.
    PartnerSearch,
    /// A digest or call covering many municipalities that the text does not name.
    PartnerList,
    Project,
    Event,
    Funding,
    Guide,
    News,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The name as the notice writes it (nominative where the text gives one).
    pub as_written: String,
    /// GeoNames' own name in the local Latin spelling, or the written one while unlinked.
    pub name: String,
    /// Czech name (`Kyjev`, `Řezno`), where GeoNames has one.
    #[serde(default)]
    pub name_cs: Option<String>,
    /// Name in the local script (`Луцьк`), where that is not Latin and GeoNames has one.
    #[serde(default)]
    pub name_local: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    pub role: PlaceRole,
    pub geonames_id: Option<i64>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceRole {
    Seeker,
    Wanted,
    Mentioned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Population {
    /// Inhabitants.
    pub value: u64,
    pub qualifier: Qualifier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    Exact,
    About,
    MoreThan,
    LessThan,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wanted {
    /// Inhabitants.
    pub population_min: Option<u64>,
    /// Inhabitants.
    pub population_max: Option<u64>,
    pub similar_size: bool,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
}

/// The closed list of areas of cooperation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    Culture,
    Education,
    Youth,
    Sport,
    Tourism,
    Economy,
    Environment,
    Energy,
    Waste,
    Transport,
    Governance,
    Social,
    Heritage,
    Reconstruction,
    EuFunds,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeDate {
    pub date: Date,
    /// Last day of a range.
    pub end: Option<Date>,
    pub role: DateRole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateRole {
    Event,
    Deadline,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contacts {
    pub emails: Vec<String>,
    /// E.164 (ITU-T), `+` and digits.
    pub phones: Vec<String>,
    pub urls: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    pub url: String,
    /// Words of the link.
    pub title: String,
    /// Media type (RFC 6838) by content, `null` while it could not be fetched.
    pub media_type: Option<String>,
    /// Size as fetched.
    pub bytes: Option<u64>,
    /// Text of the document, `null` where none could be read.
    pub text: Option<String>,
}

/// The words a fact was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Name of the field (`kind`, `population`, `wanted.population_max`, `places[0]`, …).
    pub field: String,
    /// Exactly the words between `start` and `end`.
    pub text: String,
    #[serde(rename = "where")]
    pub place: Where,
    /// Offset in Unicode code points, from 0.
    pub start: u32,
    /// Offset in Unicode code points, exclusive.
    pub end: u32,
    /// Name of the rule that read it.
    pub rule: String,
    /// How far it may be trusted.
    #[serde(default)]
    pub certainty: Certainty,
}

/// How far a fact may be trusted; calibrated on labelled notices (`tests/eval/README.md`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Of such facts about one in fifty is wrong.
    Sure,
    /// More likely right than not.
    #[default]
    Likely,
}

impl From<bool> for Certainty {
    fn from(is_sure: bool) -> Self {
        if is_sure { Self::Sure } else { Self::Likely }
    }
}

mod sure;

/// In which text of the notice; attachments count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    Title,
    Summary,
    Body,
    Attachment(u32),
}

/// A place in the page archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PageRef {
    /// File under `pages/`.
    pub warc: String,
    /// Offset of the response record's gzip member, in bytes.
    pub offset: u64,
    /// `sha1:` and base 32, as in `WARC-Payload-Digest`.
    pub digest: String,
}

/// What happens to a record between two looks at its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    New,
    Changed,
    Gone,
    Returned,
}

impl ChangeKind {
    pub const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Gone, Self::Returned];

    /// As in the archive's view `changes`.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Returned => "returned",
        }
    }
}
