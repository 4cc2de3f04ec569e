//! Changes of pages that look like a fault of the site, weighed at the end of a walk, all of them together.
//!
//! A known notice whose text changed waits until the walk is over. If many pages lost their text, got one and the same or
//! changed at once, or are gone at once, nothing of it is believed: it is a night of maintenance, a login or half a deploy.
//! A single page that lost its text keeps the one it had. One that lost most of it, or that got the text of another, is
//! believed when a reading on another day says the same. `accept_changes` believes all: somebody has looked.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::archive::HeldRow;
use crate::record::RecordId;

use super::context::{Context, TroubleKind, day};
use super::settle::{OwnPage, PAGE_GONE, Settlement, sighted};
use super::visiting::Known;
use super::{Error, identity};

/// So many doubtful pages in one run, and such a share of the known pages that were looked at, are one fault.
const MANY: u64 = 3;
const SHARE: u64 = 3;
/// The same for pages of which each says something of its own.
const MANY_CHANGES: u64 = 5;
const SHARE_OF_CHANGES: u64 = 2;
/// A text that shrinks below this part of itself has lost most of it.
const SHRUNK: usize = 3;

/// How a page changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    Changed,
    Shrunk,
    /// Its text is gone.
    Lost,
    /// Another notice got the same text.
    Same,
    /// The server says that there is no such page.
    Gone,
}

impl Doubt {
    const ALL: [(Self, &'static str); 5] =
        [(Self::Changed, "changed"), (Self::Shrunk, "shrunk"), (Self::Lost, "lost"), (Self::Same, "same"), (Self::Gone, "gone")];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(doubt, _)| *doubt == self).map_or("changed", |(_, name)| name)
    }

    fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == name).map_or(Self::Changed, |(doubt, _)| *doubt)
    }
}

/// Writes what is beyond doubt; puts aside what must be weighed with the rest.
pub(super) fn weigh(context: &mut Context<'_>, settlement: Settlement, known: Option<Known>) -> Result<(), Error> {
    // What was known goes before what is new is written: each may hold large documents.
    let Some((id, doubt)) = known.and_then(|known| Some((known.id.clone(), doubt(&settlement, &known)?))) else {
        return settlement.apply(context);
    };
    hold(context, &id, doubt, &settlement)?;
    context.archive.transaction(|tx| {
        // That a listing names it is no matter of doubt.
        if let Some(sighting) = &settlement.sighting {
            sighted(tx, context.run, &id, sighting)?;
        }
        tx.settle(&id)
    })?;
    Ok(())
}

/// Puts aside a known notice.
fn hold(context: &Context<'_>, id: &RecordId, doubt: Doubt, settlement: &Settlement) -> Result<(), Error> {
    let body = settlement.content.body.as_deref().unwrap_or_default();
    let change = serde_json::to_string(settlement).expect("texts and numbers");
    Ok(context.archive.hold(id, doubt.name(), &identity::digest(body), &change)?)
}

fn doubt(settlement: &Settlement, known: &Known) -> Option<Doubt> {
    if matches!(settlement.page, OwnPage::Gone { .. }) {
        return (known.content.complete && known.standing.gone.is_none()).then_some(Doubt::Gone);
    }
    let (before, now) = (known.content.body.as_deref().unwrap_or_default(), settlement.content.body.as_deref().unwrap_or_default());
    if !settlement.page.was_read() || !known.content.complete || before == now {
        return None;
    }
    Some(match (before.len(), now.len()) {
        (1.., 0) => Doubt::Lost,
        (before, now) if now * SHRUNK < before => Doubt::Shrunk,
        _ => Doubt::Changed,
    })
}

/// What a walk is to think of the changes it put aside.
struct Verdict {
    mass_change: bool,
    mass_gone: bool,
}

