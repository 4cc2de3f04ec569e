//! What this room promises to the owners of sites.
//!
//! robots.txt is read first and obeyed (RFC 9309); one request at a time and a pause after each; a plea for mercy
//! (429, 503, Retry-After) holds for the whole host and outlives the run; every request says who asks and whom to
//! write to. And to its own side: no address outside the source, none inside a private network, nothing endless.
//! Refuses: HTML, SQL, WARC. Addresses come in as arguments, visits go out as values.

pub mod address;
mod fetch;
pub mod pace;
mod permission;
mod redirects;
pub mod robots;
mod tls;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::config::{Crawler, DELAY_FLOOR, Source};
use crate::visit::{Purpose, Visit};
use address::Scope;
use fetch::Fetcher;
pub use fetch::Service;
use pace::Pace;
use permission::Permissions;

/// What a crawl cannot start with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "{host} must be able to reach you: add contact = \"you@your-institution.cz\" under [crawler] in config.toml, or pass --contact"
    )]
    NoContact { host: String },
    #[error("cannot use `ca` of the configuration, {}: {why}", .path.display())]
    Authority { path: PathBuf, why: String },
    #[error("contact {0:?} cannot be sent in a request: use printable ASCII without spaces")]
    BadContact(String),
    #[error("cannot prepare the HTTP client")]
    Client(#[source] reqwest::Error),
}

/// One question to a site.
#[derive(Clone, Debug)]
pub struct Ask {
    pub url: Url,
    pub purpose: Purpose,
    /// Validators of the copy at hand; they go to `url` itself, never to the target of a redirect.
    pub conditional: Option<Conditional>,
    /// Bytes of body to accept, as sent.
    pub cap: u64,
}

/// Header fields of the stored answer, as it had them (RFC 9110 §13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditional {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// The addresses of a name.
pub type Addresses = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

/// Who says which addresses a name has.
#[derive(Clone)]
pub enum Lookup {
    System,
    /// A stand-in, asked once for each connection: what it answers passes the same checks.
    By(Arc<Addresses>),
}

/// The one door to the network for one source. Visits may be dropped at any await without harm.
///
/// Two clients do not know of each other: sources that share a host are read one after the other, each
/// client being given the `deadlines` of the one before.
#[derive(Debug)]
pub struct Client {
    scope: Scope,
    pace: Pace,
    fetcher: Fetcher,
    permissions: Permissions,
    retries: u32,
}

impl Client {
    /// `deadlines`: those a former client left, by host; `version`: of this program, for its name.
    pub fn new(crawler: &Crawler, source: &Source, deadlines: Vec<(String, Timestamp)>, version: &str) -> Result<Self, Error> {
        Self::with_lookup(crawler, source, deadlines, version, Lookup::System)
    }

    /// Whether there could be one; nothing is made, for that reads all certificates of the system.
    pub fn check(crawler: &Crawler, source: &Source) -> Result<(), Error> {
        contact(crawler, source)?;
        fetch::authorities(crawler).map(drop)
    }

    /// The same, with names looked up elsewhere.
    pub fn with_lookup(
        crawler: &Crawler,
        source: &Source,
        deadlines: Vec<(String, Timestamp)>,
        version: &str,
        lookup: Lookup,
    ) -> Result<Self, Error> {
        let contact = contact(crawler, source)?;
        let scope = Scope::of(source);
        let delay = source.delay.unwrap_or(crawler.delay);
        let floor = if scope.on_loopback() { Duration::ZERO } else { DELAY_FLOOR };
        Ok(Self {
            fetcher: Fetcher::new(scope.clone(), &Crawler { contact: contact.map(str::to_owned), ..crawler.clone() }, version, lookup)?,
            pace: Pace::new(delay.max(floor), deadlines),
            permissions: Permissions::default(),
            retries: crawler.retries,
            scope,
        })
    }

    /// Asks, obeying robots.txt, the pace and the scope at every hop. Visits to robots.txt come before the hop
    /// that needed them; the last visit is the answer to `ask`.
    pub async fn visit(&self, ask: Ask) -> Vec<Visit> {
        let mut visits = Vec::new();
        self.follow(ask, &mut visits).await;
        visits
    }

    /// Ends when a host asked for a pause: `deadlines` are to be kept at once, for the visit may wait them out and be killed.
    pub async fn held(&self) {
        self.pace.held().await;
    }

    /// By host, the moments before which nobody may ask again: to be kept and given to the next client.
    pub fn deadlines(&self) -> Vec<(String, Timestamp)> {
        self.pace.deadlines()
    }
}

/// Who answers for the crawl, in a form that can be sent.
fn contact<'c>(crawler: &'c Crawler, source: &Source) -> Result<Option<&'c str>, Error> {
    let contact = crawler.contact.as_deref().map(str::trim).filter(|contact| !contact.is_empty());
    match contact {
        None if !source.on_loopback() => Err(Error::NoContact { host: source.hosts.first().cloned().unwrap_or_default() }),
        Some(contact) if !contact.bytes().all(|b| b.is_ascii_graphic()) => Err(Error::BadContact(contact.to_owned())),
        contact => Ok(contact),
    }
}
