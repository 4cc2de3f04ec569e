//! The access log: a line of JSON a request, for programs that count.
//!
//! Who asked, when, for what, with what outcome, in how many milliseconds until the answer began. A line that cannot be
//! written is told once in the program's own log; answers do not wait for it.

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use serde::Serialize;

pub struct AccessLog {
    out: Mutex<File>,
    failed: AtomicBool,
}

/// One request.
#[derive(Serialize)]
pub struct Line {
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
    pub fn of(peer: SocketAddr, request: &Parts) -> Self {
        let field = |name| request.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self {
            at: Timestamp::now(),
            client: peer.ip().to_string(),
            forwarded_for: field(header::HeaderName::from_static("x-forwarded-for")),
            method: request.method.to_string(),
            address: request.uri.to_string(),
            agent: field(header::USER_AGENT),
            status: 0,
            ms: 0.0,
        }
    }

    pub fn done(self, status: StatusCode, took: Duration) -> Self {
        Self { status: status.as_u16(), ms: (took.as_secs_f64() * 1e5).round() / 100.0, ..self }
    }
}

impl AccessLog {
    /// Lines are added at the end of the file.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let out = File::options().create(true).append(true).open(path)?;
        Ok(Self { out: Mutex::new(out), failed: AtomicBool::new(false) })
    }

    pub fn write(&self, line: &Line) {
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
