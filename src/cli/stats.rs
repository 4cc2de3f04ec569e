//! `stats`: what the archive holds and how the last runs went.

use std::collections::BTreeMap;

use super::output::{BOLD, Output, clean, styled};
use super::table::{kind, plain, thousands};
use super::{Exit, Global, store};
use crate::archive::Filter;

/// Columns of the longest bar.
const BAR: usize = 30;
/// Runs shown.
const RUNS: u32 = 5;

/// Show what the archive holds, by year, kind and country, and how the last crawls went
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let home = store::home(global)?;
    let archive = store::archive(&home)?;
    let (mut years, mut kinds, mut countries) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut total, mut gone, mut linked) = (0u64, 0u64, 0u64);
    for record in archive.records(&Filter::default())? {
        let record = record?;
        total += 1;
        gone += u64::from(record.gone_since.is_some());
        linked += u64::from(record.facts.places.iter().any(|place| place.geonames_id.is_some()));
        *years.entry(record.published.map_or_else(|| "undated".to_owned(), |date| date.year().to_string())).or_insert(0u64) += 1;
        *kinds.entry(record.facts.kind.map_or("unknown", kind).to_owned()).or_insert(0u64) += 1;
        for country in &record.facts.countries {
            *countries.entry(country.clone()).or_insert(0u64) += 1;
        }
    }
    let runs = archive.runs(RUNS)?;
    let problems = archive.problem_counts()?;
    if out.json {
        out.json(&serde_json::json!({
            "records": total, "gone": gone, "with_linked_place": linked, "years": years, "kinds": kinds, "countries": countries,
            "problems": problems.iter().map(|p| (p.kind.clone(), p.count)).collect::<BTreeMap<_, _>>(),
            "runs": runs.iter().map(|run| serde_json::json!({"run": run.run, "source": run.source, "started": run.started, "finished": run.finished, "outcome": run.outcome})).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::Done);
    }
    out.line(format_args!(
        "{} {} notices, {gone} of them gone from the site, {linked} with a linked place",
        styled(BOLD, home.display()),
        thousands(total)
    ))?;
    bars("by year", years.into_iter().collect(), out)?;
    bars("by kind", most(kinds), out)?;
    bars("by country of the seeking side", most(countries), out)?;
    if !problems.is_empty() {
        out.line(format_args!("\n{}", styled(BOLD, "problems in reading")))?;
        for problem in &problems {
            out.line(format_args!("  {:18} {:>6}", clean(&problem.kind), problem.count))?;
        }
    }
    let mut table = plain(out, &["run", "started", "outcome"]);
    for run in &runs {
        table.add_row([
            clean(&run.run),
            run.started.strftime("%F %T UTC").to_string(),
            clean(run.outcome.as_deref().unwrap_or("interrupted")),
        ]);
    }
    out.line(format_args!("\n{}\n{table}", styled(BOLD, "last runs")))?;
    Ok(if total == 0 { Exit::Nothing } else { Exit::Done })
}

fn most(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows
}

/// A row a value, with a bar to scale.
fn bars(title: &str, rows: Vec<(String, u64)>, out: &mut Output) -> anyhow::Result<()> {
    let longest = rows.iter().map(|(_, count)| *count).max().unwrap_or(1);
    out.line(format_args!("\n{}", styled(BOLD, title)))?;
    for (label, count) in rows {
        let length = (count as usize * BAR).div_ceil(longest as usize);
        out.line(format_args!("  {label:16} {count:>5}  {}", "▇".repeat(length)))?;
    }
    Ok(())
}
