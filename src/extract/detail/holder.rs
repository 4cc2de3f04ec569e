//! The element that holds the text, and what of its neighbours belongs to it.
//!
//! Makers of sites put the text of an article into one element and dates, names, tools and boxes into others.
//! That element is found by its weight: the innermost with three quarters of the sentences of the region.
//! What stands beside it must earn its place by sentences, a contact or a table; short lines do not.

use super::super::files::is_document;
use super::blocks::{Block, Blocks, Kind};
use super::furniture::{is_furniture, is_name};
use super::links::{is_teaser, is_tools};
use super::region::{Region, prose};
use super::repeat::is_of_summary;
use super::words::is_one;
use super::{Known, day, labels};

/// Sentences that make an element worth having, in characters.
const ENOUGH: usize = 20;
/// Elements that are part of a text, never around all of one.
const PARTS: &str = "p|li|ul|ol|dl|dt|dd|pre|blockquote|address|center|h1|h2|h3|h4|h5|h6|tr|table|tbody|thead|tfoot|figure|hgroup";
/// Blocks of an element that asks the reader to fill in or press something, at most.
const ASKING: usize = 8;
/// Elements around the text whose other children stand near it.
const NEAR: usize = 5;
/// Longest label above links, in characters.
const LABEL: usize = 40;
/// Blocks after the heading that may say who wrote, and characters of one.
const MOST_LINES: usize = 12;
const BYLINE: usize = 90;
/// Digits of a telephone number.
const PHONE: usize = 9;

/// The blocks of the region that the text may consist of.
pub fn text(at: Vec<usize>, all: &Blocks, region: &Region, known: &Known) -> Vec<usize> {
    let bylines = bylines(all, region);
    let weights = Weights::of(&at, all, region, &bylines, known);
    let total = weights.of_scope(all, region.scope);
    if total < ENOUGH {
        return at;
    }
    let holder = holder(all, region, &weights, total);
    let heading = region.title.map_or(0, |title| all.blocks[title].scope);
    let mut sides =
        Sides { all, known, bylines, outer: all.around(holder).collect(), heading: all.around(heading).collect(), ended: false };
    let (start, end) = (all.scopes[holder].start, all.scopes[holder].end);
    let mut out: Vec<usize> = Vec::new();
    let mut rest = at.as_slice();
    while let Some(first) = rest.first().copied() {
        let side = sides.around(first);
        let until = side.map_or(first + 1, |scope| all.scopes[scope].end.max(first + 1));
        let (box_, after) = rest.split_at(rest.iter().take_while(|at| **at < until).count().max(1));
        let stays = if first < start {
            sides.leads(box_)
        } else if first < end {
            let below = weights.between(start, first) * 2 > total;
            let away = side.is_some_and(|side| sides.leads_away(side, out.last().copied()));
            sides.ended |= away && below && sides.tools(box_) && after.first().is_none_or(|next| !sides.carries_on(*next, holder));
            !away && !sides.ended
        } else {
            sides.follows(box_, side)
        };
        if stays {
            out.extend(box_);
        }
        rest = after;
    }
    out
}

/// The innermost element with most of the sentences, its paragraphs and lists left behind.
fn holder(all: &Blocks, region: &Region, weights: &Weights, total: usize) -> usize {
    let heavy = |scope: &usize| weights.of_scope(all, *scope) * 4 >= total * 3;
    let innermost = (region.scope..all.scopes.len()).rev().find(heavy).unwrap_or(region.scope);
    element(all, innermost).max(region.scope)
}

/// The innermost element around a scope that may hold a whole text.
pub fn element(all: &Blocks, scope: usize) -> usize {
    all.around(scope).find(|scope| !is_one(&all.scopes[*scope].name, PARTS)).unwrap_or(0)
}

/// Short lines soon after the heading: who wrote, and when.
fn bylines<'a>(all: &'a Blocks, region: &Region) -> Vec<&'a str> {
    let Some(title) = region.title else { return Vec::new() };
    let above = all.blocks[title + 1..].iter().take(MOST_LINES);
    let lines = above.filter(|block| block.text.chars().count() <= BYLINE && !is_sentence(&block.text));
    lines.map(|block| block.text.as_str()).collect()
}

