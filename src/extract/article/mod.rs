//! An entry's own page: its main text, files, date, canonical address and language.
//!
//! One way through: the page's model is cut into blocks, each block is measured (`measure`) and scored (`feature`), what
//! scores above nought is the text (`text`). Where that is suspiciously little, `rescue` tries other ways and tells. A
//! configured selector `body` always wins: then only title and summary are taken off.

mod block;
mod day;
mod documents;
mod explain;
mod feature;
mod known;
mod label;
mod measure;
mod phrases;
mod published;
mod rescue;
mod structure;
mod surroundings;
mod text;
mod thresholds;
mod words;

use scraper::Selector;

pub use explain::{BlockReport, DayReport, days, explain};

use self::block::{Block, blocks, blocks_within};
use self::known::Known;
use self::measure::Measure;
use self::surroundings::Surroundings;
use super::page::{Model, Parsed, parse, same_site};
use super::text::normalise;
use super::{Detail, Entry, Page, Problem, ProblemKind};
use crate::config::Selectors;

/// Reads the page of an entry.
pub fn read(page: &Page, entry: &Entry, selectors: &Selectors) -> Detail {
    let Parsed { html: tree, problems: mut faults } = parse(page);
    let model = Model::of(&tree, page);
    let known = Known::of(page, entry, &model);
    let blocks = blocks(&model);
    let around = Surroundings::of(&model, &blocks, &known);
    let (published, problems) = published::read(&model, &around, &known);
    faults.extend(problems);
    let heading = around.title.map(|at| blocks[at].text.replace('\n', " "));
    let declared = || model.metadata.named(&["og:title"]).map(normalise).filter(|title| !title.is_empty());
    let mut detail = Detail {
        title: heading.or_else(declared),
        published,
        canonical: model.metadata.canonical.clone().filter(|url| same_site(url, page.url)),
        lang: model.metadata.lang.clone().filter(|lang| is_subtag(lang)),
        problems: faults,
        ..Detail::default()
    };
    if let Some(selector) = &selectors.body {
        chosen(&model, selector, &known, &mut detail);
    } else {
        let scores = scores(&around, &known);
        let labels = text::labels(&model, &around, &scores, &known);
        detail.documents = documents::links(&model, &around, &labels);
        let (body, problem) = rescue::text(&model, &around, &scores, &labels);
        detail.body = body;
        detail.problems.extend(problem);
    }
    if detail.body.is_none() {
        detail.problems.push(Problem { kind: ProblemKind::NoText, what: "no main text besides title and summary".to_owned() });
    }
    detail
}

/// All that a page shows, block by block.
pub fn plain(page: &Page) -> String {
    let tree = parse(page).html;
    let blocks = blocks(&Model::of(&tree, page));
    text::join(blocks.iter()).unwrap_or_default()
}

fn scores(around: &Surroundings, known: &Known) -> Vec<f32> {
    let measure = Measure::of(around, known);
    let mut vector = feature::Vector::default();
    let mut score = |at: usize| {
        measure.read(at, &mut vector);
        vector.score()
    };
    (0..around.blocks.len()).map(&mut score).collect()
}

/// The elements that the configuration names, in the order of the page.
fn chosen(model: &Model, selector: &Selector, known: &Known, detail: &mut Detail) {
    let mut parts: Vec<Block> = Vec::new();
    let mut end = 0;
    let found = model.matching(selector);
    // One element inside another is read once.
    for node in &found {
        if *node >= end {
            end = model.dom.nodes[*node].end;
            parts.extend(blocks_within(model, *node));
        }
    }
    if found.is_empty() {
        detail.problems.push(Problem { kind: ProblemKind::Selector, what: "body".to_owned() });
    }
    let from = parts.iter().take_while(|block| text::is_title(block, known)).count();
    let from = from + text::leading(parts[from..].iter(), known);
    detail.documents = documents::all(model, &parts);
    detail.body = text::join(parts[from..].iter());
}

/// A primary language subtag (RFC 5646).
fn is_subtag(lang: &str) -> bool {
    (2..=3).contains(&lang.len()) && lang.bytes().all(|byte| byte.is_ascii_lowercase())
}
