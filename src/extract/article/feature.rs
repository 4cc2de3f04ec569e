//! What is measured of a block: the names of the features, their weights, and a vector of their values.
//!
//! The weights stand in `weights.tsv` under these names, fitted by `benches/fit/article.py`; a feature without a row
//! weighs nothing, a row without a feature is a fault. A block's score is the sum of value times weight: above nought it
//! is text of the page.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::phrases::Class;
use crate::lang::rows;

/// An enumeration that knows all of its values.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($value:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($value),+ }
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$value),+];
        }
    };
}
pub(super) use listed;

listed! {
    /// Measures of the block itself, of its place on the page and of the element with the most prose.
    Plain {
        Bias, Length, Words0, Words2, Words4, Words8, Words16, Words32, Words64, LinkShare, MostlyLink, AllLink, NoLink, Links, Fragment,
        LabelledLink, Sentences, EndsSentence, EndsColon, EndsQuestion, EndsCut, Commas, Capitals, UpperCase, Digits, Mail, Bar,
        StartsLower, StartsQuote, Copyright, Date, Time, Card, Controls, Joined, Position, PositionSquared, ProseBefore, AboveTitle,
        NoTitle, TitleDistance, NearTitle, NearTitle10, TitleLikeness, IsTitle, SummaryLikeness, IsSummary, Repeated, Covered,
        UnderHeading, Last, Window, InDensest, InDensestParent, AboveDensest, BelowDensest, DensestDistance, RightInDensest, PathProse,
        PathShare, PathLinked, PathCount, FewBlocks, AfterPicture, WithPicture, TitleShare, Phone, Border, AboveScope, BelowScope,
        ScopeShare, ScopeBefore, SectionLinks, SectionProse, SectionBlocks, SectionDay, SectionContact, SectionPicture, SectionControls,
        SectionFirst, SectionLed, SectionDeeper, HeadingDistance, Heading, HeadsProse, HeadsLinks, BranchLinks, BranchProse, BranchBlocks,
        BranchShare, TitleBranch, DensestBranch, BranchesBelow,
    }
}
listed! {
    /// The tag of the block's element.
    Tag { P, H1, H2, H3, H4, H5, H6, Li, Dt, Dd, Tr, Td, Th, Figcaption, Caption, Div, Pre, Blockquote, Section, Article, Address, Other }
}
listed! {
    /// Elements and roles around the block (HTML sectioning, WAI-ARIA landmarks, schema.org).
    Mark {
        Nav, Header, Footer, Aside, Form, Article, Main, Section, Table, Figure, Ul, Ol, Dl, Quote, Details, RoleNavigation,
        RoleComplementary, RoleContentinfo, RoleBanner, RoleDialog, RoleTablist, RoleRegion, RoleMain, RoleArticle, Modal, Body, Comment, Item,
        Caption,
    }
}
listed! {
    Side { Before, After }
}
listed! {
    Look { Prose, LinkShare, Words, Heading, Same, Day, Contact }
}
listed! {
    Container { Prose, Share, LinkShare, Blocks }
}

/// Elements around a block that are measured, from the second on: the innermost says what the block itself says.
pub const LEVELS: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    Plain(Plain),
    Tag(Tag),
    Inside(Mark),
    Near(Side, Look),
    Container(usize, Container),
    /// A phrase of the class begins the block.
    Starts(Class),
    /// One stands inside a short block.
    Mentions(Class),
    /// One begins the block before.
    Above(Class),
    /// One is the last heading above.
    Under(Class),
}

const TAGS: usize = Plain::ALL.len();
const MARKS: usize = TAGS + Tag::ALL.len();
const NEAR: usize = MARKS + Mark::ALL.len();
const CONTAINERS: usize = NEAR + Side::ALL.len() * Look::ALL.len();
const CLASSES: usize = CONTAINERS + LEVELS * Container::ALL.len();
pub const COUNT: usize = CLASSES + 4 * Class::ALL.len();

impl Feature {
    fn index(self) -> usize {
        let class = |group: usize, class: Class| CLASSES + group * Class::ALL.len() + class as usize;
        match self {
            Self::Plain(plain) => plain as usize,
            Self::Tag(tag) => TAGS + tag as usize,
            Self::Inside(mark) => MARKS + mark as usize,
            Self::Near(side, look) => NEAR + side as usize * Look::ALL.len() + look as usize,
            Self::Container(level, container) => CONTAINERS + level * Container::ALL.len() + container as usize,
            Self::Starts(of) => class(0, of),
            Self::Mentions(of) => class(1, of),
            Self::Above(of) => class(2, of),
            Self::Under(of) => class(3, of),
        }
    }

