//! One HTTP exchange as a value: what was asked, what came back, what follows from it.
//!
//! A page that fails is data, never an `Err`. Refuses: files, network, SQL. Bodies are kept as they
//! came over the wire (transfer coding removed, content coding kept, RFC 9112 and RFC 9110 §8.4).

mod coding;
pub mod outcome;
mod refresh;
mod sniff;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use coding::Undecodable;

/// Why an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    Robots,
    Listing,
    Detail,
    Attachment,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Robots, Self::Listing, Self::Detail, Self::Attachment];

    /// Stable name for tables, files and people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Robots => "robots",
            Self::Listing => "listing",
            Self::Detail => "detail",
            Self::Attachment => "attachment",
        }
    }

    /// The purpose of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

/// One hop. A redirect is an `Outcome::Moved`; its target is a visit of its own.
#[derive(Clone, Debug)]
pub struct Visit {
    pub url: Url,
    pub purpose: Purpose,
    /// When the request was sent (or refused).
    pub at: Timestamp,
    /// The bytes; absent when nothing was sent or no answer came.
    pub exchange: Option<Exchange>,
    pub outcome: Outcome,
}

/// Request and response as the page archive keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Request line and header fields, CRLF after each, with the final empty line.
    pub request: Vec<u8>,
    pub status: u16,
    /// Status line and header fields, CRLF after each, with the final empty line.
    pub head: Vec<u8>,
    /// Payload with content coding still applied.
    pub body: Vec<u8>,
    /// Peer address, where known.
    pub ip: Option<std::net::IpAddr>,
    /// The body was cut at a cap of length or time.
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 200 with a whole body.
    Page,
    /// 304: what is stored still stands.
    NotModified,
    /// 301, 302, 303, 307, 308.
    Moved { to: Url, permanent: bool },
    /// 404 or 410.
    Gone,
    /// 429 or 503: nobody asks this host before `until`.
    Busy { until: Timestamp },
    /// No request was sent.
    Refused(Refusal),
    /// Any other status, a network error, a cap. `again`: worth a try in another run.
    Failed { why: String, again: bool },
}

impl Outcome {
    /// Why no page came of it, for people; `None`: one came, or what is stored still stands.
    pub fn why_no_page(&self) -> Option<String> {
        match self {
            Self::Page | Self::NotModified => None,
            Self::Moved { to, .. } => Some(format!("redirected to {to}, which was not followed")),
            Self::Gone => Some("the server says it is gone".to_owned()),
            Self::Busy { until } => Some(format!("the server is busy and asked for a pause until {until:.0}")),
            Self::Refused(refusal) => Some(refusal.to_string()),
            Self::Failed { why, .. } => Some(why.clone()),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The rule of robots.txt that forbids it, or why robots.txt could not be read.
    Robots(String),
    /// Outside the hosts of the source, or not http(s).
    Scope(String),
    /// A private, loopback, link-local or otherwise special address.
    Address(String),
    /// The host asked for a pause that outlasts this run, until then.
    Pause(Timestamp),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Robots(why) => write!(f, "robots.txt: {why}"),
            Self::Scope(why) => write!(f, "out of scope: {why}"),
            Self::Address(why) => write!(f, "address refused: {why}"),
            Self::Pause(until) => write!(f, "the host asked for a pause until {until}"),
        }
    }
}

impl Exchange {
    /// First header field of that name, ASCII case-insensitive, as text.
    pub fn header(&self, name: &str) -> Option<String> {
        self.values(name).next()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = String> {
        self.head.split(|b| *b == b'\n').skip(1).filter_map(move |line| {
            let colon = line.iter().position(|b| *b == b':')?;
            let (key, value) = line.split_at(colon);
            key.eq_ignore_ascii_case(name.as_bytes()).then(|| String::from_utf8_lossy(&value[1..]).trim().to_owned())
        })
    }

    /// The body without its content codings, at most `cap` bytes; an error text otherwise.
    pub fn content(&self, cap: u64) -> Result<Vec<u8>, String> {
        self.decoded(cap).map_err(|fault| fault.why)
    }

    /// The same, and of a failure whether another attempt may fare better.
    fn decoded(&self, cap: u64) -> Result<Vec<u8>, Undecodable> {
        let (out, end) = coding::decoded(&self.body, &self.codings(), cap.saturating_add(1));
        if out.len() as u64 > cap {
            return Err(Undecodable::lasting(format!("more than {cap} bytes after decoding")));
        }
        end.map(|()| out)
    }

    /// The first `cap` bytes of that; a body that was cut is read as far as it goes.
    pub fn beginning(&self, cap: u64) -> Result<Vec<u8>, String> {
        let (out, end) = coding::decoded(&self.body, &self.codings(), cap);
        if self.truncated && !out.is_empty() { Ok(out) } else { end.map(|()| out).map_err(|fault| fault.why) }
    }

    /// The items of all Content-Encoding fields, which are one list (RFC 9110 §5.3).
    fn codings(&self) -> Vec<String> {
        let values = self.values("content-encoding").map(|value| value.to_ascii_lowercase());
        values
            .flat_map(|value| value.split(',').map(|item| item.trim().to_owned()).collect::<Vec<_>>())
            .filter(|item| !item.is_empty())
            .collect()
    }
}
