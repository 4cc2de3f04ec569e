//! What every block of a page is measured against: sums over elements, landmarks, headings, the densest element.
//!
//! All is counted once a page. Prose is text outside links in lines of some words (boilerplate detection by text and link
//! density: Kohlschütter et al., WSDM 2010); the densest element is the one whose children hold most of it.

use std::collections::HashMap;

use super::block::{Block, Kind};
use super::feature::Mark;
use super::known::Known;
use super::phrases::Class;
use super::thresholds::{CARD, ENOUGH, LIKE, OUTWARDS, PROSE_LONG, PROSE_SHORT, SECTION_LABEL};
use super::words::likeness;
use crate::extract::page::{Dom, Model, What};

/// What stands above a block: the class of the last heading or label, or a heading of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    None,
    Text,
    Of(Class),
}

pub struct Surroundings<'a> {
    pub dom: &'a Dom<'a>,
    pub blocks: &'a [Block],
    /// The block that is the heading of the page.
    pub title: Option<usize>,
    /// Letters of prose of each block.
    pub prose: Vec<usize>,
    /// Running totals before a block: prose, text, link words.
    totals: Vec<[usize; 3]>,
    /// Blocks before a node.
    before: Vec<u32>,
    /// Things to fill in or to press before a node.
    controls: Vec<u32>,
    /// Pictures before a node.
    pictures: Vec<u32>,
    marks: Vec<u32>,
    pub densest: usize,
    /// Elements that are cards: the share of their kind that are led by a link.
    cards: HashMap<usize, f32>,
    pub sections: Vec<Heading>,
}

impl<'a> Surroundings<'a> {
    pub fn of(model: &'a Model<'a>, blocks: &'a [Block], known: &Known) -> Self {
        let dom = &model.dom;
        let prose: Vec<usize> = blocks.iter().map(prose).collect();
        let mut totals = vec![[0; 3]];
        for (block, prose) in blocks.iter().zip(&prose) {
            let [before, text, linked] = totals[totals.len() - 1];
            totals.push([before + prose, text + block.text.len(), linked + block.linked()]);
        }
        let (before, controls) = counts(dom, blocks);
        let pictures = pictures(dom);
        let marks = marks(dom);
        let mut page = Self {
            dom,
            blocks,
            title: None,
            prose,
            totals,
            before,
            controls,
            pictures,
            marks,
            densest: 0,
            cards: HashMap::new(),
            sections: sections(blocks),
        };
        page.title = page.find_title(known);
        page.densest = page.find_densest();
        page.cards = page.find_cards();
        page
    }

    /// Blocks inside an element.
    pub fn within(&self, node: usize) -> std::ops::Range<usize> {
        self.before[node] as usize..self.before[self.dom.nodes[node].end] as usize
    }

    /// Prose, text and link words of blocks.
    pub fn sums(&self, from: usize, to: usize) -> [usize; 3] {
        std::array::from_fn(|at| self.totals[to][at] - self.totals[from][at])
    }

    pub fn total_prose(&self) -> usize {
        self.totals[self.blocks.len()][0].max(1)
    }

    pub fn has_controls(&self, node: usize) -> bool {
        self.within(node).len() < 30 && self.controls[self.dom.nodes[node].end] > self.controls[node]
    }

    /// Things to fill in or to press between two nodes.
    pub fn has_controls_between(&self, from: usize, to: usize) -> bool {
        self.controls[to] > self.controls[from]
    }

    /// A picture between two nodes.
    pub fn has_picture(&self, from: usize, to: usize) -> bool {
        self.pictures[to] > self.pictures[from]
    }

    pub fn is_in(&self, block: usize, mark: Mark) -> bool {
        self.marks[self.blocks[block].node] & (1 << mark as u32) != 0
    }

    pub fn card(&self, node: usize) -> Option<f32> {
        self.cards.get(&node).copied()
    }

    /// Elements around a block that start a line, innermost first, its own included.
    pub fn around(&self, block: usize) -> impl Iterator<Item = usize> {
        let nodes = &self.dom.nodes;
        std::iter::successors(Some(self.blocks[block].node), |up| (*up != 0).then(|| nodes[nodes[*up].parent].block))
    }

