//! `import`: archives of others into this one.

use std::path::PathBuf;

use jiff::Timestamp;

use super::output::{Output, clean};
use super::rebuild::in_words;
use super::table::number;
use super::{Exit, Global, store};
use crate::harvest::{self, Import, OnLoss};
use crate::home::Home;

/// Take in pages that another program saved
///
/// WARC files (1.0 and 1.1, packed or not) of GNU Wget, Scrapy, Browsertrix, Heritrix and others are copied whole into
/// `pages/`, and everything is walked again in the order of time: history grows backwards. Captures belong to the source of
/// the configuration whose host they have; those of other hosts are counted and left. The same file again changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// WARC files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Import although records, versions or identifiers of now are lost by it; the old archive is kept as archive.db.before
    #[arg(long)]
    accept_loss: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let config = store::config(global)?;
    let home = Home::at(&config.home);
    home.refuse_demo()?;
    let verbose = out.verbose > 0;
    let on_loss = if args.accept_loss { OnLoss::Accept } else { OnLoss::KeepOld };
    let import = harvest::import(&home, &config, &args.files, on_loss, Timestamp::now(), &mut |run| {
        if verbose {
            out.say(format_args!("{}", clean(run)));
        }
    })?;
    print(&import, out)
}

fn print(import: &Import, out: &mut Output) -> anyhow::Result<Exit> {
    let rebuilt = import.rebuilt.as_ref();
    let damaged = || import.broken.iter().chain(rebuilt.iter().flat_map(|rebuilt| &rebuilt.damaged));
    for damage in damaged() {
        out.warn(format_args!("not readable: {}", clean(damage)));
    }
    if out.json {
        out.json(&serde_json::json!({
            "new_files": import.new, "known_files": import.known, "captures": import.imported.captures,
            "left": import.imported.foreign, "revisits_without_bytes": import.imported.unresolved,
            "records": rebuilt.map(|rebuilt| rebuilt.records), "loss": rebuilt.map(|rebuilt| rebuilt.loss),
            "in_place": rebuilt.is_none_or(|rebuilt| rebuilt.beside.is_none()), "damaged": damaged().collect::<Vec<_>>(),
        }))?;
    }
    let Some(rebuilt) = rebuilt else {
        out.say(format_args!("Nothing new: {} had been imported before.", number(import.known, "file", "files")));
        return Ok(Exit::Done);
    };
    if rebuilt.beside.is_some() {
        out.warn(format_args!("not imported: {} of now would be lost", in_words(&rebuilt.loss)));
        out.hint(format_args!(
            "older captures can give a notice another identifier or join two into one; `twindex import --accept-loss` imports \
             all the same and keeps the archive of now beside it"
        ));
        return Ok(Exit::Incomplete);
    }
    let told = &import.imported;
    out.say(format_args!(
        "Imported {}: {} of your sources in all imported files, {} of other sites left; {}.",
        number(import.new.len() as u64, "file", "files"),
        number(told.captures, "capture", "captures"),
        told.foreign,
        number(rebuilt.records, "record", "records"),
    ));
    if told.unresolved > 0 {
        out.warn(format_args!(
            "{} say only that a page was the same as one that no imported file has: import the other files of that crawl, too",
            number(told.unresolved, "capture", "captures")
        ));
    }
    Ok(if damaged().next().is_some() { Exit::Incomplete } else { Exit::Done })
}
