//! `rebuild`: the archive and the index anew from the stored pages.

use std::time::Duration;

use jiff::Timestamp;

use super::output::{Output, clean};
use super::table::number;
use super::{Exit, Global, check, store};
use crate::archive::Lock;
use crate::harvest::{self, Loss, OnLoss};
use crate::home::Home;

/// Make the archive and the index anew from the stored pages
///
/// Nothing is fetched. Use it after an upgrade to read old pages with the newer reader, or when archive.db or the index was
/// lost or damaged: everything in them comes from `pages/`. The new archive is made beside the old one and compared with it;
/// where something would be lost the old one stays, and exit code 3 says so.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Put the new archive in place although something is lost; the old one is kept as archive.db.before
    #[arg(long)]
    accept_loss: bool,
    /// Where another program holds the state folder, wait until it is done, at most this long [default: a day]
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "1d", value_parser = check::age)]
    wait: Option<Duration>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let config = store::config(global)?;
    let home = Home::at(&config.home);
    store::when_free(args.wait, out, || Lock::acquire(&home, "rebuild", Timestamp::now()).map_err(harvest::Error::from))?;
    let verbose = out.verbose > 0;
    let on_loss = if args.accept_loss { OnLoss::Accept } else { OnLoss::KeepOld };
    let rebuilt = harvest::rebuild(&home, &config, on_loss, Timestamp::now(), &mut |run| {
        if verbose {
            out.say(format_args!("{}", clean(run)));
        }
    })?;
    for damage in &rebuilt.damaged {
        out.warn(format_args!("damaged page archive: {}", clean(damage)));
    }
    if out.json {
        out.json(&serde_json::json!({"runs": rebuilt.runs, "records": rebuilt.records, "damaged": rebuilt.damaged,
            "loss": rebuilt.loss, "in_place": rebuilt.beside.is_none(), "before": rebuilt.before}))?;
    }
    if let Some(beside) = &rebuilt.beside {
        out.warn(format_args!("not put in place: {} would be lost", in_words(&rebuilt.loss)));
        out.hint(format_args!(
            "the archive is as it was, the new one lies in {}. Restore what is damaged or missing in pages/ from a copy and run \
             `twindex rebuild` again; `twindex rebuild --accept-loss` puts it in place as it is and keeps the old one",
            beside.display()
        ));
        return Ok(Exit::Incomplete);
    }
    if !out.json {
        out.say(format_args!("Rebuilt {} from {}.", number(rebuilt.records, "record", "records"), number(rebuilt.runs, "run", "runs")));
    }
    if let Some(before) = &rebuilt.before {
        out.say(format_args!("The archive of before is kept as {}.", before.display()));
    }
    Ok(if rebuilt.damaged.is_empty() { Exit::Done } else { Exit::Incomplete })
}

/// What would be lost, for people.
pub fn in_words(loss: &Loss) -> String {
    let parts = [
        (loss.records, "record", "records"),
        (loss.renamed, "identifier", "identifiers"),
        (loss.versions, "version", "versions"),
        (loss.texts, "full text", "full texts"),
        (loss.runs, "run", "runs"),
    ];
    let counts = parts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| number(count, one, many));
    counts.collect::<Vec<_>>().join(", ")
}
