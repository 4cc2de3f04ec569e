//! How the question was understood: what words were taken for facts, what met nothing, what could not be used.
//!
//! Refuses: to mend a question by itself; what might be meant is offered as a link.

use maud::{Markup, html};

use super::Asking;
use crate::search::{Answer, ReadAs};

pub fn understood(asking: &Asking<'_>, answer: &Answer) -> Markup {
    let (tongue, question) = (asking.tongue(), &asking.question);
    let words = tongue.words();
    let past = question.moment().map(|moment| tongue.day(moment.to_zoned(jiff::tz::TimeZone::UTC).date()));
    html! {
        div.understood role="status" {
            @if let Some(day) = past {
                p.past {
                    strong { (words.past_note) " " (day) } ". "
                    a href=(question.with(|other| other.as_of.clear()).href(tongue)) { (words.to_now) }
                }
            }
            @if !question.unused.is_empty() {
                p.warn { (words.not_used) ": " @for (at, value) in question.unused.iter().enumerate() { @if at > 0 { ", " } q { (value) } } }
            }
            @if !answer.read_as.is_empty() {
                p {
                    (words.read_as) ": "
                    @for (at, read) in answer.read_as.iter().enumerate() {
                        @if at > 0 { " · " }
                        (read_as(asking, read))
                    }
                }
            }
            @if !answer.unmet.is_empty() { p { (words.no_notice_has) ": " em { (answer.unmet.join(", ")) } } }
            @for suggestion in &answer.suggestions {
                p {
                    q { (suggestion.word) } " – " (words.did_you_mean) " "
                    @for (at, instead) in suggestion.instead.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(question.with(|other| other.q = replaced(&question.q, &suggestion.word, instead)).href(tongue)) { (instead) }
                    }
                    "?"
                }
            }
            @for hint in &answer.hints { p.hint { (tongue.message(hint)) } }
        }
    }
}

fn read_as(asking: &Asking<'_>, read: &ReadAs) -> Markup {
    let tongue = asking.tongue();
    let without = asking.question.with(|other| other.q.clone_from(&read.without)).href(tongue);
    html! {
        q { (read.words) } " → " code { (read.filter) } " (" a href=(without) { (tongue.words().keep_words) } ")"
    }
}

/// The question with another word in the place of one that met nothing; case does not matter.
fn replaced(question: &str, word: &str, instead: &str) -> String {
    question.split(' ').map(|own| if own.to_lowercase() == word { instead } else { own }).collect::<Vec<_>>().join(" ")
}
