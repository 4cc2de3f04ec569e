//! `crawl`: one polite run over the sources.

use anyhow::bail;
use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::output::{BOLD, DIM, Output, clean, styled};
use super::progress::Bar;
use super::table::number;
use super::{Exit, Global, store};
use crate::archive::Archive;
use crate::config::{self, Config, Source};
use crate::harvest::{self, Harvest, Options, Planned, Stop, Summary, plan};

/// Troubles listed one by one; the rest is counted.
const TROUBLES: usize = 10;

/// Fetch what is new and ask whether the known has changed
///
/// Reads the listings of each source, then the page of every entry and the documents it links: one request at a time for a
/// host, with a pause after each. An unchanged page costs one short request and makes no new version. Ctrl-C stops within
/// seconds; the next crawl carries on.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sources by name [default: all]
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// Ask for every page anew, without asking whether it changed
    #[arg(long)]
    full: bool,
    /// Print what would be asked for, and why; ask for nothing
    #[arg(long)]
    plan: bool,
    /// Who answers for the crawl: an e-mail or web address, sent with every request
    #[arg(long, value_name = "ADDRESS", env = "TWINDEX_CONTACT", hide_env_values = true)]
    contact: Option<String>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let mut config = store::config(global)?;
    let sources = chosen(&config, &args.sources)?;
    if let Some(contact) = args.contact.as_deref().map(str::trim).filter(|contact| !contact.is_empty()) {
        let here = sources.iter().all(Source::on_loopback);
        config.crawler.contact = Some(config::contact(contact, here).map_err(anyhow::Error::msg)?);
    }
    if args.plan { show_plan(&config, &sources, out) } else { crawl(&config, &sources, &Options { full: args.full }, out) }
}

fn chosen(config: &Config, names: &[String]) -> anyhow::Result<Vec<Source>> {
    if config.sources.is_empty() {
        bail!("the configuration names no [[source]]: `twindex probe URL` prints a block to paste");
    }
    let known = || config.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(", ");
    if names.is_empty() {
        return Ok(config.sources.clone());
    }
    let find = |name: &String| match config.source(name) {
        Some(source) => Ok(source.clone()),
        None => bail!("no source is named {name:?}; there are: {}", known()),
    };
    names.iter().map(find).collect()
}

/// Reads the pages of an archive that another version made; pages that are lost are no reason not to crawl.
fn reread(runtime: &Runtime, harvest: &mut Harvest, config: &Config, out: &mut Output) -> anyhow::Result<()> {
    out.say(format_args!("The archive was read by another version of twindex: reading its pages again."));
    match runtime.block_on(harvest.rebuild(config, &mut |_| {})) {
        Err(error @ harvest::Error::Lost { .. }) => out.warn(format_args!("left as it was read before: {error}")),
        done => drop(done?),
    }
    Ok(())
}

/// Crawls the sources one after the other and says what came of each.
pub fn crawl(config: &Config, sources: &[Source], options: &Options, out: &mut Output) -> anyhow::Result<Exit> {
    // Said before anything is sent, for the last source as for the first.
    sources.iter().try_for_each(|source| Harvest::may_crawl(config, source))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let stop = Stop::default();
    runtime.spawn(watch_for_interrupt(stop.clone()));
    let mut harvest = Harvest::open(&config.home, "crawl", Timestamp::now())?;
    if !harvest.is_current()? {
        reread(&runtime, &mut harvest, config, out)?;
    }
    let mut exit = Exit::Done;
    let mut summaries = Vec::new();
    for source in sources {
        let bar = Bar::new(&source.name, out.quiet || out.verbose > 0);
        let result = runtime.block_on(harvest.crawl(config, source, options, &stop, &mut |progress| bar.tell(progress)));
        bar.finish();
        let summary = result?;
        say(&summary, out);
        let stopped = summary.stopped.is_some();
        if stopped || !summary.troubles.is_empty() {
            exit = Exit::Incomplete;
        }
        summaries.push(summary);
        if stopped {
            break;
        }
    }
    harvest.index()?;
    if out.json {
        out.json(&summaries.iter().map(as_json).collect::<Vec<_>>())?;
    }
    Ok(exit)
}

