//! One request and its answer over the wire; the only file that names reqwest.
//!
//! No redirects, no retries, no proxy, no referrer, no cookies: whatever is sent was decided outside. HTTP/1.1
//! alone, one request at a time needs no more, and the heads kept in the archive are then the ones sent. The body
//! is streamed against a cap of length and time with its content coding kept (Accept-Encoding offers gzip only;
//! decoding is the reader's, capped once more). Refuses: deciding whether to ask.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use tokio::time::{Instant, timeout_at};
use url::{Position, Url};

use super::address::{Forbidden, Scope};
use super::{Conditional, Error, Lookup, tls};
use crate::config::Crawler;
use crate::visit::Exchange;
use crate::visit::outcome::Truncation;

/// Header fields of an answer; a site with more is broken or hostile.
const MAX_FIELDS: usize = 200;
/// Bytes of all header fields of an answer.
const MAX_HEAD: usize = 64 << 10;
/// For the TCP and TLS handshakes, within the time of the whole request.
const CONNECT: Duration = Duration::from_secs(15);
/// A connection is asked again within this time of its last answer: less than the five seconds after which Apache httpd closes it
/// (`KeepAliveTimeout`), for one that is closed while it is asked looks like a failure of theirs.
const KEPT_IDLE: Duration = Duration::from_secs(4);
/// For an answer of a service of the user's own.
const SERVICE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub struct Fetcher {
    client: reqwest::Client,
    agent: String,
    from: Option<String>,
    timeout: Duration,
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// All addresses of the name are refused; nothing was sent.
    Address(String),
    Network {
        why: String,
        retryable: bool,
    },
}

impl Fetcher {
    /// The contact must be printable ASCII; an e-mail address also goes into `From`.
    pub fn new(scope: Scope, crawler: &Crawler, version: &str, lookup: Lookup) -> Result<Self, Error> {
        let client = builder()
            .http1_title_case_headers()
            // RFC 9112 §5.2 wants folded lines joined; a line that is no field is skipped, as browsers do.
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_ignore_invalid_headers_in_responses(true)
            .connect_timeout(crawler.timeout.min(CONNECT))
            // A connection kept for the next request spares both sides the handshakes.
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(KEPT_IDLE)
            .tls_certs_merge(authorities(crawler)?)
            .dns_resolver(Guard { scope: Arc::new(scope), lookup })
            .build()
            .map_err(Error::Client)?;
        let contact = crawler.contact.as_deref();
        let agent = contact.map_or_else(|| format!("twindex/{version}"), |contact| format!("twindex/{version} (+{contact})"));
        // RFC 9110 §10.1.2: `From` holds a mailbox, so a web address stays in the agent's name.
        let from = contact.filter(|contact| contact.contains('@') && !contact.contains("://"));
        let from = from.map(|contact| contact.trim_start_matches("mailto:").to_owned());
        Ok(Self { client, agent, from, timeout: crawler.timeout })
    }

    /// Asks once. At most `cap` bytes of the body are kept.
    pub async fn ask(&self, url: &Url, conditional: Option<&Conditional>, cap: u64) -> Result<(Exchange, Option<Truncation>), FetchError> {
        let fields = self.fields(url, conditional);
        let mut request = reqwest::Request::new(reqwest::Method::GET, url.clone());
        *request.headers_mut() = fields.iter().cloned().collect::<HeaderMap>();
        let deadline = Instant::now() + self.timeout;
        let answer = timeout_at(deadline, self.client.execute(request)).await;
        let mut answer = answer.map_err(|_| network("no answer in time"))?.map_err(|error| trouble(&error))?;
        let head = head(&answer);
        if head.len() > MAX_HEAD {
            return Err(FetchError::Network { why: format!("the header fields are longer than {MAX_HEAD} bytes"), retryable: false });
        }
        let (status, ip) = (answer.status().as_u16(), answer.remote_addr().map(|peer| peer.ip()));
        let (body, cut) = body(&mut answer, deadline, cap).await;
        Ok((Exchange { request: request_head(url, &fields), status, head, body, ip, truncated: cut.is_some() }, cut))
    }

