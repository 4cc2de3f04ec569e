//! robots.txt as RFC 9309 reads it: groups merged, the longest match wins, `*` and `$`, 500 KiB.
//!
//! Pure: bytes in, permissions out; fetching and keeping is `permission`. Crawl-delay is honoured although
//! the RFC does not know it, and like every other line it never ends a run of agent lines (§2.2.4).
//! Refuses: the network, the clock, a panic on any byte sequence.

use std::borrow::Cow;
use std::time::Duration;

use encoding_rs::{Encoding, UTF_8};

/// The name that robots.txt calls us by (RFC 9309 §2.2.1).
pub const TOKEN: &str = "twindex";
/// What is read of a file (§2.5); the rest counts as absent.
pub const LIMIT: usize = 500 << 10;

/// The rules that apply to us, of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// The longest of the delays our groups ask for.
    pub crawl_delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    /// Normal form, printable ASCII alone; a star stands for anything.
    pattern: String,
    /// A `$` at its end: nothing may follow.
    anchored: bool,
    allow: bool,
}

enum Line<'a> {
    Agent(&'a [u8]),
    Rule { allow: bool, pattern: &'a [u8] },
    Delay(&'a [u8]),
}

impl Robots {
    /// Never fails: what is not a line of the protocol says nothing.
    pub fn parse(bytes: &[u8], token: &str) -> Self {
        let bytes = as_utf8(bytes);
        let lines: Vec<Line<'_>> = lines(whole_lines(&bytes)).filter_map(read).collect();
        // The `*` groups speak only to those whom no group names.
        let named = lines.iter().any(|line| matches!(line, Line::Agent(agent) if agent.eq_ignore_ascii_case(token.as_bytes())));
        let us = if named { token.as_bytes() } else { b"*" };
        let mut out = Self::default();
        let (mut in_agents, mut applies) = (false, false);
        for line in lines {
            match line {
                Line::Agent(agent) => {
                    applies = (applies && in_agents) || agent.eq_ignore_ascii_case(us);
                    in_agents = true;
                }
                Line::Rule { allow, pattern } => {
                    in_agents = false;
                    if applies && !pattern.is_empty() {
                        out.rules.push(Rule::new(pattern, allow));
                    }
                }
                Line::Delay(value) if applies => out.crawl_delay = out.crawl_delay.max(seconds(value)),
                Line::Delay(_) => {}
            }
        }
        out
    }

    /// The rule that forbids a path with its query, `None` if it may be asked for.
    pub fn forbids(&self, path: &str) -> Option<String> {
        // Literal signs are written as a rule has to write them (§2.2.3, the table).
        let path = normal(path.as_bytes()).replace('*', "%2A").replace('$', "%24");
        if path == "/robots.txt" {
            return None;
        }
        // On equal length the allowing rule wins (§2.2.2).
        let rule = self.rules.iter().filter(|rule| rule.matches(&path)).max_by_key(|rule| (rule.octets(), rule.allow))?;
        (!rule.allow).then(|| format!("Disallow: {:.200}{}", rule.pattern, if rule.anchored { "$" } else { "" }))
    }
}

impl Rule {
    fn new(pattern: &[u8], allow: bool) -> Self {
        let (pattern, anchored) = pattern.strip_suffix(b"$").map_or((pattern, false), |cut| (cut, true));
        // Elsewhere than at the end a `$` is a letter.
        Self { pattern: normal(pattern).replace('$', "%24"), anchored, allow }
    }

    /// Octets of the normal form, by which the most specific rule is found (§2.2.2).
    fn octets(&self) -> usize {
        self.pattern.len() + usize::from(self.anchored)
    }

    /// Each part between stars is taken at its first place, so the time is linear in the path.
    fn matches(&self, path: &str) -> bool {
        let mut parts = self.pattern.split('*').peekable();
        let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        while let Some(part) = parts.next() {
            if self.anchored && parts.peek().is_none() {
                return rest.ends_with(part);
            }
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        !self.anchored || rest.is_empty()
    }
}

/// Editors of Windows save UTF-16, and say so by its first bytes; read as UTF-8 (§2.3) it would forbid nothing.
fn as_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != UTF_8 => Cow::Owned(encoding.decode(bytes).0.into_owned().into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// The first 500 KiB without a line cut in two: half a rule may forbid a whole site.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.get(..LIMIT) {
        Some(head) if bytes.len() > LIMIT => &head[..head.iter().rposition(|b| is_end(*b)).unwrap_or(0)],
        _ => bytes,
    }
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | 0)
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| is_end(*b))
}

