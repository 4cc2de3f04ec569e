//! One record as an entry: title, page, date, summary or full text, documents.
//!
//! The title comes from the best column of the list. What is left is summary, unless it is a label, a list of links or
//! a tool; where the entry has no page of its own and the text is long, it is the full text.

use std::collections::HashSet;

use url::Url;

use super::anchor;
use super::cell::{Cell, Record, tooltip};
use super::context::Context;
use super::dated_leaf::DatedLeaf;
use super::leaf::Kind;
use super::order::Decision;
use super::phrases::{self, Class, plain};
use super::reading::Reading;
use super::text::tidy;
use crate::extract::dates;
use crate::extract::files::{is_size_note, without_note};
use crate::extract::page::{What, tags};
use crate::extract::text::normalise;
use crate::extract::{Entry, Link, Problem, ProblemKind};

/// From this length on, text without a page of its own is a full text.
const LONG: usize = 400;
/// Longer titles are cut at the end of a sentence.
const LONGEST_TITLE: usize = 160;
/// Share of the records with one text from which a column names sections.
const SECTION: f64 = 0.5;
/// Different targets among the links of a column, from which they lead to pages of the entries.
const OWN: f64 = 0.6;
/// Share of the cells of a column with one text from which it says the same of each entry.
const AGAIN: f64 = 0.8;
/// Words of a remark on the line of the date.
const REMARK: usize = 4;

