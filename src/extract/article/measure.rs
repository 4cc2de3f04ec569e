//! The features of each block: its own words, its neighbours, its place and the elements around it.
//!
//! Counts enter as logarithms, shares as they are; no value is far above one.

use std::collections::HashMap;

use super::block::{Block, Kind, has_year};
use super::feature::{Container, Feature, LEVELS, Look, Mark, Plain, Side, Tag, Vector};
use super::known::Known;
use super::structure::{Content, Structure};
use super::surroundings::{CLOSING, Heading, STOPS, Surroundings, sentences};
use super::thresholds::{CAPTIONED, FACT, FEW, LABEL, LIKE, PATH, PHONE, PHRASE_BEGINS, PHRASE_INSIDE, WINDOW};
use super::words::likeness;

/// Counts of blocks that lie in the same kinds of elements.
#[derive(Default)]
struct Path {
    blocks: usize,
    prose: usize,
    linked: usize,
}

pub struct Measure<'a> {
    pub structure: Structure,
    page: &'a Surroundings<'a>,
    known: &'a Known,
    paths: HashMap<u64, Path>,
    path_of: Vec<u64>,
    texts: HashMap<&'a [u64], usize>,
}

/// Logarithm of a count, about one for what is large of its kind.
fn log(count: usize, large: f32) -> f32 {
    (count as f32).ln_1p() / large
}

impl<'a> Measure<'a> {
    pub fn of(page: &'a Surroundings<'a>, known: &'a Known) -> Self {
        let mut paths: HashMap<u64, Path> = HashMap::new();
        let mut texts: HashMap<&[u64], usize> = HashMap::new();
        let mut path_of = Vec::with_capacity(page.blocks.len());
        for (at, block) in page.blocks.iter().enumerate() {
            let key = page.around(at).take(PATH).fold(0_u64, |key, up| {
                page.dom.tag(up).bytes().fold(key.wrapping_mul(31), |key, byte| key.wrapping_mul(131).wrapping_add(u64::from(byte)))
            });
            let path = paths.entry(key).or_default();
            path.blocks += 1;
            path.prose += page.prose[at];
            path.linked += usize::from(block.link_share() > 0.6);
            path_of.push(key);
            *texts.entry(&block.words).or_default() += 1;
        }
        Self { structure: Structure::of(page), page, known, paths, path_of, texts }
    }

    /// Features of a block.
    pub fn read(&self, at: usize, vector: &mut Vector) {
        vector.begin(self.structure.place(at));
        let block = &self.page.blocks[at];
        words(block, vector);
        links(block, vector);
        vector.is(Plain::Fragment, self.is_fragment(block));
        self.place(at, vector);
        self.likeness(at, vector);
        self.phrases(at, vector);
        self.elements(at, vector);
        self.containers(at, vector);
        self.densest(at, vector);
        self.scope(at, vector);
        self.section(at, vector);
        self.branch(at, vector);
        for side in Side::ALL {
            self.neighbour(at, *side, vector);
        }
    }

    /// All its links lead to places of the page itself.
    fn is_fragment(&self, block: &Block) -> bool {
        let within =
            |node: usize| self.page.dom.attr(node, "href").is_none_or(|href| href.starts_with('#') || href.starts_with("javascript:"));
        !block.links.is_empty() && block.links.iter().all(|link| within(link.node))
    }

    fn place(&self, at: usize, vector: &mut Vector) {
        let page = self.page;
        let position = at as f32 / (page.blocks.len() as f32 + FEW);
        vector.plain(Plain::Position, position);
        vector.plain(Plain::PositionSquared, position * position);
        // A share says little on a page of a few sentences.
        let total = page.total_prose() as f32;
        vector.plain(Plain::ProseBefore, page.sums(0, at)[0] as f32 / (total + WINDOW as f32));
        let distance = page.title.map(|title| at.abs_diff(title));
        vector.is(Plain::NoTitle, distance.is_none());
        vector.is(Plain::AboveTitle, page.title.is_some_and(|title| at < title));
        vector.plain(Plain::TitleDistance, distance.map_or(0.5, |distance| log(distance, 5.0)));
        let after = distance.filter(|_| page.title.is_some_and(|title| at > title));
        vector.is(Plain::NearTitle, after.is_some_and(|after| after <= 3));
        vector.is(Plain::NearTitle10, after.is_some_and(|after| after <= 10));
        vector.plain(Plain::FewBlocks, FEW / (FEW + page.blocks.len() as f32));
        let (from, to) = (at.saturating_sub(4), (at + 5).min(page.blocks.len()));
        vector.plain(Plain::Window, (page.sums(from, to)[0] as f32 / WINDOW as f32).min(1.0));
    }

