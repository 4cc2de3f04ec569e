//! A page to look at: the archive in a browser, for readers in Czech and English, and for programs.
//!
//! Reads only. Nothing here can cause a request, set a cookie, or write into the state folder; pages work without scripts, load
//! nothing from elsewhere and run nothing inline. `gate` says which requests are answered, `kept` which answers are given again,
//! `route` what an address stands for, `library` of which state of the archive; the rest are the pages. Refuses: what the records mean, which other rooms know.

mod about;
mod access;
mod address;
mod answer;
mod api;
mod assets;
mod catalogue;
mod changes;
mod cite;
mod context;
mod discover;
mod download;
mod error;
mod frame;
mod gate;
mod help;
mod kept;
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
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use crate::home::Home;

pub use error::{Error, Refusal};
pub use library::{Library, ReadFacts};

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
    let library = Arc::new(library);
    let gate = Arc::new(gate::Gate::new(Arc::clone(&library), public, !address.ip().is_loopback()));
    let kept = Arc::new(kept::Kept::new(library));
    let pages = Router::new().fallback(gate::pass).with_state(gate).layer(CompressionLayer::new());
    let pages = pages.layer(from_fn_with_state(kept, kept::pass));
    let router = match log {
        Some(log) => pages.layer(from_fn_with_state(Arc::new(log), access::pass)),
        None => pages,
    };
    Ok((bound, listen::listen(listener, router, stop)))
}
