//! The seekers of a question as dots on an outline of their part of the world; countries are the darker, the more notices.
//!
//! An equirectangular picture with its true scale at 50° north. Only the countries in sight are written. The same stands
//! below as a table.

use std::sync::LazyLock;

use maud::{Markup, html};

use super::super::Error;
use super::super::words::Locale;
use super::Asking;
use crate::search::{Answer, SeekerCount};

/// Parts of a degree in the outline.
const UNIT: f64 = 20.0;
/// Width of a degree of longitude against one of latitude, at 50° north.
const SQUEEZE: f64 = 0.643;
/// The least height of the picture in degrees: a lone dot stands in its surroundings.
const LEAST: f64 = 9.0;
/// Width against height.
const SHAPE: f64 = 1.6;
/// How many times the area of the smallest dot the largest one has at most.
const MOST_OF_ONE: f64 = 9.0;
/// Dots that are drawn, and rows of the table below.
const DOTS: usize = 1500;
const ROWS: usize = 200;

/// One country of the outline.
struct Outline {
    code: &'static str,
    /// West, north, east, south.
    bounds: [f64; 4],
    path: &'static str,
}

static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| include_str!("../data/outline.tsv").lines().filter_map(read).collect());

fn read(line: &'static str) -> Option<Outline> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [code, bounds, path] = cells[..] else { return None };
    let bounds: Vec<f64> = bounds.split(' ').filter_map(|value| value.parse().ok()).collect();
    Some(Outline { code, bounds: bounds.try_into().ok()?, path })
}

/// A dot: where, how large, what it is called and where it leads.
pub struct Dot {
    lat: f64,
    lon: f64,
    count: u64,
    label: String,
    href: Option<String>,
}

impl Dot {
    pub fn alone(lat: f64, lon: f64, label: String) -> Self {
        Self { lat, lon, count: 1, label, href: None }
    }

    fn x(&self) -> f64 {
        self.lon * UNIT * SQUEEZE
    }

    fn y(&self) -> f64 {
        -self.lat * UNIT
    }
}

pub fn view(asking: &Asking<'_>, answer: &Answer) -> Result<Markup, Error> {
    let (locale, question) = (asking.locale(), &asking.question);
    let words = locale.words();
    let seekers = asking.snapshot.index.seekers(&question.q, &asking.options)?;
    let href = |found: &SeekerCount| {
        let id = found.seeker.geonames_id?;
        Some(question.with(|other| other.place = if other.place == Some(id) { None } else { Some(id) }).href(locale))
    };
    let dots: Vec<Dot> = seekers.iter().filter_map(|found| dot(found, href(found), locale)).take(DOTS).collect();
    let mapped = seekers.iter().filter(|found| found.seeker.lat.is_some()).count();
    Ok(html! {
        @if dots.is_empty() { p { (words.no_dots) } } @else { (picture(&dots, &answer.facets.country, words.seekers_map)) }
        @if mapped < seekers.len() { p.hint { (words.unmapped) ": " (locale.number((seekers.len() - mapped) as u64)) } }
        p.hint { (words.borders) }
        details open[dots.len() < 12] { summary { (words.as_table) } (places(&seekers, href, locale)) }
    })
}

pub fn dot(found: &SeekerCount, href: Option<String>, locale: Locale) -> Option<Dot> {
    let (lat, lon) = found.seeker.lat.zip(found.seeker.lon)?;
    Some(Dot { lat, lon, count: found.records, label: format!("{}: {}", found.seeker.name, locale.notices(found.records)), href })
}