/// The first two words are a name that a line above the text gave: about the writer.
fn opens_with_name(block: &Block, bylines: &[&str]) -> bool {
    let mut ends = block.text.match_indices(' ').map(|(at, _)| at);
    let name = ends.nth(1).map_or("", |end| &block.text[..end]);
    is_name(name) && bylines.iter().any(|line| line.contains(name))
}

/// Characters of sentences up to each block; where a region has none, those of its other lines.
struct Weights(Vec<usize>);

impl Weights {
    fn of(at: &[usize], all: &Blocks, region: &Region, bylines: &[&str], known: &Known) -> Self {
        let sentences = Self::counted(at, all, is_sentence, bylines, known);
        let enough = sentences.iter().sum::<usize>() >= ENOUGH;
        let mut own = if enough { sentences } else { Self::counted(at, all, |_| true, bylines, known) };
        let weights = Self::sums(&own);
        let total = weights.of_scope(all, region.scope);
        for scope in all.scopes.iter().filter(|scope| scope.controls > 0 && scope.end - scope.start <= ASKING) {
            let begun = weights.between(all.scopes[region.scope].start.min(scope.start), scope.start) >= ENOUGH;
            if begun || weights.between(scope.start, scope.end) * 2 < total {
                own[scope.start..scope.end].fill(0);
            }
        }
        Self::sums(&own)
    }

    /// Characters of each block that counts.
    fn counted(at: &[usize], all: &Blocks, counts: impl Fn(&str) -> bool, bylines: &[&str], known: &Known) -> Vec<usize> {
        let mut own = vec![0; all.blocks.len()];
        let (mut before, mut ended, mut home) = (0, false, 0);
        for at in at {
            let block = &all.blocks[*at];
            let counts = counts(&block.text) && !is_of_summary(block, known);
            let weight = if counts { prose(block, known) } else { 0 };
            ended |= before >= ENOUGH && (is_tools(block, known) || is_teaser(block, known));
            if weight == 0 {
                continue;
            }
            let element = element(all, block.scope);
            if before >= ENOUGH && element != home && opens_with_name(block, bylines) {
                continue;
            }
            // Below tools or links the text may go on, but other things are likelier.
            own[*at] = if ended { weight / 8 } else { weight };
            before += weight;
            home = element;
        }
        own
    }

    fn sums(own: &[usize]) -> Self {
        let sums = own.iter().scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self(std::iter::once(0).chain(sums).collect())
    }

    fn between(&self, start: usize, end: usize) -> usize {
        self.0[end] - self.0[start]
    }

    fn of_scope(&self, all: &Blocks, scope: usize) -> usize {
        self.between(all.scopes[scope].start, all.scopes[scope].end)
    }
}

/// What stands beside the text or in boxes inside it, in the order of the page.
struct Sides<'a> {
    all: &'a Blocks,
    known: &'a Known<'a>,
    bylines: Vec<&'a str>,
    /// The holder and all around it.
    outer: Vec<usize>,
    /// The elements around the heading.
    heading: Vec<usize>,
    /// Something below the text has ended it.
    ended: bool,
}

