//! Words: each in every way it can match, neighbours together, and what is taken for a word that no record has.

use super::asked::{Asked, joined};
use super::planner::Planner;
use crate::search::analysis::{self, Bearing, Token};
use crate::search::answer::Suggestion;
use crate::search::component::{At, Component, MatchKind, Part};
use crate::search::highlight::Mark;
use crate::search::matching::Matching;
use crate::search::query::{self, Node, Weight};
use crate::search::word::Scope;
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
    pub(super) fn words(&mut self, text: &str, part: Option<query::Part>) -> Option<Asked> {
        let tokens: Vec<Token> = self.asker.tokens(text).into_iter().filter(|token| self.stops || !analysis::is_stop(token)).collect();
        let before = self.plan.components.len();
        let asked: Vec<Asked> = tokens.into_iter().map(|token| self.word(token, part)).collect();
        let met = asked.iter().any(|asked| asked.met);
        let decides = asked.iter().any(|asked| asked.decides);
        let asked: Vec<Asked> = asked.into_iter().filter(|asked| asked.met || !met).collect();
        let several = asked.len() > 1;
        let asked = joined(asked, met, Matching::every)?;
        if several {
            self.only_within(before, &asked.matching);
        }
        Some(Asked { decides, ..asked })
    }

    pub(super) fn word(&mut self, token: Token, part: Option<query::Part>) -> Asked {
        let scope = self.scope(part);
        let word = token.surface.clone();
        let decides = analysis::bearing(&token) == Bearing::Decides;
        let known = token.known;
        let mut met = scope.matches(&token, &word);
        let mut documents = scope.doc_freq_of(&token);
        if self.corpus.meets(&met) {
            self.mark(Mark::Words(vec![token]));
        } else if !self.negated {
            met.clear();
            self.plan.unmet.push(word.clone());
            let (mut kind, mut instead) = (MatchKind::Typo, Vec::new());
            if let Some(index) = self.corpus.index().filter(|_| self.plan.unmet.len() <= MENDED) {
                instead = suggest::alike(index, self.fields, part, &token);
                // The map is unpacked only for what can be a name.
                if instead.is_empty() && part != Some(query::Part::Title) && (token.capitalised || !token.known) {
                    (kind, instead) = (MatchKind::Place, suggest::other_names(index, self.fields, &token));
                }
            }
            for other in instead.iter().flat_map(|other| self.asker.tokens(other)) {
                let found = scope.matches(&other, &word).into_iter();
                met.extend(found.map(|found| Component { kind, ..found }.boosted(TYPO)));
                documents = documents.max(scope.doc_freq_of(&other));
                self.mark(Mark::Words(vec![other]));
            }
            if !instead.is_empty() {
                self.plan.suggestions.push(Suggestion { word: word.clone(), instead });
            }
        }
        let common = self.relative_idf(&scope, documents);
        let met: Vec<Component> = met.into_iter().map(|found| found.boosted(common)).collect();
        let full = if known { self.by_meaning(&met) } else { None };
        Asked { full, decides, ..self.any_of(&word, met, common * scope.coord(documents)) }
    }

    /// Plain words side by side that stand together in the text, in this order.
    pub(super) fn beside(&mut self, clauses: &[(Weight, Node)], part: Option<query::Part>) {
        let mut before: Option<(Token, usize)> = None;
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
                    let parts = phrase::phrase(&scope, &[first, token.clone()], Some(distance));
                    if !parts.is_empty() && !self.negated {
                        let component = Component::new(&word, MatchKind::Proximity, At::Text, &[&word], parts);
                        self.plan.components.push(component.boosted(BESIDE * self.relative_idf(&scope, documents)));
                    }
                }
                before = Some((token, at));
            }
        }
    }

    /// What is left of a word of so many documents. Common words count still less beside a rare one: who asks which town looks
    /// for a partner because of wine asks for wine.
    pub(super) fn relative_idf(&self, scope: &Scope, documents: u64) -> f32 {
        if self.highest_idf == 0.0 { 1.0 } else { (scope.idf(documents) / self.highest_idf).min(1.0).powf(COMMON) }
    }

    /// In any of these ways, and something for being met at all.
    pub(super) fn any_of(&mut self, word: &str, mut met: Vec<Component>, coord: f32) -> Asked {
        let asked = Asked::new(Component::matching(&met), !met.is_empty());
        if !met.is_empty() {
            met.push(Component::new(word, MatchKind::Coord, At::Facts, &[], vec![Part::Constant(asked.matching.clone(), coord)]));
        }
        if !self.negated {
            self.plan.components.extend(met);
        }
        asked
    }

    /// What is asked as it stands.
    pub(super) fn met(&mut self, word: &str, kind: MatchKind, mark: Mark, parts: Vec<Part>) -> Asked {
        let matching = Part::matching(&parts);
        let met = self.corpus.count(&matching).unwrap_or(0) > 0;
        let asked = Asked::new(matching, met);
        if asked.met {
            self.mark(mark);
        }
        if !self.negated && asked.met {
            self.plan.components.push(Component::new(word, kind, At::Text, &[word], parts));
        } else if !self.negated {
            self.plan.unmet.push(word.to_owned());
        }
        asked
    }

    /// What a full hit has of a word that the lexicon knows: its lemma and family, not a name that only has the same stem (`Červený`,
    /// asked for `červen`).
    fn by_meaning(&self, met: &[Component]) -> Option<Matching> {
        let (names, others): (Vec<&Component>, Vec<&Component>) = met.iter().partition(|way| way.kind == MatchKind::Stem);
        let lemmas: Vec<Component> = others.iter().filter(|way| way.kind == MatchKind::Lemma).map(|way| (*way).clone()).collect();
        (!names.is_empty() && self.corpus.meets(&lemmas)).then(|| Component::matching(others))
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if !self.negated {
            self.plan.marks.push(mark);
        }
    }
}
