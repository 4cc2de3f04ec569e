//! Answers of a server that lists captures: the CDX API of the Wayback Machine and of pywb.
//!
//! Three forms are met: an array of arrays whose first row names the columns, a JSON object a line, and lines of columns
//! parted by blanks, with or without a JSON object after the second (CDXJ). Whatever else a line is, it is counted, not guessed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use url::Url;

/// Columns of the CDX API, for lines that do not name theirs.
const COLUMNS: [&str; 6] = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest"];

/// A capture as an index lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    pub url: Url,
    pub at: Timestamp,
    /// Status of HTTP; a revisit may have none.
    pub status: Option<u16>,
    /// Of the payload, as the tool reckons it: equal ones are the same bytes.
    pub digest: String,
}

impl Indexed {
    /// It brought a page; a revisit without a status repeats one.
    pub fn is_page(&self) -> bool {
        self.status.is_none_or(|status| status == 200)
    }

    pub fn is_redirect(&self) -> bool {
        self.status.is_some_and(|status| matches!(status, 301 | 302 | 303 | 307 | 308))
    }
}

/// What an answer lists, in order of time, and how many of its lines say nothing that can be used.
pub fn read(answer: &[u8]) -> (Vec<Indexed>, u64) {
    let text = String::from_utf8_lossy(answer);
    let rows = match serde_json::from_str::<Vec<Vec<String>>>(&text) {
        Ok(rows) => table(&rows),
        Err(_) => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(line).collect(),
    };
    let all = rows.len();
    let mut captures: Vec<Indexed> = rows.iter().filter_map(|row| indexed(row.as_ref()?)).collect();
    let unread = (all - captures.len()) as u64;
    captures.sort_by(|a, b| (a.at, a.url.as_str()).cmp(&(b.at, b.url.as_str())));
    (captures, unread)
}

fn table(rows: &[Vec<String>]) -> Vec<Option<Map<String, Value>>> {
    let Some((names, rows)) = rows.split_first() else { return Vec::new() };
    rows.iter().map(|row| Some(named(names.iter().map(String::as_str), row.iter().map(String::as_str)))).collect()
}

fn named<'a>(names: impl Iterator<Item = &'a str>, values: impl Iterator<Item = &'a str>) -> Map<String, Value> {
    names.zip(values).map(|(name, value)| (name.to_owned(), value.into())).collect()
}

fn line(line: &str) -> Option<Map<String, Value>> {
    if let Some(start) = line.find('{') {
        let mut row: Map<String, Value> = serde_json::from_str(&line[start..]).ok()?;
        if let Some(at) = line[..start].split_whitespace().nth(1) {
            row.insert("timestamp".to_owned(), at.into());
        }
        return Some(row);
    }
    Some(named(COLUMNS.into_iter(), line.split_whitespace()))
}

/// The Wayback Machine and pywb name their columns differently.
fn indexed(row: &Map<String, Value>) -> Option<Indexed> {
    let text = |names: [&str; 2]| names.iter().find_map(|name| row.get(*name)).and_then(Value::as_str);
    Some(Indexed {
        url: text(["original", "url"])?.parse().ok()?,
        at: moment(text(["timestamp", "timestamp"])?)?,
        status: text(["statuscode", "status"]).and_then(|status| status.parse().ok()),
        digest: text(["digest", "sha1"])?.to_owned(),
    })
}

/// Fourteen digits.
fn moment(text: &str) -> Option<Timestamp> {
    let at = DateTime::strptime("%Y%m%d%H%M%S", text).ok()?;
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A moment as these servers write it.
pub fn digits(at: Timestamp) -> String {
    at.strftime("%Y%m%d%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_answer_is_read(answer in proptest::collection::vec(any::<u8>(), 0..200), text in "[\\[\\]{}\",: a-z0-9\n]{0,80}") {
            read(&answer);
            read(text.as_bytes());
        }
    }

    #[test]
    fn each_form_says_the_same() {
        let forms = [
            r#"[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],
                ["cz,mesto)/a","20200301100000","http://mesto.cz/a","text/html","200","AAAA","812"]]"#,
            "{\"urlkey\": \"cz,mesto)/a\", \"timestamp\": \"20200301100000\", \"url\": \"http://mesto.cz/a\", \"status\": \"200\", \"digest\": \"AAAA\"}\n",
            "cz,mesto)/a 20200301100000 {\"url\": \"http://mesto.cz/a\", \"status\": \"200\", \"digest\": \"AAAA\"}",
            "cz,mesto)/a 20200301100000 http://mesto.cz/a text/html 200 AAAA 812\n",
        ];
        let want = Indexed {
            url: "http://mesto.cz/a".parse().unwrap(),
            at: "2020-03-01T10:00:00Z".parse().unwrap(),
            status: Some(200),
            digest: "AAAA".to_owned(),
        };
        for form in forms {
            assert_eq!(read(form.as_bytes()), (vec![want.clone()], 0), "{form}");
        }
        assert_eq!(digits(want.at), "20200301100000");
        assert_eq!(read(b""), (Vec::new(), 0));
        assert_eq!(read(b"[]"), (Vec::new(), 0));
        assert_eq!(read(b"<html>Bad Gateway</html>\n"), (Vec::new(), 1));
        assert_eq!(read(b"cz,mesto)/a 20200301100000 http://mesto.cz/a warc/revisit - AAAA").0[0].status, None);
    }
}
