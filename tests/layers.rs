//! The house keeps its plan: who may import whom, how long a file may be, who names the network and who prints.
//!
//! Reads the sources as text and prints the broken rule. The table is the one of src/README.md.

mod circles;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Room, and the rooms it may name. The harvest knows all stages, the command line everything.
const MAY_IMPORT: [(&str, &[&str]); 20] = [
    ("lang", &[]),
    ("record", &[]),
    ("reference", &[]),
    ("visit", &["reference"]),
    ("home", &[]),
    ("config", &[]),
    ("crawl", &["config", "visit"]),
    ("pages", &["record", "visit"]),
    ("extract", &["config", "lang", "record", "reference"]),
    ("gazetteer", &["lang"]),
    ("notice", &["gazetteer", "lang", "record", "search"]),
    ("archive", &["home", "record", "visit"]),
    ("search", &["gazetteer", "lang", "record"]),
    ("export", &["record"]),
    ("engine", &["export", "record", "search"]),
    ("demo", &["extract"]),
    ("replay", &["archive", "extract", "home", "pages", "record"]),
    ("serve", &["archive", "export", "gazetteer", "home", "lang", "notice", "record", "replay", "search"]),
    ("harvest", &["archive", "config", "crawl", "extract", "home", "lang", "notice", "pages", "record", "search", "visit"]),
    (
        "cli",
        &[
            "archive",
            "config",
            "crawl",
            "demo",
            "engine",
            "export",
            "extract",
            "gazetteer",
            "harvest",
            "home",
            "lang",
            "notice",
            "pages",
            "record",
            "replay",
            "search",
            "serve",
            "visit",
        ],
    ),
];

/// Lines of a file, unless its head gives the reason for more.
const LONGEST: usize = 400;

