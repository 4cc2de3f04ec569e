//! How fast the hosts of a plan may be asked, as far as the archive knows: Crawl-delay of robots.txt, pauses asked for.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use url::{Position, Url};

use crate::archive::Archive;
use crate::crawl::pace::host_key;
use crate::crawl::robots::{LIMIT, Robots, TOKEN};
use crate::pages::Pages;

use super::{Error, Plan};

/// A host of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paced {
    pub host: String,
    /// Requests, robots.txt among them.
    pub requests: u32,
    /// Between two of them.
    pub delay: Duration,
    /// The delay is that of its robots.txt, as it was fetched last.
    pub by_robots: bool,
    /// It asked to be left alone until then.
    pub pause: Option<Timestamp>,
}

impl Paced {
    /// How long its requests take at least.
    pub fn time(&self) -> Duration {
        self.delay.saturating_mul(self.requests)
    }
}

/// The hosts of a plan by name; `delay` is what the configuration keeps to.
pub fn paced(known: Option<(&Archive, &Pages)>, plan: &Plan, delay: Duration, now: Timestamp) -> Result<Vec<Paced>, Error> {
    let mut hosts: BTreeMap<String, Paced> = BTreeMap::new();
    let pauses = known.map(|(archive, _)| archive.pauses()).transpose()?.unwrap_or_default();
    for url in plan.asked.iter().filter_map(|planned| Url::parse(&planned.url).ok()) {
        let host = &url[Position::BeforeHost..Position::BeforePath];
        if let Some(paced) = hosts.get_mut(host) {
            paced.requests += 1;
            continue;
        }
        let asked = known.map(|(archive, pages)| crawl_delay(archive, pages, &url)).transpose()?.flatten();
        let by_robots = asked.is_some_and(|asked| asked > delay);
        let pause = pauses.iter().find(|(paused, until)| *until > now && host_key(&url) == *paused).map(|(_, until)| *until);
        let paced = Paced { host: host.to_owned(), requests: 2, delay: asked.unwrap_or_default().max(delay), by_robots, pause };
        hosts.insert(host.to_owned(), paced);
    }
    Ok(hosts.into_values().collect())
}

/// Crawl-delay of the robots.txt that was fetched last.
fn crawl_delay(archive: &Archive, pages: &Pages, url: &Url) -> Result<Option<Duration>, Error> {
    let Some(page) = archive.last_page(&format!("{}/robots.txt", &url[..Position::BeforePath]))? else { return Ok(None) };
    let text = pages.read(&page.page).ok().and_then(|stored| stored.exchange.content(LIMIT as u64).ok());
    Ok(text.and_then(|text| Robots::parse(&text, TOKEN).crawl_delay))
}
