//! The guards that turn a doubtful candidate into no link: region, parent city, name and size.
//!
//! Wrong links come from places the data lacks, whose namesakes then answer; so a region that the
//! notice names must hold the place, a district must lie by its city, and among namesakes one must
//! be three times the next, or the only one whose own name it is (to others it is an old or a foreign
//! name), or the only one that is no quarter of a large city. The tolerances are for coarse borders and
//! were measured.

use super::entry::Entry;
use super::pack::{Block, block, blocks};
use super::place::Place;
use super::region::{Region, region};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A place outside a named region passes if the region has a place of its own this near.
const BORDER_KM: f64 = 30.0;
/// Distance between a district and its city.
const DISTRICT_KM: f64 = 50.0;
/// How many times the largest namesake must outnumber the second.
const MARGIN: u32 = 3;
/// Inhabitants from which a town's own name is no mere namesake of a city's old or foreign one.
const TOWN: u32 = 2_000;
/// Inhabitants of a city whose quarters are in the data as places.
const CITY: u32 = 100_000;
/// How many times a city outnumbers its quarters, and how near they lie.
const QUARTER: u32 = 5;
const QUARTER_KM: f64 = 6.0;

pub(super) struct Guard {
    regions: Vec<Region>,
    pub parent: Option<Place>,
}

/// What is left of the candidates.
pub(super) enum Verdict {
    None,
    One(Entry),
    /// Largest first.
    Several(Vec<Place>),
    /// There were candidates, but none where the notice says.
    Outside(Vec<Place>),
}

impl Guard {
    /// Regions that the table does not know guard nothing.
    pub fn new(country: &str, regions: &[&str], parent: Option<Place>) -> Guard {
        Guard { regions: regions.iter().filter_map(|name| region(name, country)).collect(), parent }
    }

    /// `is_own` says whether the name asked for is an entry's own name, and no other one that it has.
    pub fn weigh(&self, mut entries: Vec<Entry>, is_own: impl Fn(&Entry) -> bool) -> Verdict {
        let mut seen = BTreeSet::new();
        entries.retain(|entry| seen.insert(entry.place.geonames_id));
        entries.sort_by_key(|entry| (std::cmp::Reverse(entry.place.population), entry.place.geonames_id));
        let places = |entries: &[Entry]| entries.iter().map(|entry| entry.place).collect();
        let all: Vec<Place> = places(&entries);
        if let Some(city) = self.parent {
            entries.retain(|entry| entry.place.kilometres_to(city.lat, city.lon) <= DISTRICT_KM);
        }
        if !self.regions.is_empty() {
            let inside: Vec<Entry> = entries.iter().filter(|entry| self.regions.iter().any(|r| r.holds(entry.admin))).copied().collect();
            if inside.is_empty() {
                entries.retain(|entry| self.regions.iter().any(|region| borders(region, &entry.place)));
            } else {
                entries = inside;
            }
        }
        match &entries[..] {
            [] if all.is_empty() => Verdict::None,
            [] => Verdict::Outside(all),
            _ => choose(&entries, is_own).map_or_else(|| Verdict::Several(places(&entries)), Verdict::One),
        }
    }
}

/// The one among namesakes that is meant, if that can be told; largest first.
fn choose(entries: &[Entry], is_own: impl Fn(&Entry) -> bool) -> Option<Entry> {
    let (first, others) = entries.split_first()?;
    let outnumbers = |one: &Entry, other: &Entry| one.place.population >= MARGIN * other.place.population.max(1);
    if others.iter().all(|other| outnumbers(first, other)) {
        // `Sredec` is an old name of Sofia and the very name of a town: size alone may not decide.
        let outnamed = others.iter().any(|other| other.place.population >= TOWN && is_own(other)) && !is_own(first);
        return (!outnamed).then_some(*first);
    }
    let mut owners = entries.iter().filter(|entry| is_own(entry));
    if let (Some(owner), None) = (owners.next(), owners.next())
        && !outnumbers(first, owner)
    {
        return Some(*owner);
    }
    let rivals = others.iter().filter(|other| !outnumbers(first, other) && !is_quarter(&other.place));
    (is_own(first) && rivals.count() == 0).then_some(*first)
}

/// Whether a place lies inside a city many times its size.
fn is_quarter(place: &Place) -> bool {
    // A degree of latitude is 111 kilometres: only few cities need the exact distance.
    let may_be_near = |city: &Place| (city.lat - place.lat).abs() <= QUARTER_KM / 100.0;
    let near = |city: &&Place| {
        city.population >= QUARTER * place.population && may_be_near(city) && place.kilometres_to(city.lat, city.lon) <= QUARTER_KM
    };
    cities(place.country).iter().any(|city| near(&city))
}

/// The large cities of a country.
fn cities(country: &str) -> &'static [Place] {
    static CITIES: OnceLock<BTreeMap<&str, OnceLock<Vec<Place>>>> = OnceLock::new();
    let countries = CITIES.get_or_init(|| blocks().iter().map(|block| (block.country, OnceLock::new())).collect());
    let Some((&country, cities)) = countries.get_key_value(country) else { return &[] };
    cities.get_or_init(|| {
        let lines = block(country).into_iter().flat_map(Block::place_lines).filter(|line| Entry::population(line) >= CITY);
        lines.filter_map(|line| Entry::parse(country, line)).map(|entry| entry.place).collect()
    })
}

fn borders(region: &Region, place: &Place) -> bool {
    let block = block(region.country);
    let mut rows = block.iter().flat_map(|block| block.place_lines().filter_map(|line| Entry::parse(block.country, line)));
    rows.any(|row| region.holds(row.admin) && place.kilometres_to(row.place.lat, row.place.lon) <= BORDER_KM)
}
