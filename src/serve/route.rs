//! Which page an address stands for. Nothing of an address ever becomes the name of a file.

use super::address;
use super::assets::Asset;
use super::words::Locale;
use crate::record::RecordId;

/// Bytes of an identifier or code in a path.
const LONGEST: usize = 500;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leaf {
    Whole,
    Versions,
    Archived,
    /// From 1.
    Document(usize),
}

pub enum Route {
    Search,
    Record(RecordId, Leaf),
    Places,
    Place(i64),
    Country(String),
    Changes,
    About,
    Help,
    Suggest,
    /// The rest of the path: a time and an address, as web archives have them.
    Replay(String),
    Asset(&'static Asset),
    OpenSearch,
    Robots,
    Health,
    Api(Api),
    Nothing,
}

/// What programs ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Api {
    Search,
    Record(RecordId),
    Versions(RecordId),
    Stats,
    Places,
    Description,
    Nothing,
}

/// The language of a path, and what it stands for.
pub fn read(path: &str) -> (Locale, Route) {
    let (locale, path) = match path.strip_prefix("/en") {
        Some("") => (Locale::English, "/"),
        Some(rest) if rest.starts_with('/') => (Locale::English, rest),
        _ => (Locale::Czech, path),
    };
    (locale, route(path).unwrap_or(Route::Nothing))
}

fn route(path: &str) -> Option<Route> {
    if let Some(rest) = path.strip_prefix("/archived/") {
        let is_capture = rest.starts_with(|first: char| first.is_ascii_digit());
        let is_memento = rest.starts_with("timegate/") || rest.starts_with("timemap/link/");
        // The stored pages lead back to where they begin.
        return if rest.is_empty() { Some(Route::Search) } else { (is_capture || is_memento).then(|| Route::Replay(format!("/{rest}"))) };
    }
    let parts: Vec<String> = path
        .trim_start_matches('/')
        .split('/')
        .map(|part| address::read(part).filter(|part| part.len() <= LONGEST))
        .collect::<Option<_>>()?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let id = |source: &str, name: &str| RecordId(format!("{source}/{name}"));
    Some(match parts[..] {
        [""] => Route::Search,
        ["record", source, name] => Route::Record(id(source, name), Leaf::Whole),
        ["record", source, name, "versions"] => Route::Record(id(source, name), Leaf::Versions),
        ["record", source, name, "archived"] => Route::Record(id(source, name), Leaf::Archived),
        ["record", source, name, "document", number] => Route::Record(id(source, name), Leaf::Document(number.parse().ok()?)),
        ["places"] => Route::Places,
        ["place", number] => Route::Place(number.parse().ok()?),
        ["country", code] => Route::Country(code.to_owned()),
        ["changes"] => Route::Changes,
        ["about"] => Route::About,
        ["help"] => Route::Help,
        ["suggest"] => Route::Suggest,
        ["assets", stamp, name] => Route::Asset(Asset::at(stamp, name)?),
        ["opensearch.xml"] => Route::OpenSearch,
        ["robots.txt"] => Route::Robots,
        ["health"] => Route::Health,
        ["api", ref rest @ ..] => Route::Api(match *rest {
            ["search"] => Api::Search,
            ["records", source, name] => Api::Record(id(source, name)),
            ["versions", source, name] => Api::Versions(id(source, name)),
            ["stats"] => Api::Stats,
            ["places"] => Api::Places,
            ["openapi.json"] => Api::Description,
            _ => Api::Nothing,
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_pages_of_a_language() {
        assert!(matches!(read("/en/"), (Locale::English, Route::Search)));
        assert!(matches!(read("/"), (Locale::Czech, Route::Search)));
        assert!(matches!(read("/en/record/a/b/document/2"), (Locale::English, Route::Record(_, Leaf::Document(2)))));
        assert!(matches!(read("/record/smocr/%C5%BE"), (_, Route::Record(id, Leaf::Whole)) if id.0 == "smocr/ž"));
        assert!(matches!(read("/archived/20240101000000/http://a/b"), (_, Route::Replay(rest)) if rest == "/20240101000000/http://a/b"));
        for path in [
            "/../etc/passwd",
            "/assets/x/../style.css",
            "/record/%ff/a",
            "/record/a",
            "/assets/x/style.css",
            "/ENGLISH",
            "/english",
            "/archived/x",
        ] {
            assert!(matches!(read(path), (Locale::Czech, Route::Nothing)), "{path}");
        }
    }
}
