//! A stored page as it is shown: its links led to this server, what would act taken out, and a bar that says when.
//!
//! The page is shown in UTF-8, whatever it came in. `id_` addresses have the bytes untouched.

use ego_tree::NodeId;
use scraper::{Html, Node, node::Element};
use url::Url;

use super::query::STAMP;
use super::{Desk, Error};
use crate::archive::Sight;
use crate::extract::{self, page};

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Attributes that hold an address.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "data", "background", "cite"];
/// Elements that act or lead elsewhere on their own.
const ACTIVE: [&str; 7] = ["script", "noscript", "base", "object", "embed", "applet", "iframe"];
/// Notices on the first page.
const SHOWN: usize = 200;
const STYLE: &str = "all:initial;display:block;box-sizing:border-box;width:100%;padding:8px 14px;background:#26323a;color:#fff;\
    font:14px/1.5 system-ui,sans-serif;border-bottom:3px solid #e0a030";
const LINK: &str = "color:#ffd98a;text-decoration:underline;margin-right:14px";
const PLAIN: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}\
    input{font:inherit;width:60%;padding:.3rem}button{font:inherit;padding:.3rem 1rem}td{padding:.15rem .8rem .15rem 0;vertical-align:top}\
    a{color:#1a4f8b}";

/// What the bar tells.
pub(super) struct Frame<'a> {
    pub url: &'a Url,
    pub base: &'a str,
    pub sight: &'a Sight,
    pub sights: &'a [Sight],
}

impl Frame<'_> {
    /// The page with its bar.
    pub fn show(&self, content: &[u8], content_type: &str) -> String {
        let seen = self.sight.at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let page = extract::Page { url: self.url, content_type: Some(content_type), bytes: content, seen };
        let mut html = page::parse(&page).html;
        self.lead(&mut html);
        let text = html.html();
        // After the opening tag of the body, or first of all.
        let at = text.find("<body").and_then(|at| Some(at + text[at..].find('>')? + 1)).unwrap_or(0);
        let (head, body) = text.split_at(at);
        let doctype = if head.starts_with("<!DOCTYPE") { "" } else { "<!doctype html>" };
        [doctype, head, &self.bar(), body].concat()
    }

    fn lead(&self, html: &mut Html) {
        let base = html
            .tree
            .values()
            .filter_map(|node| node.as_element())
            .find(|element| element.name() == "base")
            .and_then(|element| self.url.join(element.attr("href")?).ok())
            .unwrap_or_else(|| self.url.clone());
        let active: Vec<NodeId> = html.tree.nodes().filter(|node| acts(node.value())).map(|node| node.id()).collect();
        for id in active {
            if let Some(mut node) = html.tree.get_mut(id) {
                node.detach();
            }
        }
        let stamp = self.sight.at.strftime(STAMP).to_string();
        for node in html.tree.values_mut() {
            if let Node::Element(element) = node {
                self.lead_element(element, &base, &stamp);
            }
        }
    }

    fn lead_element(&self, element: &mut Element, base: &Url, stamp: &str) {
        element
            .attrs
            .retain(|(name, _)| !name.local.starts_with("on") && !matches!(&*name.local, "srcset" | "ping" | "integrity" | "formaction"));
        for (name, value) in &mut element.attrs {
            let text = value.trim();
            if !ADDRESSES.contains(&&*name.local) || text.starts_with('#') {
                continue;
            }
            let led = match base.join(text) {
                Ok(url) if matches!(url.scheme(), "http" | "https") => format!("{}/{stamp}/{url}", self.base),
                Ok(url) if matches!(url.scheme(), "mailto" | "tel" | "data") => continue,
                _ => "#".to_owned(),
            };
            *value = led.as_str().into();
        }
    }

    fn bar(&self) -> String {
        let Self { url, base, sight, sights } = self;
        let place = |sight: &Sight| format!("{base}/{}/{url}", sight.at.strftime(STAMP));
        let at = sights.iter().position(|other| other == *sight).unwrap_or(0);
        let around = [("← earlier", at.checked_sub(1).and_then(|at| sights.get(at))), ("later →", sights.get(at + 1))];
        let mut links: String = around
            .into_iter()
            .filter_map(|(label, sight)| Some(format!("<a style=\"{LINK}\" href=\"{}\">{label}</a>", escape(&place(sight?)))))
            .collect();
        let id = format!("{base}/{}id_/{url}", sight.at.strftime(STAMP));
        for (label, to) in [("as it came", id), ("all captures", format!("{base}/timemap/link/{url}")), ("start", format!("{base}/"))] {
            links.extend(["<a style=\"", LINK, "\" href=\"", &escape(&to), "\">", label, "</a>"]);
        }
        format!(
            "<div style=\"{STYLE}\"><b>Archived page</b> of {}, fetched {} ({} of {})<br>{}<br>{links}</div>",
            escape(url.host_str().unwrap_or_default()),
            sight.at.strftime("%F %H:%M:%S UTC"),
            at + 1,
            sights.len(),
            escape(url.as_str()),
        )
    }
}

impl Desk {
    /// Listings and the newest notices, to begin from.
    pub fn start(&self) -> Result<Response, Error> {
        let mut rows = String::new();
        for listing in self.archive.listing_urls()? {
            let listing = escape(&listing);
            rows.extend(["<li><a href=\"/timegate/", &listing, "\">", &listing, "</a></li>"]);
        }
        let mut notices = String::new();
        for record in self.archive.records(&crate::archive::Filter::default())?.take(SHOWN) {
            let record = record?;
            let date = record.published.map_or_else(|| "undated".to_owned(), |date| date.to_string());
            let gone = if record.gone_since.is_some() { " (gone from the site)" } else { "" };
            let (url, title) = (escape(&record.url), escape(&record.title));
            notices.extend(["<tr><td>", &date, "</td><td><a href=\"/timegate/", &url, "\">", &title, "</a>", gone, "</td></tr>"]);
        }
        let body = format!(
            "<h1>Archived pages</h1><p>What was stored, as it was fetched. Nothing here is loaded from the network.</p>\
             <h2>Listings</h2><ul>{rows}</ul><h2>Newest notices</h2><table>{notices}</table>\
             <p>Any other stored address: put it after <code>/timegate/</code> in the address of this server.</p>"
        );
        Ok(([(header::CONTENT_SECURITY_POLICY, super::POLICY)], axum::response::Html(plain(&body))).into_response())
    }
}

/// One sentence as a page.
pub(super) fn message(text: &str) -> axum::response::Html<String> {
    axum::response::Html(plain(&format!("<p>{}</p><p><a href=\"/\">start</a></p>", escape(text))))
}

fn plain(body: &str) -> String {
    format!("<!doctype html><html lang=en><meta charset=utf-8><title>Archived pages</title><style>{PLAIN}</style><body>{body}")
}

/// A `meta` may refresh or set a policy of its own; both are the page's will no longer.
fn acts(node: &Node) -> bool {
    let Some(element) = node.as_element() else { return false };
    ACTIVE.contains(&element.name()) || (element.name() == "meta" && element.attr("http-equiv").is_some())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
