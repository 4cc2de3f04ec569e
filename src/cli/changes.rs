//! `changes`: what became new, changed, left or returned, over all notices.

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::output::{BOLD, Output, clean, styled};
use super::{Exit, Global, search, show, store};

/// Tell what happened to the notices: new, changed, gone, returned; newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// On this day (UTC) or later: 2024, 2024-05 or 2024-05-31 [default: everything]
    #[arg(long, value_name = "DAY", value_parser = search::first_day)]
    since: Option<jiff::civil::Date>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = store::archive(&store::home(global)?)?;
    let since = match args.since {
        Some(day) => day.to_zoned(TimeZone::UTC).context("the day is out of range")?.timestamp(),
        None => Timestamp::MIN,
    };
    let changes = archive.changes(since)?;
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
