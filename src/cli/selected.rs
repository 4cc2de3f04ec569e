//! Which notice a person means, by identifier or address, and which version of it.
//!
//! Refuses: to choose among several; it lists them.

use anyhow::bail;
use jiff::Timestamp;
use url::Url;

use super::output::Output;
use super::show::stamp;
use super::{moment, table};
use crate::archive::{Archive, Found};
use crate::extract::text::fold;
use crate::harvest;
use crate::record::{Record, RecordId};

/// Which version; the newest, if nothing is said.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Selected {
    /// As it was in this version, from 1; `twindex history ID` lists them
    #[arg(long, value_name = "N", conflicts_with = "at")]
    version: Option<u32>,
    /// As the site had it at the end of that day (UTC), or at a moment: 2024, 2024-05, 2024-05-31 or 2024-05-31T10:00:00Z
    #[arg(long, value_name = "DATE", value_parser = moment::moment)]
    at: Option<Timestamp>,
}

/// The notice that a person means, in the version that was asked for; what there is not is said.
pub fn select(archive: &Archive, words: &str, which: Selected, out: &mut Output) -> anyhow::Result<Option<Record>> {
    match find(archive, words, out)? {
        Some(record) => of_version(record, which, archive, out),
        None => Ok(None),
    }
}

/// The notice that a person means; none is said, several are an error that lists them.
pub fn find(archive: &Archive, words: &str, out: &mut Output) -> anyhow::Result<Option<Record>> {
    if let Some(address) = Url::parse(words.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https")) {
        return one(archive.find_address(&address)?, words, out);
    }
    // Identifiers are folded: "Žďár nad Sázavou" is looked for as it would stand in one.
    let found = match archive.find(words.trim())? {
        Found::None => archive.find(&fold(words).split_whitespace().collect::<Vec<_>>().join("-"))?,
        found => found,
    };
    one(found, words, out)
}

fn one(found: Found, words: &str, out: &mut Output) -> anyhow::Result<Option<Record>> {
    match found {
        Found::One(record) => Ok(Some(*record)),
        Found::Many(ids) => {
            let mut list: Vec<&str> = ids.iter().take(10).map(|id| id.0.as_str()).collect();
            if ids.len() > list.len() {
                list.push("…");
            }
            bail!("{} notices match {words:?}; give more of the identifier:\n  {}", ids.len(), list.join("\n  "));
        }
        Found::None => {
            out.say(format_args!("No notice has the identifier or address {words:?}; `twindex search` prints identifiers."));
            Ok(None)
        }
    }
}

/// The version that was asked for; if there was none, what there was is said.
fn of_version(record: Record, which: Selected, archive: &Archive, out: &mut Output) -> anyhow::Result<Option<Record>> {
    let id = &record.id;
    let number = match (which.version, which.at) {
        (None, None) => return Ok(Some(record)),
        (Some(number), _) => {
            if number == 0 || number > record.version {
                bail!(
                    "{id} has {} from 1 to {}; `twindex history` lists them",
                    table::number(record.version.into(), "version", "versions"),
                    record.version
                );
            }
            number
        }
        (None, Some(at)) => {
            let Some(stand) = archive.stood(id, at)? else {
                say_absent(id, at, archive, out)?;
                return Ok(None);
            };
            stand.version
        }
    };
    Ok(archive.version(id, number)?.map(harvest::with_facts))
}

/// What there was before and after a time at which there was nothing.
fn say_absent(id: &RecordId, at: Timestamp, archive: &Archive, out: &mut Output) -> anyhow::Result<()> {
    let stands = archive.stands(id)?;
    let next = stands.iter().find(|stand| stand.since > at).map(|stand| format!("; it was there from {}", stamp(stand.since)));
    let last = stands.iter().rev().find_map(|stand| stand.until.filter(|until| *until <= at));
    let last = last.map(|until| format!("; it was gone since {}", stamp(until)));
    out.say(format_args!("The site had no {id} on {}{}{}.", stamp(at), last.unwrap_or_default(), next.unwrap_or_default()));
    Ok(())
}
