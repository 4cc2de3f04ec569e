//! A seeker as a term of the index: identifier, country, degrees north and east, name. Terms of one place differ where the
//! gazetteer gives none of these.

use serde::Serialize;

use crate::record::Place;

/// Between the parts of a term (unit separator): no name has it.
const PART: char = '\u{1f}';

/// A place that seeks, as the gazetteer has it, or as it is written where it has none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seeker {
    pub geonames_id: Option<i64>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// In Czech where there is such a name, else the local one.
    pub name: String,
}

/// The place as a term.
pub(super) fn term(place: &Place) -> String {
    let written = |value: Option<String>| value.unwrap_or_default();
    let figure = |value: Option<f64>| written(value.map(|value| value.to_string()));
    let name = place.name_cs.as_ref().unwrap_or(&place.name).replace(char::is_control, " ");
    [written(place.geonames_id.map(|id| id.to_string())), written(place.country.clone()), figure(place.lat), figure(place.lon), name]
        .join(PART.encode_utf8(&mut [0; 4]))
}

pub(super) fn read(term: &str) -> Option<Seeker> {
    let parts: Vec<&str> = term.split(PART).collect();
    let [id, country, lat, lon, name] = parts[..] else { return None };
    Some(Seeker {
        geonames_id: id.parse().ok(),
        country: (!country.is_empty()).then(|| country.to_owned()),
        lat: lat.parse().ok(),
        lon: lon.parse().ok(),
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::PlaceRole;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = Place {
            as_written: "Kyjevem".to_owned(),
            name: "Kyiv".to_owned(),
            name_cs: Some("Kyjev".to_owned()),
            name_local: None,
            country: Some("UA".to_owned()),
            role: PlaceRole::Seeker,
            geonames_id: Some(703_448),
            lat: Some(50.45466),
            lon: Some(30.5238),
        };
        let seeker = read(&term(&place)).expect("a term of ours");
        assert_eq!((seeker.geonames_id, seeker.name.as_str(), seeker.lat, seeker.lon), (Some(703_448), "Kyjev", place.lat, place.lon));
        let bare = Place { name: "Nik\u{1f}de".to_owned(), name_cs: None, country: None, geonames_id: None, lat: None, lon: None, ..place };
        assert_eq!(read(&term(&bare)).map(|seeker| seeker.name), Some("Nik de".to_owned()));
        assert_eq!(read("abc"), None);
    }
}
