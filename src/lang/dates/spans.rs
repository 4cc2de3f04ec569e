//! From one date to another: `5. – 8. června 2015`, `květen až červen 2012`, `March 3-5, 2020`, `5. a 19. března`.
//!
//! What the earlier end leaves out is taken from the later one. An `and` names days one by one and makes no span; ends
//! that run backwards are two dates.

use std::ops::Range;

use super::Grammar;
use super::civil::{Civil, Precision};
use super::days::Part;
use super::mention::{Clock, Confidence, DateMention, Form, Order, Span};
use super::order::Preferred;
use crate::lang::words::Role;

/// A mention before its bytes are known.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    part: Part,
    end: Option<Civil>,
    span: Span,
    time: Option<Clock>,
    pub confidence: Confidence,
    pub next: usize,
}

impl Match {
    pub fn mention(self, range: Range<usize>) -> DateMention {
        let Part { civil, form, order, .. } = self.part;
        DateMention { range, start: civil, end: self.end, form, order, span: self.span, time: self.time, confidence: self.confidence }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Until,
    And,
}

const DASHES: &str = "-–—‑−‐";

impl Grammar<'_> {
    /// The longest mention that begins here.
    pub fn span(self, at: usize) -> Option<Match> {
        if self.runs_on_before(at) {
            return None;
        }
        let single = self.date(at);
        let spans = [single.and_then(|first| self.from(first)), self.days(at), self.month_days(at), self.months(at)];
        let longest = spans.into_iter().flatten().max_by_key(|span| span.next);
        match (longest, single) {
            (Some(span), _) => Some(span),
            (None, Some(single)) => Some(self.with_hours(single)),
            (None, None) => None,
        }
    }

    fn with_hours(self, part: Part) -> Match {
        let hours = self.hours(part.next).filter(|_| part.civil.precision() == Precision::Day);
        let span = hours.map_or(Span::One, |hours| if hours.spans { Span::Range } else { Span::Stamp });
        let next = hours.map_or(part.next, |hours| hours.next);
        Match { part, end: None, span, time: hours.map(|hours| hours.start), confidence: part.confidence, next }
    }

    /// A date, perhaps with its time, and a later one of the same precision.
    fn from(self, first: Part) -> Option<Match> {
        let behind = self.hours(first.next).filter(|hours| !hours.spans);
        let at = self.until(first.next).or_else(|| self.until(behind?.next))?;
        let second = self.date(at).filter(|second| second.civil.precision() == first.civil.precision())?;
        if first.form == Form::Year && second.form == Form::Year && self.gap(at) != self.gap(first.next) {
            return None;
        }
        // `3. 11. 2014 – 5. 3.` is no span; `3. listopadu 2014 – 5. března` is one of the same year.
        let says_more = second.civil.year.is_some() || second.confidence >= Confidence::Likely || first.confidence == Confidence::Weak;
        let last = Part { civil: second.civil.in_year(first.civil.year.unwrap_or_default()), ..second };
        let last = if first.civil.year.is_some() { last } else { second };
        says_more.then(|| self.joined(first, last, Joint::Until)).flatten()
    }

    /// `2. - 3. 11. 2017`, `5., 6. a 7. června`, `15./16. 6. 2024`, `20/3 – 26/4/2020`: day, or day and month, told in full later.
    fn days(self, at: usize) -> Option<Match> {
        let (day, mut from) = self.lone_day(at)?;
        let mut month = None;
        if let (Some(figure), Some(_)) = (self.number(from, 1..=2), self.mark(from - 1, "./").or_else(|| self.mark(from, "/"))) {
            (month, from) = (i8::try_from(figure).ok(), from + 1);
        } else if let (Some(_), Some(figure)) = (self.mark(from, "/"), self.number(from + 1, 1..=2))
            && self.until(from + 2).is_some()
        {
            (month, from) = (i8::try_from(figure).ok(), from + 2);
        }
        while month.is_none() && self.mark(from, ",").is_some() && self.date(from + 1).is_none() {
            from = self.lone_day(from + 1)?.1;
        }
        let slash = self.mark(from, "/").filter(|_| month.is_none() && self.mark(from - 1, ".").is_some());
        let until = self.until(from).or(slash.map(|_| from + 1));
        let and = || self.plays(from, Role::And).then_some(from + 1).filter(|_| month.is_none());
        let (joint, second) = until.map(|at| (Joint::Until, at)).or_else(|| and().map(|at| (Joint::And, at)))?;
        let last = self.date(second).filter(|last| last.civil.precision() == Precision::Day && self.lone_day(second).is_some())?;
        // Two bare figures before a day without a year are no date: `od 3 do 5. 3.`
        if last.confidence == Confidence::Weak && (month.is_some() || self.mark(from - 1, ".").is_none()) {
            return None;
        }
        let civil = Civil { year: None, month, day: Some(day) };
        self.joined(Part { civil, next: from, ..last }, last, joint)
    }

