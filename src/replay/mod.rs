//! Archived pages in a browser: a server on this machine that shows what was stored, with a bar that says when.
//!
//! Addresses are those of web archives: `/20240501100000/http://…`, with `id_` after the time for the bytes as they came. A
//! Memento `TimeGate` and `TimeMap` (RFC 7089) serve programs. Nothing from outside is loaded and no script runs: the content
//! security policy allows this server alone. Refuses: writing, asking the network, and any name but that of this machine.

mod memento;
mod page;
mod query;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use crate::archive::{self, Archive};
use crate::home::Home;
use crate::pages::{self, Pages};

use query::Asked;
pub use query::STAMP;

/// No script, nothing from outside, no form that leads anywhere.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
    media-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Pages(#[from] pages::Error),
    #[error("cannot serve on {address}")]
    Serve { address: SocketAddr, source: std::io::Error },
}

/// Listens on an address; the future serves until it is dropped.
pub async fn serve(home: &Home, address: SocketAddr) -> Result<(SocketAddr, impl Future<Output = std::io::Result<()>>), Error> {
    let failed = |source| Error::Serve { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let home = Arc::new(home.clone());
    let answer = move |method: Method, uri: Uri, headers: HeaderMap| {
        let home = Arc::clone(&home);
        async move { answered(home, method, uri, headers).await }
    };
    Ok((bound, axum::serve(listener, Router::new().fallback(answer)).into_future()))
}

/// What this server answers at an address below `base`, for a server that shows stored pages among others of its own.
pub fn answer(home: &Home, base: String, uri: &Uri, headers: &HeaderMap) -> Result<Response, Error> {
    let desk = Desk { archive: Archive::open_read_only(home)?, pages: Pages::open(&home.pages())?, base };
    desk.answer(&Asked::read(uri, headers))
}

/// Reading SQLite and files waits for the disk: not on the runtime's threads.
async fn answered(home: Arc<Home>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return told(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
    }
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(|host| is_here(host)).map(str::to_owned) else {
        return told(StatusCode::FORBIDDEN, "This server answers under an IP address or as localhost only.");
    };
    let work = move || answer(&home, format!("http://{host}"), &uri, &headers);
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => told(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        Err(_) => told(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be shown."),
    }
}

/// A foreign name that leads here is a trick of a web page (DNS rebinding).
fn is_here(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    name == "localhost" || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

/// What one request works with.
struct Desk {
    archive: Archive,
    pages: Pages,
    /// `http://127.0.0.1:8081`.
    base: String,
}

impl Desk {
    fn answer(&self, asked: &Asked) -> Result<Response, Error> {
        match asked {
            Asked::Start => self.start(),
            Asked::Look(address) => Ok(redirect(&format!("{}/timegate/{address}", self.base))),
            Asked::TimeMap(url) => self.time_map(url),
            Asked::TimeGate { url, at } => self.time_gate(url, *at),
            Asked::BadDate => Ok(told(StatusCode::BAD_REQUEST, "Accept-Datetime is no date of RFC 1123.")),
            Asked::Memento { url, at, form } => self.memento(url, *at, *form),
            Asked::Unknown => Ok(told(StatusCode::NOT_FOUND, "There is nothing here; begin at /.")),
        }
    }
}

fn told(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_SECURITY_POLICY, POLICY)], page::message(text)).into_response()
}

fn redirect(to: &str) -> Response {
    let headers = [(header::LOCATION, to)];
    (StatusCode::FOUND, headers, Body::empty()).into_response()
}
