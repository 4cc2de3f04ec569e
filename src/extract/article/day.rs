//! The days that a page shows, and which of them is that of its publication.
//!
//! Every day in a block of a few words, or told by its `<time>`, is a mention. What is measured of it (the words before and behind
//! it, its place by the heading, what machines are told) has a weight in `days.tsv`, fitted by `benches/fit/days.py` as a log-linear
//! model: the odds of a day are the sum over its mentions, beside one for none. Refuses what machines
//! are told alone; `published` weighs that against the day shown.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::block::Block;
use super::feature::{Mark, listed};
use super::phrases::{Class, signs};
use super::surroundings::{Heading, Surroundings};
use super::thresholds::{DATE_BESIDE, DATE_MOST, DATE_NEAR, DATE_ODDS, PATH, SECTION_LABEL};
use super::words::words;
use crate::extract::dates::{self, Form, Found, Impossible, Setting};
use crate::extract::page::Model;
use crate::lang::rows;
use crate::lang::text::{TokenKind, tokens};
use crate::lang::words::{Role, plays};

listed! {
    /// What is measured of a mention.
    Sign {
        Bias, Whole, Dateline, Bare, Opens, Publishes, Updates, Until, Meta, Worded, AbovePublishes, AboveUpdates, AboveWorded, Closes, ThenBar, ThenComma, ThenMeta,
        ThenWords, Second, Time, Stamp, Range, Impossible, Long, Prose, Linked, Heading, Row, Item, Card, Crowd, Aside, NoTitle,
        RightAbove, Above, FarAbove, RightBelow, Below, FarBelow, AboveDensest, BelowDensest, Related, Files, AsStated, BeforeStated,
        AfterStated, AsChange, AsAddress,
    }
}

/// Weight of each sign.
static WEIGHTS: LazyLock<[f32; Sign::ALL.len()]> = LazyLock::new(|| {
    let mut weights = [0.0; Sign::ALL.len()];
    for row in rows(include_str!("days.tsv")) {
        let sign = Sign::ALL.iter().find(|sign| format!("{sign:?}") == row[0]);
        let sign = sign.unwrap_or_else(|| panic!("days.tsv: no sign {}", row[0]));
        weights[*sign as usize] = row[1].parse().expect("days.tsv: the second column is a number");
    }
    weights
});

/// One day that a page shows.
pub struct Mention {
    pub block: usize,
    pub day: Result<Date, Impossible>,
    values: [f32; Sign::ALL.len()],
}

impl Mention {
    fn set(&mut self, sign: Sign, holds: bool) {
        self.values[sign as usize] = f32::from(u8::from(holds));
    }

    fn has(&self, sign: Sign) -> bool {
        self.values[sign as usize] > 0.0
    }

    fn odds(&self) -> f32 {
        self.values.iter().zip(&*WEIGHTS).map(|(value, weight)| value * weight).sum::<f32>().exp()
    }

    /// Name and value of each sign that it has.
    pub fn signs(&self) -> impl Iterator<Item = (String, f32)> {
        Sign::ALL.iter().zip(self.values).filter(|(_, value)| *value != 0.0).map(|(sign, value)| (format!("{sign:?}"), value))
    }
}

/// What machines are told.
#[derive(Clone, Copy, Default)]
pub struct Told {
    pub published: Option<Date>,
    pub changed: Option<Date>,
}

/// The mention of the day of best odds, if they are well above those of none; of that day the one with the best.
pub fn best(mentions: &[Mention]) -> Option<&Mention> {
    let mut sums: HashMap<Date, f32> = HashMap::new();
    for (mention, day) in mentions.iter().filter_map(|mention| Some((mention, mention.day.ok()?))) {
        *sums.entry(day).or_default() += mention.odds();
    }
    let odds = |mention: &&Mention| mention.day.map_or_else(|_| mention.odds(), |day| sums[&day]);
    let order = |left: &&Mention, right: &&Mention| odds(left).total_cmp(&odds(right)).then(left.odds().total_cmp(&right.odds()));
    // Of equals the last is the greatest, and the first is meant.
    mentions.iter().rev().filter(|mention| odds(mention) > DATE_ODDS).max_by(order)
}

