//! The nodes of one item, read as an entry: title, page, summary or full text, documents.
//!
//! Title: heading, else the leading link that is no "more" link, else bold text, else the first line.
//! Everything left over is summary, unless it is a label, a list of links or a tool; where the entry
//! has no page of its own and the text is long, it is the full text.

use url::Url;

use super::ground::{Anchor, Ground};
use super::lines::{Line, lines};
use super::links::{Wording, is_document, plain, wording};
use super::outline::is_inline;
use super::segments::Item;
use super::shared::Shared;
use super::title::{self, Title};
use crate::extract::dates;
use crate::extract::files::is_size_note;
use crate::extract::text::normalise;
use crate::extract::{Entry, Link};

/// From this length on, text without a page of its own is a full text.
const LONG: usize = 400;

/// The item as an entry, its date left open; none without a title.
pub fn read(ground: &Ground, item: &Item, shared: &Shared) -> Option<Entry> {
    let mut hidden: Vec<usize> = item.stamp.into_iter().collect();
    for root in &item.roots {
        hidden.extend(ground.stamps_in(*root).filter(|at| ground.stamps[*at].shadow && Some(*at) > item.stamp));
    }
    let mut lines = lines(ground, &item.roots, &hidden);
    let opening = lines.first().map(|line| line.block);
    let Title { text, link, subject, blocks: taken } = title::take(ground, &mut lines, shared)?;
    let documents = documents(ground, item);
    let (file, link) = link.map_or((None, None), |url| if is_document(&url) { (Some(url), None) } else { (None, Some(url)) });
    let link = link.or_else(|| page(ground, item, shared));
    let beside_date = item.stamp.and_then(|at| date_block(ground, at)).filter(|block| !taken.contains(block));
    lines.retain_mut(|line| {
        let aside = Some(line.block) == beside_date && is_aside(line);
        if item.stamp.is_some_and(|at| ground.outline.contains(line.block, ground.stamps[at].node)) {
            title::trim_marks(line);
        }
        let labels = link.is_some() && opening.is_some_and(|block| block == line.block && !taken.contains(&block));
        let label = labels && shared.is_first_label(&line.raw());
        !aside && !label && keep(ground, line, &text, subject, link.as_ref(), shared)
    });
    let blank = |line: &Line| normalise(&line.raw()).is_empty();
    while lines.first().is_some_and(blank) {
        lines.remove(0);
    }
    let mut entry = Entry { title: text, documents, ..Entry::default() };
    if link.is_none() {
        entry.anchor = anchor(ground, item);
        let written: Vec<Line> = lines.iter().filter(|line| !blank(line)).cloned().collect();
        let chars: usize = written.iter().map(|line| line.raw().chars().count()).sum();
        if written.len() > 1 || chars >= LONG {
            let lead = written.len() > 2 && written[0].pieces.iter().all(|piece| piece.strong || piece.text.trim().is_empty());
            entry.body = Some(full_text(ground, item, &written[usize::from(lead)..]));
            lines.truncate(usize::from(lead));
        }
    }
    // A title that leads to a document has no other address.
    entry.link = link.or(file);
    let summary = normalise(&lines.iter().map(Line::raw).collect::<Vec<_>>().join(" "));
    if !summary.is_empty() {
        entry.summary = Some(summary);
        entry.summary_raw = Some(lines.iter().map(Line::raw).collect::<Vec<_>>().join("\n"));
    }
    Some(entry)
}

/// The block whose line holds a date that stands alone in its element.
fn date_block(ground: &Ground, stamp: usize) -> Option<usize> {
    let stamp = &ground.stamps[stamp];
    let tag = ground.outline.tag(stamp.node);
    let apart = stamp.span.is_empty() && (is_inline(tag) || tag == "#text");
    ground.outline.upwards(ground.outline.nodes[stamp.node].parent).find(|up| !is_inline(ground.outline.tag(*up))).filter(|_| apart)
}

/// A few words on the line of the date: author, place, section.
fn is_aside(line: &Line) -> bool {
    let text = normalise(&line.raw());
    let sentence = text.ends_with(['.', '!', '?', '…']) && text.contains(' ');
    text.starts_with(['|', '·', '•', '/']) && text.chars().count() < 80
        || !sentence && text.split(' ').filter(|word| letters(word) > 0).count() <= 4
}

/// The one page that the item's links agree on.
fn page(ground: &Ground, item: &Item, shared: &Shared) -> Option<Url> {
    let anchors = item.roots.iter().flat_map(|root| ground.anchors_in(*root));
    let pages: Vec<(&Url, &Anchor)> =
        anchors.filter_map(|anchor| Some((anchor.page.as_ref()?, anchor))).filter(|(url, _)| !shared.leads(url)).collect();
    let more = pages.iter().find(|(_, anchor)| anchor.wording == Wording::More || shared.is_said(ground, anchor));
    let found = more.or_else(|| pages.iter().find(|(_, anchor)| anchor.wording == Wording::Empty));
    found.map(|(url, _)| (*url).clone())
}

