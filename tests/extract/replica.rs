//! The replica of the first source, as built and with its names taken away, against its answer key.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use twindex::config::Selectors;
use twindex::extract::{Listing, Page, listing};
use url::Url;

use super::SEEN;

const LIST: &str = "/cs/cinnost/eu-a-mezinarodni-spoluprace/partnerstvi-mest";

/// Where the replica stands, built once; none without the shared folder.
fn replica() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<(tempfile::TempDir, PathBuf)>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let shared = std::env::var_os("TWINDEX_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
        let script = shared.join("site/build.py");
        if !script.exists() {
            eprintln!("skipped: no {}", script.display());
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("replica");
        let done = Command::new("python3").arg(&script).arg(&root).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Some((folder, root))
    });
    built.as_ref().map(|(_, root)| root.as_path())
}

/// What is done to the names of a page.
#[derive(Clone, Copy, Debug)]
enum Names {
    Kept,
    Changed,
    Dropped,
}

fn rewrite(bytes: Vec<u8>, names: Names) -> Vec<u8> {
    // The pages are ASCII-compatible: Latin-1 keeps every byte.
    let text: String = bytes.into_iter().map(char::from).collect();
    let attributes = regex::Regex::new(r#"(?i) (class|id)=("[^"]*"|[^\s>]+)"#).unwrap();
    let text = match names {
        Names::Kept => text,
        Names::Changed => {
            attributes.replace_all(&text, |found: &regex::Captures| format!(" {}=\"x{}\"", &found[1], found[2].len() % 7)).into_owned()
        }
        Names::Dropped => {
            let bare = attributes.replace_all(&text, "").into_owned();
            // Speaking elements go as well: only div remains.
            regex::Regex::new(r"<(/?)(main|aside|header|footer)\b").unwrap().replace_all(&bare, "<${1}div").into_owned()
        }
    };
    text.chars().map(|c| c as u8).collect()
}

fn page(root: &Path, address: &str, file: &str, names: Names) -> Listing {
    let bytes = rewrite(std::fs::read(root.join("www").join(file)).unwrap(), names);
    let url = Url::parse(&format!("http://127.0.0.1:8000{address}")).unwrap();
    listing::read(&Page { url: &url, content_type: Some("text/html"), bytes: &bytes, seen: SEEN }, &Selectors::default())
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    date: String,
    title: String,
    url: String,
    summary: String,
}

fn rows(listing: &Listing) -> Vec<Row> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let row = |entry: &twindex::extract::Entry| Row {
        date: entry.published.map(|date| date.to_string()).unwrap_or_default(),
        title: entry.title.clone(),
        url: entry.link.as_ref().map(|url| url.path().to_owned()).unwrap_or_default(),
        summary: text(&entry.summary),
    };
    listing.entries.iter().map(row).collect()
}

fn key(root: &Path, file: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(root.join("expected").join(file)).unwrap();
    let rows = text.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Row { date: text("date"), title: text("title"), url: text("url"), summary: text("summary") }
    });
    rows.collect()
}

const ALL: [Names; 3] = [Names::Kept, Names::Changed, Names::Dropped];

#[test]
fn all_entries_over_the_pages_of_the_list() {
    let Some(root) = replica() else { return };
    let key = key(root, "entries.jsonl");
    for names in ALL {
        let mut found = Vec::new();
        for number in 1..=4 {
            let file = format!("{}/index@page={number}.html", &LIST[1..]);
            let listing = page(root, &format!("{LIST}?page={number}"), &file, names);
            let next = listing.next.as_ref().map(|url| url.query().unwrap_or_default().to_owned());
            assert_eq!(next, (number < 4).then(|| format!("page={}", number + 1)), "{names:?} page {number}");
            found.extend(rows(&listing));
        }
        assert_eq!(found, key, "{names:?}");
        let whole = page(root, &format!("{LIST}/vse"), &format!("{}/vse/index.html", &LIST[1..]), names);
        assert_eq!(rows(&whole), key, "{names:?} on one page");
        assert_eq!(whole.next, None);
    }
}

#[test]
fn past_the_end_there_is_nothing() {
    let Some(root) = replica() else { return };
    for names in ALL {
        let listing = page(root, &format!("{LIST}?page=9"), &format!("{}/index@page=other.html", &LIST[1..]), names);
        assert_eq!(rows(&listing), [], "{names:?}");
        assert_eq!(listing.next, None);
    }
}

#[test]
fn english_news_have_their_dates_after_the_titles() {
    let Some(root) = replica() else { return };
    for names in ALL {
        assert_eq!(rows(&page(root, "/en/news", "en/news/index.html", names)), key(root, "english.jsonl"), "{names:?}");
    }
}

#[test]
fn other_lists_name_the_same_entries() {
    let Some(root) = replica() else { return };
    let key = key(root, "entries.jsonl");
    let known: BTreeSet<(&str, &str)> = key.iter().map(|row| (row.date.as_str(), row.title.as_str())).collect();
    let lists = [
        ("/cs/stitky/ukrajina", "cs/stitky/ukrajina/index.html", 15, 15, 0),
        ("/cs/stitky/turecko", "cs/stitky/turecko/index.html", 2, 2, 0),
        ("/cs/novinky", "cs/novinky/index.html", 6, 2, 0),
        ("/cs/cinnost/eu-a-mezinarodni-spoluprace", "cs/cinnost/eu-a-mezinarodni-spoluprace/index.html", 12, 5, 1),
        ("/cs", "cs/index.html", 6, 3, 1),
        ("/partnerstvi-mest/aktuality.aspx", "partnerstvi-mest/aktuality.aspx", 5, 5, 0),
        ("/section.aspx?itemID=164&skip=5", "section@itemID=164,skip=5.aspx", 5, 5, 0),
    ];
    for names in ALL {
        for (address, file, all, twinning, undated) in lists {
            let listing = page(root, address, file, names);
            let found = rows(&listing);
            let matching = found.iter().filter(|row| known.contains(&(row.date.as_str(), row.title.as_str()))).count();
            let without = found.iter().filter(|row| row.date.is_empty()).count();
            assert_eq!((found.len(), matching, without), (all, twinning, undated), "{names:?} {address} {found:#?}");
        }
    }
}

#[test]
fn a_calendar_alone_is_no_list() {
    let Some(root) = replica() else { return };
    for names in ALL {
        assert_eq!(rows(&page(root, "/cs/akce", "cs/akce/index.html", names)), [], "{names:?}");
        assert_eq!(rows(&page(root, "/cs/akce/kalendar", "cs/akce/kalendar/index.html", names)), [], "{names:?}");
    }
}

#[test]
fn the_old_list_leads_on() {
    let Some(root) = replica() else { return };
    let listing = page(root, "/partnerstvi-mest/aktuality.aspx", "partnerstvi-mest/aktuality.aspx", Names::Kept);
    assert_eq!(listing.next.unwrap().query(), Some("itemID=164&skip=5&pos=510"));
}
