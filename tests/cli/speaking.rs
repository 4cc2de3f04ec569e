//! What is said where: exit codes, data on stdout and talk on stderr, colours, closed pipes, text that means harm.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use super::filled;
use crate::house::{House, Notice, Site, json_lines, notices};

#[test]
fn exit_codes_say_what_a_script_wants_to_know() {
    let house = filled();
    for (code, args) in [
        (0, &["search", "partnera"][..]),
        (1, &["search", "+xyzzyqwert"]),
        (1, &["export", "--query", "+xyzzyqwert"]),
        (1, &["show", "xyzzy"]),
        (1, &["history", "xyzzy"]),
        (1, &["changes", "--since", "2999"]),
        (1, &["watch", "--list"]),
        (1, &["analyze", " "]),
        (2, &["show", "town/"]),
        (2, &["search"]),
        (2, &["search", "--sort", "beauty", "x"]),
        (2, &["search", "--from", "yesterday", "x"]),
        (2, &["nonsense"]),
        (2, &["crawl", "elsewhere"]),
        (2, &["export", "--excel"]),
        (2, &["export", "--format", "csv", "--columns", "colour"]),
        (2, &["export", "--format", "sqlite", "--all-versions"]),
        (2, &["export", "--package", "/"]),
        (1, &["cite", "--format", "ris", "xyzzy"]),
        (2, &["cite"]),
        (2, &["watch", "no-such-search"]),
        (2, &["--config", "absent.toml", "crawl"]),
        (2, &["--home", "absent", "search", "x"]),
        (2, &["probe", "not an address"]),
        (2, &["probe", "ftp://mesto.example/"]),
        (2, &["completions", "tcsh"]),
        (0, &["stats"]),
        (0, &["places", "--all"]),
        (0, &["about"]),
        (0, &["schema", "--csv"]),
        (0, &["--help"]),
        (0, &["--version"]),
    ] {
        let ran = house.run(args);
        // Places of towns that are on no map may be none.
        let code = if args[0] == "places" && ran.code == Some(1) { 1 } else { code };
        assert_eq!(ran.code, Some(code), "twindex {args:?}\n{}\n{}", ran.stdout, ran.stderr);
        if code == 2 {
            assert!(ran.stdout.is_empty() && ran.stderr.contains("error:"), "{args:?}: {ran:?}");
        }
    }
}

#[test]
fn json_is_json_for_every_command() {
    let house = filled();
    let id = house.records()[0]["id"].as_str().unwrap().to_owned();
    for args in [
        &["search", "partnera"][..],
        &["search", "--like", &id],
        &["show", &id],
        &["show", &id, "--why", "kind"],
        &["history", &id],
        &["changes"],
        &["export"],
        &["export", "--format", "geojson"],
        &["stats"],
        &["verify"],
        &["places", "--all"],
        &["crawl", "--plan"],
        &["analyze", "hledá partnera"],
        &["schema"],
        &["schema", "--csv"],
        &["about"],
    ] {
        let ran = house.run(&[&["--json"], args].concat());
        assert!(matches!(ran.code, Some(0 | 1)), "{args:?}: {}", ran.stderr);
        let values = serde_json::Deserializer::from_str(&ran.stdout).into_iter::<Value>();
        let values: Vec<Value> = values.map(|value| value.unwrap_or_else(|error| panic!("{args:?}: {error}: {}", ran.stdout))).collect();
        assert!(!values.is_empty() || ran.code == Some(1), "{args:?} printed nothing");
    }
}

#[test]
fn data_goes_to_stdout_and_talk_to_stderr() {
    let house = filled();
    let export = house.expect(0, &["export"]);
    assert_eq!(json_lines(&export.stdout).len(), 10);
    export.says("10 records written");
    assert!(house.expect(0, &["export", "--quiet"]).stderr.is_empty());
    let rebuild = house.expect(0, &["rebuild"]);
    assert!(rebuild.stdout.is_empty() && !rebuild.stderr.is_empty());
    assert_eq!(json_lines(&house.expect(0, &["--json", "rebuild"]).stdout)[0]["records"], 10);
    let nothing = house.expect(1, &["search", "+xyzzyqwert"]);
    assert!(nothing.stdout.is_empty(), "{}", nothing.stdout);
    nothing.says("Nothing found");
}

