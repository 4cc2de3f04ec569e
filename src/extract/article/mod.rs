//! An entry's own page: its main text, files, date, canonical address and language.
//!
//! One way through: the page's model is cut into blocks, each block is measured (`measure`) and scored (`feature`), what
//! scores above nought is the text (`text`). Where that is suspiciously little, `rescue` tries other ways and tells. A
//! configured selector `body` always wins: then only title and summary are taken off.

mod block;
mod documents;
mod explain;
mod feature;
mod measure;
mod phrases;
mod published;
mod rescue;
mod surroundings;
mod text;
mod words;

use jiff::civil::Date;
use scraper::Selector;

pub use explain::{BlockReport, explain};

use self::block::{Block, blocks, blocks_within};
use self::measure::Measure;
use self::surroundings::Surroundings;
use self::words::Line;
use super::page::{Model, Parsed, parse, same_site};
use super::text::normalise;
use super::{Detail, Entry, Page, Problem, ProblemKind};
use crate::config::Selectors;

/// Likeness from which a line is the title or the summary in other words.
const LIKE: f32 = 0.7;
/// Likeness from which it is the same line.
const SAME: f32 = 0.85;

/// What is known before the text is looked for.
struct Known {
    seen: Date,
    /// What the listing says.
    published: Option<Date>,
    /// Words of the title, and whether the listing cut it short.
    title: Line,
    title_cut: bool,
    /// Words of the listing's summary, none where it was cut short: it then only begins the text.
    summary: Line,
    /// Words of what the page says about itself for search engines, else of the summary.
    description: Line,
}

impl Known {
    fn of(page: &Page, entry: &Entry, model: &Model) -> Self {
        let headline = || model.metadata.objects.iter().find_map(|object| object.get("headline")?.as_str());
        let title = if entry.title.is_empty() { headline().unwrap_or_default() } else { &entry.title };
        let summary = entry.summary.as_deref().unwrap_or_default();
        let told = model.metadata.named(&["og:description", "description", "twitter:description"]).unwrap_or(summary);
        Self {
            seen: page.seen,
            published: entry.published,
            title: Line::of(title),
            title_cut: is_cut(title),
            summary: if is_cut(summary) { Line::default() } else { Line::of(summary) },
            description: Line::of(told),
        }
    }
}

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
    let told = || model.metadata.named(&["og:title"]).map(normalise).filter(|title| !title.is_empty());
    let mut detail = Detail {
        title: heading.or_else(told),
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
    let mut measure = Measure::of(around, known);
    let mut vector = feature::Vector::default();
    let mut score = |at: usize| {
        measure.next(at, &mut vector);
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

/// Ends with the mark of an ellipsis.
fn is_cut(text: &str) -> bool {
    let text = text.trim_end_matches([']', ')', ' ', '»']);
    text.ends_with('…') || text.ends_with("...")
}

/// A primary language subtag (RFC 5646).
fn is_subtag(lang: &str) -> bool {
    (2..=3).contains(&lang.len()) && lang.bytes().all(|byte| byte.is_ascii_lowercase())
}
