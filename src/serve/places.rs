//! The places and countries that seek: all of them, and a page for each with its notices through the years.
//!
//! Refuses: places that no notice seeks for; the map itself is the part of `results/map.rs`.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::context::Context;
use super::frame::{Page, Part};
use super::question::Question;
use super::results::chart::{Bar, bars};
use super::results::{line, map};
use super::{Error, Refusal, record};
use crate::gazetteer;
use crate::record::PlaceRole;
use crate::search::{Answer, Options, SeekerCount, Sort, SortKey, alphabetical};

/// Notices listed on the page of a place or country; the search page has them all.
const NOTICES: usize = 50;

/// All places, by country.
pub fn all(context: &Context<'_>) -> Page {
    let words = context.words();
    let snapshot = context.library.newest();
    let mut countries: BTreeMap<&str, Vec<&SeekerCount>> = BTreeMap::new();
    for found in &snapshot.places {
        countries.entry(found.seeker.country.as_deref().unwrap_or_default()).or_default().push(found);
    }
    let mut countries: Vec<(&str, Vec<&SeekerCount>)> = countries.into_iter().collect();
    countries.sort_by_cached_key(
        |(code, _)| if code.is_empty() { "\u{10ffff}".to_owned() } else { alphabetical(&context.locale.country(code)) },
    );
    let dots: Vec<map::Dot> =
        snapshot.places.iter().filter_map(|found| map::dot(found, place_href(context, found), context.locale)).collect();
    let shades =
        snapshot.index.search("", &Options { limit: 0, ..Options::default() }).map(|answer| answer.facets.country).unwrap_or_default();
    let main = html! {
        h1 { (words.places) }
        @if !dots.is_empty() { (map::picture(&dots, &shades, words.seekers_map)) p.hint { (words.borders) } }
        div.countries {
            @for (code, places) in &countries {
                section {
                    h2 { @if code.is_empty() { (words.unlinked) } @else { a href=(context.href(&format!("/country/{code}"))) { (context.locale.country(code)) } } }
                    ul {
                        @for found in places {
                            li {
                                @match place_href(context, found) {
                                    Some(href) => a href=(href) { (found.seeker.name) },
                                    None => a href=(by_name(context, &found.seeker.name)) { (found.seeker.name) },
                                }
                                " " span.n { (context.locale.number(found.records)) }
                            }
                        }
                    }
                }
            }
        }
    };
    Page::new(context.locale, "/places", words.places, Some(Part::Places), main)
}

fn place_href(context: &Context<'_>, found: &SeekerCount) -> Option<String> {
    found.seeker.geonames_id.map(|id| context.href(&format!("/place/{id}")))
}

/// A place that is not on the map is searched for by its name.
fn by_name(context: &Context<'_>, name: &str) -> String {
    Question { q: format!("place:\"{}\"", name.replace('"', " ")), page: 1, ..Question::default() }.href(context.locale)
}

/// One place under every spelling.
pub fn one(context: &Context<'_>, id: i64) -> Result<Page, Error> {
    let snapshot = context.library.newest();
    let found = snapshot.place(id).ok_or(Refusal::NotFound)?;
    let question = Question { place: Some(id), page: 1, ..Question::default() };
    let answer = snapshot.index.search("", &by_date(question.options(Some(&found.seeker))))?;
    let name = &found.seeker.name;
    let mut spellings: BTreeSet<&str> = BTreeSet::new();
    for place in answer.hits.iter().flat_map(|hit| &hit.record.facts.places) {
        if place.geonames_id == Some(id) && place.role == PlaceRole::Seeker {
            spellings.extend([Some(&*place.as_written), Some(&*place.name), place.name_local.as_deref()].into_iter().flatten());
        }
    }
    spellings.remove(name.as_str());
    let words = context.words();
    let dot = found.seeker.lat.zip(found.seeker.lon).map(|(lat, lon)| map::Dot::alone(lat, lon, name.clone()));
    let main = html! {
        h1 { (name) }
        p.facts {
            @if let Some(code) = &found.seeker.country { a href=(context.href(&format!("/country/{code}"))) { (context.locale.country(code)) } " · " }
            "GeoNames " a.out href={ "https://www.geonames.org/" (id) } rel="noreferrer" { (id) }
        }
        @if !spellings.is_empty() { p { (words.spellings) ": " (spellings.into_iter().collect::<Vec<_>>().join(", ")) } }
        div.columns {
            (notices(context, &question, &answer))
            aside { @if let Some(dot) = dot { (map::picture(&[dot], &[], words.map)) p.hint { (words.borders) } } }
        }
    };
    Ok(Page::new(context.locale, format!("/place/{id}"), name.clone(), Some(Part::Places), main))
}

