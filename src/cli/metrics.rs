//! How the crawls do, as OpenMetrics text for a monitor (OpenMetrics 1.0; also what node exporters read from files).
//!
//! Gauges alone, one family a question, seconds for times; names follow the rules that promtool checks. Refuses: a
//! history, which the monitor keeps.

use std::fmt::{Display, Write};
use std::time::Duration;

use jiff::Timestamp;

use crate::archive::{Health, SourceStats};
use crate::harvest::Summary;

/// A run of this command: what it did, and how long it took.
pub struct Crawled {
    pub summary: Summary,
    pub took: Duration,
}

/// Families in the making.
#[derive(Default)]
struct Families(String);

impl Families {
    /// Begins a family; what follows are its samples.
    fn family(&mut self, name: &str, help: &str) {
        let unit = if name.ends_with("_seconds") { format!("# UNIT {name} seconds\n") } else { String::new() };
        self.push(format_args!("# TYPE {name} gauge\n{unit}# HELP {name} {help}\n"));
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
        self.push(format_args!("{name}{{{}}} {value}\n", labels.join(",")));
    }

    /// A family with a value for each of these.
    fn each<'a, T: 'a, V: Display>(
        &mut self,
        (name, help): (&str, &str),
        items: impl IntoIterator<Item = &'a T>,
        value: impl Fn(&'a T) -> Option<(&'a str, V)>,
    ) {
        self.family(name, help);
        for (source, value) in items.into_iter().filter_map(value) {
            self.sample(name, &[("source", source)], value);
        }
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        self.0.write_fmt(text).expect("a String takes everything");
    }
}

/// The whole text. `crawled`: the runs of this command; the others are told by what the archive knows of them.
pub fn text(crawled: &[Crawled], health: &[Health], stats: &[SourceStats]) -> String {
    let mut out = Families::default();
    out.family("twindex_build_info", "The program that wrote this.");
    out.sample("twindex_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    of_sources(&mut out, health, stats);
    of_runs(&mut out, crawled);
    out.0.push_str("# EOF\n");
    out.0
}

fn of_sources(out: &mut Families, health: &[Health], stats: &[SourceStats]) {
    let began = ("twindex_run_start_timestamp_seconds", "When the newest run of the source began, Unix time.");
    out.each(began, health, |health| Some((health.source.as_str(), seconds(health.started))));
    let good = ("twindex_good_run_end_timestamp_seconds", "When the newest run that read everything ended, Unix time.");
    out.each(good, health, |health| Some((health.source.as_str(), seconds(health.last_good?))));
    let failed = ("twindex_failed_runs", "Runs since then that ended with something unread.");
    out.each(failed, health, |health| Some((health.source.as_str(), health.failures)));
    let unfinished = ("twindex_unfinished_runs", "Runs since then that did not end.");
    out.each(unfinished, health, |health| Some((health.source.as_str(), health.unfinished)));
    out.family("twindex_notices", "Notices in the archive, by whether the site still has them.");
    for source in stats {
        for (state, number) in [("present", source.entries - source.gone), ("gone", source.gone)] {
            out.sample("twindex_notices", &[("source", &source.source), ("state", state)], number);
        }
    }
    let incomplete = ("twindex_incomplete_notices", "Notices whose own page could not be read yet.");
    out.each(incomplete, stats, |source| Some((source.source.as_str(), source.incomplete)));
}

fn of_runs(out: &mut Families, crawled: &[Crawled]) {
    let counted: [(&str, &str, Count); 8] = [
        ("twindex_run_requests", "Questions put to the site in this run.", |s| s.counts.asked),
        ("twindex_run_unmodified_pages", "Of these, answered that nothing has changed.", |s| s.counts.not_modified),
        ("twindex_run_entries", "Notices that the listings named in this run.", |s| s.counts.entries),
        ("twindex_run_new_notices", "Notices that this run was the first to see.", |s| s.counts.new),
        ("twindex_run_changed_notices", "Notices that gained a version in this run.", |s| s.counts.changed),
        ("twindex_run_gone_notices", "Notices that were found to be removed in this run.", |s| s.counts.gone),
        ("twindex_run_unread_pages", "Pages that could not be had or read in this run.", |s| s.troubles.len() as u64),
        ("twindex_run_known_unread_pages", "Pages more that could not be read on earlier nights either.", |s| s.known.len() as u64),
    ];
    for (name, help, value) in counted {
        out.each((name, help), crawled, |run| Some((run.summary.source.as_str(), value(&run.summary))));
    }
    let took = ("twindex_run_duration_seconds", "How long this run took.");
    out.each(took, crawled, |run| Some((run.summary.source.as_str(), run.took.as_secs_f64())));
    let whole = ("twindex_run_success", "1 if this run read everything that it asked for, else 0.");
    out.each(whole, crawled, |run| Some((run.summary.source.as_str(), u8::from(is_whole(&run.summary)))));
    out.family("twindex_run_problems", "What could not be read as it stands in this run, by kind.");
    for run in crawled {
        for (kind, number) in &run.summary.counts.problems {
            out.sample("twindex_run_problems", &[("source", &run.summary.source), ("kind", kind)], number);
        }
    }
}

/// One number of a run.
type Count = fn(&Summary) -> u64;

/// The run came to its end and read all.
pub fn is_whole(summary: &Summary) -> bool {
    summary.stopped.is_none() && summary.troubles.is_empty()
}

fn seconds(at: Timestamp) -> String {
    format!("{:.3}", at.as_millisecond() as f64 / 1000.0)
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_values_are_escaped() {
        let mut out = Families::default();
        out.sample("a", &[("b", "x\"\\\n")], 1);
        assert_eq!(out.0, "a{b=\"x\\\"\\\\\\n\"} 1\n");
    }
}
