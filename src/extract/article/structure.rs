//! Where a block stands in the structure of its page: the element that holds heading and text, its branches, and sections.
//!
//! The *scope* is the smallest element around both the heading and the densest element. What lies beside it is the frame of the
//! page; inside it, its children (*branches*) hold the text and what a template puts below it, and headings cut it into
//! *sections*. A teaser is a section led by a link and a day; a part of a notice is neither. Refuses to judge a block: what
//! each of this says is for the weights.

use std::ops::Range;

use super::feature::Place;
use super::surroundings::Surroundings;

/// Sums over the blocks of a branch or a section.
#[derive(Clone, Copy, Default)]
pub struct Sums {
    pub blocks: usize,
    pub prose: usize,
    pub text: usize,
    pub linked: usize,
}

impl Sums {
    fn of(page: &Surroundings, range: &Range<usize>) -> Self {
        let [prose, text, linked] = page.sums(range.start, range.end);
        Self { blocks: range.len(), prose, text, linked }
    }

    pub fn link_share(self) -> f32 {
        self.linked as f32 / self.text.max(1) as f32
    }

    /// Share of letters that are prose.
    pub fn prose_share(self) -> f32 {
        (self.prose as f32 / self.text.max(1) as f32).min(1.0)
    }
}

/// What stands somewhere in a section.
#[derive(Clone, Copy)]
pub enum Content {
    Day,
    Contact,
    Picture,
    /// Something to fill in or to press.
    Controls,
}

/// From one heading to the next, or to an end of the scope.
pub struct Section {
    pub heading: Option<usize>,
    pub blocks: Range<usize>,
    pub sums: Sums,
    /// A bit for each [`Content`].
    contents: u8,
}

impl Section {
    pub fn has(&self, content: Content) -> bool {
        self.contents & (1 << content as u8) != 0
    }
}

/// A child of the scope.
pub struct Branch {
    pub blocks: Range<usize>,
    pub sums: Sums,
}

pub struct Structure {
    /// Blocks of the scope.
    pub scope: Range<usize>,
    sections: Vec<Section>,
    section_of: Vec<usize>,
    /// In order; blocks outside the scope have none.
    pub branches: Vec<Branch>,
    pub branch_of: Vec<Option<usize>>,
}

impl Structure {
    pub fn of(page: &Surroundings) -> Self {
        let densest = page.densest;
        let node = page.title.map_or(page.dom.nodes[densest].parent, |title| page.dom.common(page.blocks[title].node, densest));
        let scope = page.within(node);
        let (sections, section_of) = sections(page, &scope);
        let (branches, branch_of) = branches(page, node);
        Self { scope, sections, section_of, branches, branch_of }
    }

    pub fn place(&self, block: usize) -> Place {
        if self.scope.contains(&block) { Place::InScope } else { Place::Beside }
    }

    pub fn section(&self, block: usize) -> &Section {
        &self.sections[self.section_of[block]]
    }
}

fn sections(page: &Surroundings, scope: &Range<usize>) -> (Vec<Section>, Vec<usize>) {
    let mut cuts: Vec<usize> = (0..page.blocks.len()).filter(|at| page.blocks[*at].is_heading()).collect();
    cuts.extend([0, scope.start, scope.end, page.blocks.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut section_of = vec![0; page.blocks.len()];
    let mut sections = Vec::new();
    for cut in cuts.windows(2) {
        let blocks = cut[0]..cut[1];
        section_of[blocks.clone()].fill(sections.len());
        let heading = page.blocks[blocks.start].is_heading().then_some(blocks.start);
        sections.push(Section { heading, sums: Sums::of(page, &blocks), contents: contents(page, &blocks), blocks });
    }
    (sections, section_of)
}

fn contents(page: &Surroundings, blocks: &Range<usize>) -> u8 {
    let first = page.blocks[blocks.start].first;
    let last = page.dom.nodes[page.blocks[blocks.end - 1].node].end;
    let next = page.blocks.get(blocks.end).map_or(page.dom.nodes.len(), |next| next.first);
    [
        (Content::Day, blocks.clone().any(|at| page.blocks[at].is_day)),
        (Content::Contact, page.blocks[blocks.clone()].iter().any(|block| block.is_contact)),
        (Content::Picture, page.has_picture(first, last)),
        (Content::Controls, page.has_controls_between(first, next)),
    ]
    .into_iter()
    .fold(0, |contents, (content, holds)| contents | u8::from(holds) << content as u8)
}

fn branches(page: &Surroundings, scope: usize) -> (Vec<Branch>, Vec<Option<usize>>) {
    let mut branches = Vec::new();
    let mut branch_of = vec![None; page.blocks.len()];
    for child in page.dom.children(scope).filter(|child| page.dom.is_element(*child)) {
        let blocks = page.within(child);
        if blocks.is_empty() {
            continue;
        }
        branch_of[blocks.clone()].fill(Some(branches.len()));
        branches.push(Branch { sums: Sums::of(page, &blocks), blocks });
    }
    (branches, branch_of)
}
