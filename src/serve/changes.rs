//! What happened to the notices lately: new, changed, gone, back.
//!
//! Refuses: what changed within a notice, which its page of versions shows.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::html;

use super::address::escaped;
use super::context::Context;
use super::frame::{Page, Part};
use super::question::span;
use super::{Error, Refusal};
use crate::archive::{Change, ChangeKey};
use crate::record::{ChangeKind, RecordId};

/// Days before the newest run, where no day is asked.
const DAYS: i64 = 31;
/// Changes on the page.
const SHOWN: usize = 300;

pub fn page(context: &Context<'_>, since: Option<&str>, after: Option<&str>) -> Result<Page, Error> {
    let words = context.words();
    let asked = since.unwrap_or_default();
    let day = span(asked).map(|(first, _)| first);
    let since = match day.and_then(|day| day.to_zoned(TimeZone::UTC).ok()) {
        Some(day) => day.timestamp(),
        None => lately(context)?,
    };
    let key = after.map(|after| key(after).ok_or(Refusal::NotFound)).transpose()?;
    let changes = context.archive.changes(since, key.as_ref(), SHOWN + 1)?;
    let shown = &changes[..changes.len().min(SHOWN)];
    let last = shown.last().filter(|_| changes.len() > SHOWN);
    let days = shown.chunk_by(|one, next| day_of(one.at) == day_of(next.at));
    let main = html! {
        h1 { (words.changes) }
        @if context.is_served() { form.inline action=(context.href("/changes")) {
            label { (words.happened_in) " " input name="since" value=(day_of(since)) size="12" aria-describedby="day-hint"; }
            " " button type="submit" { (words.show) }
        }
        p.hint #day-hint { (words.day_hint) } } @else { p.hint { (words.happened_in) " " (context.locale.day(day_of(since))) } }
        @if !asked.is_empty() && day.is_none() { p.warn { q { (asked) } " " (words.bad_day) } }
        @if changes.is_empty() { p { (words.nothing_happened) } }
        @for day in days {
            section.day {
                h2 { time datetime=(day_of(day[0].at)) { (context.locale.day(day_of(day[0].at))) } }
                ul.plain { @for change in day { li { (told(context, change)) } } }
            }
        }
        @if let Some(last) = last {
            @if context.is_served() { nav.pager aria-label=(words.page) { a rel="next" href=(following(context, day_of(since), last)) { (words.next) " →" } } }
            @else { p.hint { (words.shown_first) " " (SHOWN) "." } }
        }
    };
    let states = [("since", Some(asked).filter(|asked| !asked.is_empty())), ("after", after)];
    let query: Vec<String> = states.iter().filter_map(|(name, value)| Some(format!("{name}={}", escaped((*value)?)))).collect();
    let path = if query.is_empty() { "/changes".to_owned() } else { format!("/changes?{}", query.join("&")) };
    Ok(Page::new(context.locale, path, words.changes, Some(Part::Changes), main))
}

/// Some time before the newest run.
fn lately(context: &Context<'_>) -> Result<Timestamp, Error> {
    let newest = context.archive.runs(1)?.first().map_or(Timestamp::UNIX_EPOCH, |run| run.started);
    Ok(newest.checked_sub(jiff::SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The page of the changes that follow one.
fn following(context: &Context<'_>, since: Date, last: &Change) -> String {
    let (at, kind, version, id) = (last.at, last.kind.name(), last.version, escaped(&last.id.0));
    context.href(&format!("/changes?since={since}&after={at},{kind},{version},{id}"))
}

/// A change as `following` names it.
fn key(text: &str) -> Option<ChangeKey> {
    let parts: Vec<&str> = text.splitn(4, ',').collect();
    let [at, kind, version, id] = parts[..] else { return None };
    let kind = ChangeKind::ALL.into_iter().find(|known| known.name() == kind)?;
    Some(ChangeKey { at: at.parse().ok()?, kind, version: version.parse().ok()?, id: RecordId(id.to_owned()) })
}

fn told(context: &Context<'_>, change: &Change) -> maud::Markup {
    let tail = if change.kind == ChangeKind::Changed { "/versions" } else { "" };
    html! {
        span.change.(change.kind.name()) { (context.locale.change(change.kind)) } " "
        a href=(context.href(&format!("/record/{}{tail}", escaped(&change.id.0)))) { (change.title) }
    }
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
