//! The times of machines: RFC 3339 (ISO 8601), RFC 5322 with the short years of RFC 822, with their offset from UTC.
//!
//! The day is the one written, in the zone written. Reads what feeds and pages really hold: a weekday or none, a month's
//! name of any language, a time or none.

use jiff::civil::{Date, Time};

use super::civil::{Civil, Precision};
use super::mention::Confidence;
use super::order::Context;
use super::pieces::{Kind, pieces};
use super::{Grammar, days::Part};
use crate::lang::rows::rows;
use crate::lang::words::Role;

/// A day with the time and the offset as far as they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub date: Date,
    pub time: Option<Time>,
    /// Minutes east of UTC.
    pub offset: Option<i16>,
}

/// The time that a machine wrote; none for a text that is more than one.
pub fn iso(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let pieces = pieces(text);
    let context = Context::default();
    let grammar = Grammar { pieces: &pieces, context: &context };
    let start = pieces.iter().position(|piece| matches!(piece.kind, Kind::Number(..)))?;
    let only_weekday = (0..start).all(|at| grammar.plays(at, Role::Weekday) || grammar.mark(at, ",").is_some());
    if !only_weekday {
        return None;
    }
    let full = |part: &Part| part.confidence == Confidence::Sure || part.civil.precision() == Precision::Day && part.civil.year.is_some();
    let (civil, next) = match grammar.date(start).filter(full) {
        Some(part) => (part.civil, part.next),
        None => grammar.short_year(start)?,
    };
    let rest = text.get(pieces.get(next).map_or(text.len(), |piece| piece.range.start)..).unwrap_or_default();
    let (time, offset) = clock(rest);
    Some(Stamp { date: civil.first()?, time, offset })
}

impl Grammar<'_> {
    /// `Tue, 12 Mar 24 09:00:00 +0100` (RFC 822).
    fn short_year(self, at: usize) -> Option<(Civil, usize)> {
        let part = self.date(at).filter(|part| part.civil.precision() == Precision::Day && part.civil.year.is_none())?;
        let year = self.number(part.next, 2..=2)?;
        Some((part.civil.in_year(super::days::full_year(year) as i16), part.next + 1))
    }
}

/// `T09:00:00.5+01:00`, ` 09:00 EST`: what follows the day.
fn clock(rest: &str) -> (Option<Time>, Option<i16>) {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | 't' | ','));
    let figures = |text: &str| text.get(..2).and_then(|figures| figures.parse::<i8>().ok());
    let Some((hour, after)) = figures(rest).zip(rest.get(2..)) else { return (None, None) };
    let colon = after.strip_prefix(':').unwrap_or(after);
    let Some((minute, after)) = figures(colon).zip(colon.get(2..)) else { return (None, None) };
    let seconds = after.strip_prefix(':').and_then(|after| figures(after).zip(after.get(2..)));
    let (second, zone) = seconds.unwrap_or((0, after));
    let zone = zone.strip_prefix(['.', ',']).map_or(zone, |fraction| fraction.trim_start_matches(|c: char| c.is_ascii_digit())).trim();
    // RFC 3339 lets a leap second be told as 60.
    (Time::new(hour % 24, minute, second.min(59), 0).ok(), offset(zone))
}

/// Minutes of `Z`, `+01:00`, `-0500`, `EST` (RFC 5322, obs-zone).
fn offset(zone: &str) -> Option<i16> {
    if let Some(row) = rows(include_str!("../data/zones.tsv")).find(|row| zone.eq_ignore_ascii_case(row[0])) {
        return row[1].parse().ok();
    }
    let (sign, digits) =
        zone.strip_prefix('+').map(|digits| (1, digits)).or_else(|| zone.strip_prefix(['-', '−']).map(|digits| (-1, digits)))?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let hours: i16 = digits.get(..2)?.parse().ok()?;
    let minutes: i16 = digits.get(2..4).unwrap_or("0").parse().ok()?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
