//! Links to files: by the ending of the address, by the link's own word for its type, or by their heading.
//!
//! Each address once, in the order of the page, with the link words as title; notes of type and size
//! inside the link words are cut.

use std::collections::HashSet;
use std::ops::Range;

use url::Url;

use super::super::Link;
use super::super::files::{ENDINGS, is_document, is_size_note};
use super::blocks::{Anchor, Block, Blocks, Kind};
use super::links::outside_links;
use super::region::Region;
use super::{Known, labels};

/// Lines of a box of files with its heading, at most.
const MAX_BOX: usize = 40;
/// Blocks below the region among which a list of files may follow.
const MAX_BELOW: usize = 12;
/// Elements around a line that may be that box.
const MAX_OUTWARDS: usize = 4;

/// Files linked in these blocks.
pub fn links<'a>(blocks: impl Iterator<Item = &'a Block>, known: &Known) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    let mut met: HashSet<Url> = HashSet::new();
    let mut downloads = false;
    for block in blocks {
        let heading = matches!(block.kind, Kind::Heading(_)) || block.links.is_empty() && block.text.chars().count() < 40;
        if heading {
            downloads = labels::names_downloads(&block.text);
        }
        for link in &block.links {
            let Ok(mut url) = known.base.join(link.href.trim()) else { continue };
            url.set_fragment(None);
            let listed = (downloads && !heading || is_labelled(block)) && is_file_service(&url, known.url);
            if (is_document(&url, link.file) || listed) && met.insert(url.clone()) {
                found.push(Link { title: title(&link.text, &url), url });
            }
        }
    }
    found
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

/// A list of files under its own label that follows the region: some systems keep it outside the article.
pub fn below(all: &Blocks, region: &Region, known: &Known) -> Range<usize> {
    let end = all.scopes[region.scope].end;
    let near = &all.blocks[end..all.blocks.len().min(end + MAX_BELOW)];
    let label = |block: &Block| !block.aside && block.links.is_empty() && labels::names_downloads(&block.text);
    let Some(from) = near.iter().position(label) else { return end..end };
    let files = near[from + 1..].iter().take_while(|block| is_download(block, known)).count();
    end + from..end + from + 1 + files
}

/// Under a heading for downloads an address with an identifier instead of an ending counts as well.
pub fn is_file_service(url: &Url, page: &Url) -> bool {
    let address = url.as_str().to_ascii_lowercase();
    let word = ["download", "file", "soubor", "priloh", "attach", "getdoc", "stahn", "stazen"].iter().any(|word| address.contains(word));
    matches!(url.scheme(), "http" | "https") && url.host() == page.host() && url.path() != "/" && word
}

/// Link words without "(PDF, 120 kB)"; the file name where there are none.
fn title(words: &str, url: &Url) -> String {
    let cut = words.rfind(['(', '[']).filter(|at| {
        let note = words[*at..].to_ascii_lowercase();
        note.ends_with([')', ']'])
            && (ENDINGS.split('|').any(|ending| note[1..].starts_with(ending)) || note.contains("kb") || note.contains("mb"))
    });
    let title = words[..cut.unwrap_or(words.len())].trim();
    if title.is_empty() {
        return url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default().to_owned();
    }
    title.to_owned()
}

/// A list of files or its heading, which the text does without.
pub fn is_listing(blocks: &[&Block], at: usize, all: &Blocks, known: &Known) -> bool {
    let block = blocks[at];
    if is_download(block, known) || is_boxed(block, all, known) {
        return true;
    }
    let label = |block: &Block| block.links.is_empty() && block.text.chars().count() < 60 && labels::names_downloads(&block.text);
    // Below the label a table of files may have a head of its own.
    let next = blocks[at + 1..].iter().find(|next| next.kind != Kind::Line || !label(next));
    label(block) && next.is_none_or(|next| is_download(next, known) || matches!(next.kind, Kind::Heading(_)))
}

/// A short line that shares its table or box with files alone: a heading or the head of a table, whatever it says.
fn is_boxed(block: &Block, all: &Blocks, known: &Known) -> bool {
    let label = |block: &Block| block.links.is_empty() && block.text.chars().count() < 60 && !block.text.ends_with(['.', '!', '?']);
    let files = |scope: usize| {
        let scope = &all.scopes[scope];
        let blocks = &all.blocks[scope.start..scope.end];
        (2..=MAX_BOX).contains(&blocks.len())
            && blocks.iter().all(|block| is_download(block, known) || label(block))
            && blocks.iter().filter(|block| is_download(block, known)).count() * 3 >= blocks.len()
            && blocks.last().is_some_and(|last| is_download(last, known))
    };
    label(block) && all.around(block.scope).take(MAX_OUTWARDS).any(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_titles() {
        let url = |text: &str| Url::parse(text).expect("an address");
        assert!(is_document(&url("http://a.example/x/List%20A.PDF?v=2"), false));
        assert!(is_document(&url("http://a.example/get?name=a.docx"), false));
        assert!(!is_document(&url("http://a.example/a.html"), false));
        assert_eq!(title("Profile (PDF, 12 kB)", &url("http://a.example/x.pdf")), "Profile");
        assert_eq!(title("Profile (Italy)", &url("http://a.example/x.pdf")), "Profile (Italy)");
        assert_eq!(title("", &url("http://a.example/d/x.pdf")), "x.pdf");
    }
}
