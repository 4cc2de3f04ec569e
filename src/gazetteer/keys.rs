//! The keys under which a place is found, and the fingerprints that stand for them in the packed data.
//!
//! A fingerprint only proposes: a match is believed after the key was made again from the place's
//! names, so two keys that share a fingerprint cost a comparison and never a wrong link.

use super::fold::fold;
use super::sound::{self, Ending};

/// Which of the three spellings a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Spelling {
    Folded = b'=',
    Sound = b'%',
    /// Sound without its ending.
    Stem = b'~',
}

/// Countries whose names reach Czech from Arabic.
const ARABIC: &[&str] = &["PS", "LB", "SY", "JO", "EG"];

/// Shorter sounds fit too many names.
const SHORTEST_SOUND: usize = 3;

/// The keys of one name in a country, in one spelling; none where the spelling does not apply there.
pub fn keys(name: &str, country: &str, spelling: Spelling) -> Vec<String> {
    // A Czech writes the Arabic letter jeem `dž`, the maps write `j`.
    let soft = if ARABIC.contains(&country) { name.to_lowercase().replace("dž", "j") } else { String::new() };
    let name = if soft.is_empty() { name } else { &soft };
    let (mut keys, shortest) = match spelling {
        Spelling::Folded => (vec![fold(name)], 1),
        _ if !sound::is_transliterated(country) => return Vec::new(),
        Spelling::Sound => (sound::keys(name, Ending::Kept), SHORTEST_SOUND),
        Spelling::Stem => (sound::keys(name, Ending::Dropped), SHORTEST_SOUND),
    };
    keys.retain(|key| key.len() >= shortest);
    keys
}

/// FNV-1a (64 bits, folded to 32) over the spelling and the key: stable over versions of Rust.
pub fn fingerprint(spelling: Spelling, key: &str) -> u32 {
    let bytes = std::iter::once(spelling as u8).chain(key.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

/// Runs into which the sorted fingerprints of a country are cut by their high bits: a power of two, some dozens to a run.
pub fn runs_of(prints: usize) -> usize {
    1 << prints.max(1).ilog2().saturating_sub(5)
}

/// Places that are packed together.
pub const CHUNK: usize = 512;
