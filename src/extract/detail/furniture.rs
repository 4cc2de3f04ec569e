//! Lines on a page that are not its text: dates, tools, signatures, meta lines, lists of files.
//!
//! Each question looks at one short line: its words, the share of links and where they lead. Whether an
//! answer counts depends on where the line stands; `trim` decides that.

use url::Url;

use super::super::dates::{self, Form};
use super::super::files::is_size_note;
use super::blocks::{Anchor, Block, Kind};
use super::documents::{is_document, is_file_service};
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

/// Share, print, font size and way-back links, or their labels alone.
pub fn is_tools(block: &Block, known: &Known) -> bool {
    let length = block.text.chars().count();
    if block.links.is_empty() {
        return length <= 30
            && labels::names_tool(&block.text)
            && !block.text.contains(['@', '.'])
            && !block.text.contains(|char: char| char.is_ascii_digit());
    }
    let rest = block.text.len().saturating_sub(block.linked);
    // "Share: Facebook X": a label and one word for each service.
    let labelled = block.linked < block.text.len() && labels::names_tool(&block.text);
    if rest <= 40 && labelled && block.links.iter().all(|link| link.text.chars().count() <= 20) {
        return true;
    }
    rest <= 40 && block.links.iter().all(|link| is_tool_link(link, known))
}

pub fn is_tool_link(link: &Anchor, known: &Known) -> bool {
    let href = link.href.trim();
    // A share service is another host that is handed an address.
    let shares = |url: &Url| url.host() != known.url.host() && url.query_pairs().any(|(_, value)| value.starts_with("http"));
    href.starts_with('#')
        || href.starts_with("javascript:")
        || href.starts_with("mailto:?")
        || known.base.join(href).is_ok_and(|url| shares(&url) || is_own_view(&url, known.url))
        || link.text.chars().count() <= 40 && labels::names_tool(&link.text)
}

/// The page itself with a parameter more: to print, to share, to answer.
fn is_own_view(url: &Url, page: &Url) -> bool {
    let has = |pair: &(std::borrow::Cow<str>, std::borrow::Cow<str>)| url.query_pairs().any(|other| other == *pair);
    url.host() == page.host() && url.path() == page.path() && url.query().is_some() && page.query_pairs().all(|pair| has(&pair))
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
    named || initials || (labels::signs(text) && starts_as_name(text)) || is_name(text)
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

/// A line of links to files with at most a note of type and size.
pub fn is_download(block: &Block, known: &Known) -> bool {
    let labelled = is_labelled(block);
    let is_file = |url: &Url, link: &Anchor| is_document(url, link.file) || labelled && is_file_service(url, known.url);
    let files = || block.links.iter().all(|link| known.base.join(&link.href).is_ok_and(|url| is_file(&url, link)));
    let outside = outside_links(block);
    // "Attachments:" may open the line instead of standing above it.
    let notes = outside.split_once(':').filter(|_| labelled).map_or(outside.as_str(), |(_, notes)| notes);
    !block.links.is_empty() && files() && is_size_note(notes)
}

/// A label of files opens the line of their links.
pub fn is_labelled(block: &Block) -> bool {
    !block.links.is_empty() && outside_links(block).split_once(':').is_some_and(|(label, _)| labels::names_downloads(label))
}

/// The text with the words of its links taken out.
pub fn outside_links(block: &Block) -> String {
    block.links.iter().filter(|link| !link.text.is_empty()).fold(block.text.clone(), |text, link| text.replacen(&link.text, " ", 1))
}
