//! Reads the packed data (`data/places.bin`, layout in `data/pack.rs`): a block for each country. Its index is read where it
//! lies; its Zstandard frames (RFC 8878) are unpacked at the first question that meets one of their names, and then kept.
//!
//! Refuses: any opinion on spelling or on which place is meant. The bytes are built in and their
//! sum is checked by a test, so a fault in them is a fault of the build, not of an input.

use ruzstd::decoding::StreamingDecoder;
use std::collections::HashMap;
use std::fmt::Write;
use std::io::Read;
use std::sync::OnceLock;

use super::keys::{CHUNK, runs_of};

const PACKED: &[u8] = include_bytes!("data/places.bin");
/// Bytes that the line of a place has room for at first.
const ROW: usize = 80;
const SOUND_DATA: &str = "the built-in places are whole: a test reads every one";

/// Bits of a fingerprint behind those of its run.
pub(super) const LOW_BITS: usize = 16;

/// One country's places, regions and index.
pub(super) struct Block {
    pub country: &'static str,
    index: Index,
    chunks: Vec<Chunk>,
    regions_frame: &'static [u8],
    regions: OnceLock<String>,
}

/// Places in the order of their identifiers.
struct Chunk {
    /// Identifier of the first.
    first: u32,
    frame: &'static [u8],
    places: OnceLock<Lines>,
}

/// Sorted fingerprints, and to each the line of a place that may bear its key; read where they lie.
struct Index {
    /// Where the fingerprints of the same high bits begin, and where the last of them end.
    runs: &'static [[u8; 4]],
    /// The next sixteen bits of each.
    lows: &'static [[u8; 2]],
    lines: &'static [[u8; 2]],
}

struct Lines {
    text: String,
    starts: Vec<u32>,
}

struct Directory {
    blocks: Vec<Block>,
    /// The code of each block.
    countries: Vec<[u8; 2]>,
    identifiers: &'static [u8],
    cities: &'static [u8],
}

impl Block {
    /// Lines of the places that may bear the key of this fingerprint.
    pub fn candidates(&'static self, print: u32) -> impl Iterator<Item = &'static str> {
        self.numbers(print).iter().map(|line| self.place_line(usize::from(u16::from_le_bytes(*line))))
    }

    /// Their numbers.
    fn numbers(&self, print: u32) -> &'static [[u8; 2]] {
        let Index { runs, lows, lines } = self.index;
        let place = self.place_of(print);
        let (run, low) = (place >> LOW_BITS, place as u16);
        let at = |run: usize| u32::from_le_bytes(runs[run]) as usize;
        let (from, to) = (at(run), at(run + 1));
        let from = from + lows[from..to].partition_point(|other| u16::from_le_bytes(*other) < low);
        let same = lows[from..to].iter().take_while(|other| u16::from_le_bytes(**other) == low).count();
        &lines[from..from + same]
    }

    /// The logarithm of the number of runs.
    pub fn runs_log(&self) -> usize {
        (self.index.runs.len() - 1).ilog2() as usize
    }

    /// What the index keeps of a fingerprint: its run, then the next bits.
    pub fn place_of(&self, print: u32) -> usize {
        ((u64::from(print) << self.runs_log()) >> LOW_BITS) as usize
    }

    /// The same of every fingerprint.
    pub fn places_of_prints(&'static self) -> impl Iterator<Item = usize> {
        let Index { runs, lows, .. } = self.index;
        let ends = runs.windows(2).map(|run| u32::from_le_bytes(run[0]) as usize..u32::from_le_bytes(run[1]) as usize);
        ends.enumerate()
            .flat_map(|(run, prints)| lows[prints].iter().map(move |low| run << LOW_BITS | usize::from(u16::from_le_bytes(*low))))
    }

