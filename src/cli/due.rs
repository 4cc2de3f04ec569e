//! Which sources are to be crawled now by their `schedule`, and when the others are.
//!
//! Refuses: to read a schedule, which is the part of `config`.

use jiff::Timestamp;

use super::output::{Output, clean};
use crate::archive::Archive;
use crate::config::{Config, Source};
use crate::home::Home;

/// A source with the times of its last crawl and of the next; without them it is due at once.
type Timed<'s> = (&'s Source, Option<(Timestamp, Timestamp)>);

/// When each source is to be crawled: at once if it never was, or if its newest run never ended.
fn times<'s>(config: &Config, sources: &'s [Source]) -> anyhow::Result<Vec<Timed<'s>>> {
    let home = Home::at(&config.home);
    let archive = home.archive().exists().then(|| Archive::open_read_only(&home)).transpose()?;
    let mut out = Vec::new();
    for source in sources {
        let last = archive.as_ref().map(|archive| archive.last_run(&source.name)).transpose()?.flatten();
        out.push((source, last.map(|last| (last, source.schedule.next(last)))));
    }
    Ok(out)
}

/// Those whose time has come, and when that of the first of the others does.
pub fn divided(config: &Config, sources: &[Source], now: Timestamp) -> anyhow::Result<(Vec<Source>, Timestamp)> {
    let (mut ready, mut next) = (Vec::new(), Timestamp::MAX);
    for (source, time) in times(config, sources)? {
        match time {
            Some((_, then)) if then > now => next = next.min(then),
            _ => ready.push(source.clone()),
        }
    }
    Ok((ready, next))
}

/// Those whose time has come; says when that of the others does.
pub fn now(config: &Config, sources: &[Source], out: &mut Output) -> anyhow::Result<Vec<Source>> {
    let now = Timestamp::now();
    for (source, time) in times(config, sources)? {
        if let Some((last, then)) = time.filter(|(_, then)| *then > now) {
            let name = clean(&source.name);
            out.say(format_args!("{name}: not due, crawled at {last:.0} and again {}, from {then:.0} on", source.schedule));
        }
    }
    Ok(divided(config, sources, now)?.0)
}