/// The record as an entry, its date left open; none without a title.
pub fn read(context: &Context, reading: &Reading, row: usize) -> Option<Entry> {
    let title = reading.table.title(row)?;
    let cells = &reading.table.rows[row];
    let file = context.targets[title.leaf].document.clone();
    let titled = context.targets[title.leaf].page.clone();
    // Where many titles lead to one page it is that of what they name, not of the entry.
    let shared = reading.table.columns[title.column].features.get("targets") < OWN;
    let beside = || page(context, reading, cells, title).or_else(|| behind_date(context, reading, row));
    let page = if shared { beside().or(titled) } else { titled.or_else(beside) };
    let named = reading.table.has_names(context, title.column);
    let mut text = full_title(context, title, named);
    // A note of a file's type and size is not of its title.
    let bare = without_note(&text).len();
    if file.is_some() && bare > 0 {
        text.truncate(bare);
    }
    let cut = named || text.chars().count() > LONGEST_TITLE && context.leaves[title.leaf].link.is_none();
    let mut lines = lines(context, reading, row, title, cut, page.as_ref());
    let mut entry =
        Entry { title: if cut && !named { opening(&text) } else { text }, documents: documents(context, cells), ..Entry::default() };
    if page.is_none() {
        entry.anchor = fragment(context, reading, row);
        let chars: usize = lines.iter().map(|line| line.text.chars().count()).sum();
        if lines.len() > 1 || chars >= LONG {
            let lead = lines.len() > 2 && lines[0].bold;
            entry.body = Some(full_text(&lines[usize::from(lead)..]));
            lines.truncate(usize::from(lead));
        }
    }
    // A title that leads to a document has no other address.
    entry.link = page.or(file);
    let summary = normalise(&lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "));
    if !summary.is_empty() {
        entry.summary = Some(summary);
        entry.summary_raw = Some(lines.iter().map(|line| line.raw.as_str()).collect::<Vec<_>>().join("\n"));
    }
    Some(entry)
}

/// Dates the entry, and tells what is wrong with its date.
pub fn date(context: &Context, dated: Option<DatedLeaf>, order: Decision, entry: &mut Entry, problems: &mut Vec<Problem>) {
    let Some(dated) = dated else {
        problems.push(Problem { kind: ProblemKind::Undated, what: entry.title.clone() });
        return;
    };
    let found = &context.anchors[dated.anchor];
    let words = anchor::words(context.dom, found).replace('\n', " ");
    let problem = |kind| Problem { kind, what: format!("{words}: {}", entry.title) };
    match (order.is_open_span(found), order.day(found)) {
        (true, _) => problems.push(problem(ProblemKind::Undated)),
        (_, Err(_)) => problems.push(problem(ProblemKind::ImpossibleDate)),
        (_, Ok(date)) => {
            entry.published = Some(date);
            if found.machine.is_some_and(|machine| machine != date) {
                problems.push(problem(ProblemKind::DatesDiffer));
            }
        }
    }
    entry.date_text = Some(words);
}

/// The title, in full where the page clips it and a tooltip does not; the tooltip where those of the column are names.
fn full_title(context: &Context, title: &Cell, named: bool) -> String {
    let tip = tooltip(context, title).unwrap_or_default();
    let clipped = title.text.trim_end_matches(['.', '…', ' ']);
    let fuller = title.text.ends_with(['…', '.']) && tip.len() > clipped.len() && plain(&tip).starts_with(&plain(clipped));
    if fuller || named && !tip.is_empty() { tip } else { title.text.to_string() }
}

/// The first sentence of a title that is a paragraph.
fn opening(text: &str) -> String {
    let end = text.find(". ").map_or_else(|| text.floor_char_boundary(LONGEST_TITLE), |dot| dot + 1);
    text[..end].to_owned()
}

/// The page that links other than the title's name: "read on", a picture, a label with an address of its own.
fn page(context: &Context, reading: &Reading, cells: &[Cell], title: &Cell) -> Option<Url> {
    let links: Vec<(&Url, &Cell)> = cells
        .iter()
        .filter_map(|cell| Some((context.targets[cell.leaf].page.as_ref()?, cell)))
        .filter(|(_, cell)| reading.records.len() == 1 || reading.table.columns[cell.column].features.get("targets") >= OWN)
        .collect();
    let says = |cell: &Cell| reads_on(context, reading, cell) || leads_up_to(cell.text, title.text);
    let more = links.iter().find(|(_, cell)| says(cell));
    let picture = || links.iter().find(|(_, cell)| context.leaves[cell.leaf].kind == Kind::Picture);
    more.or_else(picture).map(|(url, _)| (*url).clone())
}

/// Words for reading on, or words that a column says again and again though it leads elsewhere each time.
fn reads_on(context: &Context, reading: &Reading, cell: &Cell) -> bool {
    let column = &reading.table.columns[cell.column].features;
    let again = || column.get("repeated") >= AGAIN && column.get("targets") >= OWN;
    context.classes[cell.leaf] == Class::More || reading.table.is_label(cell.text) || again()
}

/// The page that the date links, where most dates link a page each of their own.
fn behind_date(context: &Context, reading: &Reading, row: usize) -> Option<Url> {
    let page = |record: &Record| context.targets[record.dated?.leaf].page.as_ref();
    let lead = || {
        let different: HashSet<&Url> = reading.records.iter().filter_map(page).collect();
        different.len() > 1 && different.len() as f64 >= OWN * reading.records.len() as f64
    };
    page(&reading.records[row]).filter(|_| *reading.dates_lead.get_or_init(lead)).cloned()
}

fn documents(context: &Context, cells: &[Cell]) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    let mut seen: HashSet<usize> = HashSet::new();
    for cell in cells {
        let nodes = context.leaves[cell.leaf].nodes.clone();
        for link in nodes.filter_map(|at| context.dom.nodes[at].link).filter(|link| seen.insert(*link)) {
            let Some(url) = context.links.target(context.dom, link).document else { continue };
            if !found.iter().any(|known| known.url == url) {
                found.push(Link { url, title: context.dom.text_of(link).replace('\n', " ") });
            }
        }
    }
    found
}

/// A line of what is left of a record.
struct Line {
    text: String,
    /// With the blanks of the source.
    raw: String,
    block: usize,
    bold: bool,
    in_list: bool,
}

