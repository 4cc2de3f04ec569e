//! The access log: a line of JSON a request, for programs that count.
//!
//! Who asked, when, for what, with what outcome, in how many milliseconds until the answer began. A line that cannot be
//! written is told once in the program's own log; answers do not wait for it.

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Extension, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

pub struct AccessLog {
    out: Mutex<File>,
    failed: AtomicBool,
}

/// Answers, and writes a line of it.
pub async fn pass(
    State(log): State<Arc<AccessLog>>,
    Extension(ConnectInfo(peer)): Extension<ConnectInfo<SocketAddr>>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let line = Line::of(peer, &request);
    let response = next.run(request).await;
    log.write(&line.done(response.status(), begun.elapsed()));
    response
}

/// One request.
#[derive(Serialize)]
struct Line {
    at: Timestamp,
    client: String,
    /// As a proxy before us tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    forwarded_for: Option<String>,
    method: String,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<String>,
    status: u16,
    ms: f64,
}

impl Line {
    fn of(peer: SocketAddr, request: &Request) -> Self {
        let field = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self {
            at: Timestamp::now(),
            client: peer.ip().to_string(),
            forwarded_for: field(header::HeaderName::from_static("x-forwarded-for")),
            method: request.method().to_string(),
            address: request.uri().to_string(),
            agent: field(header::USER_AGENT),
            status: 0,
            ms: 0.0,
        }
    }

    fn done(self, status: StatusCode, took: Duration) -> Self {
        Self { status: status.as_u16(), ms: (took.as_secs_f64() * 1e5).round() / 100.0, ..self }
    }
}

impl AccessLog {
    /// Lines are added at the end of the file.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let out = File::options().create(true).append(true).open(path)?;
        Ok(Self { out: Mutex::new(out), failed: AtomicBool::new(false) })
    }

    fn write(&self, line: &Line) {
        let Ok(mut text) = serde_json::to_vec(line) else { return };
        text.push(b'\n');
        let written = self.out.lock().map(|mut out| out.write_all(&text));
        if let Ok(Err(error)) = written
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(%error, "the access log cannot be written");
        }
    }
}
