//! What plain words say of dates and sizes: `březen 2011`, `od roku 2009`, `1.-15. 3. 2011`, `do 20 tisíc obyvatel`.
//!
//! Such words stay words; records that fit the fact they name are met as well. Years are those of living memory (1900 to
//! 2099), and a size needs its unit, so that no other figure is taken for one.

use std::ops::Range as Span;

use jiff::civil::Date;

use super::tree::{Filter, Range};
use crate::lang::dates::{self, Confidence, Context, DateMention, Form, Precision};
use crate::lang::numbers::{self, Qualifier, Quantity};
use crate::lang::words::{Role, plays};
use crate::search::analysis::fold;

/// Words in a row that are looked at.
pub const LONGEST: usize = 10;

/// What the first words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// So many words say it.
    pub words: usize,
    /// Those among them that a text would have, too: `březen 2011` of `od března 2011`.
    pub core: Span<usize>,
    /// Each is one way to fit.
    pub filters: Vec<Filter>,
}

/// The fact that the words begin with.
pub fn meaning(words: &[&str]) -> Option<Meaning> {
    let words = Words::new(words);
    size(&words).or_else(|| period(&words))
}

/// The words as one text, and where each of them lies.
struct Words {
    text: String,
    spans: Vec<Span<usize>>,
}

impl Words {
    fn new(words: &[&str]) -> Self {
        let (mut text, mut spans) = (String::new(), Vec::with_capacity(words.len()));
        for word in words {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word.trim_end_matches([',', ';', '?', '!']));
            spans.push(start..text.len());
        }
        Self { text, spans }
    }

    fn word(&self, at: usize) -> &str {
        self.spans.get(at).map_or("", |span| &self.text[span.clone()])
    }

    /// The words that a part of the text is, where it ends with a word.
    fn covered(&self, part: &Span<usize>) -> Option<Span<usize>> {
        let start = self.spans.iter().position(|span| span.start == part.start)?;
        let end =
            self.spans.iter().position(|span| span.end == part.end || self.text[..span.end].trim_end_matches('.').len() == part.end)?;
        Some(start..end + 1)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    None,
    From,
    After,
    Until,
    Before,
}

fn period(words: &Words) -> Option<Meaning> {
    let (bound, start) = match fold(words.word(0)).as_str() {
        "od" => (Bound::From, 1),
        "po" => (Bound::After, 1),
        "do" => (Bound::Until, 1),
        "pred" => (Bound::Before, 1),
        "mezi" => (Bound::None, 1),
        _ => (Bound::None, 0),
    };
    let found = dates::find(&words.text, &Context::default());
    let mut periods = found.iter().filter_map(|mention| Some((words.covered(&mention.range)?, remembered(mention)?)));
    let (span, (first, last)) = periods.next().filter(|(span, _)| span.start == start)?;
    let named = usize::from(span.len() > 1 && plays(words.word(span.start), Role::Year));
    let core = span.start + named..span.end;
    // `2009 a 2011`: the years from one to the other.
    let joined = plays(words.word(span.end), Role::And) || plays(words.word(span.end), Role::Until);
    if let Some((later, (_, last))) = periods.next().filter(|(later, _)| joined && later.start == span.end + 1) {
        let filters = vec![Filter::Published((Some(first), Some(last)))];
        return Some(Meaning { words: later.end, core: core.start..later.end, filters });
    }
    let range = match bound {
        _ if found[0].end.is_some() => (Some(first), Some(last)),
        Bound::None => (Some(first), Some(last)),
        Bound::From => (Some(first), None),
        Bound::After => (last.tomorrow().ok(), None),
        Bound::Until => (None, Some(last)),
        Bound::Before => (None, first.yesterday().ok()),
    };
    Some(Meaning { words: span.end, core, filters: vec![Filter::Published(range)] })
}

/// The days of a date in living memory; a short name of a month needs its day (`pro 2011` is no December).
fn remembered(mention: &DateMention) -> Option<(Date, Date)> {
    let short = mention.form == Form::Word && mention.precision() == Precision::Month && mention.confidence == Confidence::Weak;
    let believed = |date: Date| (1900..=2099).contains(&date.year());
    mention.period().filter(|(first, last)| !short && believed(*first) && believed(*last))
}

