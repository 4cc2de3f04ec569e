//! Why there is no answer: a page in the reader's language, JSON in English where programs ask.
//!
//! Who asks is told by the path alone, so that an address says the same to everyone. Refuses: what went wrong inside, which
//! stands in the program's own log.

use axum::http::{StatusCode, header};
use axum::response::Response;
use maud::html;
use serde_json::json;

use super::Error;
use super::context::Medium;
use super::frame::Page;
use super::reply::{HTML, Reply};
use super::route::{self, Route};
use super::words::{Locale, Words};

/// The reply to a path where an error came up.
pub fn error(path: &str, error: &Error) -> Reply {
    match error {
        Error::Refused(refusal) => reply(path, refusal.status(), |words| refusal.text(words)),
        Error::Unused(values) => written(path, StatusCode::BAD_REQUEST, |words| format!("{}: {}", words.not_used, values.join(", "))),
        _ => reply(path, StatusCode::INTERNAL_SERVER_ERROR, |words| words.failed),
    }
}

/// The reply to a path with one of the texts of pages.
pub fn reply(path: &str, status: StatusCode, text: impl Fn(&'static Words) -> &'static str) -> Reply {
    written(path, status, |words| text(words).to_owned())
}

/// Too many ask at once.
pub fn busy(path: &str) -> Response {
    let mut response = reply(path, StatusCode::SERVICE_UNAVAILABLE, |words| words.busy).response();
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    response
}

fn written(path: &str, status: StatusCode, text: impl Fn(&'static Words) -> String) -> Reply {
    let (locale, route) = route::read(path);
    if is_for_programs(path, &route) {
        return Reply::json(&json!({"error": text(Locale::English.words())})).status(status);
    }
    let (words, begin) = (locale.words(), format!("{}/", locale.prefix()));
    let text = text(words);
    let main = html! { h1 { (text) } p { a href=(begin) { (words.begin) } } };
    Reply::new(HTML, Page::new(locale, "/", text, None, main).render(Medium::Server)).status(status)
}

fn is_for_programs(path: &str, route: &Route) -> bool {
    matches!(route, Route::Api(_) | Route::Health | Route::Suggest) || path.starts_with("/download/") || path.starts_with("/feed.")
}
