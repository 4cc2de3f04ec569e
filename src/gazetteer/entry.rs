//! A row of the data, packed or hand-kept, with every name it has.

use super::keys::{Key, Spelling, keys_in};
use super::place::Place;
use super::{fold, pack};
use std::sync::{LazyLock, OnceLock};

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
    fn prints(&self, name: &str) -> Vec<u32> {
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

/// The rows of one country, packed and hand-kept.
pub(super) struct Land {
    block: &'static pack::Block,
    /// The hand-kept ones by the fingerprints of their keys.
    extras: Vec<(u32, &'static Entry)>,
}

static LANDS: LazyLock<Vec<Land>> = LazyLock::new(|| {
    let mut lands: Vec<Land> = pack::blocks().iter().map(|block| Land { block, extras: Vec::new() }).collect();
    for entry in extras() {
        let Some(number) = pack::number(entry.place.country) else { continue };
        lands[number].extras.extend(entry.names().flat_map(|name| entry.prints(name)).map(|print| (print, entry)));
    }
    for Land { extras, .. } in &mut lands {
        extras.sort_by_key(|(print, _)| *print);
        extras.dedup_by(|(one, entry), (other, before)| one == other && std::ptr::eq(*entry, *before));
    }
    lands
});

impl Land {
    pub fn of(country: &str) -> Option<&'static Self> {
        pack::number(country).map(|number| &LANDS[number])
    }

    /// Adds the rows that bear the key, verified name by name.
    pub fn bearers(&'static self, key: &Key, found: &mut Vec<Entry>) {
        let packed = self.block.candidates(key.print).filter_map(|line| Entry::parse(self.block.country, line));
        found.extend(packed.chain(of_print(&self.extras, key.print)).filter(|entry| entry.bears(key)));
    }
}

/// Adds the rows of all countries that bear the key.
pub(super) fn bearers_anywhere(key: &Key, found: &mut Vec<Entry>) {
    LANDS.iter().for_each(|land| land.bearers(key, found));
}

fn of_print(extras: &'static [(u32, &'static Entry)], print: u32) -> impl Iterator<Item = Entry> {
    let from = extras.partition_point(|(other, _)| *other < print);
    extras[from..].iter().take_while(move |(other, _)| *other == print).map(|(_, entry)| **entry)
}

/// All rows with this identifier: the packed one, and a hand-kept one that gives it more names.
pub(super) fn with_identifier(geonames_id: i64) -> Vec<Entry> {
    let packed = pack::block_with(geonames_id).and_then(|block| Entry::parse(block.country, block.with_identifier(geonames_id)?));
    packed.into_iter().chain(extras().iter().copied().filter(|entry| entry.place.geonames_id == geonames_id)).collect()
}
