//! Hits as people read them: title, the facts that tell one from another, passages with the words that were met.
//!
//! Refuses: to cut passages out, which the search has done.

use maud::{Markup, html};

use super::super::words::Tongue;
use super::Asking;
use crate::record::{PlaceRole, Qualifier, Record};
use crate::search::{Answer, Hit, Level, Snippet};

pub fn list(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let words = asking.tongue().words();
    let full = answer.hits.iter().take_while(|hit| hit.level == Level::Full).count();
    let (full, partial) = answer.hits.split_at(full);
    let item = |hit: &Hit| item(hit, asking.tongue(), &asking.question.as_of);
    html! {
        ol.hits start=(asking.question.offset() + 1) { @for hit in full { (item(hit)) } }
        @if !partial.is_empty() {
            h2.partial { (words.part_only) }
            ol.hits { @for hit in partial { (item(hit)) } }
        }
    }
}

/// A hit in the list of them.
pub fn item(hit: &Hit, tongue: Tongue, as_of: &str) -> Markup {
    let (record, words) = (&hit.record, tongue.words());
    let title = hit.snippets.iter().find(|snippet| snippet.field == "title");
    let old = if as_of.is_empty() { String::new() } else { format!("?version={}", record.version) };
    html! {
        li {
            h2 lang=[lang(record)] {
                a href={ (href(record, tongue)) (old) } { @match title { Some(title) => (marked(title)), None => (record.title) } }
            }
            p.facts { (line(record, tongue)) }
            @for snippet in hit.snippets.iter().filter(|snippet| snippet.field != "title") {
                p.passage lang=[lang(record)] {
                    @if let Some(document) = &snippet.document { cite { (words.from_document) " " (document.title) } " " }
                    (marked(snippet))
                }
            }
            @if !hit.lacks.is_empty() { p.lacks { (words.lacks) ": " (hit.lacks.join(", ")) } }
        }
    }
}

/// Day, kind, place, size: what tells one notice from another.
pub fn line(record: &Record, tongue: Tongue) -> Markup {
    let words = tongue.words();
    let who = who(record, tongue);
    let size = size(record, tongue);
    html! {
        @match record.published {
            Some(day) => time datetime=(day) { (tongue.day(day)) },
            None => (words.undated),
        }
        @if let Some(kind) = record.facts.kind { " · " (tongue.kind(kind)) }
        @if !who.is_empty() { " · " (who) }
        @if !size.is_empty() { " · " (size) " " (words.inhabitants_long) }
        @if record.gone_since.is_some() { " · " span.gone { (words.gone) } }
    }
}

/// The seeking places with their countries.
pub fn who(record: &Record, tongue: Tongue) -> String {
    let seekers = record.facts.places.iter().filter(|place| place.role == PlaceRole::Seeker);
    let places: Vec<&str> = seekers.map(|place| place.name_cs.as_deref().unwrap_or(&place.as_written)).collect();
    let countries: Vec<String> = record.facts.countries.iter().map(|code| tongue.country(code)).collect();
    match (places.is_empty(), countries.join(", ")) {
        (true, countries) => countries,
        (false, countries) if countries.is_empty() => places.join(", "),
        (false, countries) => format!("{} ({countries})", places.join(", ")),
    }
}

/// Inhabitants of the seeker, with how exact the figure is.
pub fn size(record: &Record, tongue: Tongue) -> String {
    let words = tongue.words();
    record.facts.population.map_or_else(String::new, |people| {
        let figure = tongue.number(people.value);
        match people.qualifier {
            Qualifier::Exact => figure,
            Qualifier::About => format!("{} {figure}", words.about_size),
            Qualifier::MoreThan => format!("{} {figure}", words.more_than),
            Qualifier::LessThan => format!("{} {figure}", words.less_than),
        }
    })
}

pub fn href(record: &Record, tongue: Tongue) -> String {
    format!("{}/record/{}", tongue.prefix(), super::super::address::escaped(&record.id.0))
}

/// The language of a record's words, where it is not that of the page by chance.
pub fn lang(record: &Record) -> Option<&str> {
    record.facts.lang.as_deref()
}

fn marked(snippet: &Snippet) -> Markup {
    let mut at = 0;
    let mut parts = Vec::new();
    for (start, end) in &snippet.marks {
        if let (Some(before), Some(met)) = (snippet.text.get(at..*start), snippet.text.get(*start..*end)) {
            parts.push((before, met));
            at = *end;
        }
    }
    html! {
        @for (before, met) in parts { (before) mark { (met) } }
        (snippet.text.get(at..).unwrap_or_default())
    }
}
