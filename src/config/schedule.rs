//! When a source is crawled: at an interval, or at the times of a cron expression.
//!
//! Five fields as in crontab(5), with an IANA time zone behind them where it is not this machine's: `30 3 * * *`,
//! `0 4 * * MON-FRI Europe/Prague`.

use std::time::Duration;

use cronexpr::{Crontab, FallbackTimezoneOption, ParseOptions};
use jiff::Timestamp;

/// Part of an interval that a crawl may come early: a timer that is a little early is on time.
const EARLY: u32 = 20;

#[derive(Clone, Debug)]
pub enum Schedule {
    Every(Duration),
    /// The expression as written, and as read.
    At(String, Box<Crontab>),
}

impl Schedule {
    /// `6h`, `1d`, `2w` between an hour and a year, or a cron expression.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.split_whitespace().count() < 5 {
            return interval(text).map(Self::Every);
        }
        let mut options = ParseOptions::default();
        options.fallback_timezone_option = FallbackTimezoneOption::System;
        let read = cronexpr::parse_crontab_with(text, options).map_err(|error| error.to_string());
        // It may be well formed and never come: 31 February.
        read.and_then(|crontab| match crontab.find_next(Timestamp::UNIX_EPOCH) {
            Ok(_) => Ok(Self::At(text.to_owned(), Box::new(crontab))),
            Err(error) => Err(error.to_string()),
        })
        .map_err(|why| format!("{text:?} is not a cron expression: {}", why.lines().last().unwrap_or_default().trim()))
    }

    /// When a source whose last crawl began at `last` is to be crawled again.
    pub fn next(&self, last: Timestamp) -> Timestamp {
        match self {
            Self::Every(interval) => last.checked_add(*interval * (EARLY - 1) / EARLY).unwrap_or(Timestamp::MAX),
            Self::At(_, crontab) => crontab.find_next(last).map_or(Timestamp::MAX, |at| at.timestamp()),
        }
    }
}

impl PartialEq for Schedule {
    /// As written.
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl std::fmt::Display for Schedule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Every(interval) => write!(out, "every {} h", interval.as_secs() / 3600),
            Self::At(text, _) => write!(out, "at {text}"),
        }
    }
}

fn interval(text: &str) -> Result<Duration, String> {
    let fault = || {
        format!(
            "{text:?} is not a schedule: write \"6h\", \"1d\" or \"2w\", between an hour and a year, or a cron expression such as \"30 3 * * *\""
        )
    };
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let hours: u64 = match text[split..].trim() {
        "h" => 1,
        "d" => 24,
        "w" => 7 * 24,
        _ => return Err(fault()),
    };
    let number: u64 = text[..split].parse().map_err(|_| fault())?;
    number.checked_mul(hours).filter(|hours| (1..=366 * 24).contains(hours)).map(Duration::from_hours).ok_or_else(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(schedule: &str, last: &str) -> String {
        Schedule::parse(schedule).expect(schedule).next(last.parse().expect(last)).to_string()
    }

    #[test]
    fn intervals_and_cron_expressions() {
        assert_eq!(next("1d", "2026-03-01T03:00:00Z"), "2026-03-02T01:48:00Z");
        assert_eq!(next("2 w", "2026-03-01T00:00:00Z"), "2026-03-14T07:12:00Z");
        assert_eq!(next("30 3 * * * UTC", "2026-03-01T03:00:00Z"), "2026-03-01T03:30:00Z");
        assert_eq!(next("30 3 * * * Europe/Prague", "2026-07-01T03:00:00Z"), "2026-07-02T01:30:00Z");
        assert_eq!(next("0 4 * * MON UTC", "2026-03-03T00:00:00Z"), "2026-03-09T04:00:00Z");
    }

    #[test]
    fn what_is_no_schedule_is_refused_in_one_line() {
        for text in ["", "0h", "1", "30s", "9999d", "daily", "61 3 * * *", "30 3 * *", "0 0 31 2 * UTC", "0 0 * * * Mars/Olympus"] {
            let fault = Schedule::parse(text).expect_err(text);
            assert!(fault.contains(&format!("{text:?} is not")) && fault.lines().count() == 1, "{fault}");
        }
    }
}