/// Lines of the record that are neither title nor date nor tools.
fn lines(context: &Context, reading: &Reading, row: usize, title: &Cell, keep_title: bool, page: Option<&Url>) -> Vec<Line> {
    let cells = &reading.table.rows[row];
    let mut groups: Vec<Vec<&Cell>> = Vec::new();
    for cell in cells {
        let leaf = &context.leaves[cell.leaf];
        let goes_on = groups.last().and_then(|line| line.last()).is_some_and(|last| {
            let before = &context.leaves[last.leaf];
            !context.dom.text[before.span.end.min(leaf.span.start)..leaf.span.start].contains('\n')
        });
        match groups.last_mut().filter(|_| goes_on) {
            Some(line) => line.push(cell),
            None => groups.push(vec![cell]),
        }
    }
    let date = reading.records[row].dated.map(|dated| dated.leaf);
    let mut lines: Vec<Line> = Vec::new();
    for group in groups {
        let has_title = group.iter().any(|cell| cell.leaf == title.leaf);
        let has_date = group.iter().any(|cell| Some(cell.leaf) == date) || date.is_some_and(|date| context.same_line(date, group[0].leaf));
        let cells: Vec<&Cell> =
            group.into_iter().filter(|cell| keep_title || cell.leaf != title.leaf).filter(|cell| !cell.text.is_empty()).collect();
        let Some(first) = cells.first() else { continue };
        let parts = kept(context, reading, &cells, title, page);
        let text = normalise(&parts.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" "));
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || "–—-:|,·•/".contains(c)).to_owned();
        let remark = has_date && !has_title && is_remark(&text);
        if text.is_empty() || remark {
            continue;
        }
        let whole = parts.iter().map(|(_, raw)| raw.as_str()).collect::<Vec<_>>().join(" ");
        let raw = if normalise(&whole) == text { whole } else { text.clone() };
        let node = context.leaves[first.leaf].nodes.start;
        lines.push(Line {
            text,
            raw,
            block: context.dom.nodes[node].block,
            bold: cells.iter().all(|cell| context.leaves[cell.leaf].bold),
            in_list: context.dom.ancestors(node).take(6).any(|up| context.dom.tag(up) == "li"),
        });
    }
    lines
}

