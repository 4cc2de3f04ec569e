//! Whether the crawls of each source do well: the last that came to a good end, and what happened since.

use std::time::Duration;

use jiff::Timestamp;

use super::{Archive, Error, parsed, parsed_or_null};

/// A run that ended so read everything that it asked for.
const GOOD: &str = "done";
/// Runs in a row that failed before a source is unhealthy, however young its last good one is.
const FAILURES: u32 = 3;

/// How the runs of one source went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub source: String,
    /// End of the newest run that read everything.
    pub last_good: Option<Timestamp>,
    /// Runs that ended otherwise since then.
    pub failures: u32,
    /// Runs since then that never ended: interrupted, or going on.
    pub unfinished: u32,
    /// The newest run: its name, when it began, and how it ended.
    pub run: String,
    pub started: Timestamp,
    pub outcome: Option<String>,
}

impl Health {
    /// What is wrong at this time, in words; `None` if nothing is.
    pub fn fault(&self, now: Timestamp, max_age: Duration) -> Option<String> {
        let runs = |count: u32| if count == 1 { "1 run".to_owned() } else { format!("{count} runs") };
        let Some(last) = self.last_good else {
            return Some(format!("no crawl has come to a good end yet ({} tried)", runs(self.failures + self.unfinished)));
        };
        let age = Duration::try_from(now.duration_since(last)).unwrap_or_default();
        if age > max_age {
            return Some(format!(
                "the last good crawl ended {last:.0}, {} ago; {} since then read only a part, {} did not end",
                days(age),
                runs(self.failures),
                runs(self.unfinished)
            ));
        }
        (self.failures >= FAILURES)
            .then(|| format!("{} in a row read only a part; the last good crawl ended {last:.0}", runs(self.failures)))
    }
}

/// On so many days a page must have been told to be known.
const TOLD_ON_DAYS: u64 = 3;

impl Archive {
    /// A page that this run could not read has been told on several earlier days, and was never well in between; a listing
    /// never becomes a habit.
    pub fn has_lasted(&self, source: &str, run: &str, kind: &str, url: &str) -> Result<bool, Error> {
        let days = self.count(
            "SELECT count(DISTINCT substr(p.at, 1, 10)) FROM problems p JOIN runs r USING (run)
              WHERE p.url = ?4 AND p.kind = ?3 AND r.source = ?1
                AND substr(p.at, 1, 10) < (SELECT substr(started, 1, 10) FROM runs WHERE run = ?2)
                AND p.at > coalesce((SELECT max(v.at) FROM visits v WHERE v.url = ?4 AND v.run <> ?2
                                        AND NOT EXISTS (SELECT 1 FROM problems q WHERE q.run = v.run AND q.kind = ?3 AND q.url = ?4)), '')
                AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.url = ?4 AND v.purpose = 'listing')",
            [source, run, kind, url],
        )?;
        Ok(days >= TOLD_ON_DAYS)
    }

    /// By name of the source; a source that was never crawled is not among them.
    pub fn health(&self) -> Result<Vec<Health>, Error> {
        self.all(
            "WITH good AS (SELECT source, finished, max(sequence) AS sequence FROM runs WHERE outcome = ?1 GROUP BY source),
                  since AS (SELECT r.* FROM runs r LEFT JOIN good g USING (source) WHERE r.sequence > coalesce(g.sequence, 0)),
                  newest AS (SELECT source, run, outcome, started, max(sequence) FROM runs GROUP BY source)
             SELECT n.*, g.finished AS last_good,
                    (SELECT count(*) FROM since s WHERE s.source = n.source AND s.finished IS NOT NULL) AS failures,
                    (SELECT count(*) FROM since s WHERE s.source = n.source AND s.finished IS NULL) AS unfinished
             FROM newest n LEFT JOIN good g USING (source) ORDER BY n.source",
            [GOOD],
            |row| {
                Ok(Health {
                    source: row.get("source")?,
                    last_good: parsed_or_null(row, "last_good")?,
                    failures: row.get("failures")?,
                    unfinished: row.get("unfinished")?,
                    run: row.get("run")?,
                    started: parsed(row, "started")?,
                    outcome: row.get("outcome")?,
                })
            },
        )
    }
}

/// A time span as people say it.
fn days(span: Duration) -> String {
    match span.as_secs() / 3600 {
        hours @ 0..=47 => format!("{hours} h"),
        hours => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::super::NewRun;
    use super::*;
    use crate::home::Home;

    #[test]
    fn good_runs_reset_what_failed_before_them() {
        let home = tempfile::tempdir().unwrap();
        let archive = Archive::open(&Home::at(home.path())).unwrap();
        let at = |day: i8| format!("2026-03-{day:02}T03:00:00Z").parse::<Timestamp>().unwrap();
        let run = |source: &str, day: i8, outcome: Option<&str>| {
            let name = format!("{source}-{day}");
            archive
                .transaction(|tx| {
                    tx.begin_run(&NewRun { run: &name, source, sequence: None, started: at(day), continues: None })?;
                    outcome.map_or(Ok(()), |outcome| tx.finish_run(&name, at(day), outcome))
                })
                .unwrap();
        };
        for (day, outcome) in [(1, Some("incomplete")), (2, Some("done")), (3, Some("incomplete")), (4, None), (5, Some("incomplete"))] {
            run("a", day, outcome);
        }
        run("b", 5, Some("incomplete"));
        let health = archive.health().unwrap();
        let [a, b] = &health[..] else { panic!("{health:?}") };
        assert_eq!((a.last_good, a.failures, a.unfinished, a.run.as_str()), (Some(at(2)), 2, 1, "a-5"));
        let three_days = Duration::from_hours(72);
        assert_eq!(a.fault(at(5), three_days), None);
        assert!(a.fault(at(6), three_days).unwrap().contains("4 days ago"));
        assert!(b.fault(at(5), three_days).unwrap().contains("no crawl has come to a good end"));
        run("a", 6, Some("incomplete"));
        assert!(archive.health().unwrap()[0].fault(at(5), three_days).unwrap().contains("3 runs in a row"));
        run("a", 7, Some("done"));
        assert_eq!(archive.health().unwrap()[0].fault(at(9), three_days), None);
    }
}
