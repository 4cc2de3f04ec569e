//! The title of an item, taken out of its lines, with the page it leads to.
//!
//! A link's `title` attribute is believed where it says something else than a tooltip: where it is a
//! full form of a clipped text, or where the link's text is a whole paragraph.

use std::collections::BTreeSet;

use url::Url;

use super::ground::Ground;
use super::lines::{Line, Piece};
use super::links::{Wording, plain, wording};
use super::outline::is_inline;
use super::shared::Shared;
use crate::extract::text::normalise;

pub struct Title {
    pub text: String,
    pub link: Option<Url>,
    /// The link that the title was read from; more text of it is summary, not a list of links.
    pub subject: Option<usize>,
    /// The blocks whose lines it stood in.
    pub blocks: Vec<usize>,
}

/// First lines longer than this are cut at the end of a sentence.
const LONG: usize = 160;

/// Removes the title from the lines.
pub fn take(ground: &Ground, lines: &mut Vec<Line>, shared: &Shared) -> Option<Title> {
    let size = |line: &Line| line.pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
    let before: Vec<(usize, usize)> = lines.iter().map(|line| (line.block, size(line))).collect();
    let found =
        by_heading(ground, lines).or_else(|| by_link(ground, lines, shared)).or_else(|| by_strong(lines)).or_else(|| by_line(lines))?;
    let blocks = before.iter().zip(lines.iter()).filter(|((_, old), line)| *old != size(line)).map(|((block, _), _)| *block).collect();
    Some(Title { blocks, ..found })
}

fn page(ground: &Ground, link: usize) -> Option<Url> {
    ground.anchor(link).and_then(|anchor| anchor.page.clone().or_else(|| anchor.document.clone()))
}

fn by_heading(ground: &Ground, lines: &mut [Line]) -> Option<Title> {
    let pieces = || lines.iter().flat_map(|line| &line.pieces);
    let named = |piece: &&Piece| piece.heading.is_some() && !tidy(&piece.text).is_empty() && wording(&piece.text) == Wording::Title;
    let chosen = pieces().filter(named).find(|piece| piece.link.is_some()).or_else(|| pieces().find(named))?;
    let heading = chosen.heading;
    let subject = chosen.link;
    let text = extract(lines, |piece| piece.heading == heading)?;
    Some(Title { text, link: subject.and_then(|link| page(ground, link)), subject, blocks: Vec::new() })
}

fn by_link(ground: &Ground, lines: &mut [Line], shared: &Shared) -> Option<Title> {
    let fit = |link: usize| {
        let anchor = ground.anchor(link)?;
        let target = anchor.page.as_ref().or(anchor.document.as_ref())?;
        (anchor.wording == Wording::Title && !shared.leads(target) && !shared.is_said(ground, anchor)).then_some(link)
    };
    let leads = |line: &Line| {
        let first = line.pieces.iter().find(|piece| piece.text.chars().any(char::is_alphanumeric))?;
        first.link.and_then(fit)
    };
    let inner = |line: &Line| line.pieces.iter().find_map(|piece| piece.link.and_then(fit));
    let link = lines.iter().find_map(leads).or_else(|| lines.iter().find_map(inner))?;
    let target = page(ground, link);
    let parts: Vec<&Piece> =
        lines.iter().flat_map(|line| &line.pieces).filter(|p| p.link == Some(link) && !tidy(&p.text).is_empty()).collect();
    let whole = normalise(&parts.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" "));
    if let Some(told) = told_title(ground, link, &whole) {
        if starts_alike(&told, &whole) {
            extract(lines, |piece| piece.link == Some(link));
        }
        return Some(Title { text: told, link: target, subject: Some(link), blocks: Vec::new() });
    }
    // A link around a whole card: its bold or first part is the title.
    let holders: BTreeSet<usize> = parts.iter().map(|piece| piece.holder).collect();
    let spans = lines.iter().filter(|line| line.pieces.iter().any(|p| p.link == Some(link) && !tidy(&p.text).is_empty())).count();
    let spanned = holders.iter().all(|holder| ground.outline.tag(*holder) == "span");
    let boxed = holders.len() > 1 && !holders.contains(&link) && (spanned || is_card(ground, link));
    let text = if spans > 1 || boxed {
        let first = parts.iter().find(|piece| piece.strong).copied().or_else(|| named(&parts, shared))?.holder;
        extract(lines, |piece| piece.link == Some(link) && piece.holder == first)
    } else {
        extract(lines, |piece| piece.link == Some(link))
    }?;
    Some(Title { text, link: target, subject: Some(link), blocks: Vec::new() })
}

