//! The facts of a notice as a table, each in the words of the page's language.
//!
//! Refuses: facts that the notice does not say, and why one is believed, which `evidence` shows.

use maud::{Markup, html};

use super::super::context::Context;
use super::super::question::Question;
use super::super::results::size;
use crate::record::{DateRole, NoticeDate, Place, PlaceRole, Record};

pub fn table(context: &Context<'_>, record: &Record) -> Markup {
    let words = context.words();
    let facts = &record.facts;
    let of = |role: PlaceRole| facts.places.iter().filter(move |place| place.role == role).collect::<Vec<_>>();
    let size = size(record, context.locale);
    let rows: Vec<(&str, Option<Markup>)> = vec![
        (words.kind, facts.kind.map(|kind| narrowing(context, context.locale.kind(kind), |question| question.kinds.push(kind)))),
        (words.who, places(context, &of(PlaceRole::Seeker))),
        (
            words.country,
            listed(&facts.countries, |code| narrowing(context, &context.locale.country(code), |one| one.countries.push(code.clone()))),
        ),
        (words.inhabitants, (!size.is_empty()).then(|| html! { (size) })),
        (words.wanted, wanted(context, record)),
        (
            words.theme,
            listed(&facts.themes, |theme| narrowing(context, context.locale.theme(*theme), |question| question.themes.push(*theme))),
        ),
        (words.dates, listed(&facts.dates, |date| day(context, date))),
        (words.contacts, contacts(record)),
        (words.mentioned, places(context, &[of(PlaceRole::Wanted), of(PlaceRole::Mentioned)].concat())),
        (words.on_the_web, Some(addresses(record))),
        (words.source, Some(html! { (context.metadata().publisher(record)) })),
        (words.seen, Some(seen(context, record))),
        (words.gone, record.gone_since.map(|since| html! { (context.locale.moment(since)) })),
        (words.identifier, Some(html! { code { (record.id) } })),
    ];
    html! {
        h2 { (words.facts) }
        dl.facts-table {
            @for (label, value) in rows.into_iter().filter_map(|(label, value)| Some((label, value?))) { div { dt { (label) } dd { (value) } } }
        }
    }
}

/// The first time and the last, or the only one.
fn seen(context: &Context<'_>, record: &Record) -> Markup {
    let (first, last) = (context.locale.moment(record.first_seen), context.locale.moment(record.last_seen));
    html! { (first) @if first != last { " – " (last) } }
}

/// The value as a link to all notices that have it.
fn narrowing(context: &Context<'_>, label: &str, narrow: impl FnOnce(&mut Question)) -> Markup {
    let mut question = Question { page: 1, ..Question::default() };
    narrow(&mut question);
    html! { a href=(question.href(context.locale)) { (label) } }
}

/// Values with commas between; nothing for none.
fn listed<T>(values: &[T], shown: impl Fn(&T) -> Markup) -> Option<Markup> {
    (!values.is_empty()).then(|| html! { @for (at, value) in values.iter().enumerate() { @if at > 0 { ", " } (shown(value)) } })
}

fn places(context: &Context<'_>, places: &[&Place]) -> Option<Markup> {
    listed(places, |place| {
        let name = place.name_cs.as_deref().unwrap_or(&place.name);
        html! {
            @match place.geonames_id.filter(|id| context.library.newest().place(*id).is_some()) {
                // Only places that seek have a page.
                Some(id) => a href=(context.href(&format!("/place/{id}"))) { (name) },
                None => (name),
            }
            @if let Some(local) = place.name_local.as_deref().filter(|local| *local != name) { " " span.local { "(" (local) ")" } }
        }
    })
}

fn wanted(context: &Context<'_>, record: &Record) -> Option<Markup> {
    let (words, wanted) = (context.words(), &record.facts.wanted);
    let number = |value: u64| context.locale.number(value);
    let mut parts: Vec<Markup> = Vec::new();
    match (wanted.population_min, wanted.population_max) {
        (Some(min), Some(max)) => parts.push(html! { (number(min)) "–" (number(max)) " " (words.inhabitants_long) }),
        (Some(min), None) => parts.push(html! { (words.at_least) " " (number(min)) " " (words.inhabitants_long) }),
        (None, Some(max)) => parts.push(html! { (words.at_most) " " (number(max)) " " (words.inhabitants_long) }),
        (None, None) => {}
    }
    parts.extend(wanted.similar_size.then(|| html! { (words.similar_size) }));
    parts.extend(
        wanted
            .countries
            .iter()
            .map(|code| narrowing(context, &context.locale.country(code), |question| question.wanted.push(code.clone()))),
    );
    listed(&parts, Clone::clone)
}

fn day(context: &Context<'_>, date: &NoticeDate) -> Markup {
    let words = context.words();
    html! {
        @match date.role { DateRole::Event => (words.event), DateRole::Deadline => (words.deadline) }
        " " (context.locale.day(date.date))
        @if let Some(end) = date.end { " – " (context.locale.day(end)) }
    }
}

fn contacts(record: &Record) -> Option<Markup> {
    let contacts = &record.facts.contacts;
    let emails = contacts.emails.iter().map(|email| html! { a href={ "mailto:" (email) } { (email) } });
    let phones = contacts.phones.iter().map(|phone| html! { a href={ "tel:" (phone) } { (phone) } });
    let urls = contacts.urls.iter().map(|url| web(url));
    listed(&emails.chain(phones).chain(urls).collect::<Vec<_>>(), Clone::clone)
}

fn addresses(record: &Record) -> Markup {
    html! { (web(&record.url)) @for alias in &record.aliases { br; (web(alias)) } }
}

/// An address of the web as a link; anything else, which a page may hold (`javascript:`), as text.
pub fn web(url: &str) -> Markup {
    let is_web = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    html! { @if is_web { a.out href=(url) rel="noreferrer nofollow" { (url) } } @else { (url) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(web("https://mesto.test/a?b=1&c=2").into_string().contains("href=\"https://mesto.test/a?b=1&amp;c=2\""));
        for text in ["javascript:alert(1)", "data:text/html,x", "mesto", ""] {
            assert!(!web(text).into_string().contains("href"), "{text}");
        }
    }
}
