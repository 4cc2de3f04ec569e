//! A feed's XML as an arena: elements by namespace and local name, texts unescaped once, the base address of each element.
//!
//! Namespaces in XML 1.0, XML Base. Prefixes that nobody declared are taken for what they always mean; entities that only
//! HTML knows are known; end tags may be missing. What breaks the XML for good ends the reading, and is told.

use quick_xml::NsReader;
use quick_xml::escape::unescape_with;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use scraper::Html;
use url::Url;

use crate::reference;

/// The vocabularies that feeds speak; all others are `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// RSS 0.9 to 2.0, with a namespace or without one.
    Rss,
    Atom,
    /// Dublin Core: `dc:date`, `dcterms:issued`.
    DublinCore,
    /// `content:encoded`
    Content,
    Other,
}

/// Namespace or customary prefix, and what it is.
const SPACES: [(&str, Space); 12] = [
    ("http://www.w3.org/2005/Atom", Space::Atom),
    ("http://purl.org/atom/ns#", Space::Atom),
    ("http://purl.org/rss/1.0/", Space::Rss),
    ("http://my.netscape.com/rdf/simple/0.9/", Space::Rss),
    ("http://backend.userland.com/rss2", Space::Rss),
    ("http://purl.org/dc/elements/1.1/", Space::DublinCore),
    ("http://purl.org/dc/terms/", Space::DublinCore),
    ("http://purl.org/rss/1.0/modules/content/", Space::Content),
    ("atom", Space::Atom),
    ("dc", Space::DublinCore),
    ("dcterms", Space::DublinCore),
    ("content", Space::Content),
];

/// Nodes of a feed, at most.
const MOST_NODES: usize = 2_000_000;

pub enum Content {
    Element { space: Space, name: String, attributes: Vec<(String, String)> },
    Text(String),
}

pub struct Node {
    pub content: Content,
    parent: usize,
    /// First node behind the subtree.
    end: usize,
    base: usize,
}

/// Nodes in document order; a subtree is a range.
pub struct Tree {
    nodes: Vec<Node>,
    bases: Vec<Url>,
    /// Why the reading ended before the text did.
    pub fault: Option<String>,
}

impl Tree {
    pub fn read(text: &str, address: &Url) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        (config.allow_dangling_amp, config.allow_unmatched_ends, config.check_end_names) = (true, true, false);
        let mut builder = Builder { tree: Self { nodes: Vec::new(), bases: vec![address.clone()], fault: None }, open: Vec::new() };
        loop {
            match reader.read_resolved_event() {
                Ok((space, Event::Start(tag))) => builder.open(space_of(&space), &tag),
                Ok((space, Event::Empty(tag))) => {
                    builder.open(space_of(&space), &tag);
                    builder.close(None);
                }
                Ok((_, Event::End(tag))) => builder.close(Some(tag.local_name().as_ref())),
                Ok((_, Event::Text(text))) => builder.text(&text),
                Ok((_, Event::CData(text))) => builder.text(&text),
                Ok((_, Event::GeneralRef(name))) => builder.text(&unescaped(&format!("&{};", &*name))),
                Ok((_, Event::Eof)) => break,
                Ok(_) => {}
                Err(error) => {
                    builder.tree.fault = Some(format!("broken XML: {error}"));
                    break;
                }
            }
            if builder.tree.nodes.len() >= MOST_NODES {
                builder.tree.fault = Some(format!("more than {MOST_NODES} elements"));
                break;
            }
        }
        while !builder.open.is_empty() {
            builder.close(None);
        }
        builder.tree
    }

    /// Elements that lie directly in this one; of the document with `None`.
    pub fn children(&self, at: Option<usize>) -> impl Iterator<Item = usize> {
        let (mut next, end) = at.map_or((0, self.nodes.len()), |at| (at + 1, self.nodes[at].end));
        std::iter::from_fn(move || {
            while next < end {
                let here = next;
                next = self.nodes[here].end;
                if matches!(self.nodes[here].content, Content::Element { .. }) {
                    return Some(here);
                }
            }
            None
        })
    }

    /// Elements of this name anywhere inside, in order.
    pub fn within(&self, at: usize, spaces: &[Space], wanted: &str) -> impl Iterator<Item = usize> {
        (at + 1..self.nodes[at].end).filter(move |inner| self.is(*inner, spaces, wanted))
    }

    pub fn is(&self, at: usize, spaces: &[Space], wanted: &str) -> bool {
        matches!(&self.nodes[at].content, Content::Element { space, name, .. } if spaces.contains(space) && name == wanted)
    }

    /// The first child of one of these names, the names in order of preference.
    pub fn child(&self, at: usize, wanted: &[(Space, &str)]) -> Option<usize> {
        wanted
            .iter()
            .find_map(|(space, name)| self.children(Some(at)).find(|child| self.is(*child, &[*space], name) && !self.is_empty(*child)))
    }

    fn is_empty(&self, at: usize) -> bool {
        self.text(at).trim().is_empty()
    }

    pub fn attribute(&self, at: usize, wanted: &str) -> Option<&str> {
        match &self.nodes[at].content {
            Content::Element { attributes, .. } => attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str()),
            Content::Text(_) => None,
        }
    }

    /// All text inside, as written.
    pub fn text(&self, at: usize) -> String {
        let texts = self.nodes[at..self.nodes[at].end].iter();
        texts.filter_map(|node| if let Content::Text(text) = &node.content { Some(text.as_str()) } else { None }).collect()
    }

    /// What lies inside as markup again, for elements of XHTML.
    pub fn markup(&self, at: usize) -> String {
        let mut markup = String::new();
        let mut open: Vec<usize> = Vec::new();
        for inner in at + 1..self.nodes[at].end {
            while let Some(done) = open.pop_if(|element| self.nodes[*element].end <= inner) {
                self.end_tag(done, &mut markup);
            }
            match &self.nodes[inner].content {
                Content::Element { name, .. } => {
                    markup.extend(["<", name, ">"]);
                    open.push(inner);
                }
                Content::Text(text) => markup.push_str(&quick_xml::escape::partial_escape(text.as_str())),
            }
        }
        while let Some(done) = open.pop() {
            self.end_tag(done, &mut markup);
        }
        markup
    }

    fn end_tag(&self, at: usize, markup: &mut String) {
        if let Content::Element { name, .. } = &self.nodes[at].content {
            markup.extend(["</", name, ">"]);
        }
    }

    /// The address that a reference in this element means (XML Base); only those of the web.
    pub fn resolve(&self, at: usize, written: &str) -> Option<Url> {
        let url = reference::resolve(&self.bases[self.nodes[at].base], written).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }
}

