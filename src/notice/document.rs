//! The annotated document: each text of a notice with its cues, countries, names, numbers of people and frames.
//!
//! Everything that a fact may be read from is found here, once and in this order, and nothing is decided.

use std::ops::Range;

use jiff::civil::Date;

use super::addresses::Addresses;
use super::annotation::{Cues, REACH};
use super::counts::{Count, Quantity, counts, quantities};
use super::cues::{Seek, Word};
use super::grammar::{self, Frame, OPENING};
use super::language;
use super::names::{List, Name, Names};
use super::nations::{HOST, Nation, home, nations};
use super::patterns::{Layers, Slot, Slots};
use super::text::Text;
use crate::gazetteer::Form;
use crate::lang::Language;
use crate::lang::dates::{self, Context, DateMention};
use crate::record::Where;

pub struct Document<'a> {
    /// Title, summary, body, attachments, as far as the notice has them.
    pub parts: Vec<Part<'a>>,
    /// Countries that the notice names, in its order; the host's is not among them.
    pub countries: Vec<&'static str>,
    /// ISO 639-1 code of its language.
    pub lang: Option<String>,
    /// The country of those who write in it.
    pub home: &'static str,
    pub published: Option<Date>,
    pub addresses: Addresses,
}

/// One text with its annotations, each by position.
pub struct Part<'a> {
    pub text: Text<'a>,
    pub cues: Cues,
    pub nations: Vec<Nation>,
    pub names: Vec<Name>,
    pub lists: Vec<List>,
    pub quantities: Vec<Quantity>,
    pub counts: Vec<Count>,
    pub frames: Vec<Frame>,
    pub days: Vec<DateMention>,
}

impl<'a> Document<'a> {
    pub fn new(texts: Vec<Text<'a>>, lang_hint: Option<&str>, published: Option<Date>) -> Self {
        let lang = language::detect(texts.iter().map(|text| text.original), lang_hint);
        let home = home(lang.as_deref());
        let addresses = Addresses::of(&texts, home);
        let cues: Vec<Cues> = texts.iter().map(|text| Cues::of(text, lang.as_deref())).collect();
        let named: Vec<Vec<Nation>> = texts.iter().zip(&cues).map(|(text, cues)| nations(text, cues, lang.as_deref())).collect();
        let mut countries: Vec<&'static str> = Vec::new();
        for iso2 in texts
            .iter()
            .zip(&named)
            .filter(|(text, _)| !is_attached(text))
            .flat_map(|(_, nations)| nations)
            .filter_map(|nation| nation.iso2)
        {
            if iso2 != HOST && !countries.contains(&iso2) {
                countries.push(iso2);
            }
        }
        let asked: Vec<&'static str> = countries.iter().copied().chain([HOST, home]).collect();
        let parts = texts.into_iter().zip(cues).zip(named);
        let parts = parts.map(|((text, cues), nations)| Part::new(text, cues, nations, lang.as_deref(), &asked)).collect();
        Self { parts, countries, lang, home, published, addresses }
    }

    /// Title, summary and body.
    pub fn spoken(&self) -> impl Iterator<Item = (usize, &Part<'a>)> {
        self.parts.iter().enumerate().filter(|(_, part)| !is_attached(&part.text))
    }
}

fn is_attached(text: &Text) -> bool {
    matches!(text.place, Where::Attachment(_))
}

