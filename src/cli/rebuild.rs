//! `rebuild`: the archive and the index anew from the stored pages.

use jiff::Timestamp;

use super::output::{Output, clean};
use super::table::number;
use super::{Exit, Global, store};
use crate::harvest::Harvest;

/// Make the archive and the index anew from the stored pages
///
/// Nothing is fetched. Use it after an upgrade to read old pages with the newer reader, or when archive.db or the index was
/// lost: everything in them comes from `pages/`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let config = store::config(global)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut harvest = Harvest::open(&config.home, "rebuild", Timestamp::now())?;
    let verbose = out.verbose > 0;
    let rebuilt = runtime.block_on(harvest.rebuild(&config, &mut |run| {
        if verbose {
            out.say(format_args!("{}", clean(run)));
        }
    }))?;
    harvest.index()?;
    for damage in &rebuilt.damaged {
        out.warn(format_args!("damaged page archive: {}", clean(damage)));
    }
    if out.json {
        out.json(&serde_json::json!({"runs": rebuilt.runs, "records": rebuilt.records, "damaged": rebuilt.damaged}))?;
    } else {
        out.say(format_args!("Rebuilt {} from {}.", number(rebuilt.records, "record", "records"), number(rebuilt.runs, "run", "runs")));
    }
    Ok(if rebuilt.damaged.is_empty() { Exit::Done } else { Exit::Incomplete })
}
