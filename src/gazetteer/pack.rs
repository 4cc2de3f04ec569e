//! Reads the packed data (`data/places.bin`, layout in `data/pack.rs`): a block for each country,
//! its Zstandard frames (RFC 8878) unpacked at the first question that needs them and then kept.
//!
//! Refuses: any opinion on spelling or on which place is meant. The bytes are built in and their
//! sum is checked by a test, so a fault in them is a fault of the build, not of an input.

use ruzstd::decoding::StreamingDecoder;
use std::io::Read;
use std::sync::OnceLock;

const PACKED: &[u8] = include_bytes!("data/places.bin");
const SOUND_DATA: &str = "the built-in places are whole: a test reads every one";

/// One country's places, regions and index.
pub(super) struct Block {
    pub country: &'static str,
    frames: [&'static [u8]; 3],
    places: OnceLock<Lines>,
    regions: OnceLock<Lines>,
    index: OnceLock<Index>,
}

struct Lines {
    text: String,
    starts: Vec<u32>,
}

struct Index {
    /// High bits that are kept of a fingerprint.
    bits: u32,
    /// Sorted; one to a line of `lines`.
    prints: Vec<u32>,
    lines: Vec<u16>,
    /// Where the prints with the same high bits begin: prints are spread evenly, so a run is a few long.
    runs: Vec<u32>,
    /// Low bits of a print, which a run leaves open.
    low: u32,
}

struct Directory {
    blocks: Vec<Block>,
    identifiers: &'static [u8],
}

impl Block {
    /// Lines of the places that may bear the key of this fingerprint.
    pub fn candidates(&'static self, print: u32) -> impl Iterator<Item = &'static str> {
        let index = self.index.get_or_init(|| Index::read(&unpack(self.frames[2])).expect(SOUND_DATA));
        let print = print >> (32 - index.bits);
        let run = (print >> index.low) as usize;
        let run = index.runs[run] as usize..index.runs[run + 1] as usize;
        let prints = index.prints[run.clone()].iter().zip(&index.lines[run]);
        prints.filter(move |(other, _)| **other == print).map(|(_, &line)| self.places().line(usize::from(line)))
    }

    /// One line for each place, sorted by identifier.
    pub fn place_lines(&'static self) -> impl Iterator<Item = &'static str> {
        self.places().text.lines()
    }

    /// One line for each division.
    pub fn region_lines(&'static self) -> impl Iterator<Item = &'static str> {
        self.regions.get_or_init(|| Lines::read(self.frames[1])).text.lines()
    }

    /// The line of the place with this identifier.
    pub fn with_identifier(&'static self, geonames_id: i64) -> Option<&'static str> {
        let places = self.places();
        let identifier = |line: usize| places.line(line).split('\t').next().and_then(|id| id.parse::<i64>().ok());
        let (mut low, mut high) = (0, places.starts.len());
        while low < high {
            let middle = low.midpoint(high);
            match identifier(middle)?.cmp(&geonames_id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(places.line(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn places(&'static self) -> &'static Lines {
        self.places.get_or_init(|| Lines::read(self.frames[0]))
    }
}

impl Lines {
    fn read(frame: &[u8]) -> Lines {
        let text = String::from_utf8(unpack(frame)).expect(SOUND_DATA);
        let starts = text.lines().map(|line| (line.as_ptr() as usize - text.as_ptr() as usize) as u32).collect();
        Lines { text, starts }
    }

    fn line(&self, number: usize) -> &str {
        let rest = &self.text[self.starts[number] as usize..];
        rest.split('\n').next().unwrap_or(rest)
    }
}

impl Index {
    fn read(mut bytes: &[u8]) -> Option<Index> {
        let count = take_u32(&mut bytes)? as usize;
        let bits = u32::from(*bytes.split_off_first()?);
        let mut prints = Vec::with_capacity(count);
        let mut print = 0;
        for _ in 0..count {
            print += take_leb128(&mut bytes)?;
            prints.push(print);
        }
        let (low, high) = bytes.split_at_checked(count)?;
        let lines = low.iter().zip(high).map(|(&low, &high)| u16::from_le_bytes([low, high])).collect();
        let low = bits - bits.min(count.max(1).ilog2());
        let mut runs = Vec::with_capacity((1 << (bits - low)) + 1);
        for (at, print) in prints.iter().enumerate() {
            runs.resize(runs.len().max((print >> low) as usize + 1), at as u32);
        }
        runs.resize((1 << (bits - low)) + 1, count as u32);
        Some(Index { bits, prints, lines, runs, low })
    }
}

/// All blocks, by country code.
pub(super) fn blocks() -> &'static [Block] {
    &directory().blocks
}

/// The block of a country.
pub(super) fn block(country: &str) -> Option<&'static Block> {
    let blocks = blocks();
    blocks.binary_search_by(|block| block.country.cmp(country)).ok().map(|at| &blocks[at])
}

/// The block that holds the place with this identifier.
pub(super) fn block_with(geonames_id: i64) -> Option<&'static Block> {
    static IDENTIFIERS: OnceLock<(Vec<u32>, Vec<u8>)> = OnceLock::new();
    let wanted = u32::try_from(geonames_id).ok()?;
    let (identifiers, countries) = IDENTIFIERS.get_or_init(|| read_identifiers(&unpack(directory().identifiers)).expect(SOUND_DATA));
    let at = identifiers.binary_search(&wanted).ok()?;
    blocks().get(usize::from(countries[at]))
}

fn read_identifiers(mut bytes: &[u8]) -> Option<(Vec<u32>, Vec<u8>)> {
    let count = take_u32(&mut bytes)? as usize;
    let mut identifiers = Vec::with_capacity(count);
    let mut identifier = 0;
    for _ in 0..count {
        identifier += take_leb128(&mut bytes)?;
        identifiers.push(identifier);
    }
    Some((identifiers, bytes.get(..count)?.to_vec()))
}

fn directory() -> &'static Directory {
    static DIRECTORY: OnceLock<Directory> = OnceLock::new();
    DIRECTORY.get_or_init(|| read_directory(PACKED).expect(SOUND_DATA))
}

fn read_directory(packed: &'static [u8]) -> Option<Directory> {
    let mut head = packed.strip_prefix(b"TWG1")?;
    let count = u16::from_le_bytes(*head.split_off(..2)?.first_chunk()?);
    let mut entries = Vec::new();
    for _ in 0..count {
        let country = std::str::from_utf8(head.split_off(..2)?).ok()?;
        entries.push((country, [take_u32(&mut head)?, take_u32(&mut head)?, take_u32(&mut head)?]));
    }
    let length = take_u32(&mut head)? as usize;
    let mut blocks = Vec::with_capacity(entries.len());
    for (country, [places, regions, index]) in entries {
        let mut frame = |length: u32| head.split_off(..length as usize);
        let frames = [frame(places)?, frame(regions)?, frame(index)?];
        blocks.push(Block { country, frames, places: OnceLock::new(), regions: OnceLock::new(), index: OnceLock::new() });
    }
    Some(Directory { blocks, identifiers: head.get(..length)? })
}

fn unpack(frame: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    StreamingDecoder::new(frame).expect(SOUND_DATA).read_to_end(&mut raw).expect(SOUND_DATA);
    raw
}

fn take_u32(bytes: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?))
}

fn take_leb128(bytes: &mut &[u8]) -> Option<u32> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = *bytes.split_off_first()?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}
