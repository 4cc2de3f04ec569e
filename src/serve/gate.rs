//! What stands between a request and the making of its answer: which requests are answered at all, and how many at once.
//!
//! Reading the index and SQLite takes a thread; as many work as may, the rest wait a little, first come first served, and are then
//! sent away.

use std::net::IpAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use axum::extract::State;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use tokio::sync::Semaphore;

use super::answer::{Answered, answer};
use super::context::Request;
use super::library::Library;
use super::reply::guarded;
use super::words::Words;
use super::{download, refused};

/// Answers made at once, each by one thread, for every core: one may wait for the disk. More would only take turns.
const AT_ONCE: usize = 2;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a path with its query.
const ADDRESS: usize = 8 << 10;

pub struct Gate {
    pub library: Arc<Library>,
    /// The address under which readers know this server, where it is not that of the socket.
    pub public: Option<url::Url>,
    /// Any name is answered, not only those of this machine.
    pub open: bool,
    pub turns: Arc<Semaphore>,
    pub downloads: Arc<Semaphore>,
}

impl Gate {
    pub fn new(library: Arc<Library>, public: Option<url::Url>, open: bool) -> Self {
        Self {
            library,
            public,
            open,
            turns: Arc::new(Semaphore::new(AT_ONCE * available_parallelism().map_or(1, NonZero::get))),
            downloads: Arc::new(Semaphore::new(download::AT_ONCE)),
        }
    }
}

pub async fn pass(State(gate): State<Arc<Gate>>, incoming: axum::extract::Request) -> Response {
    let path = incoming.uri().path();
    let refused = |status, text: fn(&'static Words) -> &'static str| refused::reply(path, status, text).response();
    if !matches!(*incoming.method(), Method::GET | Method::HEAD) {
        let mut response = refused(StatusCode::METHOD_NOT_ALLOWED, |words| words.only_read);
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if incoming.uri().path_and_query().is_some_and(|address| address.as_str().len() > ADDRESS) {
        return refused(StatusCode::URI_TOO_LONG, |words| words.long_address);
    }
    let Some(base) = base(&gate, incoming.headers()) else {
        return refused(StatusCode::MISDIRECTED_REQUEST, |words| words.other_name);
    };
    let request = Request { uri: incoming.uri().clone(), headers: incoming.headers().clone(), base };
    if let Some(asked) = download::Asked::read(&request) {
        let Ok(place) = Arc::clone(&gate.downloads).try_acquire_owned() else { return refused::busy(path) };
        return guarded(download::stream(Arc::clone(&gate.library), place, asked, *incoming.method() == Method::HEAD).await);
    }
    let Ok(Ok(turn)) = tokio::time::timeout(PATIENCE, Arc::clone(&gate.turns).acquire_owned()).await else {
        return refused::busy(path);
    };
    let library = Arc::clone(&gate.library);
    let made = tokio::task::spawn_blocking(move || {
        let made = match answer(&library, &request) {
            Answered::Reply(reply) => reply.response(),
            Answered::Replayed(response) => guarded(response),
        };
        drop(turn);
        made
    });
    made.await.unwrap_or_else(|_| refused(StatusCode::INTERNAL_SERVER_ERROR, |words| words.failed))
}

/// Scheme and host for addresses of ours; `None` for a name that this server does not answer under.
///
/// A foreign name that leads to this machine is a trick of a web page (DNS rebinding), unless all may ask.
fn base(gate: &Gate, headers: &HeaderMap) -> Option<String> {
    let host: Authority = headers.get(header::HOST)?.to_str().ok()?.parse().ok()?;
    let name = host.host().trim_matches(['[', ']']);
    let is_here = name == "localhost" || name.parse::<IpAddr>().is_ok();
    match &gate.public {
        Some(public) if is_here || public.host_str() == Some(host.host()) => Some(public.origin().ascii_serialization()),
        Some(_) => None,
        None => (is_here || gate.open).then(|| format!("http://{host}")),
    }
}
