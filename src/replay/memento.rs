//! Captures of an address over time: the nearest to a moment, and the fields and lists that Memento names (RFC 7089).

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use url::Url;

use super::query::{Form, STAMP};
use super::{Desk, Error, POLICY, page, redirect, told};
use crate::archive::Sight;

/// A date as fields have it (RFC 9110 §5.6.7).
const FIELD_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";
/// Documents and other files run nothing at all.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// Bytes of a page after decoding.
const CAP: u64 = 64 << 20;

impl Desk {
    pub fn time_map(&self, url: &Url) -> Result<Response, Error> {
        let sights = self.archive.sights(url)?;
        let (Some(first), Some(last)) = (sights.first(), sights.last()) else { return Ok(Self::nothing(url)) };
        let span = format!("from=\"{}\"; until=\"{}\"", date(first.at), date(last.at));
        let mut links = vec![
            format!("<{url}>; rel=\"original\""),
            format!("<{0}/timemap/link/{url}>; rel=\"self\"; type=\"application/link-format\"; {span}", self.base),
            format!("<{}/timegate/{url}>; rel=\"timegate\"", self.base),
        ];
        for (at, sight) in sights.iter().enumerate() {
            let place = match (at, at + 1 == sights.len()) {
                (0, true) => "first last memento",
                (0, false) => "first memento",
                (_, true) => "last memento",
                _ => "memento",
            };
            links.push(self.link(url, sight, place));
        }
        Ok(([(header::CONTENT_TYPE, "application/link-format")], links.join(",\n") + "\n").into_response())
    }

    /// Leads to the capture nearest to a moment, else to the newest.
    pub fn time_gate(&self, url: &Url, at: Option<Timestamp>) -> Result<Response, Error> {
        let sights = self.archive.sights(url)?;
        let Some(sight) = nearest(&sights, at) else { return Ok(Self::nothing(url)) };
        let link =
            format!("<{url}>; rel=\"original\", <{0}/timemap/link/{url}>; rel=\"timemap\"; type=\"application/link-format\"", self.base);
        let headers = [(header::LOCATION, self.place(url, sight, "")), (header::VARY, "accept-datetime".to_owned()), (header::LINK, link)];
        Ok((StatusCode::FOUND, headers, Body::empty()).into_response())
    }

    pub fn memento(&self, url: &Url, at: Timestamp, form: Form) -> Result<Response, Error> {
        let sights = self.archive.sights(url)?;
        let Some(sight) = nearest(&sights, Some(at)) else { return Ok(Self::nothing(url)) };
        let stamp = at.strftime(STAMP).to_string();
        let mark = if form == Form::Original { "id_" } else { "" };
        if sight.at.strftime(STAMP).to_string() != stamp {
            return Ok(redirect(&self.place(url, sight, mark)));
        }
        if let Some(to) = &sight.moved {
            return Ok(redirect(&format!("{}/{stamp}{mark}/{to}", self.base)));
        }
        let stored = self.pages.read(&sight.page)?;
        let content = match stored.exchange.content(CAP) {
            Ok(content) => content,
            Err(why) => return Ok(told(StatusCode::BAD_GATEWAY, &format!("The stored page cannot be unpacked: {why}"))),
        };
        let kind = stored.exchange.header("content-type").unwrap_or_else(|| "application/octet-stream".to_owned());
        let fields = [
            ("memento-datetime", date(sight.at)),
            ("link", self.links(url, &sights, sight)),
            ("x-content-type-options", "nosniff".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
        ];
        let is_page = kind.to_ascii_lowercase().contains("html");
        if form == Form::Original || !is_page {
            let policy = if kind.starts_with("text/css") || kind.starts_with("image/") { POLICY } else { FILE_POLICY };
            return Ok((fields, [("content-type", &*kind), ("content-security-policy", policy)], content).into_response());
        }
        let frame = page::Frame { url, base: &self.base, sight, sights: &sights };
        Ok((fields, [("content-type", "text/html; charset=utf-8"), ("content-security-policy", POLICY)], frame.show(&content, &kind))
            .into_response())
    }

    fn links(&self, url: &Url, sights: &[Sight], sight: &Sight) -> String {
        let mut links = vec![
            format!("<{url}>; rel=\"original\""),
            format!("<{0}/timegate/{url}>; rel=\"timegate\"", self.base),
            format!("<{0}/timemap/link/{url}>; rel=\"timemap\"; type=\"application/link-format\"", self.base),
        ];
        let at = sights.iter().position(|other| other == sight).unwrap_or(0);
        let around = [
            (sights.first(), "first memento"),
            (at.checked_sub(1).and_then(|at| sights.get(at)), "prev memento"),
            (sights.get(at + 1), "next memento"),
            (sights.last(), "last memento"),
        ];
        links.extend(around.into_iter().filter_map(|(sight, place)| Some(self.link(url, sight?, place))));
        links.join(", ")
    }

    fn link(&self, url: &Url, sight: &Sight, place: &str) -> String {
        format!("<{}>; rel=\"{place}\"; datetime=\"{}\"", self.place(url, sight, ""), date(sight.at))
    }

    fn place(&self, url: &Url, sight: &Sight, mark: &str) -> String {
        format!("{}/{}{mark}/{url}", self.base, sight.at.strftime(STAMP))
    }

    fn nothing(url: &Url) -> Response {
        told(StatusCode::NOT_FOUND, &format!("{url} is not in this archive: it was never asked for, or never answered with a page."))
    }
}

/// The capture nearest to a moment; the newest if none is named.
fn nearest(sights: &[Sight], at: Option<Timestamp>) -> Option<&Sight> {
    match at {
        None => sights.last(),
        Some(at) => sights.iter().min_by_key(|sight| at.duration_since(sight.at).abs()),
    }
}

fn date(at: Timestamp) -> String {
    at.strftime(FIELD_DATE).to_string()
}
