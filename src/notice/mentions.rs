//! The places that a text proposes, by the slot they stand in. Nothing is looked up here.
//!
//! Slots: after a word for a municipality (`obec X`, `města X, Y a Z`), at the start of a title or sentence
//! before a verb, before `(Country)`, after a country's adjective, after an office (`starosta X`), after
//! `v`. A capital anywhere else proposes nothing: text is never scanned for names.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::countries::Nation;
use super::names::{Genus, adjectival, genus, name_at, region};
use super::nearby::Nearby;
use super::seek;
use super::text::Text;
use crate::gazetteer::Form;
use crate::record::Where;

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
    /// `starosta X`, `zájem X`.
    Office,
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

/// Words between the word for a municipality and its name, folded.
const CALLED: &str = "s nazvem nazov nazvom jmenem menom zvane zvana zvany nazvane nazvana of di de von \" named called";

/// Words whose bearer a name behind them is: `starosta X`, folded.
static OFFICES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "starosta starostka starosty primator primatorka zastupci zastupcu predstavitele predstavitelu zajem zajmu \
    zajmem zadost nabidka nabidku radnice vedeni zastupitelstvo zastupitele ponuka zastupcovia mayor"
        .split(' ')
        .collect()
});

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

    fn after_genus(&mut self, at: usize) -> Option<usize> {
        let word = self.fold(at);
        let kind = genus(word)?;
        let part = kind == Genus::Part;
        // `část` and `část města` are parts of anything; a district says so.
        if part && word.starts_with("cast") && !(at > 0 && self.fold(at - 1).starts_with("mestsk")) {
            return None;
        }
        let mut from = at + 1;
        while CALLED.split(' ').any(|word| word == self.fold(from)) || (genus(self.fold(from)).is_some() && from < at + 3) {
            from += 1;
        }
        let end = self.name(from)?;
        let span = self.span(from, end);
        if part && let Some(last) = self.apposition(at) {
            let nation = self.nearby().after(end);
            let mention = &mut self.found[last];
            mention.parent = Some(span);
            mention.nation = mention.nation.or(nation);
            if nation.is_some() {
                mention.slot = Slot::Country;
            }
            return Some(end);
        }
        let nation = self.nearby().before(at).or_else(|| self.nearby().after(end));
        let near = self.near(at);
        let slot = if self.nearby().bracket(end).is_some() { Slot::Country } else { Slot::Genus };
        let whole = if part { self.whole(end) } else { None };
        let parent = whole.map(|(from, to)| self.span(from, to));
        self.found.push(Mention { text: self.index, span, slot, nation, parent, near, region: None });
        Some(match whole {
            Some((_, to)) => to,
            None if part => end,
            None => self.list(end, slot, nation, near),
        })
    }

    /// `Kanton X hledá`, `okres X (Polsko)`: only where a title or sentence begins, as the party that searches.
    fn after_region(&mut self, at: usize) -> Option<usize> {
        if !region(self.fold(at)) {
            return None;
        }
        let first = self.text.sentence_at(self.text.tokens[at].start).start;
        let before = &self.text.shadow[first..self.text.tokens[at].start];
        if before.split_whitespace().count() > 1 {
            return None;
        }
        let mut from = at + 1;
        while self.fold(from).starts_with("powiatow") || matches!(self.fold(from), "w" | "we" | "of") {
            from += 1;
        }
        let start = self.text.tokens.get(from)?.start;
        // `Vojvodina` is known as a part that implies its country.
        let part = self.nations.iter().find(|nation| nation.start == start && nation.form == Form::Entity).copied();
        let end = match part {
            Some(part) => self.text.tokens.partition_point(|token| token.start < part.end),
            None => self.name(from)?,
        };
        let nation = part.or_else(|| self.nearby().before(at)).or_else(|| self.nearby().after(end));
        let rest = self.text.tokens.get(end).map_or(self.text.shadow.len(), |token| token.start);
        if !(self.searches(rest) || self.nearby().bracket(end).is_some()) {
            return None;
        }
        let (span, word) = (self.span(from, end), self.span(at, at + 1));
        self.found.push(Mention { text: self.index, span, slot: Slot::Genus, nation, parent: None, near: false, region: Some(word) });
        Some(end)
    }

    /// `, Y a Z` behind a first name: a list must be closed by a conjunction or a bracket.
    fn list(&mut self, mut end: usize, slot: Slot, nation: Option<Nation>, near: bool) -> usize {
        let mut more = Vec::new();
        let mut at = end;
        let mut closed = false;
        loop {
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
                self.found.push(Mention { text: self.index, span, slot, nation: own.or(shared), parent: None, near, region: None });
            }
            end = at;
        }
        end
    }

    fn before_country(&mut self, at: usize) -> Option<usize> {
        if self.text.place != Where::Title && self.text.place != Where::Summary {
            return None;
        }
        let end = self.free_name(at)?;
        let nation = self.nearby().bracket(end).or_else(|| self.nearby().comma(end).filter(|_| self.text.place == Where::Title))?;
        // `Ribnica na Pohorju (Slovinsko)`: what stands right before the country is the end of the name.
        let start = self.text.tokens[at].start;
        if at > 0
            && matches!(self.fold(at - 1), "na" | "ob" | "pri")
            && let Some(last) =
                self.found.last_mut().filter(|last| last.span.end + self.text.fold(self.text.tokens[at - 1]).len() + 2 == start)
        {
            last.span.end = self.text.tokens[end - 1].end;
            last.nation = Some(nation);
            last.slot = Slot::Country;
            return Some(end);
        }
        let near = self.near(at);
        self.found.push(Mention {
            text: self.index,
            span: self.span(at, end),
            slot: Slot::Country,
            nation: Some(nation),
            parent: None,
            near,
            region: None,
        });
        Some(end)
    }

    fn initial(&mut self, at: usize) -> Option<usize> {
        let title = self.text.place == Where::Title;
        let start = self.text.tokens[at].start;
        let opens = at == 0 || self.text.shadow[self.text.sentence_at(start).start..start].trim_start().is_empty();
        let after_sign = title && at > 0 && matches!(self.fold(at - 1), ":" | "-");
        if !(opens || after_sign) {
            return None;
        }
        let end = self.free_name(at)?;
        // `Lužické město hledá partnera` names no town; `Drohobyčská hromada` does.
        if end == at + 1 && adjectival(self.fold(at)) && matches!(genus(self.fold(end)), Some(Genus::One)) && self.town(end) {
            return None;
        }
        let before = self.found.len();
        self.found.push(Mention {
            text: self.index,
            span: self.span(at, end),
            slot: Slot::Initial,
            nation: self.nearby().after(end),
            parent: None,
            near: false,
            region: None,
        });
        let end = self.list(end, Slot::Initial, self.nearby().after(end), false);
        // `Slobozhanska samospráva`: the word for the municipality may follow its name.
        let end = if genus(self.fold(end)).is_some() { end + 1 } else { end };
        let rest = self.text.tokens.get(end).map_or(self.text.shadow.len(), |token| token.start);
        let verb = self.searches(rest);
        let bracket = self.nearby().bracket(end).is_some();
        let district =
            self.fold(end) == "," && (genus(self.fold(end + 1)) == Some(Genus::Part) || self.fold(end + 1).starts_with("mestsk"));
        let slot = match () {
            () if bracket => Slot::Country,
            () if verb => Slot::Subject,
            () if district || rest >= self.text.shadow.trim_end().len() || matches!(self.fold(end), "-" | "(" | "." | ",") => Slot::Initial,
            () if !title => Slot::Initial,
            () => {
                self.found.truncate(before);
                return None;
            }
        };
        let nation = self.nearby().after(end);
        for mention in &mut self.found[before..] {
            mention.slot = slot;
            mention.nation = mention.nation.or(nation);
        }
        Some(end)
    }

    fn after_adjective(&mut self, at: usize) -> Option<usize> {
        let start = self.text.tokens[at].start;
        let nation = *self.nations.iter().find(|nation| nation.start == start && matches!(nation.form, Form::Adjective | Form::Entity))?;
        let from = self.text.tokens.iter().position(|token| token.start >= nation.end)?;
        let end = self.name(from)?;
        let near = self.near(at);
        let slot = if self.nearby().bracket(end).is_some() { Slot::Country } else { Slot::Adjective };
        let before = self.found.len();
        self.found.push(Mention {
            text: self.index,
            span: self.span(from, end),
            slot,
            nation: Some(nation),
            parent: None,
            near,
            region: None,
        });
        let end = self.list(end, slot, Some(nation), near);
        if self.searches(self.text.tokens.get(end).map_or(self.text.shadow.len(), |token| token.start)) {
            for mention in &mut self.found[before..] {
                mention.slot = Slot::Subject;
            }
        }
        Some(end)
    }

    fn after_office(&mut self, at: usize) -> Option<usize> {
        let word = self.fold(at);
        if !OFFICES.contains(word) {
            return None;
        }
        let from = if self.fold(at + 1) == "of" { at + 2 } else { at + 1 };
        let end = self.name(from)?;
        self.found.push(Mention {
            text: self.index,
            span: self.span(from, end),
            slot: Slot::Office,
            nation: self.nearby().after(end),
            parent: None,
            near: false,
            region: None,
        });
        Some(end)
    }

    fn located(&mut self, at: usize) -> Option<usize> {
        if !matches!(self.fold(at), "v" | "ve" | "in" | "vo") || self.text.place == Where::Body {
            return None;
        }
        let end = self.name(at + 1)?;
        self.found.push(Mention {
            text: self.index,
            span: self.span(at + 1, end),
            slot: Slot::Located,
            nation: self.nearby().after(end),
            parent: None,
            near: true,
            region: None,
        });
        Some(end)
    }

    /// A word for any town or village, as against `hromada` or `samospráva`, which bear their town's adjective.
    fn town(&self, at: usize) -> bool {
        ["mest", "obec", "obc", "vesni", "dedin", "town", "vill", "cit"].iter().any(|stem| self.fold(at).starts_with(stem))
    }

    /// Whether a verb of searching stands right there.
    fn searches(&self, at: usize) -> bool {
        let end = self.text.sentence_at(at).end.max(at);
        seek::hits(self.text, at..end).any(|hit| hit.cue.group == "seek" && hit.start <= at + 2)
    }

    /// The mention that ends right before `, městská část …`.
    fn apposition(&self, at: usize) -> Option<usize> {
        let last = self.found.len().checked_sub(1)?;
        let between = &self.text.shadow[self.found[last].span.end..self.text.tokens[at].start];
        (between.starts_with(',') && between.len() < 14).then_some(last)
    }

    /// The whole behind a part: `městská část X (Y, Polsko)`, `X, Y`, `X ve Y`.
    fn whole(&self, end: usize) -> Option<(usize, usize)> {
        let from = if matches!(self.fold(end), "(" | "," | "v" | "ve" | "in" | "of" | "mesta" | "-") { end + 1 } else { end };
        let from = if genus(self.fold(from)).is_some() { from + 1 } else { from };
        let to = self.name(from)?;
        Some((from, to))
    }

    fn near(&self, at: usize) -> bool {
        let to = self.text.tokens[at].start;
        let sentence = self.text.sentence_at(to);
        let from = self.text.tokens[at.saturating_sub(4)].start.max(sentence.start);
        from < to && seek::hits(self.text, from..to).any(|hit| hit.cue.group == "near" && !self.text.shadow[hit.end..to].contains(','))
    }
}
