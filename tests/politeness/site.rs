//! A raw local server that notes what arrives and when, and the client that visits it.
//!
//! Answers are written byte by byte, so that the rude ones (endless, slow, torn, loud) can be told too. It never
//! asserts: a panic here would look like a network error there.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use twindex::config::{Crawler, Source};
use twindex::crawl::{Ask, Client};
use twindex::visit::{Outcome, Purpose, Visit};
use url::Url;

pub const DELAY: Duration = Duration::from_millis(60);
pub const ALL: &str = "User-agent: *\nDisallow:\n";

/// What the server does with one request.
#[derive(Clone)]
pub enum Reply {
    /// These bytes, then the connection is closed.
    Bytes(Vec<u8>),
    /// These bytes, then nothing more on an open connection.
    Stall(Vec<u8>),
    /// These bytes again and again.
    Endless(Vec<u8>, Vec<u8>),
    /// A byte every two milliseconds.
    Drip(Vec<u8>),
}

#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub head: String,
    pub came: Instant,
    pub gone: Instant,
}

pub struct Site {
    pub at: SocketAddr,
    pub seen: Arc<Mutex<Vec<Seen>>>,
}

impl Site {
    /// `answer` is given the path and how often it was asked for before.
    pub async fn start(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("bound");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &log, &*answer).await });
            }
        });
        Self { at, seen }
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.at)).expect("an address")
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic holds it").clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }

    pub fn client(&self) -> Client {
        self.client_with(Vec::new(), |_| {})
    }

    pub fn client_with(&self, deadlines: Vec<(String, Timestamp)>, change: impl FnOnce(&mut Crawler)) -> Client {
        let mut crawler = Crawler {
            contact: Some("me@univ.cz".into()),
            delay: DELAY,
            timeout: Duration::from_millis(900),
            retries: 0,
            ..Crawler::default()
        };
        change(&mut crawler);
        Client::new(&crawler, &Source::new("town", vec![self.url("/list")]), deadlines, "9.9").expect("a client")
    }
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Seen>>, answer: &(dyn Fn(&str, usize) -> Reply + Send + Sync)) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let (at, reply) = {
        let mut log = log.lock().expect("no panic holds it");
        let reply = answer(&path, log.iter().filter(|seen| seen.path == path).count());
        log.push(Seen { path, head, came: Instant::now(), gone: Instant::now() });
        (log.len() - 1, reply)
    };
    // A client that hangs up is what several of these tests are about.
    let _closed: std::io::Result<()> = match reply {
        Reply::Bytes(bytes) => stream.write_all(&bytes).await,
        Reply::Stall(bytes) => {
            let sent = stream.write_all(&bytes).await;
            tokio::time::sleep(Duration::from_secs(5)).await;
            sent
        }
        Reply::Endless(head, body) => {
            let mut sent = stream.write_all(&head).await;
            while sent.is_ok() {
                sent = stream.write_all(&body).await;
            }
            sent
        }
        Reply::Drip(bytes) => {
            let mut sent = Ok(());
            for byte in bytes {
                tokio::time::sleep(Duration::from_millis(2)).await;
                sent = stream.write_all(&[byte]).await;
                if sent.is_err() {
                    break;
                }
            }
            sent
        }
    };
    log.lock().expect("no panic holds it")[at].gone = Instant::now();
}

pub fn reply(status: &str, fields: &str, body: &str) -> Reply {
    Reply::Bytes(format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).into_bytes())
}

pub fn page(body: &str) -> Reply {
    reply("200 OK", "", body)
}

pub fn moved(to: &str) -> Reply {
    reply("302 Found", &format!("Location: {to}\r\n"), "")
}

/// robots.txt as given, anything else by `rest`.
pub fn with_robots(
    robots: &'static str,
    rest: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
) -> impl Fn(&str, usize) -> Reply + Send + Sync {
    move |path, times| if path == "/robots.txt" { page(robots) } else { rest(path, times) }
}

pub fn ask(url: Url) -> Ask {
    Ask { url, purpose: Purpose::Detail, conditional: None, cap: 1 << 20 }
}

pub async fn last(client: &Client, url: Url) -> Visit {
    client.visit(ask(url)).await.pop().expect("at least one visit")
}

pub fn why(visit: &Visit) -> String {
    match &visit.outcome {
        Outcome::Failed { why, .. } => why.clone(),
        Outcome::Refused(refusal) => refusal.to_string(),
        other => format!("{other:?}"),
    }
}

/// Every request came at least `delay` after the answer before it had gone.
pub fn assert_gaps(seen: &[Seen], delay: Duration) {
    for pair in seen.windows(2) {
        let gap = pair[1].came.saturating_duration_since(pair[0].gone);
        assert!(gap >= delay, "{} came {gap:?} after {}", pair[1].path, pair[0].path);
    }
}
