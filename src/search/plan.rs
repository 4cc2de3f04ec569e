//! The tree of a question as one tantivy query, together with what it takes to explain, mark and mend it.
//!
//! Of words side by side any one makes a hit and more rank higher; a hit that meets all that say what is asked for is full
//! (`levels`). A word that meets nothing is told, or replaced by one that is spelled much the same. Phrases, fields and `+`
//! must be met. Filters give no score.
//! Long because one tree is turned into one query in one place.

use std::rc::Rc;

use tantivy::Searcher;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use super::analysis::{self, Asker, Bearing, Token};
use super::answer::{ReadAs, Suggestion};
use super::levels::Criterion;
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
    /// Whatever meets any of the question, scored.
    pub query: Box<dyn Query>,
    /// What a full hit meets besides.
    pub criteria: Vec<Criterion>,
    pub components: Vec<Component>,
    pub marks: Vec<Mark>,
    /// Words that met nothing.
    pub unmet: Vec<String>,
    pub suggestions: Vec<Suggestion>,
    /// Words that were taken for facts.
    pub read_as: Vec<ReadAs>,
}

impl Plan {
    fn of(query: Box<dyn Query>) -> Self {
        let (criteria, components, marks) = (Vec::new(), Vec::new(), Vec::new());
        Self { query, criteria, components, marks, unmet: Vec::new(), suggestions: Vec::new(), read_as: Vec::new() }
    }
}

/// A part of the query.
struct Asked {
    query: Box<dyn Query>,
    /// Whether it can meet anything.
    met: bool,
    /// What a full hit meets, where that is less than the query does.
    full: Option<Box<dyn Query>>,
    /// Whether it decides if a hit is full.
    decides: bool,
}

impl Asked {
    fn new(query: Box<dyn Query>, met: bool) -> Self {
        Self { query, met, full: None, decides: true }
    }

    fn full(&self) -> Box<dyn Query> {
        self.full.as_ref().unwrap_or(&self.query).box_clone()
    }
}

/// The criteria of a list as they are gathered.
#[derive(Default)]
struct Criteria {
    deciding: Vec<Criterion>,
    others: Vec<Criterion>,
    /// A record has few countries: several that are named side by side are alternatives.
    countries: Vec<Criterion>,
}

impl Criteria {
    fn add(&mut self, node: &Node, asked: &Asked) {
        let criterion = Criterion { words: node.to_string(), query: asked.full() };
        match node {
            Node::Meant { filters, .. } if asked.decides && matches!(filters[..], [Filter::Country(_)]) => self.countries.push(criterion),
            _ if asked.decides => self.deciding.push(criterion),
            _ => self.others.push(criterion),
        }
    }

