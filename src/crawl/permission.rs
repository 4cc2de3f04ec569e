//! robots.txt of each origin: fetched before anything else there, kept for a day at most (RFC 9309 §2.3, §2.4).
//!
//! 2xx speaks, 4xx allows all, more than five redirects count as absent. 5xx, 429 and silence forbid all for now:
//! a site in trouble is not to be crawled by guess. Its hops pass scope, address and pace like any other.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use url::{Position, Url};

use super::Client;
use super::pace::host_key;
use super::redirects::MAX_REDIRECTS;
use super::robots::{LIMIT, Robots, TOKEN};
use crate::visit::{Outcome, Purpose, Refusal, Visit};

/// §2.4: no longer than this.
const KEPT: Duration = Duration::from_hours(24);
/// How long a file that could not be read forbids before it is asked for again.
const DOUBT: Duration = Duration::from_mins(15);
/// A longer Crawl-delay cannot be honoured within a run, so the host is not asked at all.
const LONGEST_DELAY: Duration = Duration::from_mins(1);

/// By origin; the lock is held while a file is fetched, so each is fetched once.
#[derive(Debug, Default)]
pub struct Permissions(Mutex<HashMap<String, (Instant, Standing)>>);

#[derive(Clone, Debug)]
enum Standing {
    Rules(Robots),
    Forbidden(Refusal),
}

impl Client {
    /// Scope, then robots.txt. Visits to robots.txt are pushed.
    pub(super) async fn permission(&self, url: &Url, visits: &mut Vec<Visit>) -> Result<(), Refusal> {
        self.scope.check(url)?;
        let mut known = self.permissions.0.lock().await;
        let origin = url[..Position::BeforePath].to_owned();
        if known.get(&origin).is_none_or(|(until, _)| *until <= Instant::now()) {
            let standing = self.read_robots(url, visits).await?;
            let kept = if matches!(standing, Standing::Rules(_)) { KEPT } else { DOUBT };
            known.insert(origin.clone(), (Instant::now() + kept, standing));
        }
        match &known[&origin].1 {
            Standing::Rules(robots) => match robots.forbids(&url[Position::BeforePath..Position::AfterQuery]) {
                Some(rule) => Err(Refusal::Robots(rule)),
                None => Ok(()),
            },
            Standing::Forbidden(refusal) => Err(refusal.clone()),
        }
    }

    /// `Err`: the host is not to be asked now, so nothing was learnt.
    async fn read_robots(&self, page: &Url, visits: &mut Vec<Visit>) -> Result<Standing, Refusal> {
        let mut url = page.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        url.set_fragment(None);
        let forbidden = |why: String| Ok(Standing::Forbidden(Refusal::Robots(why)));
        for _ in 0..=MAX_REDIRECTS {
            if let Err(refusal) = self.scope.check(&url) {
                return forbidden(format!("it is moved to where this crawl may not go; {refusal}"));
            }
            match self.attempts(&url, Purpose::Robots, None, LIMIT as u64 + 1, visits).await {
                Outcome::Moved { to, .. } => url = to,
                Outcome::Refused(refusal) => return Err(refusal),
                _ => {
                    return match read(visits.last()) {
                        Ok(robots) => Ok(self.slow_down(page, robots)),
                        Err(why) => forbidden(why),
                    };
                }
            }
        }
        Ok(Standing::Rules(Robots::default()))
    }

    /// Obeys Crawl-delay from now on.
    fn slow_down(&self, page: &Url, robots: Robots) -> Standing {
        match robots.crawl_delay {
            Some(delay) if delay > LONGEST_DELAY => Standing::Forbidden(Refusal::Robots(format!(
                "Crawl-delay of {} s, longer than the {} s that a run can keep",
                delay.as_secs(),
                LONGEST_DELAY.as_secs()
            ))),
            delay => {
                self.pace.slow_down(&host_key(page), delay.unwrap_or_default());
                Standing::Rules(robots)
            }
        }
    }
}

/// The rules that an answer states; `Err` says why it forbids everything.
fn read(visit: Option<&Visit>) -> Result<Robots, String> {
    let Some(Visit { exchange: Some(answer), .. }) = visit else {
        return Err(match visit.map(|visit| &visit.outcome) {
            Some(Outcome::Failed { why, .. }) => format!("it could not be read: {why}"),
            _ => "it could not be read".into(),
        });
    };
    match answer.status {
        200..=299 => {
            // Cut at our own limit is read as far as it goes; cut by the network may have lost a prohibition.
            if answer.truncated && answer.body.len() <= LIMIT {
                return Err("it could not be read whole".into());
            }
            answer.beginning(LIMIT as u64 + 1).map(|text| Robots::parse(&text, TOKEN)).map_err(|why| format!("it could not be read: {why}"))
        }
        429 => Err("it answered 429".into()),
        400..=499 => Ok(Robots::default()),
        status => Err(format!("it answered {status}")),
    }
}
