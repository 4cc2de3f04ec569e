//! Answers that are given again while what they are made from is the same: finished and packed, in memory, so many bytes at most.
//!
//! An answer is one of a state of archive and index, of an address, and of what it varies by: the name of this server and the
//! codings that a reader takes. Equal requests at once wait for one answer. Refuses: what is written while it is sent, what is of
//! the moment, what is no page; and to outlive the process, so that nothing that a reader typed does.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt as _;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::library::{self, Library};
use super::reply;
use super::route::{self, Route};

/// Bytes of all answers together.
const ROOM: u64 = 16 << 20;
/// Answers that room is for, by which the cache plans its tables.
const ANSWERS: usize = 1024;
/// Bytes of an answer's fields and of the tables' entry for it, about.
const BESIDE: u64 = 1 << 10;

pub struct Kept {
    library: Arc<Library>,
    answers: Cache<Key, Arc<Answer>, Weight>,
}

impl Kept {
    pub fn new(library: Arc<Library>) -> Self {
        Self { library, answers: Cache::with_weighter(ANSWERS, ROOM, Weight) }
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    state: library::State,
    /// Name of the server, codings and address: copies, for a field that came with a request holds all of its bytes.
    asked: Vec<u8>,
}

impl Key {
    /// `None` where the answer is not to be kept.
    fn of(library: &Library, request: &Request) -> Option<Self> {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        if !is_read || matches!(route::read(request.uri().path()).1, Route::Replay(_) | Route::Health | Route::Robots | Route::Nothing) {
            return None;
        }
        let fields = |name| request.headers().get_all(name).iter().map(header::HeaderValue::as_bytes);
        let address = request.uri().path_and_query().map_or("", |address| address.as_str());
        // No field has an end of line in it.
        let asked = fields(header::HOST).chain([&b"\n"[..]]).chain(fields(header::ACCEPT_ENCODING)).chain([b"\n", address.as_bytes()]);
        Some(Self { state: library.state().ok()?, asked: asked.flatten().copied().collect() })
    }
}

/// A finished answer.
struct Answer {
    status: StatusCode,
    fields: HeaderMap,
    body: Bytes,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        match body.collect().await {
            // A copy has no room to spare.
            Ok(body) => Self { status: parts.status, fields: parts.headers, body: Bytes::copy_from_slice(&body.to_bytes()) },
            Err(_) => Self { status: StatusCode::INTERNAL_SERVER_ERROR, fields: HeaderMap::new(), body: Bytes::new() },
        }
    }

    fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.fields);
        response
    }
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Answer>> for Weight {
    fn weight(&self, key: &Key, answer: &Arc<Answer>) -> u64 {
        (key.asked.len() + answer.body.len()) as u64 + BESIDE
    }
}

