//! The ledger of evidence: for each fact its words, their place and the rule that read them.
//!
//! Refuses a fact without words: a rule that cannot point at the text has read nothing. Rule names are
//! stable (they are shown, and stored in exports); `data/rules.tsv` explains each in one line.

use std::ops::Range;

use super::text::Text;
use crate::lang::rows;
use crate::record::{Certainty, Evidence};

#[derive(Default)]
pub struct Ledger {
    entries: Vec<Evidence>,
}

impl Ledger {
    /// Notes that `field` was read from these code points by `rule`.
    pub fn note(&mut self, field: impl Into<String>, text: &Text, span: Range<usize>, rule: impl Into<String>, certainty: Certainty) {
        let entry = Evidence {
            field: field.into(),
            text: text.words(span.clone()).to_owned(),
            place: text.place,
            start: span.start as u32,
            end: span.end as u32,
            rule: rule.into(),
            certainty,
        };
        if !self.entries.contains(&entry) {
            self.entries.push(entry);
        }
    }

    /// Notes `field` with the words of another field, from which it follows.
    pub fn borrow(&mut self, field: impl Into<String>, from: &str, rule: &'static str) {
        let known = self.entries.iter().find(|entry| entry.field == from).cloned();
        self.entries.extend(known.map(|entry| Evidence { field: field.into(), rule: rule.to_owned(), ..entry }));
    }

    pub fn into_entries(self) -> Vec<Evidence> {
        self.entries
    }
}

/// What a rule reads, in one line; `None` for a name that no rule has. Of a row's rule (`sign.signed/podepsal`) the group is told.
pub fn explain(rule: &str) -> Option<&'static str> {
    let group = rule.split('/').next().unwrap_or(rule);
    rows(include_str!("data/rules.tsv")).find(|row| row[0] == group).map(|row| row[1])
}
