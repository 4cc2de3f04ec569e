//! Names that people write and requests carry: the contact of a crawl, and hosts, in letters beyond ASCII too.
//!
//! What is sent is ASCII (RFC 9110 §5.5), so a domain in other letters goes as its A-label (RFC 5891). Refuses: looking
//! anything up; a wildcard, for each host that is asked is named.

use url::{Host, Url};

/// Words that show that nobody filled the contact in.
const PLACEHOLDERS: [&str; 5] = ["example.com", "example.org", "example.net", "university.example", "…"];

/// A mailbox or web address as it can be sent, or why it would not help the owner of a site to reach a person; `here`:
/// nothing but this machine is asked.
pub fn contact(text: &str, here: bool) -> Result<String, String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if !here && PLACEHOLDERS.iter().any(|word| lower.contains(word)) {
        return Err(format!("contact {text:?} is a placeholder: name an address that a person reads"));
    }
    if let Ok(url) = Url::parse(text)
        && matches!(url.scheme(), "http" | "https")
    {
        return Ok(url.into());
    }
    let neither = || format!("contact {text:?} is neither an e-mail nor a web address");
    let (user, domain) = text.strip_prefix("mailto:").unwrap_or(text).rsplit_once('@').ok_or_else(neither)?;
    if !user.is_ascii() {
        return Err(format!("contact {text:?} has letters before the @ that no request can carry: name a mailbox in ASCII"));
    }
    let clean = !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'<' | b'>' | b'(' | b')'));
    let domain = host(domain).ok().filter(|domain| clean && domain.contains('.')).ok_or_else(neither)?;
    Ok(format!("{user}@{domain}"))
}

/// A host as addresses have it.
pub fn host(text: &str) -> Result<String, String> {
    if text.contains('*') {
        return Err(format!("{text:?} is a pattern: name each host that may be asked"));
    }
    let plain = |name: &str| {
        let label =
            |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        name.strip_suffix('.').unwrap_or(name).split('.').all(label)
    };
    match Host::parse(text) {
        Ok(Host::Domain(name)) if plain(&name) => Ok(name),
        Ok(Host::Domain(_)) | Err(_) => Err(format!("{text:?} is not a host name: write \"mesto.cz\", without scheme, port or path")),
        Ok(ip) => Ok(ip.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_go_out_in_ascii() {
        for (text, sent) in [
            (" archiv@mesto.cz ", "archiv@mesto.cz"),
            ("mailto:archiv@mesto.cz", "archiv@mesto.cz"),
            ("archiv@město.cz", "archiv@xn--msto-gwa.cz"),
            ("https://město.cz/kontakt", "https://xn--msto-gwa.cz/kontakt"),
        ] {
            assert_eq!(contact(text, false).as_deref(), Ok(sent), "{text}");
        }
        for (text, why) in [
            ("nobody", "neither"),
            ("a@b", "neither"),
            ("a b@mesto.cz", "neither"),
            ("a@mesto.cz\r\nX: y", "neither"),
            ("<a>@mesto.cz", "neither"),
            ("jiří@mesto.cz", "before the @"),
            ("you@university.example", "placeholder"),
            ("ftp://mesto.cz", "neither"),
        ] {
            assert!(contact(text, false).expect_err(text).contains(why), "{text}");
        }
        assert!(contact("bench@example.org", true).is_ok());
    }

    #[test]
    fn hosts_are_named_one_by_one() {
        for (text, found) in [("Mesto.cz", "mesto.cz"), ("město.cz", "xn--msto-gwa.cz"), ("10.0.0.1", "10.0.0.1"), ("[::1]", "[::1]")] {
            assert_eq!(host(text).as_deref(), Ok(found));
        }
        for text in ["*.mesto.cz", "*", "https://mesto.cz", "mesto.cz:80", "mesto.cz/a", "", "mesto..cz", "me@mesto.cz", "a,b"] {
            assert!(host(text).is_err(), "{text}");
        }
        assert!(host("*.mesto.cz").expect_err("a pattern").contains("name each host"));
    }
}
