//! Which of the entries found are which of those known, once all listings were read.
//!
//! What has no page of its own and says what it said is what it was, wherever it stands; anything else is known by its address. What has a new address may be known under an older one: date, title and slug, else date and title
//! alone, where they are unique among the found and among the known, and the known one is named nowhere else. From pairs
//! whose addresses differ in the value of one parameter alone, that parameter is learned to be volatile, unless it
//! tells entries apart.

use std::collections::BTreeMap;

use url::Url;

use crate::archive::{FoundRow, Identified, Unlinked};
use crate::record::RecordId;

use super::context::Context;
use super::listed::Listed;
use super::listings::Listings;
use super::{Error, identity};

/// Pairs of addresses that must agree before a parameter is believed to be volatile.
const PAIRS: usize = 2;

pub(super) fn match_known(context: &mut Context<'_>, listings: &Listings) -> Result<(), Error> {
    by_address(context, listings)?;
    let pairs = by_key(context, listings)?;
    if learn(context, &pairs)? {
        refresh_links(context)?;
        by_address(context, listings)?;
        by_key(context, listings)?;
    }
    Ok(())
}

/// Address and key of each entry found, and the known entry that it is: by its words, where it has no page of its own and says
/// what it said, else by its address.
fn by_address(context: &Context<'_>, listings: &Listings) -> Result<(), Error> {
    let archive = context.archive;
    let anchored = by_words(context)?;
    each(context, |row| {
        if row.id.is_some() {
            return Ok(());
        }
        let link = match &row.link {
            Some(link) if !archive.link_is_shared(link)? => Url::parse(link).ok(),
            _ => None,
        };
        let (address, id) = match (&link, Url::parse(&row.listing)) {
            (Some(link), _) => {
                let address = context.addresses.canonical(link);
                let id = known_at(context, &address)?;
                (address, id)
            }
            (None, Ok(listing)) => {
                let anchors_hold = anchored.get(&row.listing).is_none_or(|held| *held);
                at_listing(context, row, &listing, anchors_hold, listings.is_unfinished(&row.listing))?
            }
            (None, Err(_)) => return Ok(()),
        };
        let key = context.addresses.key(&row.twin, link.as_ref());
        let own = link.as_ref().map(Url::as_str);
        archive.identify(row.seq, &Identified { own, address: address.as_str(), key: &key, id: id.as_ref() })?;
        Ok(())
    })
}

/// Identifies entries without a page of their own that say what they said. Gives the listings in which such entries have anchors,
/// and whether these are their addresses: an anchor that is unique on the pages that were read need not be unique on all.
fn by_words(context: &Context<'_>) -> Result<BTreeMap<String, bool>, Error> {
    let archive = context.archive;
    let mut anchored: BTreeMap<String, bool> = BTreeMap::new();
    archive.forget_identities()?;
    each(context, |row| {
        if row.link.is_some() {
            return Ok(());
        }
        let key = context.addresses.key(&row.twin, None);
        let entry = Unlinked { source: &context.source.name, listing: &row.listing, key: &key, twin: &row.twin };
        let Some(known) = archive.with_same_words(&entry, &row.mark)? else { return Ok(()) };
        archive.identify(row.seq, &Identified { own: None, address: &known.url, key: &key, id: Some(&known.id) })?;
        if let (Some(anchor), Ok(listing)) = (&row.anchor, Url::parse(&row.listing)) {
            let held = identity::at_listing(&listing, anchor).as_str() == known.url;
            *anchored.entry(row.listing.clone()).or_default() |= held;
        }
        Ok(())
    })?;
    Ok(anchored)
}

/// The address of an entry at its listing, and the known entry there that is not met elsewhere: its anchor, else a fragment that
/// tells it apart from others of that date and title.
fn at_listing(
    context: &Context<'_>,
    row: &FoundRow,
    listing: &Url,
    anchors_hold: bool,
    unfinished: bool,
) -> Result<(Url, Option<RecordId>), Error> {
    let archive = context.archive;
    let mut nth = archive.nth_from_the_end(&row.listing, &row.twin, row.seq)?;
    let mut anchor = match &row.anchor {
        Some(anchor) if anchors_hold && archive.anchor_is_unique(&row.listing, anchor)? => Some(anchor.clone()),
        _ => None,
    };
    loop {
        let fragment = anchor.take().unwrap_or_else(|| {
            nth += 1;
            identity::fragment(&row.twin, nth - 1)
        });
        let address = identity::at_listing(listing, &fragment);
        match known_at(context, &address)? {
            Some(known) if archive.is_met(&row.listing, &known, unfinished)? => {}
            id => return Ok((address, id)),
        }
    }
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
