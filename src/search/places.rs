//! Where a record lies: near a place, or in a region of a country.
//!
//! Every seeker's coordinates are a term of the index; who asks for a distance gets the terms within it, so that a question
//! costs as much as there are distinct places. Divisions are codes of GeoNames (`CZ.78`), each with those above it.

use super::names;

/// A point on the map, in hundred-thousandths of a degree (WGS 84): about a metre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    lat: i32,
    lon: i32,
}

const SCALE: f64 = 100_000.0;

impl Spot {
    pub fn of(lat: f64, lon: f64) -> Self {
        Self { lat: (lat * SCALE).round() as i32, lon: (lon * SCALE).round() as i32 }
    }

    /// As a term of the index.
    pub fn text(self) -> String {
        format!("{},{}", self.lat, self.lon)
    }

    /// Of a term of the index.
    pub fn read(text: &str) -> Option<Self> {
        let (lat, lon) = text.split_once(',')?;
        Some(Self { lat: lat.parse().ok()?, lon: lon.parse().ok()? })
    }

    /// Great-circle distance in kilometres (haversine, mean radius of the Earth).
    pub fn kilometres_to(self, other: Self) -> f64 {
        let radians = |value: i32| (f64::from(value) / SCALE).to_radians();
        let half = |from: i32, to: i32| (radians(to - from) / 2.0).sin().powi(2);
        let chord = half(self.lat, other.lat) + radians(self.lat).cos() * radians(other.lat).cos() * half(self.lon, other.lon);
        2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
    }
}

/// The place that a person means by this name, or by `49.2,16.6`: in the Czech lands first, then anywhere; of several the largest.
pub fn spot(name: &str) -> Option<Spot> {
    let figures: Vec<f64> = name.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    if let [lat, lon] = figures[..] {
        return (lat.abs() <= 90.0 && lon.abs() <= 180.0).then(|| Spot::of(lat, lon));
    }
    let place = regions::COUNTRIES.iter().map(|country| Some(*country)).chain([None]).find_map(|country| names::linked(name, country))?;
    Some(Spot::of(place.lat, place.lon))
}

pub mod regions {
    //! Regions inside countries.

    use crate::gazetteer;

    /// Where a name of a region or place is looked for, in this order: the neighbours, then the rest of Europe.
    pub const COUNTRIES: &[&str] = &[
        "CZ", "SK", "PL", "DE", "AT", "HU", "UA", "SI", "HR", "IT", "FR", "RO", "BG", "RS", "BA", "ME", "MK", "AL", "XK", "GR", "MD", "BY",
        "RU", "LT", "LV", "EE", "FI", "SE", "NO", "DK", "NL", "BE", "LU", "CH", "ES", "PT", "GB", "IE", "TR", "GE", "AM", "AZ", "IL", "PS",
    ];

    /// The code of the division that a person means by this name, with GeoNames' own name of it.
    pub fn named(name: &str) -> Option<(String, &'static str)> {
        let written = capitalised(name);
        let found = |name: &str| COUNTRIES.iter().find_map(|country| gazetteer::region(name, country));
        let region = found(name).or_else(|| found(&written))?;
        Some((region.code.to_owned(), region.name))
    }

    /// The code with those of the divisions that hold it: `FR.84.63`, `FR.84`.
    pub fn above(code: &str) -> Vec<String> {
        let ends = code.match_indices('.').map(|(at, _)| at).skip(1).chain([code.len()]);
        ends.map(|end| code[..end].to_owned()).collect()
    }

    pub fn capitalised(name: &str) -> String {
        let mut letters = name.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_its_distance_are_known() {
        let (brno, vienna) = (spot("Brno").unwrap(), spot("Vídeň").unwrap());
        let distance = brno.kilometres_to(vienna);
        assert!((100.0..130.0).contains(&distance), "{distance}");
        assert_eq!(Spot::read(&brno.text()), Some(brno));
        assert!(spot("49.2, 16.6").unwrap().kilometres_to(brno) < 5.0);
        assert_eq!(spot("Nikdeves"), None);
        assert_eq!(spot("91,0"), None);
    }

    #[test]
    fn regions_are_named_in_czech() {
        for (name, code) in [("Bavorsko", "DE.02"), ("Jihomoravský kraj", "CZ.78"), ("Prešovský kraj", "SK.05"), ("toskánsko", "IT.16")]
        {
            assert_eq!(regions::named(name).map(|(code, _)| code).as_deref(), Some(code), "{name}");
        }
        assert_eq!(regions::named("Nikdesko"), None);
        assert_eq!(regions::above("FR.84.63"), ["FR.84", "FR.84.63"]);
        assert_eq!(regions::above("CZ.78"), ["CZ.78"]);
    }
}
