//! Lines on a page that are not its text: dates, tools, signatures, meta lines, lists of files.
//!
//! Each question looks at one short line: its words, the share of links and where they lead. Whether an
//! answer counts depends on where the line stands; `trim` decides that.

use url::Url;

use super::super::dates::{self, Form};
use super::blocks::{Block, Kind};
use super::links::is_tools;
use super::{Known, labels, words};

/// Longest line that can be furniture, in characters.
const SHORT: usize = 160;
/// Words of one fact in a line of facts.
const FACT: usize = 4;

/// Tools, meta lines, the page's own address, the title once more, a date by itself.
pub fn is_furniture(block: &Block, known: &Known) -> bool {
    // An address is one word, however long.
    let length: usize = block.text.split_whitespace().map(|word| if word.contains("://") { 1 } else { word.chars().count() + 1 }).sum();
    let short = length <= SHORT;
    block.kind == Kind::Caption
        || is_tools(block, known)
        || short && (labels::names_meta(&block.text) || known.is_date(block) || is_facts(block, known))
        || short && names_address(&block.text, known.url)
        || is_title(block, known)
}

/// A line of facts about the page, however it is worded: a few words between marks and dates, the day of the entry
/// or a label of such facts among them.
fn is_facts(block: &Block, known: &Known) -> bool {
    if matches!(block.kind, Kind::Heading(_)) || !block.text.contains(|char: char| char.is_ascii_digit()) {
        return false;
    }
    let dates = dates::find(&block.text, known.seen);
    let mut rest = block.text.clone();
    dates.iter().rev().for_each(|found| rest.replace_range(found.start..found.end, "|"));
    let facts = || rest.split(['|', '•', '·', '—', '–', ';', ',', '/', '\n', '.']).map(str::trim).filter(|fact| !fact.is_empty());
    let own = dates.iter().any(|found| found.form != Form::Range && known.published.is_some_and(|day| found.date == Ok(day)));
    let labelled = || !dates.is_empty() && facts().count() >= 2 && facts().any(labels::names_meta);
    (own || labelled()) && facts().all(|fact| fact.split_whitespace().count() <= FACT)
}

/// The title repeated.
pub fn is_title(block: &Block, known: &Known) -> bool {
    words::likeness(&words::tokens(&block.text), &known.title) > 0.9
}

/// Another page's address is content; the page's own is a print note.
fn names_address(text: &str, url: &Url) -> bool {
    url.path().len() > 1 && text.contains(url.path())
}

/// Who wrote it: the last line, short, no sentence. `before` is the line above.
pub fn is_signature(block: &Block, before: Option<&Block>, known: &Known) -> bool {
    let text = block.text.trim_matches(['/', '(', ')', ' ']);
    let introduced = before.is_some_and(|before| before.text.ends_with(':'));
    let sentence = text.contains(['@', ':', '?', '!', ';', '\n']) || text.contains(|char: char| char.is_ascii_digit());
    if introduced || sentence || text.is_empty() || text.chars().count() > 90 || block.kind == Kind::Line {
        return false;
    }
    let named = known.author.as_deref().is_some_and(|author| words::fold(author) == words::fold(text));
    let initials = block.text.starts_with(['(', '/']) && block.text.ends_with([')', '/']) && text.chars().count() <= 12;
    named || initials || (labels::signs(text) && starts_as_name(text)) || is_name(text) || is_name_with_role(text)
}

/// "Eva Malá, starostka": a name, a comma and what the person is.
fn is_name_with_role(text: &str) -> bool {
    let Some((name, role)) = text.split_once(',') else { return false };
    is_name(name) && role.split_whitespace().count() <= FACT && role.trim_start().starts_with(char::is_lowercase) && !role.ends_with('.')
}

/// A box of its own that says who wrote: a name, then what the person does, no figures and no full stop.
pub fn is_author_box(block: &Block, before: &Block) -> bool {
    let Some((name, role)) = block.text.split_once('\n') else { return false };
    let plain = !role.contains(['@', ':', '?', '!', ';', '\n']) && !role.contains(|char: char| char.is_ascii_digit());
    is_name(name)
        && plain
        && role.chars().count() <= 90
        && !role.ends_with('.')
        && block.scope != before.scope
        && !before.text.ends_with([':', ','])
}

/// An editorial word, a degree or a capital first: not the middle of a sentence.
fn starts_as_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= 12
        && !text.ends_with('.')
        && (words <= 3 || text.contains(',') || text.split_whitespace().take(2).any(|word| word.ends_with('.')))
}

/// Two or three capitalised words and nothing else.
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.clone().next().is_some_and(char::is_lowercase)
            && chars.all(char::is_alphabetic)
    };
    (2..=3).contains(&words.len()) && words.iter().all(capital)
}