/// A page whose days are measured.
pub struct Days<'a, 'b> {
    pub model: &'b Model<'b>,
    pub around: &'b Surroundings<'a>,
    pub setting: Setting,
    pub told: Told,
}

impl Days<'_, '_> {
    /// In the order of the page.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut out = Vec::new();
        for (at, block) in self.around.blocks.iter().enumerate() {
            if block.words.len() > DATE_MOST || Some(at) == self.around.title {
                continue;
            }
            let found = dates::find(&block.text, self.setting);
            if found.is_empty() {
                out.extend(self.whole(at, block).or_else(|| self.timed(at, block)));
            }
            let mut from = 0;
            for (nth, found) in found.iter().enumerate() {
                let mut mention = self.mention(at, found.date);
                before(&block.text[from..found.start], &mut mention);
                behind(&block.text[found.end..], &mut mention);
                mention.set(Sign::Second, nth > 0);
                mention.set(Sign::Whole, dates::whole(&block.text, self.setting).is_some_and(|whole| whole.date == found.date));
                form(found, &mut mention);
                from = found.end;
                out.push(mention);
            }
        }
        let places: Vec<usize> = out.iter().map(|mention| mention.block).collect();
        for mention in &mut out {
            let beside = [Sign::RightAbove, Sign::RightBelow].iter().any(|sign| mention.has(*sign));
            mention.set(Sign::Dateline, beside && mention.has(Sign::Whole));
            mention.set(Sign::Opens, mention.has(Sign::Bare) && !mention.has(Sign::Second));
            let near = self.around.around(mention.block).nth(2).map_or(0..0, |up| self.around.within(up));
            let crowd = places.partition_point(|at| *at < near.end) - places.partition_point(|at| *at < near.start);
            mention.values[Sign::Crowd as usize] = (crowd.saturating_sub(1) as f32).ln_1p();
        }
        out
    }

    /// A day that only a block of its own makes one.
    fn whole(&self, at: usize, block: &Block) -> Option<Mention> {
        let found = dates::whole(&block.text, self.setting)?;
        let mut mention = self.mention(at, found.date);
        mention.set(Sign::Whole, true);
        form(&found, &mut mention);
        Some(mention)
    }

    /// A `<time>` counts by its `datetime` where its words are no date ("three days ago").
    fn timed(&self, at: usize, block: &Block) -> Option<Mention> {
        let time = block.time.filter(|_| block.words.len() <= DATE_BESIDE)?;
        let day = self.model.dom.attr(time, "datetime").and_then(dates::iso)?;
        let mut mention = self.mention(at, dates::possible(day, self.setting.seen));
        mention.set(Sign::Whole, true);
        Some(mention)
    }

    fn mention(&self, at: usize, day: Result<Date, Impossible>) -> Mention {
        let mut mention = Mention { block: at, day, values: [0.0; Sign::ALL.len()] };
        mention.set(Sign::Bias, true);
        mention.set(Sign::Impossible, day.is_err());
        self.block(at, &mut mention);
        self.place(at, &mut mention);
        self.label_above(at, &mut mention);
        let Ok(day) = day else { return mention };
        mention.set(Sign::AsStated, self.told.published == Some(day));
        mention.set(Sign::BeforeStated, self.told.published.is_some_and(|stated| day < stated));
        mention.set(Sign::AfterStated, self.told.published.is_some_and(|stated| day > stated));
        mention.set(Sign::AsChange, self.told.changed == Some(day) && self.told.published != Some(day));
        let path = self.model.links.page.path();
        let written = |mark: char| path.contains(&format!("{:04}{mark}{:02}", day.year(), day.month()));
        mention.set(Sign::AsAddress, written('/') || written('-'));
        mention
    }

    fn block(&self, at: usize, mention: &mut Mention) {
        let (page, block) = (self.around, &self.around.blocks[at]);
        mention.set(Sign::Time, block.time.is_some());
        mention.set(Sign::Long, block.words.len() > DATE_BESIDE);
        mention.set(Sign::Prose, page.prose[at] > 0);
        mention.set(Sign::Linked, block.link_share() > 0.5);
        mention.set(Sign::Heading, block.is_heading());
        mention.set(Sign::Row, page.dom.tag(block.node) == "tr");
        mention.set(Sign::Item, page.is_in(at, Mark::Item));
        mention.values[Sign::Card as usize] = page.around(at).take(PATH).filter_map(|up| page.card(up)).fold(0.0, f32::max);
        mention.set(Sign::Aside, [Mark::Nav, Mark::Aside, Mark::Footer].iter().any(|mark| page.is_in(at, *mark)));
        mention.set(Sign::Related, matches!(page.sections[at], Heading::Of(Class::Related | Class::Comments)));
        mention.set(Sign::Files, page.sections[at] == Heading::Of(Class::Download));
    }

    fn place(&self, at: usize, mention: &mut Mention) {
        let densest = self.around.within(self.around.densest);
        mention.set(Sign::AboveDensest, at < densest.start);
        mention.set(Sign::BelowDensest, at >= densest.end);
        let Some(title) = self.around.title else { return mention.set(Sign::NoTitle, true) };
        let sign = match (at < title, at.abs_diff(title)) {
            (true, 1) => Sign::RightAbove,
            (true, 2..=DATE_NEAR) => Sign::Above,
            (true, _) => Sign::FarAbove,
            (false, 0..=2) => Sign::RightBelow,
            (false, 3..=DATE_NEAR) => Sign::Below,
            (false, _) => Sign::FarBelow,
        };
        mention.set(sign, true);
    }

    /// The short block before that announces the day, as in a list of terms.
    fn label_above(&self, at: usize, mention: &mut Mention) {
        let Some(label) = at.checked_sub(1).map(|above| &self.around.blocks[above]) else { return };
        if label.words.len() > SECTION_LABEL || !(label.text.ends_with(':') || matches!(self.around.dom.tag(label.node), "dt" | "th")) {
            return;
        }
        let (publishes, updates) = announces(&label.text);
        mention.set(Sign::AbovePublishes, publishes);
        mention.set(Sign::AboveUpdates, updates);
        mention.set(Sign::AboveWorded, !publishes && !updates);
    }
}

