//! Words: each in every way it can match, neighbours together, and what is taken for a word that no record has.

use tantivy::query::{ConstScoreQuery, EmptyQuery, Query};

use super::asked::{Asked, intersection, joined, union};
use super::planner::Planner;
use crate::search::analysis::{self, Bearing, Token};
use crate::search::answer::Suggestion;
use crate::search::highlight::Mark;
use crate::search::query::{Node, Part, Weight};
use crate::search::word::{At, Component, MatchKind, Scope, boosted};
use crate::search::{phrase, suggest};

/// How much a word counts that is only spelled like the one asked for.
const TYPO: f32 = 0.7;

/// What neighbours in the question give that stand together in the text, beside what each gives.
const BESIDE: f32 = 0.75;

/// How much less a common word counts beside a rare one: the power of their rarities' ratio.
const COMMON: f32 = 0.5;

/// Words of one question for which others are looked up; each costs a walk over the vocabulary.
const MENDED: usize = 5;

impl Planner<'_> {
    /// A piece of text between blanks: one word, or several joined by hyphens and the like, which then must all be met.
    pub(super) fn words(&mut self, text: &str, part: Option<Part>) -> Option<Asked> {
        let tokens: Vec<Token> = self.asker.tokens(text).into_iter().filter(|token| self.stops || !analysis::is_stop(token)).collect();
        let asked: Vec<Asked> = tokens.into_iter().map(|token| self.word(token, part)).collect();
        let met = asked.iter().any(|asked| asked.met);
        let decides = asked.iter().any(|asked| asked.decides);
        let asked: Vec<Asked> = asked.into_iter().filter(|asked| asked.met || !met).collect();
        let asked = joined(asked, met, intersection)?;
        Some(Asked { decides, ..asked })
    }

    pub(super) fn word(&mut self, token: Token, part: Option<Part>) -> Asked {
        let scope = self.scope(part);
        let word = token.surface.clone();
        let decides = analysis::bearing(&token) == Bearing::Decides;
        let known = token.known;
        let mut met = scope.matches(&token, &word);
        let mut documents = scope.doc_freq_of(&token);
        if !met.is_empty() {
            self.mark(Mark::Words(vec![token]));
        } else if !self.negated {
            self.plan.unmet.push(word.clone());
            let more = self.plan.unmet.len() <= MENDED;
            let (mut kind, mut instead) = (MatchKind::Typo, Vec::new());
            if more {
                instead = suggest::alike(self.searcher, self.fields, part, &token);
            }
            // The map is unpacked only for what can be a name.
            if more && instead.is_empty() && part != Some(Part::Title) && (token.capitalised || !token.known) {
                (kind, instead) = (MatchKind::Place, suggest::other_names(self.searcher, self.fields, &token));
            }
            for other in instead.iter().flat_map(|other| self.asker.tokens(other)) {
                let found = scope.matches(&other, &word).into_iter();
                met.extend(found.map(|found| Component { kind, query: boosted(found.query, TYPO), ..found }));
                documents = documents.max(scope.doc_freq_of(&other));
                self.mark(Mark::Words(vec![other]));
            }
            if !instead.is_empty() {
                self.plan.suggestions.push(Suggestion { word: word.clone(), instead });
            }
        }
        let common = self.relative_idf(&scope, documents);
        let met: Vec<Component> = met.into_iter().map(|found| Component { query: boosted(found.query, common), ..found }).collect();
        let full = by_meaning(&met, known);
        Asked { full, decides, ..self.any_of(&word, met, common * scope.coord(documents)) }
    }

    /// Plain words side by side that stand together in the text, in this order.
    pub(super) fn beside(&mut self, clauses: &[(Weight, Node)], part: Option<Part>) -> Vec<Box<dyn Query>> {
        let mut before: Option<(Token, usize)> = None;
        let mut together = Vec::new();
        for (at, (weight, node)) in clauses.iter().enumerate() {
            let (Weight::Should, Node::Word(text)) = (weight, node) else {
                before = None;
                continue;
            };
            for token in self.asker.tokens(text).into_iter().filter(|token| !analysis::is_stop(token)) {
                if let Some((first, there)) = before.filter(|(_, there)| *there < at) {
                    let word = format!("{} {}", first.surface, token.surface);
                    let distance = (at - there - 1) as u32;
                    let scope = self.scope(part);
                    let documents = scope.doc_freq_of(&first).max(scope.doc_freq_of(&token));
                    if let Some(query) = phrase::phrase(&scope, &[first, token.clone()], Some(distance)) {
                        let query = boosted(query, BESIDE * self.relative_idf(&scope, documents));
                        if !self.negated {
                            self.plan.components.push(Component::new(&word, MatchKind::Proximity, At::Text, &[&word], query.box_clone()));
                        }
                        together.push(query);
                    }
                }
                before = Some((token, at));
            }
        }
        together
    }

    /// What is left of a word of so many documents. Common words count still less beside a rare one: who asks which town looks
    /// for a partner because of wine asks for wine.
    pub(super) fn relative_idf(&self, scope: &Scope, documents: u64) -> f32 {
        if self.highest_idf == 0.0 { 1.0 } else { (scope.idf(documents) / self.highest_idf).min(1.0).powf(COMMON) }
    }

    /// In any of these ways, and something for being met at all.
    pub(super) fn any_of(&mut self, word: &str, mut met: Vec<Component>, coord: f32) -> Asked {
        let together = |met: &[Component]| union(met.iter().map(|component| component.query.box_clone()).collect());
        if !met.is_empty() {
            let query = Box::new(ConstScoreQuery::new(together(&met), coord));
            met.push(Component::new(word, MatchKind::Coord, At::Facts, &[], query));
        }
        let asked = Asked::new(together(&met), !met.is_empty());
        if !self.negated {
            self.plan.components.extend(met);
        }
        asked
    }

    pub(super) fn met(&mut self, word: &str, kind: MatchKind, mark: Mark, query: Option<Box<dyn Query>>) -> Asked {
        if let Some(query) = query {
            self.mark(mark);
            if !self.negated {
                self.plan.components.push(Component::new(word, kind, At::Text, &[word], query.box_clone()));
            }
            Asked::new(query, true)
        } else {
            if !self.negated {
                self.plan.unmet.push(word.to_owned());
            }
            Asked::new(Box::new(EmptyQuery), false)
        }
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if !self.negated {
            self.plan.marks.push(mark);
        }
    }
}

/// What a full hit has of a word that the lexicon knows: its lemma and family, not a name that only has the same stem (`Červený`,
/// asked for `červen`).
fn by_meaning(met: &[Component], known: bool) -> Option<Box<dyn Query>> {
    let lemma = met.iter().any(|component| component.kind == MatchKind::Lemma);
    let name = met.iter().any(|component| component.kind == MatchKind::Stem);
    let others = met.iter().filter(|component| component.kind != MatchKind::Stem).map(|component| component.query.box_clone());
    (known && lemma && name).then(|| union(others.collect()))
}
