//! What the archive holds and how good it is: sources, crawls, what could not be read, licences, what programs may ask.
//!
//! Refuses: the reasons of single faults, which `twindex stats --problems` lists.

use jiff::Timestamp;
use maud::{Markup, html};

use super::Error;
use super::desk::{self, Desk};
use super::frame::{Page, Part};
use crate::gazetteer;
use crate::search::czech::DATA_LICENSE;

/// Runs told.
const RUNS: u32 = 10;

pub fn page(desk: &Desk<'_>) -> Result<Page, Error> {
    let words = desk.words();
    let newest = desk.archive.runs(1)?.first().map_or(Timestamp::UNIX_EPOCH, |run| run.started);
    let main = html! {
        h1 { (words.about) }
        h2 { (words.sources) }
        (sources(desk)?)
        h2 { (words.problems) }
        (problems(desk)?)
        h2 { (words.runs) }
        (runs(desk)?)
        @if !desk.is_served() { h2 { (words.about_copy) } p { (words.copy_of) " " (desk.tongue.moment(newest)) ". " (words.copy_lacks) } }
        @else { h2 { (words.for_programs) } ul {
            li { a href="/api/openapi.json" { "OpenAPI 3.1" } " – " code { "/api/search" } ", " code { "/api/records/…" } ", " code { "/api/versions/…" } ", " code { "/api/stats" } ", " code { "/api/places" } }
            li { a href="/feed.atom" { "Atom" } ", " a href="/feed.json" { "JSON Feed" } }
            li { a href="/health" { code { "/health" } } }
        } }
        h2 { (words.licences) }
        @for line in gazetteer::ATTRIBUTION.lines() { p lang="en" { (line) } }
        pre.licence lang="en" tabindex="0" { (DATA_LICENSE.trim_end()) }
    };
    Ok(Page::new(desk.tongue, "/about", words.about, Some(Part::About), main))
}

/// The institution behind a source, or its name in the configuration.
fn named<'d>(desk: &'d Desk<'_>, source: &'d str) -> &'d str {
    desk.library.publishers().get(source).map_or(source, String::as_str)
}

fn sources(desk: &Desk<'_>) -> desk::Part {
    let (words, tongue) = (desk.words(), desk.tongue);
    let (stats, health) = (desk.archive.source_stats()?, desk.archive.health()?);
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
                            th scope="row" { (named(desk, &one.source)) }
                            td.n { (tongue.number(one.entries.into())) }
                            td { @if let (Some(first), Some(last)) = (one.earliest, one.latest) { (tongue.day(first)) " – " (tongue.day(last)) } }
                            td.n { (tongue.number(one.undated.into())) }
                            td.n { (tongue.number(one.gone.into())) }
                            td { @match last_good(&one.source) { Some(at) => (tongue.moment(at)), None => (words.never) } }
                        }
                    }
                }
            }
        }
    })
}

fn problems(desk: &Desk<'_>) -> desk::Part {
    let (words, problems) = (desk.words(), desk.archive.problem_counts()?);
    Ok(html! {
        @if problems.is_empty() { p { (words.no_problems) } } @else {
            ul lang="en" {
                @for one in &problems { li { (one.source) ": " (desk.tongue.number(one.count.into())) " × " (one.kind.replace('_', " ")) " – " (one.what) } }
            }
        }
    })
}

fn runs(desk: &Desk<'_>) -> desk::Part {
    let (words, tongue) = (desk.words(), desk.tongue);
    let row = |run: &crate::archive::RunRow| -> Markup {
        html! {
            tr {
                th scope="row" { (tongue.moment(run.started)) }
                td { (named(desk, &run.source)) }
                td { @match run.outcome.as_deref() { Some("done") => (words.whole), Some("incomplete") => (words.in_part), Some(other) => span lang="en" { (other) }, None => (words.interrupted) } }
                td.n { (run.requests) } td.n { (run.new) } td.n { (run.changed) }
            }
        }
    };
    let runs = desk.archive.runs(RUNS)?;
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