    /// The block most like the entry's title, else the first `h1`.
    fn find_title(&self, known: &Known) -> Option<usize> {
        let score = |at: usize| {
            let block = &self.blocks[at];
            let like = likeness(&block.words, &known.title);
            let rank = match block.kind {
                Kind::Heading(1) => 0.5,
                Kind::Heading(2 | 3) => 0.3,
                _ => 0.0,
            };
            let aside = [Mark::Nav, Mark::Aside, Mark::Footer, Mark::Item].iter().any(|mark| self.is_in(at, *mark));
            let linked = if block.link_share() > 0.5 { 0.3 } else { 0.0 };
            // The listing may have cut it short.
            let like = if known.title_cut && block.words.starts_with(&known.title.words[..known.title.words.len().saturating_sub(1)]) {
                1.0
            } else {
                like
            };
            (like >= LIKE).then_some(like + rank - linked - if aside { 0.4 } else { 0.0 })
        };
        let mut best: Option<(f32, usize)> = None;
        for (at, score) in (0..self.blocks.len()).filter_map(|at| Some((at, score(at)?))) {
            if score > 0.0 && best.is_none_or(|(best, _)| score > best) {
                best = Some((score, at));
            }
        }
        let first = || self.blocks.iter().position(|block| block.kind == Kind::Heading(1) && block.words.len() > 1);
        best.map(|(_, at)| at).or_else(first)
    }

    fn find_densest(&self) -> usize {
        let mut scores: HashMap<usize, f32> = HashMap::new();
        for at in (0..self.blocks.len()).filter(|at| self.prose[*at] > 0) {
            if [Mark::Nav, Mark::Aside, Mark::Footer].iter().any(|mark| self.is_in(at, *mark)) {
                continue;
            }
            let inner = usize::from(self.dom.tag(self.blocks[at].node) == "p");
            for (up, share) in self.around(at).skip(inner).zip(OUTWARDS) {
                *scores.entry(up).or_default() += share * self.prose[at].min(ENOUGH) as f32;
            }
        }
        // Equal scores: the element that begins first.
        scores.into_iter().max_by(|left, right| left.1.total_cmp(&right.1).then(right.0.cmp(&left.0))).map_or(0, |(node, _)| node)
    }

    /// Elements of one tag side by side, with how many of them are led by a link of some words.
    fn find_cards(&self) -> HashMap<usize, f32> {
        let mut kinds: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
        for at in 1..self.dom.nodes.len() {
            let tag = self.dom.tag(at);
            if self.dom.is_element(at)
                && self.dom.is_block(at)
                && !matches!(tag, "p" | "tr" | "h2" | "h3" | "br")
                && !self.within(at).is_empty()
            {
                kinds.entry((self.dom.nodes[at].parent, tag)).or_default().push(at);
            }
        }
        let led =
            |node: &&usize| self.within(**node).take(CARD).any(|at| self.blocks[at].link_share() > 0.8 && self.blocks[at].words.len() >= 3);
        let mut cards = HashMap::new();
        for same in kinds.into_values().filter(|same| same.len() > 1) {
            let share = same.iter().filter(led).count() as f32 / same.len() as f32;
            let share = if same.len() > 2 { share } else { share / 2.0 };
            cards.extend(same.into_iter().map(|node| (node, share)));
        }
        cards
    }
}

/// What may stand after the end of a sentence, and what ends one.
pub const CLOSING: [char; 10] = ['\'', '"', '»', '”', '“', ')', ']', '」', '』', '）'];
pub const STOPS: [char; 7] = ['.', '!', '?', '…', '。', '！', '？'];

/// Sentences that end inside the text.
pub fn sentences(text: &str) -> usize {
    let mut count = 0;
    let mut ended = false;
    for char in text.chars() {
        match char {
            // Where no blanks are written, none follows.
            '。' | '！' | '？' => (count, ended) = (count + 1, false),
            '.' | '!' | '?' | '…' => ended = true,
            char if CLOSING.contains(&char) => {}
            blank => {
                count += usize::from(ended && blank.is_whitespace());
                ended = false;
            }
        }
    }
    count + usize::from(ended)
}

/// Letters of prose: lines with a sentence or many words, mostly outside links.
fn prose(block: &Block) -> usize {
    let words = block.words.len();
    if words < PROSE_SHORT || block.link_share() >= 0.4 || words < PROSE_LONG && sentences(&block.text) == 0 {
        return 0;
    }
    block.text.len() - block.linked()
}

/// Blocks and controls before each node and before the end.
fn counts(dom: &Dom, blocks: &[Block]) -> (Vec<u32>, Vec<u32>) {
    let (mut before, mut controls) = (Vec::with_capacity(dom.nodes.len() + 1), Vec::with_capacity(dom.nodes.len() + 1));
    let (mut block, mut control) = (0, 0);
    for at in 0..=dom.nodes.len() {
        while blocks.get(block).is_some_and(|block| block.first < at) {
            block += 1;
        }
        before.push(block as u32);
        controls.push(control);
        if at < dom.nodes.len() && matches!(dom.tag(at), "input" | "textarea" | "button" | "select") {
            control += u32::from(dom.attr(at, "type") != Some("hidden"));
        }
    }
    (before, controls)
}

