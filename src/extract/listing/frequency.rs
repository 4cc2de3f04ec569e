//! The most frequent of several: what a list usually does, from which the exceptions are told.

use std::collections::HashMap;
use std::hash::Hash;

/// The mode and how often it occurs; of several equally frequent ones the greatest, so that a page is always read alike.
pub fn mode<T: Copy + Eq + Hash + Ord>(all: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(one, count)| (*count, *one))
}