    /// `March 3-5, 2020`, `March 3 and 5, 2020`
    fn month_days(self, at: usize) -> Option<Match> {
        let (month, from) = self.named_lead(at)?;
        let (first, from) = self.lone_day(from)?;
        let until = self.until(from).map(|at| (Joint::Until, at));
        let (joint, second) = until.or_else(|| self.plays(from, Role::And).then_some((Joint::And, from + 1)))?;
        let (last, after) = self.lone_day(second)?;
        let year_at = self.skip(after, ",");
        let year = self.year(year_at);
        let close = joint == Joint::Until && !self.gap(from) && !self.gap(second) && self.date(second).is_none();
        if year.is_none() && !close {
            return None;
        }
        let civil = |day| Civil { year: year.and_then(|year| i16::try_from(year).ok()), month: Some(month), day: Some(day) };
        let confidence = if year.is_some() { Confidence::Sure } else { Confidence::Likely };
        let next = if year.is_some() { year_at + 1 } else { after };
        let part = |day| Part { civil: civil(day), form: Form::Word, order: Order::Settled, confidence, next };
        self.joined(part(first), part(last), joint)
    }

    fn named_lead(self, at: usize) -> Option<(i8, usize)> {
        let month = self.word(at)?.month(&self.context.languages)?;
        Some((month.month, self.skip(at + 1, ".")))
    }

    /// `květen až červen 2012`, `March–May 2020`
    fn months(self, at: usize) -> Option<Match> {
        let (month, from) = self.lone_month(at)?;
        let second = self.until(from)?;
        let last = self.date(second).filter(|last| last.civil.precision() == Precision::Month)?;
        let civil = Civil { year: None, month: Some(month), day: None };
        self.joined(Part { civil, next: from, ..last }, last, Joint::Until)
    }

    fn joined(self, first: Part, last: Part, joint: Joint) -> Option<Match> {
        let (first, last) = agreed(first, last, self.context.preferred);
        let civil = first.civil.completed_by(last.civil);
        let backwards = matches!((civil.first(), last.civil.first()), (Some(first), Some(last)) if first > last);
        if backwards {
            return None;
        }
        let span = if joint == Joint::Until { Span::Range } else { Span::Several };
        let order = if first.order == last.order || last.order == Order::Settled { first.order } else { last.order };
        let hours = self.hours(last.next).filter(|_| civil.precision() == Precision::Day);
        let confidence = if first.civil.year.is_some() { first.confidence.max(last.confidence) } else { last.confidence };
        Some(Match {
            part: Part { civil, order, ..first },
            end: Some(last.civil),
            span,
            time: hours.map(|hours| hours.start),
            confidence,
            next: hours.map_or(last.next, |hours| hours.next),
        })
    }

    /// Behind a dash or a word of a range, and a weekday that may follow it.
    pub fn until(self, at: usize) -> Option<usize> {
        let word = self.plays(at, Role::Until);
        let mut next = (word || self.mark(at, DASHES).is_some()).then_some(at + 1)?;
        while self.plays(next, Role::Until) {
            next += 1;
        }
        if self.plays(next, Role::Weekday) && self.lone_day(self.skip(next + 1, ".,")).is_some() {
            next = self.skip(next + 1, ".,");
        }
        Some(next)
    }
}

/// Two ends are written in one order: what settles one settles the other.
fn agreed(first: Part, last: Part, preferred: Preferred) -> (Part, Part) {
    let follow = |open: Part, settled: Order| {
        let exchange = match settled {
            Order::DayFirst => preferred == Preferred::MonthFirst,
            Order::MonthFirst => preferred == Preferred::DayFirst,
            Order::Settled | Order::Open => return open,
        };
        let civil = if exchange { open.civil.swapped() } else { open.civil };
        if open.order == Order::Open { Part { civil, order: settled, ..open } } else { open }
    };
    (follow(first, last.order), follow(last, first.order))
}
