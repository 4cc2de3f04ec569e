//! Maps whose keys are short words: FNV-1a (Fowler, Noll, Vo) instead of the hasher of the standard library, which costs thrice as
//! much for a word of eight letters.
//!
//! Refuses keys from outside without a bound on their number: whoever sends them can make them collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

pub type FnvMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u8(*byte);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(&self) -> u64 {
        // A table takes its place from the low bits and its tag from the high ones, which FNV mixes worst (Knuth's multiplier).
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}
