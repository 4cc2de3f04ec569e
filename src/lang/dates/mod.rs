//! Dates as people and machines write them, in every language of `data/months.tsv`.
//!
//! `find` gives each date of a text with what stands written (`Civil`), its form, whether the order of day and month is
//! open, and how sure the reading is. It judges nothing: a day that does not exist (31. 2.) is a mention whose `first()`
//! is none, and which years are believable is the caller's. `iso` reads the times of machines: RFC 3339, RFC 5322.

mod civil;
mod clock;
mod days;
mod language;
mod machine;
mod mention;
mod order;
mod pieces;
mod relative;
mod spans;

use std::ops::Range;

use jiff::civil::Date;

pub use civil::{Civil, Precision};
pub use language::infer;
pub use machine::{Stamp, iso};
pub use mention::{Clock, Confidence, DateMention, Form, Order, Span};
pub use order::{Context, Preferred, settle};
pub use relative::relative;

use pieces::{Kind, pieces};
use spans::Match;

/// The grammar over the pieces of one text.
#[derive(Clone, Copy)]
struct Grammar<'a> {
    pieces: &'a [pieces::Piece],
    context: &'a Context,
}

/// Every date in a text, in order, none overlapping another.
pub fn find(text: &str, context: &Context) -> Vec<DateMention> {
    let pieces = pieces(text);
    let grammar = Grammar { pieces: &pieces, context };
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let Some(here) = grammar.mention(at).filter(|here| !grammar.hides_surer(at, here)) else {
            at += 1;
            continue;
        };
        found.push(here.mention(grammar.bytes(at..here.next)));
        at = here.next;
    }
    found
}

/// First and last day of a text that is one date, month, year or span and nothing else.
pub fn period(text: &str, context: &Context) -> Option<(Date, Date)> {
    let text = text.trim();
    let found = find(text, context);
    let [mention] = found.as_slice() else { return None };
    (mention.range == (0..text.len())).then(|| mention.period()).flatten()
}

impl Grammar<'_> {
    fn mention(self, at: usize) -> Option<Match> {
        let opens = matches!(self.pieces[at].kind, Kind::Number(..) | Kind::Word(Some(_)));
        opens.then(|| self.span(at)).flatten()
    }

    /// Whether an unsure reading would swallow the beginning of a sure one.
    fn hides_surer(self, at: usize, here: &Match) -> bool {
        here.confidence != Confidence::Sure
            && (at + 1..here.next)
                .any(|inner| self.mention(inner).is_some_and(|other| other.confidence == Confidence::Sure && other.next > here.next))
    }

    fn bytes(self, pieces: Range<usize>) -> Range<usize> {
        self.pieces[pieces.start].range.start..self.pieces[pieces.end - 1].range.end
    }
}
