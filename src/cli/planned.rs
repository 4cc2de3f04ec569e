//! `crawl --plan`: what would be asked for, why, and about how long it takes. Nothing is sent, nothing is written.
//!
//! Refuses: to plan, which is the part of `harvest`.

use std::time::Duration;

use jiff::Timestamp;

use super::Exit;
use super::output::{DIM, Output, clean, styled};
use super::table::number;
use crate::archive::Archive;
use crate::config::{Config, Source};
use crate::harvest::{Extent, Paced, Plan, Planned, paced, plan};
use crate::home::Home;
use crate::pages::Pages;

pub fn show(config: &Config, sources: &[Source], extent: Extent, out: &mut Output) -> anyhow::Result<Exit> {
    let home = Home::at(&config.home);
    let known = if home.archive().exists() { Some((Archive::open_read_only(&home)?, Pages::open(&home.pages())?)) } else { None };
    for source in sources {
        let now = Timestamp::now();
        let plan = plan(known.as_ref().map(|(archive, _)| archive), source, extent, now)?;
        for Planned { url, purpose, why } in &plan.asked {
            if out.json {
                out.json(&serde_json::json!({"source": source.name, "url": url, "purpose": purpose, "why": why}))?;
            } else {
                out.line(format_args!("{:10} {}  {}", purpose.name(), clean(url), styled(DIM, why)))?;
            }
        }
        let delay = source.delay.unwrap_or(config.crawler.delay);
        let hosts = paced(known.as_ref().map(|(archive, pages)| (archive, pages)), &plan, delay, now)?;
        say(source, &plan, &hosts, out);
    }
    Ok(Exit::Done)
}

fn say(source: &Source, plan: &Plan, hosts: &[Paced], out: &mut Output) {
    let time: Duration = hosts.iter().map(Paced::time).sum();
    let asked = number(plan.asked.len() as u64, "address", "addresses");
    out.say(format_args!("{}: robots.txt and {asked}: about {} s; new entries come on top", source.name, time.as_secs()));
    for Paced { host, delay, by_robots, pause, .. } in hosts {
        let why = if *by_robots { ", as its robots.txt asked" } else { "" };
        out.say(format_args!("  {}: one request in {} s{why}", clean(host), delay.as_secs_f64()));
        if let Some(until) = pause {
            out.say(format_args!("  {}: asked for a pause until {until:.0}", clean(host)));
        }
    }
    if let Some(next) = plan.next {
        out.say(format_args!("  {} not due yet, the next at {next:.0}", number(plan.later, "known page is", "known pages are")));
    }
}
