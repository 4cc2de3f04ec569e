//! `GeoJSON` (RFC 7946): a feature for each linked place of each record, longitude first.

use std::io::Write;

use serde_json::json;

use crate::record::Record;

use super::{Error, Metadata};

pub(super) fn write<E: std::error::Error>(
    records: impl Iterator<Item = Result<Record, E>>,
    metadata: &Metadata,
    out: &mut impl Write,
) -> Result<u64, Error<E>> {
    write!(out, "{{\"type\":\"FeatureCollection\",\"metadata\":{},\"features\":[", metadata.json())?;
    let (mut count, mut separator) = (0, "\n");
    for record in records {
        let record = record.map_err(Error::Read)?;
        for place in &record.facts.places {
            let (Some(lat), Some(lon)) = (place.lat, place.lon) else { continue };
            let feature = json!({
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {
                    "id": record.id, "published": record.published, "title": record.title, "kind": record.facts.kind,
                    "place": place.name, "as_written": place.as_written, "role": place.role, "country": place.country,
                    "geonames_id": place.geonames_id, "population": record.facts.population.map(|p| p.value),
                    "themes": record.facts.themes, "url": record.url,
                },
            });
            write!(out, "{separator}{feature}")?;
            separator = ",\n";
        }
        count += 1;
    }
    out.write_all(b"\n]}\n")?;
    Ok(count)
}
