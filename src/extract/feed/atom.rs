//! Atom (RFC 4287), with its pages (RFC 5005).

use url::Url;

use super::item::{Feed, Item};
use super::words;
use super::xml::{Space, Tree};

const ATOM: [Space; 1] = [Space::Atom];

pub fn read(tree: &Tree, root: usize) -> Feed {
    // A feed without its namespace is read as what it is meant to be.
    let spaces: &[Space] = if tree.is(root, &ATOM, "feed") { &ATOM } else { &[Space::Rss, Space::Atom, Space::Other] };
    let child = |at: usize, name: &str| tree.children(Some(at)).find(|child| tree.is(*child, spaces, name));
    Feed {
        title: child(root, "title").map(|at| words::construct(tree, at)),
        next: next(tree, root),
        items: tree
            .children(Some(root))
            .filter(|at| tree.is(*at, spaces, "entry"))
            .map(|at| {
                let dates = ["published", "issued", "created", "updated", "modified"];
                let page = alternate(tree, at).or_else(|| {
                    let id = tree.text(child(at, "id")?);
                    id.trim_start().starts_with("http").then(|| tree.resolve(at, &id)).flatten()
                });
                Item {
                    title: child(at, "title").map(|title| words::construct(tree, title)).unwrap_or_default(),
                    link: page,
                    written: dates.iter().find_map(|name| child(at, name)).map(|date| tree.text(date)),
                    summary: child(at, "summary").map(|summary| words::construct(tree, summary)),
                    content: child(at, "content").map(|content| words::construct(tree, content)),
                    enclosures: links(tree, at, "enclosure").filter_map(|link| href(tree, link)).collect(),
                }
            })
            .collect(),
    }
}

/// The page of an entry: of several alternates the one that is HTML or says nothing of its type.
pub fn alternate(tree: &Tree, at: usize) -> Option<Url> {
    let page = |link: &usize| tree.attribute(*link, "type").is_none_or(|kind| kind.to_ascii_lowercase().contains("html"));
    let link = links(tree, at, "alternate").find(page).or_else(|| links(tree, at, "alternate").next())?;
    href(tree, link)
}

/// The feed's next page.
pub fn next(tree: &Tree, at: usize) -> Option<Url> {
    let link = links(tree, at, "next").next().or_else(|| links(tree, at, "prev-archive").next())?;
    href(tree, link)
}

/// Links of this relation; without one it is `alternate` (§4.2.7.2).
fn links<'a>(tree: &'a Tree, at: usize, relation: &'a str) -> impl Iterator<Item = usize> + 'a {
    tree.children(Some(at)).filter(move |child| {
        tree.is(*child, &[Space::Atom, Space::Rss], "link")
            && tree.attribute(*child, "href").is_some()
            && tree.attribute(*child, "rel").unwrap_or("alternate").trim().eq_ignore_ascii_case(relation)
    })
}

fn href(tree: &Tree, link: usize) -> Option<Url> {
    tree.resolve(link, tree.attribute(link, "href")?)
}
