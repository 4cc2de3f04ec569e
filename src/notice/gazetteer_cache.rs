//! The map as one notice asks it: each name is looked up once for each country.
//!
//! Refuses to interpret the answer.

use std::cell::RefCell;
use std::collections::HashMap;

use super::short_names;
use crate::gazetteer::{self, Answer, Query};

#[derive(Default)]
pub struct GazetteerCache {
    known: RefCell<HashMap<(String, Option<&'static str>), Answer>>,
}

impl GazetteerCache {
    /// What a bare name is in a country, or in the world.
    pub fn link(&self, name: &str, country: Option<&'static str>) -> Answer {
        let key = (name.to_owned(), country);
        if let Some(answer) = self.known.borrow().get(&key) {
            return answer.clone();
        }
        let ask = |name: &str| gazetteer::link(&Query { name, country, is_strict: true, ..Query::default() });
        let known = |answer: &Answer| !matches!(answer, Answer::Unknown);
        let answer = short_names::expansions(name).iter().map(|name| ask(name)).find(known).unwrap_or_else(|| ask(name));
        self.known.borrow_mut().insert(key, answer.clone());
        answer
    }
}
