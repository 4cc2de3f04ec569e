//! When something known is worth asking for again: the longer it has stood, the later.
//!
//! Cho and Garcia-Molina ("Effective page refresh policies for web crawlers", 2003): a page that has not changed for long
//! is not likely to change tomorrow. The interval is a share of the time that a notice has stood, within bounds, spread by
//! a hash of its address so that what was first read in one night is not all due in one night.

use std::time::Duration;

use jiff::Timestamp;

use crate::visit::outcome::later;

/// Share of its age after which a notice is looked at again.
const SHARE_OF_AGE: u32 = 8;
/// Shortest and longest interval.
const SHORTEST: Duration = Duration::from_hours(20);
const LONGEST: Duration = Duration::from_hours(60 * 24);
/// How much of an interval the spread may take off, in hundredths.
const SPREAD: u32 = 40;
/// Between two readings of all pages of a listing.
const FULL_WALK: Duration = Duration::from_hours(7 * 24 - 4);

/// When a notice that has stood since `since` and was looked at `at` is to be looked at again.
pub(super) fn due(at: Timestamp, since: Timestamp, address: &str) -> Timestamp {
    later(at, interval(at, since, address))
}

/// When all pages of a listing are to be read again.
pub(super) fn full_walk(last: Timestamp) -> Timestamp {
    later(last, FULL_WALK)
}

fn interval(at: Timestamp, since: Timestamp, address: &str) -> Duration {
    let age = Duration::try_from(at.duration_since(since)).unwrap_or_default();
    let interval = (age / SHARE_OF_AGE).clamp(SHORTEST, LONGEST);
    (interval * (100 - spread(address) % SPREAD) / 100).max(SHORTEST)
}

/// FNV-1a (Fowler, Noll, Vo): the same on every machine.
fn spread(address: &str) -> u32 {
    address.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(age_in_days: i64, address: &str) -> u64 {
        let at: Timestamp = "2026-03-01T12:00:00Z".parse().expect("a moment");
        let since = at - jiff::SignedDuration::from_hours(24 * age_in_days);
        due(at, since, address).duration_since(at).as_hours().unsigned_abs()
    }

    #[test]
    fn what_has_stood_long_is_asked_for_rarely() {
        assert_eq!((hours(0, "a"), hours(-3, "a"), hours(5, "a")), (20, 20, 20));
        assert!((29..=48).contains(&hours(16, "a")), "{}", hours(16, "a"));
        assert!((36 * 24..=60 * 24).contains(&hours(9000, "a")));
    }

    #[test]
    fn what_was_read_in_one_night_is_not_due_in_one_night() {
        let days: std::collections::BTreeSet<u64> = (0..200).map(|nth| hours(9000, &format!("https://mesto.test/{nth}")) / 24).collect();
        assert!(days.len() > 15, "{days:?}");
    }
}
