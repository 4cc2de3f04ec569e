//! In which language dates name their months, where one word is two months (`listopada`: October in Croatian, November in
//! Polish).

use jiff::civil::Date;

use crate::lang::Language;
use crate::lang::text::{TokenKind, tokens};
use crate::lang::words::{Meaning, meaning};

/// A day of a month in words.
struct Named {
    day: i8,
    year: i16,
    month: &'static Meaning,
}

impl Named {
    fn of(text: &str) -> Option<Self> {
        // Of a date without a year any day that some year has exists: 2000 is a leap year.
        let (mut day, mut year, mut month) = (None, 2000, None);
        for token in tokens(text) {
            let written = &text[token.range];
            match token.kind {
                TokenKind::Number if written.len() <= 2 => day = day.or(written.parse().ok()),
                TokenKind::Number => year = written.parse().unwrap_or(year),
                TokenKind::Word => month = month.or(meaning(written).filter(|word| word.month(&[]).is_some())),
                TokenKind::Mark => {}
            }
        }
        Some(Self { day: day?, year, month: month? })
    }

    /// Languages in which the day exists.
    fn languages(&self) -> impl Iterator<Item = Language> {
        let exists = |month: i8| Date::new(self.year, month, self.day).is_ok();
        self.month.months().filter(move |name| exists(name.month)).filter_map(|name| name.language)
    }
}

/// The language in which more of these dates are days than in the known one, if it reads any of them otherwise.
pub fn infer<'t>(dates: impl Iterator<Item = &'t str>, known: Option<Language>) -> Option<Language> {
    let named: Vec<Named> = dates.filter_map(Named::of).collect();
    let mut votes: Vec<(Language, usize)> = Vec::new();
    for one in &named {
        let languages: Vec<Language> = one.languages().collect();
        let distinct = languages.iter().enumerate().filter(|(at, language)| !languages[..*at].contains(language));
        for language in distinct.map(|(_, language)| *language) {
            match votes.iter_mut().find(|(voted, _)| *voted == language) {
                Some((_, count)) => *count += 1,
                None => votes.push((language, 1)),
            }
        }
    }
    let most = votes.iter().map(|(_, count)| *count).max()?;
    let mut best = votes.iter().filter(|(_, count)| *count == most).map(|(language, _)| *language);
    let best = best.clone().find(|language| Some(*language) == known).or_else(|| best.next())?;
    let month = |one: &Named, language: Option<Language>| one.month.month(language.as_slice()).map(|name| name.month);
    named.iter().any(|one| month(one, Some(best)) != month(one, known)).then_some(best)
}
