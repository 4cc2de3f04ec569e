//! The guards that turn a doubtful candidate into no link: region, parent city, and size.
//!
//! Wrong links come from places the data lacks, whose namesakes then answer; so a region that the
//! notice names must hold the place, a district must lie by its city, and among namesakes one must
//! be three times the next. The tolerances are for coarse borders and were measured.

use super::entry::Entry;
use super::pack::block;
use super::place::Place;
use super::region::{Region, region};
use std::collections::BTreeSet;

/// A place outside a named region passes if the region has a place of its own this near.
const BORDER_KM: f64 = 30.0;
/// Distance between a district and its city.
const DISTRICT_KM: f64 = 50.0;
/// How many times the largest namesake must outnumber the second.
const MARGIN: u32 = 3;

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

    pub fn weigh(&self, mut entries: Vec<Entry>) -> Verdict {
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
            [first, second, ..] if first.place.population < MARGIN * second.place.population.max(1) => Verdict::Several(places(&entries)),
            [first, ..] => Verdict::One(*first),
        }
    }
}

fn borders(region: &Region, place: &Place) -> bool {
    let block = block(region.country);
    let mut rows = block.iter().flat_map(|block| block.place_lines().filter_map(|line| Entry::parse(block.country, line)));
    rows.any(|row| region.holds(row.admin) && place.kilometres_to(row.place.lat, row.place.lon) <= BORDER_KM)
}
