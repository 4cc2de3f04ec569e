//! Addresses of a page: its base, what a link leads to, which hosts are one site.
//!
//! `<base href>` counts only if it is http or https (URL standard; a `javascript:` or broken base is none). Only the
//! ending of an address tells a document; what the server answers is not known here.

use url::Url;

use super::dom::Dom;
use crate::extract::files::names_file;
use crate::reference;

/// Files that are read as documents, by ending.
const DOCUMENTS: [&str; 20] = [
    "pdf", "doc", "docx", "docm", "dotx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "zip", "rar", "7z", "csv", "txt",
    "epub", "pages",
];
/// Files that are neither a page nor a document: pictures, sound, feeds, calendars.
const MEDIA: [&str; 20] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "mp3", "mp4", "wav", "ogg", "avi", "mov", "wma", "m4a", "xml", "rss", "ics", "css", "js",
    "asx",
];

/// Base for relative links, and the page's own address.
#[derive(Clone, Debug)]
pub struct Links {
    pub base: Url,
    pub page: Url,
}

/// Where a link leads.
#[derive(Default)]
pub struct Target {
    pub page: Option<Url>,
    pub document: Option<Url>,
}

impl Target {
    pub fn any(&self) -> Option<&Url> {
        self.page.as_ref().or(self.document.as_ref())
    }
}

impl Links {
    pub fn of(dom: &Dom, page: &Url) -> Self {
        let href = dom.of_tag("base").find_map(|at| dom.attr(at, "href"));
        let base = href.and_then(|href| reference::resolve(page, href).ok()).filter(is_web);
        Self { base: base.unwrap_or_else(|| page.clone()), page: page.clone() }
    }

    /// Address that the link element at `at` names.
    pub fn resolve(&self, dom: &Dom, at: usize) -> Option<Url> {
        self.join(dom.attr(at, "href")?)
    }

    pub fn join(&self, href: &str) -> Option<Url> {
        reference::resolve(&self.base, href).ok().filter(is_web)
    }

    /// Where the link leads: to a document, or to a page that may be one of something.
    pub fn target(&self, dom: &Dom, at: usize) -> Target {
        match self.resolve(dom, at) {
            Some(url) if names_document(dom, at, &url) => Target { page: None, document: Some(url) },
            Some(url) => Target { page: self.page_of(dom, at, url), document: None },
            None => Target::default(),
        }
    }

    /// The page, unless it is a picture, this page or a tag.
    fn page_of(&self, dom: &Dom, at: usize, mut url: Url) -> Option<Url> {
        url.set_fragment(None);
        let tag = dom.attr(at, "rel").is_some_and(|rel| has_word(rel, "tag"));
        (!tag && !is_media(&url) && !self.is_here(&url)).then_some(url)
    }

    /// This very page, whatever the fragment.
    pub fn is_here(&self, url: &Url) -> bool {
        let same_query = url.query().unwrap_or_default() == self.page.query().unwrap_or_default();
        url.path() == self.page.path() && same_query && same_site(url, &self.page)
    }
}

/// Whether a link leads to a document: by its ending, by `download` or by a file's name as its words.
fn names_document(dom: &Dom, at: usize, url: &Url) -> bool {
    is_document(url) || dom.attr(at, "download").is_some() || names_file(dom.text_of(at))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Ending of the last part of the path, lower case.
fn ending(url: &Url) -> Option<String> {
    let name = url.path_segments()?.next_back()?;
    Some(name.rsplit_once('.')?.1.to_ascii_lowercase())
}

pub fn is_document(url: &Url) -> bool {
    ending(url).is_some_and(|ending| DOCUMENTS.contains(&&*ending))
}

pub fn is_media(url: &Url) -> bool {
    ending(url).is_some_and(|ending| MEDIA.contains(&&*ending))
}

/// One host, with or without `www.`; http and https on their own ports are one.
pub fn same_site(a: &Url, b: &Url) -> bool {
    fn bare(url: &Url) -> &str {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
    let ports = a.port_or_known_default() == b.port_or_known_default() || (a.port().is_none() && b.port().is_none());
    bare(a) == bare(b) && ports
}

/// Whether a list of words, as in `rel`, names this one.
pub fn has_word(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}