/// A few words on the line of the date: author, place, section.
fn is_remark(text: &str) -> bool {
    let sentence = text.ends_with(['.', '!', '?', '…']) && text.contains(' ');
    !sentence && text.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count() <= REMARK
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// What is text of the entry on a line, normal and as in the source; empty where the line is a label, tool or row of links.
fn kept(context: &Context, reading: &Reading, cells: &[&Cell], title: &Cell, page: Option<&Url>) -> Vec<(String, String)> {
    let target = |cell: &Cell| context.targets[cell.leaf].page.as_ref();
    let tool = |cell: &Cell| {
        let on = reads_on(context, reading, cell) || matches!(context.classes[cell.leaf], Class::Next | Class::LoadMore);
        let own = page.is_some() && target(cell) == page;
        context.leaves[cell.leaf].link.is_some() && (on || own && leads_up_to(cell.text, title.text))
    };
    let foreign = |cell: &Cell| context.leaves[cell.leaf].link.is_some() && !tool(cell) && !(page.is_some() && target(cell) == page);
    let count = |chosen: &dyn Fn(&Cell) -> bool| cells.iter().filter(|cell| chosen(cell)).map(|cell| letters(cell.text)).sum::<usize>();
    let (strange, own) = (count(&foreign), count(&|cell| !foreign(cell) && !tool(cell)));
    let words: usize = cells.iter().map(|cell| cell.text.split_whitespace().count()).sum();
    let text = cells.iter().map(|cell| &**cell.text).collect::<Vec<_>>().join(" ");
    let label = text.find(':').is_some_and(|at| at < 40 && letters(&text[at..]) <= strange + 2);
    if strange > 0 && (own <= 2 || label || own <= strange && words <= 12) {
        return Vec::new();
    }
    let counts = |cell: &Cell| reading.table.is_counter(cell.text);
    let section = |cell: &Cell| {
        let column = &reading.table.columns[cell.column];
        page.is_some() && column.features.get("repeated") >= SECTION && cell.text.split(' ').count() <= REMARK && !cell.text.ends_with('.')
    };
    let shown_cell = |cell: &Cell| !tool(cell) && !counts(cell) && !section(cell) && context.leaves[cell.leaf].kind != Kind::Picture;
    let left: Vec<&&Cell> = cells.iter().filter(|cell| shown_cell(cell)).collect();
    let text = normalise(&left.iter().map(|cell| &**cell.text).collect::<Vec<_>>().join(" "));
    let period = dates::period(&text, context.setting).is_some();
    let bare = period
        || !text.contains(char::is_alphabetic)
        || *text == **title.text
        || matches!(phrases::class(&text), Class::More | Class::LoadMore);
    let remark = text.chars().count() < 80 && dates::is_label(&text);
    let sentence = text.ends_with('.') && text.split(' ').count() > 3;
    let label = || matches!(left[..], [only] if reading.table.is_label(only.text));
    let repeated = page.is_some() && !sentence && label();
    if bare || remark || repeated || is_size_note(&text) {
        return Vec::new();
    }
    left.into_iter().map(|cell| (shown(context, cell), source(context, cell))).collect()
}

/// Text of the cell with the marks around it that `cell::tidy` takes off.
fn shown(context: &Context, cell: &Cell) -> String {
    let leaf = &context.leaves[cell.leaf];
    let own = &context.dom.text[leaf.span.clone()];
    if *tidy(own) == **cell.text { own.replace('\n', " ") } else { cell.text.to_string() }
}

/// The same with the blanks of the source; those of the markup fold to one.
fn source(context: &Context, cell: &Cell) -> String {
    let mut out = String::new();
    for node in &context.dom.nodes[context.leaves[cell.leaf].nodes.clone()] {
        let What::Text(text) = node.what else { continue };
        for char in text.chars().filter(|_| node.visible) {
            if !char.is_ascii_whitespace() {
                out.push(char);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    out.trim_matches(|c: char| c.is_ascii_whitespace()).to_owned()
}

/// A few words and then the whole title: "read on about …" in any language.
fn leads_up_to(words: &str, title: &str) -> bool {
    let (words, title) = (plain(words), plain(title));
    let before = words.strip_suffix(&title).filter(|_| !title.is_empty());
    before.is_some_and(|before| before.ends_with(' ') && before.split_whitespace().count() <= REMARK)
}

/// Paragraphs apart by an empty line, list items by a line break.
fn full_text(lines: &[Line]) -> String {
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            let joined = line.in_list && lines[at - 1].in_list || line.block == lines[at - 1].block;
            out.push_str(if joined { "\n" } else { "\n\n" });
        }
        out.push_str(&normalise(&line.text));
    }
    out
}

/// The nearest `id` or `name` that leads to the record.
fn fragment(context: &Context, reading: &Reading, row: usize) -> Option<String> {
    let dom = context.dom;
    let named = |at: usize| {
        let id = dom.attr(at, "id").or_else(|| dom.attr(at, "name").filter(|_| dom.tag(at) == "a"));
        id.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned)
    };
    let leaves = &reading.records[row].leaves;
    let first = context.leaves.get(leaves.start)?.nodes.start;
    // Elements that open at the first leaf: they hold no text before it.
    let start = context.leaves[..leaves.start].last().map_or(0, |before| before.nodes.end);
    let opening = (start..=first).rev().filter(|at| dom.is_element(*at)).find_map(named);
    let end = context.leaves[leaves.end - 1].nodes.end;
    opening.or_else(|| (first..end.min(first + 40)).filter(|at| !tags::is_formatting(dom.tag(*at))).find_map(named))
}