    fn fields(&self, url: &Url, conditional: Option<&Conditional>) -> Vec<(HeaderName, HeaderValue)> {
        use reqwest::header as name;
        let mut fields = vec![
            (name::HOST, url[Position::BeforeHost..Position::AfterPort].to_owned()),
            (name::USER_AGENT, self.agent.clone()),
            (name::ACCEPT, "text/html, application/xhtml+xml;q=0.9, */*;q=0.5".to_owned()),
            (name::ACCEPT_ENCODING, "gzip".to_owned()),
        ];
        fields.extend(self.from.clone().map(|from| (name::FROM, from)));
        if let Some(Conditional { etag, last_modified }) = conditional {
            // An empty one is no validator: sent back, it would match nothing or anything.
            let sent = |value: &Option<String>| value.clone().filter(|value| !value.trim().is_empty());
            fields.extend(sent(etag).map(|etag| (name::IF_NONE_MATCH, etag)));
            fields.extend(sent(last_modified).map(|date| (name::IF_MODIFIED_SINCE, date)));
        }
        // A validator that a server made of bytes no field may hold is left out: the page is fetched whole then.
        fields.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?))).collect()
    }
}

/// What every client of ours does and does not do.
fn builder() -> reqwest::ClientBuilder {
    // An error means that somebody installed a provider before, which serves as well.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        drop(rustls::crypto::ring::default_provider().install_default());
    }
    reqwest::Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .http1_only()
        .http1_max_headers(MAX_FIELDS)
}

/// A service that the user runs and names, on whatever address: nobody's site, so there is no robots.txt and no pace.
#[derive(Debug)]
pub struct Service {
    client: reqwest::Client,
    base: Url,
}

impl Service {
    /// Paths are joined to the path of `base`.
    pub fn new(mut base: Url) -> Result<Self, Error> {
        let path = format!("{}/", base.path().trim_end_matches('/'));
        base.set_path(&path);
        Ok(Self { client: builder().connect_timeout(CONNECT).build().map_err(Error::Client)?, base })
    }

    /// Asks once, with JSON to send or without; the status and the whole body, which may have `cap` bytes; else why there is none.
    pub async fn ask(&self, path: &str, json: Option<String>, cap: u64) -> Result<(u16, Vec<u8>), String> {
        let url = self.base.join(path).map_err(|error| error.to_string())?;
        let method = if json.is_some() { reqwest::Method::POST } else { reqwest::Method::GET };
        let mut request = reqwest::Request::new(method, url);
        request.headers_mut().insert(reqwest::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *request.body_mut() = json.map(Into::into);
        let deadline = Instant::now() + SERVICE;
        let answer = timeout_at(deadline, self.client.execute(request)).await;
        let mut answer = answer.map_err(|_| "no answer in time".to_owned())?.map_err(|error| why(trouble(&error)))?;
        let status = answer.status().as_u16();
        match body(&mut answer, deadline, cap).await {
            (body, None) => Ok((status, body)),
            (_, Some(Truncation::Length)) => Err(format!("the answer is longer than {cap} bytes")),
            (_, Some(Truncation::Time | Truncation::Connection)) => Err("the answer broke off".to_owned()),
        }
    }
}

/// Reads the body; what came before a cut is kept.
async fn body(answer: &mut reqwest::Response, deadline: Instant, cap: u64) -> (Vec<u8>, Option<Truncation>) {
    let mut body = Vec::new();
    loop {
        match timeout_at(deadline, answer.chunk()).await {
            Err(_) => return (body, Some(Truncation::Time)),
            Ok(Err(_)) => return (body, Some(Truncation::Connection)),
            Ok(Ok(None)) => return (body, None),
            Ok(Ok(Some(chunk))) => {
                let room = usize::try_from(cap).unwrap_or(usize::MAX) - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return (body, Some(Truncation::Length));
                }
            }
        }
    }
}