impl Sides<'_> {
    /// The widest element around a block that holds neither the text nor the heading as well.
    fn around(&self, at: usize) -> Option<usize> {
        let apart = |scope: &usize| !self.outer.contains(scope) && !self.heading.contains(scope);
        self.all.around(self.all.blocks[at].scope).take_while(apart).last()
    }

    fn says(&self, block: &Block) -> bool {
        let words = prose(block, self.known) > 0 || !is_furniture(block, self.known) && !is_teaser(block, self.known);
        is_sentence(&block.text) && block.text.chars().count() >= ENOUGH && !block.aside && words
    }

    /// Above the text: what has sentences of its own.
    fn leads(&self, at: &[usize]) -> bool {
        at.iter().map(|at| &self.all.blocks[*at]).any(|block| self.says(block) || is_of_summary(block, self.known))
    }

    /// A box between paragraphs with nothing but tools or links to other pages, which no line announces.
    fn leads_away(&self, side: usize, before: Option<usize>) -> bool {
        let scope = &self.all.scopes[side];
        let blocks = &self.all.blocks[scope.start..scope.end];
        let away = |block: &Block| is_tools(block, self.known) || is_teaser(block, self.known);
        let label = |block: &Block| block.links.is_empty() && block.text.chars().count() <= LABEL && !is_sentence(&block.text);
        let led = blocks.iter().filter(|block| away(block)).count() * 2 >= blocks.len();
        !is_one(&scope.name, PARTS)
            && led
            && before.is_none_or(|before| !self.all.blocks[before].text.ends_with(':'))
            && blocks.iter().all(|block| away(block) || label(block))
    }

    fn tools(&self, at: &[usize]) -> bool {
        at.iter().map(|at| &self.all.blocks[*at]).any(|block| !block.links.is_empty() && is_tools(block, self.known))
    }

    /// A sentence that stands in the holder itself and in no box of it.
    fn carries_on(&self, at: usize, holder: usize) -> bool {
        let block = &self.all.blocks[at];
        self.says(block) && element(self.all, block.scope) == holder
    }

    /// Below the text: sentences, contacts and tables, until tools or links end the article.
    fn follows(&mut self, at: &[usize], side: Option<usize>) -> bool {
        let blocks: Vec<&Block> = at.iter().map(|at| &self.all.blocks[*at]).collect();
        if self.ended || self.ends(&blocks) {
            self.ended = true;
            return false;
        }
        let asks = side.is_some_and(|side| self.all.scopes[side].controls > 0);
        let writer = |block: &&Block| is_name(block.text.lines().next().unwrap_or_default()) || opens_with_name(block, &self.bylines);
        let named = blocks.first().is_some_and(writer);
        if asks || named {
            return false;
        }
        let heading = blocks.iter().all(|block| matches!(block.kind, Kind::Heading(_)));
        let near = side.is_none_or(|side| self.outer.iter().take(NEAR).any(|outer| *outer == self.all.scopes[side].parent));
        let adds = || is_contact(&blocks, self.known) || is_table(&blocks, self.known);
        heading || blocks.iter().any(|block| self.says(block)) || near && adds()
    }

    /// Mostly links that are no files, or tools.
    fn ends(&self, blocks: &[&Block]) -> bool {
        let file = |block: &&Block| {
            let is_file = |href: &str, file: bool| self.known.base.join(href).is_ok_and(|url| is_document(&url, file));
            block.links.iter().any(|link| is_file(&link.href, link.file)) || labels::names_downloads(&block.text)
        };
        let (linked, length) = blocks.iter().fold((0, 0), |(linked, length), block| (linked + block.linked, length + block.text.len()));
        let tools = blocks.iter().any(|block| !block.links.is_empty() && is_tools(block, self.known));
        (tools || linked * 5 > length * 3) && !blocks.iter().any(file)
    }
}

/// Whom to ask: an address of mail or a number to call.
fn is_contact(blocks: &[&Block], known: &Known) -> bool {
    let phone = |text: &str| {
        let number = |char: char| char.is_ascii_digit() || matches!(char, ' ' | '+' | '/' | '-' | '(' | ')' | '\u{a0}');
        text.split(|char| !number(char)).any(|run| run.chars().filter(char::is_ascii_digit).count() >= PHONE)
    };
    let about = |block: &&Block| labels::names_meta(&block.text) || day::find(&block.text, known.seen).is_some();
    blocks.iter().any(|block| block.text.contains('@') || phone(&block.text)) && !blocks.iter().any(about)
}

/// Lines of facts about the matter and not about the page.
fn is_table(blocks: &[&Block], known: &Known) -> bool {
    let about = |block: &Block| labels::names_meta(&block.text) || day::find(&block.text, known.seen).is_some();
    let plain = |block: &&Block| block.kind == Kind::Line && block.links.is_empty() && !about(block);
    let words: usize = blocks.iter().map(|block| block.text.split_whitespace().count()).sum();
    blocks.len() >= 2 && blocks.iter().all(plain) && words >= 2 * blocks.len()
}

/// Ends as a sentence does, or holds one.
pub fn is_sentence(text: &str) -> bool {
    const LINE: usize = 60;
    text.ends_with(['.', '!', '?', '…']) && text.split_whitespace().count() > 3 || text.contains(". ") && text.chars().count() > LINE
}
