//! How a hit came about: every word with every way in which it matched, which words or facts of the record it met there, and
//! what that gave. What is told adds up to the score.

use tantivy::Searcher;

use super::analysis::{self, Token};
use super::answer::Met;
use super::component::{At, Component, MatchKind};
use super::names;
use super::scoring;
use super::snippet::FAR;
use super::vocabulary;
use crate::record::Record;

/// Words of the record told for one way.
const TOLD: usize = 3;

/// What gave most first.
pub fn explain(
    searcher: &Searcher,
    components: &[Component],
    doc: u32,
    record: &Record,
    names: &[Vec<String>],
) -> tantivy::Result<Vec<Met>> {
    let mut met = Vec::new();
    for component in components {
        let gave = scoring::sum(searcher, [component], doc)?;
        if gave > 0.0 {
            let Component { word, kind, at, .. } = component;
            met.push(Met { word: word.clone(), kind: *kind, at: *at, by: by(component, record, names), gave });
        }
    }
    met.sort_by(|a, b| b.gave.total_cmp(&a.gave));
    Ok(met)
}

fn by(component: &Component, record: &Record, names: &[Vec<String>]) -> Vec<String> {
    let facts = &record.facts;
    let mut found: Vec<String> = match component.kind {
        MatchKind::Place if component.at == At::Facts => {
            let meant = facts.places.iter().zip(names).filter(|(_, names)| names.iter().any(|name| has(component, None, name)));
            meant.map(|(place, _)| place.as_written.clone()).collect()
        }
        MatchKind::Country => {
            let meant = |code: &&String| names::of_country(code).iter().any(|name| has(component, None, name));
            facts.countries.iter().filter(meant).filter_map(|code| names::of_country(code).first().map(|name| (*name).to_owned())).collect()
        }
        MatchKind::Topic => vocabulary::topics(facts).filter(|(_, words)| has(component, None, words)).map(|(topic, _)| topic).collect(),
        MatchKind::Date => record.published.iter().map(ToString::to_string).collect(),
        MatchKind::Size if component.terms == ["wanted"] => {
            let asked = [facts.wanted.population_min, facts.wanted.population_max];
            asked.iter().flatten().map(|figure| format!("asked {figure}")).collect()
        }
        MatchKind::Size => facts.population.iter().map(|people| people.value.to_string()).collect(),
        MatchKind::Coord | MatchKind::Phrase | MatchKind::Proximity | MatchKind::Prefix => Vec::new(),
        _ if component.at == At::Facts => {
            facts.places.iter().map(|place| place.as_written.clone()).filter(|name| has(component, None, name)).collect()
        }
        _ => texts(component.at, record).iter().flat_map(|text| words(component, facts.lang.as_deref(), text)).collect(),
    };
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|word| seen.insert(word.to_lowercase()));
    found.truncate(TOLD);
    found
}

fn texts(at: At, record: &Record) -> Vec<&str> {
    let attached = record.attachments.iter().flat_map(|attachment| [Some(attachment.title.as_str()), attachment.text.as_deref()]);
    match at {
        At::Title => vec![&record.title],
        At::Head => std::iter::once(record.title.as_str()).chain(record.summary.as_deref()).collect(),
        At::Body => record.body.as_deref().into_iter().collect(),
        At::Attachment => attached.flatten().collect(),
        At::Text | At::Facts => Vec::new(),
    }
}

/// The words of the text that have one of the terms in the way of the component.
fn words(component: &Component, lang: Option<&str>, text: &str) -> Vec<String> {
    let text = &text[..text.floor_char_boundary(FAR)];
    let tokens = analysis::text(lang, text).into_iter().filter(|token| meets(component, token));
    tokens.map(|token| text[token.start..token.end].to_owned()).collect()
}

fn has(component: &Component, lang: Option<&str>, text: &str) -> bool {
    analysis::text(lang, text).iter().any(|token| meets(component, token))
}

fn meets(component: &Component, token: &Token) -> bool {
    let asked = |term: &String| component.terms.contains(term);
    match component.kind {
        MatchKind::Exact => asked(&token.surface),
        MatchKind::Folded => asked(&token.folded),
        MatchKind::Lemma => token.lemmas.iter().any(asked),
        MatchKind::Derivation => token.derivations.iter().any(asked),
        MatchKind::Stem => token.name.iter().any(asked),
        _ => token.lemmas.iter().chain(&token.derivations).chain([&token.folded, &token.surface]).any(asked),
    }
}
