//! A house for a test: a temporary folder with a configuration, and the real program run in it.
//!
//! `site` is the local site that it crawls, `notices` what stands there.

mod notices;
mod site;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub use notices::{Notice, document, list_page, notices};
pub use site::{Answer, Site};

/// Compares the data in a folder of the sources with its file of sums; the bytes of all of it. The sums are SHA-1, against
/// accidents and not against malice.
pub fn check_sums(folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let sums = std::fs::read_to_string(folder.join("SHA1SUMS")).unwrap();
    let size = |line: &str| {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        let data = std::fs::read(folder.join(name)).expect(name);
        let found = data_encoding::HEXLOWER.encode(&<sha1::Sha1 as sha1::Digest>::digest(&data));
        assert_eq!(found, sum, "{name} was changed without its generator, or the sums were not renewed");
        data.len()
    };
    sums.lines().map(size).sum()
}

/// A temporary folder with `config.toml`, and the program run in it.
pub struct House {
    dir: tempfile::TempDir,
}

/// What a finished program left.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl House {
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A house whose source `town` has these listings on a site.
    pub fn of(site: &Site, listings: &[&str]) -> Self {
        Self::with(site, listings, "")
    }

    /// The same with more lines for the source.
    pub fn with(site: &Site, listings: &[&str], more: &str) -> Self {
        let house = Self::empty();
        house.configure(&source("town", &site.base(), listings, more));
        house
    }

    /// Writes the configuration: no pause between requests, these sources.
    pub fn configure(&self, sources: &str) {
        let text = format!("home = \"state\"\n[crawler]\ndelay = \"0s\"\ntimeout = \"5s\"\nretries = 0\n{sources}");
        std::fs::write(self.path("config.toml"), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn state(&self) -> PathBuf {
        self.path("state")
    }

    /// The program with these arguments, in the folder, in an environment that says nothing.
    pub fn command(&self, args: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_twindex")), args)
    }

    /// As `command`, with a copy of the program.
    pub fn command_of(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(self.dir.path()).env_clear().env("HOME", self.dir.path());
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Runs a command that must end with this code.
    #[track_caller]
    pub fn expect(&self, code: i32, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(code), "twindex {args:?}\n{}\n{}", ran.stdout, ran.stderr);
        ran
    }

    /// Starts the program and leaves it running.
    pub fn spawn(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// All records, by the program's own export.
    #[track_caller]
    pub fn records(&self) -> Vec<Value> {
        json_lines(&self.export())
    }

    #[track_caller]
    pub fn export(&self) -> String {
        let ran = self.run(&["export", "--quiet"]);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        ran.stdout
    }

    #[track_caller]
    pub fn record(&self, title: &str) -> Value {
        let mut found: Vec<Value> = self.records().into_iter().filter(|record| record["title"] == title).collect();
        assert_eq!(found.len(), 1, "{title:?} in {:#?}", self.titles());
        found.remove(0)
    }

    pub fn titles(&self) -> Vec<String> {
        self.records().iter().map(|record| record["title"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Throws away what can be made again, makes it again, and compares the exports to the byte.
    #[track_caller]
    pub fn assert_rebuilds(&self) {
        let before = self.export();
        for file in ["archive.db", "archive.db-wal", "archive.db-shm"] {
            let path = self.state().join(file);
            if path.exists() {
                std::fs::remove_file(path).unwrap();
            }
        }
        std::fs::remove_dir_all(self.state().join("search")).unwrap();
        self.expect(0, &["rebuild"]);
        assert_same(&before, &self.export(), "rebuilt from the pages alone");
    }
}

#[track_caller]
pub fn assert_same(one: &str, other: &str, what: &str) {
    if one != other {
        // From a little before the first letter that differs.
        let from = |(a, b): (&str, &str)| {
            let at = a.char_indices().zip(b.chars()).take_while(|((_, a), b)| a == b).count().saturating_sub(60);
            (a.chars().skip(at).take(160).collect::<String>(), b.chars().skip(at).take(160).collect::<String>())
        };
        let differ = one.lines().zip(other.lines()).find(|(a, b)| a != b).map(from);
        panic!("{what}: {} and {} lines; first difference:\n{differ:#?}", one.lines().count(), other.lines().count());
    }
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "no {words:?} in:\n{}", self.stderr);
        self
    }
}

/// Sends the signal; what the program said, and how long it took to end.
pub fn interrupt(signal: &str, child: Child) -> (Ran, Duration) {
    let began = Instant::now();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let ran = Ran::of(&child.wait_with_output().unwrap());
    (ran, began.elapsed())
}

pub fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// A `[[source]]` block.
pub fn source(name: &str, base: &str, listings: &[&str], more: &str) -> String {
    let listings: Vec<String> = listings.iter().map(|path| format!("\"{base}{path}\"")).collect();
    format!("[[source]]\nname = \"{name}\"\nlisting = [{}]\n{more}\n", listings.join(", "))
}

/// Records without what the clock and the place of a run decide, for comparing two houses.
pub fn timeless(records: &[Value]) -> Vec<Value> {
    let strip = |record: &Value| {
        let mut record = record.clone();
        let fields = record.as_object_mut().expect("records are objects");
        for name in ["first_seen", "last_seen", "changed_at", "page", "gone_since"] {
            fields.remove(name);
        }
        record
    };
    records.iter().map(strip).collect()
}

/// Where `../shared` is, if it is.
pub fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("TWINDEX_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    if shared.join("site/build.py").exists() {
        return std::fs::canonicalize(shared).ok();
    }
    eprintln!("skipped: no {}/site/build.py; set TWINDEX_SHARED", shared.display());
    None
}

/// Whether a WARC tool by others is there, and what it says of the folder.
pub fn warcio_check(pages: &Path) -> Option<Output> {
    let files: Vec<PathBuf> = std::fs::read_dir(pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    let output = Command::new("warcio").arg("check").args(files).output();
    if output.is_err() {
        eprintln!("skipped: no warcio");
    }
    output.ok()
}
