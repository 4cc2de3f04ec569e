//! A page to look at: the archive in a browser, for readers in Czech and English, and for programs.
//!
//! Reads only. Nothing here can cause a request, set a cookie, or write into the state folder; pages work without scripts, load
//! nothing from elsewhere and run nothing inline. `gate` says which requests are answered, `route` what an address stands for,
//! `library` of which state of the archive; the rest are the pages. Refuses: what the records mean, which other rooms know.

mod about;
mod access;
mod address;
mod answer;
mod api;
mod assets;
mod catalogue;
mod changes;
mod cite;
mod desk;
mod discover;
mod download;
mod frame;
mod gate;
mod help;
mod library;
mod listen;
mod names;
mod places;
mod question;
mod record;
mod refused;
mod reply;
mod results;
mod route;
pub mod site;
mod suggest;
mod words;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use crate::home::Home;
use crate::{archive, export, search};

pub use library::{Library, ReadFacts};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0:?}")]
    Refused(Refusal),
    /// Values of parameters that mean nothing, where a program asks: an answer without them would be another's.
    #[error("these values mean nothing here: {}", .0.join(", "))]
    Unused(Vec<String>),
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Index(#[from] search::Error),
    #[error(transparent)]
    Query(#[from] search::QueryError),
    #[error("cannot write the access log {path}")]
    Log { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Export(#[from] export::Error),
    #[error("the reader is gone")]
    Gone(#[from] std::io::Error),
    #[error("cannot serve on {address}")]
    Serve { address: SocketAddr, source: std::io::Error },
}

/// What a reader asked that is not given, and is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    TooLong,
    TooDeep,
    PastTooLarge,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Refusal {
    fn status(self) -> StatusCode {
        if self == Self::NotFound { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST }
    }

    fn text(self, words: &words::Words) -> &'static str {
        match self {
            Self::NotFound => words.not_found,
            Self::TooLong => words.too_long,
            Self::TooDeep => words.too_deep,
            Self::PastTooLarge => words.past_too_large,
        }
    }
}

/// How to serve.
pub struct Settings {
    pub address: SocketAddr,
    /// Under which address readers know this server; `None`: that of the socket.
    pub public: Option<url::Url>,
    pub access_log: Option<PathBuf>,
    /// The institution behind each source, by the source's name.
    pub publishers: BTreeMap<String, String>,
    pub read_facts: ReadFacts,
}

/// Listens on an address; the future serves until `stop` is done.
pub async fn serve(
    home: &Home,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> Result<(SocketAddr, impl Future<Output = ()>), Error> {
    let Settings { address, public, access_log, publishers, read_facts } = settings;
    let library = library::Library::open(home, publishers, read_facts)?;
    let log = access_log.map(|path| access::AccessLog::open(&path).map_err(|source| Error::Log { path, source })).transpose()?;
    let failed = |source| Error::Serve { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let gate = gate::Gate::new(library, public, !address.ip().is_loopback(), log);
    let router = Router::new().fallback(gate::pass).with_state(Arc::new(gate)).layer(CompressionLayer::new());
    Ok((bound, listen::listen(listener, router, stop)))
}
