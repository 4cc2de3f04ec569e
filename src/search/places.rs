//! Where a record lies on the map.
//!
//! Every seeker's coordinates are a term of the index; who asks for a distance gets the terms within it, so that a question
//! costs as much as there are distinct places.

use super::{names, regions};

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
}
