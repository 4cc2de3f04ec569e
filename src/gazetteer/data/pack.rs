//! Packs `places.tsv` and `regions.tsv` (of `make_places.py`) into `places.bin`, the form that is built in.
//!
//! Layout, little-endian: `TWG5`, the number of countries (u16), for each country its code, the number of its chunks of places, the
//! length of the frame of its regions and the number of its fingerprints (u32 each), the lengths of the frames of identifiers and of
//! well-known cities (u32 each); then for each country the first identifier of each chunk and the length of its frame (u32 each), the
//! frames of chunks and regions and its index; then the two frames. A chunk is `CHUNK` places, so that a question unpacks few, as a line for each
//! column, its cells parted by tabs, and identifiers as steps from the one before. An index is the beginnings of the runs of
//! sorted fingerprints with the same high bits and the end of the last (u32; `runs_of` says how many), the next sixteen bits of each fingerprint
//! (u16), the line of each (u16). The frame of identifiers is their sorted steps (u32) and the number of each one's country (u8), that of
//! cities has a line for each name in lower case, sorted: the name, a tab, the identifier. A frame is Zstandard (RFC 8878), written by the `zstd` command, level 19; an index is not packed, so that it is read where it lies.

#![allow(clippy::print_stdout, reason = "a command for whoever renews the data")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use twindex::gazetteer::keys::{CHUNK, Spelling, fingerprint, keys_in, runs_of};

/// Columns of a place.
const NAME: usize = 1;
const CZECH: usize = 2;
const POPULATION: usize = 6;

#[derive(Default)]
struct Block {
    /// The cells of each place.
    places: Vec<Vec<String>>,
    regions: String,
    /// Fingerprint, and number of the line.
    index: BTreeSet<(u32, u16)>,
    identifiers: Vec<u32>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gazetteer-pack FOLDER OUT")?;
    let out = std::env::args().nth(2).ok_or("usage: gazetteer-pack FOLDER OUT")?;
    let mut blocks: BTreeMap<String, Block> = BTreeMap::new();
    for line in std::fs::read_to_string(Path::new(&folder).join("places.tsv"))?.lines() {
        let (country, rest) = line.split_once('\t').ok_or("a place without a country")?;
        blocks.entry(country.to_owned()).or_default().add_place(country, rest)?;
    }
    for line in std::fs::read_to_string(Path::new(&folder).join("regions.tsv"))?.lines() {
        let (country, _) = line.split_once('.').ok_or("a region without a country")?;
        if let Some(block) = blocks.get_mut(country) {
            block.regions.push_str(line);
            block.regions.push('\n');
        }
    }
    let mut head = b"TWG5".to_vec();
    head.extend(u16::try_from(blocks.len())?.to_le_bytes());
    let mut body = Vec::new();
    for (country, block) in &blocks {
        let chunks = block.places.chunks(CHUNK).map(|rows| compress(columns(rows).as_bytes())).collect::<Result<Vec<_>, _>>()?;
        let regions = compress(block.regions.as_bytes())?;
        head.extend(country.as_bytes());
        for number in [chunks.len(), regions.len(), block.index.len()] {
            head.extend(u32::try_from(number)?.to_le_bytes());
        }
        for (first, frame) in block.identifiers.iter().step_by(CHUNK).zip(&chunks) {
            body.extend(first.to_le_bytes());
            body.extend(u32::try_from(frame.len())?.to_le_bytes());
        }
        body.extend(chunks.concat());
        body.extend(regions);
        body.extend(index(&block.index)?);
    }
    for frame in [compress(&identifiers(&blocks)?)?, compress(well_known(&blocks)?.as_bytes())?] {
        head.extend(u32::try_from(frame.len())?.to_le_bytes());
        body.extend(frame);
    }
    head.extend(body);
    std::fs::write(out, &head)?;
    println!("{} bytes", head.len());
    Ok(())
}

