//! `crawl`: one polite run over the sources.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::bail;
use jiff::Timestamp;

use super::metrics::{self, Crawled};
use super::output::{BOLD, Output, clean, styled};
use super::progress::Bar;
use super::session::Session;
use super::table::number;
use super::{Exit, Global, afterwards, check, due, planned, rebuild, standing, store};
use crate::archive::Archive;
use crate::config::{self, Config, Shard, Source};
use crate::harvest;
use crate::harvest::{Extent, Harvest, OnLoss, Options, Order, Summary, Trouble};
use crate::home::Home;

/// Troubles listed one by one; the rest is counted.
const TROUBLES: usize = 10;

/// Fetch what is new and ask whether the known has changed
///
/// Reads the listings of each source, then the page of every new entry and the documents it links: one request at a time for
/// a host, with a pause after each. Known pages are asked again the more rarely the longer they have stood (`--plan` tells),
/// all pages of a listing once a week. Ctrl-C stops within seconds; the next crawl carries on. Exit code 3 says that something
/// needs a look, and the last lines say what.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of the command line")]
pub struct Args {
    /// Sources by name [default: all]
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// Look at every known page now, due or not
    #[arg(long)]
    all: bool,
    /// Ask for every page anew, without asking whether it changed
    #[arg(long, conflicts_with = "all")]
    full: bool,
    /// Leave out sources whose time, by their `schedule`, has not come
    #[arg(long, conflicts_with_all = ["all", "full"])]
    if_due: bool,
    /// Stay, and crawl each source whenever its `schedule` says so, until Ctrl-C or the end of the service
    #[arg(long, conflicts_with_all = ["all", "full", "if_due", "plan", "accept_changes"])]
    standing: bool,
    /// Only the sources of this part of the configuration, for one of several machines: 2/3 is the second of three. Sources
    /// that share a host are in one part; `twindex merge` brings the archives together
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Take changes for true that look like a fault of the site: many texts lost, alike or changed at once, many pages gone,
    /// a listing that shrank
    #[arg(long)]
    accept_changes: bool,
    /// Print what would be asked for, and why; ask for nothing
    #[arg(long)]
    plan: bool,
    /// Who answers for the crawl: an e-mail or web address, sent with every request
    #[arg(long, value_name = "ADDRESS", env = "TWINDEX_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Where another program holds the state folder, wait until it is done, at most this long [default: a day]
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "1d", value_parser = check::age)]
    wait: Option<Duration>,
    /// Write how the crawl went and how the sources do as OpenMetrics text
    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,
    /// Where something happened to notices, run this with the shell: it gets the changes as JSON on its standard input
    #[arg(long, value_name = "COMMAND")]
    on_change: Option<String>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let mut config = store::config(global)?;
    let mut sources = chosen(&config, &args.sources)?;
    if let Some(shard) = args.shard {
        let own = shard.sources(&config.sources);
        sources.retain(|source| own.contains(&source.name));
        if sources.is_empty() {
            out.say(format_args!("No source is in this part; sources are divided by their hosts."));
        }
    }
    if let Some(contact) = args.contact.as_deref().map(str::trim).filter(|contact| !contact.is_empty()) {
        let here = sources.iter().all(Source::on_loopback);
        config.crawler.contact = Some(config::contact(contact, here).map_err(anyhow::Error::msg)?);
    }
    let extent = match (args.full, args.all) {
        (true, _) => Extent::Anew,
        (false, true) => Extent::All,
        (false, false) => Extent::Due,
    };
    if args.plan {
        return planned::show(&config, &sources, extent, out);
    }
    Home::at(&config.home).refuse_demo()?;
    let session = Session::begin(out)?;
    let options = Options { extent, accept_changes: args.accept_changes };
    let round = |sources: &[Source], out: &mut Output| {
        let began = Instant::now();
        let (exit, crawled) = crawl(&config, sources, options, args.wait, &session, out)?;
        if !crawled.is_empty() {
            say_where(&config, began.elapsed(), &crawled, out);
        }
        let told = tell_others(args, &Home::at(&config.home), &crawled, out)?;
        Ok(if told { exit } else { Exit::Incomplete })
    };
    if args.standing {
        sources.iter().try_for_each(|source| Harvest::may_crawl(&config, source))?;
        return standing::run(&config, &sources, &session, out, round);
    }
    let sources = if args.if_due { due::now(&config, &sources, out)? } else { sources };
    round(&sources, out)
}

