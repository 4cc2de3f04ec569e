//! Which of the entries found are which of those known, once all listings were read.
//!
//! By address first. What has a new address may be known under an older one: date, title and slug, else date and title
//! alone, where they are unique among the found and among the known, and the known one is named nowhere else. From pairs
//! whose addresses differ in the value of one parameter alone, that parameter is learned to be volatile, unless it
//! tells entries apart.

use std::collections::BTreeMap;

use url::Url;

use crate::archive::{FoundRow, Identified};
use crate::record::RecordId;

use super::context::Context;
use super::listed::Listed;
use super::listings::Listings;
use super::{Error, identity};

/// Pairs of addresses that must agree before a parameter is believed to be volatile.
const PAIRS: usize = 2;

pub(super) fn match_known(context: &mut Context<'_>, listings: &Listings) -> Result<(), Error> {
    by_address(context)?;
    let pairs = by_key(context, listings)?;
    if learn(context, &pairs)? {
        refresh_links(context)?;
        by_address(context)?;
        by_key(context, listings)?;
    }
    Ok(())
}

/// Address and key of each entry found, and the known entry at that address.
fn by_address(context: &Context<'_>) -> Result<(), Error> {
    let archive = context.archive;
    each(context, |row| {
        let link = match &row.link {
            Some(link) if !archive.link_is_shared(link)? => Url::parse(link).ok(),
            _ => None,
        };
        let address = match (&link, Url::parse(&row.listing)) {
            (Some(link), _) => context.addresses.canonical(link),
            (None, Ok(listing)) => {
                let anchor = match &row.anchor {
                    Some(anchor) if archive.anchor_is_unique(&row.listing, anchor)? => Some(anchor.clone()),
                    _ => None,
                };
                let nth = archive.nth_from_the_end(&row.listing, &row.twin, row.seq)?;
                identity::at_listing(&listing, &anchor.unwrap_or_else(|| identity::fragment(&row.twin, nth)))
            }
            (None, Err(_)) => return Ok(()),
        };
        let key = context.addresses.key(&row.twin, link.as_ref());
        let id = known_at(context, &address)?;
        let own = link.as_ref().map(Url::as_str);
        archive.identify(row.seq, &Identified { own, address: address.as_str(), key: &key, id: id.as_ref() })?;
        Ok(())
    })
}

/// The known entry at an address, with or without its trailing slash.
pub(super) fn known_at(context: &Context<'_>, url: &Url) -> Result<Option<RecordId>, Error> {
    for address in [url, &identity::slash_twin(url)] {
        if let Some(id) = context.archive.by_url(&context.source.name, address.as_str())? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Matches what has a new address; gives the pairs of older and new address.
fn by_key(context: &Context<'_>, listings: &Listings) -> Result<Vec<(Url, Url)>, Error> {
    let (archive, source) = (context.archive, context.source.name.as_str());
    let early = listings.ended_early();
    let mut pairs = Vec::new();
    each(context, |row| {
        if row.id.is_some() {
            return Ok(());
        }
        let mut known = None;
        if archive.found_with_key(&row.listing, &row.key)? == 1 {
            known = unclaimed(context, archive.by_key(source, &row.key)?, &early)?;
        }
        // A date is needed: a title alone may come again.
        if known.is_none() && !row.twin.starts_with('|') && archive.found_with_twin(&row.listing, &row.twin)? == 1 {
            known = unclaimed(context, archive.by_twin(source, &identity::digest(&row.twin))?, &early)?;
        }
        let Some(id) = known else { return Ok(()) };
        if let (Some(standing), Some(own)) = (archive.standing(&id)?, &row.own)
            && let (Ok(before), Ok(now)) = (Url::parse(&standing.url), Url::parse(own))
        {
            pairs.push((before, context.addresses.canonical(&now)));
        }
        archive.claim(row.seq, &id)?;
        Ok(())
    })?;
    Ok(pairs)
}

/// The only candidate, if no other entry found is that one and no page that was not read names it.
fn unclaimed(context: &Context<'_>, candidates: Vec<RecordId>, early: &[&str]) -> Result<Option<RecordId>, Error> {
    match <[RecordId; 1]>::try_from(candidates) {
        Ok([id]) if !context.archive.is_named(&id, early)? => Ok(Some(id)),
        _ => Ok(None),
    }
}

/// Learns the parameters in which pairs differ; whether there was one to learn.
fn learn(context: &mut Context<'_>, pairs: &[(Url, Url)]) -> Result<bool, Error> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for (before, now) in pairs {
        for name in identity::changed_parameters(before, now) {
            *votes.entry(name).or_default() += 1;
        }
    }
    let mut learned = false;
    for (name, votes) in votes {
        // A parameter that tells entries apart is part of their address, even if all its values are new.
        if votes < PAIRS || tells_apart(context, &name)? || !context.addresses.learn(&name) {
            continue;
        }
        context.archive.transaction(|tx| tx.add_volatile_parameter(&context.source.name, &name))?;
        learned = true;
    }
    Ok(learned)
}

/// Without the parameter, entries with different addresses would have one.
fn tells_apart(context: &Context<'_>, name: &str) -> Result<bool, Error> {
    let mut distinct = (std::collections::HashSet::new(), std::collections::HashSet::new());
    each(context, |row| {
        if let Some(own) = row.own.as_deref().and_then(|own| Url::parse(own).ok()) {
            distinct.1.insert(identity::without(&own, |other| other == name));
            distinct.0.insert(own);
        }
        Ok(())
    })?;
    Ok(distinct.1.len() < distinct.0.len())
}

/// The links of the entries found, once a parameter was learned.
fn refresh_links(context: &Context<'_>) -> Result<(), Error> {
    each(context, |row| {
        let listed: Listed = serde_json::from_str(&row.entry).map_err(Error::Frontier)?;
        if let Some(link) = listed.entry().link {
            context.archive.relink(row.seq, context.addresses.address(&link).as_str())?;
        }
        Ok(())
    })
}

/// Goes through the entries found, in order.
fn each(context: &Context<'_>, mut work: impl FnMut(&FoundRow) -> Result<(), Error>) -> Result<(), Error> {
    context.archive.transaction(|_| {
        let mut seq = 0;
        while let Some(row) = context.archive.found_after(seq)? {
            seq = row.seq;
            work(&row)?;
        }
        Ok(())
    })
}
