//! Facts that plain words name: a date, a size, a country, a group of countries. Such words still rank as words where a text says
//! them; a full hit has the fact. Refuses facts that no record has: then words are words.

use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query};

use super::asked::{Asked, union};
use super::planner::Planner;
use crate::search::answer::ReadAs;
use crate::search::highlight::Mark;
use crate::search::query::{Filter, Node, Part, Weight};
use crate::search::word::{At, Component, MatchKind, boosted};
use crate::search::{filters, phrase};

/// What a fact gives that the words name.
const FACT: f32 = 2.0;

/// What a text gives that says the same in words.
const SAID: f32 = 0.5;

impl Planner<'_> {
    /// Words that name a fact: a text that says the same, or a record that has the fact. The words by themselves where there is neither.
    pub(super) fn implicit(&mut self, node: &Node, part: Option<Part>) -> Option<Asked> {
        let Node::Implicit { text, core, filters, without } = node else { return None };
        match (&filters[..], part) {
            ([Filter::Country(code)], None) => return self.country(text, code, without),
            ([filter @ Filter::Region(_)], None) => return self.region(text, filter, without),
            _ => {}
        }
        let scope = self.scope(part);
        let tokens = self.asker.tokens(core);
        let mut met = Vec::new();
        met.extend(
            phrase::phrase(&scope, &tokens, Some(0))
                .map(|query| Component::new(text, MatchKind::Phrase, At::Text, &[core], boosted(query, SAID))),
        );
        let said = !met.is_empty();
        for filter in filters.iter().filter(|_| part.is_none()) {
            let query = filters::query(self.fields, self.searcher, filter);
            let documents = query.count(self.searcher).unwrap_or(0) as u64;
            if documents > 0 {
                let (kind, fact) = match filter {
                    Filter::Published(_) => (MatchKind::Date, "published"),
                    Filter::Wanted(_) => (MatchKind::Size, "wanted"),
                    _ => (MatchKind::Size, "population"),
                };
                let query = Box::new(ConstScoreQuery::new(query, FACT * scope.idf(documents)));
                met.push(Component::new(text, kind, At::Facts, &[fact], query));
            }
        }
        if said {
            self.mark(Mark::Run(tokens));
        }
        let full = self.read_as(node, part);
        if met.is_empty() && full.is_none() {
            return self.words(text, part);
        }
        Some(Asked { full, ..self.any_of(text, met, scope.coord(0)) })
    }

    /// What a full hit has where the words name a fact; a bare year may as well stand in the title.
    pub(super) fn read_as(&mut self, node: &Node, part: Option<Part>) -> Option<Box<dyn Query>> {
        let Node::Implicit { text, core, filters, without } = node else { return None };
        if part.is_some() {
            return None;
        }
        self.told(text, &filters[0], without);
        let fact = filters::query(self.fields, self.searcher, &filters[0]);
        let bare = matches!(filters[0], Filter::Published(_)) && text == core;
        let said = phrase::phrase(&self.scope(Some(Part::Title)), &self.asker.tokens(core), Some(0)).filter(|_| bare);
        Some(union(std::iter::once(fact).chain(said).collect()))
    }

    pub(super) fn told(&mut self, words: &str, filter: &Filter, without: &str) {
        if !self.negated {
            let (words, without) = (words.to_owned(), without.to_owned());
            self.plan.read_as.push(ReadAs { words, filter: Node::Filter(filter.clone()).to_string(), without });
        }
    }

    /// Words that name a group of countries: a full hit is of one of them, or says the words.
    pub(super) fn region(&mut self, text: &str, filter: &Filter, without: &str) -> Option<Asked> {
        let query = filters::query(self.fields, self.searcher, filter);
        if query.count(self.searcher).unwrap_or(0) == 0 {
            return self.several(text);
        }
        let (unmet, suggestions) = (self.plan.unmet.len(), self.plan.suggestions.len());
        let asked = self.several(text)?;
        // The fact answers where no text has the words.
        self.plan.unmet.truncate(unmet);
        self.plan.suggestions.truncate(suggestions);
        self.told(text, filter, without);
        let fact: Box<dyn Query> = Box::new(ConstScoreQuery::new(query, FACT));
        if !self.negated {
            self.plan.components.push(Component::new(text, MatchKind::Country, At::Facts, &["region"], fact.box_clone()));
        }
        let said = phrase::phrase(&self.scope(None), &self.asker.tokens(text), Some(0));
        let full = union(std::iter::once(fact.box_clone()).chain(said).collect());
        Some(Asked { query: union(vec![fact, asked.query]), met: true, full: Some(full), decides: true })
    }

    /// Words of a text as words side by side.
    pub(super) fn several(&mut self, text: &str) -> Option<Asked> {
        let clauses: Vec<(Weight, Node)> = text.split(' ').map(|word| (Weight::Should, Node::Word(word.to_owned()))).collect();
        self.list(&clauses, None)
    }

    /// Words that name a country rank as words do; a full hit is of that country, or says so and is of none that is known.
    pub(super) fn country(&mut self, text: &str, code: &str, without: &str) -> Option<Asked> {
        let asked = self.several(text)?;
        let filter = Filter::Country(code.to_owned());
        let of = |filter: &Filter| filters::query(self.fields, self.searcher, filter);
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
}
