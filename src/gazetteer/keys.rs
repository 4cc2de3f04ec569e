//! The keys under which a place is found, and the fingerprints that stand for them in the packed data.
//!
//! A fingerprint only proposes: a match is believed after the key was made again from the place's
//! names, so two keys that share a fingerprint cost a comparison and never a wrong link.

use std::borrow::Cow;

use super::fold::fold;
use super::sound::{self, Ending};

/// Which of the three spellings a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Folded,
    Sound,
    /// Sound without its ending.
    Stem,
}

/// The signs of the spellings under fingerprints.
const SIGNS: [u8; 3] = [b'=', b'%', b'~'];

/// A key with its fingerprint.
pub(super) struct Key<'a> {
    pub spelling: Spelling,
    pub text: Cow<'a, str>,
    pub print: u32,
}

impl<'a> Key<'a> {
    pub fn of(spelling: Spelling, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        Self { spelling, print: fingerprint(spelling, &text), text }
    }
}

/// Shorter sounds fit too many names.
const SHORTEST_SOUND: usize = 3;

/// The keys of one name in a country, in one spelling; none where the spelling does not apply there.
pub fn keys_in(name: &str, country: &str, spelling: Spelling) -> Vec<String> {
    if spelling != Spelling::Folded && !sound::is_transliterated(country) {
        return Vec::new();
    }
    softened(name, country).map_or_else(|| keys(name, spelling), |soft| keys(&soft, spelling))
}

/// A name as the maps write it, in a country whose names reach Czech from Arabic: a Czech writes the letter jeem `dž`, they write `j`.
pub(super) fn softened(name: &str, country: &str) -> Option<String> {
    let is_arabic = matches!(country, "PS" | "LB" | "SY" | "JO" | "EG");
    let lower = is_arabic.then(|| name.to_lowercase())?;
    lower.contains("dž").then(|| lower.replace("dž", "j"))
}

/// The keys of one name in one spelling.
pub(super) fn keys(name: &str, spelling: Spelling) -> Vec<String> {
    let (mut keys, shortest) = match spelling {
        Spelling::Folded => (vec![fold(name)], 1),
        Spelling::Sound => (sound::keys(name, Ending::Kept), SHORTEST_SOUND),
        Spelling::Stem => (sound::keys(name, Ending::Dropped), SHORTEST_SOUND),
    };
    keys.retain(|key| key.len() >= shortest);
    keys
}

/// FNV-1a (64 bits, folded to 32) over the spelling and the key: stable over versions of Rust.
pub fn fingerprint(spelling: Spelling, key: &str) -> u32 {
    let bytes = std::iter::once(SIGNS[spelling as usize]).chain(key.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

/// Runs into which the sorted fingerprints of a country are cut by their high bits: a power of two, some dozens to a run.
pub fn runs_of(prints: usize) -> usize {
    1 << prints.max(1).ilog2().saturating_sub(5)
}

/// Places that are packed together.
pub const CHUNK: usize = 512;
