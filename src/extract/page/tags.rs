//! What the name of an element says by the HTML standard: whether it is shown, runs inside a line, or is a heading.
//!
//! These are the standard's default styles (HTML §15 Rendering), not habits of any site.

// Tables that are searched are sorted.

/// Elements whose content is never shown as text of the page, where no script runs; the readings of ruby (`rt`) stand beside their line, not in it.
const UNSHOWN: [&str; 20] = [
    "audio", "canvas", "datalist", "dialog", "head", "iframe", "math", "noframes", "object", "rp", "rt", "rtc", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
];
/// Elements that run inside a line of text.
const INLINE: [&str; 41] = [
    "#text", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "u", "var", "wbr",
];
/// Elements that only change the look of the text they hold.
const FORMATTING: [&str; 13] = ["b", "i", "em", "strong", "font", "small", "u", "big", "abbr", "mark", "center", "nobr", "tbody"];
const BOLD: [&str; 5] = ["b", "strong", "th", "dt", "caption"];
/// Sectioning elements that the standard sets apart from the main content.
const ASIDE: [&str; 4] = ["nav", "aside", "footer", "header"];

pub fn is_unshown(tag: &str) -> bool {
    UNSHOWN.binary_search(&tag).is_ok()
}

pub fn is_inline(tag: &str) -> bool {
    INLINE.binary_search(&tag).is_ok()
}

pub fn is_formatting(tag: &str) -> bool {
    FORMATTING.contains(&tag)
}

pub fn is_bold(tag: &str) -> bool {
    BOLD.contains(&tag)
}

pub fn is_aside(tag: &str) -> bool {
    ASIDE.contains(&tag)
}

pub fn is_heading(tag: &str) -> bool {
    matches!(tag.as_bytes(), [b'h', b'1'..=b'6'])
}

#[cfg(test)]
mod tests {
    #[test]
    fn ruby_runs_inside_its_line_without_its_readings() {
        assert_eq!(crate::extract::page::shown("<p>新<ruby>法<rp>(</rp><rt>ほう</rt><rp>)</rp>律</ruby>は</p>"), "新法律は");
    }

    #[test]
    fn searched_tables_are_sorted() {
        assert!(super::UNSHOWN.is_sorted() && super::INLINE.is_sorted());
    }
}
