//! What plain words say of dates and sizes: `březen 2011`, `od roku 2009`, `1.-15. 3. 2011`, `do 20 tisíc obyvatel`.
//!
//! Such words stay words; records that fit the fact they name are met as well. Years are those of living memory (1900 to
//! 2099), and a size needs its unit, so that no other figure is taken for one.

use jiff::civil::Date;

use super::{Filter, Range, dates};
use crate::search::analysis::fold;

/// Words in a row that are looked at.
pub const LONGEST: usize = 8;

/// What the first words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// So many words say it.
    pub words: usize,
    /// Those among them that a text would have, too: `březen 2011` of `od března 2011`.
    pub core: std::ops::Range<usize>,
    /// Each is one way to fit.
    pub filters: Vec<Filter>,
}

/// The fact that the words begin with.
pub fn meaning(words: &[&str]) -> Option<Meaning> {
    let words: Vec<String> = words.iter().map(|word| fold(word.trim_end_matches([',', ';', '?', '!']))).collect();
    size(&words).or_else(|| period(&words))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    None,
    From,
    After,
    Until,
    Before,
}

const YEAR: &[&str] = &["rok", "roku", "roce", "rokem", "roky", "let", "letech", "leta", "lety"];
const JOINS: &[&str] = &["az", "do", "a", "-", "–", "—"];

fn period(words: &[String]) -> Option<Meaning> {
    let (bound, start) = match words.first()?.as_str() {
        "od" => (Bound::From, 1),
        "po" => (Bound::After, 1),
        "do" => (Bound::Until, 1),
        "pred" => (Bound::Before, 1),
        "mezi" => (Bound::None, 1),
        _ => (Bound::None, 0),
    };
    let (core, first) = one(words, start)?;
    if let Some((later, last)) = words.get(core.end).filter(|word| JOINS.contains(&word.as_str())).and_then(|_| one(words, core.end + 1)) {
        let filters = vec![Filter::Published((Some(first.0), Some(last.1)))];
        return Some(Meaning { words: later.end, core: core.start..later.end, filters });
    }
    let range = match bound {
        Bound::None => (Some(first.0), Some(first.1)),
        Bound::From => (Some(first.0), None),
        Bound::After => (first.1.tomorrow().ok(), None),
        Bound::Until => (None, Some(first.1)),
        Bound::Before => (None, first.0.yesterday().ok()),
    };
    Some(Meaning { words: core.end, core, filters: vec![Filter::Published(range)] })
}

/// One period that begins at this word, and which words say it.
fn one(words: &[String], at: usize) -> Option<(std::ops::Range<usize>, (Date, Date))> {
    let named = usize::from(words.get(at).is_some_and(|word| YEAR.contains(&word.as_str())));
    let start = at + named;
    let longest = if named == 1 { 1 } else { 3 };
    (1..=longest).rev().find_map(|count| {
        let said = words.get(start..start + count)?;
        let begins =
            said[0].ends_with('.') || dates::month(&said[0]).is_some() || said.get(1).is_some_and(|next| dates::month(next).is_some());
        let text = said.join(" ");
        let (first, last) =
            if count == 1 || begins { days(&text).or_else(|| years(&text)).or_else(|| whole(&text))? } else { return None };
        let remembered = |date: Date| (1900..=2099).contains(&date.year());
        (remembered(first) && remembered(last)).then_some((start..start + count, (first, last)))
    })
}

fn whole(text: &str) -> Option<(Date, Date)> {
    let (first, last) = dates::period(text)?;
    Some((first?, last?))
}

/// `2009-2011`.
fn years(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once(['-', '–', '—'])?;
    let year = |text: &str| (text.len() == 4).then(|| whole(text)).flatten();
    Some((year(first)?.0, year(last)?.1))
}

/// `1.-15. 3. 2011`.
fn days(text: &str) -> Option<(Date, Date)> {
    let (first, rest) = text.split_once(['-', '–', '—'])?;
    let first: i8 = first.strip_suffix('.')?.parse().ok()?;
    let (last, _) = whole(rest)?;
    Some((Date::new(last.year(), last.month(), first).ok()?, last))
}

