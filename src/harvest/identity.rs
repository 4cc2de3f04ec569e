//! Which addresses are one notice: the only place where that is decided.
//!
//! First the canonical address: one host for all hosts of the source, no fragment, no tracking or view
//! parameters, with or without a trailing slash. Else the key: publication date, folded title and the slug (last segment
//! of the path without the extension an older CMS gave it): a slug survives a move between sections, equal
//! titles on different days stay different notices.

use jiff::civil::Date;
use url::Url;

use crate::config::Source;
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

/// Letters of a title that an identifier keeps.
const ID_LENGTH: usize = 60;

/// The address to ask for: without fragment and tracking, otherwise as the site wrote it.
pub fn address(url: &Url) -> Url {
    let mut out = url.clone();
    out.set_fragment(None);
    let kept: Vec<String> =
        out.query().map_or_else(Vec::new, |query| query.split('&').filter(|pair| !is_view(pair)).map(str::to_owned).collect());
    out.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    out
}

/// The address as identity: `address` on the first listing's scheme and host.
pub fn canonical(url: &Url, source: &Source) -> Url {
    let mut out = address(url);
    if let Some(first) = source.listing.first().filter(|_| source.in_scope(url)) {
        // Setting a scheme or host fails only between special and other schemes; both are http(s) here.
        let moved = out.set_scheme(first.scheme()).is_ok() && out.set_host(first.host_str()).is_ok() && out.set_port(first.port()).is_ok();
        debug_assert!(moved, "http and https are both special schemes");
    }
    out
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

/// Fallback identity of an entry inside its source.
pub fn key(published: Option<Date>, title: &str, link: Option<&Url>) -> String {
    let date = published.map_or_else(String::new, |date| date.to_string());
    format!("{date}|{}|{}", words(title), link.map(slug).unwrap_or_default())
}

/// Last segment of the path, lower case, without a page's extension, with what the query still holds.
pub fn slug(url: &Url) -> String {
    let address = address(url);
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

fn is_view(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or("").to_ascii_lowercase();
    pair.is_empty()
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
        let want = "https://www.mesto.cz/cs/a/obec-x";
        for same in [
            "http://mesto.cz/cs/a/obec-x",
            "https://www.mesto.cz/cs/a/obec-x?print=1#obsah",
            "https://www.mesto.cz/cs/a/obec-x?utm_source=a&fbclid=b",
        ] {
            assert_eq!(canonical(&Url::parse(same).expect("address"), &source()).as_str(), want, "{same}");
        }
        let slashed = canonical(&Url::parse("http://mesto.cz/cs/a/obec-x/").expect("address"), &source());
        assert_eq!(slashed.as_str(), "https://www.mesto.cz/cs/a/obec-x/", "as the site wrote it");
        assert_eq!((slash_twin(&slashed).as_str(), slash_twin(&slash_twin(&slashed))), (want, slashed));
        for other in ["https://www.mesto.cz/cs/a/obec-y", "https://www.mesto.cz/cs/a/obec-x?id=3", "https://jinde.cz/cs/a/obec-x"] {
            assert_ne!(canonical(&Url::parse(other).expect("address"), &source()).as_str(), want, "{other}");
        }
    }

    #[test]
    fn a_slug_survives_a_move() {
        let slug = |text: &str| slug(&Url::parse(text).expect("address"));
        assert_eq!(slug("https://a.cz/aktuality/obec--x-.aspx"), slug("https://a.cz/cs/a/obec--x-?utm_source=rss"));
        assert_ne!(slug("https://a.cz/detail.aspx?id=1"), slug("https://a.cz/detail.aspx?id=2"));
        assert_eq!(slug("https://a.cz/zprava.pdf"), "zprava.pdf");
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
