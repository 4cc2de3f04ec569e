//! What a crawl runs in: the runtime that carries the network, and the wish to end it.
//!
//! Ctrl-C or the end of a service, once: stop soon and keep what there is. Where a step takes longer than people wait, the
//! program ends in its midst; that is a kill, and costs no more than one repeated fetch.

use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};

use super::Exit;
use super::output::{LastWords, Output};
use crate::harvest::Stop;

/// From the wish to end to the end, at most.
const GRACE: Duration = Duration::from_millis(1500);

pub struct Session {
    runtime: Runtime,
    pub stop: Stop,
}

impl Session {
    pub fn begin(out: &Output) -> std::io::Result<Self> {
        let session = Self::unhurried()?;
        session.runtime.spawn(end_soon(session.stop.clone(), out.last_words()));
        Ok(session)
    }

    /// For what must come to its own end, however long that takes; a second wish ends it at once.
    pub fn unhurried() -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let stop = Stop::default();
        runtime.spawn(watch_for_interrupt(stop.clone()));
        Ok(Self { runtime, stop })
    }

    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// Waits; false if it is to end before.
    pub fn sleep(&self, time: Duration) -> bool {
        self.runtime.block_on(async {
            tokio::select! {
                () = self.stop.wait() => false,
                () = tokio::time::sleep(time) => true,
            }
        })
    }
}

async fn watch_for_interrupt(stop: Stop) {
    if interrupt().await.is_ok() {
        stop.raise();
    }
    if interrupt().await.is_ok() {
        std::process::exit(130);
    }
}

async fn end_soon(stop: Stop, last: LastWords) {
    stop.wait().await;
    tokio::time::sleep(GRACE).await;
    last.say("Stopped in the midst of a step; what was fetched is kept, `twindex crawl` carries on from here.");
    std::process::exit(Exit::Incomplete.code().into());
}

#[cfg(unix)]
async fn interrupt() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupt() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
