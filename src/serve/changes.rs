//! What happened to the notices lately: new, changed, gone, back.
//!
//! Refuses: what changed within a notice, which its page of versions shows.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::html;

use super::Error;
use super::address::escaped;
use super::desk::Desk;
use super::frame::{Page, Part};
use super::question::span;
use crate::archive::Change;
use crate::record::ChangeKind;

/// Days before the newest run, where no day is asked.
const DAYS: i64 = 31;
/// Changes on the page.
const SHOWN: usize = 300;

pub fn page(desk: &Desk<'_>, since: Option<&str>) -> Result<Page, Error> {
    let words = desk.words();
    let asked = since.unwrap_or_default();
    let day = span(asked).map(|(first, _)| first);
    let since = match day.and_then(|day| day.to_zoned(TimeZone::UTC).ok()) {
        Some(day) => day.timestamp(),
        None => lately(desk)?,
    };
    let changes = desk.archive.changes(since)?;
    let shown = &changes[..changes.len().min(SHOWN)];
    let days = shown.chunk_by(|one, next| day_of(one.at) == day_of(next.at));
    let main = html! {
        h1 { (words.changes) }
        @if desk.is_served() { form.inline action=(desk.href("/changes")) {
            label { (words.happened_in) " " input name="since" value=(day_of(since)) size="12" aria-describedby="day-hint"; }
            " " button type="submit" { (words.show) }
        }
        p.hint #day-hint { (words.day_hint) } } @else { p.hint { (words.happened_in) " " (desk.tongue.day(day_of(since))) } }
        @if !asked.is_empty() && day.is_none() { p.warn { q { (asked) } " " (words.bad_day) } }
        @if changes.is_empty() { p { (words.nothing_happened) } }
        @if changes.len() > SHOWN { p.hint { (words.shown_first) " " (SHOWN) " " (words.of) " " (desk.tongue.number(changes.len() as u64)) "." } }
        @for day in days {
            section.day {
                h2 { time datetime=(day_of(day[0].at)) { (desk.tongue.day(day_of(day[0].at))) } }
                ul.plain { @for change in day { li { (told(desk, change)) } } }
            }
        }
    };
    let path = if asked.is_empty() { "/changes".to_owned() } else { format!("/changes?since={}", escaped(asked)) };
    Ok(Page::new(desk.tongue, path, words.changes, Some(Part::Changes), main))
}

/// Some time before the newest run.
fn lately(desk: &Desk<'_>) -> Result<Timestamp, Error> {
    let newest = desk.archive.runs(1)?.first().map_or(Timestamp::UNIX_EPOCH, |run| run.started);
    Ok(newest.checked_sub(jiff::SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::UNIX_EPOCH))
}

fn told(desk: &Desk<'_>, change: &Change) -> maud::Markup {
    let tail = if change.kind == ChangeKind::Changed { "/versions" } else { "" };
    html! {
        span.change.(change.kind.name()) { (desk.tongue.change(change.kind)) } " "
        a href=(desk.href(&format!("/record/{}{tail}", escaped(&change.id.0)))) { (change.title) }
    }
}

fn day_of(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(TimeZone::UTC).date()
}
