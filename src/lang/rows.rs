//! The data files of the room: rows of columns parted by tabs.
//!
//! Lines that are empty or begin with `#` are comments. What a column means is told in the head of each file.

/// The rows of a data file.
pub fn rows(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}
