//! RSS 0.9 to 2.0 (RSS Advisory Board; RSS 1.0 in RDF): items inside the channel or beside it.

use super::item::{Feed, Item};
use super::words;
use super::xml::{Space, Tree};

const RSS: [Space; 1] = [Space::Rss];

pub fn read(tree: &Tree, root: usize) -> Feed {
    let channel = tree.children(Some(root)).find(|at| tree.is(*at, &RSS, "channel")).unwrap_or(root);
    let title = tree.child(channel, &[(Space::Rss, "title")]).map(|at| words::title(&tree.text(at)));
    Feed { title, next: super::atom::next(tree, channel), items: tree.within(root, &RSS, "item").map(|at| item(tree, at)).collect() }
}

fn item(tree: &Tree, at: usize) -> Item {
    let text = |wanted: &[(Space, &str)]| tree.child(at, wanted).map(|child| (child, tree.text(child)));
    let description = text(&[(Space::Rss, "description"), (Space::DublinCore, "description"), (Space::Atom, "summary")]);
    let content = text(&[(Space::Content, "encoded"), (Space::Atom, "content")]).map(|(_, text)| words::markup(&text));
    let dates = [
        (Space::Rss, "pubdate"),
        (Space::DublinCore, "issued"),
        (Space::DublinCore, "created"),
        (Space::DublinCore, "date"),
        (Space::Atom, "published"),
        (Space::Atom, "updated"),
        (Space::Rss, "date"),
    ];
    Item {
        title: text(&[(Space::Rss, "title"), (Space::DublinCore, "title")]).map(|(_, text)| words::title(&text)).unwrap_or_default(),
        link: link(tree, at),
        written: text(&dates).map(|(_, text)| text),
        summary: description.map(|(_, text)| words::markup(&text)),
        content,
        enclosures: tree
            .children(Some(at))
            .filter(|child| tree.is(*child, &RSS, "enclosure"))
            .filter_map(|child| tree.resolve(child, tree.attribute(child, "url")?))
            .collect(),
    }
}

/// The item's page: its link, else its permanent identifier.
fn link(tree: &Tree, at: usize) -> Option<url::Url> {
    if let Some(link) = tree.child(at, &[(Space::Rss, "link")]) {
        return tree.resolve(link, &tree.text(link));
    }
    super::atom::alternate(tree, at).or_else(|| {
        let guid = tree.child(at, &[(Space::Rss, "guid")])?;
        let text = tree.text(guid);
        let permanent = tree.attribute(guid, "ispermalink").is_none_or(|value| value.eq_ignore_ascii_case("true"));
        (permanent && text.trim_start().starts_with("http")).then(|| tree.resolve(guid, &text)).flatten()
    })
}
