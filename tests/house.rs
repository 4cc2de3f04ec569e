//! A house for a test: a temporary folder with a configuration, the real program, a local site that logs what it is asked.
//!
//! The site answers from a table that a test may change while it is served. It never asserts: a panic in its thread
//! would look like a network error to the program.
//! Long because one small server, its answers and its log are read together.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

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
        let mut command = Command::new(env!("CARGO_BIN_EXE_twindex"));
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
        let differ = one.lines().zip(other.lines()).find(|(a, b)| a != b);
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
        for name in ["first_seen", "last_seen", "page", "gone_since"] {
            fields.remove(name);
        }
        record
    };
    records.iter().map(strip).collect()
}

/// One answer of the site.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub fields: String,
    pub body: Vec<u8>,
    /// Fewer bytes are sent than promised.
    pub torn: bool,
}

impl Answer {
    pub fn page(html: &str) -> Self {
        Self::new(200, "Content-Type: text/html; charset=utf-8\r\n", html)
    }

    pub fn new(status: u16, fields: &str, body: &str) -> Self {
        Self { status, fields: fields.to_owned(), body: body.as_bytes().to_vec(), torn: false }
    }

    pub fn status(status: u16) -> Self {
        Self::new(status, "Content-Type: text/html\r\n", "<h1>error</h1>")
    }

    pub fn moved(to: &str) -> Self {
        Self::new(302, &format!("Location: {to}\r\n"), "")
    }

    pub fn torn(mut self) -> Self {
        self.torn = true;
        self
    }
}

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    pub came: Instant,
    pub conditional: bool,
    pub status: u16,
}

#[derive(Default)]
struct State {
    pages: HashMap<String, Answer>,
    log: Vec<Request>,
    slow: Duration,
    /// Entity tags are sent and honoured.
    etags: bool,
}