struct Builder {
    tree: Tree,
    open: Vec<usize>,
}

impl Builder {
    fn open(&mut self, space: Space, tag: &BytesStart) {
        let mut read = tag.attributes();
        let attributes: Vec<(String, String)> = read
            .with_checks(false)
            .flatten()
            .map(|attribute| (attribute.key.as_ref().to_ascii_lowercase(), unescaped(&attribute.value)))
            .collect();
        let at = self.tree.nodes.len();
        let parent = self.open.last().copied();
        let mut base = parent.map_or(0, |parent| self.tree.nodes[parent].base);
        let given = attributes.iter().find(|(name, _)| name == "xml:base");
        if let Some(url) = given.and_then(|(_, written)| reference::resolve(&self.tree.bases[base], written).ok()) {
            self.tree.bases.push(url);
            base = self.tree.bases.len() - 1;
        }
        let name = tag.local_name().as_ref().to_ascii_lowercase();
        let content = Content::Element { space, name, attributes };
        self.tree.nodes.push(Node { content, parent: parent.unwrap_or(at), end: at + 1, base });
        self.open.push(at);
    }

    /// Ends the innermost element of this name, and those left open in it; any with `None`.
    fn close(&mut self, name: Option<&str>) {
        let matches = |at: &usize| match (&self.tree.nodes[*at].content, name) {
            (Content::Element { name: open, .. }, Some(name)) => open.eq_ignore_ascii_case(name),
            _ => true,
        };
        let Some(from) = self.open.iter().rposition(matches) else { return };
        let end = self.tree.nodes.len();
        for at in self.open.drain(from..) {
            self.tree.nodes[at].end = end;
        }
    }

    fn text(&mut self, text: &str) {
        let Some(parent) = self.open.last().copied() else { return };
        if let Some(Node { content: Content::Text(before), parent: same, .. }) = self.tree.nodes.last_mut()
            && *same == parent
        {
            before.push_str(text);
            return;
        }
        let at = self.tree.nodes.len();
        let base = self.tree.nodes[parent].base;
        self.tree.nodes.push(Node { content: Content::Text(text.to_owned()), parent, end: at + 1, base });
    }
}

fn space_of(resolved: &ResolveResult) -> Space {
    let named = |name: &str| SPACES.iter().find(|(known, _)| *known == name).map_or(Space::Other, |(_, space)| *space);
    match resolved {
        ResolveResult::Unbound => Space::Rss,
        ResolveResult::Bound(namespace) => named(namespace.as_ref()),
        ResolveResult::Unknown(prefix) => named(&prefix.to_ascii_lowercase()),
    }
}

/// References resolved once: the five of XML, numeric ones, and those of HTML; a lone `&` is itself.
fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    if let Ok(text) = unescape_with(value, quick_xml::escape::resolve_predefined_entity) {
        return text.into_owned();
    }
    // A reference needs its semicolon in XML, so `&copy=1` in an address is none.
    let mut out = String::new();
    for (nth, part) in value.split('&').enumerate() {
        let reference = part.split_once(';').filter(|(name, _)| nth > 0 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'));
        let character = reference.and_then(|(name, rest)| Some((html_character(name)?, rest)));
        match character {
            Some((character, rest)) => out.extend([character.as_str(), rest]),
            None => out.extend([if nth > 0 { "&" } else { "" }, part]),
        }
    }
    out
}

/// What a reference means in HTML.
fn html_character(name: &str) -> Option<String> {
    let written = format!("&{name};");
    let text: String = Html::parse_fragment(&written).root_element().text().collect();
    (text != written).then_some(text)
}
