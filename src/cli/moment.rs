//! `--as-of` and `--all-versions`: of which time a command answers, and what it then reads.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::output::{DIM, Output, clean, styled};
use super::search::last_day;
use super::show;
use crate::archive::{Archive, Filter, Moment};
use crate::harvest;
use crate::record::Record;
use crate::search::Answer;

/// Of which time to answer.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct AsOf {
    /// Answer as the site stood at the end of that day (UTC), or at a moment: 2024, 2024-05, 2024-05-31 or 2024-05-31T10:00:00Z
    #[arg(long, value_name = "DATE", value_parser = moment)]
    as_of: Option<Timestamp>,
}

impl AsOf {
    pub fn moment(self) -> Moment {
        self.as_of.map_or(Moment::Newest, Moment::At)
    }
}

/// Of which time to answer, old wordings too.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Time {
    #[command(flatten)]
    as_of: AsOf,
    /// Every version of every notice, not only the newest
    #[arg(long, conflicts_with = "as_of")]
    all_versions: bool,
}

impl Time {
    pub fn moment(self) -> Moment {
        if self.all_versions { Moment::Every } else { self.as_of.moment() }
    }
}

/// Of which version each hit is, and when the site had it; says nothing where only the newest are searched.
pub fn print_versions(archive: &Archive, answer: &Answer, time: Time, out: &mut Output) -> anyhow::Result<()> {
    for hit in answer.hits.iter().filter(|_| time.all_versions) {
        let stands = archive.stands(&hit.record.id)?.into_iter().filter(|stand| stand.version == hit.record.version);
        let until = |until: Option<Timestamp>| until.map_or_else(|| "now".to_owned(), show::stamp);
        let spans: Vec<String> = stands.map(|stand| format!("{} to {}", show::stamp(stand.since), until(stand.until))).collect();
        let line = format!("{} version {}: {}", clean(&hit.record.id.0), hit.record.version, spans.join(", "));
        out.line(format_args!("{}", styled(DIM, line)))?;
    }
    Ok(())
}

/// The records of a moment, with the facts of what they said then.
pub fn records(archive: &Archive, moment: Moment) -> anyhow::Result<impl Iterator<Item = Result<Record, crate::archive::Error>> + '_> {
    let records = archive.records(&Filter { moment, ..Filter::default() })?;
    Ok(records.map(|record| record.map(harvest::with_facts)))
}

/// A moment as a person writes it; a day, a month and a year mean their end.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let end = |day: Date| day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp().checked_sub(SignedDuration::from_millis(1)).ok();
    last_day(text)
        .ok()
        .and_then(end)
        .ok_or_else(|| format!("{text:?} is no day or moment: write 2024, 2024-05, 2024-05-31 or 2024-05-31T10:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end() {
        for (text, means) in [
            ("2024", "2024-12-31T23:59:59.999Z"),
            ("2024-02", "2024-02-29T23:59:59.999Z"),
            ("2024-02-03", "2024-02-03T23:59:59.999Z"),
            ("2024-02-03T10:00:00+01:00", "2024-02-03T09:00:00Z"),
        ] {
            assert_eq!(moment(text), Ok(means.parse().expect("a moment")), "{text}");
        }
        for text in ["", "yesterday", "2024-02-30", "2024-02-03T"] {
            assert!(moment(text).is_err(), "{text}");
        }
    }
}