const NUMERALS: &[(&str, u64)] = &[
    ("pet", 5),
    ("peti", 5),
    ("deset", 10),
    ("deseti", 10),
    ("patnact", 15),
    ("patnacti", 15),
    ("dvacet", 20),
    ("dvaceti", 20),
    ("tricet", 30),
    ("triceti", 30),
    ("ctyricet", 40),
    ("ctyriceti", 40),
    ("padesat", 50),
    ("padesati", 50),
    ("sto", 100),
];

/// Beginnings of the words that say of what there are so many.
const UNITS: &[&str] = &["obyvatel", "obyv", "lidi", "lidmi", "dusi", "dusemi"];

fn size(words: &[String]) -> Option<Meaning> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let (bound, start) = match (word(0), word(1)) {
        ("mene" | "min", "nez") => (Bound::Before, 2),
        ("vice" | "vic", "nez") => (Bound::After, 2),
        ("do" | "max" | "max." | "maximalne" | "nejvyse", _) => (Bound::Until, 1),
        ("pod", _) => (Bound::Before, 1),
        ("alespon" | "aspon" | "minimalne" | "nejmene" | "od", _) => (Bound::From, 1),
        ("nad" | "pres", _) => (Bound::After, 1),
        ("kolem" | "okolo" | "asi" | "zhruba" | "priblizne" | "cca" | "mezi" | "s" | "se" | "o", _) => (Bound::None, 1),
        _ => (Bound::None, 0),
    };
    let (mut end, mut low, scale) = figure(words, start)?;
    let mut high = None;
    if JOINS.contains(&word(end))
        && let Some((later, last, last_scale)) = figure(words, end + 1)
    {
        // `10 až 20 tisíc`: both are thousands.
        low = low.checked_mul(if scale == 1 { last_scale } else { 1 })?;
        (end, high) = (later, Some(last));
    }
    if !UNITS.iter().any(|unit| word(end).starts_with(unit)) {
        return None;
    }
    let range: Range<u64> = match (bound, high) {
        (_, Some(high)) => (Some(low), Some(high)),
        (Bound::From, _) => (Some(low), None),
        (Bound::After, _) => (Some(low.saturating_add(1)), None),
        (Bound::Until, _) => (None, Some(low)),
        (Bound::Before, _) => (None, Some(low.saturating_sub(1))),
        (Bound::None, _) => (Some(low - low / 4), Some(low.saturating_add(low / 4))),
    };
    let second = match (bound, high) {
        // About so many: a quarter more or less, and the nearer the better.
        (Bound::None, None) => Filter::Population((Some(low - low / 20), Some(low.saturating_add(low / 20)))),
        _ => Filter::Wanted(range),
    };
    Some(Meaning { words: end + 1, core: start..end, filters: vec![Filter::Population(range), second] })
}

/// A figure in digits or words, where it ends, and the thousands or millions that it was said in.
fn figure(words: &[String], at: usize) -> Option<(usize, u64, u64)> {
    let digits = |at: usize| words.get(at).filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()));
    let (mut end, mut value) = (at, None);
    if let Some(first) = digits(at) {
        let mut written = first.clone();
        end += 1;
        while first.len() <= 3 && digits(end).is_some_and(|group| group.len() == 3) {
            written.push_str(&words[end]);
            end += 1;
        }
        value = Some(written.parse().ok()?);
    } else if let Some(grouped) = words.get(at).and_then(|word| grouped(word)) {
        (end, value) = (at + 1, Some(grouped));
    } else if let Some((_, numeral)) = words.get(at).and_then(|word| NUMERALS.iter().find(|(numeral, _)| numeral == word)) {
        (end, value) = (at + 1, Some(*numeral));
    }
    let scale = match words.get(end) {
        Some(word) if word.starts_with("tis") => 1000,
        Some(word) if word.starts_with("milion") => 1_000_000,
        _ => return value.map(|value| (end, value, 1)),
    };
    Some((end + 1, value.unwrap_or(1).checked_mul(scale)?, scale))
}

/// `10.000`.
fn grouped(word: &str) -> Option<u64> {
    let (first, groups) = word.split_once('.')?;
    let all = |text: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    (all(first, 1..=3) && groups.split('.').all(|group| all(group, 3..=3))).then(|| word.replace('.', "").parse().ok()).flatten()
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
