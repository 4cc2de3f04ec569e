#![doc = include_str!("README.md")]

pub mod dates;
pub mod fnv;
pub mod fold;
pub mod numbers;
pub mod text;
pub mod trie;
pub mod words;

mod language;
mod rows;

pub use language::Language;
pub use rows::rows;
