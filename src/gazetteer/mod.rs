//! The gazetteer: which country a text names, and which place on the map a written name is.
//!
//! Country first: a name is looked up inside one country, through four ever looser spellings, and
//! every looser step is checked against the real names, so a missing place stays unlinked instead
//! of taking the id of a namesake. Refuses: scanning running text for places. The data lies beside
//! the code (`data/README.md`), packed by country; only the countries asked for are ever unpacked.

mod area;
mod country;
mod czech_spelling;
mod endings;
mod entry;
pub mod expansion;
mod fold;
mod guard;
pub mod keys;
mod lands;
mod link;
mod lookalike;
mod mention;
mod misspelled;
mod name;
mod naming;
mod pack;
mod place;
mod query;
mod region;
mod sound;
#[cfg(test)]
mod stress;
mod terms;
mod world;

pub use area::is_czech_area;
pub use country::{Country, country};
pub use endings::base_forms;
pub use link::{link, nominative};
pub use mention::{CountryMention, countries_in, country_of_term};
pub use naming::{division, local_name, names, names_of, place};
pub use place::Place;
pub use query::{Answer, How, Query};
pub use region::{Region, region, region_of};
pub use terms::Form;
pub use world::known_city;

/// Sums of the built-in data: what was made from other data is stale.
pub const DATA_SUMS: &str = include_str!("data/SHA1SUMS");

/// What must be said wherever the data or anything made of it is shown or exported.
pub const ATTRIBUTION: &str = "Place data: GeoNames (geonames.org), CC BY 4.0; filtered, abridged and indexed by twindex. \
Czech place labels: GeoNames via libgeonames, CC BY 4.0. Country names: Unicode CLDR 48.2, Unicode License v3.";
