//! The tree of a question as one tantivy query, together with what it takes to explain, mark and mend it.
//!
//! Words side by side are wishes: any one suffices, more is better, and a word that meets nothing is told and left out, or
//! replaced by one that is spelled much the same. Phrases, fields and `+` must be met. Filters give no score.

use tantivy::Searcher;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use super::analysis::{self, Asker, Token};
use super::answer::Suggestion;
use super::marks::Mark;
use super::query::{Node, Part, Weight};
use super::schema::Fields;
use super::word::{Component, MET, Path, Scope, boosted};
use super::{filters, phrase, suggest};

/// How much a word counts that is only spelled like the one asked for.
const TYPO: f32 = 0.5;

/// Words of one question for which others are looked up; each costs a walk over the vocabulary.
const MENDED: usize = 5;

pub struct Plan {
    pub query: Box<dyn Query>,
    pub components: Vec<Component>,
    pub marks: Vec<Mark>,
    /// Words that met nothing.
    pub unmet: Vec<String>,
    pub suggestions: Vec<Suggestion>,
}

/// A part of the query; whether it can meet anything.
struct Asked {
    query: Box<dyn Query>,
    met: bool,
}

struct Planner<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    asker: &'a Asker,
    /// Ask stop words too: there is nothing else.
    stops: bool,
    /// Inside a refusal nothing is explained or marked.
    refused: bool,
    plan: Plan,
}

/// Plans the tree against the index as it is now.
pub fn plan(fields: &Fields, searcher: &Searcher, asker: &Asker, node: &Node) -> Plan {
    let empty =
        || Plan { query: Box::new(EmptyQuery), components: Vec::new(), marks: Vec::new(), unmet: Vec::new(), suggestions: Vec::new() };
    for stops in [false, true] {
        let mut planner = Planner { fields, searcher, asker, stops, refused: false, plan: empty() };
        if let Some(asked) = planner.node(node, None) {
            return Plan { query: asked.query, ..planner.plan };
        }
    }
    // Nothing was asked: everything answers.
    Plan { query: everything(), ..empty() }
}

