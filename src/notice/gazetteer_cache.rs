//! The map as notices ask it of every name: whether it is a place there, by strict rules.
//!
//! Notices name the same places and begin sentences with the same words, so a thread keeps the answers of late. Refuses to
//! interpret an answer.

use std::cell::RefCell;

use super::short_names;
use crate::gazetteer::{self, Answer, Query};
use crate::lang::fnv::FnvMap;

/// Names that a thread keeps; when there are more it begins anew.
const KEPT: usize = 10_000;

/// The answers for one name, by country.
type Answers = Vec<(Option<&'static str>, Answer)>;

thread_local! { static KNOWN: RefCell<FnvMap<String, Answers>> = RefCell::default(); }

/// What a bare name is in a country, or in the world.
pub fn link(name: &str, country: Option<&'static str>) -> Answer {
    KNOWN.with_borrow_mut(|known| {
        if known.len() == KEPT {
            known.clear();
        }
        if !known.contains_key(name) {
            known.insert(name.to_owned(), Answers::new());
        }
        let answers = known.get_mut(name).expect("it was put there");
        if let Some((_, answer)) = answers.iter().find(|(other, _)| *other == country) {
            return answer.clone();
        }
        let answer = ask(name, country);
        answers.push((country, answer.clone()));
        answer
    })
}

fn ask(name: &str, country: Option<&'static str>) -> Answer {
    let ask = |name: &str| gazetteer::link(&Query { name, country, is_strict: true, ..Query::default() });
    let known = |answer: &Answer| !matches!(answer, Answer::Unknown);
    short_names::expansions(name).iter().map(|name| ask(name)).find(known).unwrap_or_else(|| ask(name))
}
