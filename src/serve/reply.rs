//! An answer on its way out: the rules that browsers are given with it, and whether they have it already.
//!
//! Refuses: fields made from what a client sent; a value that no field may have is left out.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sha1::{Digest, Sha1};

/// Pages load what is of this server, run the script of ours, and nothing inline; no other page may frame them.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// As long as a browser keeps anything: the address changes with the bytes.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// May be kept, and is asked for again.
const ASK_AGAIN: &str = "no-cache";

pub const HTML: &str = "text/html; charset=utf-8";
pub const JSON: &str = "application/json";

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub media_type: Cow<'static, str>,
    pub body: Vec<u8>,
    pub lasting: bool,
}

impl Reply {
    pub fn new(media_type: impl Into<Cow<'static, str>>, body: impl Into<Vec<u8>>) -> Self {
        Self { status: StatusCode::OK, media_type: media_type.into(), body: body.into(), lasting: false }
    }

    pub fn json(value: &impl serde::Serialize) -> Self {
        let mut body = serde_json::to_vec(value).unwrap_or_default();
        body.push(b'\n');
        Self::new(JSON, body)
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub fn response(self) -> Response {
        let digest = data_encoding::BASE64URL_NOPAD.encode(&Sha1::digest(&self.body)[..12]);
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let fields = response.headers_mut();
        set(fields, header::CONTENT_TYPE, &self.media_type);
        set(fields, header::CACHE_CONTROL, if self.lasting { FOR_GOOD } else { ASK_AGAIN });
        set(fields, header::CONTENT_SECURITY_POLICY, POLICY);
        if self.status == StatusCode::OK {
            // Weak: the same page packed otherwise has the same tag.
            set(fields, header::ETAG, &format!("W/\"{digest}\""));
        }
        guarded(response)
    }
}

/// The response, or 304 where its tag is among those that the reader had (RFC 9110 §13.1.2).
pub fn unless_had(mut response: Response, had: &[HeaderValue]) -> Response {
    let text = |value: &HeaderValue| value.to_str().map(str::to_owned).unwrap_or_default();
    let Some(tag) = response.headers().get(header::ETAG).map(text) else { return response };
    if had.iter().any(|field| text(field).contains(tag.trim_start_matches("W/"))) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        for field in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LENGTH] {
            response.headers_mut().remove(field);
        }
    }
    response
}

/// The fields that every answer has, that of the stored pages too.
pub fn guarded(mut response: Response) -> Response {
    let fields = response.headers_mut();
    set(fields, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(fields, header::REFERRER_POLICY, "no-referrer");
    set(fields, header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(fields, header::HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    response
}

/// A value that no field may have is left out: none is made from what a client sent.
fn set(fields: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        fields.insert(name, value);
    }
}
