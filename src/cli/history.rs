//! `history`: what a notice said before, word by word, when that changed, and when it was away.

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;

use super::output::{BOLD, DIM, Output, clean, styled};
use super::{Exit, Global, selected, show, store};
use crate::archive::{Absence, Difference, Edit, Span, Version};

/// Words of an unchanged passage shown on each side of a change.
const AROUND: usize = 6;
const REMOVED: Style = Style::new().strikethrough().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const ADDED: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// Show the versions of a notice: when the site changed it, in which words, and when it was away
///
/// ID as for `show`. What went stands in [-…-], what came in {+…+}, or in colour at a terminal. `--json` prints every version
/// whole, with the spans of its changes.
#[derive(Debug, clap::Args)]
pub struct Args {
    id: String,
}

/// What happened at a moment.
struct Happening {
    at: Timestamp,
    what: String,
    differences: Vec<Difference>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = store::archive(&store::home(global)?)?;
    let Some(record) = selected::find(&archive, &args.id, out)? else { return Ok(Exit::Nothing) };
    let (versions, absences) = (archive.history(&record.id)?, archive.absences(&record.id)?);
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    let pairs: Vec<(&Version, Vec<Difference>)> = versions
        .iter()
        .zip(before)
        .map(|(version, before)| (version, before.map_or_else(Vec::new, |before| version.differences(before))))
        .collect();
    if out.json {
        out.json(&serde_json::json!({
            "id": record.id, "url": record.url, "aliases": record.aliases,
            "versions": pairs.iter().map(|(version, changed)| version_json(version, changed)).collect::<Vec<_>>(),
            "absences": absences.iter().map(absence_json).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::Done);
    }
    out.line(format_args!("{}\n{}", styled(BOLD, clean(&record.title)), styled(DIM, clean(&record.id.0))))?;
    out.line(format_args!("at {}", clean(&record.url)))?;
    for alias in &record.aliases {
        out.line(format_args!("also at {}", clean(alias)))?;
    }
    for Happening { at, what, differences } in happenings(pairs, absences) {
        out.line(format_args!("\n{}  {}", show::stamp(at), styled(BOLD, clean(&what))))?;
        for difference in &differences {
            let document = difference.document.as_deref().map(|url| format!(" {url}")).unwrap_or_default();
            let text = marked(&difference.spans, out);
            let label = format!("  {}{} ", difference.field, clean(&document));
            out.hung(styled(DIM, &label), 4, &text)?;
        }
    }
    Ok(Exit::Done)
}

/// In order of time.
fn happenings(versions: Vec<(&Version, Vec<Difference>)>, absences: Vec<Absence>) -> Vec<Happening> {
    let mut rows: Vec<Happening> = Vec::new();
    for (version, differences) in versions {
        let what = if version.number == 1 { "first seen" } else { "changed" };
        rows.push(Happening { at: version.seen_at, what: format!("version {}  {what}", version.number), differences });
    }
    for Absence { since, until, evidence } in absences {
        rows.push(Happening { at: since, what: format!("gone: {evidence}"), differences: Vec::new() });
        rows.extend(until.map(|at| Happening { at, what: "returned".to_owned(), differences: Vec::new() }));
    }
    rows.sort_by_key(|row| row.at);
    rows
}

/// The changes with a few words around each.
fn marked(spans: &[Span], out: &Output) -> String {
    let mut shown = String::new();
    for (index, span) in spans.iter().enumerate() {
        let text = clean(&span.text).replace('\n', " ");
        match (span.edit, out.colored()) {
            (Edit::Same, _) => shown.push_str(&shortened(&text, index == 0, index + 1 == spans.len())),
            (Edit::Removed, true) => shown.push_str(&styled(REMOVED, text).to_string()),
            (Edit::Added, true) => shown.push_str(&styled(ADDED, text).to_string()),
            (Edit::Removed, false) => shown.extend(["[-", &text, "-]"]),
            (Edit::Added, false) => shown.extend(["{+", &text, "+}"]),
        }
    }
    shown
}

/// An unchanged passage without its middle; at the ends of a text without what is far from the change.
fn shortened(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let (head, tail) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let tail = &words[words.len() - tail..];
    [&words[..head].concat(), "… ", &tail.concat()].concat()
}

fn version_json(version: &Version, changed: &[Difference]) -> serde_json::Value {
    let content = &version.content;
    serde_json::json!({
        "version": version.number, "seen_at": version.seen_at, "run": version.run, "published": content.published,
        "title": content.title, "summary": content.summary, "body": content.body, "attachments": content.attachments, "page": content.page,
        "changed": changed,
    })
}

fn absence_json(absence: &Absence) -> serde_json::Value {
    serde_json::json!({"since": absence.since, "until": absence.until, "evidence": absence.evidence})
}