    fn likeness(&self, at: usize, vector: &mut Vector) {
        let block = &self.page.blocks[at];
        let title = likeness(&block.words, &self.known.title);
        vector.plain(Plain::TitleLikeness, title);
        vector.is(Plain::IsTitle, title > LIKE || self.page.title == Some(at));
        let shared = self.known.title.words.iter().filter(|word| block.words.contains(word)).count();
        vector.plain(Plain::TitleShare, shared as f32 / self.known.title.words.len().max(1) as f32);
        let summary = likeness(&block.words, &self.known.description);
        vector.plain(Plain::SummaryLikeness, summary);
        vector.is(Plain::IsSummary, summary > 0.6);
        vector.is(Plain::Repeated, self.texts.get(block.words.as_slice()).is_some_and(|count| *count > 1));
    }

    fn phrases(&self, at: usize, vector: &mut Vector) {
        let page = self.page;
        let block = &page.blocks[at];
        let words = block.words.len();
        for class in block.signs.starts.iter() {
            vector.set(Feature::Starts(class), if words <= PHRASE_BEGINS { 1.0 } else { 0.5 });
        }
        if words <= PHRASE_INSIDE {
            block.signs.inside.iter().for_each(|class| vector.set(Feature::Mentions(class), 1.0));
        }
        vector.plain(Plain::Covered, block.signs.covered);
        vector.is(Plain::Last, at + 1 == page.blocks.len());
        match page.sections[at] {
            Heading::None => {}
            Heading::Text => vector.is(Plain::UnderHeading, true),
            // A label is not under itself.
            Heading::Of(class) => vector.mark(Feature::Under(class), at > 0 && page.sections[at - 1] == page.sections[at]),
        }
        let above = at.checked_sub(1).map(|above| &page.blocks[above]).filter(|above| above.words.len() <= PHRASE_BEGINS);
        above.iter().flat_map(|above| above.signs.starts.iter()).for_each(|class| vector.set(Feature::Above(class), 1.0));
    }

    fn elements(&self, at: usize, vector: &mut Vector) {
        let (page, block) = (self.page, &self.page.blocks[at]);
        let name = if let Kind::Heading(level) = block.kind { heading(level) } else { tag(page.dom.tag(block.node)) };
        vector.is(Plain::Heading, block.is_heading());
        vector.set(Feature::Tag(name), 1.0);
        for mark in Mark::ALL {
            vector.mark(Feature::Inside(*mark), page.is_in(at, *mark));
        }
        let card = page.around(at).take(PATH).filter_map(|up| page.card(up)).fold(0.0, f32::max);
        vector.plain(Plain::Card, card);
        vector.is(Plain::Controls, page.around(at).take(2).any(|up| page.has_controls(up)));
        vector.is(Plain::Joined, block.joined);
        let before = at.checked_sub(1).map_or(0, |before| page.blocks[before].first);
        vector.is(Plain::AfterPicture, page.has_picture(before, block.first));
        let own = |up: &usize| *up == block.node || page.within(*up).len() <= CAPTIONED;
        let with = page.around(at).take(2).take_while(own).any(|up| page.has_picture(up, page.dom.nodes[up].end));
        vector.is(Plain::WithPicture, with);
        let path = &self.paths[&self.path_of[at]];
        vector.plain(Plain::PathProse, log(path.prose, 8.0));
        vector.plain(Plain::PathShare, path.prose as f32 / page.total_prose() as f32);
        vector.plain(Plain::PathLinked, path.linked as f32 / path.blocks as f32);
        vector.plain(Plain::PathCount, log(path.blocks, 5.0));
    }

    fn containers(&self, at: usize, vector: &mut Vector) {
        let page = self.page;
        let inner = usize::from(is_line(page.dom.tag(page.blocks[at].node)));
        for (level, up) in page.around(at).skip(inner + 1).take(LEVELS).enumerate() {
            let blocks = page.within(up);
            let [prose, text, linked] = page.sums(blocks.start, blocks.end);
            vector.set(Feature::Container(level, Container::Prose), log(prose, 8.0));
            vector.set(Feature::Container(level, Container::Share), prose as f32 / page.total_prose() as f32);
            vector.set(Feature::Container(level, Container::LinkShare), linked as f32 / text.max(1) as f32);
            vector.set(Feature::Container(level, Container::Blocks), log(blocks.len(), 5.0));
        }
    }

