//! Export of captures: an index of them, their records, or a package that replay tools open.

use std::collections::{BTreeSet, HashSet};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::bail;
use jiff::Timestamp;

use super::Exit;
use super::destination::Destination;
use super::output::Output;
use super::table::number;
use crate::archive::{Archive, Sight};
use crate::export::{CdxLine, DATA, EntryPage, Package, write_cdxj, write_wacz};
use crate::pages::{Member, Pages};
use crate::record::{PageRef, Record};

/// Which captures.
pub struct Selection {
    title: String,
    /// Of these addresses alone; `None`: all.
    addresses: Option<BTreeSet<String>>,
    /// Pages that a reader may begin with.
    entries: Vec<EntryPage>,
}

impl Selection {
    /// All captures, or those of the records that are taken in, with their listings and documents.
    pub fn of(query: Option<&str>) -> Self {
        let addresses = query.map(|_| BTreeSet::new());
        Self { title: query.unwrap_or("twindex").to_owned(), addresses, entries: Vec::new() }
    }

    pub fn take(&mut self, record: &Record) {
        self.entries.push(EntryPage { url: record.url.clone(), title: record.title.clone(), at: record.first_seen });
        if let Some(wanted) = &mut self.addresses {
            wanted.extend(addresses(record).map(str::to_owned));
        }
    }
}

/// `--format cdxj`.
pub fn cdxj(archive: &Archive, pages: &Pages, selection: &Selection, output: Option<&Path>, out: &mut Output) -> anyhow::Result<Exit> {
    let mut lines = Vec::new();
    for place in places(archive, pages, selection)? {
        let member = pages.member(&place)?;
        lines.push(line(&member, &place.warc, place.offset));
    }
    let count = write_to(output, out, |to| Ok(write_cdxj(&lines, to)?))?;
    out.say(format_args!("{} written; their files lie in pages/.", number(count, "capture", "captures")));
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

/// `--format warc`.
pub fn warc(archive: &Archive, pages: &Pages, selection: &Selection, output: Option<&Path>, out: &mut Output) -> anyhow::Result<Exit> {
    let places = places(archive, pages, selection)?;
    let count = write_to(output, out, |to| Ok(data(pages, &places, to)?.len() as u64))?;
    out.say(format_args!("{} written.", number(count, "capture", "captures")));
    Ok(if count == 0 { Exit::Nothing } else { Exit::Done })
}

fn write_to(output: Option<&Path>, out: &mut Output, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<u64>) -> anyhow::Result<u64> {
    match output.map_or(Ok(Destination::Stdout), Destination::of)? {
        Destination::Stdout => write(out.raw()),
        Destination::Stream(path) => write(&mut BufWriter::new(std::fs::File::options().write(true).open(path)?)),
        Destination::File(file) => file.write(|file| write(file)),
    }
}

/// `--format wacz`.
pub fn wacz(archive: &Archive, pages: &Pages, selection: &Selection, output: Option<&Path>, out: &mut Output) -> anyhow::Result<Exit> {
    let Some(Destination::File(file)) = output.map(Destination::of).transpose()? else {
        bail!("--format wacz needs a file: pass -o FILE.wacz");
    };
    let places = places(archive, pages, selection)?;
    if places.is_empty() {
        out.say(format_args!("There is no capture of that."));
        return Ok(Exit::Nothing);
    }
    let package = Package { title: &selection.title, created: Timestamp::now(), pages: &selection.entries };
    let count = places.len() as u64;
    file.write(|file| Ok(write_wacz(&package, |out| data(pages, &places, out), file)?))?;
    out.say(format_args!("{} packed.", number(count, "capture", "captures")));
    Ok(Exit::Done)
}

/// Records copied one after another, and the lines that find them.
fn data(pages: &Pages, places: &BTreeSet<PageRef>, mut out: &mut dyn Write) -> std::io::Result<Vec<CdxLine>> {
    let (mut lines, mut offset) = (Vec::new(), 0);
    for place in places {
        let member = pages.member(place).map_err(std::io::Error::other)?;
        pages.copy_member(place, member.length, &mut out)?;
        lines.push(line(&member, DATA, offset));
        offset += member.length;
    }
    Ok(lines)
}

/// Where the captures lie, with those that revisits refer to.
fn places(archive: &Archive, pages: &Pages, selection: &Selection) -> anyhow::Result<BTreeSet<PageRef>> {
    let mut places = BTreeSet::new();
    archive.all_sights(|Sight { url, page, .. }| {
        if selection.addresses.as_ref().is_none_or(|wanted| wanted.contains(&url)) {
            places.insert(page);
        }
    })?;
    for place in places.clone() {
        places.extend(pages.member(&place)?.refers_to);
    }
    // A place that a visit and a revisit name differs in the digest alone.
    let mut met = HashSet::new();
    places.retain(|place| met.insert((place.warc.clone(), place.offset)));
    Ok(places)
}

fn addresses(record: &Record) -> impl Iterator<Item = &str> {
    let documents = record.attachments.iter().map(|document| document.url.as_str());
    [record.url.as_str(), record.listing.as_str()].into_iter().chain(record.aliases.iter().map(String::as_str)).chain(documents)
}

fn line(member: &Member, file: &str, offset: u64) -> CdxLine {
    CdxLine {
        url: member.url.to_string(),
        at: member.at,
        mime: member.mime.clone().unwrap_or_else(|| "warc/revisit".to_owned()),
        status: member.status,
        digest: member.digest.clone(),
        file: file.to_owned(),
        offset,
        length: member.length,
    }
}
