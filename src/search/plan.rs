//! The tree of a question as one tantivy query, together with what it takes to explain, mark and mend it.
//!
//! Words side by side are wishes: any one suffices, more is better, and a word that meets nothing is told and left out, or
//! replaced by one that is spelled much the same. Phrases, fields and `+` must be met. Filters give no score.

use std::rc::Rc;

use tantivy::Searcher;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use super::analysis::{self, Asker, Token};
use super::answer::Suggestion;
use super::marks::Mark;
use super::query::{Filter, Node, Part, Weight};
use super::schema::Fields;
use super::word::{At, Component, Path, Scope, boosted};
use super::{filters, phrase, suggest};

/// How much a word counts that is only spelled like the one asked for.
const TYPO: f32 = 0.7;
/// What neighbours in the question give that stand together in the text, beside what each gives.
const BESIDE: f32 = 0.75;
/// How much less a common word counts beside a rare one: the power of their rarities' ratio.
const COMMON: f32 = 0.5;
/// What a fact gives that the words name.
const FACT: f32 = 2.0;
/// What a text gives that says the same in words.
const SAID: f32 = 0.5;

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
    /// Rarity of the rarest word that is met.
    rarest: f32,
    plan: Plan,
}

/// Plans the tree against the index as it is now.
pub fn plan(fields: &Fields, searcher: &Searcher, asker: &Asker, node: &Node) -> Plan {
    let empty =
        || Plan { query: Box::new(EmptyQuery), components: Vec::new(), marks: Vec::new(), unmet: Vec::new(), suggestions: Vec::new() };
    let scope = Scope { fields, searcher, part: None };
    let rarest = rarest(&scope, asker, node);
    for stops in [false, true] {
        let mut planner = Planner { fields, searcher, asker, stops, refused: false, rarest, plan: empty() };
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
        let before = self.plan.components.len();
        let asked = self.parted(node, part)?;
        // What is met inside counts only where the whole is met.
        if matches!(node, Node::List(_) | Node::Every(_) | Node::Word(_)) {
            let whole: Rc<dyn Query> = asked.query.box_clone().into();
            self.plan.components[before..].iter_mut().for_each(|component| component.within.push(Rc::clone(&whole)));
        }
        Some(asked)
    }

    fn parted(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
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
            Node::Meant { text, core, filters } => self.meant(text, core, filters, part),
            Node::Prefix(text) => {
                let beginning = analysis::fold(text);
                let query = phrase::prefix(&self.scope(part), &beginning);
                Some(self.met(&format!("{text}*"), Path::Prefix, Mark::Prefix(beginning), query))
            }
            Node::Phrase { text, near } => {
                let tokens = self.asker.tokens(text);
                let query = phrase::phrase(&self.scope(part), &tokens, *near);
                let mark = match near {
                    Some(_) => Mark::Words(tokens),
                    None if tokens.len() == 1 => Mark::Phrase(tokens),
                    None => Mark::Run(tokens),
                };
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
        let mut wishes: Vec<Box<dyn Query>> = Vec::new();
        let mut must: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let (mut met, mut scored, mut asked_words) = (true, false, false);
        wishes.extend(self.beside(clauses, part));
        for (weight, node) in clauses {
            if *weight == Weight::Not {
                let before = std::mem::replace(&mut self.refused, true);
                // Twice the same: tantivy 0.27 asks a refused phrase for documents before its first, which only a union takes well.
                let refused = |asked: Asked| Box::new(BooleanQuery::union(vec![asked.query.box_clone(), asked.query])) as Box<dyn Query>;
                must.extend(self.node(node, part).map(|asked| (Occur::MustNot, refused(asked))));
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
        let word = token.surface.clone();
        let mut met = scope.paths(&token, &word);
        let mut documents = scope.commonness(&token);
        if !met.is_empty() {
            self.mark(Mark::Words(vec![token]));
        } else if !self.refused {
            self.plan.unmet.push(word.clone());
            let more = self.plan.unmet.len() <= MENDED;
            let (mut path, mut instead) = (Path::Typo, Vec::new());
            if more {
                instead = suggest::alike(self.searcher, self.fields, part, &token);
            }
            // The map is unpacked only for what can be a name.
            if more && instead.is_empty() && part != Some(Part::Title) && (token.capitalised || !token.known) {
                (path, instead) = (Path::Place, suggest::other_names(self.searcher, self.fields, &token));
            }
            for other in instead.iter().flat_map(|other| self.asker.tokens(other)) {
                let found = scope.paths(&other, &word).into_iter();
                met.extend(found.map(|found| Component { path, query: boosted(found.query, TYPO), ..found }));
                documents = documents.max(scope.commonness(&other));
                self.mark(Mark::Words(vec![other]));
            }
            if !instead.is_empty() {
                self.plan.suggestions.push(Suggestion { word: word.clone(), instead });
            }
        }
        let common = self.beside_rarest(&scope, documents);
        let met = met.into_iter().map(|found| Component { query: boosted(found.query, common), ..found }).collect();
        self.any_of(&word, met, common * scope.presence(documents))
    }

    /// Words that name a fact: a text that says the same, or a record that has the fact. The words by themselves where there is neither.
    fn meant(&mut self, text: &str, core: &str, filters: &[Filter], part: Option<Part>) -> Option<Asked> {
        let scope = self.scope(part);
        let tokens = self.asker.tokens(core);
        let mut met = Vec::new();
        met.extend(
            phrase::phrase(&scope, &tokens, Some(0))
                .map(|query| Component::new(text, Path::Phrase, At::Text, &[core], boosted(query, SAID))),
        );
        let said = !met.is_empty();
        for filter in filters.iter().filter(|_| part.is_none()) {
            let query = filters::query(self.fields, filter);
            let documents = query.count(self.searcher).unwrap_or(0) as u64;
            if documents > 0 {
                let (path, fact) = match filter {
                    Filter::Published(_) => (Path::Date, "published"),
                    Filter::Wanted(_) => (Path::Size, "wanted"),
                    _ => (Path::Size, "population"),
                };
                let query = Box::new(ConstScoreQuery::new(query, FACT * scope.rarity(documents)));
                met.push(Component::new(text, path, At::Facts, &[fact], query));
            }
        }
        if met.is_empty() {
            return self.words(text, part);
        }
        if said {
            self.mark(Mark::Run(tokens));
        }
        Some(self.any_of(text, met, scope.presence(0)))
    }

    /// Plain words side by side that stand together in the text, in this order.
    fn beside(&mut self, clauses: &[(Weight, Node)], part: Option<Part>) -> Vec<Box<dyn Query>> {
        let mut before: Option<(Token, usize)> = None;
        let mut together = Vec::new();
        for (at, (weight, node)) in clauses.iter().enumerate() {
            let (Weight::Wish, Node::Word(text)) = (weight, node) else {
                before = None;
                continue;
            };
            for token in self.asker.tokens(text).into_iter().filter(|token| !analysis::is_stop(token)) {
                if let Some((first, there)) = before.filter(|(_, there)| *there < at) {
                    let word = format!("{} {}", first.surface, token.surface);
                    let distance = (at - there - 1) as u32;
                    let scope = self.scope(part);
                    let documents = scope.commonness(&first).max(scope.commonness(&token));
                    if let Some(query) = phrase::phrase(&scope, &[first, token.clone()], Some(distance)) {
                        let query = boosted(query, BESIDE * self.beside_rarest(&scope, documents));
                        if !self.refused {
                            self.plan.components.push(Component::new(&word, Path::Beside, At::Text, &[&word], query.box_clone()));
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
    fn beside_rarest(&self, scope: &Scope, documents: u64) -> f32 {
        if self.rarest == 0.0 { 1.0 } else { (scope.rarity(documents) / self.rarest).min(1.0).powf(COMMON) }
    }

    /// By any of these paths, and something for being met at all.
    fn any_of(&mut self, word: &str, mut met: Vec<Component>, presence: f32) -> Asked {
        let together = |met: &[Component]| Box::new(BooleanQuery::union(met.iter().map(|component| component.query.box_clone()).collect()));
        if !met.is_empty() {
            let query = Box::new(ConstScoreQuery::new(together(&met), presence));
            met.push(Component::new(word, Path::Met, At::Facts, &[], query));
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
                self.plan.components.push(Component::new(word, path, At::Text, &[word], query.box_clone()));
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

/// Rarity of the rarest word of the question that any record has.
fn rarest(scope: &Scope, asker: &Asker, node: &Node) -> f32 {
    match node {
        Node::List(clauses) => {
            clauses.iter().filter(|(weight, _)| *weight != Weight::Not).map(|(_, node)| rarest(scope, asker, node)).fold(0.0, f32::max)
        }
        Node::Any(nodes) | Node::Every(nodes) => nodes.iter().map(|node| rarest(scope, asker, node)).fold(0.0, f32::max),
        Node::Word(text) => {
            let tokens = asker.tokens(text).into_iter().filter(|token| !analysis::is_stop(token));
            let documents = tokens.map(|token| scope.commonness(&token)).filter(|documents| *documents > 0);
            documents.map(|documents| scope.rarity(documents)).fold(0.0, f32::max)
        }
        _ => 0.0,
    }
}

fn some(asked: Vec<Asked>, make: impl FnOnce(Vec<Box<dyn Query>>) -> Asked) -> Option<Asked> {
    (!asked.is_empty()).then(|| make(asked.into_iter().map(|asked| asked.query).collect()))
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}
