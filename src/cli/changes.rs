//! `changes`: what became new, changed, left or returned, over all notices.

use anyhow::{Context, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::output::{BOLD, Output, clean, styled};
use super::{Exit, Global, search, show, store};
use crate::archive::{Archive, Change};

/// Tell what happened to the notices: new, changed, gone, returned; newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// "last" for what the newest crawl found, the name of a run, or a day (UTC): 2024, 2024-05, 2024-05-31 [default: everything]
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<Since>,
}

#[derive(Clone, Debug)]
enum Since {
    Last,
    Run(String),
    Day(jiff::civil::Date),
}

/// A run has a name of letters, a day begins with a figure.
fn since(text: &str) -> Result<Since, String> {
    match text {
        "last" => Ok(Since::Last),
        _ if text.starts_with(|first: char| first.is_ascii_alphabetic()) => Ok(Since::Run(text.to_owned())),
        _ => search::first_day(text).map(Since::Day),
    }
}

fn found(archive: &Archive, since: Option<&Since>) -> anyhow::Result<Vec<Change>> {
    Ok(match since {
        None => archive.changes(Timestamp::MIN)?,
        Some(Since::Day(day)) => archive.changes(day.to_zoned(TimeZone::UTC).context("the day is out of range")?.timestamp())?,
        Some(Since::Last) => archive.changes_of(&archive.newest_runs()?)?,
        Some(Since::Run(run)) => {
            let runs = archive.runs_from(run)?;
            if runs.is_empty() {
                let newest: Vec<String> = archive.runs(3)?.into_iter().map(|row| row.run).collect();
                bail!("there is no run {run:?}; `twindex stats --json` lists them, the newest are {}", newest.join(", "));
            }
            archive.changes_of(&runs)?
        }
    })
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = store::archive(&store::home(global)?)?;
    let changes = found(&archive, args.since.as_ref())?;
    for change in &changes {
        let kind = change.kind.name();
        if out.json {
            out.json(&serde_json::json!({
                "at": change.at, "change": kind, "id": change.id, "version": change.version, "title": change.title,
            }))?;
        } else {
            out.line(format_args!("{}  {}  {}", show::stamp(change.at), styled(BOLD, format_args!("{kind:8}")), clean(&change.title)))?;
        }
    }
    if changes.is_empty() {
        out.say(format_args!("Nothing happened since then."));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}
