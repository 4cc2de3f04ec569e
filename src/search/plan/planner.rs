//! The tree walked from its root: lists with what must, may and must not be met, and what a full hit meets of each.

use super::asked::{Asked, Criteria, joined};
use crate::search::analysis::{self, Asker};
use crate::search::answer::{ReadAs, Suggestion};
use crate::search::component::{Component, MatchKind};
use crate::search::corpus::Corpus;
use crate::search::highlight::Mark;
use crate::search::levels::Criterion;
use crate::search::matching::Matching;
use crate::search::query::{Filter, Node, Part, Weight};
use crate::search::schema::Fields;
use crate::search::word::Scope;
use crate::search::{filters, phrase};

pub struct Plan {
    /// Whatever meets any of the question.
    pub matching: Matching,
    /// What a full hit meets besides.
    pub criteria: Vec<Criterion>,
    /// What adds to the score of a hit.
    pub components: Vec<Component>,
    pub marks: Vec<Mark>,
    /// Words that met nothing.
    pub unmet: Vec<String>,
    pub suggestions: Vec<Suggestion>,
    /// Words that were taken for facts.
    pub read_as: Vec<ReadAs>,
    /// Filters that no record meets.
    pub hints: Vec<String>,
    /// What filters leave out because it is not known.
    pub left_out: Vec<String>,
}

impl Plan {
    pub(super) fn of(matching: Matching) -> Self {
        let (criteria, components, marks) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            matching,
            criteria,
            components,
            marks,
            unmet: Vec::new(),
            suggestions: Vec::new(),
            read_as: Vec::new(),
            hints: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

pub(super) struct Planner<'a> {
    pub fields: &'a Fields,
    pub corpus: &'a dyn Corpus,
    pub asker: &'a Asker,
    /// Ask stop words too: there is nothing else.
    pub stops: bool,
    /// Inside a negation nothing is explained or marked.
    pub negated: bool,
    /// Idf of the rarest word that is met.
    pub highest_idf: f32,
    pub plan: Plan,
}

impl<'a> Planner<'a> {
    pub(super) fn scope(&self, part: Option<Part>) -> Scope<'a> {
        Scope { fields: self.fields, corpus: self.corpus, part }
    }

    /// What was met since then counts only where the whole is met.
    pub(super) fn only_within(&mut self, since: usize, whole: &Matching) {
        self.plan.components[since..].iter_mut().for_each(|component| component.within.push(whole.clone()));
    }

    /// `None` where nothing is asked.
    pub(super) fn node(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
        match node {
            Node::List(clauses) => self.list(clauses, part),
            Node::Any(nodes) => {
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().any(|asked| asked.met);
                joined(asked, met, Matching::any)
            }
            Node::Every(nodes) => {
                let before = self.plan.components.len();
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().all(|asked| asked.met);
                let asked = joined(asked, met, Matching::every)?;
                self.only_within(before, &asked.matching);
                Some(asked)
            }
            Node::Word(text) => self.words(text, part),
            Node::Implicit { .. } => self.implicit(node, part),
            Node::Prefix(text) => {
                let beginning = analysis::fold(text);
                let parts = vec![phrase::prefix(&self.scope(part), &beginning)];
                Some(self.met(&format!("{text}*"), MatchKind::Prefix, Mark::Prefix(beginning), parts))
            }
            Node::Phrase { text, near } => {
                let tokens = self.asker.tokens(text);
                let parts = phrase::phrase(&self.scope(part), &tokens, *near);
                let mark = match near {
                    Some(_) => Mark::Words(tokens),
                    None if tokens.len() == 1 => Mark::Phrase(tokens),
                    None => Mark::Run(tokens),
                };
                Some(self.met(&format!("\"{text}\""), MatchKind::Phrase, mark, parts))
            }
            Node::In(part, node) => self.node(node, Some(*part)),
            Node::Filter(filter) => {
                let matching = self.filter(filter);
                if !self.negated && self.corpus.count(&matching).unwrap_or(1) == 0 {
                    self.plan.hints.push(format!("no notice has {}", Node::Filter(filter.clone())));
                }
                Some(Asked::new(matching, true))
            }
        }
    }

    pub(super) fn list(&mut self, clauses: &[(Weight, Node)], part: Option<Part>) -> Option<Asked> {
        let before = self.plan.components.len();
        let (mut should, mut must, mut must_not): (Vec<Matching>, Vec<Matching>, Vec<Matching>) = Default::default();
        let mut criteria = Criteria::default();
        let mut filters: Vec<(usize, &Filter)> = Vec::new();
        let (mut met, mut scored, mut asked_words) = (true, false, false);
        self.beside(clauses, part);
        for (weight, node) in clauses {
            if *weight == Weight::Not {
                must_not.extend(self.negation(node, part));
                continue;
            }
            let Some(asked) = self.node(node, part) else { continue };
            if *weight == Weight::Must {
                met &= asked.met;
                scored |= !filters::only(node);
                if asked.full.is_some() {
                    criteria.add(node, &asked);
                }
                if let Node::Filter(filter) = node {
                    filters.push((must.len(), filter));
                }
                must.push(asked.matching);
            } else {
                asked_words = true;
                criteria.add(node, &asked);
                should.extend(asked.met.then_some(asked.matching));
            }
        }
        let narrowed = !must.is_empty() || !must_not.is_empty();
        if !scored && !should.is_empty() {
            must.push(Matching::any(should));
        } else if must.is_empty() && asked_words {
            return Some(Asked::new(Matching::nothing(), false));
        } else if must.is_empty() && must_not.is_empty() {
            return None;
        }
        let left_out = self.left_out(&must, &must_not, &filters);
        let matching = without_any(Matching::every(must), must_not);
        if narrowed {
            self.only_within(before, &matching);
        }
        let criteria = criteria.all();
        let full = (!criteria.is_empty()).then(|| {
            let criteria = criteria.iter().map(|criterion| criterion.matching.clone());
            Matching::every(std::iter::once(matching.clone()).chain(criteria).collect())
        });
        // The outermost list is the last to be done.
        (self.plan.criteria, self.plan.left_out) = (criteria, left_out);
        Some(Asked { full, ..Asked::new(matching, met) })
    }

    /// How many records each filter leaves out only because they do not say what it asks.
    pub(super) fn left_out(&self, must: &[Matching], must_not: &[Matching], filters: &[(usize, &Filter)]) -> Vec<String> {
        let told = |(own, filter): &(usize, &Filter)| {
            let (has, what) = filters::known_by(filter)?;
            let others = must.iter().enumerate().filter(|(at, _)| at != own).map(|(_, matching)| matching.clone()).collect();
            let unknown = without_any(Matching::every(others), must_not.to_vec()).without(self.filter(&Filter::Has(has)));
            let filter = Node::Filter((*filter).clone());
            match self.corpus.count(&unknown).unwrap_or(0) {
                0 => None,
                1 => Some(format!("{filter} leaves out 1 notice whose {what} is not known")),
                count => Some(format!("{filter} leaves out {count} notices whose {what} is not known")),
            }
        };
        filters.iter().filter_map(told).collect()
    }

    pub(super) fn negation(&mut self, node: &Node, part: Option<Part>) -> Option<Matching> {
        let before = std::mem::replace(&mut self.negated, true);
        let asked = self.node(node, part);
        self.negated = before;
        asked.map(|asked| asked.matching)
    }
}

fn without_any(matching: Matching, others: Vec<Matching>) -> Matching {
    if others.is_empty() { matching } else { matching.without(Matching::any(others)) }
}