impl Block {
    fn add_place(&mut self, country: &str, line: &str) -> Result<(), Box<dyn std::error::Error>> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, name, czech, .., alternates] = cells[..] else { return Err("a place with too few columns".into()) };
        let number = u16::try_from(self.identifiers.len())?;
        let names = [name, czech].into_iter().chain(alternates.split(',')).filter(|name| !name.is_empty());
        for name in names {
            for spelling in [Spelling::Folded, Spelling::Sound, Spelling::Stem] {
                self.index.extend(keys_in(name, country, spelling).iter().map(|key| (fingerprint(spelling, key), number)));
            }
        }
        let id = id.parse()?;
        let first = self.places.len().is_multiple_of(CHUNK);
        let before = if first { id } else { *self.identifiers.last().unwrap_or(&id) };
        self.identifiers.push(id);
        self.places.push(std::iter::once((id - before).to_string()).chain(cells[1..].iter().map(ToString::to_string)).collect());
        Ok(())
    }
}

/// Cells that are alike lie together, so that they pack better.
fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.first().map_or(0, Vec::len);
    let column = |number: usize| rows.iter().map(|row| row[number].as_str()).collect::<Vec<_>>().join("\t");
    (0..count).map(column).collect::<Vec<_>>().join("\n")
}

/// The runs of the fingerprints, what follows their high bits, their lines.
fn index(entries: &BTreeSet<(u32, u16)>) -> Result<Vec<u8>, std::num::TryFromIntError> {
    let runs = runs_of(entries.len());
    let highs: Vec<usize> = entries.iter().map(|(print, _)| ((u64::from(*print) * runs as u64) >> 32) as usize).collect();
    let mut out = Vec::new();
    for run in 0..=runs {
        out.extend(u32::try_from(highs.partition_point(|high| *high < run))?.to_le_bytes());
    }
    let low = |print: u32| ((u64::from(print) * runs as u64) >> 16) as u16;
    out.extend(entries.iter().flat_map(|(print, _)| low(*print).to_le_bytes()));
    out.extend(entries.iter().flat_map(|(_, line)| line.to_le_bytes()));
    Ok(out)
}

/// The steps between sorted identifiers, then the number of each one's country.
fn identifiers(blocks: &BTreeMap<String, Block>) -> Result<Vec<u8>, std::num::TryFromIntError> {
    let mut all = BTreeSet::new();
    for (number, block) in blocks.values().enumerate() {
        let number = u8::try_from(number)?;
        all.extend(block.identifiers.iter().map(|&id| (id, number)));
    }
    let mut before = 0;
    let steps = all.iter().flat_map(|&(id, _)| (id - std::mem::replace(&mut before, id)).to_le_bytes());
    Ok(steps.collect::<Vec<u8>>().into_iter().chain(all.iter().map(|&(_, number)| number)).collect())
}

/// Inhabitants from which a city is known by its Czech or own name alone.
const WELL_KNOWN: u32 = 200_000;
/// How many times such a city outnumbers each other place with which it shares a name.
const MARGIN: u32 = 10;

/// The names of well-known cities, in lower case, and their identifiers.
fn well_known(blocks: &BTreeMap<String, Block>) -> Result<String, Box<dyn std::error::Error>> {
    let mut large = Vec::new();
    for block in blocks.values() {
        for (cells, id) in block.places.iter().zip(&block.identifiers) {
            let population: u32 = cells[POPULATION].parse()?;
            if population * MARGIN >= WELL_KNOWN {
                large.push((population, *id, [&cells[NAME], &cells[CZECH]]));
            }
        }
    }
    large.sort_by_key(|(population, ..)| std::cmp::Reverse(*population));
    let mut bearers: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
    for (population, id, names) in large {
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            bearers.entry(name.to_lowercase()).or_default().push((population, id));
        }
    }
    let known = bearers.iter().filter_map(|(name, bearers)| {
        let (population, id) = *bearers.first()?;
        let outnumbers = |(other, other_id): &(u32, u32)| *other_id == id || population >= MARGIN * other;
        (population >= WELL_KNOWN && bearers.iter().all(outnumbers)).then(|| format!("{name}\t{id}\n"))
    });
    Ok(known.collect())
}

fn compress(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut zstd = Command::new("zstd")
        .args(["-19", "--single-thread", "--no-check", "-q", "-c", &format!("--stream-size={}", raw.len())])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = zstd.stdin.take().ok_or_else(|| std::io::Error::other("zstd has no input"))?;
    let raw = raw.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&raw));
    let output = zstd.wait_with_output()?;
    writer.join().map_err(|_| std::io::Error::other("the writer panicked"))??;
    if output.status.success() { Ok(output.stdout) } else { Err(std::io::Error::other("zstd failed")) }
}
