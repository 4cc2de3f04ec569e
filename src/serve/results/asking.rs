//! A question with the state of the archive that it asks.
//!
//! Refuses: questions beyond the limits of `question.rs`; where a program asks, values that mean nothing, too.

use std::sync::Arc;

use super::super::context::Context;
use super::super::library::Snapshot;
use super::super::question::{DEEPEST, LONGEST, Question};
use super::super::words::Locale;
use super::super::{Error, Refusal};
use crate::search::{Answer, Options, Seeker};

/// A question that can be asked: checked against the limits, with the state of the archive that it asks.
pub struct Asking<'d> {
    pub context: &'d Context<'d>,
    pub question: Question,
    pub snapshot: Arc<Snapshot>,
    pub options: Options,
}

impl<'d> Asking<'d> {
    pub fn new(context: &'d Context<'d>, question: Question) -> Result<Self, Error> {
        if question.q.chars().count() > LONGEST {
            return Err(Refusal::TooLong.into());
        }
        if context.is_served() && question.offset() >= DEEPEST {
            return Err(Refusal::TooDeep.into());
        }
        let snapshot = match question.moment() {
            None => context.library.newest(),
            Some(moment) => context.library.at(context.archive, moment)?.ok_or(Refusal::PastTooLarge)?,
        };
        let options = question.options(snapshot.seeker(question.place));
        Ok(Self { context, question, snapshot, options })
    }

    /// Of a program, which reads no warning: every value has to mean something.
    pub fn exact(context: &'d Context<'d>, query: &str) -> Result<Self, Error> {
        let asking = Self::new(context, Question::read(query))?;
        if asking.question.unused.is_empty() { Ok(asking) } else { Err(Error::Unused(asking.question.unused)) }
    }

    pub fn locale(&self) -> Locale {
        self.context.locale
    }

    pub fn seeker(&self) -> Option<&Seeker> {
        self.snapshot.seeker(self.question.place)
    }

    pub fn answer(&self) -> Result<Answer, Error> {
        Ok(self.snapshot.index.search(&self.question.q, &self.options)?)
    }
}
