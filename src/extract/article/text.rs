//! From scores to the text: what each block is, and the blocks that are text put together.
//!
//! Title, repeated summary and lists of files are known by what they say, everything else by its score. The text is a span
//! in reading order: it begins at its heading, short lines inside it that nearly scored belong to it, facts about the
//! page at its ends do not. Headings whose section fell away go with it.

use super::block::{Block, Kind};
use super::documents;
use super::known::Known;
use super::label::Label;
use super::phrases::Class;
use super::surroundings::Surroundings;
use super::thresholds::{FACT, FILES_LABEL, GAP, NEARLY, SAME, SUMMARY_PART};
use super::words::{covered, likeness};
use crate::extract::dates;
use crate::extract::page::Model;

pub fn labels(model: &Model, around: &Surroundings, scores: &[f32], known: &Known) -> Vec<Label> {
    let blocks = around.blocks;
    let mut labels: Vec<Label> = scores.iter().map(|score| if *score > 0.0 { Label::Text } else { Label::Other }).collect();
    for (at, block) in blocks.iter().enumerate() {
        if around.title == Some(at) || is_title(block, known) {
            labels[at] = Label::Title;
        } else if documents::is_list(model, block) {
            labels[at] = Label::Download;
        }
    }
    for at in (0..blocks.len()).rev() {
        if labels[at] == Label::Text && is_label_of_files(blocks, &labels, at) {
            labels[at] = Label::Download;
        }
    }
    begin_at_heading(around, &mut labels);
    one_column(around, &mut labels);
    fill(around, scores, &mut labels);
    facts(blocks, &mut labels, known);
    repeated_summary(blocks, &mut labels, known);
    orphans(blocks, &mut labels);
    labels
}

/// Text above the heading goes where more stands below it.
fn begin_at_heading(around: &Surroundings, labels: &mut [Label]) {
    let Some(title) = around.title else { return };
    let letters =
        |range: std::ops::Range<usize>| range.filter(|at| labels[*at] == Label::Text).map(|at| around.blocks[at].text.len()).sum::<usize>();
    if letters(title..labels.len()) > letters(0..title) {
        labels[..title].iter_mut().filter(|label| **label == Label::Text).for_each(|label| *label = Label::Other);
    }
}

/// Cells of a layout table beside the one that holds most of the text: columns are alternatives, never one text.
fn one_column(around: &Surroundings, labels: &mut [Label]) {
    let dom = around.dom;
    let letters = |node: usize| around.sums(around.within(node).start, around.within(node).end)[0];
    let cells = dom.ancestors(around.densest).filter(|up| dom.tag(*up) == "td" && 2 * letters(*up) > around.total_prose());
    for cell in cells {
        let row = around.within(dom.nodes[cell].parent);
        for at in row.filter(|at| labels[*at] == Label::Text && !dom.contains(cell, around.blocks[*at].node)).collect::<Vec<_>>() {
            labels[at] = Label::Other;
        }
    }
}

/// Lines that nearly scored: a few between two of the text, contacts among them whatever they scored, and the next of a
/// list of such lines. A list that the text announces by a colon belongs to it, links or not.
fn fill(around: &Surroundings, scores: &[f32], labels: &mut [Label]) {
    let blocks = around.blocks;
    let parent = |at: usize| around.around(at).nth(1);
    let silent = |at: usize| !blocks[at].signs.starts.iter().any(|class| class != Class::Office && class != Class::Download);
    let fits = |at: usize| blocks[at].link_share() <= 0.5 && silent(at) && scores[at] >= NEARLY || blocks[at].is_contact;
    let mut announced = false;
    let mut last = labels.iter().position(|label| *label == Label::Text);
    for at in last.map_or(0, |first| first + 1)..blocks.len() {
        let Some(before) = last else { return };
        let gap = before + 1..at;
        let filled = gap.len() <= GAP && gap.clone().all(|at| labels[at] == Label::Other && fits(at));
        if labels[at] == Label::Text && filled {
            labels[gap].fill(Label::Text);
        } else if labels[at] == Label::Text && blocks[at - 1].is_heading() && labels[at - 1] == Label::Other && fits(at - 1) {
            // A heading belongs to what it heads.
            labels[at - 1] = Label::Text;
        }
        let line = matches!(blocks[at].kind, Kind::Line | Kind::Row) && before + 1 == at;
        let same = parent(at) == parent(before);
        announced = line && silent(at) && (announced && same || blocks[before].text.ends_with(':'));
        if labels[at] == Label::Other && (announced || line && fits(at) && same) {
            labels[at] = Label::Text;
        }
        last = if labels[at] == Label::Text { Some(at) } else { last };
    }
}