#[test]
fn a_closed_pipe_is_success() {
    let house = filled();
    for args in [&["export"][..], &["search", "-n", "1000", "partnera"], &["man"], &["completions", "bash"], &["schema"]] {
        let mut child = house.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !stderr.contains("error") && !stderr.contains("panic"), "{args:?}: {output:?}");
        // Nobody reads from the first byte on.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = house.command(args).stdout(writer).stderr(Stdio::null()).status().unwrap();
        assert!(status.success(), "{args:?}: {status}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let house = filled();
    let search = ["search", "partnera"];
    let coloured = |args: &[&str], name: &str, value: &str| house.command(args).env(name, value).output().unwrap().stdout.contains(&0x1b);
    assert!(!coloured(&search, "NONE", ""), "a pipe gets none");
    assert!(coloured(&["--color", "always", "search", "partnera"], "NONE", ""));
    assert!(!coloured(&search, "NO_COLOR", "1"));
    assert!(coloured(&search, "CLICOLOR_FORCE", "1"));
    assert!(!coloured(&["--color", "never", "search", "partnera"], "CLICOLOR_FORCE", "1"));
    assert!(house.expect(0, &search).stdout.contains("[partnera]"), "without colour, hits are marked with brackets");
}

#[test]
fn text_of_the_web_never_steers_the_terminal() {
    let site = Site::start();
    let mut all = notices(4);
    for notice in &mut all {
        let Notice { title, summary, body, path, .. } = notice;
        *title = format!("{title} &#27;[31m&#27;]0;owned&#7; \u{202e}obrácený\u{202c}\u{200b} \u{9b}5m konec");
        *summary = format!("{summary} \u{1b}[2J\u{2066}skryto\u{2069}");
        *body = format!("{body}\nDruhý odstavec o partnerství. \u{1b}]8;;http://a.example/\u{7}odkaz\u{1b}]8;;\u{7}");
        *path = format!("{path}?x=%1b[31m");
    }
    site.publish("/partneri", &all);
    let house = House::of(&site, &["/partneri"]);
    let crawl = house.run(&["crawl"]);
    let id = house.records()[0]["id"].as_str().unwrap().to_owned();
    let probe = house.run(&["probe", &site.url("/partneri")]);
    let mut said = vec![("crawl", crawl), ("probe", probe)];
    for args in [
        &["search", "partnera"][..],
        &["search", "--explain", "partnera"],
        &["search", "par\u{1b}[31mtnera\u{202e}"],
        &["show", &id],
        &["show", &id, "--why", "all"],
        &["show", "x\u{1b}[31m"],
        &["history", &id],
        &["changes"],
        &["stats"],
        &["places", "--all"],
        &["crawl", "--plan"],
    ] {
        said.push((args[0], house.run(args)));
    }
    for (command, ran) in said {
        assert!(ran.code.is_some_and(|code| code <= 3), "{command}: {ran:?}");
        for text in [&ran.stdout, &ran.stderr] {
            let harmful = |c: char| {
                (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
            };
            assert!(!text.contains(harmful), "{command}: {text:?}");
        }
    }
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let house = filled();
    let help = house.expect(0, &["--help"]).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A name stands two blanks in; what is further in goes on with the words of the line before.
    let listed: Vec<&str> = listed
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(listed.len() > 20, "{listed:?}");
    let scripts = ["bash", "zsh", "fish"].map(|shell| house.expect(0, &["completions", shell]).stdout);
    let man = house.expect(0, &["man"]).stdout;
    for name in listed {
        assert!(scripts.iter().all(|script| script.contains(name)), "a shell does not know {name}");
        assert!(man.contains(&format!("twindex\\-{name}")), "the manual does not know {name}");
    }
}

#[test]
fn what_is_missing_is_named_with_what_to_do() {
    let house = House::empty();
    house.expect(2, &["search", "partnera"]).says("config.toml").says("twindex probe");
    house.configure("");
    house.expect(2, &["search", "partnera"]).says("no archive").says("twindex crawl").says("twindex demo");
    house.expect(2, &["crawl"]).says("[[source]]");
    // A state folder that cannot be made.
    std::fs::write(house.path("file"), "").unwrap();
    let ran = house.expect(2, &["--home", "file/state", "rebuild"]);
    ran.says("file/state");
    house.expect(2, &["--home", "/proc/nowhere", "demo"]).says("/proc/nowhere");
}

#[test]
fn the_demonstration_runs_alone_and_empties_only_its_own_folder() {
    let house = House::empty();
    let began = std::time::Instant::now();
    let ran = house.expect(0, &["demo"]);
    assert!(began.elapsed().as_secs() < 15, "it took {:?}", began.elapsed());
    ran.says("40 entries");
    for words in ["What was read", "twindex search", "Try next"] {
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
    }
    assert!(house.path("index/demo/archive.db").exists());
    house.expect(0, &["demo"]);
    std::fs::create_dir(house.path("mine")).unwrap();
    std::fs::write(house.path("mine/thesis.txt"), "years of work").unwrap();
    house.expect(2, &["--home", "mine", "demo"]).says("did not make");
    assert!(house.path("mine/thesis.txt").exists());
    // The three commands to try next work as they are printed.
    for line in ran.stdout.lines().skip_while(|line| !line.contains("Try next")).skip(1) {
        let words: Vec<String> = line.split('\'').enumerate().flat_map(|(nth, part)| words(nth, part)).skip(1).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        house.expect(0, &words);
    }
}

/// Words of a printed command; odd parts stood in quotes.
fn words(nth: usize, part: &str) -> Vec<String> {
    if nth % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
}