fn form(found: &Found, mention: &mut Mention) {
    mention.set(Sign::Stamp, found.form == Form::Stamp);
    mention.set(Sign::Range, matches!(found.form, Form::Range | Form::Hours));
}

/// Whether the first word announces a publication, and whether any a change.
fn announces(text: &str) -> (bool, bool) {
    let mut written = tokens(text).into_iter().filter(|token| token.kind == TokenKind::Word).map(|token| &text[token.range]).peekable();
    let publishes = written.peek().is_some_and(|word| plays(word, Role::Published));
    (publishes, written.any(|word| plays(word, Role::Updated)))
}

/// What stands before a day, from the day or the bar before it on.
fn before(text: &str, mention: &mut Mention) {
    let label = text.rsplit(['|', '•', '·', '\n']).next().unwrap_or_default();
    let mut written = tokens(label).into_iter().filter(|token| token.kind == TokenKind::Word).map(|token| &label[token.range]).peekable();
    mention.set(Sign::Bare, written.peek().is_none());
    let (publishes, updates) = announces(label);
    mention.set(Sign::Publishes, publishes);
    mention.set(Sign::Updates, updates);
    mention.set(Sign::Meta, signs(label, &words(label)).starts.has(Class::Meta));
    let of_dates = [Role::Published, Role::Updated, Role::Weekday, Role::Since, Role::Until];
    let mut until = false;
    let mut other = false;
    for word in written {
        until |= plays(word, Role::Until);
        other |= !of_dates.iter().any(|role| plays(word, *role));
    }
    mention.set(Sign::Until, until);
    mention.set(Sign::Worded, other);
}

/// What stands behind it.
fn behind(text: &str, mention: &mut Mention) {
    let rest = text.trim_start_matches(' ');
    let opened = rest.trim_start_matches(|char: char| !char.is_alphanumeric());
    mention.set(Sign::Closes, !rest.contains(char::is_alphabetic));
    mention.set(Sign::ThenBar, rest.starts_with(['|', '•', '·', '/', '\n', '(']));
    mention.set(Sign::ThenComma, rest.starts_with([',', ';']));
    mention.set(Sign::ThenMeta, signs(opened, &words(opened)).starts.has(Class::Meta));
    mention.set(Sign::ThenWords, rest.starts_with(char::is_alphabetic));
}
