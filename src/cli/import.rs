//! `import`: pages that other programs or browsers saved, or another archive serves, into this archive.

use std::path::{Path, PathBuf};

use anyhow::bail;
use jiff::Timestamp;
use jiff::civil::Date;

use super::output::{Output, clean};
use super::progress::Bar;
use super::rebuild::in_words;
use super::session::Session;
use super::table::number;
use super::{Exit, Global, store};
use crate::harvest::{self, CdxServer, Fetched, Import, OnLoss, SavedPages, Span, Target};
use crate::home::Home;

/// Files and troubles named one by one; the rest is counted.
const NAMED: usize = 10;

/// Take in pages that another program saved, or another archive serves
///
/// WARC files (1.0 and 1.1, packed or not) of GNU Wget, Scrapy, Browsertrix, Heritrix and others are copied whole into
/// `pages/` and walked at their place in time, with the sources that they concern: history grows backwards. Captures belong to
/// the source of the configuration whose host they have; those of other hosts are counted and left. The same again changes
/// nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// WARC files
    #[arg(required_unless_present_any = ["cdx", "html"], conflicts_with_all = ["cdx", "html"], value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Fetch what another archive has of the sources: the address of its CDX server (Wayback Machine, pywb). It is asked politely,
    /// for the listings and what they lead to; Ctrl-C stops, and the same command goes on from there
    #[arg(long, value_name = "URL", conflicts_with = "html")]
    cdx: Option<CdxServer>,
    /// With --cdx, captures from that time on: 2015, 2015-06 or 2015-06-30
    #[arg(long, value_name = "DATE", requires = "cdx", conflicts_with = "files", value_parser = bound)]
    from: Option<String>,
    /// With --cdx, captures up to the end of that time
    #[arg(long, value_name = "DATE", requires = "cdx", conflicts_with = "files", value_parser = bound)]
    to: Option<String>,
    /// Take in the pages that a browser saved in a folder. Each tells its address (saved by Chromium or its like, or with a canonical link), and a
    /// day in its name: 2020-05-04, 20200504 or 4. 5. 2020
    #[arg(long, value_name = "DIR")]
    html: Option<PathBuf>,
    /// With --html, the day of pages whose names have none: 2020-05-04
    #[arg(long, value_name = "DATE", requires = "html", conflicts_with = "files")]
    date: Option<Date>,
    /// Import although records, versions or identifiers of now are lost by it; the old archive is kept as archive.db.before
    #[arg(long)]
    accept_loss: bool,
}

/// A year, month or day as an archive writes the beginning of a moment.
fn bound(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let whole = [text, &format!("{text}-01"), &format!("{text}-01-01")].iter().any(|day| day.len() == 10 && day.parse::<Date>().is_ok());
    if whole && parts[0].len() == 4 { Ok(parts.concat()) } else { Err("write 2015, 2015-06 or 2015-06-30".to_owned()) }
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let config = store::config(global)?;
    let home = Home::at(&config.home);
    home.refuse_demo()?;
    let verbose = out.verbose > 0;
    let on_loss = if args.accept_loss { OnLoss::Accept } else { OnLoss::KeepOld };
    let target = Target { home: &home, config: &config, on_loss, now: Timestamp::now() };
    if let Some(server) = &args.cdx {
        if config.sources.is_empty() {
            bail!("the configuration names no [[source]]: nothing says what to fetch");
        }
        let span = Span { from: args.from.clone(), to: args.to.clone() };
        return served(target, server, &span, out);
    }
    let mut tell = |run: &str| {
        if verbose {
            out.say(format_args!("{}", clean(run)));
        }
    };
    if let Some(dir) = &args.html {
        if !dir.is_dir() {
            bail!("{} is no folder", dir.display());
        }
        let (import, found) = harvest::import_saved(target, dir, args.date, &mut tell)?;
        return saved(&import, &found, dir, out);
    }
    let import = harvest::import(target, &args.files, &mut tell)?;
    print(&import, out)
}

fn served(target: Target<'_>, server: &CdxServer, span: &Span, out: &mut Output) -> anyhow::Result<Exit> {
    // After Ctrl-C the walk of what was fetched is not begun; once begun, it comes to its end.
    let session = Session::unhurried()?;
    let bar = Bar::endless("import", out.quiet || out.verbose > 0);
    let done = harvest::import_served(target, session.handle(), (server, span), &session.stop, &mut |address| bar.step(address));
    bar.finish();
    let (import, fetched) = done?;
    let Fetched { fetched, from_index, unserved, troubles, stopped } = fetched;
    out.say(format_args!(
        "{} fetched, {from_index} told by the index alone, {unserved} listed and not served.",
        number(fetched, "capture", "captures"),
    ));
    for (address, why) in troubles.iter().take(NAMED) {
        out.warn(format_args!("{}\n         {}", clean(address), clean(why)));
    }
    if troubles.len() > NAMED {
        out.warn(format_args!("and {} more; the same command asks again for what could not be had", troubles.len() - NAMED));
    }
    if stopped {
        out.say(format_args!("Stopped. What was fetched is kept; the same command carries on from here."));
        return Ok(Exit::Incomplete);
    }
    let exit = print(&import, out)?;
    Ok(if troubles.is_empty() { exit } else { Exit::Incomplete })
}

fn saved(import: &Import, found: &SavedPages, dir: &Path, out: &mut Output) -> anyhow::Result<Exit> {
    for (paths, what) in
        [(&found.unaddressed, "does not say which address it was saved from"), (&found.undated, "has no day in its name; --date gives one")]
    {
        for path in paths.iter().take(NAMED) {
            out.warn(format_args!("{} {what}", path.display()));
        }
        if paths.len() > NAMED {
            out.warn(format_args!("and {} more", paths.len() - NAMED));
        }
    }
    let left = !found.unaddressed.is_empty() || !found.undated.is_empty();
    if found.pages == 0 && !left {
        bail!("{} holds no saved page (.html, .htm)", dir.display());
    }
    if found.pages == 0 {
        return Ok(Exit::Incomplete);
    }
    let exit = print(import, out)?;
    Ok(if left { Exit::Incomplete } else { exit })
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
        match import.known {
            0 => out.say(format_args!("Nothing new.")),
            known => out.say(format_args!("Nothing new: {} had been imported before.", number(known, "file", "files"))),
        }
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
    let counts = &import.imported;
    out.say(format_args!(
        "Imported {}: {} of your sources in all imported files, {} of other sites left; {}.",
        number(import.new.len() as u64, "file", "files"),
        number(counts.captures, "capture", "captures"),
        counts.foreign,
        number(rebuilt.records, "record", "records"),
    ));
    if counts.unresolved > 0 {
        out.warn(format_args!(
            "{} say only that a page was the same as one that no imported file has: import the other files of that crawl, too",
            number(counts.unresolved, "capture", "captures")
        ));
    }
    Ok(if damaged().next().is_some() { Exit::Incomplete } else { Exit::Done })
}
