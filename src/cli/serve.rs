//! `serve`: the archive in a browser.
//!
//! Refuses: addresses that other machines reach, unless `--allow-remote` says so. The pages are the room `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::bail;
use url::Url;

use super::output::Output;
use super::{Exit, Global, store};
use crate::harvest;
use crate::serve::{self, Settings};

/// Serve the archive as pages to search and read, in Czech and English
///
/// Open the printed address in a browser. Only reads: a crawl may run meanwhile, and what it brings is shown without a restart.
/// Ctrl-C ends it. Programs find /api/openapi.json, feeds and downloads.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port to serve on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// Allow an address that other machines can reach
    #[arg(long)]
    allow_remote: bool,
    /// Address under which readers know this server, where a proxy stands before it: <https://archive.example.org>
    #[arg(long, value_name = "URL", value_parser = public)]
    public_url: Option<Url>,
    /// Add a line of JSON a request to this file
    #[arg(long, value_name = "FILE")]
    access_log: Option<PathBuf>,
}

fn public(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{error}; write https://archive.example.org"))?;
    let whole = matches!(url.scheme(), "http" | "https") && url.has_host();
    if whole && url.path() == "/" && url.query().is_none() {
        return Ok(url);
    }
    Err("give scheme and host alone, such as https://archive.example.org".to_owned())
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    if !args.addr.ip().is_loopback() && !args.allow_remote {
        bail!(
            "{} can be reached from other machines: add --allow-remote if that is meant, or put a proxy before 127.0.0.1",
            args.addr.ip()
        );
    }
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    drop(store::index(&home, &archive, out)?);
    let publishers = store::publishers(global, &archive)?;
    drop(archive);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let settings = Settings {
        address: args.addr,
        public: args.public_url.clone(),
        access_log: args.access_log.clone(),
        publishers,
        read_facts: harvest::with_facts,
    };
    runtime.block_on(async {
        let (address, server) = serve::serve(&home, settings, stopped()).await?;
        out.line(format_args!("http://{address}/"))?;
        out.flush()?;
        out.say(format_args!("Serving the archive of {}; Ctrl-C ends it.", home.dir().display()));
        server.await;
        Ok(Exit::Done)
    })
}

/// Ctrl-C, or the signal by which services are stopped.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        return;
    }
    _ = interrupted.await;
}
