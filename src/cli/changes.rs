//! `changes`: what became new, changed, left or returned, over all notices.

use anyhow::{Context, bail};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::output::{BOLD, DIM, Output, clean, styled};
use super::{Exit, Global, search, show, store};
use crate::archive::{Archive, Change};
use crate::export::{self, FeedFormat, FeedItem};
use crate::record::Kind;

/// Tell what happened to the notices: new, changed, gone, returned; newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// "last" for what the newest crawl found, the name of a run, or a day (UTC): 2024, 2024-05, 2024-05-31 [default: everything]
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<Since>,
    /// Only of this source
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Only notices of this kind, such as `partner_search`
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// Print a feed instead of lines
    #[arg(long, value_name = "FORMAT")]
    format: Option<Name>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// RFC 4287
    Atom,
    /// JSON Feed 1.1
    Jsonfeed,
}

/// A change with what the record of today adds.
struct DatedChange {
    change: Change,
    url: String,
    source: String,
    published: Option<jiff::civil::Date>,
}

fn kind(text: &str) -> Result<Kind, String> {
    serde_json::from_value(text.into()).map_err(|error| error.to_string())
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
        None => archive.changes(Timestamp::MIN, None, usize::MAX)?,
        Some(Since::Day(day)) => {
            archive.changes(day.to_zoned(TimeZone::UTC).context("the day is out of range")?.timestamp(), None, usize::MAX)?
        }
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
    if let Some(source) = &args.source {
        let known: Vec<String> = archive.source_stats()?.into_iter().map(|stats| stats.source).collect();
        if !known.contains(source) {
            bail!("there is no source {source:?} in the archive; it has {}", known.join(", "));
        }
    }
    let mut changes = Vec::new();
    for change in found(&archive, args.since.as_ref())? {
        let Some(record) = archive.current(&change.id)? else { continue };
        let wanted = args.source.as_ref().is_none_or(|source| *source == record.source);
        if wanted && args.kind.is_none_or(|kind| record.facts.kind == Some(kind)) {
            changes.push(DatedChange { change, url: record.url, source: record.source, published: record.published });
        }
    }
    if let Some(format) = args.format {
        let format = if format == Name::Atom { FeedFormat::Atom } else { FeedFormat::Json };
        export::write_feed(format, "twindex: changes", &changes.iter().map(item).collect::<Vec<_>>(), out.raw())?;
        return Ok(if changes.is_empty() { Exit::Nothing } else { Exit::Done });
    }
    for dated in &changes {
        print(dated, out)?;
    }
    if changes.is_empty() {
        out.say(format_args!("Nothing happened since then."));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

fn print(dated: &DatedChange, out: &mut Output) -> anyhow::Result<()> {
    let DatedChange { change, url, source, published } = dated;
    let kind = change.kind.name();
    if out.json {
        return out.json(&serde_json::json!({
            "at": change.at, "change": kind, "id": change.id, "version": change.version, "title": change.title,
            "published": published, "source": source, "url": url,
        }));
    }
    out.line(format_args!("{}  {}  {}", show::stamp(change.at), styled(BOLD, format_args!("{kind:8}")), clean(&change.title)))?;
    out.line(format_args!("{:30}{}", "", styled(DIM, format_args!("{}  {}", clean(&change.id.0), clean(url)))))
}

fn item(dated: &DatedChange) -> FeedItem {
    let DatedChange { change, url, .. } = dated;
    let kind = change.kind.name();
    FeedItem {
        id: format!("{}?version={}&change={kind}&at={}", change.id, change.version, change.at),
        at: change.at,
        title: format!("{kind}: {}", change.title),
        url: url.clone(),
        text: format!("{} (version {}): {kind}", change.id, change.version),
    }
}
