//! What a crawl does when it is over, for people who are not there: metrics for a monitor, a command for each night with
//! changes.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::destination::Destination;
use super::metrics::{self, Crawled};
use super::output;
use crate::archive::Archive;

/// Writes the metrics of these runs; a monitor that reads meanwhile sees the file of before or the new one.
pub fn write_metrics(path: &Path, archive: &Archive, crawled: &[Crawled]) -> anyhow::Result<()> {
    let text = metrics::text(crawled, &archive.health()?, &archive.source_stats()?);
    let context = || format!("cannot write {}", path.display());
    match Destination::of(path)? {
        Destination::File(file) => file.write(|file| file.write_all(text.as_bytes()).with_context(context)),
        Destination::Stream(path) => std::fs::write(path, text).with_context(context),
        Destination::Stdout => bail!("--metrics wants a file: standard output is for data"),
    }
}

/// What these runs found to have happened, newest first, as one JSON document; `None` if nothing did. `told`: the runs
/// themselves as `crawl --json` tells them.
pub fn changes(archive: &Archive, crawled: &[Crawled], told: &[Value]) -> anyhow::Result<Option<Value>> {
    let runs: Vec<String> = crawled.iter().map(|run| run.summary.run.clone()).collect();
    let mut changes = Vec::new();
    for change in archive.changes_of(&runs)? {
        let record = archive.current(&change.id)?;
        changes.push(json!({
            "at": change.at, "change": change.kind.name(), "id": change.id, "version": change.version, "title": change.title,
            "source": record.as_ref().map(|record| record.source.as_str()), "url": record.as_ref().map(|record| record.url.as_str()),
            "published": record.as_ref().and_then(|record| record.published),
        }));
    }
    Ok((!changes.is_empty()).then(|| json!({"runs": told, "changes": changes})))
}

/// Runs a command of the shell with the document on its standard input; what it prints is talk.
pub fn notify(command: &str, document: &Value) -> anyhow::Result<()> {
    let context = || format!("cannot run --on-change {command:?}");
    let mut child =
        Command::new("sh").args(["-c", command]).stdin(Stdio::piped()).stdout(output::as_talk()).spawn().with_context(context)?;
    if let Some(mut input) = child.stdin.take() {
        // One that does not read what it is told may still do what it is for.
        match writeln!(input, "{document}") {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error).with_context(context),
            _ => {}
        }
    }
    let status = child.wait().with_context(context)?;
    if !status.success() {
        bail!("the command of --on-change failed ({status}): {command}");
    }
    Ok(())
}
