//! Captures of others as runs: gathered from every imported file, led to their sources, cut where the time between them or
//! a listing that comes again says that another visit to the site began.
//!
//! A run of others is walked like one of ours, from its record alone, at its place in the order of time: history grows
//! backwards. All files are read together, so it does not matter in which order they were imported, nor whether a crawl
//! lies in one file or in twenty.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::archive::{Archive, Gathered, NewCapture, NewRun};
use crate::config::{Config, Source};
use crate::pages::{Capture, CaptureEvent, Pages};
use crate::visit::{Outcome, Purpose, Visit};

use super::Error;
use super::recorded::Recorded;
use super::walk::Setting;

/// Captures further apart belong to two visits to the site: crawls pause, but not for half a working day.
const PAUSE: SignedDuration = SignedDuration::from_hours(6);
/// What the names of these runs end in.
const SUFFIX: &str = "-import";

/// What imported files hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Captures of configured sources.
    pub captures: u64,
    /// Captures of other sites, left alone.
    pub foreign: u64,
    /// Revisits of bytes that no imported file has.
    pub unresolved: u64,
}

/// A run made of captures.
pub(super) struct ImportedRun<'a> {
    pub name: String,
    pub source: &'a Source,
    pub started: Timestamp,
}

/// Gathers the captures of all imported files; the runs that they make, in order of time.
pub(super) fn gather<'a>(
    pages: &Pages,
    archive: &Archive,
    config: &'a Config,
    damaged: &mut Vec<String>,
) -> Result<(Vec<ImportedRun<'a>>, Imported), Error> {
    let (mut counts, mut runs) = (Imported::default(), Vec::new());
    let files = pages.imports()?;
    if files.is_empty() {
        return Ok((runs, counts));
    }
    archive.begin_captures()?;
    for file in files {
        archive.transaction(|_| {
            for event in pages.captures(&file)? {
                match event? {
                    CaptureEvent::Capture(capture) => take(archive, config, &capture, &mut counts)?,
                    CaptureEvent::Damaged { offset, why } => damaged.push(format!("{file} at byte {offset}: {why}")),
                }
            }
            Ok::<_, Error>(())
        })?;
    }
    counts.unresolved = archive.resolve_revisits()?;
    for source in &config.sources {
        runs.extend(cut(archive, source)?);
    }
    runs.sort_by(|a, b| (a.started, &a.name).cmp(&(b.started, &b.name)));
    Ok((runs, counts))
}

fn take(archive: &Archive, config: &Config, capture: &Capture, counts: &mut Imported) -> Result<(), Error> {
    let target = capture.visit.url.to_string();
    let mut sources = config.sources.iter().filter(|source| source.in_scope(&capture.visit.url)).peekable();
    let revisits = capture.revisits.as_ref().map(|original| (original.url.as_deref(), original.at));
    let (place, claimed) = (capture.place.clone(), capture.claimed.clone());
    let gather = |visit: &Visit, source| {
        archive.gather(&NewCapture { visit, target: &target, place: &place, source, claimed: claimed.as_deref(), revisits })
    };
    if sources.peek().is_none() {
        counts.foreign += 1;
        return Ok(gather(&capture.visit, None)?);
    }
    counts.captures += 1;
    for source in sources {
        let mut visit = capture.visit.clone();
        visit.url = led(source, &visit.url);
        if let Outcome::Moved { to, .. } = &mut visit.outcome {
            *to = led(source, to);
            // From http to https, say: the same address here.
            if *to == visit.url {
                continue;
            }
        }
        gather(&visit, Some(&source.name))?;
    }
    Ok(())
}

/// The address as the source has its own: its scheme, and the host of its first listing for another name of the site.
pub(super) fn led(source: &Source, url: &Url) -> Url {
    let Some(first) = source.listing.first().filter(|_| source.in_scope(url)) else { return url.clone() };
    let own = source.listing.iter().find(|listing| listing.host_str() == url.host_str()).unwrap_or(first);
    let mut led = url.clone();
    let moved = led.set_scheme(own.scheme()).is_ok() && led.set_host(own.host_str()).is_ok() && led.set_port(own.port()).is_ok();
    led.set_fragment(None);
    if moved { led } else { url.clone() }
}

/// Cuts the captures of a source into runs.
fn cut<'a>(archive: &Archive, source: &'a Source) -> Result<Vec<ImportedRun<'a>>, Error> {
    let mut runs: Vec<ImportedRun<'a>> = Vec::new();
    let mut assigned: Vec<(i64, String, Option<Purpose>)> = Vec::new();
    let (mut seen, mut last): (HashSet<(String, String)>, Option<Timestamp>) = (HashSet::new(), None);
    let starts: HashSet<&str> = source.listing.iter().map(Url::as_str).collect();
    archive.gathered(&source.name, |Gathered { id, url, at, digest, page }| {
        let start = page && starts.contains(url.as_str());
        let again = start && seen.iter().any(|(had, bytes)| *had == url && *bytes != digest);
        if again || last.is_none_or(|last| at.duration_since(last) > PAUSE) {
            seen.clear();
            runs.push(ImportedRun { name: name(source, at, &runs), source, started: at });
        }
        last = Some(at);
        if !seen.insert((url, digest)) {
            return;
        }
        if let Some(run) = runs.last() {
            assigned.push((id, run.name.clone(), start.then_some(Purpose::Listing)));
        }
    })?;
    archive.transaction(|_| assigned.iter().try_for_each(|(id, run, purpose)| archive.assign_capture(*id, run, *purpose)))?;
    Ok(runs)
}

/// `SOURCE-20240501T100000Z-import`, with `-2` before the end for a second one of that second.
fn name(source: &Source, at: Timestamp, before: &[ImportedRun<'_>]) -> String {
    let stem = format!("{}-{}", source.name, at.strftime("%Y%m%dT%H%M%SZ"));
    let taken = before.iter().rev().take_while(|run| run.name.starts_with(&stem)).count();
    if taken == 0 { format!("{stem}{SUFFIX}") } else { format!("{stem}-{}{SUFFIX}", taken + 1) }
}

impl ImportedRun<'_> {
    /// Walks the run from its captures.
    pub fn walk(&self, pages: &Pages, archive: &Archive, config: &Config) -> Result<(), Error> {
        let Self { name, source, started } = self;
        archive.transaction(|tx| {
            tx.begin_run(&NewRun { run: name, source: &source.name, sequence: None, started: *started, continues: None })
        })?;
        let ended = archive.record_captures(name)?;
        let setting = Setting { source, crawler: &config.crawler, run: name, pages, archive, accept_changes: false };
        Recorded::of(archive, name)?.replay(setting, &source.listing)?;
        archive.transaction(|tx| tx.finish_run(name, ended.unwrap_or(*started), "imported"))?;
        Ok(())
    }
}