    fn densest(&self, at: usize, vector: &mut Vector) {
        let (page, densest) = (self.page, self.page.densest);
        let node = page.blocks[at].node;
        let (inside, blocks) = (page.dom.contains(densest, node), page.within(densest));
        vector.is(Plain::InDensest, inside);
        vector.is(Plain::InDensestParent, page.dom.contains(page.dom.nodes[densest].parent, node));
        vector.is(Plain::AboveDensest, at < blocks.start);
        vector.is(Plain::BelowDensest, at >= blocks.end);
        let distance = if inside { 0 } else { at.abs_diff(blocks.start).min(at.abs_diff(blocks.end)) };
        vector.plain(Plain::DensestDistance, log(distance, 5.0));
        vector.is(Plain::RightInDensest, node == densest || page.around(at).nth(1) == Some(densest));
    }

    fn scope(&self, at: usize, vector: &mut Vector) {
        let (page, scope) = (self.page, &self.structure.scope);
        vector.is(Plain::AboveScope, at < scope.start);
        vector.is(Plain::BelowScope, at >= scope.end);
        if scope.contains(&at) {
            let prose = page.sums(scope.start, scope.end)[0] as f32 + WINDOW as f32;
            vector.plain(Plain::ScopeShare, scope.len() as f32 / page.blocks.len() as f32);
            vector.plain(Plain::ScopeBefore, page.sums(scope.start, at)[0] as f32 / prose);
        }
        let before = at.checked_sub(1).map_or(0, |before| page.blocks[before].node);
        let common = page.dom.nodes[page.dom.common(page.blocks[at].node, before)].depth;
        let levels = page.dom.nodes[page.blocks[at].node].depth.max(page.dom.nodes[before].depth) - common;
        vector.plain(Plain::Border, log(usize::from(levels), 2.0));
        vector.is(Plain::Date, page.blocks[at].is_day);
    }

    fn section(&self, at: usize, vector: &mut Vector) {
        let page = self.page;
        let section = self.structure.section(at);
        vector.plain(Plain::SectionLinks, section.sums.link_share());
        vector.plain(Plain::SectionProse, section.sums.prose_share());
        vector.plain(Plain::SectionBlocks, log(section.sums.blocks, 5.0));
        vector.is(Plain::SectionDay, section.has(Content::Day));
        vector.is(Plain::SectionContact, section.has(Content::Contact));
        vector.is(Plain::SectionPicture, section.has(Content::Picture));
        vector.is(Plain::SectionControls, section.has(Content::Controls));
        vector.is(Plain::SectionFirst, section.heading.is_none() || page.title.is_some_and(|title| section.blocks.contains(&title)));
        let Some(heading) = section.heading else { return };
        vector.is(Plain::SectionLed, page.blocks[heading].link_share() > 0.5);
        vector.plain(Plain::HeadingDistance, log(at - heading, 5.0));
        if at == heading {
            vector.plain(Plain::HeadsProse, section.sums.prose_share());
            vector.plain(Plain::HeadsLinks, section.sums.link_share());
        }
        let rank = |at: usize| if let Kind::Heading(level) = page.blocks[at].kind { level } else { 0 };
        vector.is(Plain::SectionDeeper, page.title.is_some_and(|title| rank(heading) > rank(title)));
    }

    fn branch(&self, at: usize, vector: &mut Vector) {
        let (page, structure) = (self.page, &self.structure);
        let Some(own) = structure.branch_of[at] else { return };
        let branch = &structure.branches[own];
        vector.plain(Plain::BranchLinks, branch.sums.link_share());
        vector.plain(Plain::BranchProse, branch.sums.prose_share());
        vector.plain(Plain::BranchBlocks, log(branch.sums.blocks, 5.0));
        vector.plain(Plain::BranchShare, branch.sums.prose as f32 / page.total_prose() as f32);
        let densest = page.within(page.densest).next().and_then(|at| structure.branch_of[at]);
        vector.is(Plain::TitleBranch, page.title.is_some_and(|title| branch.blocks.contains(&title)));
        vector.is(Plain::DensestBranch, densest == Some(own));
        let below = densest.map_or(0, |densest| own.saturating_sub(densest));
        vector.plain(Plain::BranchesBelow, log(below, 3.0));
    }

