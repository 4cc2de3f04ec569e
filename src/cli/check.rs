//! `stats --check`: is anything wrong that a person should look at? For a monitor, a mail, a login message.

use std::time::Duration;

use anyhow::Context;
use jiff::{SpanRelativeTo, Timestamp};

use super::output::{BOLD, Output, clean, styled};
use super::{Exit, show};
use crate::archive::{Archive, Health};

/// How old the last good crawl may be unless the caller says it.
pub const MAX_AGE: &str = "3d";

/// `3d`, `36h`, `90min`.
pub fn age(text: &str) -> Result<Duration, String> {
    let span: jiff::Span = text.parse().map_err(|_| format!("{text:?} is not a time span: write \"3d\", \"36h\" or \"90min\""))?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok();
    duration.and_then(|duration| Duration::try_from(duration).ok()).ok_or_else(|| format!("{text:?} is no span that a crawl can be old"))
}

/// One line a source; exit code 3 where one is unhealthy. `configured`: sources that should be there.
pub fn run(archive: &Archive, configured: &[String], max_age: Duration, out: &mut Output) -> anyhow::Result<Exit> {
    let now = Timestamp::now();
    let known = archive.health().context("cannot tell how the crawls went")?;
    let mut faults = 0;
    for health in &known {
        let fault = health.fault(now, max_age);
        faults += u32::from(fault.is_some());
        told(health, fault.as_deref(), out)?;
    }
    for name in configured.iter().filter(|name| known.iter().all(|health| health.source != **name)) {
        faults += 1;
        let fault = "it stands in the configuration and was never crawled: `twindex crawl` does";
        if out.json {
            out.json(&serde_json::json!({"source": name, "healthy": false, "fault": fault}))?;
        } else {
            out.line(format_args!("{}: {fault}", styled(BOLD, clean(name))))?;
        }
    }
    Ok(if faults == 0 { Exit::Done } else { Exit::Incomplete })
}

fn told(health: &Health, fault: Option<&str>, out: &mut Output) -> anyhow::Result<()> {
    if out.json {
        let mut told = as_json(health);
        told["healthy"] = fault.is_none().into();
        told["fault"] = fault.into();
        return out.json(&told);
    }
    let name = clean(&health.source);
    match fault {
        Some(fault) => out.line(format_args!("{}: {fault}", styled(BOLD, name))),
        None => out.line(format_args!("{}: well; {}", styled(BOLD, name), last_good(health))),
    }
}

/// In a person's words, for `stats`.
pub fn last_good(health: &Health) -> String {
    let last = health.last_good.map_or_else(|| "no good crawl yet".to_owned(), |at| format!("last good crawl {}", show::stamp(at)));
    match (health.failures, health.unfinished) {
        (0, 0) => last,
        (failures, unfinished) => format!("{last}; since then {failures} that read only a part, {unfinished} that did not end"),
    }
}

pub fn as_json(health: &Health) -> serde_json::Value {
    serde_json::json!({
        "source": health.source, "last_good": health.last_good, "failures_in_a_row": health.failures,
        "unfinished": health.unfinished, "run": health.run, "started": health.started, "outcome": health.outcome,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_written_as_people_do() {
        for (text, hours) in [("3d", 72), ("36h", 36), ("90min", 1), ("1w", 168), ("2 days", 48)] {
            assert_eq!(age(text).map(|age| age.as_secs() / 3600), Ok(hours), "{text}");
        }
        for text in ["", "soon", "3", "-1d", "1 month"] {
            assert!(age(text).is_err(), "{text}");
        }
    }
}
