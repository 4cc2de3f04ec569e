//! `replay`: the archived pages in a browser.

use std::net::SocketAddr;

use super::output::Output;
use super::{Exit, Global, store};
use crate::replay;

/// Show the archived pages in a browser
///
/// Serves what was stored, at /TIME/ADDRESS, with a bar that says when each page was fetched; documents too. Nothing is loaded
/// from outside and no script runs. /timemap/link/ADDRESS lists the captures of an address and /timegate/ADDRESS leads to the one
/// of a time (Memento, RFC 7089). Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port to serve on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081")]
    addr: SocketAddr,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    drop(store::archive(&home)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (address, server) = runtime.block_on(replay::serve(&home, args.addr))?;
    out.line(format_args!("http://{address}/"))?;
    out.flush()?;
    out.say(format_args!("Serving the archived pages of {}; Ctrl-C ends it.", home.dir().display()));
    runtime.block_on(async {
        tokio::select! {
            done = server => done,
            stopped = tokio::signal::ctrl_c() => stopped,
        }
    })?;
    Ok(Exit::Done)
}
