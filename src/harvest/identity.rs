//! Which addresses are one notice: the only place where that is decided.
//!
//! First the canonical address: one host for all hosts of the source, no fragment, no tracking or view parameters nor
//! those that the site changes on every visit, with or without a trailing slash. Else the key: publication date, folded
//! title and the slug (last segment of the path without the extension an older CMS gave it). Else date and title alone,
//! where they are unique on both sides (`matching`). Equal titles on different days stay different notices.

use std::collections::BTreeSet;

use jiff::civil::Date;
use url::Url;

use crate::config::Source;
use crate::extract::Entry;
use crate::extract::text::fold;
use crate::record::RecordId;

/// Parameters that never change what a page says. Names end in `*` for a prefix.
const VIEW_PARAMETERS: [&str; 22] = [
    "utm_*",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    "referrerid",
    "ref",
    "print",
    "tisk",
    "printable",
    "force_format",
    "amp",
    "phpsessid",
    "jsessionid",
    "sid",
    "mail",
];

/// Extensions of pages; documents keep theirs.
const PAGE_EXTENSIONS: [&str; 8] = ["aspx", "asp", "html", "htm", "shtml", "phtml", "php", "jsp"];

/// Grows when keys or addresses are made otherwise: an archive made with others is read anew.
pub const VERSION: u32 = 4;

/// Letters of a title that an identifier keeps.
const ID_LENGTH: usize = 60;

/// How the addresses of a source are read: the parameters that it changes on every visit are no part of them.
pub struct Addresses<'a> {
    source: &'a Source,
    volatile: BTreeSet<String>,
}

impl<'a> Addresses<'a> {
    /// `volatile`: names in lower case, as learned from the site before.
    pub fn new(source: &'a Source, volatile: Vec<String>) -> Self {
        Self { source, volatile: volatile.into_iter().collect() }
    }

    /// From now on this parameter is no part of an address; false if that was known.
    pub fn learn(&mut self, name: &str) -> bool {
        self.volatile.insert(name.to_owned())
    }

    /// The address to ask for: without fragment, tracking and volatile parameters, otherwise as the site wrote it.
    pub fn address(&self, url: &Url) -> Url {
        without(url, |name| is_view(name) || self.volatile.contains(name))
    }

    /// The address as identity: `address` on the first listing's scheme and host.
    pub fn canonical(&self, url: &Url) -> Url {
        let mut out = self.address(url);
        if let Some(first) = self.source.listing.first().filter(|_| self.source.in_scope(url)) {
            // Setting a scheme or host fails only between special and other schemes; both are http(s) here.
            let moved =
                out.set_scheme(first.scheme()).is_ok() && out.set_host(first.host_str()).is_ok() && out.set_port(first.port()).is_ok();
            debug_assert!(moved, "http and https are both special schemes");
        }
        out
    }

    /// Last segment of the path, lower case, without a page's extension, with what the query still holds.
    pub fn slug(&self, url: &Url) -> String {
        let address = self.address(url);
        let last = address.path().trim_end_matches('/').rsplit('/').next().unwrap_or("").to_lowercase();
        let stem = match last.rsplit_once('.') {
            Some((stem, extension)) if PAGE_EXTENSIONS.contains(&extension) => stem,
            _ => &last,
        };
        match address.query() {
            Some(query) => format!("{stem}?{query}"),
            None => stem.to_owned(),
        }
    }

    /// What recognises an entry when its address has changed: a digest of date and title, and one of the slug.
    pub fn key(&self, twin: &str, link: Option<&Url>) -> String {
        format!("{}|{}", digest(twin), digest(&link.map(|link| self.slug(link)).unwrap_or_default()))
    }
}