impl<'a> Part<'a> {
    fn new(text: Text<'a>, cues: Cues, nations: Vec<Nation>, lang: Option<&str>, countries: &[&'static str]) -> Self {
        let days =
            dates::find(text.original, &Context { languages: lang.and_then(Language::of_tag).into_iter().collect(), ..Context::default() });
        let quantities = if is_attached(&text) { Vec::new() } else { quantities(&text) };
        let counts = counts(&text, &cues, &quantities);
        let mut part = Self { text, cues, nations, names: Vec::new(), lists: Vec::new(), quantities, counts, frames: Vec::new(), days };
        // Attachments are read for days and contacts alone.
        if is_attached(&part.text) {
            return part;
        }
        let names = Names { text: &part.text, cues: &part.cues, nations: &part.nations, countries };
        let found = names.all();
        part.lists = names.lists(&found);
        part.names = found;
        // `Slovenská Bistrica` is not in Slovakia.
        let inside = |nation: &Nation| part.names.iter().any(|name| name.start <= nation.start && nation.end <= name.end);
        part.nations.retain(|nation| !inside(nation));
        let limit = part.opening(OPENING);
        let opening = part.text.sentences.iter().take_while(|sentence| sentence.end <= limit).count();
        part.frames = grammar::frames(&part.text, &part.text.sentences[..opening], &part);
        part
    }

    /// The names that a filler of the slot for names stands for.
    pub fn members(&self, number: usize) -> Range<usize> {
        match number.checked_sub(self.names.len()) {
            Some(list) => self.lists[list].first..self.lists[list].last + 1,
            None => number..number + 1,
        }
    }

    pub fn words(&self, name: usize) -> &'a str {
        self.text.words(self.names[name].start..self.names[name].end)
    }

    /// Whether a country stands beside the word for a partner or a partnership: `českého partnera`, `partner v Polsku`.
    pub fn names_partners_country(&self) -> bool {
        let beside = |nation: &Nation| nation.start.saturating_sub(REACH)..nation.end + REACH;
        self.nations.iter().any(|nation| self.cues.has(Seek::Relation, beside(nation)))
    }

    /// End of the sentences that introduce a text: all of a title or summary, the first of a body.
    pub fn opening(&self, sentences: usize) -> usize {
        if self.text.place != Where::Body {
            return self.text.shadow.len();
        }
        self.text.sentences.get(sentences - 1).or(self.text.sentences.last()).map_or(0, |sentence| sentence.end)
    }
}

/// Whether a country is named in the form that a slot asks for.
fn fits(slot: Slot, nation: &Nation) -> bool {
    match slot {
        Slot::Country => !matches!(nation.form, Form::Adjective | Form::Demonym),
        Slot::Adjective => matches!(nation.form, Form::Adjective | Form::Entity),
        _ => true,
    }
}

impl Layers for Part<'_> {
    fn fillers(&self, slot: Slot, start: usize) -> Vec<(usize, usize)> {
        match slot {
            Slot::Name => {
                let Ok(number) = self.names.binary_search_by_key(&start, |name| name.start) else { return Vec::new() };
                let single = (self.names[number].end, number);
                let Some(at) = self.lists.iter().position(|list| list.first == number) else { return vec![single] };
                let list = (self.lists[at].end, self.names.len() + at);
                // Names with a country each are read one by one first.
                let apart = self.nations.iter().any(|nation| start < nation.start && nation.end < self.lists[at].end);
                if apart { vec![single, list] } else { vec![list, single] }
            }
            Slot::Nation | Slot::Country | Slot::Adjective => {
                let here = |(_, nation): &(usize, &Nation)| nation.start == start && fits(slot, nation);
                self.nations.iter().enumerate().filter(here).map(|(number, nation)| (nation.end, number)).collect()
            }
            Slot::Group(group) => grammar::ends(&self.cues, group, start),
        }
    }

    fn slots(&self, range: &Range<usize>) -> Slots {
        let names = self.names.iter().filter(|name| range.contains(&name.start)).map(|_| Slot::Name);
        let nations = self.nations.iter().filter(|nation| range.contains(&nation.start));
        let of_nation = |nation| [Slot::Nation, Slot::Country, Slot::Adjective].into_iter().filter(move |slot| fits(*slot, nation));
        Slots::of(names.chain(nations.flat_map(of_nation)).chain(grammar::groups(&self.cues, range)))
    }

    fn starts(&self, slot: Slot, range: &Range<usize>) -> Vec<usize> {
        match slot {
            Slot::Name => self.names.iter().map(|name| name.start).filter(|start| range.contains(start)).collect(),
            Slot::Nation | Slot::Country | Slot::Adjective => {
                let fitting = self.nations.iter().filter(|nation| range.contains(&nation.start) && fits(slot, nation));
                fitting.map(|nation| nation.start).collect()
            }
            Slot::Group(group) => grammar::starts(&self.cues, group, range),
        }
    }

    fn is_plain(&self, start: usize) -> bool {
        let seeks = || {
            self.cues.seeking(start..self.text.shadow.len()).take_while(|(_, hit)| hit.start == start).any(|(seek, _)| seek != Seek::Near)
        };
        let town = || self.cues.word(Word::Town, start).or_else(|| self.cues.word(Word::Towns, start)).is_some();
        !self.text.is_capital(start) && !town() && !seeks()
    }
}
