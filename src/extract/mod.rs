//! From a page's bytes to the dated entries it lists, and from an entry's own page to its full text.
//!
//! Pure and synchronous: no clock, no files, no network; `scraper::Html` never leaves this room and
//! never meets an `.await`. Any byte sequence is an input: what cannot be read becomes a `Problem`.
//! Layout is found by structure, never by the name of a class or an id.

pub mod article;
pub mod attachment;
pub mod dates;
mod feed;
mod files;
pub mod listing;
pub mod page;
pub mod saved;
pub mod text;

use jiff::civil::Date;
use url::Url;

/// Grows when the same page may be read otherwise than before: old archives are then read anew from their pages.
pub const VERSION: u32 = 15;

/// The bytes of a page with what is known of them.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Final address, against which links are resolved.
    pub url: &'a Url,
    /// `Content-Type` as sent.
    pub content_type: Option<&'a str>,
    /// Body with content coding removed.
    pub bytes: &'a [u8],
    /// Day of the fetch: no publication date may lie after the day that follows it.
    pub seen: Date,
}

/// What a listing page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Heading of the page.
    pub title: Option<String>,
    /// In the order of the page.
    pub entries: Vec<Entry>,
    /// The page that follows, if the page names one.
    pub next: Option<Url>,
    /// The layout found, for people ("div.item × 20, date in span before h3 > a").
    pub layout: String,
    /// Nothing speaks against the reading: what such listings no longer name may be taken for removed.
    pub whole: bool,
    pub problems: Vec<Problem>,
}

impl Listing {
    /// Tells what speaks against the reading; such a listing is not whole.
    fn doubt(&mut self, kind: ProblemKind, what: String) {
        self.whole = false;
        self.problems.push(Problem { kind, what });
    }
}

/// One item of a listing as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub published: Option<Date>,
    /// The words the date was read from.
    pub date_text: Option<String>,
    pub title: String,
    /// The entry's own page; absent where the listing holds the full text.
    pub link: Option<Url>,
    /// Fragment (`id` or `name`) inside the listing, where the entry has one and no page of its own.
    pub anchor: Option<String>,
    /// Blanks normalised, blocks joined by a blank.
    pub summary: Option<String>,
    /// The summary with the site's own blanks, blocks separated by a line break.
    pub summary_raw: Option<String>,
    /// Full text when it stands in the listing.
    pub body: Option<String>,
    /// Documents linked inside the item.
    pub documents: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub url: Url,
    pub title: String,
}

/// What an entry's own page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    pub title: Option<String>,
    pub published: Option<Date>,
    /// Main text: paragraphs separated by an empty line, list items by a line break; no repeated
    /// title, date or summary, no share tools, no related lists, no author line.
    pub body: Option<String>,
    pub documents: Vec<Link>,
    /// `rel=canonical` if it lies on the same host family.
    pub canonical: Option<Url>,
    /// `lang` of the document, lower case primary subtag.
    pub lang: Option<String>,
    pub problems: Vec<Problem>,
}

/// The text of an attached document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Media type by content, then by header, then by name.
    pub media_type: String,
    pub text: Option<String>,
    pub problems: Vec<Problem>,
}

/// Something that could not be read as it stands; counted, shown by `probe` and `stats`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    /// The words or element concerned, short.
    pub what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The document is broken, or is none of a kind that is read.
    Unreadable,
    /// Letters are not in the charset they are said to be in.
    Charset,
    /// Something that would cost too much was left out, or read as if it had ended.
    Cut,
    /// A listing without a single entry.
    NoEntries,
    /// A date that does not exist or lies after the fetch.
    ImpossibleDate,
    /// Visible text and structured data (JSON-LD, `<time>`, feed) name different dates.
    DatesDiffer,
    /// An entry without a date among dated ones.
    Undated,
    /// A detail page without a main text.
    NoText,
    /// A main text that is much shorter than what its page says, or was taken another way than usual.
    DoubtfulText,
    /// A document that is broken, encrypted, too large or of an unknown type.
    Attachment,
    /// A configured selector that matches nothing.
    Selector,
    /// Dates that look like the list's own stand beside it, or dated places have no title.
    LeftOut,
    /// An entry that is not like the others of its list.
    Odd,
    /// What is taken for the titles may be something else.
    Title,
    /// All entries but one have the same day.
    OneDay,
    /// Another list of the page is about as likely.
    Rival,
    /// Figures of dates whose order of day and month nothing settles.
    DayOrMonth,
    /// Days without a year, read as those of the latest year in which they have been.
    YearAssumed,
    /// A link that looks like the next page and is not followed.
    NotFollowed,
}

impl ProblemKind {
    /// Stable name for tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Charset => "charset",
            Self::Cut => "cut",
            Self::NoEntries => "no_entries",
            Self::ImpossibleDate => "impossible_date",
            Self::DatesDiffer => "dates_differ",
            Self::Undated => "undated",
            Self::NoText => "no_text",
            Self::DoubtfulText => "doubtful_text",
            Self::Attachment => "attachment",
            Self::Selector => "selector",
            Self::LeftOut => "left_out",
            Self::Odd => "odd",
            Self::Title => "title",
            Self::OneDay => "one_day",
            Self::Rival => "rival",
            Self::DayOrMonth => "day_or_month",
            Self::YearAssumed => "year_assumed",
            Self::NotFollowed => "not_followed",
        }
    }
}