/// Weighs what was put aside; `looked_at` counts the known notices whose pages were had or are gone.
pub(super) fn resolve(context: &mut Context<'_>, looked_at: u64) -> Result<(), Error> {
    let texts = context.archive.held_alike()?;
    let mut count: HashMap<&'static str, u64> = HashMap::new();
    each(context, |_, row| {
        *count.entry(judged(row, &texts).name()).or_default() += 1;
        Ok(())
    })?;
    let number = |doubt: Doubt| count.get(doubt.name()).copied().unwrap_or(0);
    let doubtful = number(Doubt::Lost) + number(Doubt::Shrunk) + number(Doubt::Same);
    let changes = doubtful + number(Doubt::Changed);
    let many = |number: u64, least: u64, share: u64| number >= least && number * share >= looked_at && !context.accept_changes;
    let verdict = Verdict {
        mass_change: many(doubtful, MANY, SHARE) || many(changes, MANY_CHANGES, SHARE_OF_CHANGES),
        mass_gone: many(number(Doubt::Gone), MANY_CHANGES, SHARE_OF_CHANGES),
    };
    let mut last = None;
    each(context, |context, row| {
        let settlement: Settlement = serde_json::from_str(&row.change).map_err(Error::Frontier)?;
        last = settlement.page.at().or(last);
        decide(context, row, judged(row, &texts), settlement, &verdict)
    })?;
    let (Some(at), Some(listing)) = (last, context.source.listing.first().cloned()) else { return Ok(()) };
    if verdict.mass_change {
        let why = format!(
            "{changes} of {looked_at} known notices that were looked at changed at once, {doubtful} of them lost their text or got one and the same: maintenance, a login, half a deploy? \
             Nothing of it was taken over. If the site did change, `twindex crawl --accept-changes {}`",
            context.source.name
        );
        context.trouble(TroubleKind::MassChange, listing.as_str(), at, why)?;
    }
    if verdict.mass_gone {
        let why = format!(
            "{} of {looked_at} known notices that were looked at are gone at once; nothing was marked gone. If they were removed, `twindex crawl --accept-changes {}`",
            number(Doubt::Gone),
            context.source.name
        );
        context.trouble(TroubleKind::MassGone, listing.as_str(), at, why)?;
    }
    Ok(())
}

/// The doubt, once it is known which texts came more than once.
fn judged(row: &HeldRow, texts: &[String]) -> Doubt {
    match Doubt::named(&row.doubt) {
        Doubt::Changed | Doubt::Shrunk if texts.contains(&row.digest) => Doubt::Same,
        doubt => doubt,
    }
}

fn decide(context: &mut Context<'_>, row: &HeldRow, doubt: Doubt, settlement: Settlement, verdict: &Verdict) -> Result<(), Error> {
    let (id, at) = (&row.id, settlement.page.at().unwrap_or(settlement.at));
    let url = settlement.address.clone();
    if doubt == Doubt::Gone {
        if verdict.mass_gone {
            return settlement.without_page().apply(context);
        }
        settlement.apply(context)?;
        context.archive.transaction(|tx| tx.mark_gone(id, at, PAGE_GONE, context.run))?;
        context.report.counts.gone += 1;
        return Ok(());
    }
    if context.accept_changes {
        return settlement.apply(context);
    }
    // Nights of doubt add up: what stands for days on end is what the site says.
    let stands = doubt != Doubt::Lost && confirmed(context, id, &row.digest, at)?;
    if stands || (doubt == Doubt::Changed && !verdict.mass_change) {
        context.archive.transaction(|tx| tx.forget_unconfirmed(id))?;
        return settlement.apply(context);
    }
    if !verdict.mass_change {
        let (kind, why) = match doubt {
            Doubt::Lost => (TroubleKind::LostText, "the page has lost its text; the version before is kept"),
            Doubt::Same => {
                (TroubleKind::Unconfirmed, "the page got the same text as another notice; it waits for a reading on another day")
            }
            _ => (TroubleKind::Unconfirmed, "the page has lost most of its text; it waits for a reading on another day"),
        };
        context.trouble(kind, &url, at, why.to_owned())?;
    }
    settlement.without_page().apply(context)
}

/// A reading on another day said the same.
fn confirmed(context: &Context<'_>, id: &RecordId, digest: &str, at: Timestamp) -> Result<bool, Error> {
    if let Some(since) = context.archive.unconfirmed(id, digest)? {
        return Ok(day(since) < day(at));
    }
    context.archive.transaction(|tx| tx.set_unconfirmed(id, digest, at))?;
    Ok(false)
}

/// Goes through what was put aside, in order.
fn each(context: &mut Context<'_>, mut work: impl FnMut(&mut Context<'_>, &HeldRow) -> Result<(), Error>) -> Result<(), Error> {
    let mut seq = 0;
    while let Some(row) = context.archive.held_after(seq)? {
        seq = row.seq;
        work(context, &row)?;
    }
    Ok(())
}
