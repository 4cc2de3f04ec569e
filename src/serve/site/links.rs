//! The addresses of `serve` as files of a static copy, and pages whose links lead to those files from where each lies.
//!
//! Every state of the search that narrows by one value has a file of its own (`list/…`); any other is a question to the script
//! of the start page. Refuses: addresses of which a copy has no page (stored pages, the interface for programs); no template
//! writes one into a copy, and one that came would lead to the start page.

use sha1::{Digest, Sha1};

use super::super::assets::Asset;
use super::super::download::FORMATS;
use super::super::question::{Question, View};
use super::super::results::By;
use super::super::route::{self, Leaf, Route};
use super::super::words::Tongue;
use crate::record::RecordId;

/// Letters of a name of a file; what is longer ends in a digest.
const LONGEST: usize = 120;
/// How an attribute that may hold an address of ours begins. Values are escaped, so no text of a notice looks like this.
const ATTRIBUTES: [&str; 3] = [" href=\"/", " src=\"/", " action=\"/"];

/// A place to go: a file of the copy and the question that its script reads.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// From the root of the copy.
    pub file: String,
    pub query: String,
}

/// The file of a page of `serve`, by its address with its query.
pub fn target(address: &str) -> Target {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    if let Some(file) = taken_along(path) {
        return Target { file, query: String::new() };
    }
    let (tongue, route) = route::read(path);
    let (name, query) = match route {
        Route::Search => searched(&Question::read(query)),
        Route::Record(id, leaf) => (record(&id, leaf, query.strip_prefix("version=")), String::new()),
        Route::Places => ("places.html".to_owned(), String::new()),
        Route::Place(id) => (format!("place/{id}.html"), String::new()),
        Route::Country(code) => (format!("country/{code}.html"), String::new()),
        Route::Changes => ("changes.html".to_owned(), String::new()),
        Route::About => ("about.html".to_owned(), String::new()),
        Route::Help => ("help.html".to_owned(), String::new()),
        Route::Asset(asset) => return Target { file: asset_file(asset), query: String::new() },
        _ => ("index.html".to_owned(), String::new()),
    };
    Target { file: if tongue == Tongue::Czech { name } else { format!("{}/{name}", tongue.code()) }, query }
}

pub fn asset_file(asset: &Asset) -> String {
    format!("assets/{}", asset.name)
}

/// Downloads and feeds, which hold everything and stand once for both languages.
fn taken_along(path: &str) -> Option<String> {
    if let Some(key) = path.strip_prefix("/download/") {
        return FORMATS.iter().find(|offered| offered.key == key).map(|offered| format!("download/{}", offered.file()));
    }
    path.starts_with("/feed.").then(|| path.trim_start_matches('/').to_owned())
}

/// The list of one value, else the start page with the question.
fn searched(question: &Question) -> (String, String) {
    let plain = |question: &Question| *question == Question { page: question.page, ..Question::default() };
    let numbered = |list: &str| if question.page > 1 { format!("list/{list}-{}.html", question.page) } else { format!("list/{list}.html") };
    if plain(question) {
        return (if question.page > 1 { numbered("all") } else { "index.html".to_owned() }, String::new());
    }
    if matches!(question.view, View::Timeline | View::Map) && plain(&Question { view: View::List, ..question.clone() }) {
        return (format!("{}.html", question.view.key()), String::new());
    }
    if let Some(id) = question.place.filter(|_| plain(&Question { place: None, ..question.clone() })) {
        return (format!("place/{id}.html"), String::new());
    }
    for by in By::ALL {
        let rest = question.with(|rest| by.clear(rest));
        if let ([value], true) = (&by.chosen(question)[..], plain(&rest))
            && (by != By::Year || is_year(value))
        {
            return (numbered(&format!("{}-{value}", by.key())), String::new());
        }
    }
    ("index.html".to_owned(), question.query())
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && value.bytes().all(|digit| digit.is_ascii_digit())
}