/// Pictures before each node and before the end.
fn pictures(dom: &Dom) -> Vec<u32> {
    let mut count = 0;
    let mut out = vec![0];
    for at in 0..dom.nodes.len() {
        count += u32::from(matches!(dom.tag(at), "img" | "picture" | "video" | "iframe"));
        out.push(count);
    }
    out
}

/// The marks of each node, those of the elements around it included.
fn marks(dom: &Dom) -> Vec<u32> {
    let mut marks: Vec<u32> = Vec::with_capacity(dom.nodes.len());
    for (at, node) in dom.nodes.iter().enumerate() {
        let above = if at == 0 { 0 } else { marks[node.parent] };
        let mut own = if let What::Element(_) = node.what { own_marks(dom, at) } else { 0 };
        // Who said it stands in the foot of a quotation.
        if above & (1 << Mark::Quote as u32) != 0 {
            own &= !(1 << Mark::Footer as u32);
        }
        marks.push(above | own);
    }
    marks
}

fn own_marks(dom: &Dom, at: usize) -> u32 {
    let tag = match dom.tag(at) {
        "nav" | "menu" => Some(Mark::Nav),
        "header" => Some(Mark::Header),
        "footer" => Some(Mark::Footer),
        "aside" => Some(Mark::Aside),
        "form" => Some(Mark::Form),
        "article" => Some(Mark::Article),
        "main" => Some(Mark::Main),
        "section" => Some(Mark::Section),
        "table" => Some(Mark::Table),
        "figure" => Some(Mark::Figure),
        "ul" => Some(Mark::Ul),
        "ol" => Some(Mark::Ol),
        "dl" => Some(Mark::Dl),
        "blockquote" => Some(Mark::Quote),
        "details" => Some(Mark::Details),
        "li" | "dt" | "dd" => Some(Mark::Item),
        "figcaption" | "caption" => Some(Mark::Caption),
        _ if !dom.is_block(at) => return 0,
        _ => None,
    };
    let role = dom.attr(at, "role").and_then(|role| match role {
        "navigation" | "menu" | "menubar" | "toolbar" => Some(Mark::RoleNavigation),
        "complementary" => Some(Mark::RoleComplementary),
        "contentinfo" => Some(Mark::RoleContentinfo),
        "banner" | "search" => Some(Mark::RoleBanner),
        "dialog" | "alertdialog" | "alert" => Some(Mark::RoleDialog),
        "tablist" => Some(Mark::RoleTablist),
        "region" => Some(Mark::RoleRegion),
        "main" => Some(Mark::RoleMain),
        "article" => Some(Mark::RoleArticle),
        _ => None,
    });
    let item = dom.attr(at, "itemprop").and_then(|name| match name {
        "articleBody" => Some(Mark::Body),
        "comment" => Some(Mark::Comment),
        _ => None,
    });
    let comment = dom.attr(at, "itemtype").filter(|kind| kind.ends_with("Comment")).map(|_| Mark::Comment);
    let modal = dom.attr(at, "aria-modal").filter(|value| *value == "true").map(|_| Mark::Modal);
    [tag, role, item, comment, modal].into_iter().flatten().fold(0, |marks, mark| marks | 1 << mark as u32)
}

/// The heading or label above each block, its own included.
fn sections(blocks: &[Block]) -> Vec<Heading> {
    const RULING: [Class; 9] = [
        Class::Comments,
        Class::Related,
        Class::Subscribe,
        Class::Download,
        Class::Ad,
        Class::Consent,
        Class::Legal,
        Class::Tool,
        Class::Contact,
    ];
    let mut current = Heading::None;
    let step = |block: &Block| {
        let label = block.is_heading() || block.words.len() <= SECTION_LABEL && block.link_share() < 0.1;
        if label {
            let class = RULING.into_iter().find(|class| block.signs.starts.has(*class));
            current = match class {
                Some(class) => Heading::Of(class),
                None if block.is_heading() => Heading::Text,
                None => current,
            };
        }
        current
    };
    blocks.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_stop_ends_a_sentence_before_a_blank_or_where_none_is_written() {
        assert_eq!(sentences("河村寫了信。學校有學生！"), 2);
        assert_eq!(sentences("Přijede 3.5 tisíce hostů. „Vítáme je!“ A na shledanou…"), 3);
    }
}
