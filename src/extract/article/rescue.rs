//! What is done where the scored text is suspiciously little: other ways, and a word about it, so that nothing is lost silently.
//!
//! In order: the lines that nearly scored inside the element that the page marks as its article, those in its densest
//! element, and what its JSON-LD says (`articleBody`). A text that has probably little in common with that of the page is
//! told even where no way gives more.

use super::block::Block;
use super::feature::Mark;
use super::label::Label;
use super::surroundings::Surroundings;
use super::text::join;
use super::thresholds::{HIDDEN, MUCH, NEARLY_NONE, OVERLAP};
use crate::extract::page::Model;
use crate::extract::text::normalise;
use crate::extract::{Problem, ProblemKind};

/// The text, and what is doubtful about it.
pub fn text(model: &Model, around: &Surroundings, scores: &[f32], labels: &[Label]) -> (Option<String>, Option<Problem>) {
    let kept = join(blocks(around, |at| labels[at] == Label::Text));
    let length = kept.as_ref().map_or(0, String::len);
    let body = article_body(model);
    let hidden = body.as_ref().is_some_and(|body| body.len() > MUCH * length.max(NEARLY_NONE));
    if length >= NEARLY_NONE && !hidden {
        return (kept, doubt(around, scores, labels));
    }
    let near = |at: usize| labels[at] == Label::Text || labels[at] == Label::Other && scores[at] > HIDDEN && around.prose[at] > 0;
    let marked = [Mark::Body, Mark::Article, Mark::Main, Mark::RoleMain];
    let marked = join(blocks(around, |at| near(at) && marked.iter().any(|mark| around.is_in(at, *mark))));
    let densest = join(blocks(around, |at| near(at) && around.dom.contains(around.densest, around.blocks[at].node)));
    let ways = [(marked, "the element that the page marks as its article"), (densest, "the densest element"), (body, "its JSON-LD")];
    for (found, from) in ways {
        if let Some(found) = found.filter(|found| found.len() > MUCH * length) {
            return (Some(found), Some(doubtful(format!("the text was taken from {from}"))));
        }
    }
    let short = kept.is_some().then(|| doubtful(format!("only {length} letters of text")));
    (kept, short)
}

fn blocks<'a>(around: &'a Surroundings, keep: impl Fn(usize) -> bool) -> impl Iterator<Item = &'a Block> {
    around.blocks.iter().enumerate().filter(move |(at, _)| keep(*at)).map(|(_, block)| block)
}

fn doubtful(what: String) -> Problem {
    Problem { kind: ProblemKind::DoubtfulText, what }
}

/// The text may be another or a part of the page's: the overlap of both (Jaccard index) that their chances let expect is small. The
/// chance of a block to be text is the logistic function of its score.
fn doubt(around: &Surroundings, scores: &[f32], labels: &[Label]) -> Option<Problem> {
    let letters = |label: Label, of: fn(f32) -> f32| -> f32 {
        (0..scores.len()).filter(|at| labels[*at] == label).map(|at| around.blocks[at].text.len() as f32 * of(scores[at])).sum()
    };
    let chance = |score: f32| 1.0 / (1.0 + (-score).exp());
    let overlap = letters(Label::Text, chance) / (letters(Label::Text, |_| 1.0) + letters(Label::Other, chance));
    (overlap < OVERLAP).then(|| doubtful(format!("the text may have {:.0} % in common with that of the page", overlap * 100.0)))
}

/// `articleBody` of the page's JSON-LD, a paragraph a line; pages that scripts fill at least tell search engines.
fn article_body(model: &Model) -> Option<String> {
    let bodies = model.metadata.objects.iter().filter_map(|object| object.get("articleBody")?.as_str());
    let body = bodies.max_by_key(|body| body.len())?;
    let lines: Vec<String> = body.lines().map(normalise).filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}