/// Answers from what is kept, or keeps what is answered; a reader who has the answer already is told so.
pub async fn pass(State(kept): State<Arc<Kept>>, mut request: Request, next: Next) -> Response {
    let had = request.headers().get_all(header::IF_NONE_MATCH).iter().cloned().collect::<Vec<_>>();
    let Some(key) = Key::of(&kept.library, &request) else { return reply::unless_had(next.run(request).await, &had) };
    // An answer to HEAD is that to GET without its body, which the server leaves out.
    *request.method_mut() = Method::GET;
    let answer = match kept.answers.get_value_or_guard_async(&key).await {
        Ok(answer) => answer,
        Err(place) => {
            let answer = Arc::new(Answer::of(next.run(request).await).await);
            // Whoever waits for it gets it, whatever it says.
            _ = place.insert(Arc::clone(&answer));
            if answer.status != StatusCode::OK {
                kept.answers.remove(&key);
            }
            answer
        }
    };
    reply::unless_had(answer.response(), &had)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use hyper::service::Service as _;
    use hyper_util::service::TowerToHyperService;

    use super::*;
    use crate::archive::Archive;
    use crate::home::Home;

    /// Answers that say how often one was made.
    struct Counted {
        home: tempfile::TempDir,
        made: Arc<AtomicUsize>,
        router: TowerToHyperService<Router>,
    }

    impl Counted {
        fn new(status: StatusCode) -> Self {
            let home = tempfile::tempdir().unwrap();
            drop(Archive::open(&Home::at(home.path())).unwrap());
            let library = Library::open(&Home::at(home.path()), std::collections::BTreeMap::new(), |record| record).unwrap();
            let made = Arc::<AtomicUsize>::default();
            let count = Arc::clone(&made);
            let answer = move || async move {
                let number = count.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                (status, [(header::ETAG, format!("W/\"{number}\""))], format!("answer {number}"))
            };
            let kept = Arc::new(Kept::new(Arc::new(library)));
            let router = Router::new().fallback(answer).layer(from_fn_with_state(kept, pass));
            Self { home, made, router: TowerToHyperService::new(router) }
        }

        async fn ask(&self, path: &str, field: (header::HeaderName, &str)) -> (StatusCode, String) {
            let request = Request::builder().uri(path).header(field.0, field.1).body(Body::empty()).unwrap();
            let response = self.router.call(request).await.unwrap();
            let status = response.status();
            (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
        }

        fn made(&self) -> usize {
            self.made.load(Ordering::SeqCst)
        }
    }

    const PLAIN: (header::HeaderName, &str) = (header::ACCEPT_ENCODING, "identity");

    #[tokio::test]
    async fn equal_requests_have_one_answer_until_anything_is_written() {
        let counted = Counted::new(StatusCode::OK);
        let (one, two, three) = tokio::join!(counted.ask("/?q=x", PLAIN), counted.ask("/?q=x", PLAIN), counted.ask("/?q=x", PLAIN));
        assert_eq!((&one.1, &two, &three, counted.made()), (&"answer 0".to_owned(), &one, &one, 1));
        for other in [("/?q=y", PLAIN), ("/?q=x", (header::ACCEPT_ENCODING, "gzip")), ("/?q=x", (header::HOST, "other"))] {
            let before = counted.made();
            counted.ask(other.0, other.1.clone()).await;
            assert_eq!(counted.made(), before + 1, "{other:?}");
        }
        // A crawl that brings nothing still says when it was.
        let archive = Archive::open(&Home::at(counted.home.path())).unwrap();
        archive.transaction(|tx| tx.set_made_with("another")).unwrap();
        let before = counted.made();
        assert_eq!(counted.ask("/?q=x", PLAIN).await.1, format!("answer {before}"));
    }

    #[tokio::test]
    async fn refusals_and_what_is_of_the_moment_are_made_anew() {
        let counted = Counted::new(StatusCode::SERVICE_UNAVAILABLE);
        let (one, two) = tokio::join!(counted.ask("/", PLAIN), counted.ask("/", PLAIN));
        assert_eq!((one, counted.made()), (two, 1));
        counted.ask("/", PLAIN).await;
        assert_eq!(counted.made(), 2);
        let counted = Counted::new(StatusCode::OK);
        for path in ["/health", "/download/csv", "/feed.atom", "/archived/20240101000000/http://a/b"] {
            let before = counted.made();
            counted.ask(path, PLAIN).await;
            counted.ask(path, PLAIN).await;
            assert_eq!(counted.made(), before + 2, "{path}");
        }
    }

    #[tokio::test]
    async fn who_has_an_answer_is_told_so() {
        let counted = Counted::new(StatusCode::OK);
        for (path, more) in [("/", 0), ("/health", 1)] {
            let made = counted.made();
            assert_eq!(counted.ask(path, (header::IF_NONE_MATCH, "W/\"none\"")).await.0, StatusCode::OK);
            let tag = format!("\"other\", W/\"{}\"", made + more);
            assert_eq!(counted.ask(path, (header::IF_NONE_MATCH, &tag)).await, (StatusCode::NOT_MODIFIED, String::new()));
        }
    }
}