fn read(line: &[u8]) -> Option<Line<'_>> {
    let line = line.split(|b| *b == b'#').next()?.trim_ascii();
    // Site owners forget the colon; a blank does as well then.
    let split = line.iter().position(|b| *b == b':').or_else(|| line.iter().position(u8::is_ascii_whitespace))?;
    let (key, value) = (line[..split].trim_ascii_end().to_ascii_lowercase(), line[split + 1..].trim_ascii());
    match key.as_slice() {
        b"user-agent" | b"useragent" | b"user agent" => Some(Line::Agent(product(value))),
        b"allow" => Some(Line::Rule { allow: true, pattern: value }),
        // Spellings that owners meant as a prohibition; reading them errs on the polite side.
        b"disallow" | b"dissallow" | b"dissalow" | b"disalow" | b"diasllow" | b"disallaw" => {
            Some(Line::Rule { allow: false, pattern: value })
        }
        b"crawl-delay" | b"crawldelay" | b"crawl delay" => Some(Line::Delay(value)),
        _ => None,
    }
}

/// The product token of an agent line: `FooBot/2.1 (x)` names `FooBot`.
fn product(value: &[u8]) -> &[u8] {
    if value.first() == Some(&b'*') {
        return b"*";
    }
    let end = value.iter().position(|b| !(b.is_ascii_alphabetic() || matches!(b, b'_' | b'-')));
    &value[..end.unwrap_or(value.len())]
}

fn seconds(value: &[u8]) -> Option<Duration> {
    let seconds: f64 = std::str::from_utf8(value).ok()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Normal form of a path or pattern (§2.2.2): unreserved octets bare, all others percent-encoded in capitals.
fn normal(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 1);
    if bytes.first() != Some(&b'/') {
        out.push('/');
    }
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let coded = if byte == b'%' { bytes.get(at + 1..at + 3).and_then(octet) } else { None };
        at += if coded.is_some() { 3 } else { 1 };
        let plain = match coded {
            Some(octet) => octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~'),
            // Those that a browser, and the url crate, encode themselves, and a percent sign that begins no octet: bare it
            // would match the beginning of any encoded one.
            None => byte.is_ascii_graphic() && !matches!(byte, b'%' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'\''),
        };
        let octet = coded.unwrap_or(byte);
        if plain {
            out.push(char::from(octet));
        } else {
            out.push('%');
            out.push_str(&data_encoding::HEXUPPER.encode(&[octet]));
        }
    }
    out
}