/// Short lines with a date or about the page before the first sentence; at the end such with the entry's own day, and what
/// goes on below a line about the page.
fn facts(blocks: &[Block], labels: &mut [Label], known: &Known) {
    let dated = |block: &Block| !dates::find(&block.text, known.seen).is_empty();
    let own =
        |block: &Block| known.published.is_some_and(|day| dates::find(&block.text, known.seen).iter().any(|found| found.date == Ok(day)));
    let text = |labels: &[Label]| (0..blocks.len()).filter(|at| labels[*at] == Label::Text).collect::<Vec<_>>();
    let is_fact = |block: &Block| block.words.len() <= FACT && !block.is_heading();
    for at in text(labels) {
        let block = &blocks[at];
        if !is_fact(block) || !(dated(block) || block.signs.starts.has(Class::Meta)) {
            break;
        }
        labels[at] = Label::Other;
    }
    for at in text(labels).into_iter().rev() {
        let block = &blocks[at];
        let about = |block: &Block| is_fact(block) && block.signs.starts.has(Class::Meta);
        let goes_on = at > 0 && labels[at - 1] == Label::Other && about(&blocks[at - 1]) && !block.is_contact;
        if !is_fact(block) || !(own(block) || dates::whole(&block.text, known.seen).is_some() || about(block) || goes_on) {
            break;
        }
        labels[at] = Label::Other;
    }
}

/// The title repeated.
pub fn is_title(block: &Block, known: &Known) -> bool {
    likeness(&block.words, &known.title) > 0.9
}

/// A heading of files, or the head of their table: short, without links, above files or above another such line.
fn is_label_of_files(blocks: &[Block], labels: &[Label], at: usize) -> bool {
    let block = &blocks[at];
    let next = labels.get(at + 1).copied();
    let short = block.links.is_empty() && block.text.chars().count() <= FILES_LABEL && !block.text.ends_with(['.', '!', '?']);
    let heads = next == Some(Label::Download)
        && (block.signs.starts.has(Class::Download) || block.is_heading() || matches!(block.kind, Kind::Row | Kind::Caption));
    short
        && (heads
            || block.signs.starts.has(Class::Download)
                && (block.is_heading() || block.text.ends_with(':'))
                && next.is_none_or(|next| next != Label::Text))
}

/// Blocks at the start of the text that say what the summary says, or a stretch of it.
fn repeated_summary(blocks: &[Block], labels: &mut [Label], known: &Known) {
    for at in 0..blocks.len() {
        if is_of_summary(&blocks[at], known) {
            labels[at] = Label::Summary;
        } else if labels[at] == Label::Text {
            return;
        }
    }
}

/// How many blocks at the start repeat the summary.
pub fn leading<'a>(blocks: impl Iterator<Item = &'a Block>, known: &Known) -> usize {
    blocks.take_while(|block| is_of_summary(block, known)).count()
}

fn is_of_summary(block: &Block, known: &Known) -> bool {
    let summary = &known.summary.words;
    if summary.is_empty() {
        return false;
    }
    let part =
        || block.words.len() >= SUMMARY_PART && !block.is_heading() && summary.windows(block.words.len()).any(|part| part == block.words);
    likeness(&block.words, &known.summary) >= SAME
        || part()
        || covered(&block.words, &known.summary) >= 1.0 && block.words.len() * 2 > summary.len()
}

/// Headings at the end of the text, and those whose own blocks all fell away.
fn orphans(blocks: &[Block], labels: &mut [Label]) {
    let rank = |at: usize| if let Kind::Heading(level) = blocks[at].kind { level } else { u8::MAX };
    let mut next: Option<usize> = None;
    for at in (0..blocks.len()).rev().filter(|at| blocks[*at].is_heading() || !blocks[*at].text.is_empty()) {
        if labels[at] != Label::Text {
            continue;
        }
        let empty = blocks[at].is_heading() && next.is_none_or(|next| next > at + 1 && blocks[next].is_heading() && rank(next) <= rank(at));
        if empty {
            labels[at] = Label::Other;
        } else {
            next = Some(at);
        }
    }
}

/// Paragraphs parted by an empty line, lines of a list by a line break.
pub fn join<'a>(blocks: impl Iterator<Item = &'a Block>) -> Option<String> {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        if let Some(before) = before {
            let line = |block: &Block| matches!(block.kind, Kind::Line | Kind::Row);
            let joined = block.joined && block.first == before.first;
            out.push_str(if line(block) && line(before) || joined { "\n" } else { "\n\n" });
        }
        out.push_str(&block.text);
        before = Some(block);
    }
    (!out.is_empty()).then_some(out)
}