pub fn rooms() -> impl Iterator<Item = &'static str> {
    MAY_IMPORT.into_iter().map(|(room, _)| room)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Rust files under a folder, by path from the root, with their text.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&entry).expect("UTF-8");
                found.push((entry.strip_prefix(root()).expect("inside").to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no files under {folder}");
    found
}

/// The room that a file of `src` belongs to; `None` for `main.rs` and `lib.rs`.
fn room(path: &Path) -> Option<String> {
    let first = path.strip_prefix("src").ok()?.components().next()?.as_os_str().to_str()?;
    let name = first.trim_end_matches(".rs");
    (!matches!(name, "main" | "lib")).then(|| name.to_owned())
}

/// Code without its comments: words about another room are welcome.
fn code(text: &str) -> String {
    text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect::<Vec<_>>().join("\n")
}

/// The rooms that a file names: `crate::room`, `twindex::room` and each room of `use crate::{room, …}`.
fn named(code: &str) -> BTreeSet<String> {
    let path = Regex::new(r"\b(?:crate|twindex)::([a-z_]+)").expect("a pattern");
    let list = Regex::new(r"\b(?:crate|twindex)::\{").expect("a pattern");
    let mut names: BTreeSet<String> = path.captures_iter(code).map(|found| found[1].to_owned()).collect();
    for found in list.find_iter(code) {
        let (mut depth, mut start) = (1, true);
        let mut name = String::new();
        for char in code[found.end()..].chars() {
            match char {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 1 && start && (char.is_ascii_lowercase() || char == '_') {
                name.push(char);
            } else if !char.is_whitespace() {
                names.extend((!name.is_empty()).then(|| std::mem::take(&mut name)));
                start = depth == 1 && char == ',';
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

#[test]
fn the_scanner_sees_every_way_to_name_a_room() {
    let text =
        "use crate::visit::{Exchange, Visit};\nuse crate::{archive, extract::text, notice::{Notice, read}};\nlet a = crate::search::x();\n";
    let want = ["archive", "extract", "notice", "search", "visit"];
    assert_eq!(named(text), want.map(str::to_owned).into());
}

#[test]
fn rooms_import_only_what_the_plan_allows() {
    let known: BTreeSet<&str> = rooms().collect();
    let mut broken = Vec::new();
    for (path, text) in files("src") {
        let Some(room) = room(&path) else { continue };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
            broken.push(format!("{}: the room `{room}` has no line in the plan (tests/layers.rs, src/README.md)", path.display()));
            continue;
        };
        for other in named(&code(&text)) {
            if other != room && known.contains(&*other) && !allowed.contains(&&*other) {
                broken.push(format!(
                    "{}: `{room}` names `{other}`; it may import {}",
                    path.display(),
                    if allowed.is_empty() { "nothing of ours".to_owned() } else { allowed.join(", ") }
                ));
            }
        }
    }
    assert!(broken.is_empty(), "the plan of src/README.md is broken:\n{}", broken.join("\n"));
}

#[test]
fn only_one_file_sends_requests() {
    let allowed = ["src/crawl/fetch.rs", "src/crawl/mod.rs"];
    for (path, text) in files("src") {
        let uses = code(&text).contains("reqwest");
        assert!(
            !uses || allowed.iter().any(|name| path == Path::new(name)),
            "{}: reqwest is named in crawl/fetch.rs alone, the one door to the network (crawl/mod.rs holds its error)",
            path.display()
        );
    }
}

#[test]
fn only_one_file_prints() {
    let print = Regex::new(r"\b(e?println?|dbg)!|\b(stdout|stderr)\(\)").expect("a pattern");
    // Logs have their own writer; what makes or measures data is a program of its own.
    let allowed = ["src/cli/output.rs", "src/cli/logs.rs"];
    for (path, text) in files("src") {
        let own_program = path.components().any(|part| part.as_os_str() == "data");
        if own_program || allowed.iter().any(|name| path == Path::new(name)) {
            continue;
        }
        let found = print.find(&code(&text)).map(|found| found.as_str().to_owned());
        assert_eq!(found, None, "{}: cli/output.rs is the only printer", path.display());
    }
}

#[test]
fn files_are_short_and_say_what_they_hold() {
    let long = Regex::new(r"(?m)^//! Long because").expect("a pattern");
    let mut broken = Vec::new();
    for (path, text) in files("src").into_iter().chain(files("tests")) {
        let lines = text.lines().count();
        if lines > LONGEST && !long.is_match(&text) {
            broken.push(format!("{} has {lines} lines: split it, or begin a line of its head with `Long because`", path.display()));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc = include_str!(\"README.md\")]") {
            broken.push(format!("{} should begin with `//!`: what it holds, what it refuses, which RFC or paper", path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_room_is_a_drawer_for_everything() {
    let drawers = ["utils", "util", "common", "helpers", "helper", "misc", "types", "shared_types", "stuff"];
    for (path, _) in files("src").into_iter().chain(files("tests")) {
        for part in path.components() {
            let name = part.as_os_str().to_string_lossy();
            assert!(!drawers.contains(&name.trim_end_matches(".rs")), "{}: name the module after its idea", path.display());
        }
    }
}

#[test]
fn what_is_to_be_done_stands_in_an_issue() {
    let mark = Regex::new(&["\\b(TO", "DO|FIX", "ME|X", "XX|HA", "CK)\\b"].concat()).expect("a pattern");
    for (path, text) in files("src").into_iter().chain(files("tests")) {
        let found = text.lines().position(|line| mark.is_match(line));
        assert_eq!(found, None, "{}: an open end on that line (from 0) belongs into an issue", path.display());
    }
}

#[test]
fn every_test_file_is_run() {
    let main = include_str!("main.rs");
    for entry in root().join("tests").read_dir().expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_stem().expect("a name").to_string_lossy().into_owned();
        if entry.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            assert!(main.lines().any(|line| line == format!("mod {name};")), "tests/main.rs lacks `mod {name};`: its tests never run");
        }
    }
}