/// The address without its fragment and without the parameters, of query or path, whose names `drop` picks.
pub(super) fn without(url: &Url, drop: impl Fn(&str) -> bool) -> Url {
    let mut out = url.clone();
    out.set_fragment(None);
    let kept: Vec<&str> = url.query().map_or_else(Vec::new, |query| query.split('&').filter(|pair| !drop(&name(pair))).collect());
    out.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    if url.path().contains(';') {
        let segments = url.path().split('/').map(|segment| {
            let mut parts = segment.split(';');
            let first = parts.next().unwrap_or_default();
            parts.filter(|part| !(part.contains('=') && drop(&name(part)))).fold(first.to_owned(), |path, part| path + ";" + part)
        });
        out.set_path(&segments.collect::<Vec<_>>().join("/"));
    }
    out
}

/// The parameters, of query or path, in which two addresses differ by their values alone; empty if they differ otherwise.
pub fn changed_parameters(one: &Url, other: &Url) -> Vec<String> {
    let bare = |url: &Url| {
        let mut bare = without(url, |_| true);
        bare.set_query(None);
        bare
    };
    let pairs = |url: &Url| -> Vec<(String, String)> {
        let path = url.path().split(['/', ';']).filter(|part| part.contains('=')).map(str::to_owned).collect::<Vec<_>>();
        let query = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).map(str::to_owned);
        path.into_iter().chain(query).map(|pair| (name(&pair), pair)).collect()
    };
    let (before, after) = (pairs(one), pairs(other));
    let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    if bare(one) != bare(other) || names(&before) != names(&after) {
        return Vec::new();
    }
    before.into_iter().zip(after).filter(|(one, other)| one != other).map(|(one, _)| one.0).collect()
}

/// The same address with or without its trailing slash: one page for every site we know, two texts of it for links. The
/// record keeps the one that the site wrote, since some servers answer to that alone.
pub fn slash_twin(url: &Url) -> Url {
    let mut out = url.clone();
    let path = match url.path().strip_suffix('/') {
        Some(bare) => bare.to_owned(),
        None => format!("{}/", url.path()),
    };
    out.set_path(&path);
    out
}

