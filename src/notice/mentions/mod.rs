//! The places that a text proposes, by the slot they stand in. Nothing is looked up here.
//!
//! Slots: after a word for a municipality (`obec X`, `města X, Y a Z`), at the start of a title or sentence
//! before a verb, before `(Country)`, after a country's adjective, after an office (`starosta X`), after
//! words of writing (`napsali nám z X`), after `pro` in a search, behind its verb (`partnera hledá X`), after
//! `v` (`slots.rs`). A capital anywhere else proposes nothing: text is never scanned for names.

mod slots;

use std::ops::Range;

use super::countries::Nation;
use super::names::{genus, name_at};
use super::nearby::Nearby;
use super::seek;
use super::text::Text;
use crate::gazetteer::Form;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// `X (Polsko)`, `X, Polsko`.
    Country,
    /// `obec X`.
    Genus,
    /// `X hledá partnera`: first words before a verb of searching.
    Subject,
    /// `polská X`.
    Adjective,
    /// First words of a title or sentence, with nothing to confirm them but the map.
    Initial,
    /// `starosta X`, `zájem X`, `ozvali se z X`, `hledáme partnera pro X`.
    Office,
    /// `partnera v okolí X`, `spřátelit se s X`: what is asked, not who asks.
    Asked,
    /// `v X`.
    Located,
}

/// A proposed name.
#[derive(Clone, Debug)]
pub struct Mention {
    pub text: usize,
    /// Code points of the name.
    pub span: Range<usize>,
    pub slot: Slot,
    /// The country that the words around the name give.
    pub nation: Option<Nation>,
    /// `městská část X`: the whole the place is a part of.
    pub parent: Option<Range<usize>>,
    /// The words before only say where something is: `nedaleko města X`.
    pub near: bool,
    /// `kanton X`, `okres X`: the word for what holds many municipalities.
    pub region: Option<Range<usize>>,
}

/// Words that may stand between a name and its verb, folded.
const LIGHT: &str = "se si by uz take tez opet znovu stale nyni nove dnes letos aktualne pry rovnez i take proto tak ale sa aj teraz \
    znova uz tiez also again now is are moc velmi aktivne dlouho dlouhodobe";

/// Tokens within brackets that are read over.
const BRACKET: usize = 10;

/// One text being read for mentions.
struct Reader<'a> {
    index: usize,
    text: &'a Text<'a>,
    nations: &'a [Nation],
    found: Vec<Mention>,
}

pub fn read(index: usize, text: &Text, nations: &[Nation]) -> Vec<Mention> {
    let mut reader = Reader { index, text, nations, found: Vec::new() };
    let mut at = 0;
    while at < text.tokens.len() {
        at = reader.step(at).unwrap_or(at + 1);
    }
    reader.found
}

impl Reader<'_> {
    /// Reads the slot that begins at a token; the token behind it.
    fn step(&mut self, at: usize) -> Option<usize> {
        self.after_genus(at)
            .or_else(|| self.after_region(at))
            .or_else(|| self.after_adjective(at))
            .or_else(|| self.before_country(at))
            .or_else(|| self.initial(at))
            .or_else(|| self.after_office(at))
            .or_else(|| self.writing_from(at))
            .or_else(|| self.sought_for(at))
            .or_else(|| self.after_verb(at))
            .or_else(|| self.asked(at))
            .or_else(|| self.located(at))
    }

    fn fold(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| self.text.fold(*token))
    }

    fn nearby(&self) -> Nearby<'_> {
        Nearby { text: self.text, nations: self.nations }
    }

    fn name(&self, at: usize) -> Option<usize> {
        name_at(self.text, self.nations, at)
    }

    /// A name that no municipality's word leads: `Saské X` is an adjective and X.
    fn free_name(&self, at: usize) -> Option<usize> {
        let start = self.text.tokens.get(at)?.start;
        let adjective = self.nations.iter().any(|nation| nation.start == start && nation.form != Form::Name);
        if adjective { None } else { self.name(at) }
    }

    fn span(&self, from: usize, to: usize) -> Range<usize> {
        self.text.tokens[from].start..self.text.tokens[to - 1].end
    }

    /// Where a token begins, or the text ends.
    fn start(&self, at: usize) -> usize {
        self.text.tokens.get(at).map_or(self.text.shadow.len(), |token| token.start)
    }

    fn propose(&mut self, span: Range<usize>, slot: Slot, nation: Option<Nation>) -> &mut Mention {
        let at = self.found.len();
        self.found.push(Mention { text: self.index, span, slot, nation, parent: None, near: false, region: None });
        &mut self.found[at]
    }

    /// `, Y a Z` behind a first name: a list must be closed by a conjunction or a bracket.
    fn list(&mut self, mut end: usize, slot: Slot, nation: Option<Nation>, near: bool) -> usize {
        let mut more = Vec::new();
        let mut at = end;
        let mut closed = false;
        loop {
            at = self.behind_bracket(at);
            let joint = self.fold(at);
            let conjunction = matches!(joint, "a" | "i" | "and" | "&" | "u");
            if !(joint == "," || conjunction) {
                break;
            }
            // `X a město Y` repeats the word for the municipality.
            let from = if genus(self.fold(at + 1)).is_some() { at + 2 } else { at + 1 };
            let Some(next) = self.name(from) else { break };
            more.push((self.span(from, next), self.nearby().after(next)));
            at = next;
            closed |= conjunction || self.nearby().bracket(next).is_some();
        }
        if closed {
            let shared = nation.or_else(|| more.last().and_then(|(_, nation)| *nation));
            if let Some(first) = self.found.last_mut() {
                first.nation = first.nation.or(shared);
            }
            for (span, own) in more {
                self.propose(span, slot, own.or(shared)).near = near;
            }
            end = at;
        }
        end
    }

    /// `X (48 000 obyvatel), Y (…)`: the token behind what brackets say of a name.
    fn behind_bracket(&self, at: usize) -> usize {
        let closed = (at + 1..self.text.tokens.len().min(at + BRACKET)).find(|&inner| self.fold(inner) == ")");
        if self.fold(at) == "(" { closed.map_or(at, |closed| closed + 1) } else { at }
    }

    /// Whether a verb of searching stands right there, or behind an adverb: `X opět hledá`, `X se chce spřátelit`.
    fn searches(&self, at: usize) -> bool {
        let end = self.text.sentence_at(at).end.max(at);
        let light = |word: &str| LIGHT.split(' ').any(|light| light == word);
        seek::hits(self.text, at..end)
            .any(|hit| hit.cue.group == "seek" && (hit.start <= at + 2 || self.text.shadow[at..hit.start].split_whitespace().all(light)))
    }

    fn near(&self, at: usize) -> bool {
        let to = self.text.tokens[at].start;
        let sentence = self.text.sentence_at(to);
        let from = self.text.tokens[at.saturating_sub(4)].start.max(sentence.start);
        from < to && seek::hits(self.text, from..to).any(|hit| hit.cue.group == "near" && !self.text.shadow[hit.end..to].contains(','))
    }
}
