//! `config.toml` at the top: every key is there, and each default that it shows is the real one.

use std::path::Path;

use toml::{Table, Value};
use twindex::config::{Config, Crawler, Source};

const FILE: &str = include_str!("../../config.toml");
const KEYS: &str = include_str!("../../src/config/raw.rs");

/// The file with its commented keys in force; words of explanation stay comments.
fn uncommented() -> String {
    let key = regex::Regex::new(r"^# ([a-z_]+ = \S.*|\[[a-z.]+\])$").expect("a pattern");
    FILE.lines().map(|line| key.captures(line).map_or(line, |found| found.get(1).expect("the key").as_str())).collect::<Vec<_>>().join("\n")
}

fn parse(text: &str) -> Config {
    Config::parse(text, Path::new("/archive/config.toml")).unwrap_or_else(|error| panic!("{error}"))
}

/// The fields of a struct of `config/raw.rs`.
fn fields(name: &str) -> Vec<&'static str> {
    let body = KEYS.split_once(&format!("pub struct {name} {{")).and_then(|(_, rest)| rest.split_once("\n}")).expect("the struct").0;
    body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':')).map(|(field, _)| field).collect()
}

#[test]
fn the_file_as_it_stands_is_the_czech_union_of_towns() {
    let config = parse(FILE);
    assert_eq!(config.home, Path::new("/archive/index"));
    assert_eq!(config.crawler, Crawler::default(), "nothing is changed, and no contact is given away");
    let [source] = &config.sources[..] else { panic!("one source") };
    assert_eq!(source.name, "smocr");
    assert_eq!(source.listing[0].as_str(), "https://www.smocr.cz/cs/cinnost/eu-a-mezinarodni-spoluprace/partnerstvi-mest");
    assert_eq!(source.hosts, ["smocr.cz", "ww.smocr.cz", "www.smocr.cz"]);
    assert!(source.details && source.attachments && source.selectors.entry.is_none());
}

#[test]
fn every_default_shown_is_the_real_one() {
    let config = parse(&uncommented());
    assert!(config.crawler.contact.is_some(), "the contact is there to be filled in");
    assert_eq!(config.crawler.ca.as_deref(), Some(Path::new("/archive/institution-ca.pem")), "an example, relative to the file");
    let real = Crawler { contact: config.crawler.contact.clone(), ca: config.crawler.ca.clone(), ..Crawler::default() };
    assert_eq!(config.crawler, real);
    assert_eq!(config.home, parse("").home);
    let shown = &config.sources[0];
    let real = Source::new("smocr", shown.listing.clone());
    assert_eq!((shown.details, shown.attachments, shown.max_pages), (real.details, real.attachments, real.max_pages));
    assert_eq!(shown.schedule, real.schedule);
    assert_eq!(shown.delay, Some(Crawler::default().delay), "a source without a delay has the crawler's");
    let selectors = &shown.selectors;
    let all = [&selectors.entry, &selectors.date, &selectors.title, &selectors.summary, &selectors.next, &selectors.body];
    assert!(all.into_iter().all(Option::is_some), "the examples of selectors are valid");
}

#[test]
fn no_key_is_missing() {
    let file: Table = uncommented().parse().expect("valid TOML");
    let source = file["source"][0].as_table().expect("a table");
    let tables = [
        ("Config", &file),
        ("Crawler", file["crawler"].as_table().expect("a table")),
        ("Source", source),
        ("Selectors", source.get("selectors").and_then(Value::as_table).expect("a table")),
    ];
    for (name, table) in tables {
        let fields = fields(name);
        assert!(fields.len() > 2, "the fields of {name} were not found: {fields:?}");
        for field in fields {
            assert!(table.contains_key(field), "config.toml says nothing of `{field}` ({name} in src/config/raw.rs)");
        }
    }
}

#[test]
fn a_crawl_without_a_contact_asks_nothing_and_says_how_to_mend_it() {
    let home = tempfile::tempdir().expect("a folder");
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_twindex"))
        .args(["--config", concat!(env!("CARGO_MANIFEST_DIR"), "/config.toml"), "crawl", "--home"])
        .arg(home.path())
        .env_remove("TWINDEX_CONTACT")
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("contact = ") && said.contains("[crawler]") && said.contains("--contact"), "{said}");
    let pages = home.path().join("pages").read_dir().map_or(0, Iterator::count);
    assert_eq!(pages, 0, "nothing was recorded, for nothing was asked");
}