fn documents(ground: &Ground, item: &Item) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for anchor in item.roots.iter().flat_map(|root| ground.anchors_in(*root)) {
        let Some(url) = &anchor.document else { continue };
        if !found.iter().any(|link| link.url == *url) {
            found.push(Link { url: url.clone(), title: normalise(&ground.outline.text(anchor.node)) });
        }
    }
    found
}

/// Drops what is no text of the entry from a line; false where nothing remains.
fn keep(ground: &Ground, line: &mut Line, title: &str, subject: Option<usize>, page: Option<&Url>, shared: &Shared) -> bool {
    let tool = |link: usize| {
        let says_more = |a: &Anchor| {
            let own = page.is_some() && a.page.as_ref() == page;
            matches!(a.wording, Wording::More | Wording::Next | Wording::LoadMore)
                || shared.is_said(ground, a)
                || own && announces(&ground.outline.text(a.node), title)
        };
        Some(link) != subject && ground.anchor(link).is_some_and(says_more)
    };
    let own_page = |link: usize| Some(link) == subject || (page.is_some() && ground.links.resolve(ground.outline, link).as_ref() == page);
    let count = |line: &Line, chosen: &dyn Fn(usize) -> bool| -> usize {
        line.pieces.iter().filter(|piece| piece.link.is_some_and(chosen)).map(|piece| letters(&piece.text)).sum()
    };
    let whole = normalise(&line.raw());
    let foreign = count(line, &|link| tool(link) || !own_page(link));
    let own = letters(&whole).saturating_sub(foreign);
    // Words of a tool weigh nothing against a short sentence before it.
    let strange = count(line, &|link| !tool(link) && !own_page(link));
    let few = strange > 0 && own <= strange && whole.split(' ').count() <= 12;
    line.pieces.retain(|piece| piece.link.is_none_or(|link| !tool(link)));
    let text = normalise(&line.raw());
    if whole.is_empty() {
        return line.raw().contains('\u{a0}');
    }
    let label = text.find(':').is_some_and(|at| at < 40 && letters(&text[at..]) <= strange + 2);
    let listed = foreign > 0 && (own <= 2 || label || few);
    let bare = !text.contains(char::is_alphabetic) || text == title || matches!(wording(&text), Wording::More | Wording::LoadMore);
    let remark = text.chars().count() < 80 && dates::is_label(&text);
    !(listed || bare || remark || is_size_note(&text) || page.is_some() && shared.is_label(&text))
}

/// A few words and then the whole title: "read on about …" in any language.
fn announces(words: &str, title: &str) -> bool {
    let (words, title) = (plain(words), plain(title));
    let before = words.strip_suffix(&title).filter(|_| !title.is_empty());
    before.is_some_and(|before| before.ends_with(' ') && before.split_whitespace().count() <= 4)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Paragraphs apart by an empty line, list items by a line break.
fn full_text(ground: &Ground, item: &Item, lines: &[Line]) -> String {
    let mut out = String::new();
    let in_list = |line: &Line| {
        let inside =
            ground.outline.upwards(line.block).take_while(|up| !item.roots.contains(up) || ground.outline.tag(*up) != "li").take(3);
        inside.filter(|up| ground.outline.tag(*up) == "li").count() > 0
    };
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            let joined = (in_list(line) && in_list(&lines[at - 1])) || line.block == lines[at - 1].block;
            out.push_str(if joined { "\n" } else { "\n\n" });
        }
        out.push_str(&normalise(&line.raw()));
    }
    out
}

/// The nearest `id` or `name` that leads to the item.
fn anchor(ground: &Ground, item: &Item) -> Option<String> {
    let outline = ground.outline;
    let named = |at: usize| {
        let id = outline.attr(at, "id").or_else(|| outline.attr(at, "name").filter(|_| outline.tag(at) == "a"));
        id.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned)
    };
    let root = *item.roots.first()?;
    let within = |root: usize| root..outline.nodes[root].end.min(root + 12);
    // An empty anchor stands before its entry; the last block may so hold the next entry's.
    let empty = |at: &usize| outline.sum(*at).chars == 0;
    let before =
        || (root.saturating_sub(6)..root).rev().take_while(empty).filter(|at| outline.nodes[*at].parent == outline.nodes[root].parent);
    let later = || item.roots[1..].iter().copied().filter(|root| !empty(root)).flat_map(within);
    within(root).find_map(named).or_else(|| before().find_map(named)).or_else(|| later().find_map(named)).or_else(|| {
        let above = outline.nodes[root].parent;
        (outline.sum_between(above, root).chars == 0).then(|| named(above)).flatten()
    })
}
