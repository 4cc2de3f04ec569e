//! A notice read for its facts: kind, places, countries, population, wanted, themes, dates, contacts.
//!
//! Rules, dictionaries and data that anyone can read and change (`data/*.tsv`); no model, no network, no
//! clock, no files. Every fact keeps the words it was read from and the rule that read it. What a text
//! does not support stays empty: nothing is guessed.

mod adjectives;
mod contacts;
mod countries;
mod cues;
mod dates;
mod evidence;
mod kind;
mod language;
mod mentions;
mod names;
mod nearby;
mod numbers;
mod numerals;
mod places;
mod population;
mod rows;
mod seek;
mod side;
mod spelling;
mod text;
mod themes;
mod wanted;

pub use evidence::explain;

use jiff::civil::Date;

use crate::gazetteer;
use crate::record::{Facts, PlaceRole, Where};
use evidence::Ledger;
use text::Text;

/// Rises whenever the same notice may be read differently; stored records of older versions are read anew.
pub const READER_VERSION: u32 = 3;

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
    text.char_indices().nth(READ).map_or(text, |(end, _)| &text[..end])
}

/// Reads the facts; evidence offsets are code points of exactly these texts.
pub fn read(notice: &Notice) -> Facts {
    let mut ledger = Ledger::default();
    let mut texts = vec![Text::new(Where::Title, beginning(notice.title))];
    texts.extend(notice.summary.map(|summary| Text::new(Where::Summary, beginning(summary))));
    texts.extend(notice.body.map(|body| Text::new(Where::Body, beginning(body))));
    let attached = notice.attachments.iter().enumerate();
    texts.extend(attached.map(|(index, text)| Text::new(Where::Attachment(index as u32), beginning(text))));
    let texts: Vec<&Text> = texts.iter().collect();

    let lang = language::detect(texts.iter().map(|text| text.original), notice.lang_hint);
    let said: Vec<&Text> = texts.iter().copied().filter(|text| !matches!(text.place, Where::Attachment(_))).collect();
    let nations: Vec<_> = said.iter().map(|text| countries::nations(text)).collect();
    let mut mentions: Vec<_> =
        said.iter().zip(&nations).enumerate().flat_map(|(index, (text, nations))| mentions::read(index, text, nations)).collect();
    adjectives::strip(&said, &mut mentions);
    adjectives::join(&said, &nations, &mut mentions);
    let seekers = places::seekers(&said, &nations, &mentions);
    let build = side::build(&said, &mentions, &seekers);
    let kind = kind::read(&said, &build, &mut ledger);
    let (mut wanted, asked) = wanted::read(&said, &nations, &mentions, kind, &mut ledger);
    let candidates = side::countries(&said, &nations, &mentions, &seekers, &wanted, kind);
    let codes: Vec<&'static str> = candidates.iter().map(|(code, ..)| *code).collect();
    let is_outbound = !wanted.countries.is_empty() && !wanted.countries.iter().any(|iso2| iso2 == countries::HOST);
    let setting = places::Setting { texts: &said, nations: &nations, countries: &codes, is_outbound, kind };
    let places = places::read(&setting, &mentions, &seekers, &mut ledger);
    wanted::of_places(&places, &mut wanted, &mut ledger);
    let countries = side::settle(&said, &places, &candidates, kind, &mut ledger);
    let region = seekers.iter().find_map(|&at| mentions[at].region.clone().and_then(|word| said[mentions[at].text].shadow.get(word)));
    let on_map = places.iter().filter(|place| place.role == PlaceRole::Seeker).find_map(|place| place.geonames_id);
    let on_map = on_map.and_then(gazetteer::place).map(|place| u64::from(place.population)).filter(|people| *people > 0);
    let seeker = population::Seeker { region, on_map };
    let population = side::searches(kind).then(|| population::read(&said, &asked, seeker, &mut ledger)).flatten();
    let themes = themes::read(&said, kind, &mut ledger);

    let mut facts = Facts { lang, kind, places, countries, population, wanted, themes, ..Facts::default() };
    for text in &texts {
        dates::read(text, notice.published, facts.kind, &mut facts.dates, &mut ledger);
        contacts::read(text, &mut facts.contacts, &mut ledger);
    }
    facts.evidence = ledger.into_entries();
    facts
}
