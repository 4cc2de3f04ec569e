//! A notice read for its facts: kind, places, countries, population, wanted, themes, dates, contacts.
//!
//! Rules, dictionaries and data that anyone can read and change (`data/*.tsv`); no model, no network, no
//! clock, no files. Every fact keeps the words it was read from and the rule that read it. What a text
//! does not support stays empty: nothing is guessed.

mod addresses;
mod annotation;
mod contacts;
mod countries;
mod counts;
mod cues;
mod dates;
mod document;
mod evidence;
mod gazetteer_cache;
mod grammar;
mod kind;
mod language;
mod linking;
mod model;
mod name_forms;
mod names;
mod nations;
mod patterns;
mod places;
mod population;
mod scored;
mod seekers;
mod short_names;
mod sides;
mod size;
mod small_words;
mod surface_form;
mod text;
mod themes;
mod wanted;
mod words;

pub use evidence::explain;
pub use model::Share;
pub use scored::{ScoredCandidate, score_candidates};

use jiff::civil::Date;

use crate::gazetteer;
use crate::lang::Language;
use crate::record::{Facts, Kind, PlaceRole, Where};
use document::Document;
use evidence::Ledger;
use text::Text;

/// Rises whenever the same notice may be read differently; stored records of older versions are read anew.
pub const READER_VERSION: u32 = 14;

/// The texts of one notice, as the record keeps them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Notice<'a> {
    pub title: &'a str,
    pub summary: Option<&'a str>,
    pub body: Option<&'a str>,
    /// Texts of the attachments, in the record's order.
    pub attachments: &'a [&'a str],
    pub published: Option<Date>,
    /// ISO 639-1 code that the page claims.
    pub lang_hint: Option<&'a str>,
}

/// Code points of each text that are read for facts. Notices say who seeks whom within their first page; some rules look
/// around every figure and name, and a text made to be endless must not hold up a crawl.
const READ: usize = 10_000;

/// The text up to `READ` code points, so that offsets stay those of the whole.
fn beginning(text: &str) -> &str {
    if text.len() <= READ {
        return text;
    }
    text.char_indices().nth(READ).map_or(text, |(end, _)| &text[..end])
}

/// Title, summary, body and attachments with their annotations.
fn document<'a>(notice: &Notice<'a>) -> Document<'a> {
    let mut texts = vec![Text::new(Where::Title, beginning(notice.title))];
    texts.extend(notice.summary.map(|summary| Text::new(Where::Summary, beginning(summary))));
    texts.extend(notice.body.map(|body| Text::new(Where::Body, beginning(body))));
    let attached = notice.attachments.iter().enumerate();
    texts.extend(attached.map(|(index, text)| Text::new(Where::Attachment(index as u32), beginning(text))));
    Document::new(texts, notice.lang_hint, notice.published)
}

/// What is decided in order: kind, seekers, what is wanted; the other facts follow from these.
struct Resolved {
    names: Vec<seekers::Candidate>,
    kind: Option<kind::Reading>,
    seekers: Vec<usize>,
    wanted: Vec<wanted::Candidate>,
    themes: Vec<themes::Candidate>,
}

impl Resolved {
    fn of(document: &Document, ledger: &mut Ledger) -> Self {
        let names = seekers::candidates(document);
        let kind = kind::read(document, &names, ledger);
        let said = kind.as_ref().map(|reading| reading.kind);
        let search = kind.as_ref().filter(|reading| reading.kind == Kind::PartnerSearch).map(|reading| reading.probability);
        let seekers = search.map(|search| seekers::chosen(document, search, &names)).unwrap_or_default();
        let side = seekers.iter().find_map(|&at| sides::side(document, &names, &names[at]));
        let setting = wanted::Setting { document, kind: said, names: &names, seekers: &seekers, side };
        let wanted = wanted::candidates(&setting);
        let themes = themes::candidates(document, said);
        Self { names, kind, seekers, wanted, themes }
    }
}

/// Reads the facts; evidence offsets are code points of exactly these texts.
pub fn read(notice: &Notice) -> Facts {
    let document = &document(notice);
    let mut ledger = Ledger::default();
    let resolved = Resolved::of(document, &mut ledger);
    let Resolved { names, seekers, .. } = &resolved;
    let kind = resolved.kind.as_ref().map(|reading| reading.kind);
    let search = kind == Some(Kind::PartnerSearch);
    let (mut wanted, asked) = size::read(document, names, search || kind == Some(Kind::PartnerList), &mut ledger);
    wanted.countries = wanted::read(document, &resolved.wanted, &mut ledger);
    let probability = resolved.kind.as_ref().map_or(0.0, |reading| reading.probability);
    let setting = linking::Setting { document, kind, search: probability, names, seekers, wanted: &wanted.countries };
    let places = places::read(&setting, &mut ledger);
    wanted::of_places(&places, &mut wanted.countries, &mut ledger);
    let countries =
        countries::read(&countries::Setting { document, names, seekers, wanted: &wanted.countries, search }, &places, &mut ledger);
    let on_map = places.iter().filter(|place| place.role == PlaceRole::Seeker).find_map(|place| place.geonames_id);
    let on_map = on_map.and_then(gazetteer::place).map(|place| u64::from(place.population)).filter(|people| *people > 0);
    let seeker = population::Seeker { region: region(document, &resolved), on_map };
    let population = search.then(|| population::read(document, &asked, seeker, &mut ledger)).flatten();
    let themes = themes::read(document, &resolved.themes, &mut ledger);

    let mut facts = Facts { lang: document.lang.clone(), kind, places, countries, population, wanted, themes, ..Facts::default() };
    let languages: Vec<Language> = document.lang.as_deref().and_then(Language::of_tag).into_iter().collect();
    let mut days = dates::Reader {
        languages: &languages,
        published: notice.published,
        kind,
        is_off: document.parts.first().is_some_and(dates::is_cancelled),
        dates: Vec::new(),
    };
    for part in &document.parts {
        days.read(part, &mut ledger);
    }
    facts.dates = days.dates;
    facts.contacts = document.addresses.contacts.clone();
    facts.evidence = ledger.into_entries();
    facts.evidence.extend(document.addresses.evidence.iter().cloned());
    facts
}

/// The word for the region that the seeker is: `okres`.
fn region<'a>(document: &'a Document, resolved: &Resolved) -> Option<&'a str> {
    let seeker = resolved.seekers.iter().map(|&at| &resolved.names[at]).find(|seeker| seeker.is_region)?;
    let part = &document.parts[seeker.part];
    let name = part.names[seeker.name];
    let before = part.text.tokens.iter().rev().find(|token| token.end <= name.start)?;
    Some(part.text.fold(*before))
}
