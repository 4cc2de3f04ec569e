//! Quotation marks that are missing in tags: where a value must have ended.
//!
//! By the HTML standard (§13.2.5.36) a value without its closing mark runs on to the next mark and swallows what stands
//! between. Such a value gives itself away: it holds whole tags and ends where another attribute's value begins. Values that
//! merely hold markup stay as they are.

/// How much of a value is its own, if it has swallowed what follows; `after` its mark, none where the page ends before one.
pub fn swallowed(value: &[u8], after: Option<&[u8]>) -> Option<usize> {
    let close = value.iter().position(|byte| *byte == b'>');
    let Some(after) = after else { return close };
    let opens = value.ends_with(b"=");
    let glued = after.first().is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>')) && !is_attribute(after);
    match close {
        Some(close) => {
            let tags = value[close..].contains(&b'<');
            // In words a mark opens after a blank, which no value of an attribute ends with.
            let words = value.ends_with(b" ") && glued;
            (tags && (opens || glued) || words).then_some(close)
        }
        // The name of the next attribute of the same tag.
        None if opens && after.first().is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'>') => {
            let name = value[..value.len() - 1].iter().rposition(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':'))?;
            (value[name].is_ascii_whitespace() && name + 2 < value.len()).then_some(name)
        }
        None => None,
    }
}

/// An attribute with a value begins here.
fn is_attribute(bytes: &[u8]) -> bool {
    let name = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':')).unwrap_or(bytes.len());
    name > 0 && bytes.get(name) == Some(&b'=')
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::super::parse::tree;

    #[test]
    fn missing_marks_are_written_and_others_stay() {
        for (html, want) in [
            ("<a href=\"/x>Elm</a><p class=\"y\">t</p>", "<a href=\"/x\">Elm</a><p class=\"y\">t</p>"),
            ("<a href=\"/x>Elm says \"hm\"</a>", "<a href=\"/x\">Elm says \"hm\"</a>"),
            ("<a href='/x>Elm</a><p class='y'>", "<a href='/x'>Elm</a><p class='y'>"),
            ("<a href=\"/x>Elm</a>", "<a href=\"/x\">Elm</a>"),
            ("<a class=\"b href=\"/x\">Elm</a>", "<a class=\"b\" href=\"/x\">Elm</a>"),
            ("<a href=/x\">Elm</a>", "<a href=/x>Elm</a>"),
            ("<time datetime=2020-01-02\" class=\"a\">", "<time datetime=2020-01-02 class=\"a\">"),
        ] {
            assert_eq!(tree(html).0.html(), tree(want).0.html(), "{html}");
            assert_eq!(tree(want).0.html(), Html::parse_document(want).html(), "{want}");
        }
        for whole in [
            "<div data-x=\"<p class='y'>z</p>\" id=\"a\">",
            "<div data-x=\"<b>a</b>\"class=\"b\">",
            "<!-- <a href=\"/x>Elm</a><p class=\"y\"> --><p>",
            "<script>if (a<b) x = \"<p class=\"; y = \"z\";</script><p class=\"a\">",
            "<img alt=\"a > b\" src=\"/y\"><p title=\"2 < 3\">",
            "<a href=\"/x?a=\" class=\"b\">a=\"b\"</a>",
            "a < b \"c\" <",
            "",
        ] {
            assert_eq!(tree(whole).0.html(), Html::parse_document(whole).html(), "{whole}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(<a |</a>|<!--|-->|<script>|href=|['\">/= ]|\\PC){0,40}") {
            tree(&text);
        }
    }
}