fn record(id: &RecordId, leaf: Leaf, version: Option<&str>) -> String {
    let (source, name) = id.0.split_once('/').unwrap_or(("", &id.0));
    let tail = match (leaf, version) {
        (Leaf::Versions, _) => ".versions".to_owned(),
        (Leaf::Document(number), _) => format!(".document-{number}"),
        (_, Some(version)) => format!(".version-{}", file_name(version)),
        _ => String::new(),
    };
    format!("record/{}/{}{tail}.html", file_name(source), file_name(name))
}

/// A name that every system of files takes: letters without marks, digits, hyphens; a digest tells apart what would be lost.
fn file_name(text: &str) -> String {
    let name: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_') { c } else { '_' })
        .collect();
    if name == text {
        return name;
    }
    format!("{name}-{}", data_encoding::HEXLOWER.encode(&Sha1::digest(text)[..6]))
}

/// A page whose addresses of ours are those of files, as seen from the file that it will be.
pub fn relative(html: &str, file: &str) -> String {
    let up = "../".repeat(file.matches('/').count());
    let mut out = String::with_capacity(html.len() + 1024);
    let mut rest = html;
    while let Some((begin, attribute)) = ATTRIBUTES.iter().filter_map(|attribute| Some((rest.find(attribute)?, *attribute))).min() {
        let from = begin + attribute.len() - 1;
        let to = rest[from..].find('"').map_or(rest.len(), |length| from + length);
        let Target { file, query } = target(&rest[from..to].replace("&amp;", "&"));
        out.push_str(&rest[..from]);
        out.push_str(&up);
        out.push_str(&file);
        if !query.is_empty() {
            out.push('?');
            out.push_str(&query.replace('&', "&amp;"));
        }
        rest = &rest[to..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(address: &str) -> String {
        let Target { file, query } = target(address);
        if query.is_empty() { file } else { format!("{file}?{query}") }
    }

    #[test]
    fn every_address_has_its_file() {
        for (address, expected) in [
            ("/", "index.html"),
            ("/en/?page=3", "en/list/all-3.html"),
            ("/?view=map", "map.html"),
            ("/?country=UA", "list/country-UA.html"),
            ("/en/?from=2011&to=2011&page=2", "en/list/year-2011-2.html"),
            ("/?from=2011-05&to=2011-05", "index.html?from=2011-05&to=2011-05"),
            ("/?from=2011&to=2012", "index.html?from=2011&to=2012"),
            ("/?q=voda&country=UA", "index.html?q=voda&country=UA"),
            ("/?place=703448", "place/703448.html"),
            ("/record/smocr/2011-08-15-obec", "record/smocr/2011-08-15-obec.html"),
            ("/en/record/smocr/a?version=2", "en/record/smocr/a.version-2.html"),
            ("/record/smocr/a/document/3", "record/smocr/a.document-3.html"),
            ("/download/csv?q=", "download/notices.csv"),
            ("/feed.atom?", "feed.atom"),
            ("/archived/2024/http://a", "index.html"),
        ] {
            assert_eq!(file(address), expected, "{address}");
        }
    }

    #[test]
    fn names_of_files_are_safe_and_stay_apart() {
        let odd = ["/record/a/%2e%2e", "/record/a/x%2fy", "/record/a/%C5%BE", "/record/a/%C3%A1", "/record/a/A", "/record/a/a%00"];
        let names: std::collections::BTreeSet<String> = odd.iter().map(|address| file(address)).collect();
        assert_eq!(names.len(), odd.len());
        for name in &names {
            assert!(name.starts_with("record/a/") && name.matches('/').count() == 2 && !name.contains(".."), "{name}");
        }
        assert!(file(&format!("/record/a/{}", "x".repeat(400))).len() < 160);
    }

    #[test]
    fn links_are_seen_from_where_a_page_lies() {
        let page = r#"<a href="/en/?q=a&amp;country=UA">/about</a> <a href="/about#top">x</a><script src="/nothing"></script><a href="https://a/">"#;
        let expected = r#"<a href="../../en/index.html?q=a&amp;country=UA">/about</a> <a href="../../index.html">x</a><script src="../../index.html"></script><a href="https://a/">"#;
        assert_eq!(relative(page, "record/a/b.html"), expected);
        assert_eq!(relative("<p title=\"x\">", "a.html"), "<p title=\"x\">");
    }
}
