//! The documents say what the program does: each list, figure and session in them is compared with the real thing.
//!
//! `TWINDEX_BLESS=1 cargo test docs` writes the sessions of the README anew; the other blocks are short enough to
//! be pasted from the message of the failing test.

mod configuration;
mod session;
mod units;

use std::fmt::Write as _;
use std::path::Path;

use clap::CommandFactory;

const README: &str = include_str!("../README.md");
const ARCHITECTURE: &str = include_str!("../src/README.md");

/// The document holds the block, line by line.
fn assert_holds(document: &str, name: &str, block: &str) {
    assert!(document.contains(block.trim_end()), "{name} should hold this block:\n\n{block}");
}

#[test]
fn the_grammar_is_that_of_the_program() {
    assert_holds(README, "README.md", &format!("```text\n{}\n```\n", twindex::search::GRAMMAR.trim_end()));
}

#[test]
fn every_command_is_listed_with_the_first_line_of_its_help() {
    let mut table = String::from("| command | |\n|---|---|\n");
    for command in twindex::cli::Args::command().get_subcommands().filter(|command| command.get_name() != "help") {
        let about = command.get_about().expect("every command says what it does");
        let _infallible = writeln!(table, "| `{}` | {about} |", command.get_name());
    }
    assert_holds(README, "README.md", &table);
}

#[test]
fn every_column_of_the_csv_is_listed() {
    let mut table = String::from("| column | holds |\n|---|---|\n");
    for column in twindex::export::COLUMNS {
        let _infallible = writeln!(table, "| `{}` | {} |", column.name, column.holds);
    }
    assert_holds(README, "README.md", &table);
}

#[test]
fn every_exit_code_is_listed() {
    let source = include_str!("../src/cli/mod.rs");
    let body = source.split_once("pub enum Exit {").and_then(|(_, rest)| rest.split_once('}')).expect("the enum of exit codes").0;
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut table = String::from("| exit code | means |\n|---|---|\n");
    for pair in lines.chunks(2) {
        let [doc, variant] = pair else { panic!("a code has one line of doc: {pair:?}") };
        let code = variant.split_once(" = ").expect("a number").1.trim_end_matches(',');
        let _infallible = writeln!(table, "| {code} | {} |", doc.trim_start_matches("/// "));
    }
    assert_eq!(lines.len(), 8, "four codes");
    assert_holds(README, "README.md", &table);
}

#[test]
fn the_name_in_a_sites_log_is_the_real_one() {
    let agent = concat!("User-Agent: twindex/", env!("CARGO_PKG_VERSION"), " (+");
    assert!(README.contains(agent), "README.md should show {agent}…");
    assert!(README.contains(&format!("User-agent: {}\n", twindex::crawl::robots::TOKEN)), "the token for robots.txt");
}

#[test]
fn licences_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (license, notice) = (read("LICENSE"), read("NOTICE"));
    assert!(read("Cargo.toml").contains("license = \"MIT OR Apache-2.0\""));
    for title in ["MIT License\n", "Apache License\n", "Version 2.0, January 2004"] {
        assert!(license.contains(title), "LICENSE lacks {title:?}");
    }
    for data in ["src/gazetteer/data/NOTICE.md", "src/search/czech/data/LICENSE-DATA"] {
        assert!(notice.contains(&read(data)), "NOTICE should hold {data} as it is");
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let link = regex::Regex::new(r"\]\(([^)#]+)[^)]*\)").expect("a pattern");
    let mut checked = 0;
    for name in ["README.md", "src/README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md", "CHANGELOG.md"] {
        let path = root.join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        for found in link.captures_iter(&text) {
            let target = &found[1];
            // The architecture page is the crate's documentation too, where a path of items is a link.
            if target.starts_with("http") || (name == "src/README.md" && !target.contains(['/', '.'])) {
                continue;
            }
            assert!(path.parent().expect("a folder").join(target).exists(), "{name} links {target}, which is not there");
            checked += 1;
        }
    }
    assert!(checked > 5, "only {checked} links were found");
}

#[test]
fn the_architecture_page_knows_every_room() {
    for room in super::layers::rooms() {
        assert!(ARCHITECTURE.contains(&format!("`{room}`")), "src/README.md does not mention the room {room}");
    }
}
