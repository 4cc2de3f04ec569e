//! The tree of a question as one tantivy query, together with what it takes to explain, mark and mend it.
//!
//! Of words side by side any one makes a hit and more rank higher; a hit that meets all that say what is asked for is full
//! (`levels`). A word that meets nothing is told, or replaced by one that is spelled much the same. Phrases, fields and `+`
//! must be met. Filters give no score.

mod asked;
mod implicit;
mod planner;
mod words;

use tantivy::Searcher;
use tantivy::query::{AllQuery, ConstScoreQuery, EmptyQuery, Query};

use super::analysis::{self, Asker};
use super::answer::{ReadAs, Suggestion};
use super::highlight::Mark;
use super::levels::Criterion;
use super::query::{Node, Weight};
use super::schema::Fields;
use super::word::{Component, Scope};
use planner::Planner;

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
    /// Filters that no record meets.
    pub hints: Vec<String>,
    /// What filters leave out because it is not known.
    pub left_out: Vec<String>,
}

impl Plan {
    fn of(query: Box<dyn Query>) -> Self {
        let (criteria, components, marks) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            query,
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

/// Plans the tree against the index as it is now.
pub fn plan(fields: &Fields, searcher: &Searcher, asker: &Asker, node: &Node) -> Plan {
    let scope = Scope { fields, searcher, part: None };
    let highest_idf = highest_idf(&scope, asker, node);
    for stops in [false, true] {
        let plan = Plan::of(Box::new(EmptyQuery));
        let mut planner = Planner { fields, searcher, asker, stops, negated: false, highest_idf, plan };
        if let Some(asked) = planner.node(node, None) {
            return Plan { query: asked.query, ..planner.plan };
        }
    }
    // Nothing was asked: everything answers.
    Plan::of(everything())
}

/// Idf of the rarest word of the question that any record has.
fn highest_idf(scope: &Scope, asker: &Asker, node: &Node) -> f32 {
    match node {
        Node::List(clauses) => {
            clauses.iter().filter(|(weight, _)| *weight != Weight::Not).map(|(_, node)| highest_idf(scope, asker, node)).fold(0.0, f32::max)
        }
        Node::Any(nodes) | Node::Every(nodes) => nodes.iter().map(|node| highest_idf(scope, asker, node)).fold(0.0, f32::max),
        Node::Word(text) => {
            let tokens = asker.tokens(text).into_iter().filter(|token| !analysis::is_stop(token));
            let documents = tokens.map(|token| scope.doc_freq_of(&token)).filter(|documents| *documents > 0);
            documents.map(|documents| scope.idf(documents)).fold(0.0, f32::max)
        }
        _ => 0.0,
    }
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}