impl<'a> Planner<'a> {
    fn scope(&self, part: Option<Part>) -> Scope<'a> {
        Scope { fields: self.fields, searcher: self.searcher, part }
    }

    /// `None` where nothing is asked.
    fn node(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
        match node {
            Node::List(clauses) => self.list(clauses, part),
            Node::Any(nodes) => {
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().any(|asked| asked.met);
                some(asked, |queries| Asked { query: Box::new(BooleanQuery::union(queries)), met })
            }
            Node::Every(nodes) => {
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().all(|asked| asked.met);
                some(asked, |queries| Asked { query: Box::new(BooleanQuery::intersection(queries)), met })
            }
            Node::Word(text) => self.words(text, part),
            Node::Prefix(text) => {
                let beginning = analysis::fold(text);
                let query = phrase::prefix(&self.scope(part), &beginning);
                Some(self.met(&format!("{text}*"), Path::Prefix, Mark::Prefix(beginning), query))
            }
            Node::Phrase { text, near } => {
                let tokens = self.asker.tokens(text);
                let query = phrase::phrase(&self.scope(part), &tokens, *near);
                let mark = if near.is_some() { Mark::Words(tokens) } else { Mark::Phrase(tokens) };
                Some(self.met(&format!("\"{text}\""), Path::Phrase, mark, query))
            }
            Node::In(part, node) => self.node(node, Some(*part)),
            Node::Filter(filter) => {
                let query = filters::query(self.fields, filter);
                Some(Asked { query: Box::new(ConstScoreQuery::new(query, 0.0)), met: true })
            }
        }
    }

    fn list(&mut self, clauses: &[(Weight, Node)], part: Option<Part>) -> Option<Asked> {
        let mut wishes = Vec::new();
        let mut must: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let (mut met, mut scored, mut asked_words) = (true, false, false);
        for (weight, node) in clauses {
            if *weight == Weight::Not {
                let before = std::mem::replace(&mut self.refused, true);
                must.extend(self.node(node, part).map(|asked| (Occur::MustNot, asked.query)));
                self.refused = before;
                continue;
            }
            let Some(asked) = self.node(node, part) else { continue };
            if *weight == Weight::Must {
                met &= asked.met;
                scored |= !filters::only(node);
                must.push((Occur::Must, asked.query));
            } else {
                asked_words = true;
                wishes.extend(asked.met.then_some(asked.query));
            }
        }
        let only_refusals = must.iter().all(|(occur, _)| *occur == Occur::MustNot);
        if scored {
            must.extend(wishes.into_iter().map(|wish| (Occur::Should, wish)));
        } else if !wishes.is_empty() {
            must.push((Occur::Must, Box::new(BooleanQuery::union(wishes))));
        } else if only_refusals {
            if asked_words {
                return Some(Asked { query: Box::new(EmptyQuery), met: false });
            }
            if must.is_empty() {
                return None;
            }
            must.push((Occur::Must, everything()));
        }
        Some(Asked { query: Box::new(BooleanQuery::new(must)), met })
    }

    /// A piece of text between blanks: one word, or several joined by hyphens and the like, which then must all be met.
    fn words(&mut self, text: &str, part: Option<Part>) -> Option<Asked> {
        let tokens: Vec<Token> = self.asker.tokens(text).into_iter().filter(|token| self.stops || !analysis::is_stop(token)).collect();
        let asked: Vec<Asked> = tokens.into_iter().map(|token| self.word(token, part)).collect();
        let met = asked.iter().any(|asked| asked.met);
        let asked: Vec<Asked> = asked.into_iter().filter(|asked| asked.met || !met).collect();
        some(asked, |mut queries| match queries.len() {
            1 => Asked { query: queries.remove(0), met },
            _ => Asked { query: Box::new(BooleanQuery::intersection(queries)), met },
        })
    }

    fn word(&mut self, token: Token, part: Option<Part>) -> Asked {
        let scope = self.scope(part);
        let mut met: Vec<Component> = paths(&scope, &token, &token.surface);
        if !met.is_empty() {
            self.mark(Mark::Words(vec![token]));
        } else if !self.refused {
            self.plan.unmet.push(token.surface.clone());
            let more = self.plan.unmet.len() <= MENDED;
            let instead = if more { suggest::alike(self.searcher, self.fields, &token) } else { Vec::new() };
            for word in instead.iter().flat_map(|word| self.asker.tokens(word)) {
                let found = paths(&scope, &word, &token.surface);
                met.extend(found.into_iter().map(|found| Component { path: Path::Typo, query: boosted(found.query, TYPO), ..found }));
                self.mark(Mark::Words(vec![word]));
            }
            if !instead.is_empty() {
                self.plan.suggestions.push(Suggestion { word: token.surface, instead });
            }
        }
        let together = |met: &[Component]| Box::new(BooleanQuery::union(met.iter().map(|component| component.query.box_clone()).collect()));
        if !met.is_empty() {
            let query = Box::new(ConstScoreQuery::new(together(&met), MET));
            met.push(Component { word: met[0].word.clone(), path: Path::Met, query });
        }
        let asked = Asked { query: together(&met), met: !met.is_empty() };
        if !self.refused {
            self.plan.components.extend(met);
        }
        asked
    }

    fn met(&mut self, word: &str, path: Path, mark: Mark, query: Option<Box<dyn Query>>) -> Asked {
        if let Some(query) = query {
            self.mark(mark);
            if !self.refused {
                self.plan.components.push(Component { word: word.to_owned(), path, query: query.box_clone() });
            }
            Asked { query, met: true }
        } else {
            if !self.refused {
                self.plan.unmet.push(word.to_owned());
            }
            Asked { query: Box::new(EmptyQuery), met: false }
        }
    }

    fn mark(&mut self, mark: Mark) {
        if !self.refused {
            self.plan.marks.push(mark);
        }
    }
}

fn paths(scope: &Scope, token: &Token, word: &str) -> Vec<Component> {
    scope.paths(token).into_iter().map(|(path, query)| Component { word: word.to_owned(), path, query }).collect()
}

fn some(asked: Vec<Asked>, make: impl FnOnce(Vec<Box<dyn Query>>) -> Asked) -> Option<Asked> {
    (!asked.is_empty()).then(|| make(asked.into_iter().map(|asked| asked.query).collect()))
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}