/// The first part that is no label; a label before nothing but a paragraph is a title after all.
fn named<'p>(parts: &[&'p Piece], shared: &Shared) -> Option<&'p Piece> {
    let paragraph = |piece: &Piece| piece.text.split_whitespace().count() > 8 && piece.text.trim_end().ends_with(['.', '!', '…']);
    let labels = parts.iter().take_while(|piece| shared.is_label(&piece.text)).count().max(1);
    let from = if parts.first().is_some_and(|first| shared.is_first_label(&first.text)) { labels } else { 0 };
    let own = parts.get(from).filter(|piece| !paragraph(piece));
    own.or(parts.first()).copied()
}

/// The link holds blocks or its own date.
fn is_card(ground: &Ground, link: usize) -> bool {
    let end = ground.outline.nodes[link].end;
    !ground.stamps_in(link).is_empty() || (link + 1..end).any(|at| ground.outline.tag(at) != "#text" && !is_inline(ground.outline.tag(at)))
}

/// The `title` attribute where it names the entry.
fn told_title(ground: &Ground, link: usize, text: &str) -> Option<String> {
    let told = normalise(ground.outline.attr(link, "title")?);
    let clipped = text.trim_end_matches(['.', '…', ' ']);
    let fuller = text.ends_with(['…', '.']) && told.len() > clipped.len() && plain(&told).starts_with(&plain(clipped));
    let paragraph = text.ends_with(['.', '…', '!', '?']) && told.chars().count() >= 8 && wording(&told) == Wording::Title;
    (told != text && !told.is_empty() && (fuller || (paragraph && !starts_alike(&told, text)))).then_some(told)
}

/// One begins as the other does.
fn starts_alike(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    a.starts_with(&b) || b.starts_with(&a)
}

fn by_strong(lines: &mut [Line]) -> Option<Title> {
    let leads = |line: &Line| line.pieces.iter().find(|piece| !tidy(&piece.text).is_empty()).is_some_and(|piece| piece.strong);
    let at = lines.iter().position(leads)?;
    let text = extract(&mut lines[at..=at], |piece| piece.strong)?;
    Some(Title { text, link: None, subject: None, blocks: Vec::new() })
}

/// The first line, or its first sentence when it is a paragraph.
fn by_line(lines: &mut Vec<Line>) -> Option<Title> {
    let at = lines.iter().position(|line| tidy(&line.raw()).chars().filter(|c| c.is_alphabetic()).count() > 1)?;
    let text = tidy(&lines[at].raw());
    if text.chars().count() <= LONG {
        lines.remove(at);
        return Some(Title { text, link: None, subject: None, blocks: Vec::new() });
    }
    let cut = text.find(". ").map_or_else(|| text.floor_char_boundary(LONG), |dot| dot + 1);
    Some(Title { text: text[..cut].to_owned(), link: None, subject: None, blocks: Vec::new() })
}

/// Takes the chosen pieces out of the lines and joins them.
fn extract(lines: &mut [Line], chosen: impl Fn(&Piece) -> bool) -> Option<String> {
    let mut text = String::new();
    for line in lines {
        let before = line.pieces.len();
        line.pieces.retain(|piece| {
            let taken = chosen(piece);
            if taken {
                text.push_str(&piece.text);
            }
            !taken
        });
        if line.pieces.len() < before {
            trim_marks(line);
        }
        text.push(' ');
    }
    let text = tidy(&text);
    (!text.is_empty()).then_some(text)
}

/// Separators that stood between title or date and text.
pub fn trim_marks(line: &mut Line) {
    while let Some(first) = line.pieces.first_mut() {
        let rest = first.text.trim_start_matches(|c: char| c.is_ascii_whitespace() || "–—-:|,·•/".contains(c));
        if !rest.is_empty() {
            first.text = rest.to_owned();
            return;
        }
        line.pieces.remove(0);
    }
}

/// Normal form without separators at either end.
pub fn tidy(text: &str) -> String {
    let text = normalise(text);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "–—-:|,·•/)]".contains(c));
    text.trim_end_matches(|c: char| c.is_whitespace() || "–—-|·•/([:".contains(c)).to_owned()
}
