//! The seeking places of a question's records, counted from a fast column: what a map and a list of places show.
//!
//! A seeker is one term: identifier, country, degrees north and east, name. Terms of one place differ where the gazetteer
//! gives none of these. Counted are the records that the question counts, a record once for each of its seekers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::{Level, Options};
use super::ask::QueryError;
use super::index::Index;
use super::levels;
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

/// A seeker with the records that it has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeekerCount {
    #[serde(flatten)]
    pub seeker: Seeker,
    pub records: u64,
    /// Years of publication, first and last.
    pub years: Option<(u16, u16)>,
}

/// The place as a term.
pub(super) fn term(place: &Place) -> String {
    let written = |value: Option<String>| value.unwrap_or_default();
    let figure = |value: Option<f64>| written(value.map(|value| value.to_string()));
    let name = place.name_cs.as_ref().unwrap_or(&place.name).replace(char::is_control, " ");
    [written(place.geonames_id.map(|id| id.to_string())), written(place.country.clone()), figure(place.lat), figure(place.lon), name]
        .join(PART.encode_utf8(&mut [0; 4]))
}

fn read(term: &str) -> Option<Seeker> {
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

impl Index {
    /// The seekers of the records that a question counts; most frequent first, equals by name.
    pub fn seekers(&self, asked: &str, options: &Options) -> Result<Vec<SeekerCount>, QueryError> {
        let met = levels::collect(self.searcher(), &self.plan(asked, options)?.plan, options.count)?;
        let mut counts: BTreeMap<String, (u64, Option<(u16, u16)>)> = BTreeMap::new();
        for (ordinal, segment) in (0..).zip(self.searcher().segment_readers()) {
            let Some(seekers) = segment.fast_fields().str("seeker")? else { continue };
            let published = segment.fast_fields().u64("published")?;
            let mut of_segment = vec![(0_u64, None::<(u16, u16)>); seekers.num_terms()];
            for hit in met.iter().filter(|hit| hit.level == Level::Full && hit.doc.segment_ord == ordinal) {
                let year = published.first(hit.doc.doc_id).map(|day| (day / 10_000) as u16);
                for term in seekers.term_ords(hit.doc.doc_id) {
                    let (count, years) = &mut of_segment[term as usize];
                    *count += 1;
                    *years = span(*years, year.map(|year| (year, year)));
                }
            }
            for (ordinal, (count, years)) in (0..).zip(of_segment).filter(|(_, (count, _))| *count > 0) {
                let mut term = String::new();
                seekers.ord_to_str(ordinal, &mut term).map_err(tantivy::TantivyError::from)?;
                let all = counts.entry(term).or_default();
                *all = (all.0 + count, span(all.1, years));
            }
        }
        let mut found: Vec<SeekerCount> =
            counts.into_iter().filter_map(|(term, (records, years))| Some(SeekerCount { seeker: read(&term)?, records, years })).collect();
        found.sort_by(|a, b| b.records.cmp(&a.records).then_with(|| a.seeker.name.cmp(&b.seeker.name)));
        Ok(found)
    }
}

/// The span that holds both.
fn span(one: Option<(u16, u16)>, other: Option<(u16, u16)>) -> Option<(u16, u16)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
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
