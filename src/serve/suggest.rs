//! What a reader may be about to type: places, countries, themes, titles; in the form of `OpenSearch` suggestions.
//!
//! Refuses: fewer than two letters, and anything that a reader typed before: nothing is kept.

use serde_json::json;

use super::Error;
use super::context::Context;
use super::reply::Reply;
use crate::lang::fold;
use crate::search::{Options, Snippet};

/// Suggestions of each kind.
const PLACES: usize = 5;
const TITLES: usize = 4;
/// Letters that are too few to suggest anything.
const SHORTEST: usize = 2;

pub fn reply(context: &Context<'_>, typed: &str) -> Result<Reply, Error> {
    let typed: String = typed.trim().chars().take(100).collect();
    let folded = fold::fold(&typed);
    let (mut values, mut notes, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
    if folded.chars().count() >= SHORTEST {
        let snapshot = context.library.newest();
        // "karlovci" begins a word of "Sremski Karlovci", "sremski kar" the whole.
        let begins = |name: &str| {
            let name = fold::fold(name);
            name.starts_with(&folded) || name.split([' ', '-']).any(|word| word.starts_with(&folded))
        };
        for found in snapshot.places.iter().filter(|found| begins(&found.seeker.name)).take(PLACES) {
            let address = found.seeker.geonames_id.map(|id| context.href(&format!("/place/{id}"))).unwrap_or_default();
            values.push(found.seeker.name.clone());
            notes.push(format!("{}, {}", context.words().place, context.locale.notices(found.records)));
            addresses.push(address);
        }
        // The last word may not be finished.
        let query = format!("{}*", typed.replace(['*', '"', '(', ')', ':'], " ").trim());
        let found = snapshot.index.search(&query, &Options { limit: TITLES, facets: false, ..Options::default() })?;
        for hit in found.hits.into_iter().filter(|hit| hit.snippets.iter().any(|Snippet { field, .. }| *field == "title")) {
            addresses.push(context.href(&super::record::href(&hit.record)));
            notes.push(hit.record.published.map(|day| context.locale.day(day)).unwrap_or_default());
            values.push(hit.record.title);
        }
    }
    Ok(Reply::new("application/x-suggestions+json", json!([typed, values, notes, addresses]).to_string()))
}
