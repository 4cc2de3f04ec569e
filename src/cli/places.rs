//! `places`: where the notices come from, and what the gazetteer lacks.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::output::{Output, clean};
use super::table::plain;
use super::{Exit, Global, moment, store};
use crate::record::{PlaceRole, Record};

/// List the places of the notices with their counts
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only places without a GeoNames id: what to add to the hand-kept file of places
    #[arg(long)]
    unlinked: bool,
    /// Also places that are wanted or only mentioned
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    as_of: moment::AsOf,
}

/// A place with the notices that name it.
struct Row {
    name: String,
    country: Option<String>,
    written: Vec<String>,
    notices: u64,
    /// The first notice, and its day.
    first: String,
    since: Option<Date>,
}

pub fn run(args: &Args, global: &Global, out: &mut Output) -> anyhow::Result<Exit> {
    let archive = store::archive(&store::home(global)?)?;
    let mut rows: BTreeMap<(Option<i64>, String), Row> = BTreeMap::new();
    for record in moment::records(&archive, args.as_of.moment())? {
        add(&record?, args, &mut rows);
    }
    let mut rows: Vec<((Option<i64>, String), Row)> = rows.into_iter().collect();
    rows.sort_by(|(_, a), (_, b)| b.notices.cmp(&a.notices).then_with(|| a.name.cmp(&b.name)));
    if out.json {
        for ((id, _), row) in &rows {
            out.json(&serde_json::json!({
                "name": row.name, "country": row.country, "geonames_id": id, "as_written": row.written, "notices": row.notices, "first": row.first,
            }))?;
        }
    } else {
        let mut table = plain(&["place", "country", "GeoNames", "notices", "since", "written"]);
        for ((id, _), row) in &rows {
            let id = id.map_or_else(|| "-".to_owned(), |id| id.to_string());
            let country = row.country.clone().unwrap_or_default();
            let since = row.since.map_or_else(|| "undated".to_owned(), |day| day.to_string());
            table.add_row([clean(&row.name), country, id, row.notices.to_string(), since, clean(&row.written.join(", "))]);
        }
        if !rows.is_empty() {
            out.line(format_args!("{table}"))?;
        }
    }
    if rows.is_empty() {
        out.say(format_args!("No notice names such a place."));
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

fn add(record: &Record, args: &Args, rows: &mut BTreeMap<(Option<i64>, String), Row>) {
    let mut listed = Vec::new();
    for place in &record.facts.places {
        let key = (place.geonames_id, if place.geonames_id.is_some() { String::new() } else { place.name.clone() });
        if (!args.all && place.role != PlaceRole::Seeker) || (args.unlinked && place.geonames_id.is_some()) || listed.contains(&key) {
            continue;
        }
        listed.push(key.clone());
        let row = rows.entry(key).or_insert_with(|| Row {
            name: place.name.clone(),
            country: place.country.clone(),
            written: Vec::new(),
            notices: 0,
            first: String::new(),
            since: None,
        });
        row.notices += 1;
        // Records come newest first.
        record.id.0.clone_into(&mut row.first);
        row.since = record.published;
        if !row.written.contains(&place.as_written) {
            row.written.push(place.as_written.clone());
        }
    }
}
