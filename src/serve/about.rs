//! What the archive holds and how good it is: sources, crawls, what could not be read, licences, what programs may ask.
//!
//! Refuses: the reasons of single faults, which `twindex stats --problems` lists.

use jiff::Timestamp;
use maud::{Markup, html};

use super::Error;
use super::context::{self, Context};
use super::frame::{Page, Part};
use crate::gazetteer;
use crate::search::czech::DATA_LICENSE;

/// Runs told.
const RUNS: u32 = 10;

pub fn page(context: &Context<'_>) -> Result<Page, Error> {
    let words = context.words();
    let newest = context.archive.runs(1)?.first().map_or(Timestamp::UNIX_EPOCH, |run| run.started);
    let main = html! {
        h1 { (words.about) }
        h2 { (words.sources) }
        (sources(context)?)
        h2 { (words.problems) }
        (problems(context)?)
        h2 { (words.runs) }
        (runs(context)?)
        @if !context.is_served() { h2 { (words.about_copy) } p { (words.copy_of) " " (context.locale.moment(newest)) ". " (words.copy_lacks) } }
        @else { h2 { (words.for_programs) } ul {
            li { a href="/api/openapi.json" { "OpenAPI 3.1" } " – " code { "/api/search" } ", " code { "/api/records/…" } ", " code { "/api/versions/…" } ", " code { "/api/stats" } ", " code { "/api/places" } }
            li { a href="/feed.atom" { "Atom" } ", " a href="/feed.json" { "JSON Feed" } }
            li { a href="/health" { code { "/health" } } }
        } }
        h2 { (words.licences) }
        @for line in gazetteer::ATTRIBUTION.lines() { p lang="en" { (line) } }
        pre.licence lang="en" tabindex="0" { (DATA_LICENSE.trim_end()) }
    };
    Ok(Page::new(context.locale, "/about", words.about, Some(Part::About), main))
}

/// The institution behind a source, or its name in the configuration.
fn named<'d>(context: &'d Context<'_>, source: &'d str) -> &'d str {
    context.library.publishers().get(source).map_or(source, String::as_str)
}

fn sources(context: &Context<'_>) -> context::Part {
    let (words, locale) = (context.words(), context.locale);
    let (stats, health) = (context.archive.source_stats()?, context.archive.health()?);
    let last_good = |source: &str| health.iter().find(|health| health.source == source).and_then(|health| health.last_good);
    Ok(html! {
        div.wide tabindex="0" role="region" aria-label=(words.sources) {
            table {
                thead {
                    tr {
                        th scope="col" { (words.source) } th.n scope="col" { (words.notices) } th scope="col" { (words.span) }
                        th.n scope="col" { (words.undated) } th.n scope="col" { (words.gone) } th scope="col" { (words.last_good) }
                    }
                }
                tbody {
                    @for one in &stats {
                        tr {
                            th scope="row" { (named(context, &one.source)) }
                            td.n { (locale.number(one.entries.into())) }
                            td { @if let (Some(first), Some(last)) = (one.earliest, one.latest) { (locale.day(first)) " – " (locale.day(last)) } }
                            td.n { (locale.number(one.undated.into())) }
                            td.n { (locale.number(one.gone.into())) }
                            td { @match last_good(&one.source) { Some(at) => (locale.moment(at)), None => (words.never) } }
                        }
                    }
                }
            }
        }
    })
}

fn problems(context: &Context<'_>) -> context::Part {
    let (words, problems) = (context.words(), context.archive.problem_counts()?);
    Ok(html! {
        @if problems.is_empty() { p { (words.no_problems) } } @else {
            ul lang="en" {
                @for one in &problems { li { (one.source) ": " (context.locale.number(one.count.into())) " × " (one.kind.replace('_', " ")) " – " (one.what) } }
            }
        }
    })
}

fn runs(context: &Context<'_>) -> context::Part {
    let (words, locale) = (context.words(), context.locale);
    let row = |run: &crate::archive::RunRow| -> Markup {
        html! {
            tr {
                th scope="row" { (locale.moment(run.started)) }
                td { (named(context, &run.source)) }
                td { @match run.outcome.as_deref() { Some("done") => (words.whole), Some("incomplete") => (words.in_part), Some(other) => span lang="en" { (other) }, None => (words.interrupted) } }
                td.n { (run.requests) } td.n { (run.new) } td.n { (run.changed) }
            }
        }
    };
    let runs = context.archive.runs(RUNS)?;
    Ok(html! {
        div.wide tabindex="0" role="region" aria-label=(words.runs) {
            table {
                thead {
                    tr {
                        th scope="col" { (words.began) } th scope="col" { (words.source) } th scope="col" { (words.outcome) }
                        th.n scope="col" { (words.requests) } th.n scope="col" { (words.new) } th.n scope="col" { (words.changed) }
                    }
                }
                tbody { @for run in &runs { (row(run)) } }
            }
        }
    })
}
