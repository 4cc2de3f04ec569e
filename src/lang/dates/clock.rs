//! The clock time behind a day: `14:30`, `ve 14.30 hod.`, `2:05 pm`, `15:00–17:00`, `od 9 hodin`.
//!
//! Two figures alone are no time: they need minutes behind a colon, behind a stop after a word that announces a time, or a unit.

use super::Grammar;
use super::mention::Clock;
use crate::lang::words::Role;

/// A time or a span of time.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    pub start: Clock,
    /// Whether a later hour follows or only a first is told (`od 9:30`).
    pub spans: bool,
    pub next: usize,
}

impl Grammar<'_> {
    /// The clock time that follows a day.
    pub fn hours(self, at: usize) -> Option<Hours> {
        let from = self.skip(at, ",-–—|/·•(");
        let since = self.plays(from, Role::Since);
        let from = if since { from + 1 } else { self.skip_words(from, Role::BeforeTime) };
        let (start, after) = self.time(from)?;
        match self.until(after).and_then(|second| self.time(second)) {
            Some((_, end)) => Some(Hours { start, spans: true, next: self.skip(end, ")") }),
            None => Some(Hours { start, spans: since, next: self.skip(after, ")") }),
        }
    }

    /// One time of day and the piece behind it.
    pub fn time(self, at: usize) -> Option<(Clock, usize)> {
        let hour = self.number(at, 1..=2).filter(|hour| *hour < 25)?;
        let mut next = at + 1;
        let colon = self.mark(next, ":.");
        let hours = colon.is_none() && !self.gap(next) && self.plays(next, Role::AfterTime);
        let minute = if colon.is_some() || hours { self.number(next + 1, 2..=2).filter(|minute| *minute < 60) } else { None };
        if minute.is_some() {
            next = self.zone(self.seconds(next + 2));
        }
        let unit = self.plays(next, Role::AfterTime);
        let announced = at > 0 && self.plays(at - 1, Role::BeforeTime);
        let clear = unit || (minute.is_some() && (announced || colon != Some('.')));
        clear.then_some(())?;
        let afternoon = self.plays(next, Role::Afternoon) && hour < 12;
        let midnight = self.plays(next, Role::Forenoon) && hour == 12;
        let hour = if midnight { 0 } else { hour + if afternoon { 12 } else { 0 } };
        let next = if unit { self.skip(next + 1, ".") } else { next };
        Some((Clock { hour: hour as i8 % 24, minute: minute.unwrap_or(0) as i8 }, next))
    }

    fn seconds(self, mut at: usize) -> usize {
        while self.mark(at, ":.").is_some() && !self.gap(at) && self.number(at + 1, 1..=9).is_some() {
            at += 2;
        }
        at
    }

    fn zone(self, at: usize) -> usize {
        if self.gap(at) || self.mark(at, "+").is_none() || self.number(at + 1, 2..=4).is_none() {
            return at;
        }
        if self.mark(at + 2, ":").is_some() && self.number(at + 3, 2..=2).is_some() { at + 4 } else { at + 2 }
    }
}