pub fn country(context: &Context<'_>, code: &str) -> Result<Page, Error> {
    gazetteer::country(code).ok_or(Refusal::NotFound)?;
    let snapshot = context.library.newest();
    let question = Question { countries: vec![code.to_owned()], page: 1, ..Question::default() };
    let answer = snapshot.index.search("", &by_date(question.options(None)))?;
    let places: Vec<SeekerCount> = snapshot.places.iter().filter(|found| found.seeker.country.as_deref() == Some(code)).cloned().collect();
    let dots: Vec<map::Dot> = places.iter().filter_map(|found| map::dot(found, place_href(context, found), context.locale)).collect();
    let (words, name) = (context.words(), context.locale.country(code));
    let main = html! {
        h1 { (name) }
        div.columns {
            (notices(context, &question, &answer))
            aside {
                @if !dots.is_empty() { (map::picture(&dots, &[(code.to_owned(), 1)], words.seekers_map)) p.hint { (words.borders) } }
                @if !places.is_empty() { h2 { (words.places) } (map::places(&places, |found| place_href(context, found), context.locale)) }
            }
        }
    };
    Ok(Page::new(context.locale, format!("/country/{code}"), name, Some(Part::Places), main))
}

fn by_date(options: Options) -> Options {
    Options { limit: NOTICES, offset: 0, sort: Sort { by: SortKey::Date, reversed: false }, ..options }
}

/// The years as bars, and the notices, newest first.
fn notices(context: &Context<'_>, question: &Question, answer: &Answer) -> Markup {
    let (words, locale) = (context.words(), context.locale);
    html! {
        div {
            p { strong { (locale.notices(answer.total as u64)) } " · " a href=(question.href(locale)) { (words.all_of_place) } }
            (years(context, question, answer))
            ul.plain.notices {
                @for hit in &answer.hits {
                    li {
                        a href=(context.href(&record::href(&hit.record))) lang=[hit.record.facts.lang.as_deref()] { (hit.record.title) }
                        br; span.facts { (line(&hit.record, locale)) }
                    }
                }
            }
            @if answer.total > NOTICES { p.hint { (words.shown_first) " " (NOTICES) "." } }
        }
    }
}

fn years(context: &Context<'_>, question: &Question, answer: &Answer) -> Markup {
    let counts = &answer.facets.year;
    let year = |at: Option<&(String, u64)>| at.and_then(|(year, _)| year.parse::<u16>().ok());
    let (Some(first), Some(last)) = (year(counts.first()), year(counts.last())) else { return html! {} };
    let bar = |year: u16| {
        let key = format!("{year:04}");
        let narrowed = question.with(|other| (other.from, other.to) = (key.clone(), key.clone()));
        let count = counts.iter().find(|(known, _)| *known == key).map_or(0, |(_, count)| *count);
        Bar { label: key.clone(), count, href: narrowed.href(context.locale), in_force: false, key }
    };
    let values: Vec<Bar> = (first..=last).map(bar).collect();
    html! { @if values.len() > 1 { h2 { (context.words().through_years) } (bars(&values, context.words().through_years, |count| context.locale.notices(count))) } }
}
