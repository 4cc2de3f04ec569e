//! The archive brought up to pages that came from elsewhere: files of others, the runs of another machine.
//!
//! The outcome is that of a rebuild, to the byte, without walking what the new files do not concern. Sources that share a
//! host are one group, for they share pages. Where new runs of a group come after all that are known of it, they are walked
//! on top; where they come between, the group is forgotten and walked again. Both happens in a copy, which takes the place
//! of the archive only if nothing is lost by it.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::archive::{self, Archive, KnownRun};
use crate::config::{Config, Source, sharing_hosts};
use crate::home::Home;
use crate::pages::{Event, Pages};
use crate::visit::Purpose;

use super::rebuild::{OnLoss, Rebuilt, Run, in_time_order, put_in_place, rebuild_held, refuse_lost, walk_again};
use super::{Error, made_with};

/// Visits of a run among which its listings are looked for: they are asked for first.
const FIRST_VISITS: usize = 20;

/// Reads what the archive does not know of the pages; for whoever holds the state folder.
pub(super) fn renew(home: &Home, config: &Config, pages: &Pages, on_loss: OnLoss, tell: &mut dyn FnMut(&str)) -> Result<Rebuilt, Error> {
    let current = |old: &Archive| Ok::<_, Error>(old.made_with()?.as_deref() == Some(made_with().as_str()));
    let old = match archive::open_old(home)? {
        Some(old) if current(&old)? => old,
        _ => return rebuild_held(home, config, pages, on_loss, tell),
    };
    refuse_lost(pages, Some(&old), on_loss)?;
    let new = old.copy_beside(home)?;
    let mut out = Rebuilt::default();
    let runs = in_time_order(pages, &new, config, &mut out)?;
    let groups = groups(pages, &new, config, &runs)?;
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for group in groups {
        wanted.extend(behind(pages, &new, &runs, &group)?);
    }
    if wanted.is_empty() && new.known_runs()? == old.known_runs()? {
        new.discard()?;
        return Ok(Rebuilt { records: old.record_number()?, ..out });
    }
    for run in runs.iter().filter(|run| wanted.contains(run.name())) {
        walk_again(run, pages, &new, config, &mut out, tell)?;
    }
    new.number_runs(runs.iter().map(|run| (run.name(), run.sequence())))?;
    put_in_place(home, Some(old), new, on_loss, out)
}

/// The names of all sources, in groups that share hosts.
fn groups(pages: &Pages, archive: &Archive, config: &Config, runs: &[Run<'_>]) -> Result<Vec<BTreeSet<String>>, Error> {
    let mut sources: BTreeMap<String, Source> = config.sources.iter().map(|source| (source.name.clone(), source.clone())).collect();
    let known = archive.known_runs()?;
    for name in known.iter().map(|run| run.source.as_str()).chain(runs.iter().map(Run::source)) {
        if !sources.contains_key(name) {
            let mut listings = archive.listings_of(name)?.iter().filter_map(|url| Url::parse(url).ok()).collect::<Vec<_>>();
            if let Some(run) = runs.iter().find(|run| run.source() == name).filter(|_| listings.is_empty()) {
                listings = first_listings(pages, run.name())?;
            }
            sources.insert(name.to_owned(), Source::new(name, listings));
        }
    }
    let sources: Vec<Source> = sources.into_values().collect();
    Ok(sharing_hosts(&sources).into_iter().map(|group| group.into_iter().map(|source| source.name.clone()).collect()).collect())
}

/// The listings that a run began with, from its file.
pub(super) fn first_listings(pages: &Pages, run: &str) -> Result<Vec<Url>, Error> {
    let mut listings = Vec::new();
    for event in pages.replay_run(run)?.take(FIRST_VISITS) {
        match event? {
            Event::Visit { visit, via: None, .. } if visit.purpose == Purpose::Listing => listings.push(visit.url),
            _ => {}
        }
    }
    Ok(listings)
}

/// The runs of a group that are to be walked; the group is forgotten where they do not follow what is known of it.
fn behind<'r>(pages: &Pages, archive: &Archive, runs: &'r [Run<'_>], group: &BTreeSet<String>) -> Result<Vec<&'r str>, Error> {
    let runs: Vec<&Run<'_>> = runs.iter().filter(|run| group.contains(run.source())).collect();
    let mut known = archive.known_runs()?;
    known.retain(|run| group.contains(&run.source));
    let mut standing = known.len() <= runs.len();
    for (run, known) in runs.iter().zip(&known) {
        standing = standing && run.name() == known.run && is_as_known(pages, archive, known)?;
    }
    if standing {
        return Ok(runs[known.len()..].iter().map(|run| run.name()).collect());
    }
    group.iter().try_for_each(|source| archive.forget_source(source))?;
    Ok(runs.iter().map(|run| run.name()).collect())
}

/// The record of a run is the one that the archive has read.
fn is_as_known(pages: &Pages, archive: &Archive, known: &KnownRun) -> Result<bool, Error> {
    if known.imported {
        return Ok(archive.knows_captures(&known.run)?);
    }
    if known.finished {
        return Ok(true);
    }
    // Of an interrupted run a longer copy may have come.
    let mut visits = 0;
    for event in pages.replay_run(&known.run)? {
        match event? {
            Event::Visit { .. } => visits += 1,
            Event::RunEnds { .. } => return Ok(false),
            Event::RunBegins { .. } | Event::Damaged { .. } => {}
        }
    }
    Ok(visits == known.visits)
}