    /// One line for each place, sorted by identifier.
    pub fn place_lines(&'static self) -> impl Iterator<Item = &'static str> {
        self.chunks.iter().flat_map(|chunk| chunk.places().text.lines())
    }

    /// One line for each division.
    pub fn region_lines(&'static self) -> impl Iterator<Item = &'static str> {
        self.regions.get_or_init(|| unpack(self.regions_frame)).lines()
    }

    /// The line of the place with this identifier.
    pub fn with_identifier(&'static self, geonames_id: i64) -> Option<&'static str> {
        let behind = self.chunks.partition_point(|chunk| i64::from(chunk.first) <= geonames_id);
        let chunk = self.chunks.get(behind.checked_sub(1)?)?;
        let places = chunk.places();
        let identifier = |line: &str| line.split('\t').next().and_then(|id| id.parse::<i64>().ok());
        let at = places.starts.partition_point(|start| identifier(&places.text[*start as usize..]).is_some_and(|id| id < geonames_id));
        let line = places.text[*places.starts.get(at)? as usize..].lines().next();
        line.filter(|line| identifier(line) == Some(geonames_id))
    }

    fn place_line(&'static self, number: usize) -> &'static str {
        self.chunks[number / CHUNK].places().line(number % CHUNK)
    }
}

impl Chunk {
    fn places(&self) -> &Lines {
        self.places.get_or_init(|| Lines::new(rows(&unpack(self.frame), self.first)))
    }
}

/// A line for each place out of a line for each column, whose first holds steps from the identifier before.
fn rows(columns: &str, first: u32) -> String {
    let mut columns: Vec<_> = columns.split('\n').map(|column| column.split('\t')).collect();
    let (mut identifier, mut rows) = (first, String::with_capacity(ROW * CHUNK));
    while let Some(step) = columns.first_mut().and_then(Iterator::next) {
        identifier += step.parse::<u32>().expect(SOUND_DATA);
        write!(rows, "{identifier}").expect(SOUND_DATA);
        for cell in columns[1..].iter_mut().filter_map(Iterator::next) {
            rows.push('\t');
            rows.push_str(cell);
        }
        rows.push('\n');
    }
    rows
}

impl Lines {
    fn new(text: String) -> Lines {
        let starts = text.lines().map(|line| (line.as_ptr() as usize - text.as_ptr() as usize) as u32).collect();
        Lines { text, starts }
    }

    fn line(&self, number: usize) -> &str {
        let rest = &self.text[self.starts[number] as usize..];
        rest.split('\n').next().unwrap_or(rest)
    }
}

/// All blocks, by country code.
pub(super) fn blocks() -> &'static [Block] {
    &directory().blocks
}

/// The block of a country.
pub(super) fn block(country: &str) -> Option<&'static Block> {
    number(country).map(|number| &blocks()[number])
}

/// The number of a country's block.
pub(super) fn number(country: &str) -> Option<usize> {
    directory().countries.binary_search(country.as_bytes().try_into().ok()?).ok()
}

/// The block that holds the place with this identifier.
pub(super) fn block_with(geonames_id: i64) -> Option<&'static Block> {
    static IDENTIFIERS: OnceLock<(Vec<u32>, Vec<u8>)> = OnceLock::new();
    let wanted = u32::try_from(geonames_id).ok()?;
    let (identifiers, countries) = IDENTIFIERS.get_or_init(|| read_identifiers(&unpack_bytes(directory().identifiers)));
    let at = identifiers.binary_search(&wanted).ok()?;
    blocks().get(usize::from(countries[at]))
}

/// The identifier of a well-known city by its Czech or own name in lower case: of two hundred thousand inhabitants, and ten times
/// those of any other place of that name.
pub(super) fn well_known(name: &str) -> Option<i64> {
    static CITIES: OnceLock<HashMap<&str, i64>> = OnceLock::new();
    let cities = CITIES.get_or_init(|| {
        let lines = unpack(directory().cities).leak().lines();
        lines.filter_map(|line| line.split_once('\t')).map(|(name, id)| (name, id.parse().expect(SOUND_DATA))).collect()
    });
    cities.get(name).copied()
}

/// Sorted identifiers out of their steps, and the number of each one's country.
fn read_identifiers(bytes: &[u8]) -> (Vec<u32>, Vec<u8>) {
    let (steps, countries) = bytes.split_at(bytes.len() / 5 * 4);
    let mut identifier = 0;
    let steps = steps.as_chunks().0.iter();
    let identifiers = steps.map(|step| {
        identifier += u32::from_le_bytes(*step);
        identifier
    });
    (identifiers.collect(), countries.to_vec())
}

fn directory() -> &'static Directory {
    static DIRECTORY: OnceLock<Directory> = OnceLock::new();
    DIRECTORY.get_or_init(|| read_directory(PACKED).expect(SOUND_DATA))
}

fn read_directory(packed: &'static [u8]) -> Option<Directory> {
    let mut head = packed.strip_prefix(b"TWG5")?;
    let count = u16::from_le_bytes(*head.split_off(..2)?.first_chunk()?);
    let mut entries = Vec::new();
    for _ in 0..count {
        let country = std::str::from_utf8(head.split_off(..2)?).ok()?;
        entries.push((country, [take_u32(&mut head)?, take_u32(&mut head)?, take_u32(&mut head)?]));
    }
    let lengths = [take_u32(&mut head)?, take_u32(&mut head)?];
    let mut blocks = Vec::with_capacity(entries.len());
    for (country, [chunks, regions, prints]) in entries {
        let chunks = take_chunks(&mut head, chunks as usize)?;
        let regions_frame = head.split_off(..regions as usize)?;
        let (runs, prints) = (runs_of(prints as usize) + 1, prints as usize);
        let index = Index { runs: take_rows(&mut head, runs)?, lows: take_rows(&mut head, prints)?, lines: take_rows(&mut head, prints)? };
        blocks.push(Block { country, index, chunks, regions_frame, regions: OnceLock::new() });
    }
    let countries = blocks.iter().filter_map(|block| block.country.as_bytes().first_chunk().copied()).collect();
    let [identifiers, cities] = [head.split_off(..lengths[0] as usize)?, head.split_off(..lengths[1] as usize)?];
    Some(Directory { blocks, countries, identifiers, cities })
}

fn take_chunks(bytes: &mut &'static [u8], count: usize) -> Option<Vec<Chunk>> {
    let rows: &[[u8; 8]] = take_rows(bytes, count)?;
    let mut chunks = Vec::with_capacity(count);
    for mut row in rows.iter().map(<[u8; 8]>::as_slice) {
        let (first, length) = (take_u32(&mut row)?, take_u32(&mut row)?);
        chunks.push(Chunk { first, frame: bytes.split_off(..length as usize)?, places: OnceLock::new() });
    }
    Some(chunks)
}

/// So many numbers of a fixed width.
fn take_rows<const WIDTH: usize>(bytes: &mut &'static [u8], count: usize) -> Option<&'static [[u8; WIDTH]]> {
    Some(bytes.split_off(..count * WIDTH)?.as_chunks().0)
}

fn unpack(frame: &[u8]) -> String {
    String::from_utf8(unpack_bytes(frame)).expect(SOUND_DATA)
}

fn unpack_bytes(frame: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    StreamingDecoder::new(frame).expect(SOUND_DATA).read_to_end(&mut raw).expect(SOUND_DATA);
    raw
}

fn take_u32(bytes: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?))
}
