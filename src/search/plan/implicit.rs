//! Facts that plain words name: a date, a size, a country, a group of countries. Such words still rank as words where a text says
//! them; a full hit has the fact. Refuses facts that no record has: then words are words.

use super::asked::Asked;
use super::planner::Planner;
use crate::search::answer::ReadAs;
use crate::search::component::{At, Component, MatchKind, Part};
use crate::search::highlight::Mark;
use crate::search::matching::Matching;
use crate::search::query::{self, Filter, Node, Weight};
use crate::search::{filters, phrase};

/// What a fact gives that the words name.
const FACT: f32 = 2.0;

/// What a text gives that says the same in words.
const SAID: f32 = 0.5;

impl Planner<'_> {
    /// Words that name a fact: a text that says the same, or a record that has the fact. The words by themselves where there is neither.
    pub(super) fn implicit(&mut self, node: &Node, part: Option<query::Part>) -> Option<Asked> {
        let Node::Implicit { text, core, filters, without } = node else { return None };
        match (&filters[..], part) {
            ([Filter::Country(code)], None) => return self.country(text, code, without),
            ([filter @ Filter::Region(_)], None) => return self.region(text, filter, without),
            _ => {}
        }
        let scope = self.scope(part);
        let tokens = self.asker.tokens(core);
        let mut met = Vec::new();
        let said = phrase::phrase(&scope, &tokens, Some(0));
        if !said.is_empty() {
            met.push(Component::new(text, MatchKind::Phrase, At::Text, &[core], said).boosted(SAID));
            self.mark(Mark::Run(tokens));
        }
        for filter in filters.iter().filter(|_| part.is_none()) {
            let fact = self.filter(filter);
            let documents = self.corpus.count(&fact).unwrap_or(0) as u64;
            if documents > 0 {
                let (kind, term) = match filter {
                    Filter::Published(_) => (MatchKind::Date, "published"),
                    Filter::Wanted(_) => (MatchKind::Size, "wanted"),
                    _ => (MatchKind::Size, "population"),
                };
                met.push(Component::new(text, kind, At::Facts, &[term], vec![Part::Constant(fact, FACT * scope.idf(documents))]));
            }
        }
        let full = self.read_as(node, part);
        if met.is_empty() && full.is_none() {
            return self.words(text, part);
        }
        Some(Asked { full, ..self.any_of(text, met, scope.coord(0)) })
    }

    /// What a full hit has where the words name a fact; a bare year may as well stand in the title.
    pub(super) fn read_as(&mut self, node: &Node, part: Option<query::Part>) -> Option<Matching> {
        let Node::Implicit { text, core, filters, without } = node else { return None };
        if part.is_some() {
            return None;
        }
        self.told(text, &filters[0], without);
        let bare = matches!(filters[0], Filter::Published(_)) && text == core;
        let mut full = vec![self.filter(&filters[0])];
        if bare {
            full.push(Part::matching(&phrase::phrase(&self.scope(Some(query::Part::Title)), &self.asker.tokens(core), Some(0))));
        }
        Some(Matching::any(full))
    }

    pub(super) fn filter(&self, filter: &Filter) -> Matching {
        filters::matching(self.fields, self.corpus, filter)
    }

    pub(super) fn told(&mut self, words: &str, filter: &Filter, without: &str) {
        if !self.negated {
            let (words, without) = (words.to_owned(), without.to_owned());
            self.plan.read_as.push(ReadAs { words, filter: Node::Filter(filter.clone()).to_string(), without });
        }
    }

    /// Words that name a group of countries: a full hit is of one of them, or says the words.
    pub(super) fn region(&mut self, text: &str, filter: &Filter, without: &str) -> Option<Asked> {
        let fact = self.filter(filter);
        if self.corpus.count(&fact).unwrap_or(0) == 0 {
            return self.several(text);
        }
        let (unmet, suggestions) = (self.plan.unmet.len(), self.plan.suggestions.len());
        let asked = self.several(text)?;
        // The fact answers where no text has the words.
        self.plan.unmet.truncate(unmet);
        self.plan.suggestions.truncate(suggestions);
        self.told(text, filter, without);
        if !self.negated {
            let parts = vec![Part::Constant(fact.clone(), FACT)];
            self.plan.components.push(Component::new(text, MatchKind::Country, At::Facts, &["region"], parts));
        }
        let said = Part::matching(&phrase::phrase(&self.scope(None), &self.asker.tokens(text), Some(0)));
        let full = Matching::any(vec![fact.clone(), said]);
        Some(Asked { matching: Matching::any(vec![fact, asked.matching]), met: true, full: Some(full), decides: true })
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
        let count = |matching: &Matching| self.corpus.count(matching).unwrap_or(0);
        let (seeking, wanted) = (self.filter(&filter), self.filter(&Filter::WantedCountry(code.to_owned())));
        if count(&seeking) == 0 {
            return Some(asked);
        }
        // Where more records want a partner in that country than are of it, the words mean either.
        let country = if count(&wanted) > count(&seeking) { Matching::any(vec![seeking, wanted]) } else { seeking };
        let unknown = asked.matching.clone().without(self.filter(&Filter::Has("country")));
        self.told(text, &filter, without);
        Some(Asked { full: Some(Matching::any(vec![country, unknown])), decides: true, ..asked })
    }
}
