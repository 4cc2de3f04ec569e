//! `crawl --standing`: one process that crawls each source when its `schedule` says so, until it is told to end.
//!
//! Between two rounds it holds nothing: other programs may rebuild, import and verify. A round that fails is told and tried
//! again later; only the wish to end ends it.

use std::time::Duration;

use jiff::Timestamp;

use super::output::{Output, clean};
use super::session::Session;
use super::{Exit, due};
use crate::config::{Config, Source};

/// Longest sleep: a clock that is set, or a machine that was asleep, is noticed after it.
const LOOK: Duration = Duration::from_mins(1);
/// A round that failed is tried again after this time.
const AFTER_FAILURE: Duration = Duration::from_mins(10);

/// `round` crawls the sources whose time has come.
pub fn run(
    config: &Config,
    sources: &[Source],
    session: &Session,
    out: &mut Output,
    mut round: impl FnMut(&[Source], &mut Output) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let mut not_before = Timestamp::MIN;
    loop {
        let now = Timestamp::now();
        let (ready, next) = due::divided(config, sources, now)?;
        if !ready.is_empty() && now >= not_before {
            if let Err(error) = round(&ready, out) {
                out.warn(format_args!("{}", clean(&format!("{error:#}"))));
                not_before = now.checked_add(AFTER_FAILURE).unwrap_or(now);
            }
        } else if ready.is_empty() {
            tracing::debug!(?next, "nothing is due");
        }
        if session.stop.is_raised() || !session.sleep(LOOK.min(until(next.max(not_before)))) {
            return Ok(Exit::Done);
        }
    }
}

/// From now to then; a moment if it has passed.
fn until(then: Timestamp) -> Duration {
    Duration::try_from(then.duration_since(Timestamp::now())).unwrap_or_default().max(Duration::from_secs(1))
}
