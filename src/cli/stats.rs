//! `stats`: what the archive holds and how the last runs went.

use std::collections::BTreeMap;
use std::time::Duration;

use comfy_table::CellAlignment;

use super::output::{BOLD, Output, clean, styled};
use super::table::{kind, number, plain};
use super::{Exit, Global, asking, check, moment, show, store};
use crate::archive::{Archive, Moment, Problem, RunRow, SourceStats};
use crate::record::Kind;
use crate::search::{Dimension, Index, Options};

/// Runs shown.
const RUNS: u32 = 5;

/// Show what the archive holds, by year, kind and country, and how the last crawls went
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the notices of this query, as for `search`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    how: asking::How,
    #[command(flatten)]
    as_of: moment::AsOf,
    /// Only say whether the crawls do well; exit code 3 where one does not
    #[arg(long, conflicts_with = "query")]
    check: bool,
    /// Only list what the newest crawl of each source could not read, with address, reason and since when
    #[arg(long, conflicts_with_all = ["query", "check"])]
    problems: bool,
    /// How old the last good crawl of a source may be: 3d, 36h
    #[arg(long, value_name = "TIME", requires = "check", default_value = check::MAX_AGE, value_parser = check::age)]
    max_age: Duration,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    if args.check {
        // A folder that the caller names need not be that of the configuration beside us.
        let configured = store::config(global).ok().filter(|_| global.home.is_none());
        let sources: Vec<String> = configured.iter().flat_map(|config| &config.sources).map(|source| source.name.clone()).collect();
        return check::run(&archive, &sources, args.max_age, out);
    }
    if args.problems {
        return problems(&archive, out);
    }
    if !args.query.is_empty() {
        return of_query(args.query.join(" ").trim(), args.how, &store::index_of(&home, &archive, args.as_of.moment(), out)?, out);
    }
    let (mut years, mut kinds, mut countries) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut total, mut gone, mut linked) = (0u64, 0u64, 0u64);
    for record in moment::records(&archive, args.as_of.moment())? {
        let record = record?;
        total += 1;
        gone += u64::from(record.gone_since.is_some());
        linked += u64::from(record.facts.places.iter().any(|place| place.geonames_id.is_some()));
        *years.entry(record.published.map_or_else(|| "undated".to_owned(), |date| date.year().to_string())).or_insert(0u64) += 1;
        *kinds.entry(record.facts.kind).or_insert(0u64) += 1;
        for country in &record.facts.countries {
            *countries.entry(country.clone()).or_insert(0u64) += 1;
        }
    }
    // Of a past day there is what the site had; sources, runs and problems are told as of now.
    let past = args.as_of.moment() != Moment::Newest;
    let sources = if past { Vec::new() } else { archive.source_stats()? };
    let runs = if past { Vec::new() } else { archive.runs(RUNS)? };
    let problems = if past { Vec::new() } else { archive.problem_counts()? };
    let health = archive.health()?;
    if out.json {
        out.json(&serde_json::json!({
            "total": total, "gone": gone, "with_linked_place": linked,
            "facets": {"year": years, "kind": kind_names(&kinds)?, "country": countries},
            "problems": problems.iter().map(|p| (p.kind.clone(), p.count)).collect::<BTreeMap<_, _>>(),
            "sources": sources.iter().map(source_json).collect::<Vec<_>>(),
            "health": health.iter().map(check::as_json).collect::<Vec<_>>(),
            "runs": runs.iter().map(run_json).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::Done);
    }
    out.line(format_args!(
        "{}: {}, {gone} of them gone from the site, {linked} with a linked place",
        styled(BOLD, home.dir().display()),
        number(total, "notice", "notices")
    ))?;
    for source in &sources {
        let day = |date: Option<jiff::civil::Date>| date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        out.line(format_args!(
            "  {}: {} in {}, {} to {}; {} undated, {} with a page that could not be read yet",
            clean(&source.source),
            number(source.entries.into(), "notice", "notices"),
            number(source.versions.into(), "version", "versions"),
            day(source.earliest),
            day(source.latest),
            source.undated,
            source.incomplete
        ))?;
    }
    for health in &health {
        out.line(format_args!("  {}: {}", clean(&health.source), check::last_good(health)))?;
    }
    bars("by year", years.into_iter().collect(), out)?;
    let kinds = kinds.into_iter().map(|(known, count)| (known.map_or("unknown", kind).to_owned(), count));
    bars("by kind", most(kinds.collect()), out)?;
    bars("by country of the seeking side", most(countries), out)?;
    if !problems.is_empty() {
        out.line(format_args!("\n{}", styled(BOLD, "problems in reading")))?;
        for problem in &problems {
            out.line(format_args!("  {:18} {:>6}", clean(&problem.kind), problem.count))?;
        }
    }
    if past {
        return Ok(if total == 0 { Exit::Nothing } else { Exit::Done });
    }
    let mut table = plain(&["started", "source", "outcome", "requests", "failed", "new", "changed"]);
    for run in &runs {
        let outcome = clean(run.outcome.as_deref().unwrap_or("interrupted"));
        let counts = [run.requests, run.failures, run.new, run.changed].map(|count| count.to_string());
        table.add_row([show::stamp(run.started), clean(&run.source), outcome].into_iter().chain(counts));
    }
    for column in 3..7 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    out.line(format_args!("\n{}\n{table}", styled(BOLD, "last runs")))?;
    Ok(if total == 0 { Exit::Nothing } else { Exit::Done })
}

fn problems(archive: &Archive, out: &mut Output) -> anyhow::Result<Exit> {
    let all = archive.problems()?;
    for Problem { source, at, kind, url, what, since } in &all {
        if out.json {
            out.json(&serde_json::json!({"source": source, "at": at, "kind": kind, "url": url, "what": what, "since": since}))?;
            continue;
        }
        let since = if since < at { format!(", since {}", show::stamp(*since)) } else { String::new() };
        out.line(format_args!("{}: {}  {}\n  {}{since}", styled(BOLD, clean(source)), clean(kind), clean(url), clean(what)))?;
    }
    Ok(if all.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// Kinds as every JSON of ours names them; notices of none are left out, as in the facets of a search.
fn kind_names(kinds: &BTreeMap<Option<Kind>, u64>) -> anyhow::Result<serde_json::Value> {
    let known: BTreeMap<Kind, u64> = kinds.iter().filter_map(|(kind, count)| Some(((*kind)?, *count))).collect();
    Ok(serde_json::to_value(known)?)
}

fn source_json(source: &SourceStats) -> serde_json::Value {
    serde_json::json!({
        "source": source.source, "records": source.entries, "versions": source.versions, "gone": source.gone, "undated": source.undated,
        "incomplete": source.incomplete, "earliest": source.earliest, "latest": source.latest, "last_seen": source.last_seen,
    })
}

fn run_json(run: &RunRow) -> serde_json::Value {
    serde_json::json!({
        "run": run.run, "source": run.source, "started": run.started, "finished": run.finished, "outcome": run.outcome,
        "requests": run.requests, "failures": run.failures, "new": run.new, "changed": run.changed, "problems": run.problems,
    })
}

fn most(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows
}

fn bars(title: &str, rows: Vec<(String, u64)>, out: &mut Output) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    out.line(format_args!("\n{}", styled(BOLD, title)))?;
    super::bars::print(rows, out)
}

/// The same of the notices that a query counts, as the index has them.
fn of_query(query: &str, how: asking::How, index: &Index, out: &mut Output) -> anyhow::Result<Exit> {
    let answer = index.search(query, &Options { limit: 0, ..how.options() })?;
    asking::tell(&answer.read_as, &answer.hints, &answer.unmet, out);
    asking::tell_partial(answer.total, answer.partial, out);
    if out.json {
        out.json(&serde_json::json!({
            "query": query, "total": answer.total, "partial": answer.partial, "read_as": answer.read_as, "facets": answer.facets,
        }))?;
    } else {
        let years = index.tabulate(query, &how.options(), Dimension::Year, None)?.rows;
        out.line(format_args!("{}: {}", styled(BOLD, clean(query)), number(answer.total as u64, "notice", "notices")))?;
        bars("by year", years.into_iter().map(|row| (row.value, row.count)).collect(), out)?;
        bars("by kind", answer.facets.kind, out)?;
        bars("by country of the seeking side", answer.facets.country, out)?;
        bars("by theme", answer.facets.theme, out)?;
    }
    Ok(if answer.total == 0 { Exit::Nothing } else { Exit::Done })
}