/// Ctrl-C or the end of a service, once: stop soon and keep what there is. Twice: the shell's usual.
async fn watch_for_interrupt(stop: Stop) {
    if interrupt().await.is_ok() {
        stop.raise();
    }
    if interrupt().await.is_ok() {
        std::process::exit(130);
    }
}

#[cfg(unix)]
async fn interrupt() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupt() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

fn say(summary: &Summary, out: &mut Output) {
    let counts = &summary.counts;
    if summary.carried_on {
        out.say(format_args!("Carried on the run that was interrupted."));
    }
    let unmodified = match counts.not_modified {
        0 => String::new(),
        number => format!(", {number} of them answered \"not modified\""),
    };
    out.say(format_args!(
        "{}: {} ({} new, {} changed, {} gone); {}{unmodified}",
        styled(BOLD, &summary.source),
        number(counts.entries, "entry", "entries"),
        counts.new,
        counts.changed,
        counts.gone,
        number(counts.asked, "request", "requests"),
    ));
    for (kind, number) in &counts.problems {
        out.say(format_args!("  {number} × {kind}"));
    }
    for trouble in summary.troubles.iter().take(TROUBLES) {
        out.warn(format_args!("{}\n         {}", clean(&trouble.url), clean(&trouble.why)));
    }
    if summary.troubles.len() > TROUBLES {
        let more = (summary.troubles.len() - TROUBLES) as u64;
        out.warn(format_args!("and {} that could not be read", number(more, "more page", "more pages")));
    }
    if let Some(at) = &summary.stopped {
        out.say(format_args!(
            "Stopped after {} of {} known pages, at {}\nWhat was fetched is kept; `twindex crawl` carries on from here.",
            at.done,
            at.known,
            clean(&at.address)
        ));
    }
}

fn as_json(summary: &Summary) -> serde_json::Value {
    let counts = &summary.counts;
    let troubles: Vec<_> = summary.troubles.iter().map(|t| serde_json::json!({"url": t.url, "why": t.why})).collect();
    serde_json::json!({
        "source": summary.source, "entries": counts.entries, "new": counts.new, "changed": counts.changed, "gone": counts.gone,
        "requests": counts.asked, "not_modified": counts.not_modified, "problems": counts.problems, "troubles": troubles,
        "stopped": summary.stopped.is_some(), "carried_on": summary.carried_on,
    })
}

fn show_plan(config: &Config, sources: &[Source], out: &mut Output) -> anyhow::Result<Exit> {
    std::fs::create_dir_all(&config.home)?;
    let archive =
        if config.home.join("archive.db").exists() { Archive::open_read_only(&config.home)? } else { Archive::open(&config.home)? };
    for source in sources {
        let planned = plan(&archive, source)?;
        if out.json {
            for Planned { url, purpose, why } in &planned {
                out.json(&serde_json::json!({"source": source.name, "url": url, "purpose": purpose, "why": why}))?;
            }
            continue;
        }
        for Planned { url, purpose, why } in &planned {
            let purpose = format!("{purpose:?}").to_lowercase();
            out.line(format_args!("{purpose:10} {}  {}", clean(url), styled(DIM, why)))?;
        }
        let delay = source.delay.unwrap_or(config.crawler.delay);
        let time = delay.saturating_mul(planned.len() as u32);
        out.say(format_args!(
            "{}: robots.txt and {}, {delay:?} apart: about {} s or more; new entries and further pages of the listing come on top",
            source.name,
            number(planned.len() as u64, "known address", "known addresses"),
            time.as_secs()
        ));
    }
    Ok(Exit::Done)
}
