//! `demo`: the whole way once, on a bundled site, without a network.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use url::Url;

use super::output::{BOLD, Output, styled};
use super::session::Session;
use super::{Exit, Global, crawl, search, store, table};
use crate::archive::Filter;
use crate::config::{Config, Crawler, Source};
use crate::demo::{LISTING, Site, UNION};
use crate::harvest::Options;
use crate::home::Home;

/// Between two requests; the site is on this machine.
const DELAY: Duration = Duration::from_millis(50);
/// Rows of the table.
const SHOWN: usize = 12;
/// What the demo asks: one query typed without diacritics, one in other forms than the texts have.
const QUERIES: [&str; 2] = ["lazenske mesto", "spolupráce s vinaři"];

/// Crawl, read and search a bundled sample site, without a network
///
/// Serves some forty notices on 127.0.0.1, crawls them like any other site and keeps the result in index/demo.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = Home::at(global.home.clone().unwrap_or_else(|| PathBuf::from("index/demo")));
    let began = Instant::now();
    home.make_demo()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (address, server) = runtime.block_on(Site::bundled().serve()).context("cannot serve the sample site on 127.0.0.1")?;
    runtime.spawn(server);
    out.say(format_args!("Serving the sample site on http://{address}{LISTING} and crawling it…"));
    let mut source = Source::new("demo", vec![Url::parse(&format!("http://{address}{LISTING}"))?]);
    source.title = Some(UNION.to_owned());
    let config =
        Config { home: home.dir().to_owned(), crawler: Crawler { delay: DELAY, ..Crawler::default() }, sources: vec![source.clone()] };
    let (exit, _) = crawl::crawl(&config, &[source], Options::default(), None, &Session::begin(out)?, out)?;
    let archive = store::archive(&home)?;
    let records = archive.records(&Filter::default())?.collect::<Result<Vec<_>, _>>()?;
    out.line(format_args!("\n{} (the newest {} of {})", styled(BOLD, "What was read"), SHOWN.min(records.len()), records.len()))?;
    table::records(&records[..SHOWN.min(records.len())], out)?;
    let index = store::index(&home, &archive, out)?;
    for query in QUERIES {
        out.line(format_args!("\n{}", styled(BOLD, format_args!("twindex search {query:?}"))))?;
        search::ask_and_print(&index, query, 3, out)?;
    }
    let program = std::env::args().next().unwrap_or_else(|| "twindex".to_owned());
    let program = format!("{program} --home {}", home.dir().display());
    out.line(format_args!("\n{} ({:.1} s). Try next:", styled(BOLD, "Done"), began.elapsed().as_secs_f64()))?;
    out.line(format_args!("  {program} search 'country:PL OR country:SK'"))?;
    out.line(format_args!("  {program} show {}", records.first().map_or("ID", |record| record.id.0.as_str())))?;
    out.line(format_args!("  {program} export --format csv --excel -o notices.csv"))?;
    Ok(exit)
}