/// A site on a free port of this machine.
#[derive(Clone)]
pub struct Site {
    at: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Site {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State { etags: true, ..State::default() }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &shared));
            }
        });
        let site = Self { at, state };
        site.put("/robots.txt", Answer::new(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /closed\n"));
        site
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.at)
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base())
    }

    pub fn put(&self, path: &str, answer: Answer) {
        self.lock().pages.insert(path.to_owned(), answer);
    }

    pub fn take(&self, path: &str) {
        self.lock().pages.remove(path);
    }

    pub fn slow(&self, pause: Duration) {
        self.lock().slow = pause;
    }

    pub fn without_etags(&self) {
        self.lock().etags = false;
    }

    pub fn log(&self) -> Vec<Request> {
        self.lock().log.clone()
    }

    /// Forgets what was asked, and gives it.
    pub fn take_log(&self) -> Vec<Request> {
        std::mem::take(&mut self.lock().log)
    }

    pub fn asked(&self, path: &str) -> usize {
        self.lock().log.iter().filter(|request| request.path == path).count()
    }

    /// Waits until so many requests have come.
    #[track_caller]
    pub fn await_requests(&self, number: usize) {
        let began = Instant::now();
        while self.lock().log.len() < number {
            assert!(began.elapsed() < Duration::from_secs(30), "only {} of {number} requests came", self.lock().log.len());
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Puts a listing of notices, and the page of each.
    pub fn publish(&self, listing: &str, notices: &[Notice]) {
        self.put(listing, Answer::page(&list_page(notices, "")));
        for notice in notices {
            self.put(&notice.path, Answer::page(&notice.page()));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn serve(stream: &TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = String::new();
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(n) if n > 0 => head.push_str(&line),
                _ => return,
            }
            if line == "\r\n" {
                break;
            }
        }
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let lower = head.to_ascii_lowercase();
        let field = |name: &str| lower.lines().find_map(|line| line.strip_prefix(name).map(|value| value.trim().to_owned()));
        let validator = field("if-none-match:");
        let (answer, slow) = {
            let mut state = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let mut answer = state.pages.get(&path).cloned().unwrap_or_else(|| Answer::status(404));
            if state.etags && answer.status == 200 && !answer.torn && path != "/robots.txt" {
                let sum = answer.body.iter().fold(5381_u64, |sum, byte| sum.wrapping_mul(33) ^ u64::from(*byte));
                let tag = format!("\"{sum:x}\"");
                if validator.as_deref() == Some(&tag) {
                    answer = Answer::new(304, "", "");
                }
                write!(answer.fields, "ETag: {tag}\r\n").expect("a string takes all");
            }
            let conditional = validator.is_some() || lower.contains("if-modified-since:");
            state.log.push(Request { path, came: Instant::now(), conditional, status: answer.status });
            (answer, state.slow)
        };
        std::thread::sleep(slow);
        let length = if answer.torn { answer.body.len() + 100 } else { answer.body.len() };
        let length = if answer.status == 304 { String::new() } else { format!("Content-Length: {length}\r\n") };
        let start = format!("HTTP/1.1 {} Answer\r\n{}{length}\r\n", answer.status, answer.fields);
        let mut out = stream;
        if out.write_all(start.as_bytes()).and_then(|()| out.write_all(&answer.body)).is_err() || answer.torn {
            return;
        }
    }
}

/// A notice of a site of our own.
#[derive(Clone, Debug)]
pub struct Notice {
    pub date: &'static str,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub path: String,
}

impl Notice {
    pub fn new(date: &'static str, name: &str) -> Self {
        let slug = twindex::extract::text::fold(name).replace(' ', "-");
        Self {
            date,
            title: format!("Obec {name} hledá partnera"),
            summary: format!("Zastupitelé obce {name} by rádi navázali spolupráci v oblasti kultury a sportu."),
            body: format!(
                "Obec {name} leží v údolí řeky a má vlastní školu.\nPrvní setkání se uskuteční na jaře, přihlásit se může každý spolek."
            ),
            path: format!("/clanek/{slug}"),
        }
    }

    fn item(&self) -> String {
        format!(
            "<li class=\"item\"><span class=\"date\">{}</span> <a href=\"{}\">{}</a><p>{}</p></li>",
            self.date, self.path, self.title, self.summary
        )
    }

    pub fn page(&self) -> String {
        let paragraphs: String = self.body.lines().map(|line| format!("<p>{line}</p>")).collect();
        document(&self.title, &format!("<h1>{}</h1><p class=\"date\">{}</p><div class=\"text\">{paragraphs}</div>", self.title, self.date))
    }
}

/// Some notices of towns that are on no map.
pub fn notices(number: usize) -> Vec<Notice> {
    const NAMES: [&str; 12] = [
        "Horní Lípa",
        "Dolní Javor",
        "Bukovany",
        "Olšina",
        "Vrbice",
        "Topolná",
        "Habří",
        "Lískov",
        "Borovany",
        "Smrčná",
        "Modřínov",
        "Jedlová",
    ];
    const DAYS: [&str; 12] = [
        "12. 3. 2021",
        "28. 2. 2021",
        "5. 11. 2020",
        "17. 9. 2020",
        "2. 6. 2020",
        "20. 4. 2020",
        "31. 1. 2020",
        "9. 12. 2019",
        "14. 10. 2019",
        "3. 7. 2019",
        "25. 5. 2019",
        "6. 2. 2019",
    ];
    (0..number).map(|nth| Notice::new(DAYS[nth], NAMES[nth])).collect()
}

/// A listing with navigation around it; `more` follows the list.
pub fn list_page(notices: &[Notice], more: &str) -> String {
    let items: String = notices.iter().map(Notice::item).collect();
    document("Partnerství obcí", &format!("<h1>Partnerství obcí</h1><ul class=\"list\">{items}</ul>{more}"))
}

pub fn document(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"cs\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\
         <nav><a href=\"/\">Úvod</a> <a href=\"/kontakt\">Kontakt</a></nav><main>{main}</main>\
         <footer><p>Svazek obcí</p></footer></body></html>"
    )
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
