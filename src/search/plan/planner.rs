//! The tree walked from its root: lists with what must, may and must not be met, and what a full hit meets of each.

use std::rc::Rc;

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use super::asked::{Asked, Criteria, intersection, joined, union};
use super::{Plan, everything};
use crate::search::analysis::{self, Asker};
use crate::search::highlight::Mark;
use crate::search::query::{Filter, Node, Part, Weight};
use crate::search::schema::Fields;
use crate::search::word::{MatchKind, Scope};
use crate::search::{filters, phrase};

pub(super) struct Planner<'a> {
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
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
        Scope { fields: self.fields, searcher: self.searcher, part }
    }

    /// `None` where nothing is asked.
    pub(super) fn node(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
        let before = self.plan.components.len();
        let asked = self.parted(node, part)?;
        // What is met inside counts only where the whole is met.
        if matches!(node, Node::List(_) | Node::Every(_) | Node::Word(_)) {
            let whole: Rc<dyn Query> = asked.query.box_clone().into();
            self.plan.components[before..].iter_mut().for_each(|component| component.within.push(Rc::clone(&whole)));
        }
        Some(asked)
    }

    pub(super) fn parted(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
        match node {
            Node::List(clauses) => self.list(clauses, part),
            Node::Any(nodes) => {
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().any(|asked| asked.met);
                joined(asked, met, union)
            }
            Node::Every(nodes) => {
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().all(|asked| asked.met);
                joined(asked, met, intersection)
            }
            Node::Word(text) => self.words(text, part),
            Node::Implicit { .. } => self.implicit(node, part),
            Node::Prefix(text) => {
                let beginning = analysis::fold(text);
                let query = phrase::prefix(&self.scope(part), &beginning);
                Some(self.met(&format!("{text}*"), MatchKind::Prefix, Mark::Prefix(beginning), query))
            }
            Node::Phrase { text, near } => {
                let tokens = self.asker.tokens(text);
                let query = phrase::phrase(&self.scope(part), &tokens, *near);
                let mark = match near {
                    Some(_) => Mark::Words(tokens),
                    None if tokens.len() == 1 => Mark::Phrase(tokens),
                    None => Mark::Run(tokens),
                };
                Some(self.met(&format!("\"{text}\""), MatchKind::Phrase, mark, query))
            }
            Node::In(part, node) => self.node(node, Some(*part)),
            Node::Filter(filter) => {
                let query = filters::query(self.fields, self.searcher, filter);
                if !self.negated && query.count(self.searcher).unwrap_or(1) == 0 {
                    self.plan.hints.push(format!("no notice has {}", Node::Filter(filter.clone())));
                }
                Some(Asked::new(Box::new(ConstScoreQuery::new(query, 0.0)), true))
            }
        }
    }

    pub(super) fn list(&mut self, clauses: &[(Weight, Node)], part: Option<Part>) -> Option<Asked> {
        let mut should: Vec<Box<dyn Query>> = Vec::new();
        let mut must: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut criteria = Criteria::default();
        let mut filters: Vec<(usize, &Filter)> = Vec::new();
        let (mut met, mut scored, mut asked_words) = (true, false, false);
        should.extend(self.beside(clauses, part));
        for (weight, node) in clauses {
            if *weight == Weight::Not {
                must.extend(self.negation(node, part));
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
                must.push((Occur::Must, asked.query));
            } else {
                asked_words = true;
                criteria.add(node, &asked);
                should.extend(asked.met.then_some(asked.query));
            }
        }
        let only_negations = must.iter().all(|(occur, _)| *occur == Occur::MustNot);
        if scored {
            must.extend(should.into_iter().map(|query| (Occur::Should, query)));
        } else if !should.is_empty() {
            must.push((Occur::Must, union(should)));
        } else if only_negations {
            if asked_words {
                return Some(Asked::new(Box::new(EmptyQuery), false));
            }
            if must.is_empty() {
                return None;
            }
            must.push((Occur::Must, everything()));
        }
        let left_out = self.left_out(&must, &filters);
        let query: Box<dyn Query> = Box::new(BooleanQuery::new(must));
        let criteria = criteria.all();
        let full = (!criteria.is_empty()).then(|| {
            let criteria = criteria.iter().map(|criterion| criterion.query.box_clone());
            intersection(std::iter::once(query.box_clone()).chain(criteria).collect())
        });
        // The outermost list is the last to be done.
        (self.plan.criteria, self.plan.left_out) = (criteria, left_out);
        Some(Asked { full, ..Asked::new(query, met) })
    }

    /// How many records each filter leaves out only because they do not say what it asks.
    pub(super) fn left_out(&self, must: &[(Occur, Box<dyn Query>)], filters: &[(usize, &Filter)]) -> Vec<String> {
        let told = |(own, filter): &(usize, &Filter)| {
            let (has, what) = filters::known_by(filter)?;
            let others = must.iter().enumerate().filter(|(at, _)| at != own).map(|(_, (occur, query))| (*occur, query.box_clone()));
            let known = filters::query(self.fields, self.searcher, &Filter::Has(has));
            let unknown = BooleanQuery::new(others.chain([(Occur::Must, everything()), (Occur::MustNot, known)]).collect());
            let filter = Node::Filter((*filter).clone());
            match unknown.count(self.searcher).unwrap_or(0) {
                0 => None,
                1 => Some(format!("{filter} leaves out 1 notice whose {what} is not known")),
                count => Some(format!("{filter} leaves out {count} notices whose {what} is not known")),
            }
        };
        filters.iter().filter_map(told).collect()
    }

    pub(super) fn negation(&mut self, node: &Node, part: Option<Part>) -> Option<(Occur, Box<dyn Query>)> {
        let before = std::mem::replace(&mut self.negated, true);
        let asked = self.node(node, part);
        self.negated = before;
        // Twice the same: tantivy 0.27 asks a refused phrase for documents before its first, which only a union takes well.
        asked.map(|asked| (Occur::MustNot, union(vec![asked.query.box_clone(), asked.query])))
    }
}
