//! Sources of one name in several archives: is that one site, or two that a merge would make one?
//!
//! A source is known by its name alone; two machines that gave one name to two sites would have their notices joined. Sources
//! that share a host, be it through a third of their name, are one site. Whoever knows better says so in the configuration,
//! under `hosts`. Refuses: to look into pages beyond the listings that a run began with.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use url::Url;

use crate::archive::{self, Archive};
use crate::config::{Config, Source, sharing_hosts};
use crate::home::Home;
use crate::pages::Pages;

use super::Error;
use super::renew::first_listings;

/// An error if a source of another archive is a different site than that of its name here, or in a third one.
pub(super) fn refuse(home: &Home, config: &Config, others: &[Pages]) -> Result<(), Error> {
    let known = match Archive::open_read_only(home) {
        Ok(known) => Some(known),
        Err(archive::Error::Missing { .. }) => None,
        Err(error) if error.is_damage() => None,
        Err(error) => return Err(error.into()),
    };
    let mut named: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for other in others {
        for (name, source) in crawled_last(other)? {
            named.entry(name).or_default().push(source);
        }
    }
    for (name, mut sources) in named {
        sources.extend(config.source(&name).cloned());
        if let Some(known) = &known {
            let listings: Vec<Url> = known.listings_of(&name)?.iter().filter_map(|url| url.parse().ok()).collect();
            sources.extend((!listings.is_empty()).then(|| Source::new(&name, listings)));
        }
        let sites = sharing_hosts(&sources);
        if let [one, other, ..] = &sites[..] {
            let host = |site: &[&Source]| site.iter().find_map(|source| source.hosts.first()).cloned().unwrap_or_default();
            return Err(Error::Namesakes { hosts: [host(one), host(other)], name });
        }
    }
    Ok(())
}

/// Each source as its newest run with a listing tells it.
fn crawled_last(pages: &Pages) -> Result<BTreeMap<String, Source>, Error> {
    let mut found = BTreeMap::new();
    for (run, info) in pages.begun_runs()?.into_iter().rev() {
        if let Entry::Vacant(place) = found.entry(info.source.clone()) {
            let listings = first_listings(pages, &run)?;
            if !listings.is_empty() {
                place.insert(Source::new(&info.source, listings));
            }
        }
    }
    Ok(found)
}
