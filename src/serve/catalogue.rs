//! What other rooms tell in English (hints, rules of the reader, fields), in the language of the page: a message catalogue, as
//! gettext has them, from `data/cs.tsv`.
//!
//! A message may have holes. Refuses: to guess; a message without a row stays English and is marked as such.

use std::collections::HashMap;
use std::sync::LazyLock;

use maud::{Markup, html};

use super::words::Tongue;

/// A hole that is taken over as it stands, and one whose text is looked up, too.
const AS_IS: &str = "{}";
const LOOKED_UP: &str = "{~}";
/// Messages in messages.
const DEPTH: usize = 3;

/// A piece of a message with holes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Text(&'static str),
    AsIs,
    LookedUp,
}

struct Catalogue {
    /// Without holes.
    whole: HashMap<&'static str, &'static str>,
    /// In the order of the file: the first that fits holds.
    holed: Vec<(Vec<Piece>, Vec<Piece>)>,
}

static CZECH: LazyLock<Catalogue> = LazyLock::new(|| {
    let rows = include_str!("data/cs.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let (holed, whole): (Vec<_>, Vec<_>) = rows.partition(|(english, _)| english.contains(AS_IS) || english.contains(LOOKED_UP));
    Catalogue {
        whole: whole.into_iter().collect(),
        holed: holed.into_iter().map(|(english, czech)| (pieces(english), pieces(czech))).collect(),
    }
});

impl Tongue {
    /// A message of another room; English with its language told where there is no other.
    pub fn message(self, english: &str) -> Markup {
        match self {
            Self::English => html! { (english) },
            Self::Czech => czech(english, DEPTH).map_or_else(|| html! { span lang="en" { (english) } }, |text| html! { (text) }),
        }
    }
}

fn czech(english: &str, depth: usize) -> Option<String> {
    if let Some(text) = CZECH.whole.get(english) {
        return Some((*text).to_owned());
    }
    CZECH.holed.iter().find_map(|(pattern, czech)| {
        let mut held = fitted(pattern, english)?.into_iter();
        let mut out = String::new();
        for piece in czech {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::AsIs => out.push_str(held.next()?),
                Piece::LookedUp => {
                    let inner = held.next()?;
                    out.push_str(&depth.checked_sub(1).and_then(|depth| self::czech(inner, depth)).unwrap_or_else(|| inner.to_owned()));
                }
            }
        }
        Some(out)
    })
}

/// What stands in the holes, each as short as the text after it allows.
fn fitted<'t>(pattern: &[Piece], text: &'t str) -> Option<Vec<&'t str>> {
    let (mut rest, mut held, mut open) = (text, Vec::new(), false);
    for piece in pattern {
        match piece {
            Piece::Text(fixed) => {
                let at = if open { rest.find(fixed)? } else { rest.starts_with(fixed).then_some(0)? };
                if std::mem::take(&mut open) {
                    held.push(&rest[..at]);
                }
                rest = &rest[at + fixed.len()..];
            }
            Piece::AsIs | Piece::LookedUp => open = true,
        }
    }
    if open {
        held.push(rest);
        return Some(held);
    }
    rest.is_empty().then_some(held)
}

fn pieces(message: &'static str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = message;
    while !rest.is_empty() {
        let (piece, length) = if rest.starts_with(AS_IS) {
            (Piece::AsIs, AS_IS.len())
        } else if rest.starts_with(LOOKED_UP) {
            (Piece::LookedUp, LOOKED_UP.len())
        } else {
            let end = [AS_IS, LOOKED_UP].iter().filter_map(|hole| rest.find(hole)).min().unwrap_or(rest.len());
            (Piece::Text(&rest[..end]), end)
        };
        found.push(piece);
        rest = &rest[length..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{GRAMMAR, fields};

    #[test]
    fn holes_are_filled_and_looked_up() {
        let hint = |english: &str| czech(english, DEPTH);
        assert_eq!(
            hint("country:UA leaves out 4 notices whose number of inhabitants is not known").as_deref(),
            Some("country:UA vynechává 4 oznámení, u kterých není znám počet obyvatel")
        );
        assert_eq!(hint("column 3: `QQ`: a value is missing").as_deref(), Some("znak 3: „QQ“: chybí hodnota"));
        assert_eq!(hint("column 3: something new").as_deref(), Some("znak 3: something new"));
        assert_eq!(hint("something new"), None);
        assert_eq!(Tongue::Czech.message("<b>").into_string(), "<span lang=\"en\">&lt;b&gt;</span>");
        assert_eq!(Tongue::English.message("a value is missing").into_string(), "a value is missing");
    }

    #[test]
    fn every_rule_field_and_paragraph_of_the_grammar_has_a_row() {
        let rules = include_str!("../notice/data/rules.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let rules = rules.filter_map(|line| line.split('\t').nth(1)).map(str::to_owned);
        let asks = fields().iter().map(|field| field.asks.to_owned());
        let missing: Vec<String> = rules
            .chain(asks)
            .chain(GRAMMAR.split("\n\n").map(super::super::help::paragraph))
            .filter(|text| czech(text, 0).is_none())
            .collect();
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn every_row_keeps_its_holes() {
        for (english, czech) in &CZECH.holed {
            let holes = |pieces: &[Piece]| pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))).copied().collect::<Vec<_>>();
            assert_eq!(holes(english), holes(czech), "{english:?}");
        }
    }
}
