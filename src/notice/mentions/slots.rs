//! The slots, one reader each: from the token at which a slot may begin to the token behind it.
//!
//! Refuses the map: whether a proposed name is a place is decided in `places.rs`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Reader, Slot};
use crate::gazetteer::Form;
use crate::notice::names::{Genus, epithet, genus, region};
use crate::notice::seek;
use crate::record::Where;

/// Words between the word for a municipality and its name, folded.
const CALLED: &str = "s nazvem nazov nazvom jmenem menom zvane zvana zvany nazvane nazvana of di de von \" named called";

/// Words whose bearer a name behind them is: `starosta X`, folded.
static OFFICES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "starosta starostka starosty primator primatorka zastupci zastupcu predstavitele predstavitelu zajem zajmu \
    zajmem zadost nabidka nabidku radnice vedeni zastupitelstvo zastupitele ponuka zastupcovia mayor pomozte pomozme pomoc"
        .split(' ')
        .collect()
});

/// Stems of the words that say whence something was written or brought, folded.
const WRITING: [&str; 17] = [
    "ozva", "ozyva", "napsa", "pise", "pisi", "prisl", "prich", "dorazi", "dosl", "obrati", "obraci", "hlasi", "zadost", "nabid", "prosb",
    "dopis", "poptavk",
];

/// Ends of the words behind which a seeker is named, folded.
const TELLING: [&str; 10] =
    ["jde o", "jedna se o", "jsou to", "je to", "vzkazuje", "vzkazuji", "oznamuje", "ide o", "tentokrat", "jmenovite"];

/// Stems of what a search may begin with when its subject comes last, folded.
const BROUGHT: [&str; 6] = ["partner", "spolupr", "pratel", "druzb", "protejs", "kontakt"];

/// Stems of the divisions that hold a municipality, folded.
const DIVISIONS: [&str; 9] = ["okres", "kraj", "zup", "oblast", "provinc", "kanton", "vojvod", "departement", "powiat"];

/// Words that lead a phrase of place behind a name, folded.
const PLACING: &str = "z ze v ve na u pod nad pri za od nedaleko pobliz blizko";

/// Words between a search and the town that is asked, folded.
const ASKING: &str = "s se v ve u okoli nedaleko pobliz blizko okrese okresu so pri";

/// Tokens of such a phrase.
const PHRASE: usize = 6;

