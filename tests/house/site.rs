//! A local site that answers from a table, which a test may change meanwhile, and logs what it is asked.
//!
//! It never asserts: a panic in its thread would look like a network error to the program.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{Notice, list_page};

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
    connections: usize,
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
                shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner).connections += 1;
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

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.lock().connections
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
