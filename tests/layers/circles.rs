//! Files of a room import one way: no circle of files that know each other.
//!
//! Reads `use` lines and paths in the code; what a `mod.rs` hands on with `pub use` counts as the file it comes from. Tests
//! inside a file do not count. Rooms that still have circles are named; they may leave the list and none may join it.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::{code, files};

/// Rooms, or parts of rooms, that have circles today.
const STILL: [&str; 6] = ["cli", "config", "crawl", "demo", "lang", "replay"];

type Module = Vec<String>;

/// The files of `src` by module, and what each hands on.
struct House {
    texts: BTreeMap<Module, String>,
    handed_on: BTreeMap<(Module, String), (Module, Vec<String>)>,
}

fn uses() -> Regex {
    Regex::new(r"(pub(?:\([a-z ]+\))? )?use ([^;]+);").expect("a pattern")
}

/// The paths of a `use` with braces.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inner)) = tree.split_once('{').and_then(|(before, rest)| Some((before, rest.strip_suffix('}')?))) else {
        return vec![tree.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    let (mut depth, mut parts, mut part) = (0, Vec::new(), String::new());
    for char in inner.chars() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if char == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(char);
        }
    }
    parts.push(part);
    let paths = parts.iter().filter(|part| !part.trim().is_empty()).flat_map(|part| expand(part));
    paths.map(|path| format!("{}{path}", before.trim())).collect()
}

impl House {
    fn read() -> Self {
        let mut texts = BTreeMap::new();
        for (path, text) in files("src") {
            let mut module: Module = path.iter().skip(1).map(|part| part.to_string_lossy().trim_end_matches(".rs").to_owned()).collect();
            if module.last().is_some_and(|last| last == "mod") {
                module.pop();
            }
            if module != ["lib"] && module != ["main"] {
                texts.insert(module, code(text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()));
            }
        }
        let mut house = Self { texts, handed_on: BTreeMap::new() };
        let mut handed_on = BTreeMap::new();
        for (module, text) in &house.texts {
            for found in uses().captures_iter(text).filter(|found| found.get(1).is_some()) {
                for (from, rest) in expand(&found[2]).iter().filter_map(|path| house.absolute(module, path)) {
                    handed_on.insert((module.clone(), rest.last().cloned().unwrap_or_default()), (from, rest));
                }
            }
        }
        house.handed_on = handed_on;
        house
    }

    /// A path as written in a module: from where it counts, and its parts.
    fn absolute(&self, module: &Module, path: &str) -> Option<(Module, Vec<String>)> {
        let mut parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        let mut from = module.clone();
        match parts.first()?.as_str() {
            "crate" | "twindex" => {
                from.clear();
                parts.remove(0);
            }
            "self" => drop(parts.remove(0)),
            "super" => {
                while parts.first().is_some_and(|part| part == "super") {
                    from.pop();
                    parts.remove(0);
                }
            }
            first => {
                let child: Module = from.iter().cloned().chain([first.to_owned()]).collect();
                self.texts.get(&child)?;
            }
        }
        Some((from, parts))
    }

    /// The file that a path leads to.
    fn file(&self, (mut from, parts): (Module, Vec<String>), steps: usize) -> Module {
        let mut parts = parts.into_iter();
        for part in parts.by_ref() {
            from.push(part);
            if !self.texts.contains_key(&from) {
                let name = from.pop().unwrap_or_default();
                let next = self.handed_on.get(&(from.clone(), name)).filter(|_| steps > 0);
                return next.map_or(from, |next| self.file(next.clone(), steps - 1));
            }
        }
        from
    }

    /// The files that each file names.
    fn edges(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let path = Regex::new(r"\b[a-z_]+(?:::\w+)+").expect("a pattern");
        let named = |(module, text): (&Module, &String)| {
            let mut paths: Vec<String> = Vec::new();
            for found in uses().captures_iter(text).filter(|found| found.get(1).is_none()) {
                paths.extend(expand(&found[2]));
            }
            let rest = uses().replace_all(text, "");
            paths.extend(path.find_iter(&rest).map(|found| found.as_str().to_owned()));
            let targets = paths.iter().filter_map(|path| self.absolute(module, path)).map(|at| self.file(at, 5));
            (module.clone(), targets.filter(|target| target != module && self.texts.contains_key(target)).collect())
        };
        self.texts.iter().map(named).collect()
    }
}

/// A way from a file back to itself.
fn circle(edges: &BTreeMap<Module, BTreeSet<Module>>, start: &Module) -> Option<Vec<Module>> {
    let mut before: BTreeMap<&Module, &Module> = BTreeMap::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        for next in edges.get(at).into_iter().flatten() {
            if next == start {
                let mut way = vec![at.clone()];
                while way.last() != Some(start) {
                    way.push((*before[way.last()?]).clone());
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(next) {
                before.insert(next, at);
                waiting.push(next);
            }
        }
    }
    None
}

#[test]
fn files_import_one_way() {
    let edges = House::read().edges();
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 300, "the scanner sees the imports of the house");
    let room = |module: &Module| match module.first().map(String::as_str) {
        Some("extract") if module.len() > 1 => module[..2].join("::"),
        _ => module.first().cloned().unwrap_or_default(),
    };
    let mut told = Vec::new();
    let mut still = BTreeSet::new();
    for (module, way) in edges.keys().filter_map(|module| Some((module, circle(&edges, module)?))) {
        if STILL.contains(&&*room(module)) {
            still.insert(room(module));
        } else {
            told.push(way.iter().map(|module| module.join("::")).collect::<Vec<_>>().join(" → "));
        }
    }
    let left: Vec<&&str> = STILL.iter().filter(|room| !still.contains(**room)).collect();
    assert!(left.is_empty(), "rooms without circles leave the list: {left:?}");
    assert!(told.is_empty(), "files that know each other in a circle:\n{}", told.join("\n"));
}

#[test]
fn the_scanner_finds_a_circle() {
    let module = |name: &str| vec!["room".to_owned(), name.to_owned()];
    let edge = |from: &str, to: &str| (module(from), BTreeSet::from([module(to)]));
    let edges = BTreeMap::from([edge("a", "b"), edge("b", "c"), edge("c", "b"), edge("d", "a")]);
    assert_eq!(circle(&edges, &module("b")), Some(vec![module("b"), module("c")]));
    assert_eq!((circle(&edges, &module("a")), circle(&edges, &module("d"))), (None, None));
    assert_eq!(expand("super::{a::{B, self}, c}"), ["super::a::B", "super::a::self", "super::c"]);
}