fn request_head(url: &Url, fields: &[(HeaderName, HeaderValue)]) -> Vec<u8> {
    let mut head = format!("GET {} HTTP/1.1\r\n", &url[Position::BeforePath..Position::AfterQuery]).into_bytes();
    push_fields(&mut head, fields.iter().map(|(name, value)| (name, value)));
    head
}

/// Status line and fields. The reason phrase is the standard one and names are in title case: neither is
/// handed on by the client. Transfer-Encoding is renamed, for the body comes without it.
fn head(answer: &reqwest::Response) -> Vec<u8> {
    let status = answer.status();
    let mut head = format!("{:?} {} {}\r\n", answer.version(), status.as_u16(), status.canonical_reason().unwrap_or("")).into_bytes();
    push_fields(&mut head, answer.headers());
    head
}

fn push_fields<'a>(head: &mut Vec<u8>, fields: impl IntoIterator<Item = (&'a HeaderName, &'a HeaderValue)>) {
    for (name, value) in fields {
        if name == reqwest::header::TRANSFER_ENCODING {
            head.extend_from_slice(b"X-Archive-Orig-");
        }
        let mut start = true;
        head.extend(name.as_str().bytes().map(|byte| {
            let shown = if start { byte.to_ascii_uppercase() } else { byte };
            start = byte == b'-';
            shown
        }));
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
}

fn network(why: &str) -> FetchError {
    FetchError::Network { why: why.to_owned(), retryable: true }
}

/// The last cause says most; those of TLS are put into words.
fn trouble(error: &reqwest::Error) -> FetchError {
    if let Some(Forbidden(why)) = causes(error).find_map(|cause| cause.downcast_ref()) {
        return FetchError::Address(why.clone());
    }
    let what = if error.is_connect() { "cannot connect" } else { "no valid answer" };
    let (why, retryable) = match causes(error).find_map(|cause| cause.downcast_ref()) {
        Some(fault) => tls::explained(fault),
        None => (causes(error).last().map(ToString::to_string).unwrap_or_default(), true),
    };
    FetchError::Network { why: plain(&format!("{what}: {why}")), retryable }
}

/// An error and what it came from; an `io::Error` hides the one that it holds.
fn causes<'a>(error: &'a (dyn std::error::Error + 'static)) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |cause| {
        let held = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        held.map(|held| held as &(dyn std::error::Error + 'static)).or_else(|| cause.source())
    })
}

/// The certificates of `ca`, trusted besides the system's.
pub(super) fn authorities(crawler: &Crawler) -> Result<Vec<reqwest::Certificate>, Error> {
    let Some(path) = &crawler.ca else { return Ok(Vec::new()) };
    let pem = std::fs::read(path).map_err(|source| Error::Authority { path: path.clone(), why: source.to_string() })?;
    let found = reqwest::Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if found.is_empty() {
        let why = "it holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)".to_owned();
        return Err(Error::Authority { path: path.clone(), why });
    }
    Ok(found)
}

fn why(error: FetchError) -> String {
    match error {
        FetchError::Address(why) | FetchError::Network { why, .. } => why,
    }
}

/// Causes may quote the peer, a certificate's names for one: short, and nothing that a terminal would obey.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// Names are resolved here, anew for each connection, and only what `Scope` admits is handed on to be dialled.
struct Guard {
    scope: Arc<Scope>,
    lookup: Lookup,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (scope, lookup) = (Arc::clone(&self.scope), self.lookup.clone());
        Box::pin(async move {
            let answer: Vec<SocketAddr> = match lookup {
                Lookup::System => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
                Lookup::By(answers) => answers(name.as_str()).into_iter().map(|ip| SocketAddr::new(ip, 0)).collect(),
            };
            let admitted = scope.filter(name.as_str(), answer.into_iter())?;
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_shown_short_and_without_controls() {
        assert_eq!(plain("no\u{1b}[31m\r\n\u{9b}good"), "no[31mgood");
        assert_eq!(plain(&"ž".repeat(999)).chars().count(), 300);
    }
}