    fn neighbour(&self, at: usize, side: Side, vector: &mut Vector) {
        let page = self.page;
        let other = match side {
            Side::Before => at.checked_sub(1),
            Side::After => Some(at + 1),
        };
        let Some((other, block)) = other.and_then(|other| Some((other, page.blocks.get(other)?))) else { return };
        vector.mark(Feature::Near(side, Look::Prose), page.prose[other] > 0);
        vector.set(Feature::Near(side, Look::LinkShare), block.link_share());
        vector.set(Feature::Near(side, Look::Words), log(block.words.len(), 5.0));
        vector.mark(Feature::Near(side, Look::Heading), block.is_heading());
        let parent = |at: usize| page.around(at).nth(1);
        vector.mark(Feature::Near(side, Look::Day), block.is_day);
        vector.mark(Feature::Near(side, Look::Contact), block.is_contact);
        vector.mark(Feature::Near(side, Look::Same), parent(at).is_some() && parent(at) == parent(other));
    }
}

fn words(block: &Block, vector: &mut Vector) {
    let (text, words) = (block.text.as_str(), block.words.len());
    vector.is(Plain::Bias, true);
    vector.plain(Plain::Length, log(text.len(), 6.0));
    let size = match words {
        0..2 => Plain::Words0,
        2..4 => Plain::Words2,
        4..8 => Plain::Words4,
        8..16 => Plain::Words8,
        16..32 => Plain::Words16,
        32..64 => Plain::Words32,
        _ => Plain::Words64,
    };
    vector.is(size, true);
    vector.plain(Plain::Sentences, sentences(text).min(4) as f32 / 4.0);
    vector.is(Plain::EndsSentence, text.trim_end_matches(CLOSING).ends_with(STOPS));
    vector.is(Plain::EndsColon, text.ends_with(':'));
    vector.is(Plain::EndsQuestion, text.ends_with(['?', '？']));
    vector.is(Plain::EndsCut, text.ends_with('…') || text.ends_with("..."));
    vector.plain(Plain::Commas, text.matches([',', '、', '，']).count().min(5) as f32 / 5.0);
    let written = text.split_whitespace().count().max(1);
    let capitals = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    vector.plain(Plain::Capitals, capitals as f32 / written as f32);
    let upper = words < PHRASE_BEGINS && text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    vector.is(Plain::UpperCase, upper);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    vector.plain(Plain::Digits, digits as f32 / text.len().max(1) as f32);
    vector.is(Plain::Mail, text.contains('@'));
    vector.is(Plain::Phone, digits >= PHONE && words <= FACT && !has_year(text));
    vector.is(Plain::Bar, text.contains(['|', '·', '•', '»', '›']));
    vector.is(Plain::StartsLower, text.starts_with(char::is_lowercase));
    vector.is(Plain::StartsQuote, text.starts_with(['"', '„', '“', '«', '»', '\'']));
    vector.is(Plain::Copyright, text.contains('©'));
    vector.is(Plain::Time, words < PHRASE_INSIDE && block.time.is_some());
}

fn links(block: &Block, vector: &mut Vector) {
    let share = block.link_share();
    vector.plain(Plain::LinkShare, share);
    vector.is(Plain::MostlyLink, share > 0.5);
    vector.is(Plain::AllLink, share > 0.95);
    vector.is(Plain::NoLink, block.links.is_empty());
    vector.plain(Plain::Links, log(block.links.len(), 1.0));
    vector.is(Plain::LabelledLink, is_labelled_link(block));
}

/// A short label with a colon, and nothing behind it but links.
fn is_labelled_link(block: &Block) -> bool {
    let Some(first) = block.links.first() else { return false };
    let label = block.text[..first.range.start].trim_end();
    label.ends_with(':') && label.split_whitespace().count() <= LABEL && block.text[first.range.start..].len() <= block.linked() + LABEL
}

fn heading(level: u8) -> Tag {
    [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6][usize::from(level.clamp(1, 6)) - 1]
}

/// An element that holds one line of text and no others.
fn is_line(tag: &str) -> bool {
    matches!(tag, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "tr" | "dt" | "dd" | "pre")
}

fn tag(name: &str) -> Tag {
    match name {
        "p" => Tag::P,
        "li" => Tag::Li,
        "dt" => Tag::Dt,
        "dd" => Tag::Dd,
        "tr" => Tag::Tr,
        "td" => Tag::Td,
        "th" => Tag::Th,
        "figcaption" => Tag::Figcaption,
        "caption" => Tag::Caption,
        "div" => Tag::Div,
        "pre" => Tag::Pre,
        "blockquote" => Tag::Blockquote,
        "section" => Tag::Section,
        "article" => Tag::Article,
        "address" => Tag::Address,
        _ => Tag::Other,
    }
}
