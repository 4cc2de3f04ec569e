//! The order of a polite request, in one place: scope, robots, pace, address, request, outcome; then the next hop.
//!
//! A redirect is a new target that passes every check anew; at most five are followed (RFC 9309 §2.3.1.2 for
//! robots.txt, the same for pages). Attempts after a failure that may pass are few, spaced and jittered; each is a
//! visit of its own.

use jiff::Timestamp;
use url::Url;

use super::fetch::FetchError;
use super::pace::host_key;
use super::{Ask, Client, Conditional};
use crate::visit::outcome::{self, Asked, Truncation};
use crate::visit::{Outcome, Purpose, Refusal, Visit};

/// Redirects followed for one question.
pub const MAX_REDIRECTS: usize = 5;

impl Client {
    /// Asks and follows redirects; every hop is pushed, the last one is the answer.
    pub(super) async fn follow(&self, ask: Ask, visits: &mut Vec<Visit>) {
        let Ask { mut url, purpose, mut conditional, cap } = ask;
        url.set_fragment(None);
        let mut seen = Vec::new();
        loop {
            if let Err(refusal) = self.permission(&url, visits).await {
                visits.push(not_asked(url, purpose, Outcome::Refused(refusal)));
                return;
            }
            let Outcome::Moved { to, .. } = self.attempts(&url, purpose, conditional.take().as_ref(), cap, visits).await else {
                return;
            };
            seen.push(url);
            if seen.contains(&to) || seen.len() > MAX_REDIRECTS {
                let why =
                    if seen.contains(&to) { "redirects in a circle".to_owned() } else { format!("more than {MAX_REDIRECTS} redirects") };
                visits.push(not_asked(to, purpose, Outcome::Failed { why, again: false }));
                return;
            }
            url = to;
        }
    }

    /// Asks one permitted address, again if it failed in a way that may pass; returns the last outcome.
    pub(super) async fn attempts(
        &self,
        url: &Url,
        purpose: Purpose,
        conditional: Option<&Conditional>,
        cap: u64,
        visits: &mut Vec<Visit>,
    ) -> Outcome {
        let host = host_key(url);
        let mut last = None;
        let mut whole = false;
        for attempt in 0..=self.retries {
            let permit = match self.pace.permit(&host).await {
                Ok(permit) => permit,
                Err(until) => {
                    // After a `Busy` the pause is its own doing and told by it.
                    let refused = Outcome::Refused(Refusal::Pause(until));
                    return last.unwrap_or_else(|| {
                        visits.push(not_asked(url.clone(), purpose, refused.clone()));
                        refused
                    });
                }
            };
            let at = Timestamp::now();
            let answer = self.fetcher.ask(url, conditional, cap).await;
            drop(permit);
            let (exchange, outcome) = match answer {
                Ok((exchange, cut)) => {
                    let backoff = self.pace.backoff(&host);
                    let asked = Asked { url, at: Timestamp::now(), backoff };
                    let outcome = outcome::of(&exchange, cut, asked);
                    let outcome = outcome::readable(outcome, &exchange, (url, purpose), cap);
                    whole |= !matches!(cut, Some(Truncation::Time | Truncation::Connection));
                    (Some(exchange), outcome)
                }
                Err(FetchError::Address(why)) => (None, Outcome::Refused(Refusal::Address(why))),
                Err(FetchError::Network { why, retryable }) => (None, Outcome::Failed { why, again: retryable }),
            };
            tracing::debug!(%url, ?purpose, attempt, ?outcome, "asked");
            let retryable = match &outcome {
                Outcome::Busy { until } => {
                    self.pace.back_off(&host, *until);
                    true
                }
                Outcome::Failed { again, .. } => *again,
                _ => false,
            };
            if whole && !matches!(outcome, Outcome::Busy { .. }) {
                self.pace.record_success(&host);
            }
            if retryable && attempt < self.retries {
                self.pace.rest(&host, self.pace.retry_pause(&host, attempt));
            }
            visits.push(Visit { url: url.clone(), purpose, at, exchange, outcome: outcome.clone() });
            last = Some(outcome);
            if !retryable {
                break;
            }
        }
        if !whole && matches!(last, Some(Outcome::Failed { .. })) {
            self.pace.record_failure(&host);
        }
        last.expect("the range of attempts is never empty")
    }
}

fn not_asked(url: Url, purpose: Purpose, outcome: Outcome) -> Visit {
    Visit { url, purpose, at: Timestamp::now(), exchange: None, outcome }
}
