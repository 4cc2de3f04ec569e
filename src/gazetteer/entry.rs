//! A row of the data, packed or hand-kept, with every name it has.

use super::keys::{Key, Spelling, keys_in};
use super::place::Place;
use super::{fold, pack};
use std::sync::OnceLock;

/// One row as it lies in the data; the hand-kept rows have more columns.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub place: Place,
    /// First-order code, or first- and second-order codes parted by a dot.
    pub admin: &'static str,
    /// Other names, parted by commas.
    alternates: &'static str,
    pub is_extra: bool,
    /// Hand-kept districts only: the city without whose mention the short names do not count.
    pub parent: Option<i64>,
}

impl Entry {
    pub fn parse(country: &'static str, line: &'static str) -> Option<Entry> {
        let mut cells = line.split('\t');
        let mut cell = || cells.next();
        let (id, name, czech, admin) = (cell()?, cell()?, cell()?, cell()?);
        let (lat, lon, population, alternates) = (cell()?, cell()?, cell()?, cell()?);
        let place = Place {
            geonames_id: id.parse().ok()?,
            name,
            name_cs: Some(czech).filter(|czech| !czech.is_empty()),
            country,
            admin1: admin.split('.').next().unwrap_or(admin),
            lat: lat.parse().ok()?,
            lon: lon.parse().ok()?,
            population: population.parse().ok()?,
        };
        Some(Entry { place, admin, alternates, is_extra: false, parent: None })
    }

    /// The inhabitants that a line tells, read alone: most lines are of small places.
    pub fn population(line: &str) -> u32 {
        line.rsplit('\t').nth(1).and_then(|cell| cell.parse().ok()).unwrap_or_default()
    }

    fn parse_extra(line: &'static str) -> Option<Entry> {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [id, name, alternates, country, admin, lat, lon, population, parent, _source] = cells[..] else { return None };
        let place = Place {
            geonames_id: id.parse().ok()?,
            name,
            name_cs: None,
            country,
            admin1: admin.split('.').next().unwrap_or(admin),
            lat: lat.parse().ok()?,
            lon: lon.parse().ok()?,
            population: population.parse().ok()?,
        };
        Some(Entry { place, admin, alternates, is_extra: true, parent: parent.parse().ok() })
    }

    /// Own name, Czech label, alternates.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let alternates = self.alternates.split(',').filter(|name| !name.is_empty());
        std::iter::once(self.place.name).chain(self.place.name_cs).chain(alternates)
    }

    pub fn bears(&self, key: &Key) -> bool {
        self.names().any(|name| match key.spelling {
            Spelling::Folded => fold::folds_to(name, &key.text),
            _ => keys_in(name, self.place.country, key.spelling).iter().any(|own| *own == key.text),
        })
    }

    /// The fingerprints of a name's keys.
    pub fn prints(&self, name: &str) -> Vec<u32> {
        let spellings = [Spelling::Folded, Spelling::Sound, Spelling::Stem];
        let keys = |spelling| {
            // A folded name is compared as it is.
            let keys = if spelling == Spelling::Folded { vec![fold::fold(name)] } else { keys_in(name, self.place.country, spelling) };
            keys.into_iter().map(move |key| Key::of(spelling, key).print)
        };
        spellings.into_iter().flat_map(keys).collect()
    }

    /// A hand-kept district answers to a short name only beside its city.
    pub fn answers_to(&self, name: &str, parent: Option<i64>) -> bool {
        self.parent.is_none() || self.parent == parent || fold::fold(name) == fold::fold(self.place.name)
    }
}

/// The hand-kept rows: places that GeoNames lacks or calls otherwise.
pub(super) fn extras() -> &'static [Entry] {
    static EXTRAS: OnceLock<Vec<Entry>> = OnceLock::new();
    EXTRAS.get_or_init(|| include_str!("data/places-extra.tsv").lines().skip(1).filter_map(Entry::parse_extra).collect())
}

/// All rows with this identifier: the packed one, and a hand-kept one that gives it more names.
pub(super) fn with_identifier(geonames_id: i64) -> Vec<Entry> {
    rows(pack::block_with(geonames_id), geonames_id)
}

/// All rows of a place.
pub(super) fn of_place(place: &Place) -> Vec<Entry> {
    rows(pack::block(place.country), place.geonames_id)
}

fn rows(block: Option<&'static pack::Block>, geonames_id: i64) -> Vec<Entry> {
    let packed = block.and_then(|block| Entry::parse(block.country, block.with_identifier(geonames_id)?));
    packed.into_iter().chain(extras().iter().copied().filter(|entry| entry.place.geonames_id == geonames_id)).collect()
}
