//! A place on the map, and all its names.

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

/// The place with this identifier.
pub fn place(_geonames_id: i64) -> Option<Place> {
    None
}

/// Its names for a search index: own, Czech, local script, transliterations; at most 30, own first.
pub fn names(_geonames_id: i64) -> Vec<String> {
    Vec::new()
}
