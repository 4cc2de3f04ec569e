//! The bundled demonstration site: some forty notices served on 127.0.0.1 the way a town hall's CMS would.
//!
//! Two listing pages, a page for each notice, a PDF and a DOCX, the oldest pages in windows-1250 as an
//! earlier CMS left them, `robots.txt`, entity tags. It answers; it never asks.

mod html;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::net::TcpListener;

pub use html::UNION;

/// Notices to a listing page.
const PER_PAGE: usize = 24;
/// Address of the listing.
pub const LISTING: &str = "/cs/partnerstvi";
/// Years up to this one are served by the old CMS.
const OLD_CMS: &str = "2008";

#[derive(Debug, Deserialize)]
struct Notices {
    notice: Vec<Notice>,
}

#[derive(Debug, Deserialize)]
struct Notice {
    /// ISO 8601.
    date: String,
    title: String,
    perex: Option<String>,
    text: Vec<String>,
    attachment: Option<Attachment>,
}

#[derive(Debug, Deserialize)]
struct Attachment {
    file: String,
    label: String,
}

/// One answer of the site.
struct File {
    content_type: &'static str,
    bytes: Vec<u8>,
    etag: String,
}

/// Every address of the site with its answer.
pub struct Site {
    files: HashMap<String, File>,
}

impl Site {
    /// Builds all pages from the bundled notices.
    pub fn bundled() -> Self {
        let text = include_str!("site/notices.toml");
        let notices = toml::from_str::<Notices>(text).expect("the bundled notices are valid TOML; a test reads them").notice;
        let mut site = Self { files: HashMap::new() };
        site.add("/robots.txt", "text/plain", b"User-agent: *\nDisallow: /cs/hledani\n".to_vec());
        let pages: Vec<&[Notice]> = notices.chunks(PER_PAGE).collect();
        for (index, chunk) in pages.iter().enumerate() {
            let address = if index == 0 { LISTING.to_owned() } else { format!("{LISTING}?strana={}", index + 1) };
            site.add(&address, "text/html; charset=utf-8", html::listing(chunk, index + 1, pages.len()).into_bytes());
        }
        for (index, notice) in notices.iter().enumerate() {
            let page = html::detail(notice, notices.get(index + 1).into_iter().chain(index.checked_sub(1).map(|i| &notices[i])));
            if old_cms(notice) {
                site.add(&path(notice), "text/html", encoding_rs::WINDOWS_1250.encode(&page).0.into_owned());
            } else {
                site.add(&path(notice), "text/html; charset=utf-8", page.into_bytes());
            }
        }
        site.add("/soubory/profil-telavi.pdf", "application/pdf", include_bytes!("site/profil-telavi.pdf").to_vec());
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        site.add("/soubory/seznam-obci.docx", docx, include_bytes!("site/seznam-obci.docx").to_vec());
        site
    }

    fn add(&mut self, address: &str, content_type: &'static str, bytes: Vec<u8>) {
        let sum = bytes.iter().fold(5381_u64, |sum, byte| sum.wrapping_mul(33) ^ u64::from(*byte));
        self.files.insert(address.to_owned(), File { content_type, bytes, etag: format!("\"{sum:x}\"") });
    }

    /// Serves the site on a free port of 127.0.0.1 until the future is dropped.
    pub async fn serve(self) -> std::io::Result<(SocketAddr, impl Future<Output = std::io::Result<()>>)> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let site = Arc::new(self);
        let answer = move |uri: Uri, headers: HeaderMap| {
            let site = Arc::clone(&site);
            async move { site.answer(&uri, &headers) }
        };
        Ok((address, axum::serve(listener, Router::new().fallback(answer)).into_future()))
    }

    fn answer(&self, uri: &Uri, headers: &HeaderMap) -> Response {
        let address = uri.path_and_query().map_or("/", |path| path.as_str());
        let Some(file) = self.files.get(address) else {
            return (StatusCode::NOT_FOUND, "Stránka nenalezena\n").into_response();
        };
        let etag = [(header::ETAG, file.etag.clone())];
        if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == file.etag.as_bytes()) {
            return (StatusCode::NOT_MODIFIED, etag).into_response();
        }
        (etag, [(header::CONTENT_TYPE, file.content_type)], file.bytes.clone()).into_response()
    }
}

fn old_cms(notice: &Notice) -> bool {
    notice.date.as_str() < OLD_CMS
}

/// Address of a notice's own page: date and folded title.
fn path(notice: &Notice) -> String {
    let slug: String = crate::extract::text::fold(&notice.title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let suffix = if old_cms(notice) { ".aspx" } else { "" };
    format!("{LISTING}/clanek/{}-{slug}{suffix}", notice.date)
}
