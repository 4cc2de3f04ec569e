//! `merge`: the archives of other machines into this one.
//!
//! Refuses: to know how runs are ordered and walked, which is the part of `harvest`.

use std::path::PathBuf;

use jiff::Timestamp;

use super::output::{Output, clean};
use super::rebuild::in_words;
use super::table::number;
use super::{Exit, Global, store};
use crate::harvest::{self, OnLoss, Target};
use crate::home::Home;

/// Take in the archives of other machines
///
/// HOME is the state folder of another twindex, or a copy of it; only its `pages/` are read. What is not here yet is copied
/// and walked at its place in the order of time; sources of which nothing new has come are not touched. The same folder
/// again changes nothing, nor does it matter in which order folders come. Sources that the configuration lacks are read as
/// their own runs tell them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// State folders
    #[arg(required = true, value_name = "HOME")]
    homes: Vec<PathBuf>,
    /// Merge although records, versions or identifiers of now are lost by it; the old archive is kept as archive.db.before
    #[arg(long)]
    accept_loss: bool,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let config = store::config(global)?;
    let home = Home::at(&config.home);
    home.refuse_demo()?;
    for other in &args.homes {
        if std::fs::canonicalize(other).ok().is_some_and(|other| Some(other) == std::fs::canonicalize(home.dir()).ok()) {
            anyhow::bail!("{} is the state folder itself: name those of other machines", other.display());
        }
    }
    let others: Vec<Home> = args.homes.iter().map(Home::at).collect();
    let on_loss = if args.accept_loss { OnLoss::Accept } else { OnLoss::KeepOld };
    let verbose = out.verbose > 0;
    let target = Target { home: &home, config: &config, on_loss, now: Timestamp::now() };
    let merged = harvest::merge(target, &others, &mut |run| {
        if verbose {
            out.say(format_args!("{}", clean(run)));
        }
    })?;
    let Some(rebuilt) = &merged.rebuilt else { return Ok(Exit::Done) };
    for damage in &rebuilt.damaged {
        out.warn(format_args!("not readable: {}", clean(damage)));
    }
    if out.json {
        out.json(&serde_json::json!({
            "new_files": merged.new, "known_files": merged.known, "runs_walked": rebuilt.runs, "records": rebuilt.records,
            "loss": rebuilt.loss, "in_place": rebuilt.beside.is_none(), "damaged": rebuilt.damaged,
        }))?;
    }
    if rebuilt.beside.is_some() {
        out.warn(format_args!("not merged: {} of now would be lost", in_words(&rebuilt.loss)));
        out.hint(format_args!(
            "runs of another machine can give a notice another identifier or join two into one; `twindex merge --accept-loss` \
             merges all the same and keeps the archive of now beside it"
        ));
        return Ok(Exit::Incomplete);
    }
    let files = number(merged.new.len() as u64, "file of pages", "files of pages");
    match (merged.new.is_empty(), rebuilt.runs) {
        (true, 0) => out.say(format_args!("Nothing new: {} were here before.", number(merged.known, "file", "files"))),
        (_, runs) => out.say(format_args!(
            "Merged {files}, walked {}: {}.",
            number(runs, "run", "runs"),
            number(rebuilt.records, "record", "records")
        )),
    }
    Ok(if rebuilt.damaged.is_empty() { Exit::Done } else { Exit::Incomplete })
}