/// Date and title: where they are unique on both sides, they are the same notice.
pub fn twin(published: Option<Date>, title: &str) -> String {
    let date = published.map_or_else(String::new, |date| date.to_string());
    format!("{date}|{}", words(title))
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits in hexadecimal: tells texts apart, the same on every machine.
pub fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

/// What makes an entry the same on two pages of a listing: its address, or, without one, what it says and the documents it names.
pub fn mark(entry: &Entry, link: Option<&Url>) -> String {
    let twin = twin(entry.published, &entry.title);
    if let Some(link) = link {
        return format!("{twin}|{link}");
    }
    let documents: Vec<&str> = entry.documents.iter().map(|document| document.url.as_str()).collect();
    let [summary, body] = [&entry.summary, &entry.body].map(|text| text.as_deref().unwrap_or_default());
    format!("{twin}|{summary}|{body}|{}", documents.join(" "))
}

/// An entry without a page of its own lives at its listing, under a fragment.
pub fn at_listing(listing: &Url, fragment: &str) -> Url {
    let mut url = listing.clone();
    url.set_fragment(Some(fragment));
    url
}

/// A fragment made of date and title; `nth`, from 1, tells apart those that share both.
pub fn fragment(twin: &str, nth: u64) -> String {
    let base = twin.trim_end_matches('|').replace(['|', ' '], "-");
    if nth > 1 { format!("{base}-{nth}") } else { base }
}

/// `source/2024-05-21-first-words-of-the-title`; `taken` tells whether another notice has it.
pub fn new_id(source: &str, published: Option<Date>, title: &str, taken: impl Fn(&RecordId) -> bool) -> RecordId {
    let date = published.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let mut words = words(title).replace(' ', "-");
    if let Some((cut, _)) = words.char_indices().nth(ID_LENGTH) {
        let end = words[..cut].rfind('-').unwrap_or(cut);
        words.truncate(end);
    }
    let base = format!("{source}/{date}-{words}").trim_end_matches('-').to_owned();
    let mut id = RecordId(base.clone());
    let mut number = 1;
    while taken(&id) {
        number += 1;
        id = RecordId(format!("{base}-{number}"));
    }
    id
}

/// Folded letters and digits, one blank between words.
fn words(text: &str) -> String {
    fold(text).split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn name(pair: &str) -> String {
    pair.split('=').next().unwrap_or("").to_ascii_lowercase()
}

fn is_view(name: &str) -> bool {
    name.is_empty()
        || VIEW_PARAMETERS.iter().any(|known| match known.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => name == *known,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source::new("a", vec![Url::parse("https://www.mesto.cz/cs/partneri").expect("address")])
    }

    #[test]
    fn one_notice_under_many_addresses() {
        let source = source();
        let addresses = Addresses::new(&source, vec!["t".to_owned()]);
        let canonical = |text: &str| addresses.canonical(&Url::parse(text).expect("address"));
        let want = "https://www.mesto.cz/cs/a/obec-x";
        for same in [
            "http://mesto.cz/cs/a/obec-x",
            "https://www.mesto.cz/cs/a/obec-x?print=1#obsah",
            "https://www.mesto.cz/cs/a/obec-x?utm_source=a&fbclid=b",
            "https://www.mesto.cz/cs/a/obec-x;jsessionid=0A1B?t=123",
        ] {
            assert_eq!(canonical(same).as_str(), want, "{same}");
        }
        let slashed = canonical("http://mesto.cz/cs/a/obec-x/");
        assert_eq!(slashed.as_str(), "https://www.mesto.cz/cs/a/obec-x/", "as the site wrote it");
        assert_eq!((slash_twin(&slashed).as_str(), slash_twin(&slash_twin(&slashed))), (want, slashed));
        for other in ["https://www.mesto.cz/cs/a/obec-y", "https://www.mesto.cz/cs/a/obec-x?id=3", "https://jinde.cz/cs/a/obec-x"] {
            assert_ne!(canonical(other).as_str(), want, "{other}");
        }
    }

    #[test]
    fn a_slug_survives_a_move() {
        let source = source();
        let addresses = Addresses::new(&source, Vec::new());
        let slug = |text: &str| addresses.slug(&Url::parse(text).expect("address"));
        assert_eq!(slug("https://a.cz/aktuality/obec--x-.aspx"), slug("https://a.cz/cs/a/obec--x-?utm_source=rss"));
        assert_ne!(slug("https://a.cz/detail.aspx?id=1"), slug("https://a.cz/detail.aspx?id=2"));
        assert_eq!(slug("https://a.cz/zprava.pdf"), "zprava.pdf");
    }

    #[test]
    fn parameters_that_alone_differ_are_named() {
        let changed = |one: &str, other: &str| {
            let url = |text: &str| Url::parse(&format!("https://mesto.cz{text}")).expect("address");
            changed_parameters(&url(one), &url(other)).join(" ")
        };
        assert_eq!(changed("/a?id=1&T=1", "/a?id=1&T=2"), "t");
        assert_eq!(changed("/a;sid=1/b?x=1", "/a;sid=2/b?x=1"), "sid");
        for (one, other) in [("/a?t=1", "/b?t=2"), ("/a?t=1", "/a?t=1&u=1"), ("/a?t=1", "/a"), ("/a?t=1", "/a?t=1")] {
            assert_eq!(changed(one, other), "", "{one} {other}");
        }
    }

    #[test]
    fn identifiers_are_short_unique_and_readable() {
        let date = Some(jiff::civil::date(2011, 8, 15));
        let free = |_: &RecordId| false;
        assert_eq!(new_id("smo", date, "Město Štip (Makedonie)", free).0, "smo/2011-08-15-mesto-stip-makedonie");
        assert_eq!(new_id("smo", None, "***", free).0, "smo/undated");
        let taken = |id: &RecordId| !id.0.ends_with("-2");
        assert_eq!(new_id("smo", date, "Štip", taken).0, "smo/2011-08-15-stip-2");
        assert!(new_id("smo", date, &"slovo ".repeat(40), free).0.len() < 90);
    }
}
