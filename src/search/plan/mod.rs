//! The tree of a question as what it meets and what adds to a score, together with what it takes to explain, mark and mend it.
//!
//! Of words side by side any one makes a hit and more rank higher; a hit that meets all that say what is asked for is full
//! (`levels`). A word that meets nothing is told, or replaced by one that is spelled much the same. Phrases, fields and `+`
//! must be met. Filters give no score.

mod asked;
mod implicit;
mod planner;
mod words;

use super::analysis::{self, Asker};
use super::corpus::Corpus;
use super::matching::Matching;
use super::query::{Node, Weight};
use super::schema::Fields;
use super::word::Scope;
pub use planner::Plan;
use planner::Planner;

/// Plans the tree against the index as it is now.
pub fn plan(fields: &Fields, corpus: &dyn Corpus, asker: &Asker, node: &Node) -> Plan {
    let scope = Scope { fields, corpus, part: None };
    let highest_idf = highest_idf(&scope, asker, node);
    for stops in [false, true] {
        let plan = Plan::of(Matching::nothing());
        let mut planner = Planner { fields, corpus, asker, stops, negated: false, highest_idf, plan };
        if let Some(asked) = planner.node(node, None) {
            // Every hit meets the whole.
            let mut components = planner.plan.components;
            for component in &mut components {
                component.within.retain(|within| !within.is(&asked.matching));
            }
            return Plan { matching: asked.matching, components, ..planner.plan };
        }
    }
    // Nothing was asked: everything answers.
    Plan::of(Matching::everything())
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