/// Places with their counts.
pub fn places(seekers: &[SeekerCount], href: impl Fn(&SeekerCount) -> Option<String>, locale: Locale) -> Markup {
    let words = locale.words();
    html! {
        table {
            thead {
                tr {
                    th scope="col" { (words.place) }
                    th scope="col" { (words.country) }
                    th.n scope="col" { (words.count) }
                    th scope="col" { (words.year) }
                }
            }
            tbody {
                @for found in seekers.iter().take(ROWS) {
                    tr {
                        th scope="row" { @match href(found) { Some(href) => a href=(href) { (found.seeker.name) }, None => (found.seeker.name) } }
                        td { @if let Some(code) = &found.seeker.country { (locale.country(code)) } }
                        td.n { (locale.number(found.records)) }
                        td {
                            @match found.years {
                                Some((first, last)) if first == last => (first),
                                Some((first, last)) => { (first) "–" (last) },
                                None => (words.undated),
                            }
                        }
                    }
                }
            }
        }
        @if seekers.len() > ROWS { p.hint { (words.shown_first) " " (ROWS) " " (words.of) " " (locale.number(seekers.len() as u64)) "." } }
    }
}

/// Dots on the outline; `shades` has how many notices each country has.
pub fn picture(dots: &[Dot], shades: &[(String, u64)], name: &str) -> Markup {
    let [west, north, width, height] = sight(dots);
    let most = shades.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    // Four steps, by the root: a few large counts would leave the rest white.
    let shade = |code: &str| {
        let count = shades.iter().find(|(known, _)| known == code).map_or(0, |(_, count)| *count);
        if count == 0 { 0 } else { 1 + (3.0 * (count as f64 / most as f64).sqrt()).floor().min(3.0) as u8 }
    };
    let seen = |outline: &&Outline| {
        let [from, top, to, bottom] = outline.bounds;
        from * SQUEEZE < west + width && to * SQUEEZE > west && top < north + height && bottom > north
    };
    let largest = dots.iter().map(|dot| dot.count).max().unwrap_or(1) as f64;
    // The area tells the number, as far as the largest is not so large that the least would vanish.
    let radius = |count: u64| width / 150.0 * (count as f64).sqrt() / (largest / MOST_OF_ONE).sqrt().max(1.0);
    html! {
        svg.map viewBox=(format!("{west:.0} {north:.0} {width:.0} {height:.0}")) role="group" aria-label=(name) {
            g transform=(format!("scale({SQUEEZE} 1)")) aria-hidden="true" {
                @for outline in OUTLINES.iter().filter(seen) { path.{ "shade-" (shade(outline.code)) } d=(outline.path) {} }
            }
            @for dot in dots {
                @let circle = html! {
                    circle cx=(format!("{:.1}", dot.x())) cy=(format!("{:.1}", dot.y())) r=(format!("{:.1}", radius(dot.count).max(width / 300.0))) {
                        title { (dot.label) }
                    }
                };
                @match &dot.href { Some(href) => a href=(href) aria-label=(dot.label) { (circle) }, None => (circle) }
            }
        }
    }
}

/// West, north, width and height of a picture that holds all dots with some room around.
fn sight(dots: &[Dot]) -> [f64; 4] {
    let ends = |values: &mut dyn Iterator<Item = f64>| values.fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)));
    let (left, right) = ends(&mut dots.iter().map(Dot::x));
    let (top, bottom) = ends(&mut dots.iter().map(Dot::y));
    let height = ((bottom - top) * 1.2).max((right - left) * 1.2 / SHAPE).max(LEAST * UNIT);
    let width = height * SHAPE;
    [f64::midpoint(left, right) - width / 2.0, f64::midpoint(top, bottom) - height / 2.0, width, height]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_outline_is_read() {
        let rows = include_str!("../data/outline.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(OUTLINES.len(), rows);
        assert!(["CZ", "UA", "XK", "MT"].iter().all(|code| OUTLINES.iter().any(|outline| outline.code == *code)));
    }

    #[test]
    fn the_picture_holds_its_dots_and_leaves_far_countries_out() {
        let prague = Dot::alone(50.09, 14.42, "Praha".to_owned());
        let [west, north, width, height] = sight(std::slice::from_ref(&prague));
        assert!((west..west + width).contains(&prague.x()) && (north..north + height).contains(&prague.y()));
        let drawn = picture(&[prague], &[("CZ".to_owned(), 3)], "map").into_string();
        assert_eq!(drawn.matches("shade-4").count(), 1);
        assert!((4..30).contains(&drawn.matches("<path").count()), "{}", drawn.matches("<path").count());
    }
}
