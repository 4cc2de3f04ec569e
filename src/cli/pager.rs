//! Long answers go through a pager at a terminal: `PAGER`, else `less`, which ends by itself where one screen is enough.
//!
//! Refuses: to fail for want of a pager; the text goes out without one.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

/// How `less` behaves unless its own variable says otherwise: ends on one screen, shows colours and links, leaves the text.
const LESS: &str = "FRX";

/// The pager that a person wants; `None`: none.
pub fn wanted() -> Option<String> {
    let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    (!pager.trim().is_empty() && pager != "cat").then_some(pager)
}

/// Shows the text; false if the pager could not be had. That a reader leaves early is no failure.
pub fn show(pager: &str, text: &[u8]) -> std::io::Result<bool> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("exec {pager}")]).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let Ok(mut child) = command.spawn() else { return Ok(false) };
    if let Some(mut input) = child.stdin.take() {
        match input.write_all(text) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error),
            _ => {}
        }
    }
    // The shell says 127 where there is no such program.
    Ok(child.wait()?.code() != Some(127))
}
