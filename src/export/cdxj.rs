//! An index of captures for replay tools: CDXJ, a line a capture, sorted by the address turned around (SURT).
//!
//! As pywb and the WACZ format read it: `cz,mesto)/cesta 20240501100000 {"url": …, "filename": …, "offset": …}`.

use std::io::Write;

use jiff::Timestamp;
use serde_json::json;
use url::Url;

/// One line of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CdxLine {
    pub url: String,
    pub at: Timestamp,
    /// Media type without parameters; `warc/revisit` for a record whose bytes lie elsewhere.
    pub mime: String,
    /// Absent for a revisit that repeats no head.
    pub status: Option<u16>,
    /// `sha1:` and base 32.
    pub digest: String,
    pub file: String,
    pub offset: u64,
    /// Bytes of the gzip member.
    pub length: u64,
}

/// Writes the lines sorted; the number written.
pub fn write_cdxj(lines: &[CdxLine], mut out: impl Write) -> std::io::Result<u64> {
    let mut rows: Vec<String> = lines.iter().map(row).collect();
    rows.sort_unstable();
    rows.iter().try_for_each(|row| writeln!(out, "{row}"))?;
    Ok(rows.len() as u64)
}

fn row(line: &CdxLine) -> String {
    let value = json!({
        "url": line.url, "mime": line.mime, "status": line.status.map_or_else(|| "-".to_owned(), |status| status.to_string()), "digest": line.digest,
        "length": line.length.to_string(), "offset": line.offset.to_string(), "filename": line.file,
    });
    format!("{} {} {value}", key(&line.url), line.at.strftime("%Y%m%d%H%M%S"))
}

/// The address as web archives sort it: host parts from the right, without `www`, lower case; the query sorted.
pub fn key(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.to_lowercase() };
    let host = parsed.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let turned = match parsed.host() {
        Some(url::Host::Domain(_)) => host.rsplit('.').collect::<Vec<_>>().join(","),
        _ => host.to_owned(),
    };
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = parsed.path().strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(parsed.path());
    let query = parsed.query().map(|query| {
        let mut parts: Vec<&str> = query.split('&').collect();
        parts.sort_unstable();
        format!("?{}", parts.join("&"))
    });
    format!("{turned}{port}){path}{}", query.unwrap_or_default()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn addresses_are_turned_around() {
        for (url, turned) in [
            ("https://www.Mesto.cz/Cesta/?b=2&a=1", "cz,mesto)/cesta?a=1&b=2"),
            ("http://mesto.cz/", "cz,mesto)/"),
            ("http://127.0.0.1:8080/a", "127.0.0.1:8080)/a"),
        ] {
            assert_eq!(key(url), turned);
        }
    }
}
