//! When may a host be asked again? One request at a time, a pause after each, and deadlines that last.
//!
//! governor (burst 1) keeps starts apart; on top of it the pause counts from the *end* of an answer, so a slow
//! server rests as long as a fast one. A 429 or 503 sets a deadline, not a duration, so that it can be stored
//! and is served once. Waits are slept in tokio. Refuses: HTTP.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jiff::Timestamp;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;
use url::Url;

use crate::visit::outcome::{LONGEST_PAUSE, later};

/// A pause up to this long is waited for; a longer one ends the visits to its host in this run.
pub const MAX_WAIT: Duration = Duration::from_mins(2);
/// So many pleas, or visits without a whole answer, in a row and the host is left alone.
const FAILURE_LIMIT: u32 = 10;
/// For how long it is left alone then.
const COOLDOWN: Duration = Duration::from_mins(15);

/// One name for a host, whatever the scheme and with or without `www.`: both are the same machine.
pub fn host_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The hosts of one client, each with its state.
#[derive(Debug)]
pub struct Pace {
    delay: Duration,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    /// Woken whenever a host asks for a pause.
    paused: tokio::sync::Notify,
}

#[derive(Debug)]
struct Host {
    alone: Arc<tokio::sync::Mutex<()>>,
    state: Mutex<HostState>,
}

#[derive(Debug)]
struct HostState {
    delay: Duration,
    limiter: Option<DefaultDirectRateLimiter>,
    /// End of the last answer and the pause after it.
    free: Option<Instant>,
    /// The host asked for a pause until then.
    until: Option<Timestamp>,
    /// Left alone after failures in a row; not stored, the next run may try.
    cooling: Option<Timestamp>,
    /// 429 and 503 in a row.
    busy: u32,
    /// Visits without a whole answer in a row.
    failed: u32,
}

/// The right to send one request; the pause begins when it is dropped, also by a cancelled visit.
#[derive(Debug)]
pub struct Permit {
    host: Arc<Host>,
    _alone: OwnedMutexGuard<()>,
}

impl Pace {
    pub fn new(delay: Duration, deadlines: Vec<(String, Timestamp)>) -> Self {
        let pace = Self { delay, hosts: Mutex::default(), paused: tokio::sync::Notify::new() };
        // No answer imposes more; a deadline further off was stored by a clock that ran ahead.
        let furthest = later(Timestamp::now(), LONGEST_PAUSE);
        for (host, until) in deadlines {
            pace.host(&host).state().until = Some(until.min(furthest));
        }
        pace
    }

