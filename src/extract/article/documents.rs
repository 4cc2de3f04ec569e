//! Links to files: by an ending in the address, by what the link or the note behind it says, or by the label above them.
//!
//! Each address once, in the order of the page, with the link words as title; notes of type and size inside the link
//! words are cut. Looked at are the text and what stands around it, not menus, footers and lists of other pages.

use std::collections::HashSet;

use url::Url;

use super::block::{Anchor, Block};
use super::feature::Mark;
use super::label::Label;
use super::phrases::{Class, signs};
use super::surroundings::{Heading, Surroundings};
use super::thresholds::FILES_BELOW;
use super::words::words;
use crate::extract::Link;
use crate::extract::files::{is_in_address, is_size_note, is_type_note, names_file, type_note, without_note};
use crate::extract::page::Model;

/// Words of addresses of services that hand out files.
const SERVICES: [&str; 8] = ["download", "file", "soubor", "priloh", "attach", "getdoc", "stahn", "stazen"];

/// Files of the entry.
pub fn links(model: &Model, around: &Surroundings, labels: &[Label]) -> Vec<Link> {
    let text = |at: &usize| labels[*at] == Label::Text;
    // In a table for layout the heading may come after the text.
    let from = around.title.map_or(0, |title| (0..title).find(text).unwrap_or(title));
    let last = (0..labels.len()).rfind(text).into_iter().chain(around.title).max().unwrap_or(from);
    // The element that holds the heading and the text.
    let ends = |at: usize| around.blocks.get(at).map_or(0, |block| block.node);
    let scope = model.dom.common(ends(from), ends(last));
    let mine = |at: usize| {
        let beside = around.dom.contains(scope, around.blocks[at].node) && at >= from
            || at > last && at <= last + FILES_BELOW && is_under_files(around, at);
        let elsewhere = [Mark::Nav, Mark::Footer, Mark::Aside].iter().any(|mark| around.is_in(at, *mark))
            || matches!(around.sections[at], Heading::Of(Class::Related | Class::Comments | Class::Legal));
        labels[at] == Label::Text || beside && !elsewhere
    };
    gather(model, (0..around.blocks.len()).filter(|at| mine(*at)).map(|at| (&around.blocks[at], is_under_files(around, at))))
}

/// Files linked in these blocks, whatever stands around them.
pub fn all(model: &Model, blocks: &[Block]) -> Vec<Link> {
    gather(model, blocks.iter().map(|block| (block, false)))
}

fn is_under_files(around: &Surroundings, at: usize) -> bool {
    around.sections[at] == Heading::Of(Class::Download)
}

fn gather<'a>(model: &Model, blocks: impl Iterator<Item = (&'a Block, bool)>) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    let mut seen: HashSet<Url> = HashSet::new();
    for (block, listed) in blocks {
        let listed = listed && !block.is_heading() || is_labelled(block);
        for link in &block.links {
            if let Some(url) = file(model, block, link, listed).filter(|url| seen.insert(url.clone())) {
                found.push(Link { title: title(&block.text[link.range.clone()], &url), url });
            }
        }
    }
    found
}

/// The file that a link leads to. Any of these tells one: an ending somewhere in the address, `download`, the `type` of what it leads to,
/// a file's name as its words, the note of a file's type or size in them or behind them; in a list of files the address of a service.
fn file(model: &Model, block: &Block, link: &Anchor, listed: bool) -> Option<Url> {
    let attr = |name: &str| model.dom.attr(link.node, name);
    let words = &block.text[link.range.clone()];
    let told = is_in_address(attr("href")?)
        || attr("download").is_some()
        || attr("type").is_some_and(|kind| !kind.contains("html"))
        || names_file(words)
        || type_note(words).is_some()
        || is_type_note(behind(block, link));
    // Most links are none by their looks; to resolve them all would cost more than the rest.
    if !told && !listed {
        return None;
    }
    let mut url = model.links.resolve(&model.dom, link.node)?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && (told || is_service(model, &url))).then_some(url)
}

/// What stands between a link and the next, or the end of its line.
fn behind<'a>(block: &'a Block, link: &Anchor) -> &'a str {
    let next = block.links.iter().map(|other| other.range.start).find(|start| *start >= link.range.end);
    let rest = &block.text[link.range.end..next.unwrap_or(block.text.len())];
    rest.split('\n').next().unwrap_or_default()
}

/// A line of links to files with at most a note of type and size.
pub fn is_list(model: &Model, block: &Block) -> bool {
    let labelled = is_labelled(block);
    if block.links.is_empty() || !block.links.iter().all(|link| file(model, block, link, labelled).is_some()) {
        return false;
    }
    let outside = block.outside_links();
    // "Attachments:" may open the line instead of standing above it.
    is_size_note(outside.split_once(':').filter(|_| labelled).map_or(outside.as_str(), |(_, notes)| notes))
}

/// A label of files opens the line of their links.
fn is_labelled(block: &Block) -> bool {
    let outside = || block.outside_links();
    !block.links.is_empty()
        && block.text.contains(':')
        && outside().split_once(':').is_some_and(|(label, _)| signs(label, &words(label)).starts.has(Class::Download))
}

/// Under a label of files an address with an identifier instead of an ending counts as well.
fn is_service(model: &Model, url: &Url) -> bool {
    let address = url.as_str().to_ascii_lowercase();
    url.host() == model.links.page.host() && url.path() != "/" && SERVICES.iter().any(|word| address.contains(word))
}

/// Link words without "(PDF, 120 kB)"; the file name where there are none.
fn title(words: &str, url: &Url) -> String {
    let title = without_note(words);
    if title.is_empty() {
        return url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default().to_owned();
    }
    title.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_without_notes() {
        let url = |text: &str| Url::parse(text).expect("an address");
        assert_eq!(title("Profile (PDF, 12 kB)", &url("http://a.example/x.pdf")), "Profile");
        assert_eq!(title("Profile (Italy)", &url("http://a.example/x.pdf")), "Profile (Italy)");
        assert_eq!(title("", &url("http://a.example/d/x.pdf")), "x.pdf");
    }
}
