//! Replies from what runs have recorded: those of a rebuild, and the first of a crawl that resumes an interrupted run.
//!
//! The visits of a run, and of those that it resumed, stand in the archive; nothing is kept in memory.

use jiff::Timestamp;
use url::Url;

use crate::archive::{Archive, RecordedVisit};
use crate::pages::{Event, Pages};
use crate::visit::Outcome;

use super::Error;
use super::context::Report;
use super::question::{Answer, Question, Reply};
use super::walk::{Setting, Walk};

/// Redirects followed; the client stops sooner, a rebuild must not run in circles either.
const MAX_REDIRECTS: usize = 10;

/// A run and those that it resumed, the oldest first.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    runs: Vec<String>,
}

/// What the record of a run says to an address.
pub(super) enum Found {
    Answer(Box<Answer>, String),
    /// The address that nothing is recorded of: the one asked for, or the target of a redirect.
    Missing(Url),
}

impl Recorded {
    pub fn of(archive: &Archive, run: &str) -> Result<Self, Error> {
        let mut runs = vec![run.to_owned()];
        while let Some((_, Some(before))) = archive.run_start(runs.last().map_or(run, String::as_str))? {
            if runs.contains(&before) {
                break;
            }
            runs.push(before);
        }
        runs.reverse();
        Ok(Self { runs })
    }

    pub fn reply(&self, archive: &Archive, question: &Question) -> Result<Reply, Error> {
        match question {
            Question::Page(page) => Ok(match self.find(archive, &page.url)? {
                Found::Answer(answer, _) => Reply::Page(*answer),
                Found::Missing(_) => Reply::NotAsked,
            }),
            Question::Due => Ok(Reply::Due(self.looked_at_again(archive)?)),
        }
    }

    /// The addresses that were asked for though no page had named them.
    pub fn looked_at_again(&self, archive: &Archive) -> Result<Vec<Url>, Error> {
        let urls = archive.unprompted(&self.runs)?;
        Ok(urls.iter().filter_map(|url| Url::parse(url).ok()).collect())
    }

    /// The listings that the run, or one that it resumed, began with.
    pub fn listings(&self, archive: &Archive) -> Result<Vec<Url>, Error> {
        let urls = archive.begun_with(&self.runs)?;
        Ok(urls.iter().filter_map(|url| Url::parse(url).ok()).collect())
    }

    /// When the first of the runs began.
    pub fn began(&self, archive: &Archive) -> Result<Timestamp, Error> {
        let first = self.runs.first().map(|run| archive.run_start(run)).transpose()?.flatten();
        Ok(first.map_or(Timestamp::MIN, |(began, _)| began))
    }

    /// Walks the run again, from its record alone.
    pub fn replay(&self, setting: Setting<'_>, listings: &[Url]) -> Result<Report, Error> {
        let mut walk = Walk::new(setting, listings)?;
        while let Some(question) = walk.next()? {
            walk.answer(self.reply(setting.archive, &question)?)?;
        }
        Ok(walk.into_report())
    }

    /// Follows redirects through the record.
    pub fn find(&self, archive: &Archive, url: &Url) -> Result<Found, Error> {
        let mut url = url.clone();
        for _ in 0..MAX_REDIRECTS {
            let Some(visit) = archive.recorded(&self.runs, url.as_str())? else { break };
            let RecordedVisit { run, at, outcome, page, unchanged } = visit;
            match outcome {
                Outcome::Moved { to, .. } => url = to,
                outcome => {
                    let answer = Answer { url, at, unchanged: unchanged || outcome == Outcome::NotModified, outcome, page, fresh: false };
                    return Ok(Found::Answer(Box::new(answer), run));
                }
            }
        }
        Ok(Found::Missing(url))
    }
}

/// Takes into the archive what a kill kept from it of a run's record.
pub(super) fn take_in(pages: &Pages, archive: &Archive, run: &str) -> Result<(), Error> {
    archive.transaction(|tx| {
        for event in pages.replay_run(run)? {
            let Event::Visit { visit, place, via } = event? else { continue };
            if !tx.knows_visit(&place)? {
                tx.record_visit(run, &visit, &place, via.as_ref().map(Url::as_str))?;
            }
        }
        Ok::<_, Error>(())
    })
}
