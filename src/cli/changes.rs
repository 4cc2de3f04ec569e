//! `changes`: what became new, changed, left or returned, over all notices.

use anyhow::bail;
use clap::ValueEnum;
use jiff::tz::TimeZone;

use super::output::{BOLD, DIM, Output, clean, styled};
use super::{Exit, Global, search, show, store};
use crate::archive::{Archive, Change, ChangeFilter, Since};
use crate::export::{self, FeedFormat, Item};
use crate::record::Kind;

/// Tell what happened to the notices: new, changed, gone, returned; newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// On this day (UTC) or later (2024, 2024-05, 2024-05-31), from a run on (its name), or in the last run of each source (last)
    /// [default: everything]
    #[arg(long, value_name = "SINCE")]
    since: Option<String>,
    /// Only of this source
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Only notices of this kind, such as partner_search
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
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

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = store::archive(&store::home(global)?)?;
    let since = args.since.as_deref().map_or(Ok(Since::Ever), |since| meant(since, &archive))?;
    if let Some(kind) = &args.kind {
        serde_json::from_value::<Kind>(kind.as_str().into())?;
    }
    if let Some(source) =
        args.source.as_ref().filter(|source| archive.source_stats().is_ok_and(|all| all.iter().all(|one| one.source != **source)))
    {
        bail!("the archive has no source {source:?}; `twindex stats` lists them");
    }
    let changes = archive.changes(&ChangeFilter { since, source: args.source.clone(), kind: args.kind.clone() })?;
    if let Some(format) = args.format {
        let format = if format == Name::Atom { FeedFormat::Atom } else { FeedFormat::Json };
        export::write_feed(format, "twindex: changes", &changes.iter().map(item).collect::<Vec<_>>(), out.raw())?;
        return Ok(if changes.is_empty() { Exit::Nothing } else { Exit::Done });
    }
    for change in &changes {
        print(change, out)?;
    }
    if changes.is_empty() {
        out.say(format_args!("Nothing happened since then."));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

/// A day, the name of a run, or `last`.
fn meant(since: &str, archive: &Archive) -> anyhow::Result<Since> {
    if since == "last" {
        return Ok(Since::LastRuns);
    }
    if archive.run_start(since)?.is_some() {
        return Ok(Since::Run(since.to_owned()));
    }
    match search::first_day(since).ok().and_then(|day| day.to_zoned(TimeZone::UTC).ok()) {
        Some(day) => Ok(Since::Moment(day.timestamp())),
        None => bail!(
            "{since:?} is no day (2024, 2024-05 or 2024-05-31), no run of this archive (`twindex stats --json` names them) and not \"last\""
        ),
    }
}

fn print(change: &Change, out: &mut Output) -> anyhow::Result<()> {
    let kind = change.kind.name();
    if out.json {
        return out.json(&serde_json::json!({
            "at": change.at, "change": kind, "id": change.id, "version": change.version, "title": change.title, "url": change.url,
        }));
    }
    out.line(format_args!("{}  {}  {}", show::stamp(change.at), styled(BOLD, format_args!("{kind:8}")), clean(&change.title)))?;
    out.line(format_args!("{:30}{}", "", styled(DIM, format_args!("{}  {}", clean(&change.id.0), clean(&change.url)))))
}

fn item(change: &Change) -> Item {
    let kind = change.kind.name();
    Item {
        id: format!("{}?version={}&change={kind}&at={}", change.id, change.version, change.at),
        at: change.at,
        title: format!("{kind}: {}", change.title),
        url: change.url.clone(),
        text: format!("{} (version {}): {kind}", change.id, change.version),
    }
}
