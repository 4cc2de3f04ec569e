//! The rows of each country under the fingerprints of their keys, packed and hand-kept, and those of all countries.
//!
//! Refuses any opinion on spelling: it is handed keys.

use std::sync::LazyLock;

use super::entry::{Entry, extras};
use super::keys::Key;
use super::pack;

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
        for line in self.block.candidates(key.print) {
            found.extend(Entry::parse(self.block.country, line).filter(|entry| entry.bears(key)));
        }
        let from = self.extras.partition_point(|(print, _)| *print < key.print);
        for (_, entry) in self.extras[from..].iter().take_while(|(print, _)| *print == key.print) {
            found.extend(Some(**entry).filter(|entry| entry.bears(key)));
        }
    }
}

/// Countries with few fingerprints, all cut into as many runs: one set of bits tells which they have between them.
struct Group {
    lands: Vec<&'static Land>,
    places: Vec<u64>,
}

/// The small countries by the logarithm of their runs, then all others: of a name that is nowhere, only the large ones are asked.
static GROUPS: LazyLock<[Group; SMALL + 1]> = LazyLock::new(|| {
    let bits = |runs: usize| if runs < SMALL { 1 << (runs + pack::LOW_BITS) } else { 0 };
    let mut groups = std::array::from_fn(|runs| Group { lands: Vec::new(), places: vec![0; bits(runs) / 64] });
    for land in LANDS.iter() {
        let group = &mut groups[land.block.runs_log().min(SMALL)];
        group.lands.push(land);
        let own = land.block.places_of_prints().chain(land.extras.iter().map(|(print, _)| land.block.place_of(*print)));
        if !group.places.is_empty() {
            own.for_each(|place| group.places[place / 64] |= 1 << (place % 64));
        }
    }
    groups
});

/// Logarithm of the runs from which a country is large.
const SMALL: usize = 6;

/// Adds the rows of all countries that bear the key.
pub(super) fn bearers_anywhere(key: &Key, found: &mut Vec<Entry>) {
    for Group { lands, places } in GROUPS.iter() {
        let has = |land: &&&Land| {
            let place = land.block.place_of(key.print);
            places.is_empty() || places[place / 64] & 1 << (place % 64) != 0
        };
        if lands.first().is_some_and(|land| has(&land)) {
            for land in lands {
                land.bearers(key, found);
            }
        }
    }
}