    /// Where nothing decides, all words do.
    fn all(mut self) -> Vec<Criterion> {
        if !self.countries.is_empty() {
            let words = self.countries.iter().map(|criterion| criterion.words.as_str()).collect::<Vec<_>>().join(", ");
            let query = union(self.countries.into_iter().map(|criterion| criterion.query).collect());
            self.deciding.push(Criterion { words, query });
        }
        if self.deciding.is_empty() { self.others } else { self.deciding }
    }
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
    let scope = Scope { fields, searcher, part: None };
    let rarest = rarest(&scope, asker, node);
    for stops in [false, true] {
        let plan = Plan::of(Box::new(EmptyQuery));
        let mut planner = Planner { fields, searcher, asker, stops, refused: false, rarest, plan };
        if let Some(asked) = planner.node(node, None) {
            return Plan { query: asked.query, ..planner.plan };
        }
    }
    // Nothing was asked: everything answers.
    Plan::of(everything())
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
                joined(asked, met, union)
            }
            Node::Every(nodes) => {
                let asked: Vec<Asked> = nodes.iter().filter_map(|node| self.node(node, part)).collect();
                let met = asked.iter().all(|asked| asked.met);
                joined(asked, met, intersection)
            }
            Node::Word(text) => self.words(text, part),
            Node::Meant { .. } => self.meant(node, part),
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
                Some(Asked::new(Box::new(ConstScoreQuery::new(query, 0.0)), true))
            }
        }
    }

    fn list(&mut self, clauses: &[(Weight, Node)], part: Option<Part>) -> Option<Asked> {
        let mut wishes: Vec<Box<dyn Query>> = Vec::new();
        let mut must: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut criteria = Criteria::default();
        let (mut met, mut scored, mut asked_words) = (true, false, false);
        wishes.extend(self.beside(clauses, part));
        for (weight, node) in clauses {
            if *weight == Weight::Not {
                must.extend(self.refusal(node, part));
                continue;
            }
            let Some(asked) = self.node(node, part) else { continue };
            if *weight == Weight::Must {
                met &= asked.met;
                scored |= !filters::only(node);
                if asked.full.is_some() {
                    criteria.add(node, &asked);
                }
                must.push((Occur::Must, asked.query));
            } else {
                asked_words = true;
                criteria.add(node, &asked);
                wishes.extend(asked.met.then_some(asked.query));
            }
        }
        let only_refusals = must.iter().all(|(occur, _)| *occur == Occur::MustNot);
        if scored {
            must.extend(wishes.into_iter().map(|wish| (Occur::Should, wish)));
        } else if !wishes.is_empty() {
            must.push((Occur::Must, union(wishes)));
        } else if only_refusals {
            if asked_words {
                return Some(Asked::new(Box::new(EmptyQuery), false));
            }
            if must.is_empty() {
                return None;
            }
            must.push((Occur::Must, everything()));
        }
        let query: Box<dyn Query> = Box::new(BooleanQuery::new(must));
        let criteria = criteria.all();
        let full = (!criteria.is_empty()).then(|| {
            let criteria = criteria.iter().map(|criterion| criterion.query.box_clone());
            intersection(std::iter::once(query.box_clone()).chain(criteria).collect())
        });
        // The outermost list is the last to be done.
        self.plan.criteria = criteria;
        Some(Asked { full, ..Asked::new(query, met) })
    }

    fn refusal(&mut self, node: &Node, part: Option<Part>) -> Option<(Occur, Box<dyn Query>)> {
        let before = std::mem::replace(&mut self.refused, true);
        let asked = self.node(node, part);
        self.refused = before;
        // Twice the same: tantivy 0.27 asks a refused phrase for documents before its first, which only a union takes well.
        asked.map(|asked| (Occur::MustNot, union(vec![asked.query.box_clone(), asked.query])))
    }

    /// A piece of text between blanks: one word, or several joined by hyphens and the like, which then must all be met.
    fn words(&mut self, text: &str, part: Option<Part>) -> Option<Asked> {
        let tokens: Vec<Token> = self.asker.tokens(text).into_iter().filter(|token| self.stops || !analysis::is_stop(token)).collect();
        let asked: Vec<Asked> = tokens.into_iter().map(|token| self.word(token, part)).collect();
        let met = asked.iter().any(|asked| asked.met);
        let decides = asked.iter().any(|asked| asked.decides);
        let asked: Vec<Asked> = asked.into_iter().filter(|asked| asked.met || !met).collect();
        let asked = joined(asked, met, intersection)?;
        Some(Asked { decides, ..asked })
    }

    fn word(&mut self, token: Token, part: Option<Part>) -> Asked {
        let scope = self.scope(part);
        let word = token.surface.clone();
        let decides = analysis::bearing(&token) == Bearing::Decides;
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
        Asked { decides, ..self.any_of(&word, met, common * scope.presence(documents)) }
    }

    /// Words that name a fact: a text that says the same, or a record that has the fact. The words by themselves where there is neither.
    fn meant(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
        let Node::Meant { text, core, filters, without } = node else { return None };
        if let ([Filter::Country(code)], None) = (&filters[..], part) {
            return self.country(text, code, without);
        }
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
        if said {
            self.mark(Mark::Run(tokens));
        }
        let full = self.read_as(node, part);
        if met.is_empty() && full.is_none() {
            return self.words(text, part);
        }
        Some(Asked { full, ..self.any_of(text, met, scope.presence(0)) })
    }

    /// What a full hit has where the words name a fact; a bare year may as well stand in the title.
    fn read_as(&mut self, node: &Node, part: Option<Part>) -> Option<Box<dyn Query>> {
        let Node::Meant { text, core, filters, without } = node else { return None };
        if part.is_some() {
            return None;
        }
        self.told(text, &filters[0], without);
        let fact = filters::query(self.fields, &filters[0]);
        let bare = matches!(filters[0], Filter::Published(_)) && text == core;
        let said = phrase::phrase(&self.scope(Some(Part::Title)), &self.asker.tokens(core), Some(0)).filter(|_| bare);
        Some(union(std::iter::once(fact).chain(said).collect()))
    }

    fn told(&mut self, words: &str, filter: &Filter, without: &str) {
        if !self.refused {
            let (words, without) = (words.to_owned(), without.to_owned());
            self.plan.read_as.push(ReadAs { words, filter: Node::Filter(filter.clone()).to_string(), without });
        }
    }

    /// Words that name a country rank as words do; a full hit is of that country, or says so and is of none that is known.
    fn country(&mut self, text: &str, code: &str, without: &str) -> Option<Asked> {
        let clauses: Vec<(Weight, Node)> = text.split(' ').map(|word| (Weight::Wish, Node::Word(word.to_owned()))).collect();
        let asked = self.list(&clauses, None)?;
        let filter = Filter::Country(code.to_owned());
        let of = |filter: &Filter| filters::query(self.fields, filter);
        let count = |query: &dyn Query| query.count(self.searcher).unwrap_or(0);
        let (seeking, wanted) = (of(&filter), of(&Filter::WantedCountry(code.to_owned())));
        if count(&*seeking) == 0 {
            return Some(asked);
        }
        // Where more records want a partner in that country than are of it, the words mean either.
        let country = if count(&*wanted) > count(&*seeking) { union(vec![seeking, wanted]) } else { seeking };
        let unknown = BooleanQuery::new(vec![(Occur::Must, asked.query.box_clone()), (Occur::MustNot, of(&Filter::Has("country")))]);
        self.told(text, &filter, without);
        Some(Asked { full: Some(union(vec![country, Box::new(unknown)])), decides: true, ..asked })
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
        let together = |met: &[Component]| union(met.iter().map(|component| component.query.box_clone()).collect());
        if !met.is_empty() {
            let query = Box::new(ConstScoreQuery::new(together(&met), presence));
            met.push(Component::new(word, Path::Met, At::Facts, &[], query));
        }
        let asked = Asked::new(together(&met), !met.is_empty());
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
            Asked::new(query, true)
        } else {
            if !self.refused {
                self.plan.unmet.push(word.to_owned());
            }
            Asked::new(Box::new(EmptyQuery), false)
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

type BoxedQuery = Box<dyn Query>;

/// Several parts as one, both as they meet and as a full hit meets them; `None` of none.
fn joined(mut parts: Vec<Asked>, met: bool, join: fn(Vec<BoxedQuery>) -> BoxedQuery) -> Option<Asked> {
    if parts.len() < 2 {
        return parts.pop().map(|part| Asked { met, ..part });
    }
    let full = parts.iter().any(|part| part.full.is_some()).then(|| join(parts.iter().map(Asked::full).collect()));
    let decides = parts.iter().any(|part| part.decides);
    Some(Asked { query: join(parts.into_iter().map(|part| part.query).collect()), met, full, decides })
}

fn union(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries))
}

fn intersection(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(queries))
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}