/// The monitor and the command for changes; a fault of theirs is told and does not undo the crawl. False: there was one.
fn tell_others(args: &Args, home: &Home, crawled: &[Crawled], out: &mut Output) -> anyhow::Result<bool> {
    let mut faults = Vec::new();
    if let Some(path) = &args.metrics {
        faults.extend(afterwards::write_metrics(path, &Archive::open_read_only(home)?, crawled).err());
    }
    if let Some(command) = &args.on_change {
        let runs: Vec<_> = crawled.iter().map(|run| as_json(&run.summary)).collect();
        if let Some(document) = afterwards::changes(&Archive::open_read_only(home)?, crawled, &runs)? {
            faults.extend(afterwards::notify(command, &document).err());
        }
    }
    for fault in &faults {
        out.warn(format_args!("{}", clean(&format!("{fault:#}"))));
    }
    Ok(faults.is_empty())
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

/// Takes the state folder, when it is free; reads the pages of an archive that another version made, unless something would be lost by it.
fn open(config: &Config, wait: Option<Duration>, out: &mut Output) -> anyhow::Result<Harvest> {
    let home = Home::at(&config.home);
    let harvest = store::when_free(wait, out, || Harvest::open(&home, "crawl", Timestamp::now()))?;
    if harvest.is_current()? {
        return Ok(harvest);
    }
    drop(harvest);
    out.say(format_args!("The archive was read by another version of twindex: reading its pages again."));
    match harvest::rebuild(&home, config, OnLoss::KeepOld, Timestamp::now(), &mut |_| {}) {
        Ok(rebuilt) if rebuilt.beside.is_some() => {
            let loss = rebuild::in_words(&rebuilt.loss);
            out.warn(format_args!("left as it was read before: {loss} would be lost; `twindex rebuild` tells more"));
        }
        Err(error @ harvest::Error::Lost { .. }) => out.warn(format_args!("left as it was read before: {error}")),
        done => drop(done?),
    }
    Ok(Harvest::open(&home, "crawl", Timestamp::now())?)
}

/// Crawls the sources one after the other and says what came of each.
pub fn crawl(
    config: &Config,
    sources: &[Source],
    options: Options,
    wait: Option<Duration>,
    session: &Session,
    out: &mut Output,
) -> anyhow::Result<(Exit, Vec<Crawled>)> {
    if sources.is_empty() {
        return Ok((Exit::Done, Vec::new()));
    }
    // Said before anything is sent, for the last source as for the first.
    sources.iter().try_for_each(|source| Harvest::may_crawl(config, source))?;
    let mut harvest = open(config, wait, out)?;
    let mut exit = Exit::Done;
    let mut crawled = Vec::new();
    for source in sources {
        let began = Instant::now();
        let bar = Bar::new(&source.name, out.quiet || out.verbose > 0);
        let order = Order { config, source, options };
        let result = harvest.crawl(session.handle(), order, &session.stop, &mut |progress| bar.tell(progress));
        bar.finish();
        let summary = result?;
        say(&summary, out);
        let stopped = summary.stopped.is_some();
        if !metrics::is_whole(&summary) {
            exit = Exit::Incomplete;
        }
        crawled.push(Crawled { summary, took: began.elapsed() });
        if stopped {
            break;
        }
    }
    // After Ctrl-C there is no time for it: the next search brings the index up.
    if !session.stop.is_raised() {
        harvest.index()?;
    }
    if out.json {
        out.json(&crawled.iter().map(|run| as_json(&run.summary)).collect::<Vec<_>>())?;
    }
    Ok((exit, crawled))
}

fn say(summary: &Summary, out: &mut Output) {
    let counts = &summary.counts;
    if summary.resumed {
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
    if let Some(leap) = summary.leap {
        out.warn(format_args!("the newest visit before was {} days ago by this clock: is it right?", leap.as_hours() / 24));
    }
    for trouble in summary.troubles.iter().take(TROUBLES) {
        out.warn(format_args!("{}\n         {}", clean(&trouble.url), clean(&trouble.why)));
    }
    if summary.troubles.len() > TROUBLES {
        let more = (summary.troubles.len() - TROUBLES) as u64;
        out.warn(format_args!("and {} that could not be read", number(more, "more page", "more pages")));
    }
    if !summary.known.is_empty() {
        let known = number(summary.known.len() as u64, "page", "pages");
        out.say(format_args!("  {known} as before cannot be read: told on earlier nights, listed by `twindex stats --problems`"));
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

/// Where everything lies, how long it took, and what to do next.
fn say_where(config: &Config, took: Duration, crawled: &[Crawled], out: &mut Output) {
    out.say(format_args!("Took {}; all of it lies in {}.", length(took), config.home.display()));
    let happened = crawled.iter().map(|run| &run.summary.counts).any(|counts| counts.new + counts.changed + counts.gone > 0);
    if happened {
        out.hint(format_args!("`twindex changes --since last` lists what happened, `twindex search WORDS` asks the archive"));
    }
}

/// A time for people: `8 s`, `3 min 20 s`, `2 h 5 min`.
fn length(took: Duration) -> String {
    let seconds = took.as_secs_f64().round() as u64;
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min {} s", seconds % 60),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn as_json(summary: &Summary) -> serde_json::Value {
    let counts = &summary.counts;
    let told = |troubles: &[Trouble]| -> Vec<_> {
        troubles.iter().map(|t| serde_json::json!({"kind": t.kind.name(), "url": t.url, "why": t.why})).collect()
    };
    serde_json::json!({
        "source": summary.source, "entries": counts.entries, "new": counts.new, "changed": counts.changed, "gone": counts.gone,
        "requests": counts.asked, "not_modified": counts.not_modified, "problems": counts.problems, "troubles": told(&summary.troubles), "known_troubles": told(&summary.known),
        "stopped": summary.stopped.is_some(), "carried_on": summary.resumed, "run": summary.run,
    })
}
