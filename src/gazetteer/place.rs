//! A place on the map.

/// A populated place of GeoNames, or a row of the hand-kept table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// GeoNames' identifier; negative for a hand-kept row whose GeoNames identifier is not verified.
    pub geonames_id: i64,
    /// GeoNames' own name, in the local Latin spelling.
    pub name: &'static str,
    /// Czech label (Kyjev, Řezno), where GeoNames has one.
    pub name_cs: Option<&'static str>,
    /// ISO 3166-1 alpha-2 code (`XK` for Kosovo).
    pub country: &'static str,
    /// GeoNames code of the first-order division, without the country.
    pub admin1: &'static str,
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
}

impl Place {
    /// Great-circle distance in kilometres (haversine, mean radius of the Earth).
    pub fn kilometres_to(&self, lat: f64, lon: f64) -> f64 {
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let chord = half(lat - self.lat) + self.lat.to_radians().cos() * lat.to_radians().cos() * half(lon - self.lon);
        2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
    }
}
