//! `history`: what a notice said before, when that changed, and when it was away.

use super::output::{BOLD, DIM, Output, clean, styled};
use super::{Exit, Global, show, store};
use crate::archive::{Absence, Version};

/// Show the versions of a notice: when the site changed it, in what, and when it was away
///
/// ID as for `show`. `--json` prints every version whole.
#[derive(Debug, clap::Args)]
pub struct Args {
    id: String,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = store::archive(&store::home(global)?)?;
    let Some(record) = show::find(&archive, &args.id, out)? else { return Ok(Exit::Nothing) };
    let (versions, absences) = (archive.history(&record.id)?, archive.absences(&record.id)?);
    if out.json {
        out.json(&serde_json::json!({
            "id": record.id,
            "versions": versions.iter().map(version_json).collect::<Vec<_>>(),
            "absences": absences.iter().map(absence_json).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::Done);
    }
    out.line(format_args!("{}\n{}", styled(BOLD, clean(&record.title)), styled(DIM, clean(&record.id.0))))?;
    let mut before: Option<&Version> = None;
    let mut rows: Vec<(jiff::Timestamp, String)> = Vec::new();
    for version in &versions {
        let what = before.map_or_else(|| "first seen".to_owned(), |before| format!("changed: {}", differences(before, version).join(", ")));
        rows.push((version.seen_at, format!("version {}  {what}", version.number)));
        before = Some(version);
    }
    for Absence { since, until, evidence } in absences {
        rows.push((since, format!("gone: {evidence}")));
        rows.extend(until.map(|until| (until, "returned".to_owned())));
    }
    rows.sort_by_key(|(at, _)| *at);
    for (at, what) in rows {
        out.line(format_args!("{}  {}", show::stamp(at), clean(&what)))?;
    }
    Ok(Exit::Done)
}

/// What the site changed between two versions, in a person's words.
fn differences(before: &Version, after: &Version) -> Vec<String> {
    let length = |text: &Option<String>| text.as_deref().map_or(0, |text| text.chars().count());
    let mut out = Vec::new();
    if before.published != after.published {
        let day = |version: &Version| version.published.map_or_else(|| "undated".to_owned(), |day| day.to_string());
        out.push(format!("date ({} to {})", day(before), day(after)));
    }
    if before.title != after.title {
        out.push(format!("title (was \"{}\")", before.title));
    }
    for (name, old, new) in [("summary", &before.summary, &after.summary), ("full text", &before.body, &after.body)] {
        if old != new {
            out.push(format!("{name} ({} to {} letters)", length(old), length(new)));
        }
    }
    if before.attachments != after.attachments {
        out.push(format!("attachments ({} to {})", before.attachments.len(), after.attachments.len()));
    }
    out
}

fn version_json(version: &Version) -> serde_json::Value {
    serde_json::json!({
        "version": version.number, "seen_at": version.seen_at, "run": version.run, "published": version.published,
        "title": version.title, "summary": version.summary, "body": version.body, "attachments": version.attachments, "page": version.page,
    })
}

fn absence_json(absence: &Absence) -> serde_json::Value {
    serde_json::json!({"since": absence.since, "until": absence.until, "evidence": absence.evidence})
}