fn octet(digits: &[u8]) -> Option<u8> {
    data_encoding::HEXUPPER_PERMISSIVE.decode(digits).ok()?.first().copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allowed(text: &[u8], token: &str, path: &str) -> bool {
        Robots::parse(text, token).forbids(path).is_none()
    }

    /// Rules of one group, then paths that are allowed (`+`) or not (`-`).
    const RULES: &[(&str, &[&str])] = &[
        ("", &["+/", "+/a"]),
        ("Disallow:", &["+/", "+/a"]),
        ("Disallow: /", &["-/", "-/a?b", "+/robots.txt"]),
        ("Disallow: /\nAllow: /", &["+/a"]),
        ("Disallow: /News/", &["+/news/1", "-/News/1", "+/News"]),
        ("Disallow: /uradni-deska/archiv\nAllow: /uradni-deska/", &["-/uradni-deska/archiv", "-/uradni-deska/archivy", "+/uradni-deska/x"]),
        ("Allow: /deska/dnes.html\nDisallow: /deska/", &["+/deska/dnes.html", "-/deska/", "-/deska/vcera.html"]),
        ("Disallow: /mapa\nAllow: /mapa/", &["-/mapa", "+/mapa/", "-/mapa.png"]),
        ("Allow: /rok\nDisallow: /*.html", &["-/rok.html", "+/rok"]),
        ("Allow: /m/rok.\nDisallow: /*.html", &["+/m/rok.html", "-/m/x.html"]),
        ("Disallow: /*.pdf$", &["-/a.pdf", "-/a/b.pdf", "+/a.pdf?x", "+/a.pdfx", "+/a.PDF"]),
        ("Disallow: *.doc$", &["-/x.doc", "+/x.docx"]),
        ("Disallow: /\nAllow: /$", &["+/", "-/a"]),
        ("Disallow: /a$b", &["-/a$b", "-/a%24b", "+/a"]),
        ("Disallow: /cena-%24", &["-/cena-$", "-/cena-$9", "-/cena-%249", "+/cena-"]),
        ("Disallow: /a-%2A.html$", &["-/a-*.html", "-/a-%2a.html", "+/a-b.html"]),
        ("Disallow: /a*b", &["-/a*b", "-/a%2Ab", "-/axb"]),
        ("Disallow: /$$", &["-/$", "+/", "+/$a"]),
        ("Disallow: /a*b*c$", &["-/a1b2b3c", "-/abc", "+/acb", "+/abcd"]),
        ("Disallow: /*ab*ab$", &["-/abab", "+/ab"]),
        ("Disallow: /ryba*", &["-/ryba", "-/rybarna?x", "+/Ryba", "+/velryba"]),
        ("Disallow: /*?tisk=", &["-/a?tisk=1", "-/?tisk=", "+/a?x&tisk=1"]),
        ("Disallow: /a//b", &["-/a//b", "+/a/b"]),
        ("Disallow: /čl", &["-/%C4%8Dl%C3%A1nek", "+/cl"]),
        ("Disallow: /%c4%8dl", &["-/%C4%8Dlen", "-/čl"]),
        ("Disallow: /%6Eoviny/%7E", &["-/noviny/~x", "-/%6eoviny/%7e"]),
        ("Disallow: /a/b", &["+/a%2Fb", "-/a/b"]),
        ("Disallow: /a%2fb", &["-/a%2Fb", "+/a/b"]),
        ("Disallow: /100%", &["-/100%", "-/100%zz", "+/100$", "+/100%24"]),
        ("Disallow: /a b", &["-/a%20b"]),
        ("Disallow: /it's", &["-/it's", "-/it%27s"]),
        ("Disallow: /x#y # note", &["-/x", "-/xz"]),
        ("# Disallow: /\nAllow: /", &["+/a"]),
        ("disallow /tajne", &["-/tajne", "+/a"]),
        ("DISALLOW:/k\n\tdIsAlLoW :\t/l  ", &["-/k", "-/l", "+/m"]),
        ("Disalow: /preklep", &["-/preklep"]),
        ("Noindex: /n\nHost: mesto.cz\nnonsense", &["+/n"]),
    ];

    #[test]
    fn rules_match_as_the_rfc_says() {
        let utf16: Vec<u8> = "\u{feff}User-agent: *\r\nDisallow: /tajné\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!allowed(&utf16, TOKEN, "/tajn%C3%A9") && allowed(&utf16, TOKEN, "/a"));
        for (rules, paths) in RULES {
            for end in ["\n", "\r\n", "\r"] {
                let text = format!("User-agent: twindex\n{rules}").replace('\n', end);
                for path in *paths {
                    let (want, path) = path.split_at(1);
                    assert_eq!(allowed(text.as_bytes(), TOKEN, path), want == "+", "{rules:?} for {path}");
                }
            }
        }
    }

    #[test]
    fn groups_are_chosen_by_name_and_merged() {
        let text = "Disallow: /nobody\nUser-agent: *\nDisallow: /star\n\nUser-agent: One\nUser-agent: TWO/2.1 (x)\nDisallow: /a\n\n\
                    Disallow: /b\nUser-agent: three\nSitemap: /s\nUser-Agent: one\nDisallow: /c\n\nuser-agent: * # all\nDisallow: /star2\n\
                    useragent: four five\nDisallow: /d\nuser-agent: six\n";
        for (token, paths) in [
            ("one", &["-/a", "-/b", "-/c", "+/star", "+/nobody", "+/d"][..]),
            ("two", &["-/a", "-/b", "+/c"]),
            ("Three", &["+/a", "-/c"]),
            ("four", &["-/d"]),
            ("five", &["-/star", "-/star2", "+/d"]),
            ("six", &["+/star", "+/a"]),
            ("tw", &["-/star", "-/star2", "+/a"]),
            ("one-news", &["-/star", "+/a"]),
        ] {
            for path in paths {
                let (want, path) = path.split_at(1);
                assert_eq!(allowed(text.as_bytes(), token, path), want == "+", "{token} for {path}");
            }
        }
    }

    #[test]
    fn a_delay_joins_its_group_and_the_longest_counts() {
        let delay = |text: &str| Robots::parse(text.as_bytes(), TOKEN).crawl_delay.map(|delay| delay.as_millis());
        let text =
            "User-agent: other\nCrawl-delay: 7\nUser-agent: twindex\nDisallow: /a\nCrawl-delay: 2.5\nUser-agent: twindex\nCrawl-delay: 4\n";
        assert_eq!(delay(text), Some(4000));
        assert!(!allowed(b"User-agent: twindex\nCrawl-delay: 5\nUser-agent: *\nDisallow: /\n", TOKEN, "/a"), "the delay ended the group");
        assert_eq!(delay("User-agent: *\ncrawldelay: 1\n\nUser-agent: twindex\nDisallow: /b\n"), None);
        for nonsense in ["", "soon", "-1", "inf", "NaN", "1e300", "5s"] {
            assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {nonsense}\n")), None, "{nonsense}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        assert!(!allowed(b"\xef\xbb\xbfUser-agent: *\nDisallow: /b", TOKEN, "/b"), "byte order mark");
        assert!(!allowed(b"# p\xf8\xed\nUser-agent: *\nDisallow: /\xe8\nDisallow: /b\n", TOKEN, "/b"));
        assert!(!allowed(b"\0\0User-agent: *\0Disallow: /b\0", TOKEN, "/b"));
        assert!(allowed(b"<!DOCTYPE html><title>User-agent: *</title>\n<p>Disallow: /</p>", TOKEN, "/b"));
    }

    #[test]
    fn half_a_megabyte_is_read_and_no_line_is_halved() {
        let padded = |length: usize| {
            let mut text = "User-agent: *\n".to_owned();
            while text.len() < length {
                text += "Disallow: /padding/padding/padding\n";
            }
            text + "Disallow: /late\n"
        };
        assert!(!allowed(padded(400 << 10).as_bytes(), TOKEN, "/late"));
        assert!(allowed(padded(LIMIT).as_bytes(), TOKEN, "/late"));
        let head = "User-agent: *\nDisallow: /";
        let cut = format!("{}\n{head}cut", "#".repeat(LIMIT - head.len() - 1));
        assert!(cut.len() > LIMIT && allowed(cut.as_bytes(), TOKEN, "/"), "a rule cut in two forbade the site");
        let stars = format!("User-agent: *\nDisallow: /{}c$\n", "a*".repeat(2000));
        let begun = std::time::Instant::now();
        assert!(allowed(stars.as_bytes(), TOKEN, &format!("/{}b", "a".repeat(4000))));
        assert!(begun.elapsed() < Duration::from_secs(1), "stars blow up");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), path in "\\PC{0,20}") {
            let robots = Robots::parse(&[b"user-agent:*\nallow:", bytes.as_slice(), b"\ndisallow:", bytes.as_slice()].concat(), TOKEN);
            prop_assert!(robots.forbids(&path).is_none_or(|rule| rule.is_ascii() && !rule.contains(|c: char| c.is_control())));
        }

        /// Where the two agree on the protocol, an independent reader decides the same. A percent sign that begins no octet is
        /// left out: the other takes it for the beginning of any encoded one.
        #[test]
        fn another_reader_agrees(
            lines in proptest::collection::vec(
                prop_oneof![
                    2 => Just("User-agent: *".to_owned()),
                    2 => Just("User-Agent: twindex".to_owned()),
                    1 => Just("User-agent: other".to_owned()),
                    6 => "(Allow|Disallow): ?([/ab*$.č]|%41){0,7}",
                    1 => Just("# remark".to_owned()),
                ],
                0..14,
            ),
            path in "/([ab/.$č]|%41){0,7}",
        ) {
            let text = lines.join("\n");
            let theirs = robotxt::Robots::parse(text.as_bytes(), TOKEN).is_allowed(&path);
            prop_assert_eq!(allowed(text.as_bytes(), TOKEN, &path), theirs, "{} for {}", text, path);
        }
    }
}