fn size(words: &Words) -> Option<Meaning> {
    let quantity = numbers::find(&words.text).into_iter().next()?;
    let bound = leads(words, &quantity)?;
    let span = words.covered(&quantity.range)?;
    if !numbers::counts_people(words.word(span.end)) {
        return None;
    }
    let value = quantity.value;
    let range: Range<u64> = match (quantity.low, bound) {
        (Some(low), _) => (Some(low), Some(value)),
        (None, Qualifier::AtLeast) => (Some(value), None),
        (None, Qualifier::MoreThan) => (Some(value.saturating_add(1)), None),
        (None, Qualifier::AtMost) => (None, Some(value)),
        (None, Qualifier::LessThan) => (None, Some(value.saturating_sub(1))),
        (None, Qualifier::About) => around(value, 4),
    };
    let second = match (quantity.low, bound) {
        // About so many: a quarter more or less, and the nearer the better.
        (None, Qualifier::About) => Filter::Population(around(value, 20)),
        _ => Filter::Wanted(range),
    };
    Some(Meaning { words: span.end + 1, core: span, filters: vec![Filter::Population(range), second] })
}

/// What bounds a quantity that the words begin with; without a word, about so many are meant.
fn leads(words: &Words, quantity: &Quantity) -> Option<Qualifier> {
    match &quantity.qualifier {
        Some((qualifier, said)) if said.start == 0 => Some(*qualifier),
        _ => numbers::leads(&words.text[..quantity.range.start]).then_some(Qualifier::About),
    }
}

/// A share of a number more or less.
fn around(value: u64, share: u64) -> Range<u64> {
    (Some(value - value / share), Some(value.saturating_add(value / share)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some(meaning) = meaning(&words) else { return String::new() };
        format!("{} {}", meaning.words, super::super::values::filter_text(&meaning.filters[0]))
    }

    #[test]
    fn words_that_name_a_time_mean_it() {
        for (text, meant) in [
            ("2011", "1 date:2011"),
            ("březen 2011 Itálie", "2 date:2011-03"),
            ("brezna 2011", "2 date:2011-03"),
            ("roku 2011?", "2 date:2011"),
            ("15. 3. 2011", "3 date:2011-03-15"),
            ("15. března 2011", "3 date:2011-03-15"),
            ("15.3.2011", "1 date:2011-03-15"),
            ("1.-15. 3. 2011", "3 date:2011-03-01..2011-03-15"),
            ("2009-2011", "1 date:2009-01-01..2011-12-31"),
            ("2009 až 2011", "3 date:2009-01-01..2011-12-31"),
            ("mezi lety 2009 a 2011", "5 date:2009-01-01..2011-12-31"),
            ("od března 2009 do května 2010", "6 date:2009-03-01..2010-05-31"),
            ("od roku 2009", "3 date:2009-01-01.."),
            ("po roce 2009", "3 date:2010-01-01.."),
            ("do 2009", "2 date:..2009-12-31"),
            ("před rokem 2009", "3 date:..2008-12-31"),
            ("květen až červen 2012", "4 date:2012-05-01..2012-06-30"),
            ("marca 2012", "2 date:2012-03"),
            ("pro 2011", ""),
            ("2011 2012", "1 date:2011"),
            ("3 2011", ""),
            ("ledovec 2011", ""),
            ("červená 2011", ""),
            ("1848", ""),
            ("31. 2. 2011", ""),
            ("březen", ""),
        ] {
            assert_eq!(said(text), meant, "{text}");
        }
    }

    #[test]
    fn words_that_name_a_size_mean_it() {
        for (text, meant) in [
            ("do 10 000 obyvatel", "4 population:..10000"),
            ("do 10.000 obyvatel", "3 population:..10000"),
            ("do 20 tisíc obyvatel", "4 population:..20000"),
            ("do dvaceti tisíc obyvatel", "4 population:..20000"),
            ("do dvou tisíc obyvatel", "4 population:..2000"),
            ("do třiceti pěti tisíc obyvatel", "5 population:..35000"),
            ("do 5,5 tisíc obyvatel", "4 population:..5500"),
            ("nad 50000 obyvatel", "3 population:50001.."),
            ("více než 5 tis. obyv.", "5 population:5001.."),
            ("10 až 20 tisíc obyvatel", "5 population:10000..20000"),
            ("od 2000 do 5000 obyvatel", "5 population:2000..5000"),
            ("s 2000 obyvateli", "3 population:1500..2500"),
            ("tisíc lidí", "2 population:750..1250"),
            ("9999999999999999999 až 20 tisíc obyvatel", ""),
            ("do 10 000 korun", ""),
            ("do 99999999999999999999 obyvatel", ""),
            ("obyvatel", ""),
        ] {
            assert_eq!(said(text), meant, "{text}");
        }
    }
}