    /// In the order of their index.
    fn all() -> Vec<Self> {
        let classes = |of: fn(Class) -> Self| Class::ALL.into_iter().map(of);
        let near = Side::ALL.iter().flat_map(|side| Look::ALL.iter().map(|look| Self::Near(*side, *look)));
        let containers = (0..LEVELS).flat_map(|level| Container::ALL.iter().map(move |part| Self::Container(level, *part)));
        let mut all: Vec<Self> = Plain::ALL.iter().copied().map(Self::Plain).collect();
        all.extend(Tag::ALL.iter().copied().map(Self::Tag));
        all.extend(Mark::ALL.iter().copied().map(Self::Inside));
        all.extend(near.chain(containers).chain(classes(Self::Starts)).chain(classes(Self::Mentions)));
        all.extend(classes(Self::Above).chain(classes(Self::Under)));
        all
    }

    fn name(self) -> String {
        match self {
            Self::Plain(plain) => format!("{plain:?}"),
            Self::Near(side, look) => format!("{side:?}({look:?})"),
            Self::Container(level, part) => format!("Around{}({part:?})", level + 2),
            other => format!("{other:?}"),
        }
    }
}

/// Name of each feature, by index.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| Feature::all().into_iter().map(Feature::name).collect());

/// Beside the scope of the page (see `structure.rs`) and in it the same sign may say another thing: each has weights of its own.
static WEIGHTS: LazyLock<[Vec<f32>; 2]> = LazyLock::new(|| {
    let at: HashMap<&str, usize> = NAMES.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut weights = [vec![0.0; COUNT], vec![0.0; COUNT]];
    for row in rows(include_str!("weights.tsv")) {
        let feature = *at.get(row[0]).unwrap_or_else(|| panic!("weights.tsv: no feature {}", row[0]));
        for (weights, cell) in weights.iter_mut().zip(&row[1..]) {
            weights[feature] = cell.parse().expect("weights.tsv: the second and third column are numbers");
        }
    }
    weights
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Beside,
    InScope,
}

/// Values of all features of one block, and their score; each is set at most once.
pub struct Vector {
    values: Vec<f32>,
    score: f32,
    weights: &'static [f32],
}

impl Default for Vector {
    fn default() -> Self {
        Self { values: vec![0.0; COUNT], score: 0.0, weights: &WEIGHTS[0] }
    }
}

impl Vector {
    /// Begins the next block.
    pub fn begin(&mut self, place: Place) {
        self.values.fill(0.0);
        self.score = 0.0;
        self.weights = &WEIGHTS[place as usize];
    }

    pub fn set(&mut self, feature: Feature, value: f32) {
        let at = feature.index();
        self.values[at] = value;
        self.score += value * self.weights[at];
    }

    pub fn plain(&mut self, feature: Plain, value: f32) {
        self.set(Feature::Plain(feature), value);
    }

    /// A feature that a block has or has not.
    pub fn mark(&mut self, feature: Feature, holds: bool) {
        self.set(feature, f32::from(u8::from(holds)));
    }

    pub fn is(&mut self, feature: Plain, holds: bool) {
        self.mark(Feature::Plain(feature), holds);
    }

    pub fn score(&self) -> f32 {
        self.score
    }

    /// Name, value and share in the score of each feature that the block has.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, f32, f32)> {
        let all = NAMES.iter().zip(&self.values).zip(self.weights);
        all.filter(|((_, value), _)| **value != 0.0).map(|((name, value), weight)| (name.as_str(), *value, value * weight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_indices_agree() {
        let all = Feature::all();
        assert_eq!(all.len(), COUNT);
        assert!(all.iter().enumerate().all(|(at, feature)| feature.index() == at));
        let names: std::collections::HashSet<&String> = NAMES.iter().collect();
        assert_eq!(names.len(), COUNT);
        assert!(WEIGHTS.iter().all(|weights| weights.iter().any(|weight| *weight != 0.0)));
    }
}
