//! `GeoJSON` (RFC 7946): a feature for each seeking place of each record, longitude first.
//!
//! A seeker that is linked to no place on the map, and a record without seekers, is a feature whose geometry is `null`
//! (§3.2), so that every record is in the file; how many stand on the map is counted.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Counts, Exported, Metadata, RecordWriter};
use crate::record::{Place, PlaceRole, Record};

pub(super) struct Geojson<'a> {
    metadata: &'a Metadata,
    out: &'a mut dyn Write,
    records: u64,
    placed: u64,
    features: u64,
}

impl<'a> Geojson<'a> {
    pub fn new(metadata: &'a Metadata, out: &'a mut dyn Write) -> Self {
        Self { metadata, out, records: 0, placed: 0, features: 0 }
    }

    fn feature(&mut self, record: &Record, place: Option<&Place>) -> io::Result<()> {
        let separator = if self.features == 0 { "\n" } else { ",\n" };
        self.features += 1;
        let feature = json!({"type": "Feature", "geometry": place.and_then(point), "properties": properties(record, place)});
        self.out.write_all(separator.as_bytes())?;
        Ok(serde_json::to_writer(&mut *self.out, &feature)?)
    }
}

impl RecordWriter for Geojson<'_> {
    fn begin(&mut self) -> io::Result<()> {
        write!(self.out, "{{\"type\":\"FeatureCollection\",\"metadata\":{},\"features\":[", self.metadata.json())
    }

    fn record(&mut self, exported: &Exported) -> io::Result<()> {
        let record = &exported.record;
        let seekers: Vec<&Place> = record.facts.places.iter().filter(|place| place.role == PlaceRole::Seeker).collect();
        if seekers.is_empty() {
            self.feature(record, None)?;
        }
        for place in &seekers {
            self.feature(record, Some(place))?;
        }
        self.records += 1;
        self.placed += u64::from(seekers.iter().any(|place| point(place).is_some()));
        Ok(())
    }

    fn end(&mut self) -> io::Result<Counts> {
        self.out.write_all(b"\n]}\n")?;
        Ok(Counts { placed: Some(self.placed), ..Counts::of(self.records) })
    }
}

fn point(place: &Place) -> Option<Value> {
    Some(json!({"type": "Point", "coordinates": [place.lon?, place.lat?]}))
}

fn properties(record: &Record, place: Option<&Place>) -> Value {
    let facts = &record.facts;
    json!({
        "id": record.id, "published": record.published, "title": record.title, "kind": facts.kind,
        "place": place.map(|place| &place.name), "place_cs": place.and_then(|place| place.name_cs.as_ref()),
        "as_written": place.map(|place| &place.as_written), "country": place.and_then(|place| place.country.as_ref()),
        "geonames_id": place.and_then(|place| place.geonames_id), "countries": facts.countries,
        "population": facts.population.map(|population| population.value), "themes": facts.themes, "version": record.version,
        "gone_since": record.gone_since, "url": record.url,
    })
}
