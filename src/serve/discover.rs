//! How browsers, robots and watchmen find their way: `OpenSearch`, robots.txt, health.
//!
//! Refuses: what programs ask of the notices, which is the part of `api`.

use axum::http::StatusCode;
use maud::{PreEscaped, html};
use serde_json::json;

use super::Error;
use super::context::Context;
use super::reply::Reply;

/// The description by which a browser searches here (`OpenSearch` 1.1).
pub fn open_search(context: &Context<'_>) -> Reply {
    let (words, base) = (context.words(), context.base);
    let text = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { (words.site) }
            Description { (words.site) " – " (words.tagline) }
            InputEncoding { "UTF-8" }
            Url type="text/html" template={ (base) "/?q={searchTerms}" } {}
            Url type="application/x-suggestions+json" template={ (base) "/suggest?q={searchTerms}" } {}
            Url type="application/atom+xml" template={ (base) "/feed.atom?q={searchTerms}" } {}
        }
    };
    Reply::new("application/opensearchdescription+xml; charset=utf-8", text.into_string())
}

/// Robots may read the pages; states of the search are without end, and downloads are for people.
pub fn robots() -> Reply {
    Reply::new("text/plain; charset=utf-8", "User-agent: *\nDisallow: /*?\nDisallow: /api/\nDisallow: /archived/\nDisallow: /download/\n")
}

/// Whether this server can answer, of what state, and when each source was last read whole.
pub fn health(context: &Context<'_>) -> Result<Reply, Error> {
    let index = &context.library.newest().index;
    let revision = context.archive.revision()?;
    let sources = context.archive.health()?;
    let sources: Vec<_> =
        sources.iter().map(|one| json!({"source": one.source, "last_good": one.last_good, "failures_since": one.failures})).collect();
    let value = json!({
        "status": "ok", "version": env!("CARGO_PKG_VERSION"), "records": index.len(), "index_revision": index.revision(),
        "archive_revision": revision, "sources": sources,
    });
    Ok(Reply::json(&value).status(StatusCode::OK))
}
