//! Tables crossed with one another: many cases, and which of their parts the failing ones share.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What has been found wrong so far.
#[derive(Default)]
pub struct Wrong<'a> {
    cases: usize,
    shared: BTreeMap<&'a str, (usize, String)>,
}

impl<'a> Wrong<'a> {
    /// Notes a case that was read otherwise, by the parts that it was made of.
    pub fn add(&mut self, parts: impl IntoIterator<Item = &'a str>, told: &str) {
        self.cases += 1;
        for part in parts {
            self.shared.entry(part).or_insert_with(|| (0, told.to_owned())).0 += 1;
        }
    }

    /// Fails if there is any, with the parts that fail most, each with an example.
    #[track_caller]
    pub fn none(self, of: usize) {
        let mut shared: Vec<_> = self.shared.into_iter().collect();
        shared.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        let mut told = String::new();
        for (part, (count, example)) in shared.iter().take(40) {
            writeln!(told, "{count:6}  {part:?}  {example}").unwrap();
        }
        assert_eq!(self.cases, 0, "{} of {of} were read otherwise:\n{told}", self.cases);
    }
}
