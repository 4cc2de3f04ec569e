//! The sessions of the README are real: each `$ twindex …` is run on the demo's archive and prints what stands there.
//!
//! Times, ports and what hangs on them differ from run to run and are masked. `sqlite3` is played by the library
//! that the program has anyway, so the test needs nothing installed.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use regex::Regex;

/// Runs a program as in a terminal of 80 columns; what it said on both outputs, in order.
fn said(command: &mut Command) -> String {
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    command.stdout(writer.try_clone().expect("a second end")).stderr(writer).stdin(std::process::Stdio::null()).env("COLUMNS", "80");
    let mut child = command.spawn().expect("the program starts");
    // The parent's own ends would keep the pipe open.
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("UTF-8");
    child.wait().expect("the program ends");
    text
}

fn twindex(arguments: &[String], folder: &Path) -> String {
    let program = env!("CARGO_BIN_EXE_twindex");
    said(Command::new(program).args(arguments).current_dir(folder).env("TWINDEX_HOME", "index/demo").env_remove("TWINDEX_CONFIG"))
}

/// Rows as `sqlite3` prints them by default.
fn sqlite(arguments: &[String], folder: &Path) -> String {
    let sql = rusqlite::Connection::open(folder.join(&arguments[0])).expect("a database");
    let mut query = sql.prepare(&arguments[1]).expect("valid SQL");
    let columns = query.column_count();
    let mut rows = query.query([]).expect("an answer");
    let mut out = String::new();
    while let Some(row) = rows.next().expect("a row") {
        let cells: Vec<String> = (0..columns)
            .map(|column| match row.get_ref(column).expect("a cell") {
                rusqlite::types::ValueRef::Null => String::new(),
                rusqlite::types::ValueRef::Integer(value) => value.to_string(),
                other => other.as_str().expect("text").to_owned(),
            })
            .collect();
        let _infallible = writeln!(out, "{}", cells.join("|"));
    }
    out
}

/// Words of a command line; quotes hold blanks together.
fn words(line: &str) -> Vec<String> {
    let word = Regex::new(r#"'([^']*)'|"([^"]*)"|(\S+)"#).expect("a pattern");
    let part = |found: regex::Captures| found.iter().skip(1).flatten().next().map_or("", |part| part.as_str()).to_owned();
    word.captures_iter(line).map(part).collect()
}

fn run(line: &str, folder: &Path) -> String {
    let words = words(line);
    match words[0].as_str() {
        "twindex" => twindex(&words[1..], folder),
        "sqlite3" => sqlite(&words[1..], folder),
        "export" => String::new(),
        other => panic!("the README runs {other}, which this test does not know"),
    }
}

/// The document with the answer to each command of its sessions as it is now.
fn played(document: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut session = false;
    for line in document.lines() {
        match line {
            "```console" => session = true,
            "```" => session = false,
            _ => {}
        }
        match line.strip_prefix("$ ") {
            Some(command) if session => {
                let _infallible = writeln!(out, "{line}");
                for line in run(command, folder).lines() {
                    let _infallible = writeln!(out, "{}", line.trim_end());
                }
            }
            // Answers are left out; a blank line inside a session is one.
            None if session && line != "```console" => {}
            _ => {
                let _infallible = writeln!(out, "{line}");
            }
        }
    }
    out
}

fn masked(text: &str) -> String {
    let times = Regex::new(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC)").expect("a pattern");
    let ports = Regex::new(r"127\.0\.0\.1:\d+").expect("a pattern");
    let cited = Regex::new(r"\[cit\. \d{4}-\d\d-\d\d\]").expect("a pattern");
    ports.replace_all(&cited.replace_all(&times.replace_all(text, "TIME"), "CITED"), "SITE").into_owned()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = said(Command::new(env!("CARGO_BIN_EXE_twindex")).arg("demo").current_dir(folder.path()).env_remove("TWINDEX_HOME"));
    assert!(demo.contains("Try next"), "{demo}");
    let real = played(super::README, folder.path());
    if std::env::var_os("TWINDEX_BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"), real).expect("README.md can be written");
        return;
    }
    for (written, real) in masked(super::README).lines().zip(masked(&real).lines()) {
        assert_eq!(written, real, "README.md is stale: TWINDEX_BLESS=1 cargo test docs writes its sessions anew");
    }
    assert_eq!(super::README.lines().count(), real.lines().count());
}