impl Reader<'_> {
    pub(super) fn after_genus(&mut self, at: usize) -> Option<usize> {
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
        let mention = self.propose(span, slot, nation);
        mention.parent = parent;
        mention.near = near;
        Some(match whole {
            Some((_, to)) => to,
            None if part => end,
            None => self.list(end, slot, nation, near),
        })
    }

    /// `Kanton X hledá`, `okres X (Polsko)`: only where a title or sentence begins, as the party that searches.
    pub(super) fn after_region(&mut self, at: usize) -> Option<usize> {
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
        if !(self.searches(self.start(end)) || self.nearby().bracket(end).is_some()) {
            return None;
        }
        let (span, word) = (self.span(from, end), self.span(at, at + 1));
        self.propose(span, Slot::Genus, nation).region = Some(word);
        Some(end)
    }

    pub(super) fn before_country(&mut self, at: usize) -> Option<usize> {
        if self.text.place != Where::Title && self.text.place != Where::Summary {
            return None;
        }
        // `(okres X, Slovensko)` says where.
        if at > 0 && DIVISIONS.iter().any(|stem| self.fold(at - 1).starts_with(stem)) {
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
        let (span, near) = (self.span(at, end), self.near(at));
        self.propose(span, Slot::Country, Some(nation)).near = near;
        Some(end)
    }

    pub(super) fn initial(&mut self, at: usize) -> Option<usize> {
        let title = self.text.place == Where::Title;
        let after_sign = title && at > 0 && matches!(self.fold(at - 1), ":" | "-");
        if !(self.opens(at) || after_sign) {
            return None;
        }
        let end = self.free_name(at)?;
        // `Lužické město hledá partnera` names no town; `Drohobyčská hromada` does.
        if end == at + 1 && self.fold(at).ends_with(['e', 'a', 'y', 'i']) && genus(self.fold(end)) == Some(Genus::One) && self.town(end) {
            return None;
        }
        // `Zahraniční obce hledají`: what stands before the plural is an adjective.
        if end == at + 1 && genus(self.fold(end)) == Some(Genus::Many) {
            return None;
        }
        let before = self.found.len();
        let nation = self.nearby().after(end);
        self.propose(self.span(at, end), Slot::Initial, nation);
        let end = self.list(end, Slot::Initial, nation, false);
        // `Slobozhanska samospráva`: the word for the municipality may follow its name.
        let end = if genus(self.fold(end)).is_some() { end + 1 } else { end };
        let rest = self.start(end);
        let verb = self.searches(rest) || self.searches_behind(end);
        let bracket = self.nearby().bracket(end).is_some();
        let district =
            self.fold(end) == "," && (genus(self.fold(end + 1)) == Some(Genus::Part) || self.fold(end + 1).starts_with("mestsk"));
        let slot = match () {
            () if bracket => Slot::Country,
            () if verb => Slot::Subject,
            () if district || rest >= self.text.shadow.trim_end().len() || matches!(self.fold(end), "-" | "(" | "." | "," | ":") => {
                Slot::Initial
            }
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

    pub(super) fn after_adjective(&mut self, at: usize) -> Option<usize> {
        let start = self.text.tokens[at].start;
        let nation = *self.nations.iter().find(|nation| nation.start == start && matches!(nation.form, Form::Adjective | Form::Entity))?;
        let mut from = self.text.tokens.iter().position(|token| token.start >= nation.end)?;
        // `ukrajinský válkou poničený X`, `italské lázeňské X`.
        while epithet(self.fold(from)) && from < at + 4 {
            from += 1;
        }
        let end = self.name(from)?;
        let near = self.near(at);
        let slot = if self.nearby().bracket(end).is_some() { Slot::Country } else { Slot::Adjective };
        let before = self.found.len();
        self.propose(self.span(from, end), slot, Some(nation)).near = near;
        let end = self.list(end, slot, Some(nation), near);
        if self.searches(self.start(end)) || self.searches_behind(end) {
            for mention in &mut self.found[before..] {
                mention.slot = Slot::Subject;
            }
        }
        Some(end)
    }

    pub(super) fn after_office(&mut self, at: usize) -> Option<usize> {
        let word = self.fold(at);
        if !OFFICES.contains(word) {
            return None;
        }
        let from = if self.fold(at + 1) == "of" { at + 2 } else { at + 1 };
        self.office(from)
    }

    /// `Ozvali se nám z X`, `dopis z X`, `z X přišla nabídka`; `v X hledají`.
    pub(super) fn writing_from(&mut self, at: usize) -> Option<usize> {
        let from = matches!(self.fold(at), "z" | "ze");
        if !(from || matches!(self.fold(at), "v" | "ve")) {
            return None;
        }
        let writes = |word: usize| WRITING.iter().any(|stem| self.fold(word).starts_with(stem));
        let sentence = self.text.sentence_at(self.start(at));
        let mut before =
            (at.saturating_sub(4)..at).rev().take_while(|&before| self.start(before) >= sentence.start && self.fold(before) != ",");
        let end = self.name(at + 1)?;
        let brought = from && (before.any(writes) || self.opens(at) && (end..end + 3).any(writes));
        // Nobody else is there to search: `v X hledají partnera`.
        let there = self.opens(at) && self.searches(self.start(end)) && (end..end + 3).any(|word| self.fold(word).ends_with("ji"));
        if brought || there { self.office(at + 1) } else { None }
    }

    /// `Partnera hledá X`, `spolupráci nabízejí X a Y`, `jde o X a Y`, `vzkazuje X`.
    pub(super) fn after_verb(&mut self, at: usize) -> Option<usize> {
        let last = at.checked_sub(1)?;
        let last = if matches!(self.fold(last), "i" | "take" | "tez" | "aj") { last.checked_sub(1)? } else { last };
        let end = self.text.tokens[last].end;
        let sentence = self.text.sentence_at(end.saturating_sub(1));
        if !sentence.contains(&self.start(at)) {
            return None;
        }
        let told = TELLING.iter().any(|words| self.text.shadow[sentence.start..end].ends_with(words));
        let brought = |start: usize| BROUGHT.iter().any(|stem| self.text.shadow[start..].starts_with(stem));
        let sought =
            || seek::hits(self.text, sentence.start..end).any(|hit| hit.cue.group == "seek" && hit.end == end && brought(hit.start));
        if told || sought() { self.office(at) } else { None }
    }

    /// `Hledáme českou obec pro X`.
    pub(super) fn sought_for(&mut self, at: usize) -> Option<usize> {
        if !matches!(self.fold(at), "pro" | "pre" | "for") {
            return None;
        }
        let start = self.start(at);
        let sentence = self.text.sentence_at(start);
        if seek::has("seek", self.text, sentence.start..self.text.tokens[at].end) { self.office(at + 1) } else { None }
    }

    /// A name that needs the map on its side.
    fn office(&mut self, from: usize) -> Option<usize> {
        let end = self.name(from)?;
        let nation = self.nearby().after(end);
        self.propose(self.span(from, end), Slot::Office, nation);
        Some(self.list(end, Slot::Office, nation, false))
    }

    /// `Hledá partnera v okolí X`, `chce se spřátelit s X`.
    pub(super) fn asked(&mut self, at: usize) -> Option<usize> {
        if !ASKING.split(' ').any(|word| word == self.fold(at)) || self.text.place == Where::Body {
            return None;
        }
        let start = self.start(at);
        let sentence = self.text.sentence_at(start);
        let mut hits = seek::hits(self.text, sentence.clone());
        let sought = seek::has("seek", self.text, sentence.start..start) && !hits.any(|hit| matches!(hit.cue.group, "existing" | "done"));
        // The partner is named right before: `partnera v X`, `partnerství s X`, `spřátelit se s X`.
        let from = self.start(at.saturating_sub(4)).max(sentence.start);
        if !(sought && (seek::has("object", self.text, from..start) || self.befriends(at))) {
            return None;
        }
        let end = self.name(at + 1)?;
        let span = self.span(at + 1, end);
        self.propose(span, Slot::Asked, None);
        Some(end)
    }

    /// A verb of making friends stands up to three tokens before.
    fn befriends(&self, at: usize) -> bool {
        let word =
            |at: usize| ["spratel", "spoj", "propoj", "druzi", "spolupr", "partnerstv"].iter().any(|stem| self.fold(at).starts_with(stem));
        (at.saturating_sub(3)..at).any(word)
    }

    pub(super) fn located(&mut self, at: usize) -> Option<usize> {
        if !matches!(self.fold(at), "v" | "ve" | "in" | "vo") || self.text.place == Where::Body {
            return None;
        }
        let end = self.name(at + 1)?;
        let nation = self.nearby().after(end);
        self.propose(self.span(at + 1, end), Slot::Located, nation).near = true;
        Some(end)
    }

    /// Whether a sentence begins there, but for epithets: `Malebné X`.
    fn opens(&self, at: usize) -> bool {
        let start = self.text.tokens[at].start;
        let sentence = self.text.sentence_at(start);
        (0..at).rev().take_while(|&before| self.start(before) >= sentence.start).all(|before| epithet(self.fold(before)))
    }

    /// A word for any town or village, as against `hromada` or `samospráva`, which bear their town's adjective.
    fn town(&self, at: usize) -> bool {
        ["mest", "obec", "obc", "vesni", "dedin", "town", "vill", "cit"].iter().any(|stem| self.fold(at).starts_with(stem))
    }

    /// `X z Kyjevské oblasti hledá`, `X, město pod Dolomity, hledá`: a phrase lies between the name and its verb.
    fn searches_behind(&self, at: usize) -> bool {
        let from = self.start(at);
        let to = self.text.sentence_at(from).end.max(from);
        let Some(hit) = seek::hits(self.text, from..to).find(|hit| hit.cue.group == "seek") else { return false };
        let phrase = self.text.shadow[from..hit.start].trim_end();
        let words = phrase.split_whitespace().count();
        let placed = PLACING.split(' ').any(|word| word == self.fold(at));
        let apposed =
            phrase.strip_prefix(',').and_then(|rest| rest.strip_suffix(',')).is_some_and(|inner| !inner.contains([',', '(', ':']));
        placed && words <= PHRASE && !phrase.contains([',', '(', ':', ';']) || apposed && words <= PHRASE + 4
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
}
