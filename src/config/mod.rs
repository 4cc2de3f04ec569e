//! The configuration, checked and ready: addresses parsed, selectors compiled, every fault listed at once.
//!
//! `raw` mirrors config.toml (serde, unknown keys refused); this file turns it into values that cannot
//! be wrong. Refuses: clap, network.

mod check;
mod contact;
mod raw;
mod schedule;
mod selectors;
mod shard;

use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

pub use contact::contact;
pub use schedule::Schedule;
pub use selectors::Selectors;
pub use shard::{Shard, sharing_hosts};

/// Shortest pause between two requests to a host that is not this machine.
pub const DELAY_FLOOR: Duration = Duration::from_millis(500);

#[derive(Clone, Debug)]
pub struct Config {
    /// State folder, absolute or relative to the working directory.
    pub home: PathBuf,
    pub crawler: Crawler,
    pub sources: Vec<Source>,
}

/// How the crawler behaves towards every host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crawler {
    /// E-mail or web address of the person who answers for the crawl, in ASCII.
    pub contact: Option<String>,
    /// File of certificates (PEM) that are trusted besides the system's.
    pub ca: Option<PathBuf>,
    /// Between the end of one answer and the next request to the same host.
    pub delay: Duration,
    /// For one request, from connecting to the last byte.
    pub timeout: Duration,
    /// Attempts after the first, for failures that may pass.
    pub retries: u32,
    /// Bytes of a page as sent, and again after decoding.
    pub max_page: u64,
    /// Bytes of an attachment.
    pub max_attachment: u64,
}

/// One institution whose notices are kept.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub title: Option<String>,
    /// One or several lists of the same notices, at least one.
    pub listing: Vec<Url>,
    /// Hosts that are one site, the hosts of `listing` included; no other host is ever asked.
    pub hosts: Vec<String>,
    /// Fetch each entry's own page.
    pub details: bool,
    /// Fetch the documents that entries link.
    pub attachments: bool,
    /// Pages of one listing that a run may read.
    pub max_pages: u32,
    /// Instead of the crawler's delay.
    pub delay: Option<Duration>,
    /// When it is crawled, for `crawl --if-due` and `--standing`.
    pub schedule: Schedule,
    pub selectors: Selectors,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {path}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{path} is not a valid configuration:\n{message}")]
    Syntax { path: PathBuf, message: String },
    #[error("{path} has {} to mend:\n{}", if .faults.len() == 1 { "one fault".to_owned() } else { format!("{} faults", .faults.len()) }, .faults.iter().map(|fault| format!("  - {fault}")).collect::<Vec<_>>().join("\n"))]
    Faults { path: PathBuf, faults: Vec<String> },
}

impl Config {
    /// Reads and checks the file.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Checks a text; `path` is named in errors and anchors a relative `home`.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let raw: raw::Config = toml::from_str(text)
            .map_err(|error| Error::Syntax { path: path.to_owned(), message: error.to_string().trim_end().to_owned() })?;
        let base = path.parent().unwrap_or(Path::new(""));
        check::check(&raw, text, base).map_err(|faults| Error::Faults { path: path.to_owned(), faults })
    }

    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }
}

impl Default for Crawler {
    fn default() -> Self {
        Self {
            contact: None,
            ca: None,
            delay: Duration::from_secs(2),
            timeout: Duration::from_secs(30),
            retries: 2,
            max_page: 8 << 20,
            max_attachment: 32 << 20,
        }
    }
}

impl Source {
    /// A source as a name and listing addresses alone make it.
    pub fn new(name: &str, listing: Vec<Url>) -> Self {
        let hosts = check::hosts_of(&listing);
        Self {
            name: name.to_owned(),
            title: None,
            listing,
            hosts,
            details: true,
            attachments: true,
            max_pages: 100,
            delay: None,
            schedule: Schedule::Every(Duration::from_hours(24)),
            selectors: Selectors::default(),
        }
    }

    /// Every listing address lies on this machine.
    pub fn on_loopback(&self) -> bool {
        self.listing.iter().all(is_loopback)
    }

    /// The address belongs to this source: http(s) and one of its hosts.
    pub fn in_scope(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| self.hosts.iter().any(|own| own == host))
    }
}

/// The host is a loopback address or `localhost`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}