    /// Waits until the host may be asked; `Err` names the end of a pause that outlasts our patience.
    pub async fn permit(&self, host: &str) -> Result<Permit, Timestamp> {
        let entry = self.host(host);
        let alone = Arc::clone(&entry.alone).lock_owned().await;
        loop {
            let wait = entry.state().wait(Timestamp::now(), Instant::now())?;
            if wait.is_zero() {
                return Ok(Permit { host: entry, _alone: alone });
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// The host wishes at least that pause between two requests.
    pub fn slow_down(&self, host: &str, delay: Duration) {
        let entry = self.host(host);
        let mut state = entry.state();
        if delay > state.delay {
            let longer = delay.saturating_sub(state.delay);
            state.free = state.free.map(|free| free + longer);
            state.delay = delay;
            state.limiter = limiter(delay);
        }
    }

    /// Nobody asks the host before `until`.
    pub fn back_off(&self, host: &str, until: Timestamp) {
        let entry = self.host(host);
        let mut state = entry.state();
        state.until = state.until.max(Some(until));
        state.busy += 1;
        state.cool_down_if_failing();
        self.paused.notify_one();
    }

    /// Ends when a host has asked for a pause, which is still to be kept.
    pub async fn held(&self) {
        self.paused.notified().await;
    }

    /// The host rests that long before another attempt in this run.
    pub fn rest(&self, host: &str, pause: Duration) {
        let entry = self.host(host);
        let mut state = entry.state();
        state.free = state.free.max(Some(Instant::now() + pause));
    }

    /// An answer came, and it was not a plea for mercy.
    pub fn record_success(&self, host: &str) {
        let entry = self.host(host);
        let mut state = entry.state();
        (state.busy, state.failed) = (0, 0);
    }

    /// No attempt of a visit got a whole answer.
    pub fn record_failure(&self, host: &str) {
        let entry = self.host(host);
        let mut state = entry.state();
        state.failed += 1;
        state.cool_down_if_failing();
    }

    /// The pause after a 429 or 503 that names none; doubled for each in a row.
    pub fn backoff(&self, host: &str) -> Duration {
        let entry = self.host(host);
        let (delay, busy) = {
            let state = entry.state();
            (state.delay, state.busy)
        };
        growing((delay * 15).max(Duration::from_secs(1)), busy)
    }

    /// The pause before another attempt after a failure that may pass.
    pub fn retry_pause(&self, host: &str, attempt: u32) -> Duration {
        let delay = self.host(host).state().delay;
        growing((delay * 2).max(Duration::from_millis(100)), attempt)
    }

    /// What must outlive this client: pauses asked for, and the pause after the last answer.
    pub fn deadlines(&self) -> Vec<(String, Timestamp)> {
        let (now, instant) = (Timestamp::now(), Instant::now());
        let hosts = lock(&self.hosts);
        let mut out: Vec<_> = hosts
            .iter()
            .filter_map(|(host, entry)| {
                let state = entry.state();
                let free = state.free.map(|free| later(now, free.saturating_duration_since(instant)));
                Some((host.clone(), state.until.max(free).filter(|until| *until > now)?))
            })
            .collect();
        out.sort();
        out
    }

    fn host(&self, host: &str) -> Arc<Host> {
        let mut hosts = lock(&self.hosts);
        Arc::clone(hosts.entry(host.to_owned()).or_insert_with(|| Arc::new(Host::new(self.delay))))
    }
}

impl Host {
    fn new(delay: Duration) -> Self {
        let state = HostState { delay, limiter: limiter(delay), free: None, until: None, cooling: None, busy: 0, failed: 0 };
        Self { alone: Arc::default(), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, HostState> {
        lock(&self.state)
    }
}

impl HostState {
    fn cool_down_if_failing(&mut self) {
        if self.busy.max(self.failed) >= FAILURE_LIMIT {
            self.cooling = Some(later(Timestamp::now(), COOLDOWN));
        }
    }

    /// How long from now until a request may start; zero takes the turn.
    fn wait(&self, now: Timestamp, instant: Instant) -> Result<Duration, Timestamp> {
        if let Some(wait) = pause(self.until.max(self.cooling), now)? {
            return Ok(wait);
        }
        let rest = self.free.map_or(Duration::ZERO, |free| free.saturating_duration_since(instant));
        match &self.limiter {
            Some(limiter) if rest.is_zero() => {
                Ok(limiter.check().map_or_else(|early| early.wait_time_from(DefaultClock::default().now()), |()| Duration::ZERO))
            }
            _ => Ok(rest),
        }
    }
}

/// What is left of a deadline; `Err` if that is more than our patience.
fn pause(until: Option<Timestamp>, now: Timestamp) -> Result<Option<Duration>, Timestamp> {
    let Some(until) = until.filter(|until| *until > now) else { return Ok(None) };
    let left = Duration::try_from(until.duration_since(now)).unwrap_or_default();
    if left > MAX_WAIT { Err(until) } else { Ok(Some(left)) }
}

/// `None` for no pause at all, which configuration allows on loopback.
fn limiter(delay: Duration) -> Option<DefaultDirectRateLimiter> {
    Quota::with_period(delay).map(|quota| RateLimiter::direct(quota.allow_burst(std::num::NonZeroU32::MIN)))
}

/// Doubled `times` times, at most an hour, then up to half as long again so that clients part ways.
fn growing(base: Duration, times: u32) -> Duration {
    let grown = base.saturating_mul(1 << times.min(16)).min(Duration::from_hours(1));
    // The keys of a hash map are random by design: enough of a die, without a crate for it.
    let die = RandomState::new().hash_one(times) as u32;
    grown + grown.mul_f64(0.5 * f64::from(die) / f64::from(u32::MAX))
}

/// A panic elsewhere cannot leave these plain values half written.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.host.state();
        let free = Instant::now() + state.delay;
        state.free = state.free.max(Some(free));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_deadline_is_waited_for_within_patience_and_named_beyond_it() {
        let now = at("2026-03-01T12:00:00Z");
        assert_eq!(pause(None, now), Ok(None));
        assert_eq!(pause(Some(at("2026-03-01T11:59:59Z")), now), Ok(None));
        assert_eq!(pause(Some(at("2026-03-01T12:01:00Z")), now), Ok(Some(Duration::from_mins(1))));
        assert_eq!(pause(Some(at("2026-03-01T13:00:00Z")), now), Err(at("2026-03-01T13:00:00Z")));
    }

    #[test]
    fn pauses_double_with_jitter_up_to_a_bound() {
        for (times, low) in [(0, 2), (1, 4), (3, 16), (40, 3600)] {
            let found = growing(Duration::from_secs(2), times);
            assert!(found >= Duration::from_secs(low) && found <= Duration::from_secs(low + low.div_ceil(2)), "{times}: {found:?}");
        }
        let many: std::collections::HashSet<_> = (0..8).map(|_| growing(Duration::from_secs(9), 0)).collect();
        assert!(many.len() > 1, "no jitter");
    }

    #[test]
    fn schemes_and_www_share_a_lane_and_ports_do_not() {
        let key = |text: &str| host_key(&Url::parse(text).expect("an address"));
        assert_eq!(key("https://www.mesto.cz/a"), key("http://mesto.cz/b"));
        assert_eq!(key("http://127.0.0.1:8000/"), "127.0.0.1:8000");
    }

    #[tokio::test]
    async fn a_cancelled_permit_still_pauses_the_host() {
        let pace = Pace::new(Duration::from_millis(80), vec![]);
        let permit = pace.permit("a").await.expect("free");
        let begun = Instant::now();
        assert!(tokio::time::timeout(Duration::from_millis(5), pace.permit("a")).await.is_err(), "two at a time");
        drop(permit);
        drop(pace.permit("a").await.expect("free"));
        assert!(begun.elapsed() >= Duration::from_millis(80));
        assert_eq!(pace.deadlines().len(), 1, "the pause after the last answer outlives the client");
    }

    #[tokio::test]
    async fn a_longer_wish_moves_the_next_turn() {
        let pace = Pace::new(Duration::ZERO, vec![]);
        drop(pace.permit("a").await.expect("free"));
        let begun = Instant::now();
        pace.slow_down("a", Duration::from_millis(60));
        pace.slow_down("a", Duration::from_millis(10));
        drop(pace.permit("a").await.expect("free"));
        assert!(begun.elapsed() >= Duration::from_millis(55), "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn a_failing_host_is_left_alone_in_this_run_only() {
        for fail in [|pace: &Pace| pace.record_failure("a"), |pace: &Pace| pace.back_off("a", Timestamp::now())] {
            let pace = Pace::new(Duration::ZERO, vec![]);
            for _ in 0..FAILURE_LIMIT {
                drop(pace.permit("a").await.expect("free"));
                fail(&pace);
            }
            assert!(pace.permit("a").await.is_err());
            assert_eq!(pace.deadlines(), []);
        }
    }

    #[test]
    fn a_stored_deadline_is_believed_for_a_day() {
        let pace = Pace::new(Duration::ZERO, vec![("a".into(), at("2999-01-01T00:00:00Z"))]);
        assert!(pace.deadlines()[0].1 <= later(Timestamp::now(), LONGEST_PAUSE));
    }
}
